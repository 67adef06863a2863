// SPDX-License-Identifier: GPL-3.0-or-later
// The author whose name ends a text, where no byline names one.
#pragma once

#include <string>
#include <vector>

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

// The names in the last lines of the selected text, or in the lines right behind it: in brackets as
// in Chinese and Japanese news ("…下一站是阿根廷。（张巨峰）"), with a role ("김민지 기자"), or a
// line of bold type as in Vietnamese news. `language` is BCP 47, may be empty. Empty when there is
// none.
[[nodiscard]] std::vector<std::string> signature_of(const PageTable& table,
                                                    const Selection& selection,
                                                    const std::string& language);

}  // namespace heliograph::extract
