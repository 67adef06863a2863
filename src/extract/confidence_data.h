// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of the signals of confidence.h. Made by scripts/fit_confidence.py at commit b452068 from
// 1685 pages of naeb, wcxb, daniel, each judged by a classifier that has not seen its site. Out
// of fold: log loss 0.3323, area under the curve 0.747. Do not edit by hand.
#pragma once

#include <array>

namespace heliograph::extract {

inline constexpr double kConfidenceBias = -1.0415;
inline constexpr std::array<double, 3> kConfidenceWeights = {
    // certainty of the kept text
    1.4437,
    // expected text that was dropped
    -1.9910,
    // holes between kept blocks
    -1.7793,
};

}  // namespace heliograph::extract
