// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can go wrong outside: each ends its own item with a reason, and loses nothing.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"
#include "support/small_disk.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kGood = "/good.html";

// A good story, and beside it something hostile: the good one must come through.
class Hostile : public testing::Test {
  protected:
    Hostile() { newsroom_.publish({.path = kGood, .title = "The good story"}); }

    Outcome run() {
        us_.configure(newsroom_.source() + more_sources_);
        return us_.run({"run", "--once"});
    }
    std::string fate(const std::string& path) { return us_.ledger()[newsroom_.server().url(path)]; }
    void expect_the_good_story() {
        EXPECT_THAT(us_.files("site")["index.html"], HasSubstr("The good story"));
        EXPECT_THAT(us_.git({"show", "main:README.md"}), HasSubstr("The good story"));
    }

    Newsroom newsroom_;
    Operator us_;
    std::string more_sources_;
};

TEST_F(Hostile, FeedsThatAreNoFeedsAreSaidToBeSo) {
    TestServer& server = newsroom_.server();
    server.on("/page", {.headers = {{"content-type", "text/html"}},
                        .body = "<!doctype html><html><title>Moved</title><p>Hello</html>"});
    server.on("/image",
              {.headers = {{"content-type", "application/rss+xml"}},
               .body = read_file(std::string(HELIOGRAPH_TEST_DATA) + "/media/photo.avif")});
    server.on("/empty", {.body = ""});
    server.on("/endless", {.body = std::string(1 << 20, 'x'), .fault = Fault::kEndlessBody});
    server.on("/bomb", gzip_bomb(std::size_t{1} << 30));
    server.on("/loop", redirect("/loop"));
    for (const char* path : {"/page", "/image", "/empty", "/endless", "/bomb", "/loop"}) {
        more_sources_ += fmt::format(
            "[[source]]\nname = \"Source {0}\"\nurl = \"{1}\"\nsection = \"news\"\nallow_private = "
            "true\n",
            path, server.url(path));
    }
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("Source /page"), HasSubstr("Source /image"),
                                   HasSubstr("Source /empty"), HasSubstr("Source /endless"),
                                   HasSubstr("Source /bomb"), HasSubstr("Source /loop")));
    const std::string status = us_.run({"status"}).out;
    EXPECT_THAT(status, HasSubstr("failed the last time"));
    expect_the_good_story();
}

TEST_F(Hostile, PagesThatAreNoArticlesGetAFateAndAReason) {
    TestServer& server = newsroom_.server();
    newsroom_.announce("/image", "An image");
    server.on("/image", {.headers = {{"content-type", "image/jpeg"}},
                         .body = read_file(std::string(HELIOGRAPH_TEST_DATA) + "/media/wide.jpg")});
    newsroom_.announce("/short", "Short");
    server.on("/short", {.headers = {{"content-type", "text/html"}}, .body = "<p>Too short.</p>"});
    newsroom_.announce("/empty", "Empty");
    server.on("/empty", {.headers = {{"content-type", "text/html"}}, .body = ""});
    newsroom_.announce("/gone", "Gone");
    server.on("/gone", {.status = 410});
    const Outcome outcome = run();
    EXPECT_THAT(fate("/image"), StartsWith("not-an-article: ")) << outcome.out << outcome.err;
    EXPECT_THAT(fate("/short"),
                testing::AnyOf(StartsWith("too-short: "), StartsWith("not-an-article: ")));
    EXPECT_THAT(fate("/empty"),
                testing::AnyOf(StartsWith("too-short: "), StartsWith("not-an-article: ")));
    EXPECT_THAT(fate("/gone"), StartsWith("gone: "));
    EXPECT_THAT(fate(kGood), StartsWith("published"));
    expect_the_good_story();
}

TEST_F(Hostile, BrokenAnswersFailAloneAndAreTriedAgain) {
    TestServer& server = newsroom_.server();
    const std::string page = "<h1>x</h1>" + paragraphs(3);
    const Headers html = {{"content-type", "text/html"}};
    const std::pair<const char*, Answer> answers[] = {
        {"/endless",
         {.headers = html, .body = std::string(1 << 20, 'x'), .fault = Fault::kEndlessBody}},
        {"/reset", {.headers = html, .body = page, .fault = Fault::kResetInBody}},
        {"/stall", {.headers = html, .body = page, .fault = Fault::kStall}},
        {"/garbage", {.headers = html, .body = page, .fault = Fault::kGarbage}},
        {"/endless-headers", {.headers = html, .body = page, .fault = Fault::kEndlessHeaders}},
        {"/bomb", gzip_bomb(std::size_t{1} << 30)},
        {"/loop", redirect("/loop-2")},
        {"/loop-2", redirect("/loop")},
        {"/broken", {.status = 500}},
    };
    for (const auto& [path, answer] : answers) {
        newsroom_.announce(path, path);
        server.on(path, answer);
    }
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, 1);
    for (const auto& [path, answer] : answers)
        EXPECT_THAT(fate(path), testing::AnyOf(StartsWith("failed: "), StartsWith("blocked: ")))
            << path;
    EXPECT_THAT(outcome.out, HasSubstr("failed     9"));
    expect_the_good_story();
    // Mended at the publisher, and due again: the next run has it.
    server.on("/reset", {.headers = html, .body = page});
    us_.now += 24 * 3600;
    us_.run({"run", "--once"});
    EXPECT_THAT(fate("/reset"), StartsWith("published"));
}

TEST_F(Hostile, TheLedgerSaysOfEachBrokenAnswerWhatHappened) {
    TestServer& server = newsroom_.server();
    const std::string page = "<h1>x</h1>" + paragraphs(3);
    const Headers html = {{"content-type", "text/html"}};
    const struct {
        const char* path;
        Answer answer;
        const char* said;
    } cases[] = {
        {"/stall", {.fault = Fault::kStall}, "no answer began within 1 s"},
        {"/half", {.body = page, .fault = Fault::kStallInBody}, "nothing came for 1 s"},
        {"/drip", {.body = page, .fault = Fault::kDrip}, "not complete within 3 s"},
        {"/closed", {.fault = Fault::kCloseBeforeHeaders}, "closed the connection"},
        {"/long", {.body = page, .fault = Fault::kLengthTooLong}, "broke off before the end"},
        {"/headers", {.fault = Fault::kEndlessHeaders}, "headers larger than"},
        {"/bomb", gzip_bomb(std::size_t{1} << 26), "decompresses to more than 200 times"},
        {"/circle", redirect("/circle"), "in a circle"},
        {"/garbage", {.fault = Fault::kGarbage}, "the answer is not valid HTTP"},
        {"/busy", {.status = 503}, "HTTP status 503"},
    };
    for (const auto& c : cases) {
        newsroom_.announce(c.path, c.path);
        server.on(c.path, c.answer);
    }
    newsroom_.announce("/charset", "Charset");
    server.on("/charset",
              {.headers = {{"content-type", "text/html; charset=windows-1251"}},
               .body = "<meta charset=utf-8><article><h1>Charset</h1><p>Schöne Grüße an "
                       "alle, die dieses Blatt lesen, und ein gutes Jahr.</p>" +
                       paragraphs(5) + "</article>"});
    // A name that leads to this machine, at a source that may not go there.
    more_sources_ = fmt::format(
        "[[source]]\nname = \"Inside\"\nurl = \"http://localhost:{}/feed.xml\"\nsection = "
        "\"news\"\n",
        server.port());
    us_.configure(newsroom_.source() + more_sources_);
    std::string toml = read_file(us_.folder() / "heliograph.toml");
    const std::string limit = "timeout_seconds = 5\n";
    toml.replace(toml.find(limit), limit.size(),
                 "timeout_seconds = 3\nfirst_byte_timeout_seconds = 1\nstall_timeout_seconds = "
                 "1\nconnections_per_host = 8\n");
    write_file_atomically(us_.folder() / "heliograph.toml", toml);
    const Outcome outcome = us_.run({"update"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("local address"));
    for (const auto& c : cases)
        EXPECT_THAT(fate(c.path), AllOf(StartsWith("failed: "), HasSubstr(c.said))) << c.path;
    EXPECT_THAT(fate("/charset"), StartsWith("published"));
    EXPECT_THAT(fate(kGood), StartsWith("published"));
    us_.run({"build"});
    bool is_readable = false;
    for (const auto& [path, bytes] : us_.files("state/targets/directory/tree"))
        is_readable |= bytes.find("Schöne Grüße") != std::string::npos;
    EXPECT_TRUE(is_readable) << "the page's own statement is right, the header wrong";
}

TEST_F(Hostile, ARedirectIntoOurOwnNetworkIsRefused) {
    // The publisher is on the web, seen through a proxy; its page sends us to this machine.
    TestServer proxy;
    proxy.on("/feed.xml",
             {.headers = {{"content-type", "application/rss+xml"}},
              .body = "<rss version=\"2.0\"><channel><title>t</title><item><title>Inside"
                      "</title><link>http://publisher.example/inside</link></item>"
                      "</channel></rss>"});
    proxy.on("/robots.txt", {.status = 404});
    proxy.on("/inside", redirect(newsroom_.server().url("/secret")));
    newsroom_.server().on("/secret", {.body = paragraphs(1)});
    more_sources_ = fmt::format(
        "[[source]]\nname = \"Sly\"\nurl = \"http://publisher.example/feed.xml\"\nsection = "
        "\"news\"\nproxy = \"{}\"\n",
        proxy.origin());
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(us_.ledger()["http://publisher.example/inside"],
                AllOf(StartsWith("blocked: "), HasSubstr("127.0.0.1")))
        << outcome.out << outcome.err;
    EXPECT_EQ(newsroom_.server().count("/secret"), 0U);
    expect_the_good_story();
}

TEST_F(Hostile, TitlesWithMarkupStayText) {
    const std::string title =
        "A ](https://evil.example) <b>\"title\"</b> `x` | *y* _z_ # & &amp; [1";
    newsroom_.publish({.path = "/markup.html", .title = title});
    const Outcome outcome = run();
    ASSERT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    for (const std::string& path : {std::string("README.md"), std::string("sections/news.md")}) {
        const std::string markdown = us_.git({"show", "main:" + path});
        if (markdown.empty()) continue;
        write_file_atomically(us_.folder() / "page.md", markdown);
        const Outcome rendered = run_program({"cmark-gfm", "-e", "table", "-e", "autolink", "-e",
                                              "tagfilter", "--unsafe", "page.md"},
                                             us_.folder());
        EXPECT_THAT(
            rendered.out,
            HasSubstr("A ](https://evil.example) &lt;b&gt;&quot;title&quot;&lt;/b&gt; `x` | "
                      "*y* _z_ # &amp; &amp;amp; [1"));
        EXPECT_THAT(rendered.out, testing::Not(HasSubstr("href=\"https://evil.example")));
    }
}

TEST_F(Hostile, ARemoteThatRefusesThePushHoldsUpNobodyAndIsMadeUpForLater) {
    us_.configure(newsroom_.source());
    const auto hook = us_.folder() / "mirror.git/hooks/pre-receive";
    write_file_atomically(hook, "#!/bin/sh\necho 'no more room for you' >&2\nexit 1\n");
    ::chmod(hook.c_str(), 0700);
    const Outcome refused = us_.run({"run", "--once"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.out, AllOf(HasSubstr("FAILED     git"), HasSubstr("no more room for you")));
    EXPECT_THAT(us_.files("site")["index.html"], HasSubstr("The good story"));
    EXPECT_EQ(us_.git({"rev-parse", "--verify", "main"}), "");
    std::filesystem::remove(hook);
    EXPECT_EQ(us_.run({"run", "--once"}).status, 0);
    expect_the_good_story();
}

TEST_F(Hostile, AFullDiskUnderOneTargetIsThatTargetsAlone) {
    const heliograph::test::SmallDisk disk(us_.folder() / "site", 8);
    if (!disk.is_mounted()) GTEST_SKIP() << "needs root to mount a small file system";
    const Outcome full = run();
    EXPECT_EQ(full.status, 1);
    EXPECT_THAT(full.out, AllOf(HasSubstr("FAILED     directory"), HasSubstr("No space left"),
                                HasSubstr("make room on its disk")));
    EXPECT_THAT(us_.git({"show", "main:README.md"}), HasSubstr("The good story"));
}

TEST_F(Hostile, AFullDiskUnderTheStoreEndsTheRunAndLosesNothing) {
    const heliograph::test::SmallDisk disk(us_.folder() / "state", 200);
    if (!disk.is_mounted()) GTEST_SKIP() << "needs root to mount a small file system";
    for (int i = 0; i < 10; ++i)
        newsroom_.publish({.path = fmt::format("/story-{}.html", i), .title = "Story"});
    const Outcome full = run();
    EXPECT_THAT(full.status, testing::AnyOf(1, 3));
    EXPECT_THAT(full.err + full.out, testing::AnyOf(HasSubstr("No space left"), HasSubstr("full")));
    // More room, and the next run carries on.
    ASSERT_EQ(::mount("none", (us_.folder() / "state").c_str(), "tmpfs", MS_REMOUNT, "size=64m"),
              0);
    const Outcome again = us_.run({"run", "--once"});
    EXPECT_EQ(again.status, 0) << again.out << again.err;
    const auto ledger = us_.ledger();
    EXPECT_EQ(ledger.size(), 11U);
    for (const auto& [url, fate] : ledger) EXPECT_THAT(fate, StartsWith("published")) << url;
    EXPECT_EQ(us_.run({"lint", "site"}).status, 0);
}

}  // namespace
}  // namespace heliograph::test
