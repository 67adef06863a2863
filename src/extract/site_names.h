// SPDX-License-Identifier: GPL-3.0-or-later
// What a page calls its publisher, and titles that have that name in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "model/url.h"

namespace heliograph::extract {

// What a page calls its publisher.
class SiteNames {
  public:
    SiteNames(const PageFacts& facts, const LinkedData& linked, const Url& url);

    // True when `part` is the site's name, or that with a word or two ("Daily News Berlin").
    [[nodiscard]] bool matches(std::string_view part) const;

  private:
    std::vector<std::string> names_;  // compact
};

// Bytes of a title between two separators (" | ", " - ", "_" and so on).
struct TitlePart {
    std::size_t begin;
    std::size_t end;
};

// At most eight; the last has the rest.
[[nodiscard]] std::vector<TitlePart> parts_of(std::string_view title);

// The title's text from one part to another, both included, without the space round it.
[[nodiscard]] std::string_view run_of(std::string_view title, const std::vector<TitlePart>& parts,
                                      std::size_t first, std::size_t last);

// A title without the site's name at its ends.
[[nodiscard]] std::string without_site(std::string_view title, const SiteNames& site);

}  // namespace heliograph::extract
