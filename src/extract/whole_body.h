// SPDX-License-Identifier: GPL-3.0-or-later
// Completes the body of an article. The classifier looks at one block at a time and misses lines
// that look unlike sentences: results, dates, prices, names, the end of a long text. This step
// looks at the box that the chosen paragraphs stand in and decides about neighbours as one.
#pragma once

#include <vector>

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

// Probability of a block that the classifier was not asked about.
inline constexpr float kNotAsked = -1.0F;

// Adds to `keep` what belongs to the chosen text by its place:
// - between chosen paragraphs of one box: every line that is no link, label or boilerplate,
// - after them: paragraphs like the chosen ones, and lists of lines, up to the first sign of the
//   page's tail ("Related stories", a box named "comments", a list of links),
// - before them: paragraphs between the title and the first chosen one,
// - boxes that an advertisement split off: same form, same ancestor.
//
// `likelihood` has the classifier's answer for each block of the page, or kNotAsked.
void complete_body(const PageTable& table, const Clues& clues, const std::vector<float>& likelihood,
                   std::vector<bool>& keep);

// Replaces `keep` by the lines below the title where they are clearly more text than what was
// chosen elsewhere: a page of results or dates has no paragraphs for the classifier to find.
void prefer_lines_below_title(const PageTable& table, const Clues& clues, std::vector<bool>& keep);

// Drops boxes behind the text that begin with a copyright line: the legal text of a footer, which
// may be longer than a short article. `title` may be null; its box is never dropped.
void drop_legal_footers(const PageTable& table, html::Node title, std::vector<bool>& keep);

}  // namespace heliograph::extract
