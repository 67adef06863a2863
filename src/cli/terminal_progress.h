// SPDX-License-Identifier: GPL-3.0-or-later
// How far a run is: a moving line with rate and time left on a terminal, a plain line a stage
// elsewhere, so that cron's mail stays short.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/report.h"

namespace heliograph::cli {

class TerminalProgress final : public pipeline::Progress {
  public:
    // Writes to standard error.
    TerminalProgress();
    ~TerminalProgress() override;
    void show(std::string_view stage, std::size_t done, std::size_t total) override;
    void finish() override;

  private:
    void draw();

    using Steady = std::chrono::steady_clock;

    bool is_terminal_;
    std::string stage_;
    std::size_t done_ = 0;
    std::size_t total_ = 0;
    Steady::time_point began_;
    Steady::time_point drawn_;
    bool visible_ = false;
};

// "articles  [#####.....]  120/240  15.2/s  0:08 left".
[[nodiscard]] std::string progress_line(std::string_view stage, std::size_t done, std::size_t total,
                                        std::chrono::milliseconds elapsed);

}  // namespace heliograph::cli
