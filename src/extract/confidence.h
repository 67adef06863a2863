// SPDX-License-Identifier: GPL-3.0-or-later
// How likely the body of a page is right. The signals are computed from the probabilities of the
// classifier; their weights were fitted on annotated pages (scripts/fit_confidence.py).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/page_table.h"

namespace heliograph::extract {

inline constexpr std::size_t kConfidenceSignals = 3;

using ConfidenceSignals = std::array<double, kConfidenceSignals>;

// What the signals are, in their order:
// - how sure the classifier is of the kept text: the log odds of its mean probability by weight,
//   between -4 and 4;
// - how much of the text it expects to be dropped: the square root of that share, 0 to 1;
// - how much prose was dropped between kept blocks: the square root of that share, 0 to 1.
// All are shares or bounded, so the length of a page does not matter.
inline constexpr std::array<std::string_view, kConfidenceSignals> kSignalNames = {
    "certainty of the kept text", "expected text that was dropped", "holes between kept blocks"};

// `judged` are the probabilities of `blocks`; `keep` is the selection in the end, a block each.
[[nodiscard]] ConfidenceSignals confidence_signals(const PageTable& table,
                                                   const std::vector<bool>& keep,
                                                   std::span<const std::uint32_t> blocks,
                                                   std::span<const float> judged);

// Returns the probability that the body is right: that it has an F1 of .9 or more against the
// article as a person would mark it. Between 0.02 and 0.98.
[[nodiscard]] double confidence_of(const ConfidenceSignals& signals);

}  // namespace heliograph::extract
