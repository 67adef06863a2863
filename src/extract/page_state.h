// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an article that a page holds only in its state: the JSON that a script of the page
// would make it of (<script type="application/json">, as of Next.js).
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// What is known of the article whose text is looked for.
struct StateClues {
    std::string_view title = {};
    std::string_view beginning = {};  // a paragraph that the page shows; empty when it shows none
};

// The longest text in the page's state that is that article's, as HTML to be cleaned
// (write_machine_body); empty when there is none. It is the article's when it contains the
// paragraph that the page shows, or else stands in an object with the title. Texts are trees of
// typed nodes (ProseMirror, Contentful, Portable Text, Arc, a parsed DOM) or strings of HTML.
[[nodiscard]] std::string body_of_state(std::string_view page_utf8, const StateClues& clues);

}  // namespace heliograph::extract
