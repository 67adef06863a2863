// SPDX-License-Identifier: GPL-3.0-or-later
// From the store to the files of a target.
#pragma once

#include <cstdint>

#include "base/log.h"
#include "base/result.h"
#include "model/config.h"
#include "pipeline/report.h"
#include "pipeline/workspace.h"
#include "store/store.h"

namespace heliograph::pipeline {

enum class BuildExtent : std::uint8_t {
    kChanges,  // what changed since the target's last build; all, when that is not known
    kFull,     // every page is rendered again
};

// Brings the tree of one target up to date with the store: the pages of articles that changed since
// its last build, the lists they are or were in, and the fronts. The same store gives the same
// bytes, whatever was built before and however much of it is rendered now.
// Errors: kConfig for a theme that does not parse. Throws SystemError when disk or store fail.
[[nodiscard]] Result<BuildReport> build(const Config& config, const Target& target,
                                        const Workspace& workspace, store::Store& store,
                                        Progress& progress,
                                        BuildExtent extent = BuildExtent::kChanges);

// Why the next build() of the target will find something to do, in words; empty when it will not.
// Errors: as build().
[[nodiscard]] Result<std::string> what_is_unbuilt(const Config& config, const Target& target,
                                                  const Workspace& workspace, store::Store& store);

}  // namespace heliograph::pipeline
