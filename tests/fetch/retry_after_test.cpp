// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/retry_after.h"

#include <gtest/gtest.h>

namespace heliograph::fetch {
namespace {

using namespace std::chrono_literals;

TEST(RetryAfter, ReadsSecondsOrADateAndRefusesTheRest) {
    const auto now = std::chrono::sys_days{1999y / 12 / 31} + 23h + 58min + 59s;
    const struct {
        std::string_view value;
        std::optional<std::chrono::seconds> wait;
    } cases[] = {
        {" 120\t", 120s},
        {"0", 0s},
        {"Fri, 31 Dec 1999 23:59:59 GMT", 60s},   // the example of RFC 9110 section 10.2.3
        {"Friday, 31-Dec-99 23:59:59 GMT", 60s},  // obsolete, but a recipient must accept it
        {"Fri Dec 31 23:59:59 1999", 60s},        // likewise
        {"Fri, 31 Dec 1999 00:00:00 GMT", 0s},    // already past
        {"Sat, 31 Dec 2050 00:00:00 GMT", kMaxRetryDelay},
        {"99999999999999999999", kMaxRetryDelay},  // larger than any integer type
        {"-1", std::nullopt},
        {"1.5", std::nullopt},
        {"120, 60", std::nullopt},
        {"1999-12-31", std::nullopt},  // a date, but no HTTP-date
        {"soon", std::nullopt},
        {"", std::nullopt},
        {" \t", std::nullopt},
    };
    for (const auto& c : cases) EXPECT_EQ(parse_retry_after(c.value, now), c.wait) << c.value;
}

}  // namespace
}  // namespace heliograph::fetch
