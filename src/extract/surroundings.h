// SPDX-License-Identifier: GPL-3.0-or-later
// The short texts round a headline: where bylines and dates are printed.
#pragma once

#include <string>
#include <vector>

#include "html/dom.h"

namespace heliograph::extract {

// A line of the page: text between two block boundaries.
struct Line {
    html::Node node;   // the element round its first text
    std::string text;  // collapsed; of a long line the first kMaxLineBytes
    // The texts of its elements, where it has several: "By", "Ana Ruiz", "3 May". Empty for a line
    // of one text and for long lines.
    std::vector<std::string> pieces;
    bool is_long = false;
    int distance = 0;  // lines from the headline: 1 is the next, -1 the one before
};

// What a byline or a date line may have; a longer line is prose, of which the first words matter.
inline constexpr std::size_t kMaxLineBytes = 400;

// Up to 12 lines before and 60 after `headline`; the first 72 of the body when it is null.
[[nodiscard]] std::vector<Line> lines_round(html::Node body, html::Node headline);

}  // namespace heliograph::extract
