// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text_fold.h"

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

void put_lower(std::string& out, char32_t c) {
    c = lower(c);
    if (c < 0x80)
        out += static_cast<char>(c);
    else
        append_utf8(out, c);
}

}  // namespace

std::string lowered(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) put_lower(out, next_code_point(text, i));
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (c == 0xAD || (c >= 0x200B && c <= 0x200F)) continue;  // invisible
        if (!is_word_character(c)) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        put_lower(out, c);
    }
    return out;
}

std::string compact(std::string_view text) {
    std::string out = folded(text);
    std::erase(out, ' ');
    return out;
}

std::size_t word_count(std::string_view text) {
    std::size_t halves = 0;
    bool in_word = false;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (is_cjk(c) && !(c >= 0xAC00 && c <= 0xD7A3)) {
            if (is_word_character(c)) ++halves;
            in_word = false;
        } else if (!is_word_character(c)) {
            in_word = false;
        } else if (!in_word) {
            halves += 2;
            in_word = true;
        }
    }
    return (halves + 1) / 2;
}

}  // namespace heliograph::extract
