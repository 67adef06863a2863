// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing dates as feeds, pages and HTTP have them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph {

// A moment as a publisher wrote it: the instant in UTC, the zone of the place if it was given, and
// whether the text had a time of day at all.
struct DateTime {
    std::chrono::sys_seconds utc{};
    std::optional<std::chrono::minutes> offset;  // east of Greenwich is positive
    bool has_time = true;                        // false: only the day is known; utc is its 00:00

    friend bool operator==(const DateTime&, const DateTime&) = default;
    friend auto operator<=>(const DateTime& a, const DateTime& b) { return a.utc <=> b.utc; }
};

// Reads RFC 3339 and the looser ISO 8601 forms of the web ("2026-11-14", "2026-11-14 08:30",
// "20261114T083000Z", a fraction of a second, "+0800", "+08:00"), the RFC 5322 / RFC 822 forms of
// RSS ("Sat, 14 Nov 2026 08:30:00 GMT", two-digit years, named zones of RFC 822, no weekday, no
// seconds) and RFC 850 / asctime (RFC 9110 section 5.6.7). White space round it is ignored.
// Without a zone the time is taken as UTC and offset stays empty.
// Returns nullopt for anything else and for days that do not exist.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view text);

// "2026-11-14T08:30:00+08:00" in its own zone ("Z" when unknown or zero), or "2026-11-14".
[[nodiscard]] std::string format_rfc3339(const DateTime& time);

// The day and the minute in the moment's own zone, for people: "2026-11-14 08:30", or the day only.
[[nodiscard]] std::string format_local(const DateTime& time);

// "2026-11-14", of the moment's own zone.
[[nodiscard]] std::string format_day(const DateTime& time);

// "2026-11-14T00:30:00Z".
[[nodiscard]] std::string format_utc(std::chrono::sys_seconds time);

// "Sat, 14 Nov 2026 00:30:00 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string format_http_date(std::chrono::sys_seconds time);

// Year, month and day in the moment's own zone.
[[nodiscard]] std::chrono::year_month_day local_day(const DateTime& time);

}  // namespace heliograph
