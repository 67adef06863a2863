// SPDX-License-Identifier: GPL-3.0-or-later
// The stages in their order, as `run` and `demo` need them.
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::cli {

// Those that the options name, in the order of the configuration.
[[nodiscard]] std::vector<const Target*> targets_of(const Session& session,
                                                    const RunOptions& options);

// A target that fails never holds up the others: its failure stands in the summary.
// Throws SystemError when the store fails. REQUIRES: the workspace's lock is held.
[[nodiscard]] RunSummary run_stages(const Session& session, const RunOptions& options,
                                    store::Store& store, const Clock& clock, Log& log,
                                    pipeline::Progress& progress);

}  // namespace heliograph::cli
