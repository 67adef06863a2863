// SPDX-License-Identifier: GPL-3.0-or-later
// What a page prints twice and its readers see once.
#pragma once

#include <vector>

#include "extract/page_table.h"

namespace heliograph::extract {

// Takes from the blocks that are kept those that stand among them before: pages come with a copy of
// their text for each size of screen, of which a style sheet shows one. Of a first paragraph that
// is printed once more, larger, above the text, that one is taken. Lines that come again in the
// same element (a refrain), in tables and in code stay, and single ones in lists and below
// headings.
void drop_repeats(const PageTable& table, std::vector<bool>& keep);

}  // namespace heliograph::extract
