// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what extraction keeps of a made-up article, and what it adds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/made_up_article.h"

namespace heliograph::test {

struct LostLine {
    PieceKind kind = PieceKind::kParagraph;
    double place = 0;  // 0: the first piece of the article, 1: the last
    std::string text;
};

struct Measure {
    std::string refusal;         // empty: there is an article
    std::size_t lines = 0;       // of the article, without captions
    std::size_t kept_lines = 0;  // of these, whole
    double kept = 0;             // their share by bytes
    double added = 0;            // bytes of other text, as a share of the article
    bool is_in_order = true;
    std::size_t captions = 0;
    std::size_t kept_captions = 0;
    std::vector<LostLine> lost;
    std::vector<std::string> added_texts;
    std::string text;  // what was extracted, without spaces
};

// Extracts the page, which holds the article, and compares. Spaces, dashes, colons and bars are not
// compared: they differ between the cells of a table and a line.
Measure measure(const MadeUpArticle& article, std::string_view page);

}  // namespace heliograph::test
