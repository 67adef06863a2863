// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an article that a page holds for browsers without scripts, or as a template that a
// script would put in place.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// Returns the HTML of the <noscript> with the most text; of the <template> or script template with
// the most text when that is much longer. Empty when none holds several paragraphs. A template
// with gaps to fill in ("{{title}}", "<%= text %>") is none, nor is a notice of cookies.
// `beginning` is a paragraph that the page shows: where it `has_text` of its own, only what
// contains that paragraph counts.
[[nodiscard]] std::string unscripted_body(std::string_view page_utf8, std::string_view beginning,
                                          bool has_text);

}  // namespace heliograph::extract
