// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever an S3 service answers, what we take from it is text, no longer than the answer, and the
// same again when it is written with its references.
#include "base/utf8.h"
#include "fuzz/property.h"
#include "publish/s3_client.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const std::string_view answer = fuzz::as_text(data, size);
    const std::string code = publish::s3_element(answer, "Code");
    fuzz::require(to_valid_utf8(code) == code, "it is UTF-8");
    std::string escaped = "<Code>";
    for (const char c : code) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else
            escaped += c;
    }
    fuzz::require(publish::s3_element(escaped + "</Code>", "Code") == code, "it can be read back");
    return 0;
}
