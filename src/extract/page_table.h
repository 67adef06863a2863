// SPDX-License-Identifier: GPL-3.0-or-later
// A page as two flat tables, made in one walk over its tree: its elements in document order, and
// its blocks, the runs of text that stand alone on the screen. All later steps work on these.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "extract/names.h"
#include "html/dom.h"

namespace heliograph::extract {

inline constexpr std::uint32_t kNoRow = UINT32_MAX;

// Elements of a page that are looked at; the rest is left out. The largest pages of news seen have
// 60,000.
inline constexpr std::size_t kMaxRows = 1'000'000;

// An element. Rows are in document order, so a subtree is a range of rows and of blocks.
struct Row {
    html::Node node;
    html::Tag tag = LXB_TAG__UNDEF;
    std::uint32_t parent = kNoRow;
    std::uint32_t end = 0;  // the first row that is not inside
    std::uint32_t first_block = 0;
    std::uint32_t end_block = 0;
    Names names = 0;
    std::uint16_t depth = 0;
    bool is_hidden = false;         // by its attributes, its class names or a style sheet
    bool is_body_property = false;  // itemprop=articleBody
    bool is_unread = false;         // its text is no block: script, iframe, form controls
    std::uint32_t signature = 0;    // a hash of tag and class: alike in one template
};

// Measures are in *weight* (text_weight.h), so that one threshold serves all scripts.
struct Block {
    std::uint32_t row = 0;         // the innermost block-level element round it
    std::uint32_t first_text = 0;  // in PageTable::texts
    std::uint32_t end_text = 0;
    std::uint32_t weight = 0;
    std::uint32_t link_weight = 0;    // inside of links
    std::uint32_t strong_weight = 0;  // inside of bold or italic elements
    // Punctuation inside of sentences, of any script. In scripts without spaces between words, the
    // spaces between phrases count as commas.
    std::uint16_t commas = 0;
    std::uint16_t stops = 0;  // at the end of sentences
    std::uint16_t digits = 0;
    std::uint16_t capitals = 0;
    bool ends_with_stop = false;
    bool is_unmarked = false;     // more than half of it is in scripts that need no sentence marks
    bool is_after_break = false;  // a <br> came before it in the same element
    std::uint32_t hash = 0;       // of the text without white space and case

    [[nodiscard]] double link_share() const {
        return weight == 0 ? 0 : static_cast<double>(link_weight) / weight;
    }
};

// Returns true for text that reads like sentences: long enough, mostly not links, with punctuation.
// Scripts such as Thai and Lao need no punctuation (is_unmarked()).
[[nodiscard]] bool is_prose(const Block& block);

// Whether the element is h1 to h6.
[[nodiscard]] constexpr bool is_heading(html::Tag tag) {
    return tag >= LXB_TAG_H1 && tag <= LXB_TAG_H6;
}

// Whether it ends a line: <br>, or an empty <span class="br"> that a style sheet makes one.
[[nodiscard]] bool is_line_break(html::Node element);

class PageTable {
  public:
    // `page_utf8` is the page that the document was made of: its style sheets say what is hidden.
    explicit PageTable(const html::Document& document, std::string_view page_utf8 = {});

    std::vector<Row> rows;
    std::vector<Block> blocks;
    std::vector<html::Node> texts;

    // Sums over the blocks before: a subtree's sum is one subtraction.
    std::vector<std::uint32_t> weight_before;
    std::vector<std::uint32_t> link_weight_before;
    std::vector<std::uint32_t> prose_before;

    [[nodiscard]] std::uint32_t weight(const Row& row) const {
        return weight_before[row.end_block] - weight_before[row.first_block];
    }
    [[nodiscard]] std::uint32_t link_weight(const Row& row) const {
        return link_weight_before[row.end_block] - link_weight_before[row.first_block];
    }
    [[nodiscard]] std::uint32_t prose(const Row& row) const {
        return prose_before[row.end_block] - prose_before[row.first_block];
    }
    [[nodiscard]] double link_share(const Row& row) const {
        const std::uint32_t all = weight(row);
        return all == 0 ? 0 : static_cast<double>(link_weight(row)) / all;
    }

    // The row of an element of the page; kNoRow of a null node, and of one that has none.
    [[nodiscard]] std::uint32_t row_of(html::Node element) const {
        const std::size_t mark = element ? element.mark() : 0;
        return mark == 0 || mark > rows.size() || rows[mark - 1].node != element
                   ? kNoRow
                   : static_cast<std::uint32_t>(mark - 1);
    }

    // Removes the blocks of all rows marked in `rows`, one mark a row, as if the page did not have
    // them. Rows stay where they are. Numbers of blocks change.
    void remove_text_of(const std::vector<bool>& rows);

    // Where a block stands: equal for the paragraphs of one article, whatever is between them.
    [[nodiscard]] std::uint64_t place_of(const Block& block) const;

    // White space collapsed, at most about `max_bytes`.
    [[nodiscard]] std::string text_of(const Block& block, std::size_t max_bytes) const;

    // Whether one of these elements is round the block, or is its own.
    [[nodiscard]] bool stands_in(const Block& block,
                                 std::initializer_list<html::Tag> elements) const;

    // Whether `inner` is `outer` or stands in it.
    [[nodiscard]] bool contains(std::uint32_t outer, std::uint32_t inner) const {
        return outer <= inner && inner < rows[outer].end;
    }

  private:
    void sum_up();
};

}  // namespace heliograph::extract
