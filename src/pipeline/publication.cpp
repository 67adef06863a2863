// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/publication.h"

#include <fmt/format.h>
#include <algorithm>
#include <exception>
#include <iterator>
#include <string>
#include <thread>
#include <utility>

#include "pipeline/build.h"
#include "pipeline/limits.h"
#include "pipeline/publication_plan.h"
#include "pipeline/read_back.h"
#include "pipeline/reason.h"
#include "pipeline/shared_store.h"

namespace heliograph::pipeline {
namespace {

// What the threads of all targets are given.
struct Context {
    const Config& config;
    const Workspace& workspace;
    SharedStore& store;
    const PublishOptions& options;
    const Clock& clock;
    Log& log;

    [[nodiscard]] const Host* host_of(const Target& target) const {
        return publish::host_of(target, config.hosts);
    }
    [[nodiscard]] std::unique_ptr<publish::Publisher> open(const Target& target) const {
        return publish::open_publisher(target, workspace.work(target), workspace.config_directory,
                                       budget_of(target, host_of(target)), clock, log);
    }
};

Result<void> publish_once(const Context& context, const Target& target, PublicationReport& report) {
    const auto publisher = context.open(target);
    auto task = make_task(target, context.workspace, context.store, context.options, context.clock,
                          *publisher);
    if (!task) return std::unexpected(std::move(task).error());
    if (task->plan.empty()) {
        context.store.with(
            [&](store::Store& store) { store.move_marker(target.name, task->current); });
        return publisher->tidy(context.workspace.tree(target));
    }
    if (auto parts = check_parts(target, context.store); !parts) return parts;
    if (auto few =
            check_removals(context.config, target, context.store, context.options, task->plan);
        !few)
        return few;
    if (auto room = check_host(target, context.host_of(target), context.store, *publisher); !room)
        return room;
    const std::string message = context.store.with([&](store::Store& store) {
        return commit_message(Reasons(context.config, target, store), task->plan.changes);
    });
    auto next =
        publisher->prepare(task->plan, context.workspace.tree(target), task->current, message);
    if (!next) return std::unexpected(std::move(next).error());
    context.store.with([&](store::Store& store) {
        store.transaction([&] {
            if (task->is_new) store.forget_published(target.name);
            store.begin_publication(target.name, *next, task->plan.changes);
        });
    });
    if (auto done = publisher->commit(); !done) return done;
    context.store.with([&](store::Store& store) {
        store.transaction([&] { store.settle_publication(target.name, context.clock.now()); });
    });
    for (const Change& change : task->plan.changes) {
        ++(change.kind == ChangeKind::kAdd      ? report.added
           : change.kind == ChangeKind::kChange ? report.changed
                                                : report.removed);
    }
    report.bytes = task->plan.bytes;
    report.read_back =
        read_back(context.config.fetch, target, task->plan.changes, context.clock, context.log);
    return {};
}

// Whether the same try may succeed in a moment.
bool may_pass(const Error& error) {
    return error.code == ErrorCode::kUnreachable || error.code == ErrorCode::kTimedOut;
}

PublicationReport publish_target(const Context& context, const Target& target) {
    PublicationReport report;
    report.target = target.name;
    auto pause = context.options.first_pause;
    while (true) {
        ++report.tries;
        const auto done = publish_once(context, target, report);
        if (done) return report;
        report.failure = done.error().message;
        if (!may_pass(done.error()) || report.tries >= context.config.publishing.tries)
            return report;
        context.log.info(fmt::format("target '{}', try {}: {}", target.name, report.tries,
                                     std::exchange(report.failure, {})));
        if (context.options.pause) {
            context.options.pause(pause);
        } else {
            std::this_thread::sleep_for(pause);
        }
        pause *= 2;
    }
}

PlanReport plan_target(const Context& context, const Target& target) {
    PlanReport report;
    report.target = target.name;
    const auto publisher = context.open(target);
    auto task = make_task(target, context.workspace, context.store, context.options, context.clock,
                          *publisher);
    publish::Plan plan;
    if (task) {
        plan = std::move(task->plan);
        if (auto few = check_removals(context.config, target, context.store, context.options, plan);
            !few)
            report.failure = few.error().message;
    } else if (may_pass(task.error())) {
        report.notes.push_back(task.error().message + "; planned from what we published there");
        plan = plan_from_record(target, context.store);
    } else {
        report.failure = task.error().message;
        return report;
    }
    report.bytes = plan.bytes;
    const Host* host = context.host_of(target);
    if (report.failure.empty())
        if (auto room = check_host(target, host, context.store, *publisher); !room)
            report.failure = room.error().message;
    std::ranges::move(limit_notes(target, host, context.store, *publisher),
                      std::back_inserter(report.notes));
    if (context.options.months > 0)
        report.forecast = forecast(target, host, context.store, *publisher, context.clock.now(),
                                   context.options.months);
    context.store.with([&](store::Store& store) {
        const Reasons reasons(context.config, target, store);
        for (Change& change : plan.changes) {
            std::string reason = reasons.of(change).text;
            report.changes.push_back({std::move(change), std::move(reason)});
        }
        const auto unbuilt = what_is_unbuilt(context.config, target, context.workspace, store);
        if (!unbuilt) {
            report.notes.push_back("the next build will fail: " + unbuilt.error().message);
        } else if (!unbuilt->empty()) {
            report.notes.push_back(*unbuilt + ": 'heliograph build' first makes them part of this");
        }
    });
    return report;
}

// Runs `work` for each target on a thread of its own, and gives back the reports in order.
template <typename Report, typename Work>
std::vector<Report> on_threads(std::span<const Target* const> targets, Work work) {
    std::vector<Report> reports(targets.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        threads.emplace_back([&work, &report = reports[i], &target = *targets[i]] {
            // Our own machine's failure, such as a full disk under this target's folder, is this
            // target's alone; and nothing may leave a thread.
            try {
                report = work(target);
            } catch (const std::exception& error) {
                report = {};
                report.target = target.name;
                report.failure = error.what();
            }
        });
    }
    threads.clear();  // waits for each
    return reports;
}

}  // namespace

std::vector<PublicationReport> publish_targets(const Config& config,
                                               std::span<const Target* const> targets,
                                               const Workspace& workspace, store::Store& store,
                                               const PublishOptions& options, const Clock& clock,
                                               Log& log) {
    SharedStore shared(store);
    const Context context{config, workspace, shared, options, clock, log};
    // Parts first: the pages of their wholes lead to theirs.
    std::vector<PublicationReport> reports(targets.size());
    for (const bool are_parts : {true, false}) {
        std::vector<const Target*> now;
        for (const Target* target : targets)
            if (target->part_of.empty() != are_parts) now.push_back(target);
        auto done = on_threads<PublicationReport>(
            now, [&](const Target& target) { return publish_target(context, target); });
        for (PublicationReport& report : done) {
            const auto place = std::ranges::find(targets, report.target, &Target::name);
            reports[static_cast<std::size_t>(place - targets.begin())] = std::move(report);
        }
    }
    store.transaction([&] {
        for (const PublicationReport& report : reports) {
            store.note_outcome(report.target, report.failure);
            if (report.read_back)
                remember_read_back(store, report.target, *report.read_back, clock.now());
        }
    });
    return reports;
}

std::vector<PlanReport> plan_targets(const Config& config, std::span<const Target* const> targets,
                                     const Workspace& workspace, store::Store& store,
                                     const PublishOptions& options, const Clock& clock, Log& log) {
    SharedStore shared(store);
    const Context context{config, workspace, shared, options, clock, log};
    return on_threads<PlanReport>(
        targets, [&](const Target& target) { return plan_target(context, target); });
}

}  // namespace heliograph::pipeline
