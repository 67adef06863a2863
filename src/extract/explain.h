// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the page of `heliograph extract --explain`: how another page was read, step by step.
#pragma once

#include <string>
#include <string_view>

#include "extract/extract.h"
#include "extract/trace.h"

namespace heliograph::extract {

// Returns one complete HTML page. It needs no script, makes no request, and shows everything that
// comes from the explained page as text. `name` is the file or address that was asked for; `page`
// is the result of the extraction that filled `trace`.
[[nodiscard]] std::string explain_page(std::string_view name, const ExtractedPage& page,
                                       const Trace& trace);

}  // namespace heliograph::extract
