// SPDX-License-Identifier: GPL-3.0-or-later
// From the built files to the hosts: each target on a thread of its own.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "pipeline/report.h"
#include "pipeline/workspace.h"
#include "publish/publisher.h"
#include "store/store.h"

namespace heliograph::pipeline {

struct PublishOptions {
    bool allow_removals = false;  // however many
    publish::OthersChanges others = publish::OthersChanges::kRefuse;
    // The pause after the first try that failed; it doubles with each. A host that comes back
    // within a minute costs no run.
    std::chrono::milliseconds first_pause{3000};
    // Lets that time pass; tests bring their own. Called from the targets' threads.
    std::function<void(std::chrono::milliseconds)> pause;
    int months = 0;  // plan: how far to look ahead
};

// Publishes what was built for each of the targets and is not there yet; a slow or dead host holds
// up no other. Nothing to do changes nothing: no file, no commit. What a host refuses stands in its
// report, and the next call carries on. The reports come in the order of the targets.
// Throws SystemError only when no thread can be started: a failure of our own disk or store while
// publishing a target is that target's failure.
[[nodiscard]] std::vector<PublicationReport> publish_targets(
    const Config& config, std::span<const Target* const> targets, const Workspace& workspace,
    store::Store& store, const PublishOptions& options, const Clock& clock, Log& log);

// What publish_targets would do now. Asks the hosts what they hold; a host that does not answer is
// noted, and its plan is made from what we know. Changes nothing at the hosts.
[[nodiscard]] std::vector<PlanReport> plan_targets(const Config& config,
                                                   std::span<const Target* const> targets,
                                                   const Workspace& workspace, store::Store& store,
                                                   const PublishOptions& options,
                                                   const Clock& clock, Log& log);

}  // namespace heliograph::pipeline
