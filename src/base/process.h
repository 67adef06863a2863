// SPDX-License-Identifier: GPL-3.0-or-later
// Runs another program: no shell, bounded output, a time limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace heliograph {

// More than git says in the worst case; what comes beyond is read and dropped.
inline constexpr std::size_t kMaxProcessOutputBytes = std::size_t{64} << 20;

struct ProcessRequest {
    std::vector<std::string> arguments;  // the program's name first, looked up in PATH
    std::filesystem::path directory{};   // empty: ours
    std::vector<std::pair<std::string, std::string>> environment{};  // added to ours
    // Gives its standard input a piece at a time; an empty piece ends it. Null: no input.
    std::function<std::string()> input{};
    std::chrono::seconds timeout{600};
};

struct ProcessOutcome {
    int status = 0;  // exit code; 128 + signal when one ended it
    std::string standard_output;
    std::string standard_error;
};

// Runs it to its end. The program has a process group of its own, which is killed as a whole when
// the time is over, and the program itself when we die.
// Errors: kNotFound when there is no such program, kTimedOut. What `input` throws ends the program
// and is thrown on. Throws SystemError when our machine can start no process.
// May be called from any thread. The whole process ignores SIGPIPE from then on.
[[nodiscard]] Result<ProcessOutcome> run_process(const ProcessRequest& request);

}  // namespace heliograph
