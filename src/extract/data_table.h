// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of facts, told from those that are made for looks.
#pragma once

#include "extract/page_table.h"

namespace heliograph::extract {

// Rows of several cells of short texts; a table for looks has one cell a row, other tables or
// whole articles in its cells.
[[nodiscard]] bool is_data_table(const PageTable& table, const Row& row);

}  // namespace heliograph::extract
