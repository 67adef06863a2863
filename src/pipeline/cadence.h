// SPDX-License-Identifier: GPL-3.0-or-later
// How often news come from a source: what follows for when to ask it again, and whether its
// silence is unusual. Functions of what the store remembers; the time is always an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/config.h"
#include "model/entry.h"
#include "store/store.h"

namespace heliograph::pipeline {

using store::Time;

// Moments of news that are remembered of a source: days of a large newsroom, years of a small one.
inline constexpr std::size_t kMaxMoments = 100;

struct Cadence {
    std::chrono::seconds usual;    // half of the gaps between news are no longer
    std::chrono::seconds longest;  // of them all
};

// `news`: moments in order, no doubles. Returns nullopt for fewer than five of them: that is no
// habit yet.
[[nodiscard]] std::optional<Cadence> learn_cadence(std::span<const Time> news);

// Puts the moments of an answer's news among those remembered, the newest kMaxMoments of them.
// What claims to come from the future, or from before there was a web, counts as `now`.
void add_news(std::vector<Time>& news, const std::vector<std::optional<DateTime>>& dates, Time now);

// What there is to know about when to ask a source again.
struct PollFacts {
    std::optional<Cadence> cadence{};
    PollHints hints{};                                  // of the document
    std::optional<std::chrono::seconds> max_age{};      // of Cache-Control
    std::optional<std::chrono::seconds> retry_after{};  // what the server asked for
    int failures = 0;                                   // in a row
    bool is_gone = false;                               // 410: asked as rarely as can be
};

// A quarter of the usual gap, within the operator's bounds; later after each failure in a row.
// `max_age` and ttl make it later, up to the upper bound; Retry-After whatever the bounds. Skipped
// hours and days are passed over unless they leave none.
[[nodiscard]] Time next_poll(const PollFacts& facts, const FetchLimits& limits, Time now);

enum class Condition : std::uint8_t { kNew, kOk, kQuiet, kStale, kFailing };
// "new", "ok", "quiet", "stale", "failing".
[[nodiscard]] std::string_view to_string(Condition condition);
// Whether the operator should look.
[[nodiscard]] inline bool is_alarming(Condition condition) {
    return condition == Condition::kStale || condition == Condition::kFailing;
}

struct Health {
    Condition condition = Condition::kNew;
    std::optional<Time> since;  // when that began
    std::string reason;         // for people; empty for kNew and kOk
};

// kFailing: the last answer was an error or no document of news. kStale: it lists nothing, or news
// have not come for much longer than ever before. kQuiet: for longer than is usual.
[[nodiscard]] Health judge(const store::SourceState& source, Time now);

}  // namespace heliograph::pipeline
