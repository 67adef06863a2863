// SPDX-License-Identifier: GPL-3.0-or-later
// The value of a Content-Type field, taken apart.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::fetch {

struct ContentType {
    std::string media_type;  // "text/html", lower case; empty when there is none
    std::string charset;     // as written, without quotes; empty when there is none
};

// Reads "text/html; Charset=\"utf-8\"" (RFC 9110 sections 5.6.6 and 8.3.1). Never fails: what
// cannot be read is left empty.
[[nodiscard]] ContentType parse_content_type(std::string_view value);

}  // namespace heliograph::fetch
