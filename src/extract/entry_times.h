// SPDX-License-Identifier: GPL-3.0-or-later
// The times of a live blog's entries.
#pragma once

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

// Keeps the time over each of several entries that stand side by side, which looks like a dateline
// to whoever judges it alone. Without at least three such entries nothing changes.
void keep_entry_times(const PageTable& table, Selection& selection);

}  // namespace heliograph::extract
