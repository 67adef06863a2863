// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/json_mend.h"

#include <nlohmann/json.hpp>
#include <string>

#include "base/utf8.h"
#include "extract/json_ld.h"
#include "html/article_html.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

using Json = nlohmann::json;

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

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The next character that is no white space; '\0' at the end.
char next_shown(std::string_view json, std::size_t position) {
    while (position < json.size() && is_json_space(json[position])) ++position;
    return position < json.size() ? json[position] : '\0';
}

// Writes JSON anew with its usual faults mended: raw control characters in strings, escapes that
// JSON has not, quotes inside a string that nobody escaped, commas too many or missing between
// objects, brackets never closed.
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
                } else {
                    out += c;
                    out += escaped;
                    ++i;
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
    return Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false,
                       /*ignore_comments=*/true);
}

}  // namespace

Json parse_leniently(std::string_view script) {
    script = without_wrapping(script);
    if (script.empty() || !is_shallow(script)) return Json(Json::value_t::discarded);
    Json json = parse_strictly(script);
    std::string decoded;
    if (json.is_discarded() && script.find("&quot;") != std::string_view::npos &&
        script.find('"') == std::string_view::npos) {
        decoded = html::unescape(script);
        script = decoded;
        if (!is_shallow(script)) return json;
        json = parse_strictly(script);
    }
    if (json.is_discarded()) {
        const std::string repaired = mended(script);
        if (is_shallow(repaired)) json = parse_strictly(repaired);
    }
    // JSON written into a string, and that into a script.
    if (json.is_string()) {
        const auto& inner = json.get_ref<const std::string&>();
        if (is_shallow(inner)) json = parse_strictly(inner);
    }
    return json;
}

}  // namespace heliograph::extract
