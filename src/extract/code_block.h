// SPDX-License-Identifier: GPL-3.0-or-later
// Program code of an article: its text as lines, whatever mark-up a highlighter made of it.
#pragma once

#include <string>
#include <vector>

#include "extract/page_table.h"
#include "html/dom.h"

namespace heliograph::extract {

// Whether a table is what a highlighter makes of code: one cell of line numbers beside one of code.
[[nodiscard]] bool is_code_table(html::Node table);

// Returns the text of a <pre> or of a table of code. Each element that a highlighter makes for a
// line is one line. Line numbers and copy buttons are left out; tabs and indentation stay.
[[nodiscard]] std::string code_text(html::Node code);

// Keeps the code that stands among kept blocks, and keeps each piece of code whole.
void keep_code(const PageTable& table, std::vector<bool>& keep);

}  // namespace heliograph::extract
