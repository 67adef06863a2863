// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/data_table.h"

#include <cstdint>

namespace heliograph::extract {
namespace {

// A cell beyond one of these holds a text of its own.
constexpr std::uint32_t kMaxCellBlocks = 3;
constexpr std::uint32_t kMaxCellWeight = 600;

}  // namespace

bool is_data_table(const PageTable& table, const Row& row) {
    std::uint32_t cells = 0;
    std::uint32_t rows = 0;
    std::uint32_t long_cells = 0;
    const auto begin = static_cast<std::uint32_t>(&row - table.rows.data());
    for (std::uint32_t r = begin + 1; r < row.end; ++r) {
        const Row& inner = table.rows[r];
        if (inner.tag == LXB_TAG_TABLE) return false;
        if (inner.tag == LXB_TAG_TR) ++rows;
        if (inner.tag == LXB_TAG_TH || inner.tag == LXB_TAG_TD) {
            ++cells;
            if (inner.end_block - inner.first_block > kMaxCellBlocks ||
                table.weight(inner) > kMaxCellWeight)
                ++long_cells;
        }
    }
    // Two a row on average, or nearly: some rows are headings over all columns.
    return rows >= 2 && cells * 2 >= rows * 3 && long_cells * 4 <= cells;
}

}  // namespace heliograph::extract
