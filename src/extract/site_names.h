// SPDX-License-Identifier: GPL-3.0-or-later
// What a page calls its publisher, and titles that have that name in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "model/url.h"

namespace heliograph::extract {

// The names of the publisher, and those of the section the page belongs to.
class SiteNames {
  public:
    SiteNames(const PageFacts& facts, const LinkedData& linked, const Url& url);

    // True when `part` is the site's name, or that with a word or two ("Daily News Berlin").
    [[nodiscard]] bool matches(std::string_view part) const;

    // True when `part` is one of the site's names; case, spaces, punctuation, a leading "The" and
    // an ending such as "Online" make no difference. Words of the headline never count as the name.
    [[nodiscard]] bool equals(std::string_view part) const;

    // True when `part` is exactly the section that the page names (metadata, breadcrumbs, a folder
    // of its address): "Opinion" of /opinion/2026/crane.
    [[nodiscard]] bool is_section(std::string_view part) const;

    // True when the page's section begins with this name, or is its beginning: "opinion" of
    // "Opinion Columns".
    [[nodiscard]] bool is_in_section(std::string_view folded_name) const;

  private:
    std::vector<std::string> names_;     // compact
    std::vector<std::string> declared_;  // those of names_ that are not made from the address
    std::vector<std::string> sections_;  // compact
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

// Where a title comes from. Only <title> is written with a site's name as a rule.
enum class TitleOrigin : std::uint8_t { kTitleTag, kHeadline };

// Removes the site's name from both ends of a title, and the section's name from its end:
// "Crane leaves | Opinion | The Daily" -> "Crane leaves". A part that is neither stays, whatever
// separates it: "Ukraine war: latest – day 1,000". In a <title> the name may have a word or two
// more ("The Daily Berlin"), and a motto behind the name goes too.
[[nodiscard]] std::string without_site(std::string_view title, const SiteNames& site,
                                       TitleOrigin origin);

}  // namespace heliograph::extract
