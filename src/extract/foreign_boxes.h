// SPDX-License-Identifier: GPL-3.0-or-later
// Finds text of the site inside the column of an article: placeholders of embeds that ask for
// consent, appeals for money, labels of buttons, notes on commissions and on summaries.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/page_table.h"
#include "html/dom.h"

namespace heliograph::extract {

enum class SiteText : std::uint8_t { kNone, kEmbedConsent, kAppeal, kLabel, kNote };

// Returns the kind of boilerplate that a text is. `folded` comes from fold().
// kEmbedConsent and kAppeal need words of two lists each; kLabel is the whole text, and kNote its
// beginning.
[[nodiscard]] SiteText site_text_of(std::string_view folded);

// Drops boxes of such text. Words alone are not enough: a box of an appeal or of consent has to
// stand apart from the paragraphs of the article, in other elements, and to hold a control, a
// telling class name or a link. Labels are dropped as whole lines, notes only before and after the
// text. Nothing is dropped that would be half of the text.
// `title` is the headline, `title_node` its element or null: what the headline names is harder to
// drop.
void drop_foreign_boxes(const PageTable& table, std::string_view title, html::Node title_node,
                        std::vector<bool>& keep);

}  // namespace heliograph::extract
