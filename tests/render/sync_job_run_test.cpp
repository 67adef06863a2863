// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of forks do what they say: their shell is taken out of the YAML as it is written, and
// run on repositories of this machine in place of the hosts.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>

#include "base/file.h"
#include "base/process.h"
#include "base/utf8.h"
#include "render/sync_job.h"
#include "support/temporary_directory.h"

namespace heliograph::render {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kOurs = "heliograph@localhost";
constexpr const char* kTheirs = "owner@example.org";

// What a host would run: the text of the step, read by a YAML parser.
constexpr const char* kExtract = R"(import sys, yaml
job = yaml.safe_load(open(sys.argv[1]))['sync' if sys.argv[1].endswith('gitlab-ci.yml') else 'jobs']
print('\n'.join(job['script']) if 'script' in job else job['sync']['steps'][1]['run'])
)";

class SyncJobRun : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        const auto parser = run_process({.arguments = {"/usr/bin/python3", "-c", "import yaml"}});
        if (!parser || parser->status != 0) GTEST_SKIP() << "python3-yaml is not installed";
        Target target;
        target.kind = TargetKind::kGit;
        target.remote = "git@host.example:us/mirror.git";
        for (const File& job : sync_jobs(target))
            if (job.path == GetParam())
                write_file_atomically(folder() / fs::path(job.path).filename(), job.bytes);
        const auto script =
            run_process({.arguments = {"/usr/bin/python3", "-c", kExtract,
                                       (folder() / fs::path(GetParam()).filename()).string()}});
        ASSERT_TRUE(script && script->status == 0) << (script ? script->standard_error : "");
        script_ = script->standard_output;
        ASSERT_THAT(script_, HasSubstr("git push"));

        git(folder(), {"init", "--quiet", "--bare", "-b", "main", "mirror.git"});
        commit("mirror", kOurs, {{"README.md", "home 1"}, {"a.md", "a"}});
        git(folder(), {"clone", "--quiet", "--bare", "mirror.git", "fork.git"});
    }

    // As a runner of the host does: a clone of the fork, then the shell of the step.
    int run_job(const std::string& before_it = "") {
        const fs::path place = folder() / fmt::format("runner-{}", ++places_);
        git(folder(), {"clone", "--quiet", "fork.git", place.string()});
        if (std::string_view(GetParam()) == ".gitlab-ci.yml")
            git(place, {"checkout", "--quiet", "--detach"});
        const auto address = [this](const char* name) { return (folder() / name).string(); };
        const auto done = run_process(
            {.arguments = {"sh", "-c", before_it + script_},
             .directory = place,
             .environment = {
                 {"GITHUB_REF_NAME", "main"},
                 {"CI_COMMIT_BRANCH", "main"},
                 {"CI_SERVER_HOST", "host.example"},
                 {"CI_PROJECT_PATH", "them/fork"},
                 {"SYNC_TOKEN", "token"},
                 {"GIT_CONFIG_GLOBAL", "/dev/null"},
                 {"GIT_CONFIG_COUNT", "2"},
                 {"GIT_CONFIG_KEY_0", "url." + address("mirror.git") + ".insteadOf"},
                 {"GIT_CONFIG_VALUE_0", "https://host.example/us/mirror.git"},
                 {"GIT_CONFIG_KEY_1", "url." + address("fork.git") + ".insteadOf"},
                 {"GIT_CONFIG_VALUE_1", "https://sync:token@host.example/them/fork.git"}}});
        EXPECT_TRUE(done);
        said_ = done ? done->standard_error : "";
        return done ? done->status : -1;
    }

    // A commit on "mirror" or "fork", on top of what is there.
    void commit(const std::string& where, const std::string& who,
                const std::map<std::string, std::string>& files) {
        const fs::path place = folder() / fmt::format("work-{}", ++places_);
        git(folder(), {"clone", "--quiet", where + ".git", place.string()});
        for (const auto& [path, bytes] : files) write_file_atomically(place / path, bytes);
        git(place, {"add", "--all"});
        git(place,
            {"-c", "user.name=x", "-c", "user.email=" + who, "commit", "--quiet", "-m", "x"});
        git(place, {"push", "--quiet", "origin", "HEAD:main"});
    }
    // The mirror's history begins anew with what it has.
    void restart_history() {
        const std::string root = git(folder() / "mirror.git",
                                     {"-c", "user.name=x", "-c", std::string("user.email=") + kOurs,
                                      "commit-tree", "main^{tree}", "-m", "anew"});
        git(folder() / "mirror.git", {"update-ref", "refs/heads/main", root});
    }
    std::string tip(const std::string& where) {
        return git(folder() / (where + ".git"), {"rev-parse", "main"});
    }
    std::string fork_file(const std::string& path) {
        return git(folder() / "fork.git", {"show", "main:" + path});
    }

    static std::string git(const fs::path& directory, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "git");
        const auto done = run_process({.arguments = std::move(arguments),
                                       .directory = directory,
                                       .environment = {{"GIT_CONFIG_GLOBAL", "/dev/null"}}});
        EXPECT_TRUE(done && done->status == 0) << (done ? done->standard_error : "");
        return done ? std::string(trim(done->standard_output)) : "";
    }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

    std::string said_;

  private:
    test::TemporaryDirectory folder_;
    std::string script_;
    int places_ = 0;
};

TEST_P(SyncJobRun, AForkFollowsTheMirrorAlsoWhenItsHistoryBeginsAnew) {
    commit("mirror", kOurs, {{"README.md", "home 2"}, {"b.md", "b"}});
    ASSERT_EQ(run_job(), 0) << said_;
    EXPECT_EQ(tip("fork"), tip("mirror"));
    ASSERT_EQ(run_job(), 0) << said_;  // nothing is new
    EXPECT_EQ(tip("fork"), tip("mirror"));
    restart_history();
    ASSERT_EQ(run_job(), 0) << said_;
    EXPECT_EQ(tip("fork"), tip("mirror"));
    commit("mirror", kOurs, {{"README.md", "home 3"}});
    ASSERT_EQ(run_job(), 0) << said_;
    EXPECT_EQ(tip("fork"), tip("mirror"));
    EXPECT_EQ(fork_file("b.md"), "b");
}

TEST_P(SyncJobRun, AForkWithCommitsOfItsOwnKeepsThem) {
    commit("fork", kTheirs, {{"OWN.md", "own"}, {"README.md", "their home"}});
    const std::string own = tip("fork");
    commit("mirror", kOurs, {{"README.md", "home 2"}});
    ASSERT_EQ(run_job(), 0) << said_;
    EXPECT_EQ(fork_file("OWN.md"), "own");
    EXPECT_EQ(fork_file("README.md"), "home 2");
    restart_history();
    commit("mirror", kOurs, {{"README.md", "home 3"}});
    ASSERT_EQ(run_job(), 0) << said_;
    EXPECT_EQ(fork_file("OWN.md"), "own");
    EXPECT_EQ(fork_file("README.md"), "home 3");
    // Nothing that was ever theirs is gone.
    git(folder() / "fork.git", {"merge-base", "--is-ancestor", own, "main"});
    ASSERT_EQ(run_job(), 0) << said_;
}

TEST_P(SyncJobRun, WhatComesIntoTheForkMeanwhileIsNotOverwritten) {
    restart_history();
    commit("fork", kOurs, {{"c.md", "synced by another run"}});
    // The job has its clone; then somebody is quicker.
    const std::string quicker = fmt::format(
        "git -C '{0}' update-ref refs/heads/main $(git -C '{0}' -c user.name=x "
        "-c user.email={1} commit-tree -p main -m quicker 'main^{{tree}}')\n",
        (folder() / "fork.git").string(), kTheirs);
    EXPECT_NE(run_job(quicker), 0);
    EXPECT_EQ(git(folder() / "fork.git", {"log", "-1", "--format=%s", "main"}), "quicker");
}

INSTANTIATE_TEST_SUITE_P(Each, SyncJobRun,
                         testing::Values(".github/workflows/sync.yml",
                                         ".forgejo/workflows/sync.yml", ".gitlab-ci.yml"),
                         [](const auto& param) {
                             const std::string_view path = param.param;
                             return path == ".gitlab-ci.yml"      ? "GitLab"
                                    : path.starts_with(".github") ? "GitHub"
                                                                  : "Forgejo";
                         });

}  // namespace
}  // namespace heliograph::render
