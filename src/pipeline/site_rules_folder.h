// SPDX-License-Identifier: GPL-3.0-or-later
// The operator's site rules: a folder with a file a host, "daily.example.toml".
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "model/site_rules.h"

namespace heliograph::pipeline {

// One file; its host is what its name says. Errors: kNotFound when it cannot be read; kConfig, a
// line for each thing that is wrong in it, selectors included.
[[nodiscard]] Result<SiteRules> read_site_rules(const std::filesystem::path& file);

// All files "*.toml" of a folder, in order of their names. Errors: kConfig, all that is wrong in
// all of them, or when there is no such folder.
[[nodiscard]] Result<std::vector<SiteRules>> read_site_rules_folder(
    const std::filesystem::path& folder);

}  // namespace heliograph::pipeline
