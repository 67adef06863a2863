// SPDX-License-Identifier: GPL-3.0-or-later
// The commands update, build, publish and run: one, some or all stages of the flow.
#include <fmt/format.h>
#include <algorithm>
#include <memory>
#include <thread>

#include "base/date.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/terminal_progress.h"
#include "store/store.h"

namespace heliograph::cli {

int run(const CommonOptions& common, const RunOptions& options) {
    if (options.dry_run) return plan(common, options);
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    if (options.target && std::ranges::find(session->config.targets, *options.target,
                                            &Target::name) == session->config.targets.end()) {
        complain(fmt::format("no target '{}' in '{}'", *options.target, common.config.string()));
        return kBadUsage;
    }
    const auto& sources = session->config.sources;
    if (!options.source.empty() && std::ranges::none_of(sources, [&](const Source& source) {
            return source.name == options.source || source.url == options.source;
        })) {
        complain(fmt::format("no source '{}' in '{}'", options.source, common.config.string()));
        return kBadUsage;
    }
    if (!options.since.empty() && !parse_date_time(options.since)) {
        complain(fmt::format("'{}' is no day: write it as 2026-01-31", options.since));
        return kBadUsage;
    }
    const auto clock = make_clock();
    const auto log = make_log(common);
    const std::unique_ptr<pipeline::Progress> progress =
        common.quiet ? std::unique_ptr<pipeline::Progress>(std::make_unique<pipeline::NoProgress>())
                     : std::make_unique<TerminalProgress>();
    while (true) {
        int code = kDone;
        {
            const auto lock = FileLock::try_lock(session->workspace.lock());
            if (!lock) {
                complain(
                    fmt::format("another heliograph is at work in '{}': leaving the work to it",
                                session->workspace.state.string()));
                return kDone;
            }
            store::Store store(session->workspace.state);
            const RunSummary summary =
                run_stages(*session, options, store, *clock, *log, *progress);
            if (common.json) {
                fmt::print("{}", to_json(summary));
            } else if (!common.quiet || summary.has_failures()) {
                fmt::print("{}", to_text(summary, common.verbose));
            }
            code = summary.has_failures() ? kSomeFailed : kDone;
        }
        if (options.once) return code;
        std::this_thread::sleep_for(options.pause);
    }
}

}  // namespace heliograph::cli
