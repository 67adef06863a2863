// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace heliograph {
namespace {

struct Decoded {
    char32_t code_point = kReplacement;
    std::size_t length = 1;  // bytes to move on; for an error, of the maximal ill-formed part
    bool valid = false;
};

// Unicode 15, table 3-7; the length of an error is that of the "maximal subpart" (section 3.9),
// which is what the WHATWG decoder replaces with one U+FFFD.
Decoded decode(std::string_view text, std::size_t position) {
    const auto byte = [&](std::size_t i) {
        return position + i < text.size() ? static_cast<unsigned char>(text[position + i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1, true};
    unsigned low = 0x80;
    unsigned high = 0xBF;
    std::size_t length = 0;
    char32_t value = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        value = first & 0x1F;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        value = first & 0x0F;
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        value = first & 0x07;
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
    } else {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned next = byte(i);
        if (next < low || next > high) return {kReplacement, i, false};
        value = (value << 6) | (next & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return {value, length, true};
}

}  // namespace

std::size_t ascii_length(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t i = 0;
    // Many at a time: nearly all of a page is ASCII.
    for (std::array<std::uint64_t, 8> many{}; i + sizeof many <= text.size(); i += sizeof many) {
        std::memcpy(many.data(), text.data() + i, sizeof many);
        std::uint64_t bits = 0;
        for (const std::uint64_t eight : many) bits |= eight;
        if ((bits & kHighBits) != 0) break;
    }
    for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
        std::memcpy(&eight, text.data() + i, sizeof eight);
        if ((eight & kHighBits) != 0) break;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = ascii_length(text); i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            i += ascii_length(text.substr(i));
            continue;
        }
        const Decoded decoded = decode(text, i);
        if (!decoded.valid) return false;
        i += decoded.length;
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    if (is_utf8(text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Decoded decoded = decode(text, i);
        if (decoded.valid) {
            out.append(text, i, decoded.length);
        } else {
            append_utf8(out, kReplacement);
        }
        i += decoded.length;
    }
    return out;
}

char32_t next_code_point_beyond_ascii(std::string_view text, std::size_t& position) {
    const Decoded decoded = decode(text, position);
    position += decoded.valid ? decoded.length : 1;
    return decoded.code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::size_t code_point_count(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view trim(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t next = begin;
        if (!is_space(next_code_point(text, next))) break;
        begin = next;
    }
    std::size_t end = text.size();
    while (end > begin) {
        std::size_t start = end - 1;
        while (start > begin && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
        std::size_t next = start;
        if (!is_space(next_code_point(text, next)) || next != end) break;
        end = start;
    }
    return text.substr(begin, end - begin);
}

// These may break a line inside a word; readers see no space there, so collapse_space adds none.
constexpr char32_t kZeroWidthSpace = 0x200B;
constexpr char32_t kByteOrderMark = 0xFEFF;

std::string collapse_space(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool pending = false;
    bool is_zero_width_pending = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        const char32_t c = next_code_point(text, i);
        if (c == kZeroWidthSpace || c == kByteOrderMark) {
            is_zero_width_pending = !out.empty();
            continue;
        }
        if (is_space(c)) {
            pending = !out.empty();
            continue;
        }
        // To the end of what is words of ASCII with one space between in one piece.
        while (i < text.size() &&
               (text[i] > ' ' || (text[i] == ' ' && i + 1 < text.size() && text[i + 1] > ' ')))
            ++i;
        if (pending) {
            out += ' ';
        } else if (is_zero_width_pending) {
            append_utf8(out, kZeroWidthSpace);
        }
        pending = false;
        is_zero_width_pending = false;
        out.append(text, start, i - start);
    }
    return out;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && starts_with_ignoring_ascii_case(a, b);
}

bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return text.size() >= prefix.size() &&
           std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

std::string_view first_bytes(std::string_view utf8, std::size_t max_bytes) {
    if (utf8.size() <= max_bytes) return utf8;
    while (max_bytes > 0 && (static_cast<unsigned char>(utf8[max_bytes]) & 0xC0U) == 0x80U)
        --max_bytes;
    return utf8.substr(0, max_bytes);
}

std::string shorten(std::string_view text, std::size_t max_code_points) {
    if (text.size() <= max_code_points) return std::string(text);
    std::size_t end = 0;
    std::size_t word_end = 0;  // after the last place where a line may break
    std::size_t cut = 0;       // where the text ends if "…" has to follow
    std::size_t count = 0;
    while (end < text.size()) {
        std::size_t next = end;
        const char32_t c = next_code_point(text, next);
        if (count + 1 == max_code_points)
            // A word longer than half of what fits is cut where it stands.
            cut = is_space(c) || word_end * 2 < end ? end : word_end;
        if (count == max_code_points) return std::string(trim(text.substr(0, cut))) + "…";
        if (is_space(c)) word_end = end;
        if (is_cjk(c)) word_end = next;
        end = next;
        ++count;
    }
    return std::string(text);
}

}  // namespace heliograph
