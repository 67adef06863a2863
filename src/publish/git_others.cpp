// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/git_others.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// Commits that are fetched to find the last one of ours, when we have no record.
constexpr int kCommitsToSearch = 100;
// Paths named in a refusal.
constexpr std::size_t kMostNamed = 5;

Result<std::vector<TreeChange>> changes_between(const GitProgram& git, const std::string& from,
                                                const std::string& to) {
    const auto output = git.read({"diff-tree", "-r", "-z", "--no-renames", from, to});
    if (!output) return std::unexpected(output.error());
    return parse_tree_changes(*output);
}

bool has_commit(const GitProgram& git, const std::string& commit) {
    if (commit.empty()) return false;
    const auto known = git.run({"cat-file", "-e", commit + "^{tree}"}, kGitAskTimeout);
    return known && known->status == 0;
}

// Whether the file of ours has just these bytes.
bool is_same_as_ours(const GitProgram& git, const fs::path& file, const std::string& blob) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return false;
    const auto id =
        git.read_line({"hash-object", "--no-filters", "--", fs::absolute(file).string()});
    return id && *id == blob;
}

}  // namespace

Result<std::vector<TreeChange>> parse_tree_changes(std::string_view output) {
    // ":100644 100644 <id> <id> M" NUL path NUL, again and again.
    std::vector<TreeChange> out;
    while (!output.empty()) {
        const std::size_t head_end = output.find('\0');
        const std::size_t path_end =
            head_end == std::string_view::npos ? head_end : output.find('\0', head_end + 1);
        const std::string_view head = output.substr(0, head_end);
        // The id of what is there now is the fourth field.
        std::size_t place = 0;
        for (int field = 0; field < 3 && place != std::string_view::npos; ++field)
            place = head.find(' ', place + (field > 0 ? 1 : 0));
        const std::size_t end = place == std::string_view::npos ? place : head.find(' ', place + 1);
        if (path_end == std::string_view::npos || !head.starts_with(':') ||
            end == std::string_view::npos)
            return fail(ErrorCode::kMalformed, "cannot read what git says of two trees");
        out.push_back({.path = std::string(output.substr(head_end + 1, path_end - head_end - 1)),
                       .blob = std::string(head.substr(place + 1, end - place - 1))});
        output.remove_prefix(path_end + 1);
    }
    return out;
}

Result<Remains> remains_of_ours(const GitProgram& git, const std::string& branch_ref,
                                const std::string& current, const std::string& known,
                                const Ours& ours) {
    std::vector<std::string> fetch{"fetch", "--quiet", "--no-tags"};
    const bool knows_ours = has_commit(git, known);
    if (!knows_ours) fetch.push_back(fmt::format("--depth={}", kCommitsToSearch));
    fetch.insert(fetch.end(), {"--", git.remote(), branch_ref});
    const auto fetched = git.talk(std::move(fetch), kGitMoveTimeout, "fetch from");
    if (!fetched) return std::unexpected(fetched.error());

    // The newest commit that a Heliograph made took account of all before it.
    const auto newest = git.read_line({"log", "-1", "--first-parent", "--format=%H",
                                       fmt::format("--committer=<{}>", kCommitterMail), current});
    if (!newest) return std::unexpected(newest.error());
    // Without one, everything there is somebody else's: the difference from the empty tree.
    std::string before = *newest;
    if (before.empty()) {
        const auto empty = git.read_line({"hash-object", "-t", "tree", "/dev/null"});
        if (!empty) return std::unexpected(empty.error());
        before = *empty;
    }
    const auto others = changes_between(git, before, current);
    if (!others) return std::unexpected(others.error());
    std::vector<std::string> named;
    std::size_t conflicts = 0;
    for (const TreeChange& change : *others) {
        // Nothing of theirs is lost where they only took away what is ours.
        const bool is_gone = change.blob.find_first_not_of('0') == std::string::npos;
        if (is_gone || !ours.has(change.path) ||
            is_same_as_ours(git, ours.tree / change.path, change.blob))
            continue;
        ++conflicts;
        if (named.size() < kMostNamed) named.push_back(change.path);
    }
    if (conflicts > 0 && ours.others == OthersChanges::kRefuse)
        return fail(ErrorCode::kRefused,
                    fmt::format("others changed {} files of this mirror at '{}' ({}{}): take their "
                                "changes back there, or put ours in their place with 'publish "
                                "--replace-others'; theirs stay in the history",
                                conflicts, git.remote(), fmt::join(named, ", "),
                                conflicts > named.size() ? ", ..." : ""));
    if (!knows_ours) return Remains{.is_unknown = true, .differs = {}};
    const auto changes = changes_between(git, known, current);
    if (!changes) return std::unexpected(changes.error());
    Remains remains;
    for (const TreeChange& change : *changes)
        if (ours.has(change.path)) remains.differs.insert(change.path);
    return remains;
}

}  // namespace heliograph::publish
