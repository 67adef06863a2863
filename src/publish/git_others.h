// SPDX-License-Identifier: GPL-3.0-or-later
// What others did to a branch since we published there.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "publish/git_program.h"
#include "publish/publisher.h"

namespace heliograph::publish {

// A line of `git diff-tree -r -z`: what is at the path now.
struct TreeChange {
    std::string path;
    std::string blob;  // all zeros when the path is gone
};

// Reads the output of `git diff-tree -r -z`. Error: kMalformed.
[[nodiscard]] Result<std::vector<TreeChange>> parse_tree_changes(std::string_view output);

// Compares the branch at the remote, which is at `current`, with what we published last (`known`,
// may be empty or gone). Commits that Heliograph made are ours, whichever machine made them; what
// others made of files of ours is refused unless it has the very bytes that we would put there.
[[nodiscard]] Result<Remains> remains_of_ours(const GitProgram& git, const std::string& branch_ref,
                                              const std::string& current, const std::string& known,
                                              const Ours& ours);

}  // namespace heliograph::publish
