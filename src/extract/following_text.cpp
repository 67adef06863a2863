// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/following_text.h"

#include <algorithm>
#include <cstdint>
#include <unordered_set>

#include "extract/names.h"

namespace heliograph::extract {
namespace {

// Prose of this weight, about 25 and 80 English words, makes a text and an article.
constexpr std::uint32_t kTextWeight = 120;
constexpr std::uint32_t kArticleWeight = 400;
// An <article> has so many times the prose of what follows it.
constexpr std::uint32_t kTimesOfRest = 2;
// Levels round the headline on which another article may begin, and boxes on one level.
constexpr int kMaxLevels = 12;
constexpr int kMaxSiblings = 200;
// Rows of the next box among which its headline is looked for.
constexpr std::uint32_t kMaxRowsToHeadline = 200;

class Following {
  public:
    Following(const PageTable& table, std::uint32_t title, std::vector<bool>& keep)
        : table_(table), title_(title), keep_(keep), prose_before_(keep.size() + 1, 0) {
        for (std::size_t b = 0; b < keep.size(); ++b)
            prose_before_[b + 1] =
                prose_before_[b] +
                (keep[b] && is_prose(table.blocks[b]) ? table.blocks[b].weight : 0);
    }

    void drop() {
        drop_next_article();
        drop_behind_article();
    }

  private:
    [[nodiscard]] std::uint32_t prose(std::uint32_t begin, std::uint32_t end) const {
        return end > begin ? prose_before_[end] - prose_before_[begin] : 0;
    }

    void drop_next_article() {
        std::uint32_t box = title_;
        for (int level = 0; level < kMaxLevels && table_.rows[box].parent != kNoRow; ++level) {
            const std::uint32_t parent = table_.rows[box].parent;
            const Row& own = table_.rows[box];
            if (box != title_ && prose(own.first_block, own.end_block) >= kTextWeight) {
                int siblings = 0;
                for (std::uint32_t r = own.end;
                     r < table_.rows[parent].end && siblings < kMaxSiblings;
                     r = std::max(table_.rows[r].end, r + 1), ++siblings) {
                    const Row& row = table_.rows[r];
                    if (row.signature != own.signature || !has_own_headline(row) ||
                        prose(row.first_block, row.end_block) < kTextWeight)
                        continue;
                    std::fill(keep_.begin() + row.first_block,
                              keep_.begin() + table_.rows[parent].end_block, false);
                    return;
                }
            }
            box = parent;
        }
    }

    // Whether a box has a headline like that of the article: the same element and class. One of a
    // lower level may be over a part of the article; then a date or a name stands with it.
    [[nodiscard]] bool has_own_headline(const Row& box) const {
        const Row& title = table_.rows[title_];
        if (!is_heading(title.tag)) return false;
        const auto begin = static_cast<std::uint32_t>(&box - table_.rows.data());
        const std::uint32_t end = std::min(box.end, begin + kMaxRowsToHeadline);
        bool has_headline = false;
        bool has_dateline = false;
        for (std::uint32_t r = begin; r < end; ++r) {
            const Row& row = table_.rows[r];
            has_headline =
                has_headline || (row.tag == title.tag && row.signature == title.signature);
            has_dateline =
                has_dateline || row.tag == LXB_TAG_TIME || (row.names & (kMeta | kAuthor)) != 0;
        }
        return has_headline && (title.tag == LXB_TAG_H1 || has_dateline);
    }

    void drop_behind_article() {
        std::uint32_t article = title_;
        while (article != kNoRow && table_.rows[article].tag != LXB_TAG_ARTICLE)
            article = table_.rows[article].parent;
        if (article == kNoRow) return;
        const Row& row = table_.rows[article];
        const auto blocks = static_cast<std::uint32_t>(keep_.size());
        const std::uint32_t inside = prose(row.first_block, row.end_block);
        if (inside < kArticleWeight || inside < kTimesOfRest * prose(row.end_block, blocks)) return;
        std::unordered_set<std::uint64_t> places;
        for (std::uint32_t b = row.first_block; b < row.end_block; ++b)
            if (keep_[b] && is_prose(table_.blocks[b]))
                places.insert(table_.place_of(table_.blocks[b]));
        for (std::uint32_t b = row.end_block; b < blocks; ++b)
            if (keep_[b] && !places.contains(table_.place_of(table_.blocks[b])) &&
                !is_in_body(table_.blocks[b].row, row))
                keep_[b] = false;
    }

    // Whether a row stands in an element that is named as a body, or has the mark-up of the
    // article itself.
    [[nodiscard]] bool is_in_body(std::uint32_t r, const Row& article) const {
        for (; r != kNoRow && table_.rows[r].tag != LXB_TAG_BODY; r = table_.rows[r].parent) {
            const Row& row = table_.rows[r];
            if (row.end > title_ && r <= title_) return false;  // round both
            if (row.is_body_property || (row.names & kBodyName) != 0 ||
                (row.tag == LXB_TAG_ARTICLE && row.signature == article.signature))
                return true;
        }
        return false;
    }

    const PageTable& table_;
    std::uint32_t title_;
    std::vector<bool>& keep_;
    std::vector<std::uint32_t> prose_before_;  // kept
};

}  // namespace

void drop_following_text(const PageTable& table, html::Node title, std::vector<bool>& keep) {
    if (const std::uint32_t row = table.row_of(title); row != kNoRow)
        Following(table, row, keep).drop();
}

}  // namespace heliograph::extract
