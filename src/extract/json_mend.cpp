// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/json_mend.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>

#include "base/utf8.h"
#include "extract/json_ld.h"
#include "html/article_html.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

using Json = rapidjson::Document;

// What stands round the JSON: white space, HTML comments, CDATA marks with or without a comment of
// JavaScript, a semicolon at the end.
std::string_view without_wrapping(std::string_view script) {
    static constexpr std::string_view kBefore[] = {"<!--", "<![CDATA[", "//", "/*", "*/", "-->"};
    static constexpr std::string_view kAfter[] = {"-->", "]]>", "//", "*/", "/*", ";"};
    for (bool again = true; again;) {
        again = false;
        script = trim(script);
        for (const std::string_view mark : kBefore) {
            if (script.starts_with(mark)) {
                script.remove_prefix(mark.size());
                again = true;
            }
        }
        for (const std::string_view mark : kAfter) {
            if (script.ends_with(mark)) {
                script.remove_suffix(mark.size());
                again = true;
            }
        }
    }
    return script;
}

// True when no more than kMaxJsonLdDepth brackets are open at once.
bool is_shallow(std::string_view json) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxJsonLdDepth) return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return true;
}

// The code unit of UTF-16 that an escape at `position` stands for ("\uD83D"); nullopt when there
// is none.
std::optional<unsigned> escaped_unit(std::string_view json, std::size_t position) {
    constexpr std::size_t kEscapeBytes = 6;
    if (!json.substr(std::min(position, json.size())).starts_with("\\u") ||
        position + kEscapeBytes > json.size())
        return std::nullopt;
    unsigned unit = 0;
    const char* end = json.data() + position + kEscapeBytes;
    const auto [read, error] = std::from_chars(json.data() + position + 2, end, unit, 16);
    if (error != std::errc() || read != end) return std::nullopt;
    return unit;
}

bool is_first_half(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_second_half(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The length of the escape at `position`, with that of the second half of a character beyond
// U+FFFF; 0 when either half stands alone.
std::size_t escape_length(std::string_view json, std::size_t position) {
    const auto unit = escaped_unit(json, position);
    if (!unit) return 2;
    if (is_second_half(*unit)) return 0;
    if (!is_first_half(*unit)) return 6;
    const auto second = escaped_unit(json, position + 6);
    return second && is_second_half(*second) ? 12 : 0;
}

// Whether half a character stands somewhere, as where a text was cut off in an emoji: no UTF-8 has
// that.
bool has_half_character(std::string_view json) {
    std::size_t length = 1;
    for (std::size_t i = json.find('\\'); i < json.size(); i = json.find('\\', i + length)) {
        length = escape_length(json, i);
        if (length == 0) return true;
    }
    return false;
}

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The next character that is no white space; '\0' at the end.
char next_shown(std::string_view json, std::size_t position) {
    while (position < json.size() && is_json_space(json[position])) ++position;
    return position < json.size() ? json[position] : '\0';
}

// Writes JSON anew with its usual faults mended: raw control characters in strings, escapes that
// JSON has not, quotes inside a string that nobody escaped, halves of characters, commas too many
// or missing between objects, brackets never closed.
std::string mended(std::string_view json) {
    std::string out;
    out.reserve(json.size() + 16);
    std::string open;  // brackets waiting for their end
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (static_cast<unsigned char>(c) < 0x20) {
                out += c == '\n' ? "\\n" : " ";
            } else if (c == '\\') {
                const char escaped = i + 1 < json.size() ? json[i + 1] : '\0';
                if (std::string_view("\"\\/bfnrtu").find(escaped) == std::string_view::npos ||
                    escaped == '\0') {
                    if (escaped != '\'') out += "\\\\";
                } else if (const std::size_t length = escape_length(json, i); length == 0) {
                    out += "\\ufffd";
                    i += 5;
                } else {
                    out += json.substr(i, length);
                    i += length - 1;
                }
            } else if (c == '"') {
                // The string ends here when what follows may follow a string.
                const char after = next_shown(json, i + 1);
                if (after == ',' || after == ':' || after == '}' || after == ']' || after == '\0') {
                    in_string = false;
                    out += c;
                } else {
                    out += "\\\"";
                }
            } else {
                out += c;
            }
            continue;
        }
        if (c == '"') {
            in_string = true;
            out += c;
        } else if (c == '{' || c == '[') {
            open += c == '{' ? '}' : ']';
            out += c;
        } else if (c == '}' || c == ']') {
            if (open.empty()) break;  // more ends than beginnings: what follows is not ours
            out += open.back();
            open.pop_back();
            if (open.empty()) break;
            const char after = next_shown(json, i + 1);
            if (after == '{' || after == '"') out += ',';
        } else if (c == ',') {
            const char after = next_shown(json, i + 1);
            if (after != '}' && after != ']' && after != ',' && after != '\0') out += c;
        } else {
            out += c;
        }
    }
    if (in_string) out += '"';
    while (!out.empty() && (is_json_space(out.back()) || out.back() == ',')) out.pop_back();
    if (!out.empty() && out.back() == ':') out += "null";
    while (!open.empty()) {
        out += open.back();
        open.pop_back();
    }
    return out;
}

Json parse_strictly(std::string_view text) {
    Json json;
    if (!is_shallow(text) || has_half_character(text)) {
        json.Parse("", 0);
    } else {
        json.Parse<rapidjson::kParseCommentsFlag>(text.data(), text.size());
    }
    return json;
}

}  // namespace

rapidjson::Document parse_leniently(std::string_view script) {
    script = without_wrapping(script);
    Json json = parse_strictly(script);
    std::string decoded;
    if (json.HasParseError() && script.find("&quot;") != std::string_view::npos &&
        script.find('"') == std::string_view::npos) {
        decoded = html::unescape(script);
        script = decoded;
        json = parse_strictly(script);
    }
    if (json.HasParseError()) json = parse_strictly(mended(script));
    // JSON written into a string, and that into a script.
    if (!json.HasParseError() && json.IsString())
        json = parse_strictly({json.GetString(), json.GetStringLength()});
    return json;
}

}  // namespace heliograph::extract
