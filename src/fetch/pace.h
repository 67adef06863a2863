// SPDX-License-Identifier: GPL-3.0-or-later
// When the next request to a host may go out: evenly spaced, slower while the host complains. A
// plain value; the time is always an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>

namespace heliograph::fetch {

// How far apart requests go at least to a host that has just complained.
inline constexpr std::chrono::milliseconds kFirstBackOff{500};
// Each complaint doubles the distance, up to here: 500 ms × 2^10 is about 8 minutes.
inline constexpr int kMaxDoublings = 10;

class Pace {
  public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    // 0 requests or kilobytes per second: as fast as the host likes.
    explicit Pace(int requests_per_second, int kilobytes_per_second = 0);

    // The earliest moment for the next request.
    [[nodiscard]] Time next() const { return std::max(next_, bytes_paid_); }
    // Requests are to be at least that far apart from now on, as the host asks robots.
    void keep_apart(Duration least) { normal_ = std::max(normal_, least); }
    // So much came: the next request waits until the host has had the time for it.
    void received(Time now, std::size_t bytes);
    // One goes out.
    void started(Time now);
    // The host answered with something other than a complaint: back one step to the normal pace.
    void answered();
    // 429, 503 or 403. Waits at least `retry_after`. `jitter`, 0 to 1, lengthens the wait by up to
    // a half, so that mirrors of the same publisher do not come back all at once.
    void complained(Time now, std::optional<std::chrono::seconds> retry_after, double jitter);

  private:
    [[nodiscard]] Duration spacing() const;

    Duration normal_;
    int doublings_ = 0;  // 0: the normal pace
    Time next_{};
    int kilobytes_per_second_;
    Time bytes_paid_{};  // until then what came so far uses up the budget of bytes
};

}  // namespace heliograph::fetch
