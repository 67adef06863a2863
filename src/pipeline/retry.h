// SPDX-License-Identifier: GPL-3.0-or-later
// When something that failed is tried again.
#pragma once

#include <chrono>
#include <optional>

#include "store/store.h"

namespace heliograph::pipeline {

// Back-off: 15 minutes, doubled each time, up to a day.
inline constexpr std::chrono::seconds kFirstRetry = std::chrono::minutes{15};
inline constexpr std::chrono::seconds kLongestRetry = std::chrono::hours{24};

// After the `attempts`th failure in a row; later if the server asked for it. Returns nullopt when
// the attempts are used up.
[[nodiscard]] std::optional<store::Time> retry_time(
    int attempts, int max_attempts, store::Time now,
    std::optional<std::chrono::seconds> asked_for = {});

// When an article that appeared at `appeared` is read again for corrections: 1 and 6 hours, 1, 3,
// 10 and 30 days after it appeared, those that are still to come. Returns nullopt when none is.
[[nodiscard]] std::optional<store::Time> recheck_time(store::Time appeared, store::Time now);

}  // namespace heliograph::pipeline
