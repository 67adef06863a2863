// SPDX-License-Identifier: GPL-3.0-or-later
// What a document is by its first bytes, for messages: "an HTML page", "a JPEG image".
#pragma once

#include <string>
#include <string_view>

namespace heliograph::source {

// In words, with an article where English wants one; never empty. An HTML page is named with its
// title, which often tells why it came: "an HTML page, 'Access denied'".
[[nodiscard]] std::string describe_document(std::string_view bytes,
                                            std::string_view transport_charset);

[[nodiscard]] bool looks_like_html(std::string_view text);

}  // namespace heliograph::source
