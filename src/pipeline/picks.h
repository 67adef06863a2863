// SPDX-License-Identifier: GPL-3.0-or-later
// The editors' picks: which articles home shows first.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "model/article.h"
#include "model/config.h"
#include "store/store.h"

namespace heliograph::pipeline {

// The articles that the file of picks names, in its order, each once, at most kMaxPicks. A line is
// an article's address or its id; what follows a space, empty lines and lines that begin with # are
// notes. A file that is not there, and articles that the mirror does not have (any more), give
// nothing: a pick may be written before its article comes, and drops out when it is withdrawn.
inline constexpr std::size_t kMaxPicks = 12;
[[nodiscard]] std::vector<ArticleSummary> read_picks(const Config& config,
                                                     const std::filesystem::path& config_directory,
                                                     store::Store& store);

// Changes when home would show other picks.
[[nodiscard]] std::string fingerprint_of(std::span<const ArticleSummary> picks);

}  // namespace heliograph::pipeline
