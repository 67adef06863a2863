// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/update.h"

#include <utility>

#include "pipeline/update_run.h"

namespace heliograph::pipeline {

namespace {

using namespace std::chrono_literals;

// Pages that are here and wait for a processor: enough to keep all of them busy, few enough that
// large ones fit a small server's memory.
constexpr std::size_t kMaxPagesWaiting = 64;
// Of one transaction: long enough that hundreds of pages share what it costs, short enough that a
// crash loses nothing worth mentioning. What is lost stays due.
constexpr auto kTurn = 200ms;

}  // namespace

UpdateReport Update::run() {
    runs_.reserve(config_.sources.size());  // callbacks hold references
    for (const Source& source : config_.sources) {
        const bool is_asked = options_.source.empty() || source.name == options_.source ||
                              source.url == options_.source;
        if (is_asked) runs_.emplace_back().source = &source;
    }
    report_.sources = runs_.size();
    for (SourceRun& run : runs_) ask_source(run);
    work_until_idle();
    pictures_.retry_due();
    work_until_idle();
    report_.idle_rules = rule_watch_.settle();
    report_.redesigns = template_watch_.settle();
    progress_.finish();
    return std::move(report_);
}

void Update::work_until_idle() {
    for (bool is_idle = false; !is_idle;)
        store_.transaction([&] { is_idle = work_until(std::chrono::steady_clock::now() + kTurn); });
}

// Returns whether there is nothing left to do.
bool Update::work_until(std::chrono::steady_clock::time_point end) {
    while (std::chrono::steady_clock::now() < end) {
        workers_.drain();
        start_jobs();
        std::size_t waiting = 0;
        for (const SourceRun& run : runs_) waiting += run.waiting.size();
        progress_.show("articles", jobs_done_, jobs_done_ + jobs_.size() + waiting);
        if (workers_.pending() > kMaxPagesWaiting) {
            // The network is faster than we are: what is on its way waits there.
            workers_.wait(kTurn);
        } else if (fetcher_.active() > 0) {
            // A worker's result waits at most this long for the network's turn to end.
            fetcher_.run(workers_.pending() > 0 ? 5ms : kTurn);
        } else if (workers_.pending() > 0) {
            workers_.wait(kTurn);
        } else if (jobs_.empty() && waiting == 0) {
            return true;
        }
    }
    return false;
}

UpdateReport update(const Config& config, store::Store& store, const Clock& clock, Log& log,
                    Progress& progress, const UpdateOptions& options) {
    return Update(config, store, clock, log, progress, options).run();
}

}  // namespace heliograph::pipeline
