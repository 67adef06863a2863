// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/git_program.h"

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace heliograph::publish {
namespace {

// Of a refusal, in our own message.
constexpr std::size_t kMaxQuotedCodePoints = 600;

// What git complains of: whether trying again may help, and how to mend it. The mend is empty when
// its own words are all we know.
struct Complaint {
    std::string_view sign;
    ErrorCode code = ErrorCode::kUnreachable;
    std::string_view mend;
};

// Of limits that we did not know of: they are held against a publication before it begins only when
// a file of hosts has them.
constexpr std::string_view kPushTooLarge =
    "the host takes less at once: keep less with [retention], or move to another host with "
    "'heliograph target move'; with a line of = \"push\" for it in the file of [publish] hosts, "
    "this is told before anything is sent";
constexpr std::string_view kFileTooLarge =
    "make that file smaller, for a picture with [pictures], or move to another host with "
    "'heliograph target move'; with a line of = \"file\" for it in the file of [publish] hosts, "
    "this is told before anything is sent";

Complaint complaint_of(std::string_view reason) {
    constexpr auto kRefused = ErrorCode::kRefused;
    constexpr auto kUnreachable = ErrorCode::kUnreachable;
    // The first that fits counts.
    static constexpr Complaint kKnown[] = {
        {"No space left on device", kUnreachable,
         "make room on that disk; the next run tries again"},
        {"unable to create temporary file", kRefused, "give this account the right to write there"},
        {"unable to create temporary object directory", kRefused,
         "give this account the right to write there, or mount its disk for writing"},
        {"Disk quota exceeded", kRefused, "make room there, or have the quota raised"},
        {"Read-only file system", kRefused, "mount its disk for writing, or correct 'remote'"},
        {"cannot run ssh", kRefused, "install ssh (openssh-client), or use an address over HTTPS"},
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
        {"exceeds maximum allowed size", kRefused, kPushTooLarge},
        {"file size limit", kRefused, kFileTooLarge},
        {"larger than the recommended maximum", kRefused, kFileTooLarge},
        {"hook declined", kRefused, ""},
        {"Failed to connect", kUnreachable, "if that lasts, look at 'remote'"},
        {"Connection refused", kUnreachable, "if that lasts, look at 'remote'"},
        {"Could not resolve", kUnreachable, "look at this machine's network and the host's name"},
    };
    for (const Complaint& known : kKnown)
        if (reason.find(known.sign) != std::string_view::npos) return known;
    return {};
}

// The same of a repository of our own, where no host takes part.
Complaint own_complaint_of(std::string_view reason) {
    static constexpr Complaint kKnown[] = {
        {"No space left on device", ErrorCode::kUnreachable,
         "make room on that disk; the next run tries again"},
        {"Disk quota exceeded", ErrorCode::kRefused, "make room there, or have the quota raised"},
        {"Read-only file system", ErrorCode::kRefused, "mount its disk for writing"},
        {"Permission denied", ErrorCode::kRefused, "give this account the right to write there"},
        {"unable to create temporary", ErrorCode::kRefused,
         "give this account the right to write there"},
    };
    for (const Complaint& known : kKnown)
        if (reason.find(known.sign) != std::string_view::npos) return known;
    return {"", ErrorCode::kRefused, "it is only a copy: if this lasts, remove that folder"};
}

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

// What to do comes before git's own words, which may be long.
Error error_of(std::string_view what, const Complaint& complaint, const std::string& reason) {
    return {complaint.code, complaint.mend.empty() ? fmt::format("{}: {}", what, reason)
                                                   : fmt::format("{}: {} (git says: {})", what,
                                                                 complaint.mend, reason)};
}

}  // namespace

Result<std::string> parse_remote_commit(std::string_view output, std::string_view ref) {
    // Lines of "<id> TAB <ref>"; an id is SHA-1 or SHA-256 in hexadecimal digits.
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const std::string_view line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        const std::size_t tab = line.find('\t');
        const std::string_view id = line.substr(0, tab);
        const bool is_id = (id.size() == 40 || id.size() == 64) &&
                           id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
        if (tab == std::string_view::npos || !is_id)
            return fail(ErrorCode::kMalformed, "cannot read what git says of the remote's refs");
        if (line.substr(tab + 1) == ref) return std::string(id);
    }
    return std::string();
}

GitProgram::GitProgram(std::filesystem::path repository, std::filesystem::path directory,
                       std::string remote)
    : repository_(std::move(repository)),
      directory_(std::move(directory)),
      remote_(std::move(remote)) {}

Result<ProcessOutcome> GitProgram::run(std::vector<std::string> arguments,
                                       std::chrono::seconds timeout,
                                       std::function<std::string()> input) const {
    std::vector<std::string> all{"git", "--git-dir=" + repository_.string()};
    all.insert(all.end(), std::make_move_iterator(arguments.begin()),
               std::make_move_iterator(arguments.end()));
    // Nobody is there to answer a question, and messages are read by complaint_of().
    std::vector<std::pair<std::string, std::string>> environment{{"GIT_TERMINAL_PROMPT", "0"},
                                                                 {"LC_ALL", "C"}};
    if (std::getenv("GIT_SSH_COMMAND") == nullptr && std::getenv("GIT_SSH") == nullptr)
        environment.emplace_back("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
    auto outcome = run_process({.arguments = std::move(all),
                                .directory = directory_,
                                .environment = std::move(environment),
                                .input = std::move(input),
                                .timeout = timeout});
    if (!outcome && outcome.error().code == ErrorCode::kNotFound)
        return fail(ErrorCode::kNotFound,
                    outcome.error().message + "; install git, which Git targets need");
    return outcome;
}

Result<ProcessOutcome> GitProgram::talk(std::vector<std::string> arguments,
                                        std::chrono::seconds timeout, std::string_view what) const {
    auto outcome = run(std::move(arguments), timeout);
    if (!outcome)
        return fail(outcome.error().code,
                    fmt::format("cannot {} '{}': {}", what, remote_, outcome.error().message));
    if (outcome->status == 0) return outcome;
    const std::string reason = reason_of(*outcome);
    return std::unexpected(
        error_of(fmt::format("cannot {} '{}'", what, remote_), complaint_of(reason), reason));
}

Error GitProgram::own_failure(std::string_view what, const ProcessOutcome& outcome) const {
    const std::string reason = reason_of(outcome);
    return error_of(fmt::format("cannot {} in '{}'", what, repository_.string()),
                    own_complaint_of(reason), reason);
}

Result<std::string> GitProgram::read(std::vector<std::string> arguments) const {
    auto outcome = run(std::move(arguments), kGitAskTimeout);
    if (!outcome) return std::unexpected(std::move(outcome).error());
    if (outcome->status != 0) return std::unexpected(own_failure("read what is", *outcome));
    return std::move(outcome->standard_output);
}

Result<std::string> GitProgram::read_line(std::vector<std::string> arguments) const {
    auto output = read(std::move(arguments));
    if (output) *output = std::string(trim(*output));
    return output;
}

}  // namespace heliograph::publish
