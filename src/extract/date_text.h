// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as newspapers print them: in numbers and in words of many languages, in several calendars.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/date.h"

namespace heliograph::extract {

// Which number of 03/04/2026 is the month.
enum class DateOrder : std::uint8_t { kDayFirst, kMonthFirst };

// The order of the places that read `language` (BCP 47): month first in the United States and the
// Philippines, day first elsewhere. English without a country is day first only where the page's
// address (`host`) ends in another country than the United States.
[[nodiscard]] DateOrder date_order(std::string_view language, std::string_view host);

struct FoundDate {
    DateTime time;
    std::size_t begin = 0;  // of the date in the text, in bytes
    std::size_t end = 0;
    bool is_ambiguous = false;  // 03/04/2026: the order was a guess
};

// The first date of day, month and year in `text` (its first 2,000 bytes), with the time of day
// behind it if there is one. Digits of any script; month names of some sixty languages; Chinese,
// Japanese and Korean forms; years of the Buddhist, Persian, Republic of China and Japanese
// calendars. Years outside 1990 to 2100 are no dates of articles. `language` decides between
// months of the same name (Croatian and Polish "listopad").
[[nodiscard]] std::optional<FoundDate> find_date(std::string_view text, DateOrder order,
                                                 std::string_view language = {});

// The number of a month by its name, any form of any language that find_date knows; 0 when it is
// none. `word` in any case.
[[nodiscard]] int month_by_name(std::string_view word, std::string_view language = {});

// The day in a path: "/2026/03/04/", "/2026-03-04-title", "/20260304/", "/2026/mar/04/".
[[nodiscard]] std::optional<DateTime> date_in_path(std::string_view path);

}  // namespace heliograph::extract
