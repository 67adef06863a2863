// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/same_text.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace heliograph::pipeline {
namespace {

constexpr std::size_t kPieceBytes = 16;
constexpr std::size_t kLeastPieces = 64;

std::vector<std::size_t> pieces_of(std::string_view text) {
    std::string dense;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') dense += c;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i + kPieceBytes <= dense.size(); ++i)
        out.push_back(
            std::hash<std::string_view>{}(std::string_view(dense).substr(i, kPieceBytes)));
    std::ranges::sort(out);
    const auto doubles = std::ranges::unique(out);
    out.erase(doubles.begin(), doubles.end());
    return out;
}

}  // namespace

bool is_same_text(std::string_view a, std::string_view b) {
    const auto pieces_a = pieces_of(a);
    const auto pieces_b = pieces_of(b);
    const std::size_t least = std::min(pieces_a.size(), pieces_b.size());
    if (least < kLeastPieces) return false;
    std::vector<std::size_t> both;
    std::ranges::set_intersection(pieces_a, pieces_b, std::back_inserter(both));
    return both.size() * 2 >= least;
}

}  // namespace heliograph::pipeline
