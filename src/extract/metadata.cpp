// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/metadata.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/byline.h"
#include "extract/class_words.h"
#include "extract/json_ld.h"
#include "extract/lead_image.h"
#include "extract/next_part.h"
#include "extract/page_date.h"
#include "extract/page_facts.h"
#include "extract/page_language.h"
#include "extract/page_title.h"
#include "extract/short_text.h"
#include "extract/surroundings.h"
#include "extract/text_fold.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxTags = 30;
constexpr std::size_t kMaxTagBytes = 100;
constexpr std::size_t kMaxSectionBytes = 100;
// A standfirst is one to a few sentences.
constexpr std::size_t kMinStandfirstBytes = 30;
constexpr std::size_t kMaxStandfirstBytes = 1'200;
// Elements and lines behind the headline among which it stands.
constexpr std::size_t kStandfirstElements = 60;
constexpr int kStandfirstLines = 6;

std::string plain(std::string_view text) { return collapse_space(html::unescape(text)); }

std::string absolute(std::string_view href, const Url& base) {
    if (href.empty()) return {};
    const auto url = html::parse_url(href, &base);
    return url ? url->href : std::string{};
}

// "www.", "m.", "amp." and "mobile." stand before one site's name.
std::string_view site_of(std::string_view host) {
    for (const std::string_view prefix : {"www.", "m.", "amp.", "mobile."}) {
        if (host.starts_with(prefix)) return host.substr(prefix.size());
    }
    return host;
}

bool same_site(std::string_view a, std::string_view b) {
    a = site_of(a);
    b = site_of(b);
    const std::string_view longer = a.size() > b.size() ? a : b;
    const std::string_view shorter = a.size() > b.size() ? b : a;
    return longer == shorter ||
           (longer.ends_with(shorter) && longer[longer.size() - shorter.size() - 1] == '.');
}

// Where a page was that is read from a file: what it calls its own address.
Url declared_url(const PageFacts& facts) {
    for (const std::string_view href : {facts.link("canonical"), facts.meta("og:url")}) {
        if (auto url = html::parse_url(href)) return *std::move(url);
    }
    return {};
}

// What the page calls its own address. One of another site (a syndicated text names its source) is
// kept, one that is a front page is a template's fault.
void read_addresses(const PageFacts& facts, const LinkedData& linked, Metadata& out) {
    const Url& url = out.url;
    const std::pair<std::string_view, const char*> claims[] = {{facts.link("canonical"), "markup"},
                                                               {facts.meta("og:url"), "open-graph"},
                                                               {linked.url, "json-ld"}};
    for (const auto& [href, source] : claims) {
        const auto claimed = html::parse_url(href, &out.base_url);
        if (!claimed || href.empty()) continue;
        if (claimed->path.size() <= 1 && claimed->query.empty() && url.path.size() > 1) continue;
        out.canonical_url = html::canonical_form(*claimed).href;
        out.evidence["canonical_url"] = {source, same_site(claimed->host, url.host) ? 0.95 : 0.7};
        break;
    }
    if (out.canonical_url.empty() && !url.href.empty()) {
        out.canonical_url = html::canonical_form(url).href;
        out.evidence["canonical_url"] = {"url", 0.6};
    }
    out.amp_url = absolute(facts.link("amphtml"), out.base_url);
    if (!out.amp_url.empty()) out.evidence["amp_url"] = {"markup", 0.95};
}

void read_next_page(const PageFacts& facts, Metadata& out) {
    out.next_page_url = find_next_part(facts, out.url, out.base_url);
    if (!out.next_page_url.empty()) out.evidence["next_page_url"] = {"markup", 0.9};
}

void read_kind(const PageFacts& facts, const LinkedData& linked, Metadata& out) {
    const auto is = [&](std::string_view type) {
        return std::ranges::find(linked.types, type) != linked.types.end();
    };
    const std::string type = ascii_lower(facts.meta("og:type"));
    if (is("LiveBlogPosting") || linked.has_live_updates) {
        out.kind = PageKind::kLiveBlog;
    } else if (linked.has_article || type == "article" || type == "blog" || type == "news") {
        out.kind = PageKind::kArticle;
    } else if (is("VideoObject") || type.starts_with("video")) {
        out.kind = PageKind::kVideo;
    } else if (is("CollectionPage") || type == "website") {
        out.kind = PageKind::kListing;
    } else if (!type.empty() || is("Product") || is("Event") || is("ProfilePage")) {
        out.kind = PageKind::kOther;
    }
    if (out.kind != PageKind::kUnknown)
        out.evidence["kind"] = {linked.types.empty() ? "open-graph" : "json-ld", 0.7};

    out.is_accessible_for_free = linked.is_accessible_for_free;
    if (out.is_accessible_for_free) {
        out.evidence["is_accessible_for_free"] = {"json-ld", 0.9};
        return;
    }
    const std::string tier = ascii_lower(facts.meta("article:content_tier"));
    if (tier == "free") out.is_accessible_for_free = true;
    if (tier == "locked" || tier == "metered") out.is_accessible_for_free = false;
    if (out.is_accessible_for_free) out.evidence["is_accessible_for_free"] = {"meta", 0.7};
}

void add_tag(Metadata& out, std::string_view tag) {
    std::string text = plain(tag);
    if (text.empty() || text.size() > kMaxTagBytes || out.tags.size() >= kMaxTags) return;
    const std::string key = folded(text);
    const bool known = std::ranges::any_of(
        out.tags, [&](const std::string& other) { return folded(other) == key; });
    if (!known && !key.empty()) out.tags.push_back(std::move(text));
}

void add_tag_list(Metadata& out, std::string_view list) {
    while (!list.empty()) {
        std::size_t length = 1;
        std::size_t end = list.find_first_of(",;");
        for (const std::string_view wide : {"，", "、", "；"}) {
            if (const std::size_t at = list.find(wide); at < end) {
                end = at;
                length = wide.size();
            }
        }
        add_tag(out, list.substr(0, end));
        if (end == std::string_view::npos) return;
        list.remove_prefix(end + length);
    }
}

// The first source that has tags gives them: lists of several mix the reader's words with those
// for search engines.
void read_tags(const PageFacts& facts, const LinkedData& linked, const Entry* entry,
               Metadata& out) {
    const auto done = [&](const char* source, double confidence) {
        if (out.tags.empty()) return false;
        out.evidence["tags"] = {source, confidence};
        return true;
    };
    for (const PageFacts::Named& meta : facts.metas) {
        if (meta.key == "article:tag" || meta.key == "og:article:tag")
            add_tag_list(out, meta.value);
    }
    if (done("open-graph", 0.9)) return;
    for (const std::string& tag : linked.tags) add_tag(out, tag);
    if (done("json-ld", 0.85)) return;
    if (entry != nullptr) {
        for (const std::string& tag : entry->tags) add_tag(out, tag);
    }
    if (done("feed", 0.85)) return;
    for (const Spot& spot : facts.tags) {
        if ((spot.zone & kRoleAside) == 0) add_tag(out, spot.node.text_content());
    }
    if (done("markup", 0.8)) return;
    for (const std::string_view key :
         {"news_keywords", "parsely-tags", "sailthru.tags", "keywords"}) {
        add_tag_list(out, facts.meta(key));
        if (done("meta", key == "keywords" ? 0.4 : 0.7)) return;
    }
}

void read_site_name(const PageFacts& facts, const LinkedData& linked, Metadata& out) {
    const std::pair<std::string_view, const char*> claims[] = {
        {facts.meta("og:site_name"), "open-graph"},
        {linked.publisher, "json-ld"},
        {linked.site_name, "json-ld"},
        {facts.meta("application-name"), "meta"}};
    for (const auto& [text, source] : claims) {
        out.site_name = plain(text);
        if (out.site_name.empty()) continue;
        out.evidence["site_name"] = {source, 0.8};
        return;
    }
}

// The last step of the way to the article that is not the article.
std::string_view last_crumb(const LinkedData& linked, std::string_view title) {
    const std::string key = folded(title);
    for (std::size_t i = linked.breadcrumbs.size(); i-- > 1;) {
        if (folded(linked.breadcrumbs[i]) != key) return linked.breadcrumbs[i];
    }
    return {};
}

void read_section(const PageFacts& facts, const LinkedData& linked, Metadata& out) {
    const std::pair<std::string_view, const char*> claims[] = {
        {facts.meta("article:section"), "open-graph"},
        {linked.section, "json-ld"},
        {facts.meta("og:article:section"), "open-graph"},
        {facts.meta("parsely-section"), "meta"},
        {facts.meta("section"), "meta"},
        {facts.meta("articlesection"), "microdata"},
        {last_crumb(linked, out.title), "json-ld"}};
    double confidence = 0.7;
    for (const auto& [text, source] : claims) {
        std::string section = plain(text);
        if (section.empty() || section.size() > kMaxSectionBytes) continue;
        if (out.section.empty()) {
            out.section = std::move(section);
            out.evidence["section"].source = source;
        } else if (folded(section) == folded(out.section) &&
                   out.evidence["section"].source != source) {
            confidence = 0.9;  // another kind of source agrees
        }
    }
    if (!out.section.empty()) out.evidence["section"].confidence = confidence;
}

bool has_long_sibling(Node paragraph) {
    const Node parent = paragraph.parent();
    if (!parent) return false;
    int paragraphs = 0;
    for (Node node = parent.first_child(); node && paragraphs < 20; node = node.next()) {
        if (node.is_element() && node.tag() == LXB_TAG_P && node != paragraph) ++paragraphs;
    }
    return paragraphs >= 2;
}

// A summary that stands between headline and text, in an element named so, or equal to what the
// metadata call the description. The first paragraph of the text is none, whoever repeats it.
void read_standfirst(const PageFacts& facts, const LinkedData& linked,
                     const std::vector<Line>& lines, Node place, Metadata& out) {
    const std::size_t headline = facts.order_of(place);
    const std::string title = folded(out.title);
    std::vector<std::string> descriptions;
    for (const std::string_view text : {std::string_view(linked.description),
                                        facts.meta("og:description"), facts.meta("description")}) {
        if (std::string key = folded(plain(text)); key.size() >= kMinStandfirstBytes)
            descriptions.push_back(std::move(key));
    }
    const auto accept = [&](Node node, std::string text, double confidence) {
        const std::string key = folded(text);
        if (text.size() < kMinStandfirstBytes || text.size() > kMaxStandfirstBytes) return false;
        if (key == title || key.empty() || text.ends_with(':')) return false;
        out.standfirst = std::move(text);
        out.standfirst_node = node;
        out.evidence["standfirst"] = {"markup", confidence};
        return true;
    };
    for (const Spot& spot : facts.standfirsts) {
        if (spot.order < headline || spot.order > headline + kStandfirstElements) continue;
        if (spot.zone != 0 || (spot.roles & (kRoleCaption | kRoleDate | kRoleAuthor)) != 0)
            continue;
        const html::Tag tag = spot.node.tag();
        if (tag == LXB_TAG_P && has_long_sibling(spot.node) && (spot.roles & kRoleStandfirst) == 0)
            continue;
        std::string text = short_text(spot.node, kMaxStandfirstBytes);
        const std::string key = folded(text);
        const bool described = std::ranges::find(descriptions, key) != descriptions.end();
        if (accept(spot.node, std::move(text), described ? 0.95 : 0.75)) return;
    }
    for (const Line& line : lines) {
        if (line.distance < 1 || line.distance > kStandfirstLines || line.is_long) continue;
        if (std::ranges::find(descriptions, folded(line.text)) == descriptions.end()) continue;
        if (line.node.tag() == LXB_TAG_P && has_long_sibling(line.node)) continue;
        if (accept(line.node, line.text, 0.8)) return;
    }
}

void read_language(const PageFacts& facts, const LinkedData& linked, const std::vector<Line>& lines,
                   const Entry* entry, Metadata& out) {
    std::string text = out.title;
    for (const Line& line : lines) {
        if (line.distance > 0) text += line.text;
    }
    const std::pair<std::string_view, const char*> claims[] = {
        {facts.html_lang, "markup"},
        {linked.language, "json-ld"},
        {facts.meta("og:locale"), "open-graph"},
        {facts.meta("content-language"), "meta"},
        {facts.meta("dc.language"), "meta"},
        {entry != nullptr ? std::string_view(entry->language) : std::string_view{}, "feed"}};
    for (const auto& [written, source] : claims) {
        const std::string tag = language_tag(written);
        if (tag.empty()) continue;
        out.language = settle_language(tag, text);
        if (out.language == tag) {
            out.evidence["language"] = {source, 0.9};
            return;
        }
    }
    if (out.language.empty()) out.language = language_of_script(text);
    if (!out.language.empty()) out.evidence["language"] = {"text", 0.7};
}

}  // namespace

Metadata read_metadata(const html::Document& page, const Url& page_url, const Entry* entry,
                       Trace* trace) {
    const PageFacts facts = collect_facts(page);
    Metadata out;
    out.url = page_url.href.empty() ? declared_url(facts) : page_url;
    const Url& url = out.url;
    out.base_url =
        facts.base_href.empty() ? url : html::parse_url(facts.base_href, &url).value_or(url);
    LinkedData linked = read_linked_data(facts.json_ld, url.href);
    const SiteNames site(facts, linked, url);
    const auto note = [&](const char* field, Evidence evidence) {
        out.evidence[field] = std::move(evidence);
    };

    TitleChoice title = choose_title(facts, linked, site, url, entry, trace);
    const Node place = title.place;
    out.title_node = title.node;
    if (!title.text.empty()) note("title", std::move(title.evidence));
    out.title = std::move(title.text);
    const std::vector<Line> lines = lines_round(facts.body, place);
    read_language(facts, linked, lines, entry, out);

    if (AuthorChoice authors = choose_authors(facts, linked, lines, site, url, place, entry, trace);
        !authors.names.empty()) {
        out.authors = std::move(authors.names);
        out.byline_node = authors.node;
        note("authors", std::move(authors.evidence));
    }

    // A template's lang="en" says also how it writes dates, so the page's word comes first here.
    const std::string_view date_language =
        facts.html_lang.empty() ? std::string_view(out.language) : facts.html_lang;
    DateChoice dates = choose_dates(facts, linked, lines, url, date_language, place, entry, trace);
    out.published = dates.published;
    out.updated = dates.updated;
    if (out.published) note("published", std::move(dates.published_evidence));
    if (out.updated) note("updated", std::move(dates.updated_evidence));

    if (auto lead =
            choose_lead_image(facts, linked, out.base_url, place, out.title, entry, trace)) {
        out.lead_image = std::move(lead->image);
        out.lead_image_node = lead->node;
        out.shown_lead_url = std::move(lead->shown_url);
        note("lead_image", std::move(lead->evidence));
        if (!out.lead_image->caption.empty()) note("lead_image_caption", lead->words_evidence);
        if (!out.lead_image->credit.empty()) note("lead_image_credit", lead->words_evidence);
    }

    read_site_name(facts, linked, out);
    read_section(facts, linked, out);
    read_tags(facts, linked, entry, out);
    read_standfirst(facts, linked, lines, place, out);
    read_addresses(facts, linked, out);
    read_next_page(facts, out);
    read_kind(facts, linked, out);
    out.json_ld_body = std::move(linked.body);
    if (!out.json_ld_body.empty()) note("json_ld_body", {"json-ld", 0.7});
    return out;
}

}  // namespace heliograph::extract
