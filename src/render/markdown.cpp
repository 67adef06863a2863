// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/markdown.h"

#include <fmt/format.h>
#include <algorithm>
#include <cstddef>

#include "base/utf8.h"
#include "render/body.h"

namespace heliograph::render {
namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "&" is itself unless what follows could be a character reference. A run that goes on to the end
// of the text may be completed by what the caller puts after it.
bool may_be_reference(std::string_view after_ampersand) {
    std::size_t i = 0;
    if (after_ampersand.starts_with('#')) ++i;
    while (i < after_ampersand.size() &&
           (is_ascii_letter(after_ampersand[i]) || is_digit(after_ampersand[i])))
        ++i;
    return i == after_ampersand.size() || after_ampersand[i] == ';';
}

// GFM makes links of "http://…" and "www.…" by itself, and takes the backslashes in them as they
// stand: so no address in a text may be recognised.
bool begins_autolink(std::string_view text, std::size_t position) {
    const char c = text[position];
    if (c == ':') return text.substr(position).starts_with("://");
    if (c != '.' || position < 3) return false;
    return equals_ignoring_ascii_case(text.substr(position - 3, 3), "www");
}

bool is_letter(char32_t c) {
    const auto in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return in('0', '9') || in('A', 'Z') || in('a', 'z') || in(0xC0, 0xD6) || in(0xD8, 0xF6) ||
           in(0xF8, 0x24F) ||                       // Latin
           in(0x386, 0x386) || in(0x388, 0x3FF) ||  // Greek
           in(0x400, 0x481) || in(0x48A, 0x52F) ||  // Cyrillic
           in(0x5D0, 0x5EA) ||                      // Hebrew
           in(0x620, 0x64A) || in(0x660, 0x669) || in(0x66E, 0x6D3) ||
           in(0x6F0, 0x6FC) ||                                                // Arabic
           in(0x905, 0x939) || in(0xE01, 0xE30) ||                            // Devanagari, Thai
           in(0x3041, 0x3096) || in(0x30A1, 0x30FA) || in(0x30FC, 0x30FE) ||  // Kana
           in(0x3400, 0x4DBF) || in(0x4E00, 0x9FFF) || in(0xAC00, 0xD7A3) ||  // Han, Hangul
           in(0x20000, 0x323AF);
}

// The punctuation (general category P) that texts have; symbols (S) are not among it: readers of
// Markdown differ on them.
bool is_punctuation(char32_t c) {
    const auto in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return in('!', '/') || in(':', '@') || in('[', '`') || in('{', '~') || c == 0xA1 || c == 0xA7 ||
           c == 0xAB || c == 0xB6 || c == 0xB7 || c == 0xBB || c == 0xBF || c == 0x60C ||
           c == 0x61B || c == 0x61F || c == 0x6D4 || in(0x2010, 0x2027) || in(0x2030, 0x2043) ||
           in(0x2045, 0x2051) || in(0x3001, 0x3003) || in(0x3008, 0x3011) || in(0x3014, 0x301F) ||
           c == 0x30FB || in(0xFF01, 0xFF03) || in(0xFF05, 0xFF0A) || in(0xFF0C, 0xFF0F) ||
           in(0xFF1A, 0xFF1B) || in(0xFF1F, 0xFF20);
}

}  // namespace

std::string escape_markdown_inline(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '\n':
            case '\r':
            case '\t':
                out += ' ';
                continue;
            case '\\':
            case '`':
            case '*':
            case '_':
            case '[':
            case ']':
            case '<':
            case '|':  // of tables
            case '~':  // strikes through
            case '$':  // formulas, on hosts that have them
                out += '\\';
                break;
            case '#':  // also closes a heading
                if (i == 0 || text[i - 1] == ' ' || text[i - 1] == '#') out += '\\';
                break;
            case '&':
                if (may_be_reference(text.substr(i + 1))) out += '\\';
                break;
            case ':':
            case '.':
                if (begins_autolink(text, i)) out += '\\';
                break;
            default:
                break;
        }
        out += c;
    }
    return out;
}

std::string escape_line_start(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(begin);  // four spaces would make code of it
    if (line.empty()) return {};
    std::size_t at = 0;
    if (is_digit(line.front())) {
        while (at < line.size() && is_digit(line[at])) ++at;
        if (at == line.size() || (line[at] != '.' && line[at] != ')')) return std::string(line);
    } else if (std::string_view("#>+-=:").find(line.front()) == std::string_view::npos) {
        return std::string(line);
    }
    return std::string(line.substr(0, at)) + '\\' + std::string(line.substr(at));
}

std::string escape_markdown(std::string_view text) {
    return escape_line_start(escape_markdown_inline(text));
}

std::string link_destination(std::string_view address) {
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const auto byte = static_cast<unsigned char>(address[i]);
        const bool breaks_out =
            byte <= ' ' || byte == 0x7F ||
            std::string_view("<>\\|()[]`").find(address[i]) != std::string_view::npos;
        if (byte == '&') {
            out += may_be_reference(address.substr(i + 1)) ? "&amp;" : "&";
        } else if (breaks_out) {
            out += fmt::format("%{:02X}", byte);
        } else {
            out += address[i];
        }
    }
    return out;
}

std::string markdown_link(std::string_view text, std::string_view address) {
    const std::string escaped = escape_markdown(text);
    if (!is_safe_link(address)) return escaped;
    return "[" + escaped + "](" + link_destination(address) + ")";
}

std::string markdown_address(std::string_view address) {
    // Between pointed brackets nothing can be escaped, and "&copy;" would be read as a reference.
    const bool is_plain = std::ranges::all_of(address, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '\x7F' &&
               std::string_view("<>\\;").find(c) == std::string_view::npos;
    });
    if (!is_plain || !is_safe_link(address)) return markdown_link(address, address);
    return "<" + std::string(address) + ">";
}

std::string markdown_picture(std::string_view alt, std::string_view path) {
    return "![" + escape_markdown(alt) + "](" + link_destination(path) + ")";
}

CharacterClass character_class(char32_t code_point) {
    if (is_letter(code_point)) return CharacterClass::kLetter;
    if (is_punctuation(code_point)) return CharacterClass::kPunctuation;
    // White space of the specification; U+200B and U+FEFF are none.
    if (code_point != 0x200B && code_point != 0xFEFF && is_space(code_point))
        return CharacterClass::kSpace;
    return CharacterClass::kUnsure;
}

bool star_opens(CharacterClass before, CharacterClass after) {
    using enum CharacterClass;
    // Left-flanking: not before space; before punctuation only after space or punctuation.
    if (after == kSpace) return false;
    return after == kLetter || before == kSpace || before == kPunctuation;
}

bool underscore_opens(CharacterClass before, CharacterClass after) {
    using enum CharacterClass;
    return after != kSpace && (before == kSpace || before == kPunctuation);
}

}  // namespace heliograph::render
