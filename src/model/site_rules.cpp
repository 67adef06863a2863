// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/site_rules.h"

#include <fmt/format.h>
#include <algorithm>

namespace heliograph {

std::string_view to_string(SiteRuleKind kind) {
    static constexpr std::string_view kNames[] = {"keep", "drop", "title", "author", "date"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string to_string(const SiteRules& rules, const SiteRule& rule) {
    return fmt::format("{}:{}:{}: {} '{}'", rules.file, rule.line, rule.column,
                       to_string(rule.kind), rule.selector);
}

const SiteRules* site_rules_of(std::span<const SiteRules> all, std::string_view host) {
    const auto find = [&](std::string_view name) -> const SiteRules* {
        const auto found = std::ranges::find(all, name, &SiteRules::host);
        return found == all.end() ? nullptr : &*found;
    };
    const SiteRules* own = find(host);
    return own == nullptr && host.starts_with("www.") ? find(host.substr(4)) : own;
}

}  // namespace heliograph
