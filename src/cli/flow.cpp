// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flow.h"

#include "base/system_error.h"
#include "pipeline/build.h"
#include "pipeline/publication.h"
#include "pipeline/retention.h"
#include "pipeline/update.h"

namespace heliograph::cli {
namespace {

// Builds and publishes one target. A failure of our own machine here, such as a full disk under
// one target's folder, is that target's alone: the next one may lie elsewhere.
void run_target(const Session& session, const Target& target, const RunOptions& options,
                store::Store& store, const Clock& clock, Log& log, pipeline::Progress& progress,
                RunSummary& summary) {
    try {
        if (options.build) {
            auto built = pipeline::build(
                session.config, target, session.workspace, store, progress,
                options.full ? pipeline::BuildExtent::kFull : pipeline::BuildExtent::kChanges);
            if (!built) {
                summary.builds.push_back(
                    {.target = target.name,
                     .failures = {{.subject = target.name, .reason = built.error().message}}});
                return;
            }
            summary.builds.push_back(*std::move(built));
        }
        if (options.publish) {
            summary.publications.push_back(pipeline::publish_target(
                session.config, target, session.workspace, store, clock, log));
        }
    } catch (const SystemError& error) {
        pipeline::PublicationReport failed;
        failed.target = target.name;
        failed.failure = error.what();
        summary.publications.push_back(std::move(failed));
    }
}

}  // namespace

RunSummary run_stages(const Session& session, const RunOptions& options, store::Store& store,
                      const Clock& clock, Log& log, pipeline::Progress& progress) {
    const auto began = std::chrono::steady_clock::now();
    RunSummary summary;
    if (options.update)
        summary.update = pipeline::update(session.config, store, clock, log, progress);
    if (options.build) pipeline::retain(session.config, store, clock.now());
    if (options.build || options.publish) {
        for (const Target& target : session.config.targets) {
            if (options.target && *options.target != target.name) continue;
            run_target(session, target, options, store, clock, log, progress, summary);
        }
    }
    progress.finish();
    summary.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    return summary;
}

}  // namespace heliograph::cli
