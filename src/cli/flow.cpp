// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flow.h"

#include <algorithm>
#include <iterator>

#include "base/date.h"
#include "base/system_error.h"
#include "pipeline/build.h"
#include "pipeline/publication.h"
#include "pipeline/retention.h"
#include "pipeline/update.h"

namespace heliograph::cli {
namespace {

// False when it failed, which stands in the summary. A failure of our own machine here, such as a
// full disk under one target's folder, is that target's alone: the next one may lie elsewhere.
bool build_target(const Session& session, const Target& target, const RunOptions& options,
                  store::Store& store, pipeline::Progress& progress, RunSummary& summary) {
    try {
        auto built = pipeline::build(
            session.config, target, session.workspace, store, progress,
            options.full ? pipeline::BuildExtent::kFull : pipeline::BuildExtent::kChanges);
        if (built) {
            summary.builds.push_back(*std::move(built));
            return true;
        }
        summary.builds.push_back(
            {.target = target.name,
             .notes = {},
             .failures = {{.subject = target.name, .reason = built.error().message}}});
    } catch (const SystemError& error) {
        pipeline::PublicationReport failed;
        failed.target = target.name;
        failed.failure = error.what();
        summary.publications.push_back(std::move(failed));
    }
    return false;
}

// run() has looked at it already.
std::optional<std::chrono::sys_seconds> since_of(const RunOptions& options) {
    const auto date = parse_date_time(options.since);
    return date ? std::optional(date->utc) : std::nullopt;
}

}  // namespace

std::vector<const Target*> targets_of(const Session& session, const RunOptions& options) {
    std::vector<const Target*> out;
    for (const Target& target : session.config.targets)
        if (!options.target || *options.target == target.name) out.push_back(&target);
    return out;
}

RunSummary run_stages(const Session& session, const RunOptions& options, store::Store& store,
                      const Clock& clock, Log& log, pipeline::Progress& progress) {
    const auto began = std::chrono::steady_clock::now();
    RunSummary summary;
    if (options.update)
        summary.update = pipeline::update(session.config, store, clock, log, progress,
                                          {.source = options.source, .since = since_of(options)});
    std::vector<const Target*> targets = targets_of(session, options);
    if (options.build) {
        pipeline::retain(session.config, store, clock.now());
        std::erase_if(targets, [&](const Target* target) {
            return !build_target(session, *target, options, store, progress, summary);
        });
    }
    if (options.publish) {
        auto reports = pipeline::publish_targets(session.config, targets, session.workspace, store,
                                                 options.publishing, clock, log);
        std::ranges::move(reports, std::back_inserter(summary.publications));
    }
    progress.finish();
    summary.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    return summary;
}

}  // namespace heliograph::cli
