// SPDX-License-Identifier: GPL-3.0-or-later
// What a page prints under or beside a picture.
#pragma once

#include <string_view>

#include "extract/credit_text.h"
#include "html/dom.h"

namespace heliograph::extract {

// Whether a text is a label that pages print on pictures: a count ("View 6 images", "Photo 1 of 7",
// "3/12"), the length of a film ("01:53"), a button ("Click to enlarge"), in many languages.
[[nodiscard]] bool is_picture_label(std::string_view text);

// The caption and credit of an <img>: of its <figure>, of the box round it alone, or of the
// neighbour below that is named a caption or a credit. Both empty when there is none. `title` is
// the headline, which is no caption.
[[nodiscard]] Caption caption_of(html::Node image, std::string_view title);

}  // namespace heliograph::extract
