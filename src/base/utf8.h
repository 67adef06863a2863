// SPDX-License-Identifier: GPL-3.0-or-later
// Small work on UTF-8 text: checking, walking, trimming, cutting.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/unicode.h"  // is_space, is_cjk: for all who walk text

namespace heliograph {

inline constexpr char32_t kReplacement = U'\uFFFD';

// Bytes before the first one that is not ASCII.
[[nodiscard]] std::size_t ascii_length(std::string_view text);

// True when `text` is well-formed UTF-8 (Unicode 15, table 3-7): no surrogates, no overlong forms.
[[nodiscard]] bool is_utf8(std::string_view text);

// `text` with each ill-formed sequence replaced by U+FFFD (WHATWG Encoding, "utf-8 decode").
[[nodiscard]] std::string to_valid_utf8(std::string_view text);

// The code point that starts at `position`, which moves past it. An ill-formed byte gives U+FFFD
// and moves by one. REQUIRES: position < text.size().
[[nodiscard]] char32_t next_code_point_beyond_ascii(std::string_view text, std::size_t& position);
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t& position) {
    const auto byte = static_cast<unsigned char>(text[position]);
    if (byte >= 0x80) return next_code_point_beyond_ascii(text, position);
    ++position;
    return byte;
}

void append_utf8(std::string& out, char32_t code_point);

// Number of code points.
[[nodiscard]] std::size_t code_point_count(std::string_view text);

// Removes white space (is_space()) at both ends.
// Points into text.
[[nodiscard]] std::string_view trim(std::string_view text);

// Runs of white space (as in trim) become one space; none at the ends.
[[nodiscard]] std::string collapse_space(std::string_view text);

// ASCII letters only; other bytes stay.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix);

// At most `max_bytes` of valid UTF-8, which it stays: no character is cut.
[[nodiscard]] std::string_view first_bytes(std::string_view utf8, std::size_t max_bytes);

// At most `max_code_points`, cut at a word where the script has them; the last is "…" if cut.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t max_code_points);

}  // namespace heliograph
