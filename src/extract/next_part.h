// SPDX-License-Identifier: GPL-3.0-or-later
// The next part of an article that its publisher cut into pages.
#pragma once

#include <string>

#include "extract/page_facts.h"
#include "model/url.h"

namespace heliograph::extract {

// Returns the address of the page that continues the article at `here`: the page with all parts
// where there is one ("view all"), else the next part. Empty when there is none, above all for
// links to the next article: their address differs in more than the number of a part, or their
// text is a headline. `base` is what addresses in the page are relative to.
[[nodiscard]] std::string find_next_part(const PageFacts& facts, const Url& here, const Url& base);

}  // namespace heliograph::extract
