// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/hidden_text.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "extract/names.h"

namespace heliograph::extract {
namespace {

// Visible sentences of this weight, about 25 English words, are an article.
constexpr std::uint32_t kArticleWeight = 120;
// Without a headline nobody knows whose sentences they are: it takes about 60 words.
constexpr std::uint32_t kArticleWeightWithoutTitle = 300;
// A visible teaser is at most so long, and the hidden article below it so many times longer.
constexpr std::uint32_t kMostOfTeaser = 500;
constexpr std::uint32_t kTimesOfTeaser = 3;
// A line that ends like a sentence counts from this weight on.
constexpr std::uint32_t kLeastOfSentence = 25;
constexpr double kMostLinks = 0.4;

constexpr Names kForeignNames = kNav | kFoot | kSide | kRelated | kComment | kShare | kMeta |
                                kCaption | kAd | kTags | kConsent | kNewsletter | kWidget | kAuthor;

bool is_foreign(const Row& row) {
    switch (row.tag) {
        case LXB_TAG_NAV:
        case LXB_TAG_FOOTER:
        case LXB_TAG_ASIDE:
        case LXB_TAG_FIGCAPTION:
        case LXB_TAG_FORM:
            return true;
        case LXB_TAG_BODY:
        case LXB_TAG_MAIN:
        case LXB_TAG_ARTICLE:
            return false;
        default:
            return !row.is_body_property && (row.names & kBodyName) == 0 &&
                   (row.names & kForeignNames) != 0;
    }
}

bool is_sentence(const Block& block) {
    return block.link_share() < kMostLinks &&
           (is_prose(block) || (block.ends_with_stop && block.weight >= kLeastOfSentence));
}

// The element that holds the headline and the text below it, as far as the tree tells: the
// innermost one round the title with an article of visible text; else the outermost below <body>.
struct Surroundings {
    std::uint32_t row = 0;
    std::uint32_t visible = 0;  // weight of the visible sentences in it, from the title on
};

Surroundings surroundings_of(const PageTable& table, std::uint32_t title_row,
                             const std::vector<std::uint32_t>& visible_before) {
    Surroundings found;
    const std::uint32_t begin = table.rows[title_row].first_block;
    for (std::uint32_t r = title_row; r != kNoRow; r = table.rows[r].parent) {
        const Row& row = table.rows[r];
        found = {.row = r, .visible = visible_before[row.end_block] - visible_before[begin]};
        if (found.visible >= kArticleWeight) break;
    }
    return found;
}

}  // namespace

void remove_hidden_text(PageTable& table, html::Node title) {
    const std::size_t rows = table.rows.size();
    // Outermost hidden rows that hold text; the rest of the work is for pages that have some.
    std::vector<std::uint32_t> boxes;
    for (std::uint32_t r = 0; r < rows;) {
        const Row& row = table.rows[r];
        if (row.is_hidden && row.end_block > row.first_block) boxes.push_back(r);
        r = row.is_hidden ? std::max(row.end, r + 1) : r + 1;
    }
    if (boxes.empty()) return;
    std::vector<bool> is_unseen(rows, false);   // hidden, or in something hidden
    std::vector<bool> is_outside(rows, false);  // in something that is no part of an article
    for (std::size_t r = 0; r < rows; ++r) {
        const Row& row = table.rows[r];
        is_unseen[r] = row.is_hidden || (row.parent != kNoRow && is_unseen[row.parent]);
        is_outside[r] = is_foreign(row) || (row.parent != kNoRow && is_outside[row.parent]);
    }
    std::vector<std::uint32_t> visible_before(table.blocks.size() + 1, 0);
    std::vector<std::uint32_t> hidden_before(table.blocks.size() + 1, 0);
    for (std::size_t b = 0; b < table.blocks.size(); ++b) {
        const Block& block = table.blocks[b];
        const std::uint32_t weight =
            is_sentence(block) && !is_outside[block.row] ? block.weight : 0;
        visible_before[b + 1] = visible_before[b] + (is_unseen[block.row] ? 0 : weight);
        hidden_before[b + 1] = hidden_before[b] + (is_unseen[block.row] ? weight : 0);
    }
    const std::uint32_t title_row = table.row_of(title);
    const Surroundings near = title_row == kNoRow
                                  ? Surroundings{.row = 0, .visible = visible_before.back()}
                                  : surroundings_of(table, title_row, visible_before);
    const std::uint32_t enough = title_row == kNoRow ? kArticleWeightWithoutTitle : kArticleWeight;
    std::vector<bool> is_removed(rows, false);
    bool removes = false;
    for (const std::uint32_t r : boxes) {
        const Row& row = table.rows[r];
        const std::uint32_t hidden = hidden_before[row.end_block] - hidden_before[row.first_block];
        const bool has_title = title_row != kNoRow && table.contains(r, title_row);
        const bool continues_teaser = title_row != kNoRow && near.visible < kMostOfTeaser &&
                                      r > title_row && table.contains(near.row, r) &&
                                      !is_outside[r] && hidden >= kArticleWeight &&
                                      hidden >= kTimesOfTeaser * near.visible;
        if (near.visible < enough || (has_title && hidden > 0) || continues_teaser) continue;
        is_removed[r] = true;
        removes = true;
    }
    if (removes) table.remove_text_of(is_removed);
}

}  // namespace heliograph::extract
