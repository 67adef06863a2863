// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/escape.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/dom.h"

namespace heliograph::html {
namespace {

// A feed's title or summary; what is beyond is not read.
constexpr std::size_t kMaxFragmentBytes = 1024 * 1024;

constexpr auto kMayBeSpecial = [] {
    std::array<bool, 256> may_be{};
    for (const unsigned char c : std::string_view("&<>\"")) may_be[c] = true;
    return may_be;
}();

void append_escaped(std::string& out, std::string_view text, std::string_view special) {
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && (!kMayBeSpecial[static_cast<unsigned char>(text[plain])] ||
                                       !special.contains(text[plain])))
            ++plain;
        out.append(text.substr(0, plain));
        if (plain == text.size()) return;
        switch (text[plain]) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            default:
                out += "&quot;";
        }
        text.remove_prefix(plain + 1);
    }
}

}  // namespace

void append_escaped_text(std::string& out, std::string_view text) {
    append_escaped(out, text, "&<>");
}

void append_escaped_attribute(std::string& out, std::string_view text) {
    append_escaped(out, text, "&<>\"");
}

std::string escape_text(std::string_view text) {
    std::string out;
    append_escaped_text(out, text);
    return out;
}

std::string escape_attribute(std::string_view text) {
    std::string out;
    append_escaped_attribute(out, text);
    return out;
}

std::string text_of_fragment(std::string_view html) {
    html = html.substr(0, kMaxFragmentBytes);
    // Most titles are plain: no need to build a tree for them.
    if (html.find_first_of("<&") == std::string_view::npos)
        return collapse_space(to_valid_utf8(html));
    // One a thread, for its arena: feeds have thousands of titles.
    thread_local Document document;
    document.parse(to_valid_utf8(html));
    const Node body = document.body();
    return body ? body.text_content() : std::string{};
}

}  // namespace heliograph::html
