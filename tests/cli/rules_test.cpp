// SPDX-License-Identifier: GPL-3.0-or-later
// An operator mends a site whose pages come out wrong.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The newsroom's host is 127.0.0.1.
void write_rules(const Operator& us, const std::string& toml,
                 const std::string& file = "127.0.0.1.toml") {
    std::filesystem::create_directory(us.folder() / "rules");
    write_file_atomically(us.folder() / "rules" / file, toml);
}

void configure(Operator& us, Newsroom& newsroom) {
    us.configure(newsroom.source());
    std::string toml = read_file(us.folder() / "heliograph.toml");
    toml.replace(toml.find("title ="), 0, "rules = \"rules\"\n");
    write_file_atomically(us.folder() / "heliograph.toml", toml);
}

TEST(SiteRules, MendTheArticlesOfTheirSite) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "The bridge opens"});
    Operator us;
    write_rules(us, "drop = \"figure\"\n");
    configure(us, newsroom);
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    ASSERT_EQ(us.run({"build"}).status, 0);
    std::string pages;
    for (const auto& [path, bytes] : us.files("state/targets"))
        if (path.contains("/articles/")) pages += bytes;
    EXPECT_THAT(pages, AllOf(HasSubstr("The bridge opens"), HasSubstr("Paragraph 5 of story"),
                             Not(HasSubstr("The quay in the morning"))));
}

TEST(SiteRules, ThatMatchNothingOnManyPagesAreToldOf) {
    Newsroom newsroom;
    Operator us;
    write_rules(us, "drop = [\"figure\", \".gone\"]\nkeep = [\"article\", \".old\"]\n");
    configure(us, newsroom);
    for (int i = 0; i < 9; ++i) newsroom.publish({.path = fmt::format("/{}.html", i)});
    EXPECT_THAT(us.run({"update"}).out, Not(HasSubstr("site rules")));
    us.now += 3600;
    newsroom.publish({.path = "/ten.html"});  // the count goes on from run to run
    const Outcome run = us.run({"update"});
    EXPECT_THAT(run.out, AllOf(HasSubstr("idle       1 of the site rules"),
                               HasSubstr("127.0.0.1.toml:1:19: drop '.gone': matched nothing on "
                                         "the last 10 pages"),
                               Not(HasSubstr("'.old'"))));
    EXPECT_THAT(run.out, HasSubstr("failed     0"));
}

TEST(SiteRules, MistakesStopTheRunWithTheirPlace) {
    Newsroom newsroom;
    const struct {
        std::string file;
        std::string toml;
        std::string message;
    } cases[] = {
        {"daily.example.toml", "keep = \"p >\"\n",
         "daily.example.toml:1:8: keep 'p >' is no CSS selector"},
        {"daily.example.toml", "kepe = \"p\"\n", "unknown key 'kepe'; did you mean 'keep'?"},
        {"notes.toml", "keep = \"p\"\n", "is not named after a host"},
    };
    for (const auto& c : cases) {
        Operator us;
        write_rules(us, c.toml, c.file);
        configure(us, newsroom);
        const Outcome run = us.run({"update"});
        EXPECT_EQ(run.status, 2);
        EXPECT_THAT(run.err, HasSubstr(c.message));
    }
    Operator us;
    write_rules(us, "keep = \"p\"\n");
    configure(us, newsroom);
    std::filesystem::remove_all(us.folder() / "rules");
    EXPECT_THAT(us.run({"update"}).err, HasSubstr("cannot read the folder"));
}

TEST(SiteRules, AreTestedOnSavedPages) {
    Operator us;
    write_rules(us, "title = \".head\"\ndrop = \".gone\"\n");
    write_file_atomically(
        us.folder() / "page.html",
        "<title>Sections</title><p class=head>The lock keeper retires</p>" + paragraphs(1));
    const Outcome test = us.run({"rules", "test", "rules/127.0.0.1.toml", "page.html"});
    EXPECT_EQ(test.status, 1);
    EXPECT_THAT(test.err, HasSubstr("127.0.0.1.toml:2:8: drop '.gone' matched nothing"));
    EXPECT_THAT(test.out, AllOf(HasSubstr("title '.head': 1 elements on 1 of 1 pages"),
                                HasSubstr("page.html: 'The lock keeper retires'")));
    write_file_atomically(us.folder() / "rules/127.0.0.1.toml", "title = \".head\"\n");
    EXPECT_EQ(us.run({"rules", "test", "rules/127.0.0.1.toml", "page.html"}).status, 0);
    EXPECT_EQ(us.run({"rules", "test", "rules/127.0.0.1.toml", "missing.html"}).status, 3);
    EXPECT_EQ(us.run({"rules", "test", "rules/none.toml", "page.html"}).status, 2);
    EXPECT_THAT(us.run({"extract", "--rules", "rules/127.0.0.1.toml", "page.html"}).out,
                HasSubstr("# The lock keeper retires"));
}

}  // namespace
}  // namespace heliograph::test
