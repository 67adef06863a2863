// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/sync_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::render {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(SyncJob, KnowsWhereOthersClone) {
    const struct {
        const char* remote;
        const char* url;
        const char* path;
    } cases[] = {
        {"git@host.example:us/mirror.git", "https://host.example/us/mirror.git", "us/mirror"},
        {"ssh://git@host.example:2222/us/mirror.git", "https://host.example/us/mirror.git",
         "us/mirror"},
        {"https://us:token@host.example/us/mirror", "https://host.example/us/mirror.git",
         "us/mirror"},
        {"/srv/git/mirror.git", "", ""},
        {"file:///srv/git/mirror.git", "", ""},
        {"../mirror.git", "", ""},
        {"./odd:name/mirror.git", "", ""},
        {"git@host.example:us/it's.git", "", ""},
        {"git@host.example:us/a b.git", "", ""},
        {"https://host.example/", "", ""},
    };
    for (const auto& c : cases) {
        const auto found = public_repository(c.remote);
        EXPECT_EQ(found ? found->url : "", c.url) << c.remote;
        EXPECT_EQ(found ? found->path : "", c.path) << c.remote;
    }
}

TEST(SyncJob, IsThereForEachKindOfHostAndDoesNothingInTheMirrorItself) {
    Target target;
    target.kind = TargetKind::kGit;
    target.remote = "git@host.example:us/mirror.git";
    const auto jobs = sync_jobs(target);
    ASSERT_EQ(jobs.size(), 3U);
    EXPECT_EQ(jobs[0].path, ".forgejo/workflows/sync.yml");
    EXPECT_EQ(jobs[1].path, ".github/workflows/sync.yml");
    EXPECT_EQ(jobs[2].path, ".gitlab-ci.yml");
    for (const File& job : jobs) {
        EXPECT_THAT(job.bytes, HasSubstr("'https://host.example/us/mirror.git'"));
        EXPECT_THAT(job.bytes, Not(testing::ContainsRegex("@[A-Z]+@")));
    }
    EXPECT_THAT(jobs[1].bytes, HasSubstr("if: github.repository != 'us/mirror'"));
    EXPECT_THAT(jobs[2].bytes, HasSubstr("$CI_PROJECT_PATH != \"us/mirror\""));
    EXPECT_THAT(jobs[2].bytes, HasSubstr("${SYNC_TOKEN}@${CI_SERVER_HOST}"));
}

TEST(SyncJob, IsLeftOutWhereItIsNotWantedOrOfNoUse) {
    Target target;
    target.kind = TargetKind::kGit;
    target.remote = "git@host.example:us/mirror.git";
    target.sync_job = false;
    EXPECT_THAT(sync_jobs(target), IsEmpty());
    target.sync_job = true;
    target.remote = "/srv/git/mirror.git";
    EXPECT_THAT(sync_jobs(target), IsEmpty());
    target.kind = TargetKind::kDirectory;
    EXPECT_THAT(sync_jobs(target), IsEmpty());
}

}  // namespace
}  // namespace heliograph::render
