// SPDX-License-Identifier: GPL-3.0-or-later
// Which media type the files of a mirror have, by the ends of their names.
#pragma once

#include <string_view>

namespace heliograph {

// "text/html; charset=utf-8" for "a/b.html", whatever the case of its letters;
// "application/octet-stream" for names it does not know.
[[nodiscard]] std::string_view media_type_of(std::string_view path);

}  // namespace heliograph
