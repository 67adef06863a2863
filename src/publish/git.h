// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a branch of a Git repository, through the git program.
#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "publish/publisher.h"

namespace heliograph::publish {

[[nodiscard]] std::unique_ptr<Publisher> open_git(const Target& target,
                                                  const std::filesystem::path& work,
                                                  const std::filesystem::path& config_directory,
                                                  const HostBudget& budget, const Clock& clock,
                                                  Log& log);

}  // namespace heliograph::publish
