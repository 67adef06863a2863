// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string_view>
#include <tuple>

#include "publish/publisher.h"

namespace heliograph::publish {
namespace {

// The order in which readers must see new files, so that no page ever links to what is not there
// yet: what is linked to comes before what links to it.
enum class Rank { kContent, kLists, kHome, kRemoval };

Rank rank_of(const Change& change) {
    if (change.kind == ChangeKind::kRemove) return Rank::kRemoval;
    const std::string_view path = change.path;
    if (path.find('/') == std::string_view::npos) return Rank::kHome;
    if (path.starts_with("articles/") || path.starts_with("media/")) return Rank::kContent;
    return Rank::kLists;
}

}  // namespace

Plan make_plan(const Manifest& built, const Manifest& published) {
    std::vector<Change> differences;
    for (const auto& [path, digest] : built) {
        const auto before = published.find(path);
        if (before != published.end() && before->second == digest) continue;
        differences.push_back(
            {.path = path,
             .kind = before == published.end() ? ChangeKind::kAdd : ChangeKind::kChange,
             .digest = digest});
    }
    for (const auto& [path, digest] : published)
        if (!built.contains(path))
            differences.push_back({.path = path, .kind = ChangeKind::kRemove, .digest = {}});
    return make_plan(std::move(differences));
}

Plan make_plan(std::vector<Change> differences) {
    Plan plan{.changes = std::move(differences), .bytes = 0};
    for (const Change& change : plan.changes) plan.bytes += change.digest.size;
    // Pictures ("media/") after articles by name, but before them for readers.
    std::ranges::stable_sort(plan.changes, {}, [](const Change& change) {
        return std::tuple(rank_of(change), !change.path.starts_with("media/"));
    });
    return plan;
}

}  // namespace heliograph::publish
