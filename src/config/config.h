// SPDX-License-Identifier: GPL-3.0-or-later
// Reads heliograph.toml; the one face of toml++.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/config.h"

namespace heliograph::config {

// Reads and checks a whole configuration. `file_name` is only named in messages.
// Errors: kConfig, one line for each thing that is wrong (all of them, not only the first):
// "heliograph.toml:12:1: unknown key 'titel' in [mirror]; did you mean 'title'?".
[[nodiscard]] Result<Config> parse_config(std::string_view toml, const std::string& file_name);

// A configuration with every key explained, which parse_config accepts: what `init` writes.
[[nodiscard]] std::string_view commented_example();

}  // namespace heliograph::config
