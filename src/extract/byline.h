// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote an article.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "extract/page_title.h"
#include "extract/surroundings.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"

namespace heliograph::extract {

// Whether a byline is printed, where roles stand behind names, or a field of its own.
enum class Origin : std::uint8_t { kPrinted, kMetadata };

// The names in a byline: "By Ana Ruiz and Bo Lind, staff writers | 3 May" gives "Ana Ruiz" and
// "Bo Lind". Words that lead to a name ("By", "Von", "文", "記者") are off in many languages,
// roles, places, dates, addresses and handles are left out. Empty when no name is left.
[[nodiscard]] std::vector<std::string> names_in_byline(std::string_view text,
                                                       Origin origin = Origin::kPrinted);

// True when `text` begins as a byline does ("By ", "Von ", "作者：").
[[nodiscard]] bool starts_as_byline(std::string_view text);

struct AuthorChoice {
    std::vector<std::string> names;
    html::Node node;  // the byline in the page; null when none
    Evidence evidence;
};

// Metadata, marked elements and the lines round the headline vote; docs/metadata.md has the rule.
[[nodiscard]] AuthorChoice choose_authors(const PageFacts& facts, const LinkedData& linked,
                                          const std::vector<Line>& lines, const SiteNames& site,
                                          html::Node headline, const Entry* entry);

}  // namespace heliograph::extract
