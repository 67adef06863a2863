// SPDX-License-Identifier: GPL-3.0-or-later
// Whether two texts are versions of one.
#pragma once

#include <string_view>

namespace heliograph::pipeline {

// True when at least half of the shorter text's pieces (runs of 16 bytes without white space) are
// in the other. In time linear in both; false when either is shorter than a sentence.
[[nodiscard]] bool is_same_text(std::string_view a, std::string_view b);

}  // namespace heliograph::pipeline
