// SPDX-License-Identifier: GPL-3.0-or-later
// From a page's bytes to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::html {

struct DecodedText {
    std::string text;     // valid UTF-8, without BOM
    std::string charset;  // WHATWG name of the encoding that was used, "gb18030"
};

// Decodes an HTML page: BOM, then `transport_charset` (of Content-Type; may be empty), then
// <meta> in the first 1024 bytes (WHATWG HTML section 13.2.3.2), then, when none of these says it
// or what they say does not decode, valid UTF-8, then the language statistics of the bytes.
// UTF-8 of which every letter beyond ASCII was encoded twice ("cafÃ©") is mended.
[[nodiscard]] DecodedText decode_page(std::string_view bytes, std::string_view transport_charset);

// The same text without a copy of a page that is UTF-8 already: a view of `bytes`, else of `room`.
[[nodiscard]] std::string_view decode_page_into(std::string& room, std::string_view bytes,
                                                std::string_view transport_charset);

// Decodes by a label ("gbk", "x-sjis"; WHATWG Encoding section 4.2); an unknown label is UTF-8.
[[nodiscard]] std::string decode_as(std::string_view bytes, std::string_view label);

}  // namespace heliograph::html
