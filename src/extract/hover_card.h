// SPDX-License-Identifier: GPL-3.0-or-later
// Finds cards and tooltips that open when a reader points at a word: a portrait with links to
// other articles, the explanation of a term.
#pragma once

#include <string_view>

#include "html/dom.h"

namespace heliograph::extract {

// What the names of a class attribute say of such cards.
struct CardNames {
    bool is_tip = false;      // it opens over the text, or opens what does
    bool is_tip_box = false;  // it is what opens
};
[[nodiscard]] CardNames read_card_names(std::string_view class_attribute);

// Whether an element with such class names is a card: because of them and what opens it beside it,
// or because it repeats the words before it above pictures or links. `is_block` as by
// html::is_block(). Looks at a bounded number of nodes.
[[nodiscard]] bool is_hover_card(html::Node element, CardNames names, bool is_block);

}  // namespace heliograph::extract
