// SPDX-License-Identifier: GPL-3.0-or-later
// The author whose name ends a text, as in Chinese news, where no byline names one.
#pragma once

#include <string>

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

// The name in brackets behind the last words of the selected text: "…下一站是阿根廷。（张巨峰）".
// Empty when there is none.
[[nodiscard]] std::string signature_of(const PageTable& table, const Selection& selection);

}  // namespace heliograph::extract
