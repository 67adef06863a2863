// SPDX-License-Identifier: GPL-3.0-or-later
// One figure of a benchmark, as `./dev bench` shows it.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>

namespace heliograph::bench {

// What a benchmark measured, beside a yardstick measured in the same run. Absolute figures of one
// machine mean nothing on another; the ratio does.
struct Figure {
    std::string_view name;
    double value = 0;      // ours, in `unit`
    double yardstick = 0;  // what it is held against, in `unit`
    double target = 0;     // bound of value / yardstick
    std::string_view unit;
    bool at_least = false;  // the ratio is to be the target or more, not the target or less
};

// Prints the figure as a line: name, value, yardstick, ratio, target, met or missed, apart by tabs.
// Says whether the target is met.
inline bool report(const Figure& figure) {
    const double ratio = figure.value / figure.yardstick;
    const bool met = figure.at_least ? ratio >= figure.target : ratio <= figure.target;
    fmt::print("{}\t{:.4g} {}\t{:.4g} {}\t{:.2f}\t{} {}\t{}\n", figure.name, figure.value,
               figure.unit, figure.yardstick, figure.unit, ratio,
               figure.at_least ? ">=" : "<=", figure.target, met ? "met" : "missed");
    std::fflush(stdout);
    return met;
}

}  // namespace heliograph::bench
