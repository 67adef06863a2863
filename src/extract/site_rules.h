// SPDX-License-Identifier: GPL-3.0-or-later
// An operator's rules for a site, used on one of its pages (docs/site-rules.md).
#pragma once

#include <cstdint>
#include <vector>

#include "extract/metadata.h"
#include "extract/page_table.h"
#include "extract/selection.h"
#include "html/dom.h"
#include "model/site_rules.h"

namespace heliograph::extract {

// The steps in which rules are used, in the order of the functions. Without rules none of them does
// anything.
class RuledPage {
  public:
    // Takes out of the page what is to be dropped. `rules` may be null; both must outlive this.
    RuledPage(const SiteRules* rules, html::Document& page);

    // Puts in what title, author and date say.
    void fill(Metadata& metadata);

    // Makes the text that is to be kept the choice, without headline, byline and standfirst, which
    // pages show apart. False when there is no such rule, or nothing with text or pictures that it
    // matches: then nothing is changed.
    bool choose(const PageTable& table, const Metadata& metadata, Selection& selection);

    // How many elements each rule matched, in the order of the rules. Of keep, title, author and
    // date the first that matches is used, and those after it are not tried.
    [[nodiscard]] const std::vector<std::uint32_t>& matches() const { return matches_; }

  private:
    // What the first rule of that kind that matches anything matches.
    [[nodiscard]] std::vector<html::Node> find(SiteRuleKind kind);
    [[nodiscard]] std::vector<html::Node> match(std::size_t rule);

    const SiteRules* rules_;
    html::Document& page_;
    std::vector<std::uint32_t> matches_;
};

}  // namespace heliograph::extract
