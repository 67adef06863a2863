// SPDX-License-Identifier: GPL-3.0-or-later
// The command withdraw: an article leaves the mirror and every target, at once and for good.
#include <fmt/format.h>
#include <memory>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/terminal_progress.h"
#include "store/store.h"

namespace heliograph::cli {

int withdraw(const CommonOptions& common, const WithdrawOptions& options) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto lock = lock_state(*session);
    if (!lock) return kNothingDone;
    const auto clock = make_clock();
    const auto log = make_log(common);
    store::Store store(session->workspace.state);
    std::string id = options.article;
    if (const auto row = store.address(id); row && !row->article.empty()) {
        id = row->article;
    } else if (const auto known = store.article_id_of(id)) {
        id = *known;
    }
    if (!store.remove_article(id, true, options.reason, clock->now())) {
        complain(
            fmt::format("no article '{}': name its id, the last part of its address on the "
                        "mirror, or its address at the publisher",
                        options.article));
        return kBadUsage;
    }
    TerminalProgress progress;
    RunOptions stages;
    stages.update = false;
    const RunSummary summary = run_stages(*session, stages, store, *clock, *log, progress);
    fmt::print("withdrew   {}\n{}", id, to_text(summary, common.verbose));
    fmt::print("Copies that others made, and the history of Git targets, still have it.\n");
    return summary.has_failures() ? kSomeFailed : kDone;
}

}  // namespace heliograph::cli
