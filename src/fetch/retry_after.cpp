// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/retry_after.h"

#include <algorithm>

#include "base/date.h"

namespace heliograph::fetch {
namespace {

std::string_view without_blanks(std::string_view value) {
    const auto first = value.find_first_not_of(" \t");
    if (first == value.npos) return {};
    return value.substr(first, value.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                      std::chrono::sys_seconds now) {
    value = without_blanks(value);
    if (value.empty()) return std::nullopt;
    if (value.find_first_not_of("0123456789") == value.npos) {
        std::chrono::seconds wait{0};
        for (const char digit : value)  // stops growing before it could overflow
            wait = std::min(wait * 10 + std::chrono::seconds{digit - '0'}, kMaxRetryDelay);
        return wait;
    }
    // parse_date_time also reads "2026-11-14", which no HTTP-date is: those begin with a weekday.
    if (value.front() < 'A' || value.front() > 'Z') return std::nullopt;
    const auto date = parse_date_time(value);
    if (!date || !date->has_time) return std::nullopt;
    return std::clamp<std::chrono::seconds>(date->utc - now, std::chrono::seconds{0},
                                            kMaxRetryDelay);
}

}  // namespace heliograph::fetch
