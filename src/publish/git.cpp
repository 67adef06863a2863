// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/git.h"

#include <fmt/format.h>
#include <charconv>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"
#include "publish/git_others.h"
#include "publish/git_program.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// Where the next commit lies until it is pushed.
constexpr const char* kNextRef = "refs/heliograph/next";

// A path as fast-import reads it: as it is, or in C's quotes where it would be misread.
std::string quoted_path(const std::string& path) {
    if (!path.starts_with('"') && path.find('\n') == std::string::npos) return path;
    std::string out = "\"";
    for (const char c : path) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out + '"';
}

// The commands of one commit for git fast-import, a file at a time: the whole mirror would not fit
// a small machine's memory.
class ImportStream {
  public:
    ImportStream(const Plan& plan, fs::path tree, std::string head)
        : plan_(plan), tree_(std::move(tree)), piece_(std::move(head)) {}

    std::string next() {
        if (!piece_.empty()) return std::exchange(piece_, {});
        if (next_ == plan_.changes.size()) return std::exchange(end_, {});
        const Change& change = plan_.changes[next_++];
        if (change.kind == ChangeKind::kRemove)
            return fmt::format("D {}\n", quoted_path(change.path));
        const std::string bytes = read_file(tree_ / change.path);
        return fmt::format("M 100644 inline {}\ndata {}\n", quoted_path(change.path),
                           bytes.size()) +
               bytes + "\n";
    }

  private:
    const Plan& plan_;
    fs::path tree_;
    std::string piece_;
    std::string end_ = "done\n";
    std::size_t next_ = 0;
};

// Kept in the repository's own configuration: its size when its history began, in KiB.
constexpr const char* kSizeAtStart = "heliograph.sizeatstart";
// And of the histories that are kept on archive branches of the same host.
constexpr const char* kSizeOfArchives = "heliograph.sizeofarchives";
// A history that is restarted gains at least this factor over a tree that is large by itself.
constexpr std::uint64_t kLeastGrowthBeforeRestart = 2;
// The time over which a host counts pushes.
constexpr std::chrono::seconds kPushWindow{60};

std::uint64_t number_after(std::string_view text, std::string_view name) {
    const std::size_t place = text.find(name);
    std::uint64_t out = 0;
    if (place != std::string_view::npos)
        std::from_chars(text.data() + place + name.size(), text.data() + text.size(), out);
    return out;
}

class GitRepository final : public Publisher {
  public:
    GitRepository(const Target& target, const fs::path& work, fs::path directory,
                  const HostBudget& budget, const Clock& clock, Log& log)
        : target_(target),
          git_(fs::absolute(work) / "repository.git", std::move(directory), target.remote),
          pushes_(work / "pushes"),
          budget_(budget),
          clock_(clock),
          log_(log) {}

    Result<std::string> current() override {
        if (auto ready = ensure_repository(); !ready)
            return std::unexpected(std::move(ready).error());
        return remote_commit();
    }

    Result<Remains> remains(const std::string& current, const std::string& known,
                            const Ours& ours) override {
        auto found = remains_of_ours(git_, branch_ref(), current, known, ours);
        if (found || !drop_if_damaged()) return found;
        if (auto ready = ensure_repository(); !ready)
            return std::unexpected(std::move(ready).error());
        return remains_of_ours(git_, branch_ref(), current, known, ours);
    }

    std::uint64_t stored_bytes() const override {
        return (size_in_kib() + noted(kSizeOfArchives)) * 1024;
    }

    Result<std::string> prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& message) override {
        auto next = make_commit(plan, tree, base, message);
        if (!next && next.error().code != ErrorCode::kLimit && drop_if_damaged())
            next = make_commit(plan, tree, base, message);
        return next;
    }

    Result<void> commit() override {
        if (next_ == base_) return {};
        if (auto free = await_push(); !free) return free;
        const auto pushed = is_restart_ ? push_restart() : push({next_ + ":" + branch_ref()});
        if (!pushed) {
            // The commit may have arrived all the same: the line broke before the answer, or a push
            // of ours that was killed came to its end at the remote meanwhile.
            if (const auto now = remote_commit(); !now || *now != next_) {
                drop_if_damaged();  // the next run pushes from a new one
                return pushed;
            }
        }
        tidy_up();
        return {};
    }

  private:
    Result<void> push(std::vector<std::string> what) {
        std::vector<std::string> arguments{"push", "--quiet"};
        if (is_restart_)
            arguments.push_back(fmt::format("--force-with-lease={}:{}", branch_ref(), base_));
        arguments.insert(arguments.end(), {"--", target_.remote});
        arguments.insert(arguments.end(), what.begin(), what.end());
        const auto pushed = git_.talk(std::move(arguments), kGitMoveTimeout, "push to");
        if (!pushed) return std::unexpected(pushed.error());
        return {};
    }

    // The branch begins anew; what it was is kept as the operator wants it, and first.
    Result<void> push_restart() {
        const std::string old = fmt::format("{}:refs/heads/{}", base_, archive_name());
        const std::string anew = "+" + next_ + ":" + branch_ref();
        if (target_.old_history == "drop") return push({anew});
        if (target_.old_history == "branch") {
            if (auto kept = push({old}); !kept) return kept;
            return push({anew});
        }
        // Another repository gets all of it, so all of it must be here.
        if (fs::exists(git_.repository() / "shallow")) {
            const auto whole = git_.talk({"fetch", "--quiet", "--unshallow", "--no-tags", "--",
                                          target_.remote, branch_ref()},
                                         kGitMoveTimeout, "fetch from");
            if (!whole) return std::unexpected(whole.error());
        }
        const auto kept = GitProgram(git_.repository(), git_.directory(), target_.old_history)
                              .talk({"push", "--quiet", "--", target_.old_history, old},
                                    kGitMoveTimeout, "keep the old history in");
        if (!kept) return std::unexpected(kept.error());
        return push({anew});
    }

    [[nodiscard]] std::string archive_name() const {
        return fmt::format("archive/{}-{}", format_utc(clock_.now()).substr(0, 10),
                           base_.substr(0, 8));
    }

    // Counts this push. Error: kUnreachable when the host would turn it down for coming too soon.
    Result<void> await_push() {
        if (budget_.pushes_per_minute == 0) return {};
        const auto now = clock_.now().time_since_epoch();
        std::vector<long long> recent;
        const std::string text = read_file_if_exists(pushes_).value_or("");
        const char* place = text.data();
        const char* const end = place + text.size();
        while (place < end) {
            long long second = 0;
            const auto read = std::from_chars(place, end, second);
            if (read.ec == std::errc() && second <= now.count() &&
                std::chrono::seconds{second} + kPushWindow > now)
                recent.push_back(second);
            place = std::max(read.ptr, place) + 1;
        }
        if (recent.size() >= static_cast<std::size_t>(budget_.pushes_per_minute))
            return fail(ErrorCode::kUnreachable,
                        fmt::format("cannot push to '{}' yet: the host takes {} pushes a minute, "
                                    "and so many there were; the next run pushes",
                                    target_.remote, budget_.pushes_per_minute));
        recent.push_back(now.count());
        std::string out;
        for (const long long second : recent) out += fmt::format("{}\n", second);
        write_file_atomically(pushes_, out);
        return {};
    }

    // After a push: loose objects of many small publications become one pack now and then; a
    // history that was cut off goes.
    void tidy_up() {
        if (is_restart_ && target_.old_history == "branch")
            note(kSizeOfArchives, noted(kSizeOfArchives) + size_in_kib());
        std::vector<std::string> arguments{"gc", "--quiet"};
        arguments.emplace_back(is_restart_ ? "--prune=now" : "--auto");
        const auto packed = git_.run(std::move(arguments), kGitMoveTimeout);
        if (!packed || packed->status != 0)
            log_.warning(fmt::format("git gc failed in '{}'", git_.repository().string()));
        if (is_restart_ || base_.empty()) note(kSizeAtStart, size_in_kib());
    }

    // A number of the repository's own configuration; 0 when it is not there.
    [[nodiscard]] std::uint64_t noted(const char* key) const {
        const auto value = git_.run({"config", key}, kGitAskTimeout);
        return value ? number_after(value->standard_output, "") : 0;
    }
    void note(const char* key, std::uint64_t value) const {
        const auto done = git_.run({"config", key, std::to_string(value)}, kGitAskTimeout);
        if (!done || done->status != 0)
            log_.warning(fmt::format("cannot note a size in '{}'", git_.repository().string()));
    }

    // Of our repository, which is about what the host stores: loose objects and packs.
    [[nodiscard]] std::uint64_t size_in_kib() const {
        const auto counted = git_.read({"count-objects", "-v"});
        if (!counted) return 0;
        return number_after(*counted, "\nsize: ") + number_after(*counted, "size-pack: ");
    }

    [[nodiscard]] bool is_history_too_long() const {
        if (budget_.repository_bytes == 0) return false;
        const std::uint64_t size = size_in_kib();
        if (size * 1024 <= budget_.repository_bytes) return false;
        return size >= noted(kSizeAtStart) * kLeastGrowthBeforeRestart;
    }

    // The tree of next_ as the first commit of a new history.
    Result<void> restart_history(const std::string& message) {
        std::string why = "Restart the history: it reached its budget\n\n";
        if (target_.old_history == "branch")
            why += fmt::format("What was before is on the branch {}.\n\n", archive_name());
        const std::string when = fmt::format("{} +0000", clock_.now().time_since_epoch().count());
        const std::string name = fmt::format("{} <{}>", kCommitterName, kCommitterMail);
        std::string commit =
            fmt::format("feature done\ncommit {}\ncommitter {} {}\ndata {}\n{}\n", kNextRef, name,
                        when, why.size() + message.size(), why + message);
        // As a new branch: without "from", it has no parent.
        const auto gone = git_.run({"update-ref", "-d", kNextRef}, kGitAskTimeout);
        if (!gone) return std::unexpected(gone.error());
        const auto tree = git_.read_line({"rev-parse", next_ + "^{tree}"});
        if (!tree) return std::unexpected(tree.error());
        commit += fmt::format("M 040000 {} \ndone\n", *tree);
        auto made = git_.run({"fast-import", "--quiet", "--force"}, kGitMoveTimeout,
                             [&] { return std::exchange(commit, {}); });
        if (!made) return std::unexpected(std::move(made).error());
        if (made->status != 0)
            return std::unexpected(git_.own_failure("restart the history", *made));
        auto root = git_.read_line({"rev-parse", "--verify", "--quiet", kNextRef});
        if (!root) return std::unexpected(std::move(root).error());
        next_ = *root;
        is_restart_ = true;
        return {};
    }

    // Of the branch at the remote; empty when there is none.
    [[nodiscard]] Result<std::string> remote_commit() const {
        const auto answer =
            git_.talk({"ls-remote", "--", target_.remote, branch_ref()}, kGitAskTimeout, "reach");
        if (!answer) return std::unexpected(answer.error());
        return parse_remote_commit(answer->standard_output, branch_ref());
    }

    // The commit with the changes on top of `base`, in our own repository.
    Result<std::string> make_commit(const Plan& plan, const fs::path& tree, const std::string& base,
                                    const std::string& message) {
        base_ = base;
        is_restart_ = false;
        if (auto ready = ensure_repository(); !ready)
            return std::unexpected(std::move(ready).error());
        if (auto here = ensure_commit(base); !here) return std::unexpected(std::move(here).error());
        std::string head =
            fmt::format("feature done\ncommit {}\ncommitter {} <{}> {} +0000\ndata {}\n{}\n",
                        kNextRef, kCommitterName, kCommitterMail,
                        clock_.now().time_since_epoch().count(), message.size(), message);
        if (!base.empty()) head += fmt::format("from {}\n", base);
        const std::uint64_t size_before = budget_.push_bytes > 0 ? size_in_kib() : 0;
        ImportStream stream(plan, tree, std::move(head));
        auto imported = git_.run({"fast-import", "--quiet", "--force"}, kGitMoveTimeout,
                                 [&] { return stream.next(); });
        if (!imported) return std::unexpected(std::move(imported).error());
        if (imported->status != 0)
            return std::unexpected(git_.own_failure("make the commit", *imported));
        auto next = git_.read_line({"rev-parse", "--verify", "--quiet", kNextRef});
        if (!next) return next;
        next_ = *next;
        if (budget_.push_bytes > 0) {
            const std::uint64_t added =
                (size_in_kib() - std::min(size_before, size_in_kib())) * 1024;
            if (added > budget_.push_bytes)
                return fail(ErrorCode::kLimit,
                            fmt::format("cannot push {} bytes to '{}': the host takes {} at once; "
                                        "publish in steps, with a [retention] that grows",
                                        added, target_.remote, budget_.push_bytes));
        }
        if (!base.empty()) {
            // All of it was there already: somebody else's commit, or a record that we lost.
            const auto before = git_.read_line({"rev-parse", base + "^{tree}"});
            const auto after = git_.read_line({"rev-parse", next_ + "^{tree}"});
            if (before && after && *before == *after) {
                next_ = base;
            } else if (is_history_too_long()) {
                if (auto done = restart_history(message); !done)
                    return std::unexpected(std::move(done).error());
            }
        }
        return next_;
    }

    [[nodiscard]] std::string branch_ref() const { return "refs/heads/" + target_.branch; }

    // A git of ours that was killed leaves the locks it held. Only the one program that works on
    // the state folder runs git here, and its gits end with it: whatever lock there is, is
    // nobody's.
    void remove_locks() const {
        std::error_code ignored;
        std::vector<fs::path> locks;
        for (const auto& entry : fs::directory_iterator(git_.repository(), ignored))
            if (entry.path().extension() == ".lock") locks.push_back(entry.path());
        for (const auto& entry :
             fs::recursive_directory_iterator(git_.repository() / "refs", ignored))
            if (entry.path().extension() == ".lock") locks.push_back(entry.path());
        for (const fs::path& lock : locks) fs::remove(lock, ignored);
    }

    // Our own bare repository: only a cache, so a broken one is made anew.
    Result<void> ensure_repository() const {
        if (fs::exists(git_.repository() / "HEAD")) {
            remove_locks();
            const auto sound = git_.run({"rev-parse", "--git-dir"}, kGitAskTimeout);
            if (!sound) return std::unexpected(sound.error());
            if (sound->status == 0) return {};
            log_.warning(fmt::format("the repository '{}' is broken: making it anew",
                                     git_.repository().string()));
        }
        std::error_code ignored;
        fs::remove_all(git_.repository(), ignored);
        make_directories(git_.repository().parent_path());
        const auto made =
            git_.run({"init", "--quiet", "--bare", git_.repository().string()}, kGitAskTimeout);
        if (!made) return std::unexpected(made.error());
        if (made->status != 0) return std::unexpected(git_.own_failure("make a repository", *made));
        return {};
    }

    // Looks through our own repository after something failed, which may take a while. True when it
    // was damaged; it is gone then, and ensure_repository() makes a new one.
    bool drop_if_damaged() const {
        const auto sound = git_.run({"fsck", "--no-dangling", "--no-progress"}, kGitMoveTimeout);
        if (sound && sound->status == 0) return false;
        log_.warning(fmt::format("the repository '{}' is damaged: making it anew",
                                 git_.repository().string()));
        std::error_code ignored;
        fs::remove_all(git_.repository(), ignored);
        return true;
    }

    // Has the remote's commit here, with its tree. One is enough: its history stays where it is.
    Result<void> ensure_commit(const std::string& commit) const {
        if (commit.empty()) return {};
        const auto known = git_.run({"cat-file", "-e", commit + "^{tree}"}, kGitAskTimeout);
        if (!known) return std::unexpected(known.error());
        if (known->status == 0) return {};
        const auto fetched = git_.talk(
            {"fetch", "--quiet", "--no-tags", "--depth=1", "--", target_.remote, branch_ref()},
            kGitMoveTimeout, "fetch from");
        if (!fetched) return std::unexpected(fetched.error());
        return {};
    }

    Target target_;
    GitProgram git_;
    fs::path pushes_;  // when we pushed, in seconds since 1970, a line each
    HostBudget budget_;
    const Clock& clock_;
    Log& log_;
    std::string base_;
    std::string next_;
    bool is_restart_ = false;
};

}  // namespace

std::unique_ptr<Publisher> open_git(const Target& target, const fs::path& work,
                                    const fs::path& config_directory, const HostBudget& budget,
                                    const Clock& clock, Log& log) {
    return std::make_unique<GitRepository>(target, work, config_directory, budget, clock, log);
}

}  // namespace heliograph::publish
