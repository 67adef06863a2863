// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/pace.h"

#include <algorithm>

namespace heliograph::fetch {

Pace::Pace(int requests_per_second, int kilobytes_per_second)
    : normal_(requests_per_second > 0 ? Duration(std::chrono::seconds{1}) / requests_per_second
                                      : Duration::zero()),
      kilobytes_per_second_(kilobytes_per_second) {}

void Pace::received(Time now, std::size_t bytes) {
    if (kilobytes_per_second_ <= 0) return;
    const std::chrono::duration<double> cost{static_cast<double>(bytes) /
                                             (1000.0 * kilobytes_per_second_)};
    bytes_paid_ = std::max(bytes_paid_, now) + std::chrono::duration_cast<Duration>(cost);
}

Pace::Duration Pace::spacing() const {
    if (doublings_ == 0) return normal_;
    return std::max<Duration>(normal_, kFirstBackOff) * (1 << (doublings_ - 1));
}

void Pace::started(Time now) { next_ = std::max(next_, now) + spacing(); }

void Pace::answered() { doublings_ = std::max(doublings_ - 1, 0); }

void Pace::complained(Time now, std::optional<std::chrono::seconds> retry_after, double jitter) {
    doublings_ = std::min(doublings_ + 1, kMaxDoublings + 1);
    const Duration wait =
        std::max<Duration>(spacing(), retry_after.value_or(std::chrono::seconds{0}));
    const auto longer = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(wait) * (1 + std::clamp(jitter, 0.0, 1.0) / 2));
    next_ = std::max(next_, now + longer);
}

}  // namespace heliograph::fetch
