// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/metadata.h"

#include "base/utf8.h"
#include "extract/json_ld.h"
#include "extract/page_facts.h"
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
    for (const Spot& heading : facts.headings) {
        if (heading.node.tag() != LXB_TAG_H1 || !out.title.empty()) continue;
        out.title = heading.node.text_content();
        out.title_node = heading.node;
        out.evidence["title"] = {"markup", 0.7};
    }
    if (out.title.empty()) {
        out.title = collapse_space(
            first_of({linked.headline, facts.meta("og:title"),
                      entry != nullptr ? std::string_view(entry->title) : std::string_view{},
                      facts.title_tag}));
        if (!out.title.empty()) out.evidence["title"] = {"meta", 0.5};
    }
    for (const LinkedData::Author& author : linked.authors) out.authors.push_back(author.name);
    if (!out.authors.empty()) out.evidence["authors"] = {"json-ld", 0.8};
    out.published =
        parse_date_time(first_of({linked.published, facts.meta("article:published_time")}));
    out.updated = parse_date_time(first_of({linked.modified, facts.meta("article:modified_time")}));
    if (out.published) out.evidence["published"] = {"json-ld", 0.8};
    if (out.updated) out.evidence["updated"] = {"json-ld", 0.8};
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
