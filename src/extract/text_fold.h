// SPDX-License-Identifier: GPL-3.0-or-later
// Text made comparable: lower case, letters and digits only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/unicode.h"

namespace heliograph::extract {

// Every letter in lower case, the rest as it was.
[[nodiscard]] std::string lowered(std::string_view text);

// Words in lower case with one space between, without anything else: "Don’t — stop!" is
// "don t stop". Equal for two spellings of one headline.
[[nodiscard]] std::string folded(std::string_view text);

// The same without spaces: "The Daily-News" is "thedailynews".
[[nodiscard]] std::string compact(std::string_view text);

// Number of words; a letter of Han or Kana counts as half a word.
[[nodiscard]] std::size_t word_count(std::string_view text);

}  // namespace heliograph::extract
