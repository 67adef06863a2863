// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of source, from its document to articles.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>

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

TEST(Sources, AllowPrivateOpensTheSourcesOwnSiteAlone) {
    Newsroom inside;
    inside.publish({.path = "/secret.html", .title = "What nobody outside may read"});
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "Bridge opened after nine years"});
    newsroom.publish({.path = "/two.html", .title = "A second story of the day"});
    newsroom.server().on("/two.html",
                         heliograph::test::redirect(inside.server().url("/secret.html")));
    inside.server().forget_requests();
    Operator us;
    us.configure(newsroom.source());
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
    EXPECT_THAT(us.ledger(),
                Contains(Pair(newsroom.server().url("/two.html"),
                              AllOf(StartsWith("blocked"), HasSubstr("local address")))));
    EXPECT_EQ(inside.server().connections(), 0U);
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

TEST(Sources, ABackCatalogueIsReadPageByPageBackToTheDay) {
    Newsroom newsroom;
    TestServer& server = newsroom.server();
    const auto page = [&](int number, const char* date, const std::string& next) {
        const std::string path = fmt::format("/{}.html", number);
        newsroom.publish({.path = path, .title = fmt::format("A story of page {}", number)});
        server.on(fmt::format("/p{}.xml", number),
                  {.body = "<feed xmlns=\"http://www.w3.org/2005/Atom\">" + next +
                           "<entry><link href=\"" + server.url(path) + "\"/><published>" + date +
                           "</published></entry></feed>"});
    };
    page(1, "2026-11-01T00:00:00Z", "<link rel=\"next\" href=\"/p2.xml\"/>");
    page(2, "2026-10-01T00:00:00Z", "<link rel=\"prev-archive\" href=\"/p3.xml\"/>");
    page(3, "2026-09-01T00:00:00Z", "<link rel=\"next\" href=\"/p4.xml\"/>");
    page(4, "2026-08-01T00:00:00Z", "");
    Operator us;
    us.configure(source_of(newsroom, "/p1.xml"));
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
    EXPECT_EQ(server.count("/p2.xml"), 0U);
    const Outcome run = us.run({"update", "--source", "The Loopback", "--since", "2026-09-15"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("new        1 articles"));
    EXPECT_EQ(server.count("/p3.xml"), 1U);
    EXPECT_EQ(server.count("/p4.xml"), 0U);  // the page before is older than asked for
    EXPECT_THAT(us.ledger(), Not(Contains(Key(HasSubstr("/3.html")))));
    EXPECT_EQ(us.run({"update", "--since", "soon"}).status, 2);
    EXPECT_EQ(us.run({"update", "--source", "Nobody"}).status, 2);
}

TEST(Sources, WhatOneSourceOfAPublisherLacksIsSaidWithItsFate) {
    Newsroom newsroom;
    publish_three(newsroom);
    TestServer& server = newsroom.server();
    server.on("/sitemap.xml",
              {.body = "<urlset><url><loc>" + server.url("/one.html") + "</loc></url><url><loc>" +
                       server.url("/four.html") + "</loc></url><url><loc>" +
                       server.url("/gone.html") + "</loc></url></urlset>"});
    server.on("/four.html", {.body = "<!doctype html><title>Fourth story of the day</title>"
                                     "<article><h1>Fourth story of the day</h1>" +
                                     paragraphs(4) + "</article>"});
    Operator us;
    us.configure(newsroom.source() + source_of(newsroom, "/sitemap.xml"));
    us.run({"update"});
    // Each is judged by what it told, whichever was first.
    EXPECT_THAT(us.run({"status"}).out, Not(HasSubstr("last news never")));
    const std::string gaps = us.run({"ledger", "--gaps"}).out;
    EXPECT_THAT(gaps, AllOf(HasSubstr("/feed.xml lacks 2: 1 published, 1 gone"),
                            HasSubstr("/sitemap.xml lacks 2: 2 published"),
                            HasSubstr(server.url("/four.html")), Not(HasSubstr("/one.html"))));
    EXPECT_THAT(gaps, HasSubstr("told by " + server.url("/sitemap.xml") + "; not by " +
                                server.url("/feed.xml")));
}

TEST(Sources, VariantsForPhonesAndPrintingAreTheSameArticle) {
    Newsroom newsroom;
    newsroom.publish({.path = "/2026/bridge.html", .title = "Bridge opened after nine years"});
    TestServer& server = newsroom.server();
    const std::string page = "<!doctype html><link rel=canonical href=\"" +
                             server.url("/2026/bridge.html") +
                             "\"><title>Bridge opened after nine years</title><article><h1>Bridge "
                             "opened after nine years</h1>" +
                             paragraphs(1) + "</article>";
    for (const char* path : {"/amp/2026/bridge.html", "/2026/bridge/amp", "/print/77", "/m/77"}) {
        newsroom.announce(path, "Bridge opened after nine years");
        server.on(path, {.body = page});
    }
    newsroom.announce("/2026/bridge.html?utm_source=feed", "Bridge opened after nine years");
    Operator us;
    us.configure(newsroom.source());
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
    const auto ledger = us.ledger();
    EXPECT_EQ(std::ranges::count_if(
                  ledger, [](const auto& row) { return row.second.starts_with("published"); }),
              1);
    EXPECT_EQ(std::ranges::count_if(
                  ledger, [](const auto& row) { return row.second.starts_with("duplicate"); }),
              static_cast<std::ptrdiff_t>(ledger.size()) - 1);
    us.now += 7'200;
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        0 articles"));
}

TEST(Sources, WhatRobotsTxtForbidsIsLeftOutAndNoFailure) {
    Newsroom newsroom;
    publish_three(newsroom);
    newsroom.server().on("/robots.txt", {.body = "User-agent: *\nDisallow: /two\n"});
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out;
    EXPECT_THAT(run.out, AllOf(HasSubstr("new        2 articles"), HasSubstr("1 blocked")));
    EXPECT_THAT(us.ledger().at(newsroom.server().url("/two.html")),
                AllOf(StartsWith("blocked"), HasSubstr("robots.txt of the site forbids it")));
    us.now += 2 * 3600;
    newsroom.server().on("/robots.txt", {.body = ""});
    us.run({"update"});
    us.now += 25 * 3600;  // robots.txt counts for a day
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
}

TEST(Extract, ReadsThePagesOfAWarcFile) {
    Operator us;
    const auto record = [](const std::string& type, const std::string& block) {
        return fmt::format(
            "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: https://a.example/1\r\nContent-Length: "
            "{}\r\n\r\n{}\r\n\r\n",
            type, block.size(), block);
    };
    const std::string page =
        record("response",
               "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!doctype "
               "html><title>From the archive today</title><article><h1>From the archive "
               "today</h1>" +
                   paragraphs(1) + "</article>");
    write_file_atomically(us.folder() / "a.warc", record("warcinfo", "x") + page);
    const Outcome whole = us.run({"extract", "--warc", "a.warc"});
    EXPECT_EQ(whole.status, 0) << whole.err;
    EXPECT_THAT(whole.out, HasSubstr("# From the archive today"));
    write_file_atomically(us.folder() / "cut.warc", page + page.substr(0, 300));
    const Outcome cut = us.run({"extract", "--jsonl", "--warc", "cut.warc"});
    EXPECT_EQ(cut.status, 1);
    EXPECT_THAT(cut.err, HasSubstr("breaks off"));
    EXPECT_THAT(cut.out, HasSubstr("\"url\":\"https://a.example/1\""));
    EXPECT_EQ(us.run({"extract", "--warc", "nothing.warc"}).status, 3);
}

TEST(Extract, KeepsAJsonLineOneLineForEveryReader) {
    Operator us;
    write_file_atomically(us.folder() / "page.html",
                          "<!doctype html><meta charset=utf-8><title>Two lines of a "
                          "poem</title><article><h1>Two lines of a poem</h1>" +
                              paragraphs(1) +
                              "<p>The first\u2028the \u201Csecond\u201D\u2029and the last of all "
                              "the lines of this poem.</p></article>");
    const std::string out = us.run({"extract", "--jsonl", "page.html"}).out;
    EXPECT_THAT(out, HasSubstr("The first\\u2028the \u201Csecond\u201D\\u2029and the last"));
    EXPECT_THAT(out, AllOf(Not(HasSubstr("\u2028")), Not(HasSubstr("\u2029"))));
}

}  // namespace
}  // namespace heliograph::test
