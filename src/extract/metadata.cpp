// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/metadata.h"

#include "base/utf8.h"
#include "extract/byline.h"
#include "extract/json_ld.h"
#include "extract/page_date.h"
#include "extract/page_facts.h"
#include "extract/page_title.h"
#include "extract/surroundings.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

// The first of `texts` that is not empty.
std::string_view first_of(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        if (!trim(text).empty()) return trim(text);
    }
    return {};
}

std::string absolute(std::string_view href, const Url& base) {
    if (href.empty()) return {};
    const auto url = html::parse_url(href, &base);
    return url ? url->href : std::string{};
}

}  // namespace

Metadata read_metadata(const html::Document& page, const Url& url, const Entry* entry) {
    const PageFacts facts = collect_facts(page);
    const LinkedData linked = read_linked_data(facts.json_ld, url.href);
    Metadata out;
    const SiteNames site(facts, linked, url);
    if (TitleChoice title = choose_title(facts, linked, site, url, entry); !title.text.empty()) {
        out.title = std::move(title.text);
        out.title_node = title.node;
        out.evidence["title"] = std::move(title.evidence);
    }
    const std::vector<Line> lines = lines_round(facts.body, out.title_node);
    if (AuthorChoice authors = choose_authors(facts, linked, lines, site, out.title_node, entry);
        !authors.names.empty()) {
        out.authors = std::move(authors.names);
        out.byline_node = authors.node;
        out.evidence["authors"] = std::move(authors.evidence);
    }
    DateChoice dates =
        choose_dates(facts, linked, lines, url, facts.html_lang, out.title_node, entry);
    out.published = dates.published;
    out.updated = dates.updated;
    if (out.published) out.evidence["published"] = std::move(dates.published_evidence);
    if (out.updated) out.evidence["updated"] = std::move(dates.updated_evidence);
    out.language = std::string(first_of({facts.html_lang, linked.language}));
    out.canonical_url = absolute(first_of({facts.link("canonical"), facts.meta("og:url")}), url);
    if (out.canonical_url.empty()) out.canonical_url = url.href;
    out.json_ld_body = linked.body;
    out.is_accessible_for_free = linked.is_accessible_for_free;
    if (linked.has_article) out.kind = PageKind::kArticle;
    out.amp_url = absolute(facts.link("amphtml"), url);
    out.next_page_url = absolute(facts.link("next"), url);
    if (const std::string image = absolute(facts.meta("og:image"), url); !image.empty()) {
        out.lead_image = LeadImage{.url = image, .alt = {}, .caption = {}, .credit = {}};
        out.evidence["lead_image"] = {"open-graph", 0.6};
    }
    return out;
}

}  // namespace heliograph::extract
