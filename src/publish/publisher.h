// SPDX-License-Identifier: GPL-3.0-or-later
// Bringing a built mirror to a host: first a plan, which is a pure difference, then apply it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "model/config.h"
#include "model/file.h"

namespace heliograph::publish {

struct Plan {
    // In the order readers must see them: pictures and articles, then lists, then home; removals
    // last.
    std::vector<Change> changes;
    std::uint64_t bytes = 0;  // of what is added or changed

    [[nodiscard]] bool empty() const { return changes.empty(); }
};

// The order in which readers must see new files, so that no page ever links to what is not there
// yet: what is linked to comes before what links to it, and last what vouches for all of it.
enum class Rank : std::uint8_t { kContent, kLists, kHome, kEdition, kRemoval };
[[nodiscard]] Rank rank_of(const Change& change);

[[nodiscard]] Plan make_plan(const Manifest& built, const Manifest& published);
// The same from the differences, each path once.
[[nodiscard]] Plan make_plan(std::vector<Change> differences);

// What to do with files of ours that others changed at the target.
enum class OthersChanges : std::uint8_t { kRefuse, kReplace };

// What others left of our files at a target that changed since our last publication.
struct Remains {
    bool is_unknown = false;        // nothing can be told: every file is to be sent again
    std::set<std::string> differs;  // these of our files are to be sent again
};

struct Ours {
    std::function<bool(const std::string& path)> has;  // whether we publish a file of that path
    std::filesystem::path tree;                        // where its bytes are, by path
    OthersChanges others = OthersChanges::kRefuse;
};

// What the host asks of a publisher; 0 stands for no bound.
struct HostBudget {
    std::uint64_t repository_bytes = 0;  // from which a Git history begins anew
    std::uint64_t push_bytes = 0;        // of one push
    int pushes_per_minute = 0;
};

// One target. The caller keeps what was published last (a manifest and a marker) and records the
// marker of `prepare` before it calls `commit`, so that after a crash `current` tells which of the
// two the target holds. Not to be shared between threads.
//
// Our own disk's failures throw SystemError; what the remote does is an Error.
class Publisher {
  public:
    virtual ~Publisher() = default;

    // Names the state the target is in now: for git the commit of the branch at the remote, for a
    // directory what the last whole publication left there. Empty when there is nothing of ours
    // yet (no branch, no directory, one that we never finished).
    // Errors here and below: kUnreachable and kTimedOut when trying again may help, others when
    // it cannot.
    [[nodiscard]] virtual Result<std::string> current() = 0;

    // Called when current() is not `known`, the marker of our last publication (empty: we know of
    // none). Errors: kRefused when others changed files of ours and `ours` says to leave them, with
    // how to mend it.
    [[nodiscard]] virtual Result<Remains> remains(const std::string& /*current*/,
                                                  const std::string& /*known*/,
                                                  const Ours& /*ours*/) {
        return Remains{.is_unknown = true, .differs = {}};
    }

    // What the target stores, history included, as far as we know; 0 when we do not.
    [[nodiscard]] virtual std::uint64_t stored_bytes() const { return 0; }

    // Gets the changes ready without showing them to readers; files are read from `tree`/path.
    // `base` is what current() returned. Returns the marker the target will have after commit().
    [[nodiscard]] virtual Result<std::string> prepare(const Plan& plan,
                                                      const std::filesystem::path& tree,
                                                      const std::string& base,
                                                      const std::string& message) = 0;

    // Shows it to readers. On an error the target is as it was, or commit() may be called again.
    [[nodiscard]] virtual Result<void> commit() = 0;

    // When there is nothing to publish: does what was left for later, if its time has come. `tree`
    // holds what was built.
    [[nodiscard]] virtual Result<void> tidy(const std::filesystem::path& /*tree*/) { return {}; }
};

// `work` is a folder of the target's own for what must last between runs (the local repository).
// Relative paths of the target are taken from `config_directory`.
[[nodiscard]] std::unique_ptr<Publisher> open_publisher(
    const Target& target, const std::filesystem::path& work,
    const std::filesystem::path& config_directory, const HostBudget& budget, const Clock& clock,
    Log& log);

}  // namespace heliograph::publish
