// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/content_type.h"

#include <algorithm>

#include "base/utf8.h"

namespace heliograph::fetch {
namespace {

// From `begin`, which stands after an opening quote, to the closing one; moves past it.
std::string quoted_string(std::string_view value, std::size_t& begin) {
    std::string out;
    while (begin < value.size() && value[begin] != '"') {
        if (value[begin] == '\\' && begin + 1 < value.size()) ++begin;
        out += value[begin++];
    }
    if (begin < value.size()) ++begin;
    return out;
}

}  // namespace

ContentType parse_content_type(std::string_view value) {
    ContentType out;
    std::size_t at = std::min(value.find(';'), value.size());
    const std::string_view type = trim(value.substr(0, at));
    const bool is_type = type.find('/') != type.npos && is_utf8(type);
    if (is_type) out.media_type = ascii_lower(type);
    while (at < value.size()) {
        ++at;  // past ";"
        const std::size_t end = std::min(value.find_first_of("=;", at), value.size());
        const std::string_view name = trim(value.substr(at, end - at));
        at = end;
        if (at == value.size() || value[at] == ';') continue;
        ++at;  // past "="
        at = std::min(value.find_first_not_of(" \t", at), value.size());
        std::string parameter;
        if (at < value.size() && value[at] == '"') {
            parameter = quoted_string(value, ++at);
            at = std::min(value.find(';', at), value.size());
        } else {
            const std::size_t after = std::min(value.find(';', at), value.size());
            parameter = trim(value.substr(at, after - at));
            at = after;
        }
        // The first one counts (WHATWG MIME Sniffing, "parse a MIME type", step 11.9).
        if (out.charset.empty() && equals_ignoring_ascii_case(name, "charset") &&
            is_utf8(parameter))
            out.charset = parameter;
    }
    return out;
}

}  // namespace heliograph::fetch
