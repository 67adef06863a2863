// SPDX-License-Identifier: GPL-3.0-or-later
// Finds texts in which a site speaks of itself inside an article: that it sets cookies, that it has
// a newsletter, who owns the text and where it was printed first. They are found by their words,
// because no name in the mark-up marks them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page_table.h"

namespace heliograph::extract {

enum class Notice : std::uint8_t { kNone, kCookies, kInvitation, kColophon };

// What a text says of its site, in the languages of the news. `folded` as by fold().
[[nodiscard]] Notice notice_of(std::string_view folded);

// Whether a text says who holds its copyright. `folded` as by fold().
[[nodiscard]] bool is_copyright_line(std::string_view folded);

// Names the elements that hold a notice of cookies kConsent, up to the largest that speaks of
// little else and does not hold `title`, which may be null.
void name_cookie_notices(PageTable& table, html::Node title);

// Takes the notices out of the blocks that are kept, colophons only at the end. An article
// called `title` may be about newsletters or cookies: what its title names stays, and so does what
// would be half of the text.
void drop_notices(const PageTable& table, std::string_view title, std::vector<bool>& keep);

// Takes lines at the end of the text out that say who its author is: that begin with one of the
// names.
void drop_author_notes(const PageTable& table, std::span<const std::string> authors,
                       std::vector<bool>& keep);

}  // namespace heliograph::extract
