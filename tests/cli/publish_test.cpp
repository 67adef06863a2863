// SPDX-License-Identifier: GPL-3.0-or-later
// Plans, and a host that another takes the place of, as the operator sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PlanCommand, SaysWhatPublishWouldDoAndChangesNothing) {
    Newsroom newsroom;
    newsroom.publish({});
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"update"}).status, 0);
    ASSERT_EQ(us.run({"build"}).status, 0);
    const Outcome planned = us.run({"plan", "--months", "24"});
    EXPECT_EQ(planned.status, 0) << planned.err;
    EXPECT_THAT(planned.out, HasSubstr("new article"));
    EXPECT_THAT(planned.out, HasSubstr("ahead: grows by"));
    EXPECT_TRUE(us.files("site").empty());
    EXPECT_EQ(us.git({"rev-parse", "--verify", "-q", "main"}), "");

    const auto json =
        nlohmann::json::parse(us.run({"publish", "--dry-run", "--json", "--target", "git"}).out);
    ASSERT_EQ(json.size(), 1U);
    EXPECT_EQ(json[0]["target"], "git");
    const auto published = nlohmann::json::parse(us.run({"publish", "--json"}).out)["published"];
    ASSERT_EQ(published.size(), 2U);
    EXPECT_EQ(published[1]["added"], json[0]["added"]);
    EXPECT_EQ(published[1]["bytes"], json[0]["bytes"]);
    const Outcome idle = us.run({"plan"});
    EXPECT_THAT(idle.out, HasSubstr("nothing to do"));
    EXPECT_THAT(idle.out, Not(HasSubstr("heliograph build")));

    std::string config = read_file(us.folder() / "heliograph.toml");
    const std::string title = "title = \"";
    ASSERT_NE(config.find(title), std::string::npos);
    config.insert(config.find(title) + title.size(), "New ");
    write_file_atomically(us.folder() / "heliograph.toml", config);
    EXPECT_THAT(us.run({"plan"}).out,
                HasSubstr("configuration or theme changed since the last build: 'heliograph build' "
                          "first makes them part of this"));
}

TEST(TargetMove, PublishesTheSuccessorAndLetsTheOldOneNameIt) {
    Newsroom newsroom;
    newsroom.publish({});
    newsroom.publish({.path = "/2.html", .title = "Another"});
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    const std::string articles = us.git({"rev-parse", "main:articles"});
    const std::string config = read_file(us.folder() / "heliograph.toml");

    // A successor that cannot be had changes nothing.
    const Outcome refused = us.run(
        {"target", "move", "git", "missing.git", "--base-url", "https://new.example/us/mirror/"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("the configuration stays as it was"));
    EXPECT_EQ(read_file(us.folder() / "heliograph.toml"), config);

    ASSERT_EQ(run_program({"git", "init", "-q", "--bare", "--initial-branch=main", "new.git"},
                          us.folder())
                  .status,
              0);
    const Outcome moved = us.run(
        {"target", "move", "git", "new.git", "--base-url", "https://new.example/us/mirror/"});
    EXPECT_EQ(moved.status, 0) << moved.out << moved.err;
    EXPECT_THAT(moved.out, HasSubstr("published  git-2: "));
    EXPECT_THAT(moved.out, Not(HasSubstr("git-2: nothing new")));
    const auto show = [&](const char* repository, const char* what) {
        return run_program({"git", std::string("--git-dir=") + repository, "show", what},
                           us.folder())
            .out;
    };
    EXPECT_THAT(show("new.git", "main:README.md"), Not(HasSubstr("new address")));
    // The old one tells of it on home, and no article's page changed.
    EXPECT_THAT(show("mirror.git", "main:README.md"),
                HasSubstr("[This mirror has a new address](https://new.example/us/mirror/)"));
    EXPECT_EQ(us.git({"rev-parse", "main:articles"}), articles);
    // Both are active from now on, and a run has nothing to do.
    EXPECT_THAT(us.run({"publish"}).out, HasSubstr("git-2: nothing new"));

    // The old host is gone for good: the rest goes on, and it is said.
    std::filesystem::remove_all(us.folder() / "mirror.git");
    newsroom.publish({.path = "/3.html", .title = "A third"});
    const Outcome later = us.run({"run", "--once"});
    EXPECT_EQ(later.status, 1);
    EXPECT_THAT(later.out, HasSubstr("FAILED     git:"));
    EXPECT_THAT(later.out, HasSubstr("published  git-2:"));
}

}  // namespace
}  // namespace heliograph::test
