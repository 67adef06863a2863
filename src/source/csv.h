// SPDX-License-Identifier: GPL-3.0-or-later
// The editors' list: a line an article, "url,title" (CSV by RFC 4180, and what editors make of it).
#pragma once

#include <string_view>

#include "model/entry.h"

namespace heliograph::source {

// Longer lines are no list of addresses.
inline constexpr std::size_t kMaxListLine = 64 * 1024;

// True when one of the first lines has an address of the web as a field.
[[nodiscard]] bool looks_like_list(std::string_view text);

// The columns are "url" and "title" in either order: a first line that names them ("link" and
// "headline" are known too, and "date") says so, otherwise the address is told by its look. Commas,
// or tabs or semicolons where these separate; a comma in a title that has no quotes belongs to it.
// An address without a scheme ("daily.example/a") gets https. Lines without an address of the web,
// doubles, and pages of the list's own machine ("pages/a.html", "file:///a.html") are left out;
// each of these, and each mend, is a warning that begins with "line N: ". `text` is valid UTF-8.
[[nodiscard]] Feed read_list(std::string_view text);

}  // namespace heliograph::source
