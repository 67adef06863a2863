// SPDX-License-Identifier: GPL-3.0-or-later
// The first half of a publication: what a target holds, and what is to change there.
#pragma once

#include <string>

#include "base/result.h"
#include "model/config.h"
#include "pipeline/publication.h"
#include "pipeline/shared_store.h"
#include "publish/publisher.h"

namespace heliograph::pipeline {

// What is to be done at a target whose state has been asked for.
struct Task {
    std::string current;  // the marker of its present state
    publish::Plan plan;
    bool is_new = false;  // nothing of ours is there: our record of it, if any, is void
};

// Compares what was built with what is at the target. Errors: kNotFound when nothing is built;
// those of Publisher::current and Publisher::remains.
[[nodiscard]] Result<Task> make_task(const Target& target, const Workspace& workspace,
                                     SharedStore& shared, const PublishOptions& options,
                                     const Clock& clock, publish::Publisher& publisher);

// The same without asking the target, from our record alone.
[[nodiscard]] publish::Plan plan_from_record(const Target& target, SharedStore& shared);

// Error kRefused when pages of a part are not published yet that this target leads to.
[[nodiscard]] Result<void> check_parts(const Target& target, SharedStore& shared);

// Error kRefused when the plan removes more than the configuration allows, with how to mend it.
[[nodiscard]] Result<void> check_removals(const Config& config, const Target& target,
                                          SharedStore& shared, const PublishOptions& options,
                                          const publish::Plan& plan);

}  // namespace heliograph::pipeline
