// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that keep a fork of a Git mirror current, for the hosts that run such jobs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/config.h"
#include "model/file.h"

namespace heliograph::render {

// Where strangers clone a repository.
struct PublicRepository {
    std::string url;   // "https://host.example/us/mirror.git"
    std::string path;  // "us/mirror"
};

// Of "git@host.example:us/mirror.git", "ssh://git@host.example/us/mirror.git" and
// "https://host.example/us/mirror.git"; nullopt for folders, other schemes, and addresses with
// characters that would mean something to a shell.
[[nodiscard]] std::optional<PublicRepository> public_repository(std::string_view remote);

// A job each for GitHub, GitLab and Forgejo (docs/publishing.md, "Forks"); none when the target is
// no Git repository that others can clone, or wants none. In the repository itself they do nothing:
// each runs on a schedule, and only in a repository of another name.
[[nodiscard]] std::vector<File> sync_jobs(const Target& target);

}  // namespace heliograph::render
