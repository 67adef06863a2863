// SPDX-License-Identifier: GPL-3.0-or-later
// Notices site rules that match nothing any more: the site has a new design, or they were wrong.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/site_rules.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Pages in a row without a match after which a rule is told of. What a rule drops need not be on
// each page.
inline constexpr std::size_t kPagesWithoutMatch = 10;

class SiteRuleWatch {
  public:
    // Counts go on where the last run ended. `store` outlives this.
    explicit SiteRuleWatch(store::Store& store) : store_(store) {}

    // `matches`: of each rule, on one page (extract::PageNotes). `rules` outlives this.
    void count(const SiteRules& rules, const std::vector<std::uint32_t>& matches);

    // Stores the counts, and tells of each rule of a site that was read in this run and has matched
    // nothing on the last kPagesWithoutMatch pages or more. Of keep, title, author and date a rule
    // stands in for those before it: while one of a kind matches, none of them is told of.
    [[nodiscard]] std::vector<Failure> settle();

  private:
    // How many pages went by without a match, by rule.
    using Misses = std::vector<std::size_t>;

    [[nodiscard]] Misses load(const SiteRules& rules) const;
    void save(const SiteRules& rules, const Misses& misses);

    store::Store& store_;
    std::map<const SiteRules*, Misses> sites_;
};

}  // namespace heliograph::pipeline
