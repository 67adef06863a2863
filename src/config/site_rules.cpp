// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/site_rules.h"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <utility>

#include "config/table_reader.h"

namespace heliograph::config {
namespace {

constexpr std::array kKinds = {SiteRuleKind::kKeep, SiteRuleKind::kDrop, SiteRuleKind::kTitle,
                               SiteRuleKind::kAuthor, SiteRuleKind::kDate};

}  // namespace

Result<SiteRules> parse_site_rules(std::string_view toml, const std::string& file_name) {
    Problems problems(file_name);
    SiteRules out{.host = {}, .file = file_name, .rules = {}};
    toml::table table;
    try {
        table = toml::parse(toml, file_name);
    } catch (const toml::parse_error& error) {
        problems.add(error.source().begin, std::string(error.description()));
        return fail(ErrorCode::kConfig, problems.text());
    }
    for (const auto& [key, value] : table) {
        const auto kind = std::ranges::find_if(
            kKinds, [&](SiteRuleKind known) { return to_string(known) == key.str(); });
        if (kind == kKinds.end()) {
            std::vector<std::string> known;
            for (const SiteRuleKind one : kKinds) known.emplace_back(to_string(one));
            problems.add(key.source().begin, fmt::format("unknown key '{}'; {}", key.str(),
                                                         hint_for(key.str(), known)));
            continue;
        }
        const auto add = [&](const toml::node& node) {
            const auto* text = node.as_string();
            const toml::source_position place = node.source().begin;
            if (text == nullptr || text->get().empty()) {
                problems.add(place,
                             fmt::format("'{}' must be a CSS selector in quotes, or a list of them",
                                         key.str()));
            } else {
                out.rules.push_back({.kind = *kind,
                                     .selector = text->get(),
                                     .line = place.line,
                                     .column = place.column});
            }
        };
        if (const auto* list = value.as_array()) {
            for (const toml::node& element : *list) add(element);
        } else {
            add(value);
        }
    }
    // The table has its keys in the order of the alphabet.
    std::ranges::sort(out.rules, {},
                      [](const SiteRule& rule) { return std::pair(rule.line, rule.column); });
    if (problems.empty() && out.rules.empty()) problems.add({1, 1}, "there is no rule in it");
    if (out.rules.size() > kMaxSiteRules)
        problems.add({1, 1}, fmt::format("{} rules; {} are the most for one site", out.rules.size(),
                                         kMaxSiteRules));
    if (!problems.empty()) return fail(ErrorCode::kConfig, problems.text());
    return out;
}

}  // namespace heliograph::config
