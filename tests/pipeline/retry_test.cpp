// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/retry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr store::Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

TEST(Retry, BacksOffAndGivesUp) {
    EXPECT_EQ(retry_time(1, 10, kNow), kNow + 15min);
    EXPECT_EQ(retry_time(3, 10, kNow), kNow + 1h);
    EXPECT_EQ(retry_time(9, 10, kNow), kNow + 24h);
    EXPECT_EQ(retry_time(1, 10, kNow, 2h), kNow + 2h) << "as the server asked";
    EXPECT_EQ(retry_time(10, 10, kNow), std::nullopt);
}

TEST(Recheck, FadesWithAge) {
    std::vector<std::chrono::seconds> ages;
    store::Time now = kNow;
    while (const auto next = recheck_time(kNow, now)) {
        ages.push_back(*next - kNow);
        now = *next;
    }
    EXPECT_THAT(ages, testing::ElementsAre(1h, 6h, 24h, 72h, 240h, 720h));
    EXPECT_EQ(recheck_time(kNow, kNow + 5 * 24h), kNow + 240h) << "what is past is not made up for";
    EXPECT_EQ(recheck_time(kNow - 365 * 24h, kNow), std::nullopt);
}

}  // namespace
}  // namespace heliograph::pipeline
