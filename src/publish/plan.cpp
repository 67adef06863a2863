// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>

#include "publish/publisher.h"

namespace heliograph::publish {
namespace {

// Folders of pages that link to articles and that no article links to. The rest below folders is
// content, wherever the target's pattern puts its articles.
// "go" belongs to them: its pages lead on, and may change as soon as a list does.
constexpr std::string_view kListFolders[] = {"all",    "go",       "hot",      "manifest",
                                             "months", "sections", "sitemaps", "tags"};

}  // namespace

Rank rank_of(const Change& change) {
    if (change.kind == ChangeKind::kRemove) return Rank::kRemoval;
    const std::string_view path = change.path;
    if (path == "edition.json" || path == "edition.json.minisig") return Rank::kEdition;
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return Rank::kHome;
    return std::ranges::find(kListFolders, path.substr(0, slash)) == std::end(kListFolders)
               ? Rank::kContent
               : Rank::kLists;
}

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
