// SPDX-License-Identifier: GPL-3.0-or-later
// An operator in a folder of their own: writes a configuration, runs the program, looks at what
// came of it.
#pragma once

#include <sys/types.h>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace heliograph::test {

struct Outcome {
    int status = -1;  // exit code; 128 + signal when it was killed
    std::string out;
    std::string err;
};

class Operator {
  public:
    Operator();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    // Two targets: "site" (directory, HTML) and "mirror.git" (git, Markdown), made empty here.
    // `sources` is TOML of [[source]] tables; their section is "news".
    void configure(const std::string& sources, const std::string& more = "");

    // Runs the program here with these arguments and waits for its end.
    Outcome run(const std::vector<std::string>& arguments);
    // Starts it; the caller waits. Its output goes to ".stdout" and ".stderr" in the folder.
    pid_t start(const std::vector<std::string>& arguments);

    // Path to bytes, of all files below a folder of the operator's.
    [[nodiscard]] std::map<std::string, std::string> files(const std::string& subfolder) const;
    // What git prints, without the line end; "" when it fails. It works in mirror.git.
    [[nodiscard]] std::string git(const std::vector<std::string>& arguments);
    // The lines of the ledger: address to "fate: reason".
    [[nodiscard]] std::map<std::string, std::string> ledger();

    // The clock of the program, seconds since 1970; its runs see the same moment.
    long long now = 1'795'000'000;

  private:
    TemporaryDirectory folder_;
};

// Runs any program and waits.
[[nodiscard]] Outcome run_program(const std::vector<std::string>& arguments,
                                  const std::filesystem::path& directory);

}  // namespace heliograph::test
