// SPDX-License-Identifier: GPL-3.0-or-later
// The headline of a page as its readers see it, without the site's name.
#pragma once

#include <string>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "extract/site_names.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::extract {

struct Trace;

struct TitleChoice {
    std::string text;
    html::Node node;   // the heading that shows it; null when none does
    html::Node place;  // where the article begins: node, else the likeliest heading; may be null
    Evidence evidence;
};

// Headings and metadata vote; docs/metadata.md has the rule. Empty when nothing says a title.
[[nodiscard]] TitleChoice choose_title(const PageFacts& facts, const LinkedData& linked,
                                       const SiteNames& site, const Url& url, const Entry* entry,
                                       Trace* trace = nullptr);

}  // namespace heliograph::extract
