// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/target_move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace heliograph::config {
namespace {

using testing::HasSubstr;

constexpr const char* kConfig = R"(# our mirror
[mirror]
title = "M"   # the title

# the blocked one
[[target]]
kind = "git"
remote = "git@old.example:us/mirror.git"  # until the block
base_url = 'https://old.example/us/mirror/blob/main/'
host = "github"
format = "markdown"

[[target]]   # a folder
kind = "directory"
path = "site"
base_url = "https://mirror.example/"
format = "html"

[[companion]]
key = "git"
name = "On Git"
url = "https://old.example/us/mirror/blob/main/"  # may move
mirror = true
)";

const TargetMove kMove{.from = "git",
                       .to = "git@new.example:we/mirror.git",
                       .base_url = "https://new.example/we/mirror/src/branch/main/",
                       .name = ""};

TEST(TargetMove, AddsTheSuccessorAndKeepsEveryOtherByte) {
    const auto moved = move_target(kConfig, "c.toml", kMove);
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(moved->name, "git-2");
    EXPECT_EQ(moved->toml, R"(# our mirror
[mirror]
title = "M"   # the title

# the blocked one
[[target]]
name = "git"
moved_to = "git-2"
kind = "git"
remote = "git@old.example:us/mirror.git"  # until the block
base_url = 'https://old.example/us/mirror/blob/main/'
host = "github"
format = "markdown"

[[target]]
name = "git-2"
kind = "git"
remote = "git@new.example:we/mirror.git"  # until the block
base_url = "https://new.example/we/mirror/src/branch/main/"
format = "markdown"

[[target]]   # a folder
kind = "directory"
path = "site"
base_url = "https://mirror.example/"
format = "html"

[[companion]]
key = "git"
name = "On Git"
url = "https://new.example/we/mirror/src/branch/main/"  # may move
mirror = true
)");
    const auto config = parse_config(moved->toml, "c.toml");
    ASSERT_TRUE(config);
    ASSERT_EQ(config->targets.size(), 3U);
    EXPECT_EQ(config->targets[0].moved_url, kMove.base_url);
    EXPECT_EQ(config->targets[1].remote, kMove.to);
}

TEST(TargetMove, TheOperatorSaysWhichHostItIsNow) {
    TargetMove move = kMove;
    move.settings = {"host=codeberg"};
    const auto moved = move_target(kConfig, "c.toml", move);
    ASSERT_TRUE(moved) << moved.error().message;
    const auto config = parse_config(moved->toml, "c.toml");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->targets[0].host, "github");
    EXPECT_EQ(config->targets[1].host, "codeberg");
}

TEST(TargetMove, AskedAgainChangesNothingMore) {
    const auto once = move_target(kConfig, "c.toml", kMove);
    ASSERT_TRUE(once);
    const auto twice = move_target(once->toml, "c.toml", kMove);
    ASSERT_TRUE(twice) << twice.error().message;
    EXPECT_EQ(twice->toml, once->toml);
}

TEST(TargetMove, TheSuccessorCanMoveOn) {
    const auto once = move_target(kConfig, "c.toml", kMove);
    ASSERT_TRUE(once);
    TargetMove next = kMove;
    next.from = "git-2";
    next.to = "git@third.example:us/mirror.git";
    next.base_url = "https://third.example/";
    const auto twice = move_target(once->toml, "c.toml", next);
    ASSERT_TRUE(twice) << twice.error().message;
    const auto config = parse_config(twice->toml, "c.toml");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->targets[1].moved_to, twice->name);
    EXPECT_EQ(config->mirror.companions[0].url, "https://third.example/");
}

TEST(TargetMove, RefusesWhatItCannotDo) {
    TargetMove unknown = kMove;
    unknown.from = "nothing";
    EXPECT_THAT(move_target(kConfig, "c.toml", unknown).error().message,
                HasSubstr("no target 'nothing' in 'c.toml'"));
    TargetMove bad = kMove;
    bad.base_url = "ftp://new.example/";
    EXPECT_THAT(move_target(kConfig, "c.toml", bad).error().message, HasSubstr("base_url"));
    EXPECT_FALSE(move_target("[mirror\n", "c.toml", kMove));
    TargetMove taken = kMove;
    taken.name = "directory";
    const auto refused = move_target(kConfig, "c.toml", taken);
    EXPECT_TRUE(!refused || parse_config(refused->toml, "c.toml"));
}

constexpr const char* kBucket = R"([mirror]
title = "M"

[[target]]
kind = "s3"
endpoint = "https://s3.old.example/"  # blocked
bucket = "mirror"
credentials = "old.credentials"
base_url = "https://mirror.old.example/"
delete_after_hours = 12
format = "html"
)";

TEST(TargetMove, ABucketMovesToAnotherService) {
    const auto moved = move_target(kBucket, "c.toml",
                                   {.from = "s3",
                                    .to = "https://s3.new.example:8443/ours/news",
                                    .base_url = "https://we.new.example/news/",
                                    .name = "",
                                    .settings = {"region=auto", "credentials=new.credentials"}});
    ASSERT_TRUE(moved) << moved.error().message;
    const auto config = parse_config(moved->toml, "c.toml");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->targets.size(), 2U);
    EXPECT_EQ(config->targets[0].s3.endpoint, "https://s3.old.example/");
    EXPECT_EQ(config->targets[0].s3.credentials, "old.credentials");
    EXPECT_EQ(config->targets[0].moved_to, "s3-2");
    const Target& next = config->targets[1];
    EXPECT_EQ(next.s3.endpoint, "https://s3.new.example:8443/");
    EXPECT_EQ(next.s3.bucket, "ours");
    EXPECT_EQ(next.s3.prefix, "news/");
    EXPECT_EQ(next.s3.region, "auto");
    EXPECT_EQ(next.s3.credentials, "new.credentials");
    EXPECT_EQ(next.s3.delete_after, std::chrono::hours{12});
    EXPECT_EQ(next.base_url, "https://we.new.example/news/");
    // Once more, to a bucket without a prefix.
    const auto again = move_target(moved->toml, "c.toml",
                                   {.from = "s3",
                                    .to = "https://s3.new.example/other",
                                    .base_url = "https://other.new.example/",
                                    .name = "",
                                    .settings = {}});
    ASSERT_TRUE(again) << again.error().message;
    const auto last = parse_config(again->toml, "c.toml");
    ASSERT_TRUE(last) << last.error().message;
    ASSERT_EQ(last->targets.size(), 2U);
    EXPECT_EQ(last->targets[1].s3.bucket, "other");
}

// Its name is a line that stays, its prefix one that comes.
TEST(TargetMove, ABucketWithANameGetsAPrefix) {
    std::string named(kBucket);
    named.insert(named.find("kind = \"s3\""), "name = \"bucket\"\n");
    const auto moved = move_target(named, "c.toml",
                                   {.from = "bucket",
                                    .to = "https://s3.new.example/ours/news",
                                    .base_url = "https://we.new.example/news/",
                                    .name = "",
                                    .settings = {}});
    ASSERT_TRUE(moved) << moved.error().message;
    const auto config = parse_config(moved->toml, "c.toml");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->targets.size(), 2U);
    EXPECT_EQ(config->targets[1].name, "bucket-2");
    EXPECT_EQ(config->targets[1].s3.bucket, "ours");
    EXPECT_EQ(config->targets[1].s3.prefix, "news/");
}

TEST(TargetMove, SaysWhatIsWrongWithABucketOrASetting) {
    const struct {
        const char* to;
        const char* setting;
        const char* problem;
    } cases[] = {
        {"https://s3.new.example", "region=auto", "names no bucket"},
        {"https://s3.new.example/", "region=auto", "names no bucket"},
        {"bucket", "region=auto", "names no bucket"},
        {"https://s3.new.example/we", "region", "say KEY=VALUE"},
        {"https://s3.new.example/we", "=auto", "say KEY=VALUE"},
        {"https://s3.new.example/we", "delete_after_hours=3", "whose value is a text"},
        {"https://s3.new.example/we", "regoin=auto", "regoin"},
        {"ftp://s3.new.example/we", "region=auto", "must begin with https"},
    };
    for (const auto& c : cases) {
        const auto moved = move_target(kBucket, "c.toml",
                                       {.from = "s3",
                                        .to = c.to,
                                        .base_url = "https://we.new.example/",
                                        .name = "",
                                        .settings = {c.setting}});
        ASSERT_FALSE(moved) << c.to << ' ' << c.setting;
        EXPECT_THAT(moved.error().message, HasSubstr(c.problem));
    }
}

}  // namespace
}  // namespace heliograph::config
