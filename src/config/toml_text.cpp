// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/toml_text.h"

#include <fmt/format.h>

namespace heliograph::config {

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += fmt::format("\\u{:04X}", byte);
        } else {
            out += c;
        }
    }
    return out + "\"";
}

}  // namespace heliograph::config
