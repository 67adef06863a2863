// SPDX-License-Identifier: GPL-3.0-or-later
// The command target move: a host is blocked, another takes its place.
#include <fmt/format.h>
#include <algorithm>
#include <iterator>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "cli/terminal_progress.h"
#include "config/target_move.h"
#include "store/store.h"

namespace heliograph::cli {
namespace {

template <typename Report>
Report& report_of(std::vector<Report>& reports, const std::string& target) {
    const auto known = std::ranges::find(reports, target, &Report::target);
    if (known != reports.end()) return *known;
    Report& made = reports.emplace_back();
    made.target = target;
    return made;
}

// Both rounds as one: of the new target the first told what came, and the second nothing new.
void add(RunSummary& sum, const RunSummary& round) {
    for (const auto& one : round.builds) {
        auto& build = report_of(sum.builds, one.target);
        build.files = one.files;
        build.written += one.written;
        build.removed += one.removed;
        std::ranges::copy(one.failures, std::back_inserter(build.failures));
    }
    for (const auto& one : round.publications) {
        auto& publication = report_of(sum.publications, one.target);
        publication.added += one.added;
        publication.changed += one.changed;
        publication.removed += one.removed;
        publication.bytes += one.bytes;
        publication.tries += one.tries;
        publication.failure = one.failure;
        if (one.read_back) publication.read_back = one.read_back;
    }
    sum.elapsed += round.elapsed;
}

}  // namespace

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
    add(summary, others);
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
