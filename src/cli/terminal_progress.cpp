// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal_progress.h"

#include <fmt/format.h>
#include <unistd.h>
#include <cstdio>

namespace heliograph::cli {
namespace {

using namespace std::chrono_literals;

// A terminal over SSH should not be flooded.
constexpr auto kDrawEvery = 100ms;
constexpr std::size_t kBarWidth = 24;

}  // namespace

std::string progress_line(std::string_view stage, std::size_t done, std::size_t total,
                          std::chrono::milliseconds elapsed) {
    const std::size_t filled = total == 0 ? 0 : done * kBarWidth / total;
    std::string line = fmt::format("{}  [{}{}]  {}/{}", stage, std::string(filled, '#'),
                                   std::string(kBarWidth - filled, '.'), done, total);
    if (done == 0 || elapsed < 1s) return line;
    const double rate = static_cast<double>(done) * 1000.0 / static_cast<double>(elapsed.count());
    const auto left = static_cast<std::size_t>(static_cast<double>(total - done) / rate);
    return line + fmt::format("  {:.1f}/s  {}:{:02} left", rate, left / 60, left % 60);
}

TerminalProgress::TerminalProgress() : is_terminal_(::isatty(STDERR_FILENO) == 1) {}

TerminalProgress::~TerminalProgress() { finish(); }

void TerminalProgress::show(std::string_view stage, std::size_t done, std::size_t total) {
    if (stage != stage_) {
        finish();
        stage_ = stage;
        began_ = Steady::now();
    }
    done_ = done;
    total_ = total;
    if (is_terminal_ && Steady::now() - drawn_ >= kDrawEvery) draw();
}

void TerminalProgress::draw() {
    drawn_ = Steady::now();
    visible_ = true;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(drawn_ - began_);
    fmt::print(stderr, "\r\033[K{}", progress_line(stage_, done_, total_, elapsed));
    std::fflush(stderr);
}

void TerminalProgress::finish() {
    if (visible_) fmt::print(stderr, "\r\033[K");
    visible_ = false;
    if (!is_terminal_ && total_ > 0) fmt::print(stderr, "{}: {}\n", stage_, total_);
    stage_.clear();
    done_ = total_ = 0;
}

}  // namespace heliograph::cli
