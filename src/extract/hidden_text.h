// SPDX-License-Identifier: GPL-3.0-or-later
// Decides whether the hidden text of a page counts.
#pragma once

#include "extract/page_table.h"
#include "html/dom.h"

namespace heliograph::extract {

// Removes the text that readers do not see (Row::is_hidden) from the table. Leaves it where a
// script would show the article: where next to nothing visible stands near `title`, the headline
// of the page, which may be null, and in a hidden element that holds the headline.
void remove_hidden_text(PageTable& table, html::Node title);

}  // namespace heliograph::extract
