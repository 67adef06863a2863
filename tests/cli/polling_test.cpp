// SPDX-License-Identifier: GPL-3.0-or-later
// How sources are asked over days: when, where, and what is said of those that fall silent.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// One source whose document the test writes itself; its articles are pages of the newsroom.
class Polling : public testing::Test {
  protected:
    static constexpr long long kHour = 3600;

    void configure(const std::string& fetch = "") {
        us_.configure(newsroom_.source());
        if (fetch.empty()) return;
        std::string toml = read();
        const std::string bounds = "poll_min_minutes = 0\npoll_max_minutes = 0\n";
        toml.replace(toml.find(bounds), bounds.size(), fetch);
        write(toml);
    }
    std::string read() { return us_.files("").at("heliograph.toml"); }
    void write(const std::string& toml);

    // A feed of pages that are there, the newest `age` seconds old, an hour apart.
    Answer feed(int items, long long age, const std::string& channel = "") {
        std::string text = "<rss version=\"2.0\"><channel><title>L</title>" + channel;
        for (int i = 0; i < items; ++i) {
            const std::string path = fmt::format("/{}.html", i);
            if (newsroom_.server().count(path) == 0)
                newsroom_.server().on(path, {.headers = {{"content-type", "text/html"}},
                                             .body = "<title>T</title><article><h1>A story</h1>" +
                                                     paragraphs(i) + "</article>"});
            const std::chrono::sys_seconds date{std::chrono::seconds{us_.now - age - i * kHour}};
            text += fmt::format("<item><link>{}</link><pubDate>{}</pubDate></item>",
                                newsroom_.server().url(path), format_http_date(date));
        }
        return {.headers = {{"content-type", "application/rss+xml"}},
                .body = text + "</channel></rss>"};
    }
    void serve(Answer answer) { newsroom_.server().on("/feed.xml", std::move(answer)); }
    std::size_t asked() { return newsroom_.server().count("/feed.xml"); }
    nlohmann::json source() {
        const Outcome status = us_.run({"status", "--json"});
        auto out = nlohmann::json::parse(status.out)["sources"][0];
        out["exit"] = status.status;
        return out;
    }

    Newsroom newsroom_;
    Operator us_;
};

void Polling::write(const std::string& toml) {
    std::ofstream(us_.folder() / "heliograph.toml") << toml;
}

TEST_F(Polling, ASilentSourceIsNoticed) {
    configure();
    serve(feed(8, 0));
    EXPECT_EQ(us_.run({"update"}).status, 0);
    EXPECT_EQ(source()["condition"], "ok");
    EXPECT_EQ(source()["usual_gap_seconds"], kHour);
    us_.now += 30 * kHour;
    EXPECT_EQ(us_.run({"update"}).status, 0);
    EXPECT_EQ(source()["condition"], "quiet");
    EXPECT_EQ(source()["exit"], 0);
    us_.now += 100 * kHour;
    const Outcome run = us_.run({"run", "--once"});
    EXPECT_EQ(run.status, 1) << "only old items recognised";
    EXPECT_THAT(run.out, AllOf(HasSubstr("silent     1"), HasSubstr("no news for 5 days")));
    EXPECT_EQ(source()["condition"], "stale");
    EXPECT_EQ(source()["exit"], 1);
    EXPECT_THAT(us_.run({"status"}).out, HasSubstr("stale since 20"));
    us_.now += kHour;
    serve(feed(1, 0,
               fmt::format("<item><link>{}</link></item>", newsroom_.server().url("/new.html"))));
    newsroom_.server().on("/new.html", {.headers = {{"content-type", "text/html"}},
                                        .body = "<article><h1>New</h1>" + paragraphs(99)});
    EXPECT_EQ(us_.run({"update"}).status, 0) << "and that it speaks again";
    EXPECT_EQ(source()["condition"], "ok");
}

TEST_F(Polling, AnEmptyFeedAndAFeedThatBecameAPageAreNoticedAtOnce) {
    configure();
    serve(feed(8, 0));
    ASSERT_EQ(us_.run({"update"}).status, 0);
    serve(feed(0, 0));
    us_.now += kHour;
    EXPECT_EQ(us_.run({"update"}).status, 1);
    EXPECT_EQ(source()["condition"], "stale");
    EXPECT_THAT(source()["reason"].get<std::string>(), HasSubstr("lists no articles"));
    serve({.headers = {{"content-type", "text/html"}},
           .body = "<!doctype html><title>Welcome</title>"});
    us_.now += kHour;
    const std::string since = format_utc(std::chrono::sys_seconds{std::chrono::seconds{us_.now}});
    EXPECT_EQ(us_.run({"update"}).status, 1);
    us_.now += kHour;
    EXPECT_EQ(us_.run({"update"}).status, 1);
    EXPECT_EQ(source()["condition"], "failing");
    EXPECT_EQ(source()["since"], since);
    EXPECT_THAT(source()["reason"].get<std::string>(),
                AllOf(HasSubstr("2 times in a row"), HasSubstr("an HTML page, 'Welcome'")));
}

TEST_F(Polling, IsAskedAsItsNewsComeAndAsItAsksFor) {
    configure("poll_min_minutes = 5\npoll_max_minutes = 360\nrecheck = false\n");
    serve(feed(8, 0));  // hourly news: asked four times an hour
    ASSERT_EQ(us_.run({"update"}).status, 0);
    us_.now += 10 * 60;
    EXPECT_THAT(us_.run({"update"}).out, HasSubstr("1 of them not due yet"));
    EXPECT_EQ(asked(), 1U);
    us_.now += 5 * 60;
    Answer hourly = feed(8, 0, "<ttl>60</ttl>");
    serve(hourly);
    us_.run({"update"});
    EXPECT_EQ(asked(), 2U);
    us_.now += 30 * 60;  // its ttl has not passed
    us_.run({"update"});
    EXPECT_EQ(asked(), 2U);
    us_.now += 30 * 60;
    hourly.status = 304;
    hourly.headers.emplace_back("Cache-Control", "max-age=7200");
    serve(hourly);
    us_.run({"update"});
    EXPECT_EQ(asked(), 3U);
    us_.now += 90 * 60;
    us_.run({"update"});
    EXPECT_EQ(asked(), 3U) << "max-age of a 304 counts";
    us_.now += 30 * 60;
    serve({.status = 503, .headers = {{"Retry-After", "36000"}}});
    us_.run({"update"});
    EXPECT_EQ(asked(), 4U);
    us_.now += 9 * kHour;
    us_.run({"update"});
    EXPECT_EQ(asked(), 4U) << "Retry-After counts whatever the bounds";
    us_.now += kHour;
    us_.run({"update"});
    EXPECT_EQ(asked(), 5U);
}

TEST_F(Polling, TheAddressItMovedToForGoodIsAskedTheNextTimeAndLeftWhenItFails) {
    configure();
    serve(redirect("/moved.xml", 301));
    newsroom_.server().on("/moved.xml", feed(1, 0));
    const Outcome first = us_.run({"update", "--verbose"});
    EXPECT_EQ(first.status, 0);
    EXPECT_THAT(first.out, HasSubstr("moved for good"));
    EXPECT_EQ(source()["moved_to"], newsroom_.server().url("/moved.xml"));
    us_.run({"update"});
    EXPECT_EQ(asked(), 1U);
    EXPECT_EQ(newsroom_.server().count("/moved.xml"), 2U);
    newsroom_.server().on("/moved.xml", {.status = 404});
    EXPECT_EQ(us_.run({"update"}).status, 1);
    serve(feed(1, 0));
    EXPECT_EQ(us_.run({"update"}).status, 0);
    EXPECT_EQ(asked(), 2U);
}

TEST_F(Polling, ItsHubIsKept) {
    configure();
    serve(feed(1, 0,
               "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" "
               "href=\"https://hub.example/\"/>"));
    us_.run({"update"});
    EXPECT_EQ(source()["hub"], "https://hub.example/");
}

// A page of one story with an etag; `extra` stands outside the article.
Answer page(const std::string& text, const std::string& head = "", const std::string& extra = "") {
    return {.headers = {{"content-type", "text/html"}},
            .body = "<title>A story</title>" + head + extra + "<article><h1>A story</h1>" + text +
                    "</article>"};
}

TEST_F(Polling, ArticlesAreReadAgainEverMoreRarelyAndOnlyRealChangesMakeARevision) {
    configure();
    serve(feed(1, 0));
    TestServer& server = newsroom_.server();
    server.on("/0.html", page(paragraphs(1)));
    ASSERT_EQ(us_.run({"update"}).status, 0);
    us_.now += kHour / 2;
    us_.run({"update"});
    EXPECT_EQ(server.count("/0.html"), 1U) << "not before an hour";
    us_.now += kHour / 2;
    std::string spaced = paragraphs(1);
    for (std::size_t at = 0; (at = spaced.find(". ", at)) != std::string::npos; at += 4)
        spaced.replace(at, 2, ".\n   ");
    server.on("/0.html", page(spaced, "", "<div class=\"ad\">Buy now!</div>"));
    EXPECT_THAT(us_.run({"update"}).out,
                AllOf(HasSubstr("updated    0"), HasSubstr("unchanged  1")));
    EXPECT_EQ(server.count("/0.html"), 2U);
    us_.now += 5 * kHour;
    server.on("/0.html", page(paragraphs(1) + "<p>Correction: the bridge is older.</p>"));
    EXPECT_THAT(us_.run({"update"}).out, HasSubstr("updated    1"));
    const Outcome story = us_.run({"ledger", server.url("/0.html?utm_source=x")});
    EXPECT_THAT(story.out, AllOf(HasSubstr("  published\n"), HasSubstr("changed: revision 2"),
                                 HasSubstr("revision 1"), HasSubstr("next try")));
    us_.now += 60 * 24 * kHour;
    us_.run({"update"});
    EXPECT_EQ(server.count("/0.html"), 4U);
    us_.now += 60 * 24 * kHour;
    us_.run({"update"});
    EXPECT_EQ(server.count("/0.html"), 4U) << "two months later it is history";
}

// Older versions made the hash of an article's content from other things.
TEST_F(Polling, AStoreOfAnOlderVersionGetsNoRevisionWithoutAChange) {
    configure();
    serve(feed(1, 0));
    newsroom_.server().on("/0.html", page(paragraphs(1)));
    ASSERT_EQ(us_.run({"update"}).status, 0);
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((us_.folder() / "state" / "heliograph.db").c_str(), &raw), SQLITE_OK);
    EXPECT_EQ(
        sqlite3_exec(raw, "UPDATE article SET content_hash = 'other'", nullptr, nullptr, nullptr),
        SQLITE_OK);
    EXPECT_EQ(sqlite3_changes(raw), 1);
    sqlite3_close(raw);
    us_.now += kHour;
    EXPECT_THAT(us_.run({"update"}).out,
                AllOf(HasSubstr("updated    0"), HasSubstr("unchanged  1")));
}

TEST_F(Polling, ADuplicateNamesTheAddressThatWasPublished) {
    configure();
    TestServer& server = newsroom_.server();
    std::string items;
    for (const char* path : {"/amp/news/river", "/news/river", "/print/news/river"}) {
        server.on(path, page(paragraphs(1), "<link rel=canonical href=\"/news/river\">"));
        items += fmt::format("<item><link>{}</link></item>", server.url(path));
    }
    serve(feed(0, 0, items));
    EXPECT_THAT(us_.run({"update"}).out, HasSubstr("new        1 article"));
    const auto ledger = us_.ledger();
    std::string published;
    for (const auto& [address, fate] : ledger) {
        if (fate.find("duplicate") == std::string::npos && fate.find("published") == 0)
            published = address;
    }
    ASSERT_NE(published, "");
    for (const char* path : {"/amp/news/river", "/news/river", "/print/news/river"}) {
        const std::string address = server.url(path);
        if (address == published) continue;
        EXPECT_THAT(ledger.at(address),
                    AllOf(HasSubstr("duplicate"), HasSubstr(fmt::format("'{}'", published))));
    }
}

TEST_F(Polling, OfTwoAddressesOfOneItemItIsAlwaysTheSame) {
    configure();
    TestServer& server = newsroom_.server();
    std::string items;
    std::size_t number = 0;
    for (const auto& paths :
         {std::array{"/1/early", "/1/late"}, std::array{"/2/late", "/2/early"}}) {
        ++number;
        for (const char* path : paths) {
            server.on(path, page(paragraphs(number)));
            items +=
                fmt::format("<item><link>{}</link><guid isPermaLink=\"false\">{}</guid></item>",
                            server.url(path), number);
        }
    }
    serve(feed(0, 0, items));
    us_.run({"update"});
    const auto ledger = us_.ledger();
    for (const char* item : {"/1/", "/2/"}) {
        EXPECT_THAT(ledger.at(server.url(std::string(item) + "early")), StartsWith("published"));
        EXPECT_THAT(ledger.at(server.url(std::string(item) + "late")), StartsWith("duplicate"));
    }
}

TEST_F(Polling, OneArticleHasOneIdWhateverItsAddresses) {
    configure();
    TestServer& server = newsroom_.server();
    const auto item = [&](const std::string& path, const std::string& guid = "") {
        return fmt::format("<item><link>{}</link><guid isPermaLink=\"false\">{}</guid></item>",
                           server.url(path), guid);
    };
    server.on("/news/a.html", page(paragraphs(1)));
    // Another site's address as canonical is not believed; this site's is.
    server.on("/news/b.html",
              page(paragraphs(2), "<link rel=canonical href=\"https://victim.example/x\">"));
    server.on("/news/c.html",
              page(paragraphs(3), "<link rel=canonical href=\"/news/real-c.html\">"));
    serve(feed(0, 0, item("/news/a.html", "1") + item("/news/b.html") + item("/news/c.html")));
    EXPECT_THAT(us_.run({"update"}).out, HasSubstr("new        3 articles"));
    serve(feed(0, 0,
               item("/news/a.html/amp") + item("/news/a.html?print=1") + item("/news/real-c.html") +
                   item("/news/a-new-headline.html", "1")));
    server.on("/news/a-new-headline.html", page(paragraphs(1) + "<p>One more sentence.</p>"));
    std::string other;
    for (int i = 0; i < 12; ++i)
        other += fmt::format(
            "<p>Of {0} ships {1} came home that year, and the price of salt rose to "
            "{2} pence; the {0} widows of the {3}th parish had their share.</p>",
            i * 7 + 3, i * 5, i * i + 11, i + 2);
    server.on("/news/rolling.html", page(other));
    us_.now += kHour;
    const Outcome run = us_.run({"update"});
    EXPECT_THAT(run.out, AllOf(HasSubstr("new        0 articles"), HasSubstr("updated    1")));
    EXPECT_EQ(server.count("/news/a.html/amp"), 0U) << "a variant of what is known is not read";
    serve(feed(0, 0, item("/news/rolling.html", "1")));
    us_.now += kHour;
    EXPECT_THAT(us_.run({"update"}).out, HasSubstr("new        1 articles"));
    auto ledger = us_.ledger();
    EXPECT_THAT(ledger[server.url("/news/a.html/amp")], HasSubstr("duplicate: another address of"));
    EXPECT_THAT(ledger[server.url("/news/a.html?print=1")], HasSubstr("duplicate"));
    EXPECT_THAT(ledger[server.url("/news/real-c.html")], HasSubstr("duplicate"));
    EXPECT_THAT(ledger[server.url("/news/a.html")], HasSubstr("duplicate: the source tells"));
    EXPECT_THAT(ledger[server.url("/news/a-new-headline.html")], HasSubstr("published"));
    EXPECT_THAT(ledger[server.url("/news/rolling.html")], HasSubstr("published"))
        << "a number given out again is another article";
    const auto id = [&](const std::string& path) {
        return nlohmann::json::parse(us_.run({"ledger", "--json", server.url(path)}).out)
            .at("article");
    };
    EXPECT_EQ(id("/news/a-new-headline.html"), id("/news/a.html"));
    EXPECT_NE(id("/news/rolling.html"), id("/news/a.html"));
    EXPECT_THAT(us_.run({"ledger", server.url("/news/c.html")}).out, HasSubstr("also at"));
}

TEST_F(Polling, GoneIsFinalAndAnAddressThatMovedForGoodIsAskedAtItsNewPlace) {
    configure();
    TestServer& server = newsroom_.server();
    serve(feed(2, 0));
    server.on("/0.html", {.status = 410});
    server.on("/1.html", redirect("/moved.html", 308));
    server.on("/moved.html", page(paragraphs(1)));
    EXPECT_EQ(us_.run({"update"}).status, 0);
    EXPECT_THAT(us_.ledger()[server.url("/0.html")], HasSubstr("gone: HTTP status 410"));
    for (int day = 0; day < 3; ++day) {
        us_.now += 24 * kHour;
        us_.run({"update"});
    }
    EXPECT_EQ(server.count("/0.html"), 1U);
    EXPECT_EQ(server.count("/1.html"), 1U);
    EXPECT_GE(server.count("/moved.html"), 3U);
    EXPECT_THAT(us_.run({"ledger", server.url("/1.html")}).out,
                HasSubstr("moved for good to " + server.url("/moved.html")));
}

}  // namespace
}  // namespace heliograph::test
