// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/cadence.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/date.h"

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr std::size_t kMinMoments = 5;
// Asked four times in a usual gap, a source's news are late by a quarter of it at most.
constexpr int kPollsInAGap = 4;
constexpr seconds kFirstBackOff = 15min;
constexpr seconds kDay = 24h;
// Cron does not start to the second: what is due so soon is due now.
constexpr seconds kSlack = 1min;

// Silence is judged by a source's own habit, but newsrooms have nights and weekends that a hundred
// moments may not show.
constexpr seconds kLeastQuiet = kDay;
constexpr seconds kLeastStale = 3 * kDay;
// Without a habit yet.
constexpr seconds kUnknownQuiet = 7 * kDay;
constexpr seconds kUnknownStale = 30 * kDay;

bool is_skipped(const PollHints& hints, Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const auto hour = std::chrono::floor<std::chrono::hours>(time - day).count();
    const auto weekday = std::chrono::weekday(day).c_encoding();
    return (hints.skip_hours >> hour & 1U) != 0 ||
           (static_cast<unsigned>(hints.skip_days) >> weekday & 1U) != 0;
}

// "3 days", "5 hours", "20 minutes".
std::string in_words(seconds time) {
    const auto say = [](auto count, std::string_view unit) {
        return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
    };
    if (time >= 2 * kDay) return say(time / kDay, "day");
    if (time >= 2h) return say(time / seconds{1h}, "hour");
    return say(time / seconds{1min}, "minute");
}

}  // namespace

std::optional<Cadence> learn_cadence(std::span<const Time> news) {
    if (news.size() < kMinMoments) return std::nullopt;
    std::vector<seconds> gaps;
    for (std::size_t i = 1; i < news.size(); ++i) gaps.push_back(news[i] - news[i - 1]);
    std::ranges::sort(gaps);
    return Cadence{.usual = gaps[gaps.size() / 2], .longest = gaps.back()};
}

void add_news(std::vector<Time>& news, const std::vector<std::optional<DateTime>>& dates,
              Time now) {
    constexpr Time kFirstWebNews{std::chrono::sys_days{std::chrono::year{1993} / 1 / 1}};
    for (const auto& date : dates) {
        const bool is_plausible = date && date->utc <= now && date->utc >= kFirstWebNews;
        news.push_back(is_plausible ? date->utc : now);
    }
    std::ranges::sort(news);
    const auto doubles = std::ranges::unique(news);
    news.erase(doubles.begin(), doubles.end());
    if (news.size() > kMaxMoments)
        news.erase(news.begin(), news.end() - static_cast<std::ptrdiff_t>(kMaxMoments));
}

Time next_poll(const PollFacts& facts, const FetchLimits& limits, Time now) {
    const seconds least = limits.poll_min;
    const seconds most = std::max<seconds>(limits.poll_max, least);
    seconds wait = facts.cadence ? facts.cadence->usual / kPollsInAGap : least;
    if (facts.failures > 0) {
        // The first time may be chance: at the next run.
        const int doublings = std::min(facts.failures - 2, 20);
        wait = facts.failures == 1 ? least : kFirstBackOff * (1 << doublings);
    }
    if (facts.is_gone) wait = most;
    wait = std::max({wait, facts.hints.ttl.value_or(0s), facts.max_age.value_or(0s)});
    wait = std::clamp(wait, least, most);
    if (wait > 5 * kSlack) wait -= kSlack;
    wait = std::max(wait, facts.retry_after.value_or(0s));
    const Time wanted = now + wait;
    if (most == 0s) return wanted;
    for (Time time = wanted; time < wanted + 7 * kDay;
         time = std::chrono::floor<std::chrono::hours>(time) + 1h) {
        if (!is_skipped(facts.hints, time)) return time;
    }
    return wanted;
}

std::string_view to_string(Condition condition) {
    static constexpr std::string_view kNames[] = {"new", "ok", "quiet", "stale", "failing"};
    return kNames[static_cast<std::size_t>(condition)];
}

Health judge(const store::SourceState& source, Time now) {
    if (!source.checked) return {};
    if (source.failures > 0) {
        const std::string times = source.failures == 1
                                      ? "the last time"
                                      : fmt::format("{} times in a row", source.failures);
        return {.condition = Condition::kFailing,
                .since = source.failing_since ? source.failing_since : source.checked,
                .reason = fmt::format("failed {}: {}", times, source.problem)};
    }
    // The operator's own lists and archives change when the operator changes them.
    if (source.kind == SourceKind::kList || source.kind == SourceKind::kArchive)
        return {.condition = Condition::kOk, .since = {}, .reason = {}};
    if (source.empty_since) {
        return {.condition = Condition::kStale,
                .since = source.empty_since,
                .reason = "it answers, and lists no articles"};
    }
    if (source.news.empty()) return {.condition = Condition::kOk, .since = {}, .reason = {}};
    const Time last = source.news.back();
    const auto cadence = learn_cadence(source.news);
    const seconds quiet =
        cadence ? std::max({kLeastQuiet, 4 * cadence->usual, cadence->longest}) : kUnknownQuiet;
    const seconds stale =
        cadence ? std::max({kLeastStale, 8 * cadence->usual, cadence->longest * 3 / 2})
                : kUnknownStale;
    const seconds silence = now - last;
    if (silence <= quiet) return {.condition = Condition::kOk, .since = {}, .reason = {}};
    const bool is_stale = silence > stale;
    std::string reason = fmt::format("no news for {}: the newest of its {} articles is of {}",
                                     in_words(silence), source.items, format_utc(last));
    if (cadence)
        reason += fmt::format(", when news used to come every {}", in_words(cadence->usual));
    return {.condition = is_stale ? Condition::kStale : Condition::kQuiet,
            .since = last + (is_stale ? stale : quiet),
            .reason = std::move(reason)};
}

}  // namespace heliograph::pipeline
