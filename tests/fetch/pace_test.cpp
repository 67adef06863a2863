// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/pace.h"

#include <gtest/gtest.h>

namespace heliograph::fetch {
namespace {

using namespace std::chrono_literals;

// No test here waits: the moments are made up.
constexpr Pace::Time kStart{1000s};

TEST(Pace, SpacesRequestsEvenly) {
    Pace pace(4);
    EXPECT_LE(pace.next(), kStart);
    pace.started(kStart);
    EXPECT_EQ(pace.next(), kStart + 250ms);
    pace.started(kStart + 250ms);
    EXPECT_EQ(pace.next(), kStart + 500ms);
}

TEST(Pace, DoesNotSaveUpWhatWasNotUsed) {
    Pace pace(1);
    pace.started(kStart);
    pace.started(kStart + 1h);
    EXPECT_EQ(pace.next(), kStart + 1h + 1s);
}

TEST(Pace, WithoutALimitIsNeverInTheWay) {
    Pace pace(0);
    for (int i = 0; i < 100; ++i) pace.started(kStart);
    EXPECT_EQ(pace.next(), kStart);
}

TEST(Pace, WaitsAsLongAsTheHostAskedAndALittleMore) {
    Pace pace(2);
    pace.complained(kStart, 30s, 0);
    EXPECT_EQ(pace.next(), kStart + 30s);
    pace.complained(kStart, 30s, 1);
    EXPECT_EQ(pace.next(), kStart + 45s);
    // An answer to an earlier request with a shorter wish does not shorten it.
    pace.complained(kStart + 1s, 1s, 0);
    EXPECT_EQ(pace.next(), kStart + 45s);
}

TEST(Pace, DoublesWithEachComplaintAndComesBackStepByStep) {
    Pace pace(0);
    for (const auto expected : {500ms, 1000ms, 2000ms, 4000ms}) {
        pace.complained(kStart, std::nullopt, 0);
        EXPECT_EQ(pace.next(), kStart + expected);
    }
    const auto later = kStart + 1h;
    for (const auto expected : {2000ms, 1000ms, 500ms, 0ms, 0ms}) {
        pace.answered();
        Pace copy = pace;
        copy.started(later);
        EXPECT_EQ(copy.next(), later + expected);
    }
}

TEST(Pace, StopsDoublingSomewhere) {
    Pace pace(1);
    for (int i = 0; i < 1000; ++i) pace.complained(kStart, std::nullopt, 0);
    EXPECT_GT(pace.next(), kStart + 10min);
    EXPECT_LT(pace.next(), kStart + 1h);
}

TEST(Pace, WaitsUntilTheHostHadTheTimeForTheBytesItSent) {
    Pace pace(10, 1000);
    const Pace::Time now{};
    pace.started(now);
    pace.received(now, 50'000);  // 50 ms worth
    EXPECT_EQ(pace.next(), now + 100ms) << "the rate of requests is slower";
    pace.received(now, 950'000);
    EXPECT_EQ(pace.next(), now + 1s) << "all bytes together";
    Pace unbounded(10);
    unbounded.received(now, std::size_t{1} << 40);
    EXPECT_EQ(unbounded.next(), now);
}

TEST(Pace, KeepsRequestsAsFarApartAsTheHostAsks) {
    Pace pace(2);
    pace.keep_apart(3s);
    pace.keep_apart(1s);  // a lesser wish changes nothing
    const Pace::Time now{};
    pace.started(now);
    EXPECT_EQ(pace.next(), now + 3s);
}

}  // namespace
}  // namespace heliograph::fetch
