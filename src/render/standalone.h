// SPDX-License-Identifier: GPL-3.0-or-later
// An article by itself, outside of any mirror.
#pragma once

#include <string>

#include "model/article.h"

namespace heliograph::render {

// GitHub Flavored Markdown: title, byline, lead image and body, with pictures at the addresses
// where the publisher has them. Throws std::bad_alloc alone.
[[nodiscard]] std::string to_markdown(const Article& article);

}  // namespace heliograph::render
