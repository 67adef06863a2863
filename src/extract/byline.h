// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote an article.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/byline_text.h"
#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "extract/page_title.h"
#include "extract/surroundings.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::extract {

struct Trace;

struct AuthorChoice {
    std::vector<std::string> names;
    html::Node node;  // the byline in the page; null when none
    Evidence evidence;
};

// Metadata, marked elements and the lines round the headline vote; docs/metadata.md has the rule.
[[nodiscard]] AuthorChoice choose_authors(const PageFacts& facts, const LinkedData& linked,
                                          const std::vector<Line>& lines, const SiteNames& site,
                                          const Url& url, html::Node headline, const Entry* entry,
                                          Trace* trace = nullptr);

}  // namespace heliograph::extract
