// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/sync_job.h"

#include <algorithm>
#include <utility>

namespace heliograph::render {
namespace {

// Takes over what the mirror has, as a POSIX shell script of "@..@" places. A fork without commits
// of its own follows the mirror, also when its history began anew; one with such commits gets the
// mirror's merged into them, the mirror's version of a file first, and loses none of its own. What
// is pushed in place of another history says which one, so nothing newer is overwritten.
constexpr std::string_view kScript = R"JOB(set -eu
git fetch --quiet '@URL@' 'refs/heads/@BRANCH@'
theirs=$(git rev-parse FETCH_HEAD)
git merge-base --is-ancestor "$theirs" HEAD && exit 0
if git merge-base --is-ancestor HEAD "$theirs"; then git reset --quiet --hard "$theirs"
elif [ -z "$(git log --format=%ce HEAD "^$theirs" | grep -v -x 'heliograph@localhost')" ]; then
  before=$(git rev-parse HEAD)
  git reset --quiet --hard "$theirs"
else
  git -c user.name=sync -c user.email=sync@localhost merge --quiet --allow-unrelated-histories -X theirs -m 'Take over the mirror' "$theirs"
fi
)JOB";

constexpr std::string_view kActions =
    R"JOB(# Keeps a fork of this mirror current. Written by Heliograph; does nothing in the mirror itself.
# In a fork: switch it on under "Actions", once.
name: sync
on:
  schedule:
    - cron: '17 */2 * * *'
  workflow_dispatch:
permissions:
  contents: write
jobs:
  sync:
    if: github.repository != '@PATH@'
    runs-on: @RUNNER@
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: |
          @SCRIPT@git push --quiet ${before:+"--force-with-lease=${GITHUB_REF_NAME}:${before}"} origin "HEAD:${GITHUB_REF_NAME}"
)JOB";

constexpr std::string_view kGitlab =
    R"JOB(# Keeps a fork of this mirror current. Written by Heliograph; does nothing in the mirror itself.
# In a fork: give it a scheduled pipeline, and a variable SYNC_TOKEN with a project access token that may
# write to the repository.
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CI_PROJECT_PATH != "@PATH@"
sync:
  image:
    name: alpine/git
    entrypoint: [""]
  variables:
    GIT_DEPTH: 0
  script:
    - |
      @SCRIPT@git push --quiet ${before:+"--force-with-lease=${CI_COMMIT_BRANCH}:${before}"} "https://sync:${SYNC_TOKEN}@${CI_SERVER_HOST}/${CI_PROJECT_PATH}.git" "HEAD:${CI_COMMIT_BRANCH}"
)JOB";

std::string replaced(std::string text, std::string_view place, std::string_view with) {
    for (std::size_t at = text.find(place); at != std::string::npos;
         at = text.find(place, at + with.size()))
        text.replace(at, place.size(), with);
    return text;
}

// The script with each line after the first set in by `columns`.
std::string set_in(std::string_view script, std::size_t columns) {
    return replaced(std::string(script), "\n", "\n" + std::string(columns, ' '));
}

// What needs no quotes in YAML, shell and address.
bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._~/-").find(c) != std::string_view::npos;
    });
}

}  // namespace

std::optional<PublicRepository> public_repository(std::string_view remote) {
    std::string_view host;
    std::string_view path;
    const std::size_t scheme = remote.find("://");
    if (scheme != std::string_view::npos) {
        const std::string_view name = remote.substr(0, scheme);
        if (name != "https" && name != "ssh") return std::nullopt;
        remote.remove_prefix(scheme + 3);
        const std::size_t slash = remote.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        host = remote.substr(0, slash);
        path = remote.substr(slash + 1);
    } else {
        // The short form of SSH; a slash before the colon makes it a folder.
        const std::size_t colon = remote.find(':');
        if (colon == std::string_view::npos || remote.find('/') < colon) return std::nullopt;
        host = remote.substr(0, colon);
        path = remote.substr(colon + 1);
    }
    if (const std::size_t user = host.rfind('@'); user != std::string_view::npos)
        host.remove_prefix(user + 1);
    // The port of SSH is not that of the web.
    host = host.substr(0, host.find(':'));
    while (path.starts_with('/')) path.remove_prefix(1);
    while (path.ends_with('/')) path.remove_suffix(1);
    if (path.ends_with(".git")) path.remove_suffix(4);
    if (!is_plain(host) || !is_plain(path)) return std::nullopt;
    return PublicRepository{
        .url = "https://" + std::string(host) + "/" + std::string(path) + ".git",
        .path = std::string(path)};
}

std::vector<File> sync_jobs(const Target& target) {
    if (target.kind != TargetKind::kGit || !target.sync_job || !is_plain(target.branch)) return {};
    const auto repository = public_repository(target.remote);
    if (!repository) return {};
    const std::string script = replaced(replaced(std::string(kScript), "@URL@", repository->url),
                                        "@BRANCH@", target.branch);
    const auto filled = [&](std::string_view job, std::size_t columns) {
        return replaced(replaced(std::string(job), "@PATH@", repository->path), "@SCRIPT@",
                        set_in(script, columns));
    };
    return {{.path = ".forgejo/workflows/sync.yml",
             .bytes = replaced(filled(kActions, 10), "@RUNNER@", "docker")},
            {.path = ".github/workflows/sync.yml",
             .bytes = replaced(filled(kActions, 10), "@RUNNER@", "ubuntu-latest")},
            {.path = ".gitlab-ci.yml", .bytes = filled(kGitlab, 6)}};
}

}  // namespace heliograph::render
