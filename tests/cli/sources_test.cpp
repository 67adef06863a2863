// SPDX-License-Identifier: GPL-3.0-or-later
// How sources are asked over days: when, where, and what is said of those that fall silent.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
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

// One source whose document the test writes itself; its articles are pages of the newsroom.
class Sources : public testing::Test {
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

void Sources::write(const std::string& toml) {
    std::ofstream(us_.folder() / "heliograph.toml") << toml;
}

TEST_F(Sources, ASilentSourceIsNoticed) {
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

TEST_F(Sources, AnEmptyFeedAndAFeedThatBecameAPageAreNoticedAtOnce) {
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

TEST_F(Sources, IsAskedAsItsNewsComeAndAsItAsksFor) {
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

TEST_F(Sources, TheAddressItMovedToForGoodIsAskedTheNextTimeAndLeftWhenItFails) {
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

TEST_F(Sources, ItsHubIsKept) {
    configure();
    serve(feed(1, 0,
               "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" "
               "href=\"https://hub.example/\"/>"));
    us_.run({"update"});
    EXPECT_EQ(source()["hub"], "https://hub.example/");
}

}  // namespace
}  // namespace heliograph::test
