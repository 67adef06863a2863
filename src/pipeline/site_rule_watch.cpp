// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/site_rule_watch.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <string_view>

namespace heliograph::pipeline {
namespace {

std::string setting_of(const SiteRules& rules) { return "site-rules " + rules.host; }

// What stays the same when the file's lines move.
std::string key_of(const SiteRule& rule) {
    return fmt::format("{} {}", to_string(rule.kind), rule.selector);
}

}  // namespace

// The setting has a line "NUMBER KIND SELECTOR" a rule; rules that changed begin anew.
SiteRuleWatch::Misses SiteRuleWatch::load(const SiteRules& rules) const {
    std::map<std::string, std::size_t, std::less<>> known;
    const std::string text = store_.setting(setting_of(rules));
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::size_t space = std::min(line.find(' '), line.size());
        std::size_t number = 0;
        std::from_chars(line.data(), line.data() + space, number);
        if (space < line.size()) known.emplace(line.substr(space + 1), number);
    }
    Misses misses;
    for (const SiteRule& rule : rules.rules) {
        const auto found = known.find(key_of(rule));
        misses.push_back(found == known.end() ? 0 : found->second);
    }
    return misses;
}

void SiteRuleWatch::save(const SiteRules& rules, const Misses& misses) {
    std::string text;
    for (std::size_t i = 0; i < misses.size(); ++i) {
        const std::string key = key_of(rules.rules[i]);
        if (!key.contains('\n')) text += fmt::format("{} {}\n", misses[i], key);
    }
    store_.set_setting(setting_of(rules), text);
}

void SiteRuleWatch::count(const SiteRules& rules, const std::vector<std::uint32_t>& matches) {
    if (matches.size() != rules.rules.size()) return;  // a page that was no HTML
    auto [site, is_new] = sites_.try_emplace(&rules);
    if (is_new) site->second = load(rules);
    for (std::size_t i = 0; i < matches.size(); ++i)
        site->second[i] = matches[i] > 0 ? 0 : site->second[i] + 1;
}

std::vector<Failure> SiteRuleWatch::settle() {
    std::vector<Failure> out;
    for (const auto& [rules, misses] : sites_) {
        save(*rules, misses);
        const auto is_idle = [&](std::size_t i) { return misses[i] >= kPagesWithoutMatch; };
        for (std::size_t i = 0; i < misses.size(); ++i) {
            const SiteRule& rule = rules->rules[i];
            bool is_replaced = false;
            for (std::size_t other = 0; other < misses.size(); ++other)
                is_replaced |= rule.kind != SiteRuleKind::kDrop &&
                               rules->rules[other].kind == rule.kind && !is_idle(other);
            if (!is_idle(i) || is_replaced) continue;
            out.push_back({to_string(*rules, rule),
                           fmt::format("matched nothing on the last {} pages", misses[i])});
        }
    }
    return out;
}

}  // namespace heliograph::pipeline
