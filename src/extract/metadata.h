// SPDX-License-Identifier: GPL-3.0-or-later
// What a page says of its article beside the body: title, authors, dates, lead image and so on,
// decided among the many places that say it. The rules are in docs/metadata.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::extract {

struct Trace;

// What the page says it is. A hint: many front pages call themselves articles.
enum class PageKind : std::uint8_t {
    kUnknown,
    kArticle,
    kLiveBlog,
    kVideo,
    kListing,  // a front page, a section, a search
    kOther,    // a product, a profile, an event ...
};

// All text is plain, valid UTF-8 with white space collapsed; all addresses are absolute.
struct Metadata {
    std::string title;  // as readers see it, without the site's name; empty when there is none
    std::vector<std::string> authors;  // people (or the desk, where the page names no person)
    std::optional<DateTime> published;
    std::optional<DateTime> updated;
    std::string language;  // BCP 47; empty when unknown
    Url url;               // where it was read; what the page says it is where nobody knows
    Url base_url;          // what addresses in the page are relative to
    std::string canonical_url;
    std::string site_name;
    std::string section;
    std::vector<std::string> tags;
    std::string standfirst;  // only one that readers see apart from the body
    std::optional<LeadImage> lead_image;
    std::string json_ld_body;                    // articleBody: a witness for the body, often cut
    std::optional<bool> is_accessible_for_free;  // schema.org's word; nullopt: not said
    PageKind kind = PageKind::kUnknown;
    std::string amp_url;        // the same article in AMP; empty when there is none
    std::string next_page_url;  // the next part of the same article; empty when there is none

    // Where these stand in the page, so that the body can leave them out; null when nowhere.
    html::Node title_node;
    html::Node byline_node;
    html::Node standfirst_node;
    html::Node lead_image_node;  // the <img>, or the <figure> round it
    std::string shown_lead_url;  // ImageChoice::shown_url

    // By field name, for each field that has a value.
    std::map<std::string, Evidence> evidence;
};

// Reads `page`, which was at `page_url` (empty: unknown, as of a saved file); `entry` is what the
// source said of it and may be null. Never fails: a field that nothing says is empty. One walk over
// the tree; time and memory are bounded by the size of the page. The nodes are valid as long as
// those of `page`. The candidates of each field are recorded in `trace`, which may be null.
[[nodiscard]] Metadata read_metadata(const html::Document& page, const Url& page_url,
                                     const Entry* entry, Trace* trace = nullptr);

}  // namespace heliograph::extract
