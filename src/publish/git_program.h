// SPDX-License-Identifier: GPL-3.0-or-later
// The git program at work in a bare repository of ours, for one remote.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"
#include "base/result.h"

namespace heliograph::publish {

// Names who commits; readers of the history see no operator's name or machine.
inline constexpr std::string_view kCommitterName = "Heliograph";
inline constexpr std::string_view kCommitterMail = "heliograph@localhost";

// To ask a remote for one ref; a host that does not answer is tried again.
inline constexpr std::chrono::seconds kGitAskTimeout = std::chrono::minutes{2};
// To move a first mirror of some gigabytes over a slow line.
inline constexpr std::chrono::seconds kGitMoveTimeout = std::chrono::hours{2};

// Not to be shared between threads.
class GitProgram {
  public:
    // Relative remotes start at `directory`.
    GitProgram(std::filesystem::path repository, std::filesystem::path directory,
               std::string remote);

    [[nodiscard]] const std::filesystem::path& repository() const { return repository_; }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    [[nodiscard]] const std::string& remote() const { return remote_; }

    // Runs git on the repository. Errors: kNotFound without git, kTimedOut.
    [[nodiscard]] Result<ProcessOutcome> run(std::vector<std::string> arguments,
                                             std::chrono::seconds timeout,
                                             std::function<std::string()> input = {}) const;
    // The same where a remote takes part ("push to"), whose refusal becomes an error with how to
    // mend it: kUnreachable when trying again may help, kRefused when not.
    [[nodiscard]] Result<ProcessOutcome> talk(std::vector<std::string> arguments,
                                              std::chrono::seconds timeout,
                                              std::string_view what) const;
    // Why a command failed that only our own repository took part in, and how to mend it: `what`
    // ("make the commit") could not be done. kUnreachable when trying again may help, else
    // kRefused.
    [[nodiscard]] Error own_failure(std::string_view what, const ProcessOutcome& outcome) const;
    // What it prints, of a command that must succeed. Error: as own_failure().
    [[nodiscard]] Result<std::string> read(std::vector<std::string> arguments) const;
    // The same without the line end.
    [[nodiscard]] Result<std::string> read_line(std::vector<std::string> arguments) const;

  private:
    std::filesystem::path repository_;
    std::filesystem::path directory_;
    std::string remote_;
};

// The commit of the ref of just that name in what `git ls-remote` prints; empty when it is not
// among them: a pattern of ls-remote also finds refs that end in it. Error: kMalformed.
[[nodiscard]] Result<std::string> parse_remote_commit(std::string_view output,
                                                      std::string_view ref);

}  // namespace heliograph::publish
