// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text_weight.h"

#include "base/utf8.h"

namespace heliograph::extract {

std::size_t text_weight(std::string_view text) {
    std::size_t weight = 0;
    for (std::size_t i = 0; i < text.size();)
        weight += weight_of(traits_of(next_code_point(text, i)));
    return weight;
}

}  // namespace heliograph::extract
