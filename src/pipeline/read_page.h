// SPDX-License-Identifier: GPL-3.0-or-later
// A page's bytes become an article and what is kept beside it.
#pragma once

#include <string>
#include <vector>

#include "extract/extract.h"
#include "model/entry.h"
#include "model/site_rules.h"
#include "model/url.h"

namespace heliograph::pipeline {

struct ReadPage {
    extract::Extraction extraction;
    std::string packed_page;            // the bytes, for the store
    std::string excerpt;                // plain text, for lists
    std::string essence;                // see store::ArticleParts
    bool is_from_entry = false;         // the article is the source's own text, not the page's
    std::vector<std::string> pictures;  // addresses, each once: the lead image first
    extract::PageNotes notes{};
};

// The page, or failing that the source's own full text, becomes an article. `rules` are those of
// its site, `templates` what is known of its host; null: none. May be called from any thread.
[[nodiscard]] ReadPage read_page(const std::string& bytes, const Url& url,
                                 const std::string& charset, const Entry& entry,
                                 const SiteRules* rules, const extract::HostTemplates* templates);

// What a reader would miss of the article: words and pictures.
[[nodiscard]] std::string essence_of(const Article& article);

// Puts the bodies of an article's later pages behind that of its first, without the blocks that
// were there before: what each page repeats.
void add_pages(ReadPage& first, const std::vector<std::string>& later_bodies);

}  // namespace heliograph::pipeline
