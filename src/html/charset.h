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

// Facts about a page's encoding that are not in its bytes.
struct CharsetHints {
    CharsetHints() = default;
    // The parameter of Content-Type alone; may be empty.
    CharsetHints(std::string_view charset) : transport_charset(charset) {}
    CharsetHints(const std::string& charset) : transport_charset(charset) {}
    CharsetHints(const char* charset) : transport_charset(charset) {}

    std::string_view transport_charset = {};
    // The language of the source or feed (BCP 47), used where the page has no lang attribute.
    std::string_view language = {};
    // The encoding of other pages of the host, used where the page declares none.
    std::string_view host_charset = {};
};

// Decodes an HTML page. Takes the first of these that decodes: BOM, `transport_charset`, <meta> in
// the first 1024 bytes (WHATWG HTML section 13.2.3.2), valid UTF-8, else the most plausible
// encoding by the statistics of the bytes and by the hints. Bytes in ISO-2022-JP are recognised
// without a declaration. Repairs UTF-8 of which every letter beyond ASCII was encoded twice
// ("cafÃ©").
[[nodiscard]] DecodedText decode_page(std::string_view bytes, const CharsetHints& hints);

// Returns the same text without a copy of a page that is UTF-8 already: a view of `bytes`, else of
// `room`.
[[nodiscard]] std::string_view decode_page_into(std::string& room, std::string_view bytes,
                                                const CharsetHints& hints);

// Decodes by a label ("gbk", "x-sjis"; WHATWG Encoding section 4.2); an unknown label is UTF-8.
[[nodiscard]] std::string decode_as(std::string_view bytes, std::string_view label);

}  // namespace heliograph::html
