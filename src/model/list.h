// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of articles that have pages of their own, and an article's place in them.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"

namespace heliograph {

enum class ListKind : std::uint8_t { kAll, kMonth, kSection, kTag };

struct ListKey {
    ListKind kind = ListKind::kAll;
    std::string name;  // "", "2026-11", the section's key, tag_key()

    friend auto operator<=>(const ListKey&, const ListKey&) = default;
};

// What tags that are written differently have in common: "#Climate_Change" and "climate change" are
// one. ASCII letters in lower case, "-" and "_" as spaces, spaces collapsed. May be empty.
[[nodiscard]] std::string tag_key(std::string_view tag);

// "2026-11", in UTC.
[[nodiscard]] std::string month_name(std::chrono::sys_seconds time);

// Whether that is within a period: a year, "2026", or a month, "2026-11".
[[nodiscard]] bool is_in_period(std::chrono::sys_seconds time, std::string_view period);

// Every list the article is in, sorted, no doubles.
[[nodiscard]] std::vector<ListKey> lists_of(const ArticleSummary& article);

// Where an article stood, so that what it leaves can be mended.
struct Place {
    std::chrono::sys_seconds appeared{};
    int revision = 1;
    std::vector<ListKey> lists;
    std::vector<std::string> media;  // paths of the pictures it showed
};

}  // namespace heliograph
