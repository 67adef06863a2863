// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/cadence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr seconds kDay = 24h;
// A Tuesday.
constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h};

// `count` moments, `gap` apart, the last one `ago`.
std::vector<Time> moments(int count, seconds gap, seconds ago) {
    std::vector<Time> out;
    for (int i = count - 1; i >= 0; --i) out.push_back(kNow - ago - gap * i);
    return out;
}

TEST(Cadence, NeedsFiveMomentsAndKnowsTheUsualAndTheLongestGap) {
    EXPECT_FALSE(learn_cadence(moments(4, 1h, 0s)));
    std::vector<Time> news = moments(5, 1h, 3h);
    news.push_back(kNow);
    const auto cadence = learn_cadence(news);
    ASSERT_TRUE(cadence);
    EXPECT_EQ(cadence->usual, 1h);
    EXPECT_EQ(cadence->longest, 3h);
}

TEST(Cadence, NewsAreKeptInOrderWithoutDoublesAndWithoutImpossibleDates) {
    std::vector<Time> news{kNow - 5h, kNow - 2h};
    const DateTime future{.utc = kNow + 48h, .offset = {}, .has_time = true};
    const DateTime epoch{.utc = Time{}, .offset = {}, .has_time = true};
    const DateTime good{.utc = kNow - 3h, .offset = {}, .has_time = true};
    add_news(news, {future, good, std::nullopt, epoch, good}, kNow);
    EXPECT_THAT(news, ElementsAre(kNow - 5h, kNow - 3h, kNow - 2h, kNow));
    std::vector<std::optional<DateTime>> many;
    for (int i = 1; i <= 300; ++i)
        many.emplace_back(DateTime{.utc = kNow - i * 1min, .offset = {}, .has_time = true});
    add_news(news, many, kNow);
    EXPECT_EQ(news.size(), kMaxMoments);
    EXPECT_EQ(news.back(), kNow);
}

TEST(Poll, FollowsTheCadenceWithinTheBoundsAndWhatIsAskedFor) {
    FetchLimits limits;
    limits.poll_min = 5min;
    limits.poll_max = 6h;
    const auto cadence = [](seconds usual) { return Cadence{.usual = usual, .longest = usual}; };
    const struct {
        const char* what;
        PollFacts facts;
        seconds wait;
    } cases[] = {
        {"nothing known", {}, 5min},
        {"hourly news", {.cadence = cadence(2h)}, 30min - 1min},
        {"news by the minute", {.cadence = cadence(1min)}, 5min},
        {"news once a month", {.cadence = cadence(30 * kDay)}, 6h - 1min},
        {"a ttl", {.hints = {.ttl = 1h}}, 1h - 1min},
        {"a ttl beyond the bound", {.hints = {.ttl = 7 * kDay}}, 6h - 1min},
        {"max-age", {.max_age = 20min}, 20min - 1min},
        {"Retry-After whatever the bounds", {.retry_after = 12h}, 12h},
        {"failed once", {.cadence = cadence(10h), .failures = 1}, 5min},
        {"failed twice", {.failures = 2}, 15min - 1min},
        {"failed four times", {.failures = 4}, 60min - 1min},
        {"failed often", {.failures = 99}, 6h - 1min},
        {"gone", {.failures = 1, .is_gone = true}, 6h - 1min},
        {"skips this hour and the next", {.hints = {.skip_hours = 3U << 12}}, 2h},
        {"skips this weekday", {.hints = {.skip_days = 1U << 2}}, 12h},
        {"skips everything", {.hints = {.skip_hours = 0xFFFFFF}}, 5min},
    };
    for (const auto& c : cases)
        EXPECT_EQ(next_poll(c.facts, limits, kNow) - kNow, c.wait) << c.what;
    limits.poll_min = limits.poll_max = 0min;
    EXPECT_EQ(next_poll({.cadence = cadence(2h), .hints = {.skip_days = 0x7F}, .max_age = 1h},
                        limits, kNow),
              kNow)
        << "with both bounds 0: at each run";
}

TEST(Health, TellsSilenceFromHabit) {
    const struct {
        const char* what;
        std::vector<Time> news;
        Condition condition;
    } cases[] = {
        {"hourly, an hour ago", moments(50, 1h, 1h), Condition::kOk},
        {"hourly, over night", moments(50, 1h, 14h), Condition::kOk},
        {"hourly, for two days", moments(50, 1h, 49h), Condition::kQuiet},
        {"hourly, for a week", moments(50, 1h, 7 * kDay), Condition::kStale},
        {"daily, for three days", moments(30, kDay, 3 * kDay), Condition::kOk},
        {"daily, for five days", moments(30, kDay, 5 * kDay), Condition::kQuiet},
        {"daily, for nine days", moments(30, kDay, 9 * kDay), Condition::kStale},
        {"monthly, for six weeks", moments(12, 30 * kDay, 42 * kDay), Condition::kOk},
        {"monthly, for a year", moments(12, 30 * kDay, 365 * kDay), Condition::kStale},
        {"few so far, for five days", moments(3, kDay, 5 * kDay), Condition::kOk},
        {"few so far, for ten days", moments(3, kDay, 10 * kDay), Condition::kQuiet},
        {"few so far, for five months", moments(3, kDay, 150 * kDay), Condition::kStale},
        {"nothing that has a date", {}, Condition::kOk},
    };
    for (const auto& c : cases) {
        store::SourceState source;
        source.checked = source.succeeded = kNow;
        source.news = c.news;
        source.items = 30;
        const Health health = judge(source, kNow);
        EXPECT_EQ(to_string(health.condition), to_string(c.condition)) << c.what;
        const bool is_silent = c.condition == Condition::kQuiet || c.condition == Condition::kStale;
        EXPECT_EQ(health.since.has_value(), is_silent) << c.what;
        if (is_silent) {
            EXPECT_LE(*health.since, kNow) << c.what;
            EXPECT_GT(*health.since, c.news.back()) << c.what;
            EXPECT_THAT(health.reason, HasSubstr("no news for")) << c.what;
        }
    }
}

TEST(Health, TellsFailuresAndEmptyAnswersFirst) {
    EXPECT_EQ(judge({}, kNow).condition, Condition::kNew);
    store::SourceState source;
    source.checked = kNow;
    source.news = moments(50, 1h, 1h);
    source.empty_since = kNow - 5h;
    EXPECT_EQ(judge(source, kNow).condition, Condition::kStale);
    EXPECT_EQ(judge(source, kNow).since, kNow - 5h);
    EXPECT_THAT(judge(source, kNow).reason, HasSubstr("lists no articles"));
    source.failures = 3;
    source.failing_since = kNow - 2h;
    source.problem = "it is an HTML page, not a feed";
    const Health health = judge(source, kNow);
    EXPECT_EQ(health.condition, Condition::kFailing);
    EXPECT_EQ(health.since, kNow - 2h);
    EXPECT_EQ(health.reason, "failed 3 times in a row: it is an HTML page, not a feed");
    EXPECT_TRUE(is_alarming(health.condition));
    EXPECT_FALSE(is_alarming(Condition::kQuiet));
}

}  // namespace
}  // namespace heliograph::pipeline
