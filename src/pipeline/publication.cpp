// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/publication.h"

#include <fmt/format.h>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publish/publisher.h"
#include "render/renderer.h"

namespace heliograph::pipeline {
namespace {

// "Publish 3 new and 1 changed article", then how many of each section: R57.
std::string commit_message(const Config& config, const Target& target, store::Store& store,
                           const publish::Plan& plan) {
    const auto renderer = render::Renderer::open(config.mirror, target);
    // The sections of the article whose page this is.
    const auto sections_of =
        [&](const std::string& path) -> std::optional<std::vector<std::string>> {
        const std::size_t name = path.rfind('/') + 1;
        const auto article = store.listed(path.substr(name, path.rfind('.') - name));
        if (!article || !renderer || renderer->article_path(*article) != path) return std::nullopt;
        return article->sections;
    };
    std::size_t added = 0;
    std::size_t changed = 0;
    std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
    for (const Change& change : plan.changes) {
        if (change.kind == ChangeKind::kRemove) continue;
        const auto sections = sections_of(change.path);
        if (!sections) continue;
        const bool is_new = change.kind == ChangeKind::kAdd;
        ++(is_new ? added : changed);
        for (const std::string& section : *sections) {
            auto& [of_new, of_changed] = counts[section];
            ++(is_new ? of_new : of_changed);
        }
    }
    if (added + changed == 0) return fmt::format("Publish {} changed files\n", plan.changes.size());
    std::string message =
        added == 0     ? fmt::format("Publish {} changed articles\n\n", changed)
        : changed == 0 ? fmt::format("Publish {} new articles\n\n", added)
                       : fmt::format("Publish {} new and {} changed articles\n\n", added, changed);
    for (const auto& [section, count] : counts) {
        message += fmt::format("{}: {} new, {} changed\n", section, count.first, count.second);
    }
    return message;
}

// After a crash between the two records, what the target holds tells whether the publication that
// was begun took place.
void repair(const std::string& target, const std::string& current, store::Store& store,
            const Clock& clock) {
    const store::TargetState state = store.target(target);
    if (!state.pending_marker) return;
    store.transaction([&] {
        if (!current.empty() && *state.pending_marker == current) {
            store.settle_publication(target, clock.now());
        } else {
            store.drop_publication(target);
        }
    });
}

Result<void> publish(const Config& config, const Target& target, const Workspace& workspace,
                     store::Store& store, const Clock& clock, Log& log, PublicationReport& report) {
    const std::filesystem::path tree = workspace.tree(target);
    Manifest built;
    for (const auto& [path, file] : store.built(target.name))
        built.emplace_hint(built.end(), path, file.digest);
    if (built.empty())
        return fail(ErrorCode::kNotFound,
                    "nothing is built for it yet: run 'heliograph build' first");

    const auto publisher = publish::open_publisher(target, workspace.work(target),
                                                   workspace.config_directory, clock, log);
    auto current = publisher->current();
    if (!current) return std::unexpected(std::move(current).error());
    repair(target.name, *current, store, clock);

    const std::string marker = store.target(target.name).marker;
    const Manifest published = store.published(target.name);
    publish::Plan plan;
    if (*current == marker) {
        plan = publish::make_plan(built, published);
    } else {
        // Somebody else changed or emptied it. Every file of ours is put there again, so that the
        // mirror is whole whatever they did; files that are not ours stay.
        if (!marker.empty()) {
            log.warning(
                fmt::format("target '{}' was changed by others since the last publication: "
                            "publishing all files again",
                            target.name));
        }
        Manifest unknown = current->empty() ? Manifest{} : published;
        for (auto& [path, digest] : unknown) digest = {};  // differs from whatever was built
        plan = publish::make_plan(built, unknown);
    }
    if (plan.empty()) return {};

    for (const Change& change : plan.changes) {
        ++(change.kind == ChangeKind::kAdd      ? report.added
           : change.kind == ChangeKind::kChange ? report.changed
                                                : report.removed);
    }
    report.bytes = plan.bytes;
    auto next =
        publisher->prepare(plan, tree, *current, commit_message(config, target, store, plan));
    if (!next) return std::unexpected(std::move(next).error());
    store.transaction([&] {
        if (current->empty()) store.forget_published(target.name);
        store.begin_publication(target.name, *next, plan.changes);
    });
    if (auto done = publisher->commit(); !done) return std::unexpected(std::move(done).error());
    store.transaction([&] { store.settle_publication(target.name, clock.now()); });
    return {};
}

}  // namespace

PublicationReport publish_target(const Config& config, const Target& target,
                                 const Workspace& workspace, store::Store& store,
                                 const Clock& clock, Log& log) {
    PublicationReport report;
    report.target = target.name;
    if (auto done = publish(config, target, workspace, store, clock, log, report); !done) {
        report.failure = done.error().message;
        report.added = report.changed = report.removed = 0;
        report.bytes = 0;
    }
    return report;
}

}  // namespace heliograph::pipeline
