// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a remote's refs and trees are called: an id is one or nothing, and the changes that are
// read are all that was said.
#include <string>

#include "fuzz/property.h"
#include "publish/git_others.h"
#include "publish/git_program.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const std::string_view output = fuzz::as_text(data, size);
    if (const auto commit = publish::parse_remote_commit(output, "refs/heads/main")) {
        const bool is_id = commit->size() == 40 || commit->size() == 64;
        fuzz::require(commit->empty() || is_id, "it is an id or nothing");
        fuzz::require(commit->find_first_not_of("0123456789abcdef") == std::string::npos,
                      "it has hexadecimal digits alone: git takes it for no option");
        fuzz::require(output.find(*commit) != std::string_view::npos, "it was said");
    }
    if (const auto changes = publish::parse_tree_changes(output)) {
        // Written again as git writes it, it is read the same.
        std::string again;
        std::size_t bytes = 0;
        for (const publish::TreeChange& change : *changes) {
            again += ":100644 100644 0 " + change.blob + " M" + '\0' + change.path + '\0';
            bytes += change.path.size();
            fuzz::require(change.path.find('\0') == std::string::npos, "a path ends at its end");
        }
        fuzz::require(bytes <= output.size(), "no path is said that was not");
        const auto second = publish::parse_tree_changes(again);
        fuzz::require(second && second->size() == changes->size(), "none is lost");
        for (std::size_t i = 0; i < changes->size(); ++i)
            fuzz::require(
                (*second)[i].path == (*changes)[i].path && (*second)[i].blob == (*changes)[i].blob,
                "it can be read back");
    }
    return 0;
}
