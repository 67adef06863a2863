// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as pages have it, with its usual faults.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace heliograph::extract {

// Reads the text of a script. What is broken is mended where that is safe; a value that
// is_discarded() when it is beyond repair or deeper than kMaxJsonLdDepth. Does not throw.
[[nodiscard]] nlohmann::json parse_leniently(std::string_view script);

}  // namespace heliograph::extract
