// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/list.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/utf8.h"

namespace heliograph {

std::string tag_key(std::string_view tag) {
    std::string out = ascii_lower(tag);
    for (char& c : out)
        if (c == '-' || c == '_' || c == '#') c = ' ';
    return collapse_space(out);
}

std::string month_name(std::chrono::sys_seconds time) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    return fmt::format("{:04}-{:02}", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()));
}

bool is_in_period(std::chrono::sys_seconds time, std::string_view period) {
    return month_name(time).starts_with(period);
}

std::vector<ListKey> lists_of(const ArticleSummary& article) {
    std::vector<ListKey> lists = {
        {.kind = ListKind::kAll, .name = {}},
        {.kind = ListKind::kMonth, .name = month_name(appeared(article))}};
    for (const std::string& section : article.sections)
        lists.push_back({.kind = ListKind::kSection, .name = section});
    for (const std::string& tag : article.tags)
        if (std::string key = tag_key(tag); !key.empty())
            lists.push_back({.kind = ListKind::kTag, .name = std::move(key)});
    std::ranges::sort(lists);
    lists.erase(std::ranges::unique(lists).begin(), lists.end());
    return lists;
}

}  // namespace heliograph
