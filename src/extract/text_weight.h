// SPDX-License-Identifier: GPL-3.0-or-later
// How much a text says, comparable over scripts.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/unicode.h"

namespace heliograph::extract {

// Returns the weight of a character: 0 for white space, 3 for East Asian scripts, 2 for letters of
// syllabaries, 1 for all else. One sentence weighs about the same in every script.
[[nodiscard]] inline unsigned weight_of(Traits traits) {
    if ((traits & kSpaceTrait) != 0) return 0;
    if ((traits & kCjkTrait) != 0) return 3;
    return (traits & kSyllableTrait) != 0 ? 2 : 1;
}

// Returns the sum over the characters of a text.
[[nodiscard]] std::size_t text_weight(std::string_view text);

}  // namespace heliograph::extract
