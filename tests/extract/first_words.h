// SPDX-License-Identifier: GPL-3.0-or-later
// What a pass over the blocks of a page leaves, short enough to read.
#pragma once

#include <string>
#include <vector>

#include "extract/page_table.h"
#include "html/dom.h"

namespace heliograph::extract {

// Keeps all blocks of a page, lets `pass` drop some, and gives the first word of each that is left,
// with a space behind it.
template <typename Pass>  // void(const PageTable&, std::vector<bool>& keep)
std::string first_words_left(const std::string& html, Pass&& pass) {
    html::Document document;
    document.parse(html);
    const PageTable table(document);
    std::vector<bool> keep(table.blocks.size(), true);
    pass(table, keep);
    std::string out;
    for (std::size_t b = 0; b < keep.size(); ++b) {
        if (!keep[b]) continue;
        const std::string text = table.text_of(table.blocks[b], 1000);
        out += text.substr(0, text.find(' ')) + " ";
    }
    return out;
}

}  // namespace heliograph::extract
