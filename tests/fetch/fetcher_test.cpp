// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "fetch/robots.h"
#include "html/url.h"
#include "support/test_server.h"

namespace heliograph::fetch {
namespace {

using test::Answer;
using test::Fault;
using test::ReceivedRequest;
using test::TestServer;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

class FetcherTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { http::start(); }

    FetcherTest() {
        limits_.requests_per_second = 0;
        limits_.timeout = 5s;
    }

    FetchRequest request(std::string_view address) {
        FetchRequest out;
        out.url = *html::parse_url(address);
        out.allow_private = true;
        return out;
    }
    FetchRequest local(std::string_view path) { return request(server_.url(path)); }

    // Through a proxy that is our own server: any host may be made up, and none is looked up.
    FetchRequest proxied(std::string_view address) {
        FetchRequest out = request(address);
        out.allow_private = false;
        out.proxy = server_.origin();
        return out;
    }

    std::vector<Result<Fetched>> fetch_all(Fetcher& fetcher, std::vector<FetchRequest> requests) {
        std::vector<Result<Fetched>> out(requests.size());
        std::size_t called = 0;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            fetcher.submit(std::move(requests[i]), [&out, &called, i](Result<Fetched> result) {
                out[i] = std::move(result);
                ++called;
            });
        }
        while (fetcher.run(1s) > 0) {
        }
        if (called != out.size()) throw std::logic_error("not everything was called back");
        return out;
    }
    Result<Fetched> fetch(Fetcher& fetcher, FetchRequest asked) {
        std::vector<FetchRequest> requests;
        requests.push_back(std::move(asked));
        return std::move(fetch_all(fetcher, std::move(requests)).at(0));
    }
    Result<Fetched> fetch(FetchRequest asked) {
        Fetcher fetcher(limits_, clock_, log_);
        return fetch(fetcher, std::move(asked));
    }

    FetchLimits limits_;
    FixedClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 14}};
    NullLog log_;
    TestServer server_;
};

TEST_F(FetcherTest, GivesTheDocumentWithItsTypeCharsetAndValidators) {
    server_.on("/a", {.headers = {{"Content-Type", "Text/HTML; charset=\"GBK\""},
                                  {"ETag", "W/\"x y\""},
                                  {"Last-Modified", "yesterday, about noon"}},
                      .body = "hello"});
    const auto page = fetch(local("/a"));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->url.href, server_.url("/a"));
    EXPECT_EQ(page->status, 200);
    EXPECT_EQ(page->content_type, "text/html");
    EXPECT_EQ(page->charset, "GBK");
    EXPECT_EQ(page->body, "hello");
    EXPECT_EQ(page->validators.etag, "W/\"x y\"");
    EXPECT_EQ(page->validators.last_modified, "yesterday, about noon");
    EXPECT_FALSE(page->moved_to);
    EXPECT_FALSE(page->retry_after);
}

TEST_F(FetcherTest, SaysWhoItIsAndWhatItWantsAndNoMore) {
    limits_.user_agent = "TestMirror/1 (+https://mirror.example/)";
    server_.on("/a", {.body = "x"});
    FetchRequest asked = local("/a");
    asked.accept = "application/rss+xml";
    asked.robots = RobotsPolicy::kIgnore;
    ASSERT_TRUE(fetch(std::move(asked)));
    const ReceivedRequest seen = server_.requests().at(0);
    EXPECT_EQ(seen.header("user-agent"), "TestMirror/1 (+https://mirror.example/)");
    EXPECT_EQ(seen.header("accept"), "application/rss+xml");
    for (const auto* name :
         {"accept-language", "cookie", "referer", "if-none-match", "if-modified-since"})
        EXPECT_FALSE(seen.has_header(name)) << name;
}

TEST_F(FetcherTest, AsksForHtmlUnderItsOwnNameUnlessToldOtherwise) {
    server_.on("/a", {.body = "x"});
    ASSERT_TRUE(fetch(local("/a")));
    const ReceivedRequest seen = server_.requests().back();
    EXPECT_THAT(seen.header("accept"), HasSubstr("text/html"));
    EXPECT_THAT(seen.header("user-agent"), testing::StartsWith("Heliograph/"));
}

TEST_F(FetcherTest, SendsValidatorsBackVerbatimAndTakes304) {
    server_.on("/feed", [](const ReceivedRequest& asked) {
        const bool same = asked.header("if-none-match") == "W/\"a, b\"" &&
                          asked.header("if-modified-since") == "Sat, 14 Nov 2026 08:30:00 +0800";
        return Answer{.status = same ? 304 : 200, .body = same ? "" : "x"};
    });
    server_.on("/old", test::redirect("/feed"));
    for (const auto* path : {"/feed", "/old"}) {
        FetchRequest asked = local(path);
        asked.validators = {.etag = "W/\"a, b\"",
                            .last_modified = "Sat, 14 Nov 2026 08:30:00 +0800"};
        const auto answer = fetch(std::move(asked));
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->status, 304) << path;
    }
}

TEST_F(FetcherTest, OtherStatusesAreAnswers) {
    for (const int status : {401, 403, 404, 410, 451, 500}) {
        server_.on("/s", {.status = status, .body = "x"});
        const auto answer = fetch(local("/s"));
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->status, status);
    }
}

// ---------------------------------------------------------------- redirects

TEST_F(FetcherTest, FollowsRedirectsAndTellsWhereThingsMovedForGood) {
    const struct {
        int first;
        int second;
        bool for_good;
    } cases[] = {{301, 308, true}, {301, 302, false}, {307, 301, false}, {303, 303, false}};
    for (const auto& c : cases) {
        server_.on("/a", test::redirect("b?x=1#part", c.first));
        server_.on("/b", test::redirect(server_.url("/c"), c.second));
        server_.on("/c", {.body = "there"});
        const auto page = fetch(local("/a"));
        ASSERT_TRUE(page) << page.error().message;
        EXPECT_EQ(page->body, "there");
        EXPECT_EQ(page->url.href, server_.url("/c"));
        ASSERT_EQ(page->moved_to.has_value(), c.for_good) << c.first << ' ' << c.second;
        if (c.for_good) {
            EXPECT_EQ(page->moved_to->href, server_.url("/c"));
        }
    }
}

TEST_F(FetcherTest, EndsACircleOfRedirects) {
    server_.on("/a", test::redirect("/b"));
    server_.on("/b", test::redirect("/a"));
    const auto page = fetch(local("/a"));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kLimit);
    EXPECT_THAT(page.error().message, HasSubstr("circle"));
    EXPECT_EQ(server_.count("/a"), 1U);
}

TEST_F(FetcherTest, EndsAnEndlessChainOfRedirects) {
    server_.otherwise([n = 0](const ReceivedRequest&) mutable {
        return test::redirect("/" + std::to_string(++n));
    });
    FetchRequest asked = local("/start");
    asked.robots = RobotsPolicy::kIgnore;
    const auto page = fetch(std::move(asked));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kLimit);
    EXPECT_THAT(page.error().message, HasSubstr("more than 10 redirects"));
    EXPECT_EQ(server_.requests().size(), 1U + kMaxRedirects);
}

TEST_F(FetcherTest, ARedirectToNowhereIsAnErrorThatSaysSo) {
    for (const auto* location : {"", "ftp://a.example/", "javascript:alert(1)", "http://[/"}) {
        server_.on("/a", test::redirect(location));
        const auto page = fetch(local("/a"));
        ASSERT_FALSE(page) << location;
        EXPECT_EQ(page.error().code, ErrorCode::kMalformed);
        EXPECT_THAT(page.error().message, AllOf(HasSubstr(server_.url("/a")), HasSubstr(location)));
    }
}

TEST_F(FetcherTest, RefusesLocalAddresses) {
    server_.on("/secret", {.body = "secret"});
    FetchRequest asked = local("/secret");
    asked.allow_private = false;
    const auto page = fetch(std::move(asked));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kLocal);
    EXPECT_THAT(page.error().message,
                AllOf(HasSubstr(server_.url("/secret")), HasSubstr("local address")));
    EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(FetcherTest, RefusesARedirectToALocalAddress) {
    TestServer inside;
    inside.on("/secret", {.body = "secret"});
    server_.on("/leak", test::redirect(inside.url("/secret"), 301));
    for (const auto policy : {RobotsPolicy::kObey, RobotsPolicy::kIgnore}) {
        FetchRequest asked = proxied("http://public.example/leak");
        asked.robots = policy;
        // The host that was allowed is the one that was named, not where it leads to.
        asked.allow_private = policy == RobotsPolicy::kIgnore;
        const auto page = fetch(std::move(asked));
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().code, ErrorCode::kLocal);
        EXPECT_THAT(page.error().message,
                    AllOf(HasSubstr("http://public.example/leak"), HasSubstr(inside.url("/secret")),
                          HasSubstr("local address"), Not(HasSubstr("allow_private"))));
    }
    EXPECT_EQ(inside.connections(), 0U);
    for (const auto& seen : server_.requests())
        EXPECT_THAT(seen.target, testing::StartsWith("http://public.example/"));
}

TEST_F(FetcherTest, ALocalSiteThatMayBeAskedLeadsToNoOtherLocalHost) {
    TestServer inside;
    inside.on("/secret", {.body = "secret"});
    server_.on("/leak", test::redirect(inside.url("/secret"), 302));
    server_.on("/moved", test::redirect("/here", 302));
    server_.on("/here", {.body = "here"});
    const auto own = fetch(local("/moved"));
    ASSERT_TRUE(own) << own.error().message;
    EXPECT_EQ(own->body, "here");
    const auto page = fetch(local("/leak"));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kLocal);
    EXPECT_THAT(page.error().message, HasSubstr("no other host may send us"));
    EXPECT_EQ(inside.connections(), 0U);
}

// ---------------------------------------------------------------- robots.txt

TEST_F(FetcherTest, ObeysRobotsTxtAndReadsItOnce) {
    server_.on("/robots.txt", {.body = "User-agent: heliograph\nDisallow: /private\n"});
    server_.on("/a", {.body = "a"});
    server_.on("/b", {.body = "b"});
    server_.on("/private/c", {.body = "c"});
    Fetcher fetcher(limits_, clock_, log_);
    const auto pages = fetch_all(fetcher, {local("/a"), local("/private/c"), local("/b")});
    EXPECT_EQ(pages[0]->body, "a");
    EXPECT_EQ(pages[2]->body, "b");
    ASSERT_FALSE(pages[1]);
    EXPECT_EQ(pages[1].error().code, ErrorCode::kForbidden);
    EXPECT_THAT(pages[1].error().message, HasSubstr("robots.txt"));
    ASSERT_TRUE(fetch(fetcher, local("/a")));
    EXPECT_EQ(server_.count("/robots.txt"), 1U);
    EXPECT_EQ(server_.paths().front(), "/robots.txt");
    EXPECT_EQ(server_.count("/private/c"), 0U);
}

TEST_F(FetcherTest, IsAskedByTheTokenOfTheConfiguredUserAgent) {
    limits_.user_agent = "MyMirror/1.0";
    server_.on("/robots.txt", {.body = "User-agent: mymirror\nDisallow: /\n"});
    server_.on("/a", {.body = "a"});
    EXPECT_FALSE(fetch(local("/a")));
}

TEST_F(FetcherTest, ARobotsTxtThatIsNotThereForbidsNothing) {
    server_.on("/a", {.body = "a"});
    for (const int status : {400, 401, 403, 404, 410}) {
        server_.on("/robots.txt", {.status = status, .body = "User-agent: *\nDisallow: /\n"});
        EXPECT_TRUE(fetch(local("/a"))) << status;
    }
}

TEST_F(FetcherTest, ARobotsTxtThatFailsForbidsEverythingForNow) {
    server_.on("/a", {.body = "a"});
    const Answer failures[] = {{.status = 500},
                               {.status = 503},
                               {.status = 429},
                               {.fault = Fault::kCloseBeforeHeaders},
                               {.fault = Fault::kGarbage},
                               test::redirect("/robots.txt")};
    for (const Answer& failure : failures) {
        server_.on("/robots.txt", failure);
        const auto page = fetch(local("/a"));
        ASSERT_FALSE(page) << failure.status;
        EXPECT_THAT(page.error().message,
                    AllOf(HasSubstr(server_.url("/a")), HasSubstr(server_.url("/robots.txt"))));
    }
    EXPECT_EQ(server_.count("/a"), 0U);
}

TEST_F(FetcherTest, FollowsRedirectsOfRobotsTxt) {
    server_.on("/robots.txt", test::redirect("/1"));
    for (int i = 1; i < 6; ++i)
        server_.on("/" + std::to_string(i), test::redirect("/" + std::to_string(i + 1)));
    server_.on("/6", {.body = "User-agent: *\nDisallow: /a\n"});
    server_.on("/a", {.body = "a"});
    EXPECT_FALSE(fetch(local("/a")));
    EXPECT_EQ(server_.count("/6"), 1U);
}

TEST_F(FetcherTest, ReadsTheBeginningOfAHugeRobotsTxt) {
    std::string text = "User-agent: *\nDisallow: /a\n";
    text.resize(3 * kMaxRobotsBytes, '#');
    server_.on("/robots.txt", {.body = text});
    server_.on("/a", {.body = "a"});
    server_.on("/b", {.body = "b"});
    EXPECT_FALSE(fetch(local("/a")));
    EXPECT_TRUE(fetch(local("/b")));
}

TEST_F(FetcherTest, EachRedirectIsCheckedAgainstTheRobotsTxtOfItsSite) {
    server_.on("/robots.txt", [](const ReceivedRequest& asked) -> Answer {
        if (asked.target.starts_with("http://other.example/"))
            return {.body = "User-agent: *\nDisallow: /private\n"};
        return {.status = 404};
    });
    server_.on("/private", {.body = "x"});
    server_.on("/a", test::redirect("http://other.example/private"));
    const auto page = fetch(proxied("http://first.example/a"));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kForbidden);
    EXPECT_EQ(server_.count("/private"), 0U);
    EXPECT_TRUE(fetch(proxied("http://first.example/private")));
}

TEST_F(FetcherTest, AsksNoRobotsTxtWhereToldToIgnoreIt) {
    server_.on("/robots.txt", {.body = "User-agent: *\nDisallow: /\n"});
    server_.on("/a.png", {.body = "x"});
    FetchRequest asked = local("/a.png");
    asked.robots = RobotsPolicy::kIgnore;
    EXPECT_TRUE(fetch(std::move(asked)));
    EXPECT_THAT(server_.paths(), ElementsAre("/a.png"));
}

// ---------------------------------------------------------------- budgets

TEST_F(FetcherTest, AsksAHostNoMoreAtOnceThanAllowed) {
    limits_.connections_per_host = 3;
    std::barrier three(3);
    std::vector<FetchRequest> requests;
    for (int i = 0; i < 12; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.on(path, [&](const ReceivedRequest&) {
            three.arrive_and_wait();            // with fewer at once this never ends
            std::this_thread::sleep_for(10ms);  // with more, here is the time to see them
            return Answer{.body = "x"};
        });
        requests.push_back(local(path));
        requests.back().robots = RobotsPolicy::kIgnore;
    }
    Fetcher fetcher(limits_, clock_, log_);
    for (const auto& page : fetch_all(fetcher, std::move(requests))) EXPECT_TRUE(page);
    EXPECT_EQ(server_.most_at_once(), 3U);
}

TEST_F(FetcherTest, SpacesRequestsToAHostWhileOtherHostsGoOn) {
    limits_.requests_per_second = 20;
    limits_.connections_per_host = 8;
    std::mutex mutex;
    std::vector<std::chrono::steady_clock::time_point> seen;
    std::vector<FetchRequest> requests;
    for (int i = 0; i < 6; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.on(path, [&](const ReceivedRequest&) {
            const std::lock_guard lock(mutex);
            seen.push_back(std::chrono::steady_clock::now());
            return Answer{.body = "x"};
        });
        requests.push_back(local(path));
        requests.back().robots = RobotsPolicy::kIgnore;
    }
    TestServer other;
    other.on("/other", {.body = "y"});
    requests.push_back(request(other.url("/other")));
    requests.back().robots = RobotsPolicy::kIgnore;

    const auto begin = std::chrono::steady_clock::now();
    Fetcher fetcher(limits_, clock_, log_);
    std::chrono::steady_clock::time_point other_done;
    std::size_t left = requests.size();
    for (auto& asked : requests) {
        const bool is_other = asked.url.path == "/other";
        fetcher.submit(std::move(asked), [&, is_other](const Result<Fetched>& page) {
            EXPECT_TRUE(page);
            if (is_other) other_done = std::chrono::steady_clock::now();
            --left;
        });
    }
    const std::clock_t cpu_begin = std::clock();
    while (fetcher.run(1s) > 0) {
    }
    const double cpu_seconds = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    EXPECT_EQ(left, 0U);
    ASSERT_EQ(seen.size(), 6U);
    // Five times 50 ms; a busy machine only makes it longer. The first request may arrive late: its
    // connection has to be made.
    EXPECT_GE(seen.back() - begin, 230ms);
    EXPECT_LT(other_done, seen.back());
    // It slept meanwhile. The server's threads are counted in.
    EXPECT_LT(cpu_seconds, 0.15);
}

TEST_F(FetcherTest, RunGivesControlBackInTimeWhileEverythingWaits) {
    limits_.requests_per_second = 1;
    server_.on("/a", {.body = "a"});
    Fetcher fetcher(limits_, clock_, log_);
    int done = 0;
    for (int i = 0; i < 3; ++i) {
        FetchRequest asked = local("/a");
        asked.robots = RobotsPolicy::kIgnore;
        fetcher.submit(std::move(asked), [&](const Result<Fetched>&) { ++done; });
    }
    while (done == 0) fetcher.run(1s);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(fetcher.run(20ms), 2U);
    const auto taken = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(taken, 20ms);
    EXPECT_LT(taken, 500ms);
    EXPECT_EQ(fetcher.active(), 2U);
}

TEST_F(FetcherTest, PausesAsLongAsTheHostAsks) {
    std::chrono::steady_clock::time_point complained;
    std::chrono::steady_clock::time_point next;
    server_.on("/busy", [&](const ReceivedRequest&) {
        complained = std::chrono::steady_clock::now();
        return Answer{.status = 503, .headers = {{"Retry-After", "1"}}};
    });
    server_.on("/next", [&](const ReceivedRequest&) {
        next = std::chrono::steady_clock::now();
        return Answer{.body = "x"};
    });
    limits_.connections_per_host = 1;
    Fetcher fetcher(limits_, clock_, log_);
    const auto pages = fetch_all(fetcher, {local("/busy"), local("/next")});
    EXPECT_EQ(pages[0]->status, 503);
    EXPECT_EQ(pages[0]->retry_after, 1s);
    EXPECT_EQ(pages[1]->body, "x");
    EXPECT_GE(next - complained, 1s);
}

TEST_F(FetcherTest, LeavesAHostThatWantsALongPauseToTheNextRun) {
    server_.on("/busy", {.status = 429, .headers = {{"Retry-After", "3600"}}});
    server_.on("/next", {.body = "x"});
    limits_.connections_per_host = 1;
    Fetcher fetcher(limits_, clock_, log_);
    const auto pages = fetch_all(fetcher, {local("/busy"), local("/next")});
    EXPECT_EQ(pages[0]->status, 429);
    EXPECT_EQ(pages[0]->retry_after, 3600s);
    ASSERT_FALSE(pages[1]);
    EXPECT_EQ(pages[1].error().code, ErrorCode::kPostponed);
    EXPECT_THAT(pages[1].error().message, AllOf(HasSubstr("/next"), HasSubstr("pause")));
    // Also what comes later; other hosts go on.
    EXPECT_FALSE(fetch(fetcher, local("/next")));
    TestServer other;
    other.on("/next", {.body = "y"});
    EXPECT_TRUE(fetch(fetcher, request(other.url("/next"))));
    EXPECT_EQ(server_.count("/next"), 0U);
}

TEST_F(FetcherTest, ReadsRetryAfterAsADateByTheGivenClock) {
    server_.on("/busy",
               {.status = 503, .headers = {{"Retry-After", "Sat, 14 Nov 2026 01:00:00 GMT"}}});
    EXPECT_EQ(fetch(local("/busy"))->retry_after, 1h);
}

// ---------------------------------------------------------------- failures

TEST_F(FetcherTest, OneFailureStopsOnlyItself) {
    limits_.timeout = 1s;
    server_.on("/good", {.body = "good"});
    server_.on("/stalls", {.fault = Fault::kStall});
    server_.on("/breaks", {.body = "0123456789", .fault = Fault::kResetInBody});
    server_.on("/endless", {.body = "0123456789", .fault = Fault::kEndlessBody});
    FetchRequest endless = local("/endless");
    endless.max_body_bytes = 100'000;
    Fetcher fetcher(limits_, clock_, log_);
    const auto pages = fetch_all(fetcher, {local("/stalls"), local("/breaks"), std::move(endless),
                                           local("/good"), local("/missing")});
    EXPECT_EQ(pages[0].error().code, ErrorCode::kTimedOut);
    EXPECT_EQ(pages[1].error().code, ErrorCode::kUnreachable);
    EXPECT_EQ(pages[2].error().code, ErrorCode::kLimit);
    EXPECT_EQ(pages[3]->body, "good");
    EXPECT_EQ(pages[4]->status, 404);
}

TEST_F(FetcherTest, CallbacksMaySubmitMore) {
    server_.on("/a", {.body = "a"});
    server_.on("/b", {.body = "b"});
    Fetcher fetcher(limits_, clock_, log_);
    std::string got;
    fetcher.submit(local("/a"), [&](const Result<Fetched>& first) {
        got += first->body;
        fetcher.submit(local("/b"), [&](const Result<Fetched>& second) { got += second->body; });
    });
    while (fetcher.run(1s) > 0) {
    }
    EXPECT_EQ(got, "ab");
}

TEST_F(FetcherTest, ACallbackThatThrowsLosesNothingElse) {
    server_.on("/a", {.body = "a"});
    Fetcher fetcher(limits_, clock_, log_);
    int done = 0;
    for (int i = 0; i < 5; ++i) {
        fetcher.submit(local("/a"), [&](const Result<Fetched>&) {
            if (++done == 2) throw std::runtime_error("disk full");
        });
    }
    int thrown = 0;
    while (fetcher.active() > 0) {
        try {
            fetcher.run(1s);
        } catch (const std::runtime_error&) {
            ++thrown;
        }
    }
    EXPECT_EQ(done, 5);
    EXPECT_EQ(thrown, 1);
}

TEST_F(FetcherTest, GoesThroughTheProxyWithNamesUnresolved) {
    server_.on("/a", {.body = "a"});
    const auto page = fetch(proxied("http://no-such-host.invalid/a"));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_THAT(server_.requests().back().target, "http://no-such-host.invalid/a");
    EXPECT_EQ(server_.requests().front().target, "http://no-such-host.invalid/robots.txt");
}

// ---------------------------------------------------------------- what a source wants

TEST_F(FetcherTest, SendsASourcesOwnHeadersToItsSiteAlone) {
    server_.on("/there", {.body = "x"});
    server_.on("/a", test::redirect("http://elsewhere.example/there"));
    FetchRequest asked = proxied("http://first.example/a");
    asked.robots = RobotsPolicy::kIgnore;
    asked.user_agent = "Own/2";
    asked.headers = {{"X-Key", "secret"}};
    ASSERT_TRUE(fetch(std::move(asked)));
    const auto seen = server_.requests();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].header("x-key"), "secret");
    EXPECT_EQ(seen[0].header("user-agent"), "Own/2");
    EXPECT_FALSE(seen[1].has_header("x-key"));
    EXPECT_EQ(seen[1].header("user-agent"), "Own/2");
}

TEST_F(FetcherTest, ARobotsTxtIsMeantForTheUserAgentOfTheSource) {
    server_.on("/robots.txt", {.body = "User-agent: own\nDisallow: /a\n"});
    server_.on("/a", {.body = "x"});
    FetchRequest asked = local("/a");
    asked.user_agent = "Own/2";
    Fetcher fetcher(limits_, clock_, log_);
    EXPECT_FALSE(fetch(fetcher, std::move(asked)));
    EXPECT_TRUE(fetch(fetcher, local("/a")));
}

class Memory final : public RobotsCache {
  public:
    std::optional<RobotsFile> find(const std::string& key) override {
        const auto found = files.find(key);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    }
    void save(const std::string& key, const RobotsFile& file) override { files[key] = file; }

    std::map<std::string, RobotsFile> files;
};

TEST_F(FetcherTest, RemembersRobotsTxtBetweenRunsForADayAtMost) {
    Memory memory;
    server_.on("/robots.txt", {.headers = {{"Cache-Control", "max-age=99999999"}},
                               .body = "User-agent: *\nDisallow: /private\n"});
    server_.on("/a", {.body = "x"});
    const auto run = [&](std::string_view path) {
        Fetcher fetcher(limits_, clock_, log_, &memory);
        return fetch(fetcher, local(path)).has_value();
    };
    EXPECT_TRUE(run("/a"));
    clock_.advance(23h);
    EXPECT_FALSE(run("/private"));
    EXPECT_EQ(server_.count("/robots.txt"), 1U);
    clock_.advance(2h);
    EXPECT_TRUE(run("/a"));
    EXPECT_EQ(server_.count("/robots.txt"), 2U);
    // RFC 9309 section 2.4: while it cannot be had, the old one counts.
    server_.on("/robots.txt", {.status = 503});
    clock_.advance(48h);
    EXPECT_TRUE(run("/a"));
    EXPECT_FALSE(run("/private"));
    clock_.advance(31 * 24h);
    EXPECT_FALSE(run("/a")) << "too old to count";
    server_.on("/robots.txt", {.status = 404});
    EXPECT_TRUE(run("/private")) << "there is none any more";
}

TEST_F(FetcherTest, ASilentHostHoldsUpNoOther) {
    limits_.first_byte_timeout = 1s;
    limits_.connections_per_host = 1;
    std::vector<std::unique_ptr<TestServer>> silent;
    std::vector<FetchRequest> requests;
    for (int i = 0; i < 3; ++i) {
        silent.push_back(std::make_unique<TestServer>());
        silent.back()->on("/robots.txt", {.status = 404});
        silent.back()->on("/a", {.fault = Fault::kStall});
        requests.push_back(request(silent.back()->url("/a")));
    }
    server_.on("/a", {.body = "x"});
    bool answered = false;
    int failed = 0;
    Fetcher fetcher(limits_, clock_, log_);
    for (FetchRequest& asked : requests)
        fetcher.submit(std::move(asked), [&](const Result<Fetched>& result) {
            ASSERT_FALSE(result);
            EXPECT_TRUE(answered) << "the good one was waiting";
            EXPECT_EQ(result.error().code, ErrorCode::kTimedOut);
            EXPECT_THAT(result.error().message, HasSubstr("no answer began within 1 s"));
            ++failed;
        });
    fetcher.submit(local("/a"),
                   [&](const Result<Fetched>& result) { answered = result.has_value(); });
    while (fetcher.run(1s) > 0) {
    }
    EXPECT_EQ(failed, 3);
}

}  // namespace
}  // namespace heliograph::fetch
