// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text_fold.h"

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

// Punctuation and signs above ASCII, as far as headlines have them.
bool is_sign(char32_t c) {
    return c < 0xC0
               ? c != 0xAA && c != 0xB5 && c != 0xBA
               : c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) ||
                     (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2190 && c <= 0x2BFF) ||
                     (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
                     (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) ||
                     (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
                     (c >= 0xFF5B && c <= 0xFF65) || c == 0x060C || c == 0x061B || c == 0x061F ||
                     c == 0x0640 || c == 0x06D4 || c == 0x0964 || c == 0x0965 || c == 0xFEFF ||
                     c == 0xFFFD || (c >= 0x1F000 && c <= 0x1FAFF);
}

void put_lower(std::string& out, char32_t c) {
    c = lower(c);
    if (c < 0x80)
        out += static_cast<char>(c);
    else
        append_utf8(out, c);
}

}  // namespace

char32_t lower(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE) return c != 0xD7 ? c + 32 : c;
    if (c == 0x130) return 'i';
    if (c == 0x178) return 0xFF;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return (c & 1U) != 0 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
        (c >= 0x4D0 && c <= 0x52F) || (c >= 0x1E00 && c <= 0x1EFF))
        return (c & 1U) == 0 ? c + 1 : c;
    if (c >= 0x391 && c <= 0x3A9) return c + 32;
    if (c == 0x386) return 0x3AC;
    if (c >= 0x388 && c <= 0x38A) return c + 37;
    if (c == 0x38C) return 0x3CC;
    if (c == 0x38E || c == 0x38F) return c + 63;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x531 && c <= 0x556) return c + 48;
    if (c >= 0xFF21 && c <= 0xFF3A) return c + 32;
    return c;
}

bool is_word_character(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    return !is_sign(c) && !is_space(c);
}

int digit_value(char32_t c) {
    if (c < 0x660) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
    // Zeros of: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada,
    // Malayalam, Thai, Lao, Tibetan, Burmese, Khmer, full-width.
    for (const char32_t zero :
         {0x660U, 0x6F0U, 0x966U, 0x9E6U, 0xA66U, 0xAE6U, 0xBE6U, 0xC66U, 0xCE6U, 0xD66U, 0xE50U,
          0xED0U, 0xF20U, 0x1040U, 0x17E0U, 0xFF10U}) {
        if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
    }
    return -1;
}

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
