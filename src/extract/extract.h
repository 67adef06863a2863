// SPDX-License-Identifier: GPL-3.0-or-later
// A page becomes an article.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/data_image.h"
#include "extract/host_template.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/fate.h"
#include "model/site_rules.h"
#include "model/url.h"

namespace heliograph::extract {

class BlockModel;
struct Trace;

struct Page {
    std::string_view bytes;
    Url url;                             // where it was read, after redirects; empty: as it says
    std::string_view transport_charset;  // of Content-Type; may be empty
    // Hints for pages that do not declare their encoding (html::CharsetHints); may be empty. The
    // language of the entry comes first.
    std::string_view source_language = {};
    std::string_view host_charset = {};
    const Entry* entry = nullptr;  // what the source said of it; may be null
    // The judge of blocks; null: the one built in. Others are for scores of what one has not seen.
    const BlockModel* model = nullptr;
    // What the pages of its host share. Where they are given, even empty, the page is sketched.
    const HostTemplates* templates = nullptr;
    const SiteRules* rules = nullptr;  // the operator's for this site; null: none
    Trace* trace = nullptr;            // filled with how the page was read; null: nothing recorded
};

// There is no article to publish on this page: an answer, not an error.
struct Refusal {
    Fate fate = Fate::kNotAnArticle;  // kNotAnArticle, kTooShort or kPaywalled
    std::string reason;               // for people
    // What the page says of itself all the same; empty and null where it does not.
    std::string title = {};
    std::optional<DateTime> published = {};
};

using Extraction = std::variant<Article, Refusal>;

// What a page says beside its article.
struct PageNotes {
    std::string amp_url;  // the same article in AMP; empty: none
    // The picture that the page shows where the article has its lead image, when it has another
    // name: mostly the same one in another cut. The body leaves it out. Empty: none.
    std::string shown_lead_url;
    std::vector<DataImage> data_images;       // of the body, each once
    std::string next_page_url;                // the next part of the article; empty: none
    PageSketch sketch;                        // for HostTemplate::learn; with Page::templates
    std::vector<std::uint32_t> rule_matches;  // elements that each of Page::rules matched
    // Signals of the body's confidence (confidence.h); empty when it was not computed from them.
    std::vector<double> confidence_signals = {};
};

struct ExtractedPage {
    Extraction extraction;
    PageNotes notes;
};

// Fills everything of the article but id, publisher, sections, revision and the times of capture.
// Body and lead image come from the page, metadata from page and entry by rule, with evidence for
// each field. Never fails on hostile input; bounded in time and memory by the size of the page.
// May be called from any thread.
[[nodiscard]] ExtractedPage extract_page(const Page& page);

// The article alone.
[[nodiscard]] Extraction extract_article(const Page& page);

// Extracts an article from the full text in a feed (Entry::content_html), for pages that cannot be
// fetched. Of the notes, only the data images are set.
[[nodiscard]] ExtractedPage extract_entry(const Entry& entry, const Url& url);

}  // namespace heliograph::extract
