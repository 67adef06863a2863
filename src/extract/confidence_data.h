// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of the signals of confidence.h. Made by scripts/fit_confidence.py at commit 4c432d8 from
// 1685 pages of naeb, wcxb, daniel, each judged by a classifier that has not seen its site. Out
// of fold: log loss 0.3258, area under the curve 0.765. Do not edit by hand.
#pragma once

#include <array>

namespace heliograph::extract {

inline constexpr double kConfidenceBias = -0.4587;
inline constexpr std::array<double, 3> kConfidenceWeights = {
    // certainty of the kept text
    1.3238,
    // expected text that was dropped
    -2.9203,
    // holes between kept blocks
    -1.9454,
};

}  // namespace heliograph::extract
