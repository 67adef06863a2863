// SPDX-License-Identifier: GPL-3.0-or-later
// The command target move: a host is blocked, another takes its place.
#include <fmt/format.h>
#include <algorithm>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "cli/terminal_progress.h"
#include "config/target_move.h"
#include "store/store.h"

namespace heliograph::cli {

int move_target(const CommonOptions& common, const MoveOptions& options) {
    const auto toml = read_file_if_exists(common.config);
    if (!toml) {
        complain(
            fmt::format("no configuration '{}': name it with --config", common.config.string()));
        return kBadUsage;
    }
    const auto moved = config::move_target(*toml, common.config.string(), options.move);
    if (!moved) {
        complain(moved.error().message);
        return kBadUsage;
    }
    const auto session = open_session(moved->toml, common.config.string(),
                                      std::filesystem::absolute(common.config).parent_path());
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto lock = lock_state(*session);
    if (!lock) return kNothingDone;
    store::Store store(session->workspace.state);
    const auto clock = make_clock();
    const auto log = make_log(common);
    TerminalProgress progress;
    RunOptions run;
    run.update = false;
    run.publishing = options.publishing;
    run.target = moved->name;
    // The new one first. When it cannot be had, nothing is changed at all.
    RunSummary summary = run_stages(*session, run, store, *clock, *log, progress);
    if (summary.has_failures()) {
        fmt::print("{}", common.json ? to_json(summary) : to_text(summary, common.verbose));
        complain(fmt::format("'{}' could not be published: the configuration stays as it was",
                             options.move.to));
        return kSomeFailed;
    }
    write_file_atomically(common.config, moved->toml);
    // Then all others: the old one's home names the new address, as far as it can still be
    // reached, and so do companion pages everywhere.
    run.target.reset();
    const RunSummary others = run_stages(*session, run, store, *clock, *log, progress);
    std::ranges::copy(others.builds, std::back_inserter(summary.builds));
    std::erase_if(summary.publications, [&](const auto& one) { return one.target == moved->name; });
    std::ranges::copy(others.publications, std::back_inserter(summary.publications));
    fmt::print("{}", common.json ? to_json(summary) : to_text(summary, common.verbose));
    bool others_failed = false;
    for (const auto& one : others.publications) {
        if (one.failure.empty()) continue;
        if (one.target == options.move.from) {
            complain(
                fmt::format("'{}' could not be told: readers there do not learn of the new "
                            "address. When it is gone for good, take its [[target]] out",
                            one.target));
        } else {
            others_failed = true;
        }
    }
    return others_failed ? kSomeFailed : kDone;
}

}  // namespace heliograph::cli
