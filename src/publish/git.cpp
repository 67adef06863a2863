// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/git.h"

#include <fmt/format.h>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/process.h"
#include "base/utf8.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

using namespace std::chrono_literals;

// To ask a remote for one ref; a host that does not answer is tried again by the next run.
constexpr std::chrono::seconds kAskTimeout = 2min;
// To move a first mirror of some gigabytes over a slow line.
constexpr std::chrono::seconds kMoveTimeout = 2h;
// Of a refusal, in our own message.
constexpr std::size_t kMaxQuotedCodePoints = 600;

// Names who commits; readers of the history see no operator's name or machine.
constexpr const char* kIdentity = "Heliograph <heliograph@localhost>";
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

// What git said, without its advice on how to use git.
std::string reason_of(const ProcessOutcome& outcome) {
    std::string out;
    std::string_view rest = outcome.standard_error;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.starts_with("hint:") || line.starts_with("To ")) continue;
        if (!out.empty()) out += "; ";
        out += line;
    }
    if (out.empty()) out = fmt::format("git ended with status {}", outcome.status);
    return shorten(to_valid_utf8(out), kMaxQuotedCodePoints);
}

// What git complains of: whether trying again may help, and how to mend it. The mend is empty when
// its own words are all we know.
struct Complaint {
    std::string_view sign;
    ErrorCode code = ErrorCode::kUnreachable;
    std::string_view mend;
};

Complaint complaint_of(std::string_view reason) {
    constexpr auto kRefused = ErrorCode::kRefused;
    constexpr auto kUnreachable = ErrorCode::kUnreachable;
    // The first that fits counts.
    static constexpr Complaint kKnown[] = {
        {"Permission denied", kRefused, "give this machine's SSH key the right to push"},
        {"could not read Username", kRefused,
         "store a credential for this host with git's credential helper"},
        {"Authentication failed", kRefused, "renew the credential that git has for this host"},
        {"The requested URL returned error: 403", kRefused,
         "give this account the right to push; a host that is over its quota answers so too"},
        {"Host key verification failed", kRefused,
         "connect once with ssh to accept the host's key"},
        {"does not appear to be a git repository", kRefused,
         "make the repository, or correct 'remote'"},
        {"not found", kRefused, "make the repository, or correct 'remote'"},
        {"fetch first", kUnreachable, "the branch moved on meanwhile; the next run builds on it"},
        {"non-fast-forward", kUnreachable,
         "the branch moved on meanwhile; the next run builds on it"},
        {"stale info", kUnreachable, "the branch moved on meanwhile; the next run builds on it"},
        {"cannot lock ref", kUnreachable, "another push was under way; the next run builds on it"},
        {"protected branch", kRefused, "allow this account to push to the branch"},
        {"without `workflow` scope", kRefused,
         "give the token the 'workflow' scope, or set sync_job = false for this target"},
        {"hook declined", kRefused, ""},
        {"Could not resolve", kUnreachable, "look at this machine's network and the host's name"},
    };
    for (const Complaint& known : kKnown)
        if (reason.find(known.sign) != std::string_view::npos) return known;
    return {};
}

class GitRepository final : public Publisher {
  public:
    GitRepository(const Target& target, const fs::path& work, fs::path directory,
                  const Clock& clock, Log& log)
        : target_(target),
          repository_(fs::absolute(work) / "repository.git"),
          directory_(std::move(directory)),
          clock_(clock),
          log_(log) {}

    Result<std::string> current() override {
        if (auto ready = ensure_repository(); !ready)
            return std::unexpected(std::move(ready).error());
        return remote_commit();
    }

    Result<std::string> prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& message) override {
        auto next = make_commit(plan, tree, base, message);
        if (!next && drop_if_damaged()) next = make_commit(plan, tree, base, message);
        return next;
    }

    Result<void> commit() override {
        if (next_ == base_) return {};
        const auto pushed = talk(
            {"push", "--quiet", "--", target_.remote, fmt::format("{}:{}", next_, branch_ref())},
            kMoveTimeout, "push to");
        if (!pushed) {
            // The commit may have arrived all the same: the line broke before the answer, or a push
            // of ours that was killed came to its end at the remote meanwhile.
            if (const auto now = remote_commit(); now && *now == next_) return {};
            drop_if_damaged();  // the next run pushes from a new one
            return std::unexpected(pushed.error());
        }
        // Loose objects of many small publications become one pack now and then.
        const auto packed = git({"gc", "--auto", "--quiet"}, kMoveTimeout);
        if (!packed || packed->status != 0)
            log_.warning(fmt::format("git gc failed in '{}'", repository_.string()));
        return {};
    }

  private:
    // Of the branch at the remote; empty when there is none.
    [[nodiscard]] Result<std::string> remote_commit() const {
        const auto answer =
            talk({"ls-remote", "--", target_.remote, branch_ref()}, kAskTimeout, "reach");
        if (!answer) return std::unexpected(answer.error());
        const std::string& line = answer->standard_output;
        return line.substr(0, line.find_first_of("\t\n"));
    }

    // The commit with the changes on top of `base`, in our own repository.
    Result<std::string> make_commit(const Plan& plan, const fs::path& tree, const std::string& base,
                                    const std::string& message) {
        base_ = base;
        if (auto ready = ensure_repository(); !ready)
            return std::unexpected(std::move(ready).error());
        if (auto here = ensure_commit(base); !here) return std::unexpected(std::move(here).error());
        std::string head = fmt::format(
            "feature done\ncommit {}\ncommitter {} {} +0000\ndata {}\n{}\n", kNextRef, kIdentity,
            clock_.now().time_since_epoch().count(), message.size(), message);
        if (!base.empty()) head += fmt::format("from {}\n", base);
        ImportStream stream(plan, tree, std::move(head));
        auto imported =
            git({"fast-import", "--quiet", "--force"}, kMoveTimeout, [&] { return stream.next(); });
        if (!imported) return std::unexpected(std::move(imported).error());
        if (imported->status != 0)
            return fail(ErrorCode::kRefused, fmt::format("cannot make the commit for '{}': {}",
                                                         target_.remote, reason_of(*imported)));
        auto next = read_line({"rev-parse", "--verify", "--quiet", kNextRef});
        if (!next) return next;
        next_ = *next;
        if (!base.empty()) {
            // All of it was there already: somebody else's commit, or a record that we lost.
            const auto before = read_line({"rev-parse", base + "^{tree}"});
            const auto after = read_line({"rev-parse", next_ + "^{tree}"});
            if (before && after && *before == *after) next_ = base;
        }
        return next_;
    }

    [[nodiscard]] std::string branch_ref() const { return "refs/heads/" + target_.branch; }

    // Runs git on our own repository. Errors: kNotFound without git, kTimedOut.
    Result<ProcessOutcome> git(std::vector<std::string> arguments, std::chrono::seconds timeout,
                               std::function<std::string()> input = {}) const {
        std::vector<std::string> all{"git", "--git-dir=" + repository_.string()};
        all.insert(all.end(), std::make_move_iterator(arguments.begin()),
                   std::make_move_iterator(arguments.end()));
        // Nobody is there to answer a question, and messages are read by complaint_of().
        std::vector<std::pair<std::string, std::string>> environment{{"GIT_TERMINAL_PROMPT", "0"},
                                                                     {"LC_ALL", "C"}};
        if (std::getenv("GIT_SSH_COMMAND") == nullptr && std::getenv("GIT_SSH") == nullptr)
            environment.emplace_back("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        return run_process({.arguments = std::move(all),
                            .directory = directory_,
                            .environment = std::move(environment),
                            .input = std::move(input),
                            .timeout = timeout});
    }

    // The same where the remote takes part: its refusal becomes an error.
    Result<ProcessOutcome> talk(std::vector<std::string> arguments, std::chrono::seconds timeout,
                                std::string_view what) const {
        auto outcome = git(std::move(arguments), timeout);
        if (!outcome)
            return fail(outcome.error().code, fmt::format("cannot {} '{}': {}", what,
                                                          target_.remote, outcome.error().message));
        if (outcome->status == 0) return outcome;
        std::string message =
            fmt::format("cannot {} '{}': {}", what, target_.remote, reason_of(*outcome));
        const Complaint complaint = complaint_of(message);
        if (!complaint.mend.empty()) message += fmt::format(" ({})", complaint.mend);
        return fail(complaint.code, std::move(message));
    }

    Result<std::string> read_line(std::vector<std::string> arguments) const {
        const auto outcome = git(std::move(arguments), kAskTimeout);
        if (!outcome) return std::unexpected(outcome.error());
        if (outcome->status != 0)
            return fail(
                ErrorCode::kRefused,
                fmt::format("cannot read '{}': {}", repository_.string(), reason_of(*outcome)));
        return std::string(trim(outcome->standard_output));
    }

    // Our own bare repository: only a cache, so a broken one is made anew.
    Result<void> ensure_repository() const {
        if (fs::exists(repository_ / "HEAD")) {
            const auto sound = git({"rev-parse", "--git-dir"}, kAskTimeout);
            if (!sound) return std::unexpected(sound.error());
            if (sound->status == 0) return {};
            log_.warning(
                fmt::format("the repository '{}' is broken: making it anew", repository_.string()));
        }
        std::error_code ignored;
        fs::remove_all(repository_, ignored);
        make_directories(repository_.parent_path());
        const auto made = git({"init", "--quiet", "--bare", repository_.string()}, kAskTimeout);
        if (!made) return std::unexpected(made.error());
        if (made->status != 0)
            return fail(ErrorCode::kRefused, fmt::format("cannot make '{}': {}",
                                                         repository_.string(), reason_of(*made)));
        return {};
    }

    // Looks through our own repository after something failed, which may take a while. True when it
    // was damaged; it is gone then, and ensure_repository() makes a new one.
    bool drop_if_damaged() const {
        const auto sound = git({"fsck", "--no-dangling", "--no-progress"}, kMoveTimeout);
        if (sound && sound->status == 0) return false;
        log_.warning(
            fmt::format("the repository '{}' is damaged: making it anew", repository_.string()));
        std::error_code ignored;
        fs::remove_all(repository_, ignored);
        return true;
    }

    // Has the remote's commit here, with its tree. One is enough: its history stays where it is.
    Result<void> ensure_commit(const std::string& commit) const {
        if (commit.empty()) return {};
        const auto known = git({"cat-file", "-e", commit + "^{tree}"}, kAskTimeout);
        if (!known) return std::unexpected(known.error());
        if (known->status == 0) return {};
        const auto fetched =
            talk({"fetch", "--quiet", "--no-tags", "--depth=1", "--", target_.remote, branch_ref()},
                 kMoveTimeout, "fetch from");
        if (!fetched) return std::unexpected(fetched.error());
        return {};
    }

    Target target_;
    fs::path repository_;
    fs::path directory_;
    const Clock& clock_;
    Log& log_;
    std::string base_;
    std::string next_;
};

}  // namespace

std::unique_ptr<Publisher> open_git(const Target& target, const fs::path& work,
                                    const fs::path& config_directory, const Clock& clock,
                                    Log& log) {
    return std::make_unique<GitRepository>(target, work, config_directory, clock, log);
}

}  // namespace heliograph::publish
