// SPDX-License-Identifier: GPL-3.0-or-later
// The command plan, and publish --dry-run: what would change at each target, and why.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "pipeline/publication.h"
#include "store/store.h"

namespace heliograph::cli {
namespace {

using pipeline::PlannedChange;
using pipeline::PlanReport;

std::string_view word_of(ChangeKind kind) {
    static constexpr std::array<std::string_view, 3> kWords = {"add", "change", "remove"};
    return kWords.at(static_cast<std::size_t>(kind));
}

std::size_t count_of(const PlanReport& plan, ChangeKind kind) {
    return static_cast<std::size_t>(std::ranges::count(
        plan.changes, kind, [](const PlannedChange& c) { return c.change.kind; }));
}

std::string text_of(const PlanReport& plan, bool every_file) {
    std::string out = fmt::format("{}: ", plan.target);
    if (plan.changes.empty() && plan.failure.empty()) out += "nothing to do";
    if (!plan.changes.empty()) {
        out += fmt::format("{} to add, {} to change, {} to remove; {} to send",
                           count_of(plan, ChangeKind::kAdd), count_of(plan, ChangeKind::kChange),
                           count_of(plan, ChangeKind::kRemove), size_text(plan.bytes));
    }
    out += '\n';
    struct Sum {
        std::size_t files = 0;
        std::uint64_t bytes = 0;
    };
    std::map<std::pair<ChangeKind, std::string>, Sum> sums;
    for (const PlannedChange& one : plan.changes) {
        Sum& sum = sums[{one.change.kind, one.reason}];
        ++sum.files;
        sum.bytes += one.change.digest.size;
        if (every_file)
            out += fmt::format("  {:<6} {}  ({}; {})\n", word_of(one.change.kind), one.change.path,
                               one.reason, size_text(one.change.digest.size));
    }
    if (!every_file)
        for (const auto& [key, sum] : sums)
            out += fmt::format("  {:<6} {} files, {}: {}\n", word_of(key.first), sum.files,
                               size_text(sum.bytes), key.second);
    for (const std::string& note : plan.notes) out += fmt::format("  note: {}\n", note);
    for (const std::string& line : plan.forecast) out += fmt::format("  ahead: {}\n", line);
    if (!plan.failure.empty()) out += fmt::format("  WILL FAIL: {}\n", plan.failure);
    return out;
}

nlohmann::json json_of(const PlanReport& plan) {
    auto changes = nlohmann::json::array();
    for (const PlannedChange& one : plan.changes)
        changes.push_back({{"path", one.change.path},
                           {"action", word_of(one.change.kind)},
                           {"bytes", one.change.digest.size},
                           {"reason", one.reason}});
    return {{"target", plan.target},
            {"added", count_of(plan, ChangeKind::kAdd)},
            {"changed", count_of(plan, ChangeKind::kChange)},
            {"removed", count_of(plan, ChangeKind::kRemove)},
            {"bytes", plan.bytes},
            {"changes", std::move(changes)},
            {"notes", plan.notes},
            {"forecast", plan.forecast},
            {"failure", plan.failure}};
}

}  // namespace

int plan(const CommonOptions& common, const RunOptions& options) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto targets = targets_of(*session, options);
    if (targets.empty()) {
        complain(fmt::format("no target {}in '{}'",
                             options.target ? "'" + *options.target + "' " : std::string(),
                             common.config.string()));
        return kBadUsage;
    }
    // A plan made while another heliograph publishes would be of neither before nor after.
    const auto lock = lock_state(*session);
    if (!lock) return kNothingDone;
    store::Store store(session->workspace.state);
    const auto clock = make_clock();
    const auto log = make_log(common);
    const auto plans = pipeline::plan_targets(session->config, targets, session->workspace, store,
                                              options.publishing, *clock, *log);
    bool will_fail = false;
    nlohmann::json out = nlohmann::json::array();
    for (const PlanReport& one : plans) {
        will_fail |= !one.failure.empty();
        if (common.json) {
            out.push_back(json_of(one));
        } else {
            fmt::print("{}", text_of(one, common.verbose));
        }
    }
    if (common.json) fmt::print("{}\n", out.dump(2));
    return will_fail ? kSomeFailed : kDone;
}

}  // namespace heliograph::cli
