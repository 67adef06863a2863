// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the bytes and whatever is said of their encoding, the text is valid UTF-8.
#include "html/charset.h"

#include "base/utf8.h"
#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static constexpr const char* kLabels[] = {
        "", "utf-8", "gb18030", "big5", "sjis", "euc-kr", "koi8-r", "iso-2022-jp", "x", "utf-16le"};
    if (size == 0) return 0;
    const std::string_view label = kLabels[data[0] % std::size(kLabels)];
    const std::string_view bytes = fuzz::as_text(data + 1, size - 1);
    const html::DecodedText decoded = html::decode_page(bytes, label);
    fuzz::require(is_utf8(decoded.text), "a page is valid UTF-8");
    fuzz::require(!decoded.charset.empty(), "the encoding has a name");
    fuzz::require(is_utf8(html::decode_as(bytes, label)), "decoded text is valid UTF-8");
    return 0;
}
