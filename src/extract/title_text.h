// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a headline: invisible characters, the kicker inside a heading, headings of widgets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "html/dom.h"

namespace heliograph::extract {

// Removes invisible characters (soft hyphens, zero-width spaces and marks of direction) and
// collapses white space. Joiners stay where a script or an emoji needs them: between letters of the
// Arabic and Indic scripts, and between pictographs.
[[nodiscard]] std::string clean_title(std::string_view text);

struct HeadingText {
    std::string text;         // as text_content(), cleaned
    std::string with_kicker;  // with a mark between kicker and headline; empty: no kicker
    // The heading has elements or line breaks, so a mark may be missing between them.
    bool has_parts = false;
    bool is_named_kicker = false;  // a class of the kicker says what it is
};

// Reads a heading. A kicker is a first part that stands in a block, before a line break, or in an
// element with a class of its own: "<h1><span class=kicker>Flood</span> <span>Two bridges
// close</span></h1>" -> "Flood: Two bridges close". The mark is the colon of `language` (BCP 47,
// may be empty). All is empty when the heading has more than `most` bytes of text.
[[nodiscard]] HeadingText read_heading(html::Node heading, std::string_view language,
                                       std::size_t most);

// True when `folded` (see text_fold.h) is what pages print over lists of other articles: "more
// stories", "most read", "lesen sie auch".
[[nodiscard]] bool is_widget_heading(std::string_view folded);

// True when `folded` names the first step of a way through a site: "home", "startseite".
[[nodiscard]] bool is_home_word(std::string_view folded);

// A title for a text that has none: its first sentence, or as many of its words as fit. `text` is
// plain, with a line for each block.
[[nodiscard]] std::string made_title(std::string_view text);

}  // namespace heliograph::extract
