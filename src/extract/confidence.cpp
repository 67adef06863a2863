// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/confidence.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "extract/confidence_data.h"

namespace heliograph::extract {
namespace {

// Probabilities beyond these are no surer: few annotated pages are there.
constexpr double kLeast = 0.02;
constexpr double kMost = 0.98;

// In weight: most annotated articles are shorter than the first, nearly all than the second.
constexpr double kUsualLength = 8'000;
constexpr double kUnknownLength = 16'000;

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
    struct Place {
        double weight = 0;  // of its kept prose
        float surest = 0;
    };
    std::unordered_map<std::uint64_t, Place> places;
    const auto is_kept_prose = [&](std::uint32_t b) {
        return keep[b] && is_prose(table.blocks[b]);
    };
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!is_kept_prose(blocks[i])) continue;
        const Block& block = table.blocks[blocks[i]];
        Place& place = places[table.place_of(block)];
        place.weight += block.weight;
        place.surest = std::max(place.surest, judged[i]);
    }
    // The paragraphs of one article stand alike. In a text longer than those that the classifier
    // knows, the surest of them speaks for the others.
    const auto probability_of = [&](std::size_t i) {
        const auto own = static_cast<double>(judged[i]);
        if (!is_kept_prose(blocks[i])) return own;
        const Place& place = places.at(table.place_of(table.blocks[blocks[i]]));
        const double length =
            std::clamp((place.weight - kUsualLength) / (kUnknownLength - kUsualLength), 0.0, 1.0);
        return own + length * (static_cast<double>(place.surest) - own);
    };
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const double weight = table.blocks[blocks[i]].weight;
        const double part = weight * probability_of(i);
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
