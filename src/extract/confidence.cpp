// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/confidence.h"

#include <algorithm>
#include <cmath>

#include "extract/confidence_data.h"

namespace heliograph::extract {
namespace {

// Probabilities beyond these are no surer: few annotated pages are there.
constexpr double kLeast = 0.02;
constexpr double kMost = 0.98;

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

double log_odds(double probability) {
    const double p = std::clamp(probability, kLeast, kMost);
    return std::log(p / (1 - p));
}

}  // namespace

ConfidenceSignals confidence_signals(const PageTable& table, const std::vector<bool>& keep,
                                     std::span<const std::uint32_t> blocks,
                                     std::span<const float> judged) {
    double kept_prose = 0;
    double holes = 0;       // prose between the first and the last kept block
    double since_kept = 0;  // dropped prose since the last kept block
    bool has_begun = false;
    for (std::size_t b = 0; b < keep.size(); ++b) {
        const Block& block = table.blocks[b];
        if (keep[b]) {
            if (has_begun) holes += since_kept;
            has_begun = true;
            since_kept = 0;
        }
        if (is_prose(block)) (keep[b] ? kept_prose : since_kept) += block.weight;
    }
    double expected = 0;       // weight of the article
    double expected_kept = 0;  // of the part of it that is kept
    double kept = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const double weight = table.blocks[blocks[i]].weight;
        const double part = weight * static_cast<double>(judged[i]);
        expected += part;
        if (!keep[blocks[i]]) continue;
        expected_kept += part;
        kept += weight;
    }
    return {log_odds(share(expected_kept, kept)),
            std::sqrt(share(expected - expected_kept, expected)),
            std::sqrt(share(holes, holes + kept_prose))};
}

double confidence_of(const ConfidenceSignals& signals) {
    double sum = kConfidenceBias;
    for (std::size_t i = 0; i < signals.size(); ++i) sum += kConfidenceWeights[i] * signals[i];
    return std::clamp(1 / (1 + std::exp(-sum)), kLeast, kMost);
}

}  // namespace heliograph::extract
