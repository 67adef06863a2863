// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a file of site rules (docs/site-rules.md).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/site_rules.h"

namespace heliograph::config {

// More on one page are a mistake; it is searched once for each.
inline constexpr std::size_t kMaxSiteRules = 200;

// The rules in the order of the file. Whether a selector is one is not looked at here. The host
// stays empty. Errors: kConfig, a line for each thing that is wrong, with line and column.
[[nodiscard]] Result<SiteRules> parse_site_rules(std::string_view toml,
                                                 const std::string& file_name);

}  // namespace heliograph::config
