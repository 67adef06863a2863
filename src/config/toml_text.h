// SPDX-License-Identifier: GPL-3.0-or-later
// Texts as a configuration has them.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::config {

// A basic string of TOML (section "String" of its specification, version 1.0), quotes included;
// control characters are written as escapes. `text` is valid UTF-8.
[[nodiscard]] std::string toml_text(std::string_view text);

}  // namespace heliograph::config
