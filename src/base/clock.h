// SPDX-License-Identifier: GPL-3.0-or-later
// The time, as a thing that is passed in: tests and reproducible builds bring their own.
#pragma once

#include <chrono>

namespace heliograph {

class Clock {
  public:
    virtual ~Clock() = default;
    // Seconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] virtual std::chrono::sys_seconds now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] std::chrono::sys_seconds now() const override {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
};

// Stands still until it is told otherwise.
class FixedClock final : public Clock {
  public:
    explicit FixedClock(std::chrono::sys_seconds time) : time_(time) {}
    [[nodiscard]] std::chrono::sys_seconds now() const override { return time_; }
    void advance(std::chrono::seconds by) { time_ += by; }

  private:
    std::chrono::sys_seconds time_;
};

}  // namespace heliograph
