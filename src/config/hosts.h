// SPDX-License-Identifier: GPL-3.0-or-later
// The hosts' limits: those that the program brings (hosts.toml), and the operator's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/host.h"

namespace heliograph::config {

// Errors: kConfig, all mistakes of the file with their places, a line each.
[[nodiscard]] Result<std::vector<Host>> parse_hosts(std::string_view toml,
                                                    const std::string& file_name);

// The program's own.
[[nodiscard]] std::vector<Host> shipped_hosts();

// The shipped ones, each replaced by one of `own` that has the same key, and the rest of `own`.
[[nodiscard]] std::vector<Host> merge_hosts(std::vector<Host> shipped, std::vector<Host> own);

}  // namespace heliograph::config
