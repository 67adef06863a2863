// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an element that should hold little: a headline, a name, a date.
#pragma once

#include <cstddef>
#include <string>

#include "html/dom.h"

namespace heliograph::extract {

// As Node::text_content, but empty when there is more than `most` bytes of text. A name like
// "title" or "date" is also given to the box round a whole page; only its beginning is walked then.
[[nodiscard]] std::string short_text(html::Node node, std::size_t most);

}  // namespace heliograph::extract
