// SPDX-License-Identifier: GPL-3.0-or-later
// The main job: a feed becomes a mirror in a folder and in a Git repository.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <csignal>
#include <thread>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string article_page(const std::map<std::string, std::string>& files,
                         const std::string& ending) {
    // Backwards, since an earlier text ("id-r1.html") stands before the article's page.
    for (auto file = files.rbegin(); file != files.rend(); ++file)
        if (file->first.starts_with("articles/") && file->first.ends_with(ending))
            return file->second;
    return "";
}

TEST(Run, MirrorsAFeedIntoAFolderAndARepository) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "The bridge opens"});
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("found      1"), HasSubstr("new        1 articles, 1 pictures"),
                      HasSubstr("failed     0"), HasSubstr("published  directory"),
                      HasSubstr("published  git"), HasSubstr("took")));
    const auto site = us.files("site");
    const std::string page = article_page(site, ".html");
    EXPECT_THAT(page, AllOf(HasSubstr("The bridge opens"), HasSubstr("Paragraph 5 of story"),
                            HasSubstr("The quay in the morning."),
                            HasSubstr(newsroom.server().url("/one.html")),
                            Not(HasSubstr("Elsewhere")), Not(HasSubstr("All rights reserved"))));
    EXPECT_THAT(site.at("index.html"), HasSubstr("The bridge opens"));
    const std::string tree = us.git({"ls-tree", "-r", "--name-only", "main"});
    EXPECT_THAT(tree, AllOf(HasSubstr("README.md"), HasSubstr("articles/"), HasSubstr("media/")));
    EXPECT_THAT(us.git({"show", "main:README.md"}), HasSubstr("The bridge opens"));
    EXPECT_THAT(us.git({"log", "-1", "--format=%B", "main"}), HasSubstr("news: 1 new, 0 changed"));
}

TEST(Run, WithoutNewsDownloadsChangesAndCommitsNothing) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html"});
    newsroom.publish({.path = "/two.html", .title = "Another"});
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    const auto site = us.files("site");
    const std::string head = us.git({"rev-parse", "main"});
    newsroom.server().forget_requests();
    us.now += 3600;
    const Outcome second = us.run({"run", "--once"});
    EXPECT_EQ(second.status, 0) << second.out << second.err;
    EXPECT_THAT(second.out, HasSubstr("published  git: nothing new"));
    EXPECT_EQ(newsroom.server().count("/one.html"), 0U);
    EXPECT_EQ(newsroom.server().count("/wide.jpg"), 0U);
    EXPECT_EQ(us.files("site"), site);
    EXPECT_EQ(us.git({"rev-parse", "main"}), head);
}

TEST(Run, AChangedArticleKeepsItsPlaceAndIsUpdated) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "First"});
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    const auto before = us.files("site");
    newsroom.publish({.path = "/one.html", .title = "First", .text = {}, .revision = 2});
    us.now += 3600;
    const Outcome run = us.run({"run", "--once"});
    EXPECT_THAT(run.out, HasSubstr("updated    1")) << run.err;
    const auto after = us.files("site");
    // The earlier text keeps a page of its own beside it.
    ASSERT_EQ(after.size(), before.size() + 1);
    EXPECT_THAT(article_page(after, ".html"), HasSubstr("Correction number 2"));
    EXPECT_THAT(article_page(after, ".html"), HasSubstr("Earlier versions"));
    EXPECT_THAT(article_page(after, "-r1.html"), Not(HasSubstr("Correction number 2")));
    EXPECT_THAT(us.git({"log", "-1", "--format=%B", "main"}), HasSubstr("news: 0 new, 1 changed"));
}

TEST(Withdraw, TakesAnArticleFromEveryTargetForGood) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "Stays"});
    newsroom.publish({.path = "/two.html", .title = "Goes away"});
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    EXPECT_EQ(us.run({"withdraw", newsroom.server().url("/two.html")}).status, 2);  // no reason
    const Outcome none = us.run({"withdraw", "nothing", "--reason", "x"});
    EXPECT_EQ(none.status, 2);
    EXPECT_THAT(none.err, HasSubstr("no article 'nothing'"));
    const Outcome done =
        us.run({"withdraw", newsroom.server().url("/two.html"), "--reason", "by request"});
    EXPECT_EQ(done.status, 0) << done.err;
    for (int round = 0; round < 2; ++round) {
        for (const auto& [path, bytes] : us.files("site"))
            EXPECT_THAT(bytes, Not(HasSubstr("Goes away"))) << path;
        EXPECT_THAT(us.git({"grep", "-c", "by request", "main"}), HasSubstr(":1"));
        us.now += 100'000;
        ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    }
    EXPECT_THAT(us.run({"ledger", "--fate", "withdrawn"}).out, HasSubstr("by request"));
}

TEST(Run, ASecondCopyOfTheProgramLeavesTheWorkToTheFirst) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html"});
    newsroom.announce("/slow.html", "Slow");
    newsroom.server().on("/slow.html", {.body = "<p>x", .fault = Fault::kStall});
    Operator us;
    us.configure(newsroom.source());
    const pid_t first = us.start({"run", "--once"});
    while (newsroom.server().count("/slow.html") == 0) std::this_thread::yield();
    const Outcome second = run_program({HELIOGRAPH_PROGRAM, "run", "--once"}, us.folder());
    EXPECT_EQ(second.status, 0);
    EXPECT_THAT(second.err, HasSubstr("another heliograph is at work"));
    ::kill(first, SIGKILL);
    ::waitpid(first, nullptr, 0);
}

TEST(Run, WorksWithoutTheNetworkForWhatIsFetched) {
    Operator us;
    {
        Newsroom newsroom;
        newsroom.publish({.path = "/one.html", .title = "Kept"});
        us.configure(newsroom.source());
        ASSERT_EQ(us.run({"update"}).status, 0);
    }
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 1);  // the source does not answer
    EXPECT_THAT(us.files("site").at("index.html"), HasSubstr("Kept"));
}

TEST(Run, ReportsAsJson) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html"});
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"--json", "--quiet", "run", "--once"});
    EXPECT_THAT(run.out, AllOf(HasSubstr("\"new\": 1"), HasSubstr("\"seconds\"")));
}

TEST(Commands, EachExplainsItselfWithAnExample) {
    Operator us;
    for (const char* command : {"init", "update", "build", "publish", "run", "serve", "status",
                                "ledger", "lint", "demo"}) {
        const Outcome help = us.run({command, "--help"});
        EXPECT_EQ(help.status, 0) << command;
        EXPECT_THAT(help.out, AllOf(HasSubstr("Example:"), HasSubstr(command)));
    }
    EXPECT_EQ(us.run({}).status, 2);
    EXPECT_EQ(us.run({"publsh"}).status, 2);
}

TEST(Init, WritesAConfigurationThatRuns) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "Out of the box"});
    Operator us;
    EXPECT_EQ(us.run({"init", newsroom.server().url("/feed.xml")}).status, 0);
    EXPECT_EQ(us.run({"init"}).status, 2) << "must not overwrite";
    // The example is meant for publishers on the web; here they are on this machine.
    std::string toml = read_file(us.folder() / "heliograph.toml");
    const std::string note = "#allow_private = true";
    toml.replace(toml.find(note), note.size(), "allow_private = true");
    write_file_atomically(us.folder() / "heliograph.toml", toml);
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(us.files("public").at("index.html"), HasSubstr("Out of the box"));
    const Outcome status = us.run({"status"});
    EXPECT_THAT(status.out, HasSubstr("no permission is recorded"));
}

TEST(Configuration, MistakesAreNamedAndNothingIsDone) {
    Operator us;
    us.configure("[[source]]\nname = \"x\"\nurl = \"https://a.example/\"\nsecton = \"news\"\n");
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.err, HasSubstr("did you mean 'section'?"));
    EXPECT_EQ(us.run({"status", "-c", "nothing.toml"}).status, 2);
}

}  // namespace
}  // namespace heliograph::test
