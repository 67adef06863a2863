// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of source, from its document to articles.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

// A [[source]] of any document of the newsroom's.
std::string source_of(Newsroom& newsroom, const std::string& path, const std::string& more = "") {
    return fmt::format(
        "[[source]]\nname = \"The Loopback\"\nurl = \"{}\"\nsection = \"news\"\npermission = "
        "\"made for tests\"\nallow_private = true\n{}\n",
        newsroom.server().url(path), more);
}

void publish_three(Newsroom& newsroom) {
    newsroom.publish({.path = "/one.html", .title = "The bridge opens at last"});
    newsroom.publish({.path = "/two.html", .title = "The council votes on the harbour"});
    newsroom.publish({.path = "/three.html", .title = "Your horoscope for the week"});
}

TEST(Sources, SitemapIndexIsReadPartByPartAndOnlyWhatChangedAgain) {
    Newsroom newsroom;
    publish_three(newsroom);
    TestServer& server = newsroom.server();
    const auto sitemap = [&](std::initializer_list<const char*> paths) {
        std::string out = "<urlset>";
        for (const char* path : paths) out += "<url><loc>" + server.url(path) + "</loc></url>";
        return out + "</urlset>";
    };
    const auto index = [&](const char* date) {
        return Answer{.body = "<sitemapindex><sitemap><loc>" + server.url("/s1.xml") +
                              "</loc><lastmod>2020-01-01</lastmod></sitemap><sitemap><loc>" +
                              server.url("/s2.xml") + "</loc><lastmod>" + date +
                              "</lastmod></sitemap><sitemap><loc>" + server.url("/gone.xml") +
                              "</loc></sitemap></sitemapindex>"};
    };
    server.on("/sitemap.xml", index("2020-01-02"));
    server.on("/s1.xml", {.body = sitemap({"/one.html"})});
    server.on("/s2.xml", {.body = sitemap({"/two.html"})});
    Operator us;
    us.configure(source_of(newsroom, "/sitemap.xml"));
    const Outcome first = us.run({"update"});
    EXPECT_EQ(first.status, 1);  // one part is not there
    EXPECT_THAT(first.out, AllOf(HasSubstr("new        2 articles"), HasSubstr("/gone.xml")));
    us.now += 86'400;
    server.on("/sitemap.xml", index("2999-01-01"));
    server.on("/s2.xml", {.body = sitemap({"/two.html", "/three.html"})});
    server.forget_requests();
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
    EXPECT_EQ(server.count("/s1.xml"), 0U);
    EXPECT_EQ(server.count("/s2.xml"), 1U);
}

TEST(Sources, AFeedThatBecomesAPageIsAFailureAndNoSectionPage) {
    Newsroom newsroom;
    publish_three(newsroom);
    Operator us;
    us.configure(newsroom.source());
    ASSERT_EQ(us.run({"update"}).status, 0);
    std::string page = "<!doctype html><title>We have moved</title><ul>";
    for (int i = 0; i < 9; ++i)
        page += fmt::format("<li><a href=\"/new/{0}\">A title that is long enough {0}</a></li>", i);
    newsroom.server().on("/feed.xml", {.body = page});
    us.now += 86'400;
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 1);
    EXPECT_THAT(run.out, HasSubstr("it was a feed and is now an HTML page, 'We have moved'"));
    EXPECT_THAT(us.ledger(), Not(Contains(Key(HasSubstr("/new/")))));
    EXPECT_THAT(us.run({"status"}).out, HasSubstr("it was a feed and is now an HTML page"));
}

TEST(Sources, ASectionPageFromTheStartIsReadAsOne) {
    Newsroom newsroom;
    publish_three(newsroom);
    newsroom.server().on("/", {.body = "<!doctype html><title>Front</title>"
                                       "<h2><a href=\"/one.html\">The bridge opens at last</a></h2>"
                                       "<h2><a href=\"/two.html\">The council votes</a></h2>"
                                       "<h2><a href=\"/three.html\">Your horoscope</a></h2>"});
    Operator us;
    us.configure(source_of(newsroom, "/"));
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out;
    EXPECT_THAT(run.out, HasSubstr("new        3 articles"));
}

TEST(Sources, AScriptIsReadByItsMapping) {
    Newsroom newsroom;
    newsroom.publish({.path = "/pages/a%20b/%C3%BC.html", .title = "The bridge opens at last"});
    newsroom.server().on(
        "/pages/list.js",
        {.body = "x=[[1,\"The bridge opens at last\",\"2026-11-02\",\"a b/\xC3\xBC.html\"]];"});
    Operator us;
    us.configure(source_of(newsroom, "/pages/list.js", "fields = {url = 3, title = 1, date = 2}"));
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("new        1 articles"));
}

TEST(Sources, AListOfTheEditorsIsReadFromItsFileAndAFailedPageLeavesNoLink) {
    Newsroom newsroom;
    publish_three(newsroom);
    Operator us;
    write_file_atomically(us.folder() / "lists/picks.csv",
                          "url,title\n" + newsroom.server().url("/one.html") +
                              ",\"Bridge, opened\"\n\n" + newsroom.server().url("/missing.html") +
                              ",Gone missing\npages/own.html,Ours\n");
    us.configure(
        "[[source]]\nname = \"Picks\"\npath = \"lists/picks.csv\"\nsection = \"news\"\n"
        "allow_private = true\n");
    const Outcome run = us.run({"run", "--once", "--verbose"});
    EXPECT_THAT(run.out, AllOf(HasSubstr("new        1 articles"),
                               HasSubstr("line 5: 'pages/own.html' left out")));
    EXPECT_THAT(us.files("site").at("index.html"), Not(HasSubstr("Gone missing")));
    EXPECT_THAT(us.ledger(), Contains(Pair(HasSubstr("/missing.html"), StartsWith("gone"))));
    newsroom.server().forget_requests();
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("found      0"));
    EXPECT_EQ(newsroom.server().count("/one.html"), 0U);
}

TEST(Sources, TitlesAreLeftOutByTheRulesAndTheLedgerSaysWhy) {
    Newsroom newsroom;
    publish_three(newsroom);
    Operator us;
    us.configure(newsroom.source() +
                 "exclude = [\"Horoscope\"]\ninclude = [\"BRIDGE\", \"cope\"]\n");
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
    auto ledger = us.ledger();
    EXPECT_EQ(ledger.at(newsroom.server().url("/three.html")),
              "excluded-by-rule: its title has 'Horoscope' (exclude)");
    EXPECT_EQ(ledger.at(newsroom.server().url("/two.html")),
              "excluded-by-rule: its title has none of 'BRIDGE', 'cope' (include)");
    EXPECT_EQ(newsroom.server().count("/three.html"), 0U);
    // Without the rules they are read after all, as long as the source tells of them.
    us.configure(newsroom.source());
    newsroom.publish({.path = "/four.html", .title = "A fourth story of the day"});
    us.now += 86'400;
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        3 articles"));
}

}  // namespace
}  // namespace heliograph::test
