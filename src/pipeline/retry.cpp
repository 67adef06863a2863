// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/retry.h"

#include <algorithm>

namespace heliograph::pipeline {

std::optional<store::Time> retry_time(int attempts, int max_attempts, store::Time now,
                                      std::optional<std::chrono::seconds> asked_for) {
    if (attempts >= max_attempts) return std::nullopt;
    const auto doubled = kFirstRetry * (1 << std::min(attempts - 1, 10));
    return now +
           std::max(std::min(doubled, kLongestRetry), asked_for.value_or(std::chrono::seconds{0}));
}

std::optional<store::Time> recheck_time(store::Time appeared, store::Time now) {
    using namespace std::chrono_literals;
    static constexpr std::chrono::seconds kAges[] = {1h, 6h, 24h, 3 * 24h, 10 * 24h, 30 * 24h};
    for (const std::chrono::seconds age : kAges)
        if (appeared + age > now) return appeared + age;
    return std::nullopt;
}

}  // namespace heliograph::pipeline
