// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator says of one site's pages, where the extractor alone does not do well: CSS
// selectors. docs/site-rules.md describes the files they come from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

enum class SiteRuleKind : std::uint8_t { kKeep, kDrop, kTitle, kAuthor, kDate };

struct SiteRule {
    SiteRuleKind kind = SiteRuleKind::kKeep;
    std::string selector;
    std::uint32_t line = 0;  // in its file
    std::uint32_t column = 0;
};

struct SiteRules {
    std::string host;  // "daily.example"; empty: unknown
    std::string file;  // as messages name it
    std::vector<SiteRule> rules;
};

[[nodiscard]] std::string_view to_string(SiteRuleKind kind);

// "rules/daily.example.toml:3:9: drop '.old-box'".
[[nodiscard]] std::string to_string(const SiteRules& rules, const SiteRule& rule);

// The rules of "daily.example" are for "www.daily.example" too, unless that has its own. Null when
// there are none.
[[nodiscard]] const SiteRules* site_rules_of(std::span<const SiteRules> all, std::string_view host);

}  // namespace heliograph
