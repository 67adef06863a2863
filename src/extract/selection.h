// SPDX-License-Identifier: GPL-3.0-or-later
// Which blocks of a page are the article.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/page_table.h"

namespace heliograph::extract {

struct Selection {
    std::uint32_t root = 0;          // row of the container
    std::vector<bool> keep;          // a block each
    std::vector<bool> dropped_rows;  // a row each: nothing inside of it belongs to the article
    double confidence = 0;           // 0 to 1
};

// `title` is the article's, to find the place where it stands and not to repeat it.
[[nodiscard]] Selection select_blocks(const PageTable& table, std::string_view title);

}  // namespace heliograph::extract
