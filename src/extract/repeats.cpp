// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/repeats.h"

#include <algorithm>
#include <unordered_map>

namespace heliograph::extract {
namespace {

// In weight: what is shorter comes again by chance, or on purpose.
constexpr std::uint32_t kLeastWeight = 80;

// The blocks that are kept, one after the other.
class Kept {
  public:
    Kept(const PageTable& table, std::vector<bool>& keep) : table_(table), keep_(keep) {
        for (std::uint32_t b = 0; b < keep.size(); ++b)
            if (keep[b]) kept_.push_back(b);
    }

    void drop_repeats() {
        std::unordered_map<std::uint32_t, std::size_t> first;
        for (std::size_t i = 0; i < kept_.size();) {
            const Block& block = at(i);
            if (block.weight < kLeastWeight ||
                table_.stands_in(block, {LXB_TAG_TABLE, LXB_TAG_PRE})) {
                ++i;
                continue;
            }
            const auto [known, is_new] = first.emplace(block.hash, i);
            i += is_new ? 1 : drop_repeat(known->second, i);
        }
    }

  private:
    [[nodiscard]] const Block& at(std::size_t i) const { return table_.blocks[kept_[i]]; }
    [[nodiscard]] bool is_same(std::size_t i, std::size_t j) const {
        return at(i).hash == at(j).hash && at(i).weight == at(j).weight;
    }
    // What holds the block and those round it: its own element where lines are broken in it.
    [[nodiscard]] std::uint32_t place(std::size_t i) const {
        const std::uint32_t row = at(i).row;
        const bool has_others =
            (i > 0 && at(i - 1).row == row) || (i + 1 < kept_.size() && at(i + 1).row == row);
        return has_others ? row : table_.rows[row].parent;
    }

    // A paragraph, no entry of a list.
    [[nodiscard]] bool is_paragraph(std::size_t i) const {
        return is_prose(at(i)) && !table_.stands_in(at(i), {LXB_TAG_LI, LXB_TAG_DD});
    }
    [[nodiscard]] bool is_below_heading(std::size_t i) const {
        const html::Tag before = table_.rows[at(i - 1).row].tag;
        return before >= LXB_TAG_H1 && before <= LXB_TAG_H6;
    }

    // Drops the run that repeats at `copy` what is at `first`, if it is one; gives back how many
    // blocks from there on are looked at.
    std::size_t drop_repeat(std::size_t first, std::size_t copy) {
        if (!is_same(first, copy) || place(first) == place(copy)) return 1;
        std::size_t before = 0;
        while (before < first && first < copy - before - 1 &&
               is_same(first - before - 1, copy - before - 1))
            ++before;
        std::size_t after = 1;
        bool is_run = false;
        while (copy + after < kept_.size() && first + after < copy - before &&
               is_same(first + after, copy + after)) {
            is_run = is_run || at(copy + after).weight >= kLeastWeight;
            ++after;
        }
        if (!is_run && !is_paragraph(copy)) return after;
        if (is_run || (first > 0 && !is_below_heading(copy)))
            for (std::size_t i = copy - before; i < copy + after; ++i) keep_[kept_[i]] = false;
        else if (first == 0)
            keep_[kept_[first]] = false;
        return after;
    }

    const PageTable& table_;
    std::vector<bool>& keep_;
    std::vector<std::uint32_t> kept_;
};

}  // namespace

void drop_repeats(const PageTable& table, std::vector<bool>& keep) {
    Kept(table, keep).drop_repeats();
}

}  // namespace heliograph::extract
