// SPDX-License-Identifier: GPL-3.0-or-later
// The headline of a page as its readers see it, without the site's name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
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

struct TitleChoice {
    std::string text;
    html::Node node;   // the heading that shows it; null when none does
    html::Node place;  // where the article begins: node, else the likeliest heading; may be null
    Evidence evidence;
};

// A title cut at its separators (" | ", " - ", "_" and so on), and the site's name taken off both
// ends where it is known.
[[nodiscard]] std::string without_site(std::string_view title, const SiteNames& site);

// Headings and metadata vote; docs/metadata.md has the rule. Empty when nothing says a title.
[[nodiscard]] TitleChoice choose_title(const PageFacts& facts, const LinkedData& linked,
                                       const SiteNames& site, const Url& url, const Entry* entry);

}  // namespace heliograph::extract
