// SPDX-License-Identifier: GPL-3.0-or-later
// Words that pages put over what is not the article, in the languages of the news.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// Lower case for Latin, Greek and Cyrillic letters, white space collapsed, what is no letter or
// digit taken off the front.
[[nodiscard]] std::string fold(std::string_view text);

// Whether folded text begins like the heading of what comes after an article: "Related stories",
// "Читайте также", "相关阅读".
[[nodiscard]] bool begins_tail(std::string_view folded);

// Whether folded text is a line that may stand anywhere and never belongs to the article:
// "Advertisement", "Read more: ...", "Story continues below".
[[nodiscard]] bool is_interjection(std::string_view folded);

// Whether a folded line says nothing but that an advertisement stands here: "Advertisement",
// "Story continues below", "Реклама".
[[nodiscard]] bool is_advertising_label(std::string_view folded);

// Whether folded text begins like what a site adds below an article: whom to write to, where it
// was printed first, what nobody answers for.
[[nodiscard]] bool begins_colophon(std::string_view folded);

// Whether a line is three signs or more and no word: "* * *", "———". It divides like <hr>.
[[nodiscard]] bool is_ornament(std::string_view line);

}  // namespace heliograph::extract
