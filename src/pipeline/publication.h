// SPDX-License-Identifier: GPL-3.0-or-later
// From the built files to one host.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "pipeline/report.h"
#include "pipeline/workspace.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Publishes what was built for `target` and is not there yet. Nothing to do changes nothing: no
// file, no commit. What the host refuses stands in the report, and the next call carries on.
// Throws SystemError when our own disk or store fail.
[[nodiscard]] PublicationReport publish_target(const Config& config, const Target& target,
                                               const Workspace& workspace, store::Store& store,
                                               const Clock& clock, Log& log);

}  // namespace heliograph::pipeline
