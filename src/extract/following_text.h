// SPDX-License-Identifier: GPL-3.0-or-later
// Text behind the article that belongs to another one: the next article of an endless page, a
// dialog, a list of teasers.
#pragma once

#include <vector>

#include "extract/page_table.h"
#include "html/dom.h"

namespace heliograph::extract {

// Drops kept blocks behind the article of the headline `title`, which may be null:
// - from the next box on that has the mark-up of the box round the headline, and a headline and
//   prose of its own;
// - behind an <article> that holds the headline and most of the prose, unless they stand as the
//   paragraphs in it do, or in an element named as a body.
void drop_following_text(const PageTable& table, html::Node title, std::vector<bool>& keep);

}  // namespace heliograph::extract
