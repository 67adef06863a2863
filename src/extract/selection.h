// SPDX-License-Identifier: GPL-3.0-or-later
// Which blocks of a page are the article.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page_table.h"

namespace heliograph::extract {

class BlockModel;
struct Trace;

struct Selection {
    std::uint32_t root = 0;          // row of the container
    std::vector<bool> keep;          // a block each
    std::vector<bool> dropped_rows;  // a row each: nothing inside of it belongs to the article
    double confidence = 0;           // 0 to 1; see confidence.h
    double agreement = 0;            // weight that rules and classifier both chose, as a share
    // What the confidence was computed from (confidence.h); empty when it was not computed.
    std::vector<double> confidence_signals = {};
};

// What is known of the article before its body is. Views and nodes of the page.
struct Clues {
    std::string_view title = {};
    std::string_view body = {};  // as the page gives it for machines; white space collapsed
    html::Node title_node = {};
    html::Node byline_node = {};
    html::Node standfirst_node = {};
    std::span<const std::string> authors = {};
    std::string_view lead_caption = {};  // of the lead image, which is shown above the text
};

// By the container where paragraphs score best, by names and words, and by what its edges look
// like.
[[nodiscard]] Selection select_by_rules(const PageTable& table, const Clues& clues,
                                        Trace* trace = nullptr);

// By the trained judge, to whom the choice of the rules is a clue; by the rules alone where the
// judge finds next to nothing. Each step is recorded in
// `trace`, which may be null.
[[nodiscard]] Selection select_blocks(const PageTable& table, const Clues& clues,
                                      const BlockModel& model, Trace* trace = nullptr);

}  // namespace heliograph::extract
