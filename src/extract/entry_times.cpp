// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/entry_times.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::extract {
namespace {

// Fewer are an article with its own date, and perhaps a comment.
constexpr std::size_t kLeastEntries = 3;
// "14:15 on Tuesday, 3 November 2026, updated 3 hours ago"
constexpr std::uint32_t kMaxTimeWeight = 60;
// Boxes between a time and the entry it stands over.
constexpr int kLevels = 6;
// "14:15 Uhr", "9.05 a.m."
constexpr std::uint32_t kMaxClockWeight = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "14:15", "9.05 pm": a clock and little else.
bool is_clock(const PageTable& table, const Block& block) {
    if (block.weight > kMaxClockWeight || block.digits < 3 || block.digits > 6) return false;
    const std::string text = table.text_of(block, 40);
    const std::size_t hours = text.find_first_not_of("0123456789");
    return hours != std::string::npos && hours >= 1 && hours <= 2 && hours + 2 < text.size() &&
           (text[hours] == ':' || text[hours] == '.' || text[hours] == 'h') &&
           is_digit(text[hours + 1]) && is_digit(text[hours + 2]);
}

bool is_time(const PageTable& table, const Block& block) {
    if (block.weight > kMaxTimeWeight) return false;
    const html::Node row = table.rows[block.row].node;
    for (html::Node node = table.texts[block.first_text].parent(); node; node = node.parent()) {
        if (node.is_element() && node.tag() == LXB_TAG_TIME) return true;
        if (node == row) break;
    }
    return is_clock(table, block);
}

}  // namespace

void keep_entry_times(const PageTable& table, Selection& selection) {
    std::vector<std::uint32_t> prose_kept(table.blocks.size() + 1, 0);
    for (std::size_t b = 0; b < table.blocks.size(); ++b)
        prose_kept[b + 1] =
            prose_kept[b] + (selection.keep[b] && is_prose(table.blocks[b]) ? 1U : 0U);
    // By the box that the entries stand in and their tag: entry and its first time.
    std::map<std::pair<std::uint32_t, html::Tag>, std::map<std::uint32_t, std::uint32_t>> entries;
    const Row& root = table.rows[selection.root];
    for (std::uint32_t b = root.first_block; b < root.end_block; ++b) {
        if (!is_time(table, table.blocks[b])) continue;
        std::uint32_t r = table.blocks[b].row;
        for (int level = 0; level < kLevels && r != kNoRow && r != selection.root; ++level) {
            const Row& row = table.rows[r];
            if (prose_kept[row.end_block] > prose_kept[b]) {
                // Above the text: nothing of it was before.
                if (prose_kept[b] == prose_kept[row.first_block])
                    entries[{row.parent, row.tag}].emplace(r, b);
                break;
            }
            r = row.parent;
        }
    }
    for (const auto& [place, times] : entries) {
        if (times.size() < kLeastEntries) continue;
        for (const auto& [entry, b] : times) {
            selection.keep[b] = true;
            for (std::uint32_t r = table.blocks[b].row; r != entry; r = table.rows[r].parent)
                selection.dropped_rows[r] = false;
            for (std::uint32_t t = table.blocks[b].first_text; t < table.blocks[b].end_text; ++t)
                for (html::Node node = table.texts[t].parent();
                     node && node != table.rows[entry].node; node = node.parent())
                    selection.dropped_rows[node.mark() - 1] = false;
        }
    }
}

}  // namespace heliograph::extract
