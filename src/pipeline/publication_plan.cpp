// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/publication_plan.h"

#include <fmt/format.h>
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace heliograph::pipeline {
namespace {

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

// Every file again, and whatever we once put there and is no longer part of the mirror.
publish::Plan plan_of_all(const Target& target, store::Store& store, bool is_new) {
    Manifest built;
    for (const auto& [path, file] : store.built(target.name))
        built.emplace_hint(built.end(), path, file.digest);
    Manifest there = is_new ? Manifest{} : store.published(target.name);
    for (auto& [path, digest] : there) digest = {};  // differs from whatever was built
    return publish::make_plan(built, there);
}

// What changed, and those of our files that others changed or removed.
publish::Plan plan_of_changes(const Target& target, store::Store& store,
                              const std::set<std::string>& differs) {
    std::vector<Change> changes = store.unpublished(target.name);
    std::set<std::string> known;
    for (const Change& change : changes) known.insert(change.path);
    for (const std::string& path : differs) {
        if (known.contains(path)) continue;
        if (const auto file = store.built_file(target.name, path))
            changes.push_back({.path = path, .kind = ChangeKind::kChange, .digest = file->digest});
    }
    return publish::make_plan(std::move(changes));
}

}  // namespace

Result<Task> make_task(const Target& target, const Workspace& workspace, SharedStore& shared,
                       const PublishOptions& options, const Clock& clock,
                       publish::Publisher& publisher) {
    const bool is_built =
        shared.with([&](store::Store& store) { return store.built_count(target.name) > 0; });
    if (!is_built)
        return fail(ErrorCode::kNotFound,
                    "nothing is built for it yet: run 'heliograph build' first");
    auto current = publisher.current();
    if (!current) return std::unexpected(std::move(current).error());
    const std::string known = shared.with([&](store::Store& store) {
        repair(target.name, *current, store, clock);
        return store.target(target.name).marker;
    });
    Task task{.current = *std::move(current), .plan = {}, .is_new = false};
    task.is_new = task.current.empty();
    publish::Remains remains;
    if (task.is_new) {
        remains.is_unknown = true;
    } else if (task.current != known) {
        auto found =
            publisher.remains(task.current, known,
                              {.has =
                                   [&](const std::string& path) {
                                       return shared.with([&](store::Store& store) {
                                           return store.built_file(target.name, path).has_value() ||
                                                  store.is_published(target.name, path);
                                       });
                                   },
                               .tree = workspace.tree(target),
                               .others = options.others});
        if (!found) return std::unexpected(std::move(found).error());
        remains = *std::move(found);
    }
    task.plan = shared.with([&](store::Store& store) {
        return remains.is_unknown ? plan_of_all(target, store, task.is_new)
                                  : plan_of_changes(target, store, remains.differs);
    });
    return task;
}

publish::Plan plan_from_record(const Target& target, SharedStore& shared) {
    return shared.with(
        [&](store::Store& store) { return publish::make_plan(store.unpublished(target.name)); });
}

Result<void> check_parts(const Target& target, SharedStore& shared) {
    for (const Part& part : target.parts) {
        const bool is_there = shared.with([&](store::Store& store) {
            return store.built_count(part.target) > 0 && store.unpublished(part.target).empty();
        });
        if (!is_there)
            return fail(ErrorCode::kRefused,
                        fmt::format("its pages would lead to those of '{0}', which are not all "
                                    "there yet: run 'heliograph run --once --target {0}' and see "
                                    "why",
                                    part.target));
    }
    return {};
}

Result<void> check_removals(const Config& config, const Target& target, SharedStore& shared,
                            const PublishOptions& options, const publish::Plan& plan) {
    // What went over into a part is not lost.
    const auto is_lost = [&](store::Store& store, const Change& change) {
        return change.kind == ChangeKind::kRemove &&
               std::ranges::none_of(target.parts, [&](const Part& part) {
                   return store.is_published(part.target, change.path);
               });
    };
    const auto removed = shared.with([&](store::Store& store) {
        return static_cast<std::size_t>(std::ranges::count_if(
            plan.changes, [&](const Change& change) { return is_lost(store, change); }));
    });
    const Publishing& limits = config.publishing;
    if (options.allow_removals || removed <= static_cast<std::size_t>(limits.most_removed_files))
        return {};
    const std::size_t there =
        shared.with([&](store::Store& store) { return store.published_count(target.name); });
    if (removed * 100 <= there * static_cast<std::size_t>(limits.most_removed_percent)) return {};
    return fail(
        ErrorCode::kRefused,
        fmt::format(
            "it would remove {} of {} files, more than {} files and {} % (most_removed_files "
            "and most_removed_percent of [publish]): look at 'heliograph plan --target {} "
            "--verbose', and if that is right, run 'heliograph publish --target {} "
            "--allow-removals'",
            removed, there, limits.most_removed_files, limits.most_removed_percent, target.name,
            target.name));
}

}  // namespace heliograph::pipeline
