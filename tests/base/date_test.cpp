// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/date.h"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

std::string round(std::string_view text) {
    const auto time = parse_date_time(text);
    return time ? format_rfc3339(*time) : "none";
}

TEST(Date, ReadsWhatFeedsAndPagesWrite) {
    const struct {
        std::string_view text;
        std::string_view expected;
    } cases[] = {
        {"2026-11-14T08:30:00+08:00", "2026-11-14T08:30:00+08:00"},
        {" 2026-11-14T08:30:00.123Z\n", "2026-11-14T08:30:00Z"},
        {"2026-11-14 08:30", "2026-11-14T08:30:00Z"},
        {"2026-11-14T08:30:00+0530", "2026-11-14T08:30:00+05:30"},
        {"20261114T083000Z", "2026-11-14T08:30:00Z"},
        {"2026-11-14", "2026-11-14"},
        {"20261114", "2026-11-14"},
        {"2026/1/5 7:05:00", "2026-01-05T07:05:00Z"},
        {"Sat, 14 Nov 2026 08:30:00 GMT", "2026-11-14T08:30:00Z"},
        {"Sat, 14 Nov 2026 08:30:00 +0300", "2026-11-14T08:30:00+03:00"},
        {"14 Nov 26 08:30 EST", "2026-11-14T08:30:00-05:00"},
        {"Saturday, 14-Nov-26 08:30:00 GMT", "2026-11-14T08:30:00Z"},
        {"Sat Nov 14 08:30:00 2026", "2026-11-14T08:30:00Z"},
        {"November 14, 2026", "2026-11-14"},
        {"Nov 14, 2026 08:30", "2026-11-14T08:30:00Z"},
        {"Sat, 14 Nov 2026 24:00:00 GMT", "2026-11-15T00:00:00Z"},
        {"Sat, 14 Nov 2026 08:30:00 +0800 (CST)", "2026-11-14T08:30:00+08:00"},
        {"2026-02-30", "none"},
        {"2026-13-01", "none"},
        {"yesterday", "none"},
        {"", "none"},
        {"14", "none"},
    };
    for (const auto& c : cases) EXPECT_EQ(round(c.text), c.expected) << c.text;
}

TEST(Date, KeepsThePublishersOwnDay) {
    const auto time = parse_date_time("2026-11-14T00:30:00+08:00");
    ASSERT_TRUE(time);
    EXPECT_EQ(format_utc(time->utc), "2026-11-13T16:30:00Z");
    EXPECT_EQ(format_local(*time), "2026-11-14 00:30");
    EXPECT_EQ(format_day(*time), "2026-11-14");
}

TEST(Date, WritesTheHttpForm) {
    const auto time = parse_date_time("1994-11-06T08:49:37Z");
    ASSERT_TRUE(time);
    // The example of RFC 9110 section 5.6.7.
    EXPECT_EQ(format_http_date(time->utc), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace heliograph
