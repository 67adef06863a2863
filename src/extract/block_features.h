// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a block of text when it is judged whether it belongs to the article, as numbers
// for the trained judge (block_model.h). All of it is about form: no word of a text, no name of a
// site, and of class names only the groups of names.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

inline constexpr std::size_t kFeatures = 155;

using Features = std::array<float, kFeatures>;

// The blocks worth a judgement: those that the rules chose and what is near to them or to prose.
[[nodiscard]] std::vector<std::uint32_t> blocks_to_judge(const PageTable& table,
                                                         const Selection& rules);

// A row of numbers for each block of `blocks`, which are in document order. `rules` is what the
// rules chose, a clue among others.
[[nodiscard]] std::vector<Features> block_features(const PageTable& table, const Clues& clues,
                                                   const Selection& rules,
                                                   const std::vector<std::uint32_t>& blocks);

}  // namespace heliograph::extract
