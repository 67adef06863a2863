// SPDX-License-Identifier: GPL-3.0-or-later
// Is a mirror what it should be? For the demo and the command lint.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/summary.h"
#include "lint/lint.h"
#include "store/store.h"

namespace heliograph::cli {

// One question asked of the mirror.
struct Check {
    std::string question;
    bool good = false;
    std::string answer;  // "112 files", or what is wrong
};

struct FolderFindings {
    std::size_t files = 0;
    std::vector<lint::Finding> findings;
};

// Every file below `folder` by the reader-safety contract. Throws SystemError when it cannot be
// read.
[[nodiscard]] FolderFindings lint_folder(const std::filesystem::path& folder);

// Asks what `demo` promises: every address of the sources is an article, each target holds exactly
// what was built, pages keep the contract, and `second_run` changed nothing. A Git target's files
// are read from a clone made in `scratch`.
[[nodiscard]] std::vector<Check> check_mirror(const Session& session, store::Store& store,
                                              const RunSummary& second_run,
                                              const std::filesystem::path& scratch);

[[nodiscard]] std::string to_text(const std::vector<Check>& checks);

}  // namespace heliograph::cli
