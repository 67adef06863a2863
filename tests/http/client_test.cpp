// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "support/test_server.h"

namespace heliograph::http {
namespace {

using test::Answer;
using test::Fault;
using test::ReceivedRequest;
using test::TestServer;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

class Http : public testing::Test {
  protected:
    static void SetUpTestSuite() { start(); }

    static Url address(const std::string& host, std::uint16_t port, const std::string& path) {
        return {.href = "http://" + host + ":" + std::to_string(port) + path,
                .scheme = "http",
                .host = host,
                .port = port,
                .path = path,
                .query = ""};
    }
    // A request this machine may answer, with limits short enough to wait for.
    Request request(const std::string& path) {
        Request out;
        out.url = address("127.0.0.1", server_.port(), path);
        out.local_addresses = LocalAddresses::kAllow;
        out.timeout = 5s;
        return out;
    }
    Result<Response> get(Request wanted) {
        Client client;
        return get(client, std::move(wanted));
    }
    static Result<Response> get(Client& client, Request wanted) {
        std::optional<Result<Response>> out;
        client.submit(std::move(wanted), [&](Result<Response> result) { out = std::move(result); });
        while (client.run(1s) > 0) {
        }
        if (!out) throw std::logic_error("never called back");
        return std::move(*out);
    }

    TestServer server_;
};

// Validators and places go back to servers as they came. libcurl 8.22 refuses such an answer as a
// whole.
TEST_F(Http, AHeadersValueHoldsNoLine) {
    server_.on("/page", {.headers = {{"", "ETag: \"a\rX-Smuggled: b\""}}, .body = "page"});
    const auto response = get(request("/page"));
    if (response) {
        EXPECT_EQ(response->header("etag"), "\"a X-Smuggled: b\"");
    } else {
        EXPECT_EQ(response.error().code, ErrorCode::kMalformed) << response.error().message;
    }
}

TEST_F(Http, GivesStatusHeadersAndBodyOfWhateverAnswer) {
    server_.on("/page",
               {.status = 404,
                .headers = {{"Content-Type", "text/html"}, {"X-Twice", "a"}, {"x-twice", "b"}},
                .body = "gone"});
    const auto response = get(request("/page"));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(response->header("content-type"), "text/html");
    EXPECT_EQ(response->header("x-twice"), "a");
    EXPECT_EQ(response->header("x-none"), "");
    EXPECT_EQ(response->body, "gone");
}

TEST_F(Http, SendsTheHeadersItIsGivenAndNoOthersOfNote) {
    server_.on("/page", Answer{});
    Request wanted = request("/page");
    wanted.user_agent = "Heliograph/0.1";
    wanted.headers = {{"If-None-Match", "W/\"x\""}, {"X-Bad", "a\r\nX-Smuggled: b"}};
    ASSERT_TRUE(get(wanted));
    const ReceivedRequest received = server_.requests().at(0);
    EXPECT_EQ(received.method, "GET");
    EXPECT_EQ(received.header("user-agent"), "Heliograph/0.1");
    EXPECT_EQ(received.header("if-none-match"), "W/\"x\"");
    EXPECT_FALSE(received.has_header("x-smuggled"));
    EXPECT_FALSE(received.has_header("x-bad"));
    EXPECT_FALSE(received.has_header("cookie"));
    EXPECT_FALSE(received.has_header("authorization"));
    EXPECT_THAT(received.header("accept-encoding"), HasSubstr("gzip"));
}

TEST_F(Http, KeepsNoCookies) {
    server_.on("/page", {.headers = {{"Set-Cookie", "id=1; Path=/"}}, .body = "x"});
    Client client;
    ASSERT_TRUE(get(client, request("/page")));
    ASSERT_TRUE(get(client, request("/page")));
    EXPECT_FALSE(server_.requests().at(1).has_header("cookie"));
}

TEST_F(Http, DoesNotFollowRedirects) {
    server_.on("/old", test::redirect("/new", 301));
    const auto response = get(request("/old"));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 301);
    EXPECT_EQ(response->header("location"), "/new");
    EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(Http, UsesAConnectionAgain) {
    server_.on("/page", {.body = "x"});
    Client client;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(get(client, request("/page")));
    EXPECT_EQ(server_.connections(), 1U);
}

TEST_F(Http, RunsManyRequestsAtOnce) {
    server_.otherwise([](const ReceivedRequest& r) { return Answer{.body = r.path}; });
    Client client;
    std::vector<std::string> bodies;
    for (int i = 0; i < 20; ++i) {
        client.submit(request("/" + std::to_string(i)), [&](Result<Response> response) {
            ASSERT_TRUE(response);
            bodies.push_back(response->body);
        });
    }
    EXPECT_EQ(client.active(), 20U);
    while (client.run(1s) > 0) {
    }
    EXPECT_EQ(bodies.size(), 20U);
}

TEST_F(Http, TakesNewRequestsFromACallback) {
    server_.otherwise([](const ReceivedRequest& r) { return Answer{.body = r.path}; });
    Client client;
    std::string second;
    client.submit(request("/1"), [&](const Result<Response>&) {
        client.submit(request("/2"), [&](Result<Response> response) { second = response->body; });
    });
    while (client.run(1s) > 0) {
    }
    EXPECT_EQ(second, "/2");
}

TEST_F(Http, LosesNoCallbackWhenOneThrows) {
    Client client;
    int called = 0;
    for (int i = 0; i < 2; ++i) {
        Request refused = request("/");
        refused.proxy = "socks4://127.0.0.1:1";  // finished without the network
        client.submit(std::move(refused), [&](const Result<Response>&) {
            if (++called == 1) throw std::runtime_error("disk full");
        });
    }
    EXPECT_THROW(client.run(0ms), std::runtime_error);
    EXPECT_EQ(client.active(), 1U);
    EXPECT_EQ(client.run(0ms), 0U);
    EXPECT_EQ(called, 2);
}

TEST_F(Http, LeavesCleanlyWithRequestsUnderWay) {
    server_.on("/stall", {.fault = Fault::kStall});
    Client client;
    bool called = false;
    client.submit(request("/stall"), [&](const Result<Response>&) { called = true; });
    while (server_.requests().empty()) client.run(10ms);
    EXPECT_FALSE(called);
}

// Content codings.

TEST_F(Http, UndoesTheContentCoding) {
    server_.on("/page", test::gzipped("a text that was compressed"));
    const auto response = get(request("/page"));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "a text that was compressed");
}

TEST_F(Http, CountsTheDecodedBytesAgainstTheLimit) {
    server_.on("/page", test::gzipped(std::string(100'000, 'x')));
    Request wanted = request("/page");
    wanted.max_body_bytes = 50'000;
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kLimit);
    EXPECT_THAT(response.error().message, HasSubstr("body larger than 50000 bytes"));
}

TEST_F(Http, StopsADecompressionBombByItsRatio) {
    server_.on("/bomb", test::gzip_bomb(std::size_t{30} << 20));
    const auto response = get(request("/bomb"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kLimit);
    EXPECT_THAT(response.error().message, HasSubstr("decompresses to more than 200 times"));
}

TEST_F(Http, AcceptsARepetitiveTextThatCompressesWell) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "<item>" + std::to_string(i) + "</item>";
    server_.on("/feed", test::gzipped(text));
    const auto response = get(request("/feed"));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, text);
}

TEST_F(Http, RefusesABrokenCoding) {
    server_.on("/page", {.headers = {{"Content-Encoding", "gzip"}}, .body = "this is no gzip"});
    const auto response = get(request("/page"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kMalformed);
}

// The length is right, and the compressed bytes are the first half.
TEST_F(Http, RefusesCompressedBytesThatEndEarly) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "<p>Paragraph " + std::to_string(i * i) + "</p>";
    test::Answer answer = test::gzipped(text);
    answer.body.resize(answer.body.size() / 2);
    server_.on("/page", answer);
    const auto response = get(request("/page"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(response.error().message, HasSubstr("its compressed bytes end too early"));
}

TEST_F(Http, RefusesACodingThatItDoesNotKnow) {
    server_.on("/page", {.headers = {{"Content-Encoding", "lzma"}}, .body = "abc"});
    const auto response = get(request("/page"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(response.error().message, HasSubstr("'lzma' is not known"));
}

// Hostile and broken answers.

TEST_F(Http, StopsABodyThatNeverEnds) {
    server_.on("/endless", {.fault = Fault::kEndlessBody});
    Request wanted = request("/endless");
    wanted.max_body_bytes = 1'000'000;
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error(),
              (Error{ErrorCode::kLimit,
                     "cannot fetch '" + wanted.url.href + "': body larger than 1000000 bytes"}));
}

TEST_F(Http, CutsALargeBodyWhereAskedTo) {
    server_.on("/endless", {.fault = Fault::kEndlessBody});
    server_.on("/long", {.body = std::string(5000, 'y')});
    server_.on("/short", {.body = "short"});
    for (const std::string path : {"/endless", "/long"}) {
        Request wanted = request(path);
        wanted.max_body_bytes = 1000;
        wanted.large_body = LargeBody::kCut;
        const auto response = get(wanted);
        ASSERT_TRUE(response) << response.error().message;
        EXPECT_EQ(response->status, 200);
        EXPECT_EQ(response->body.size(), 1000U);
        EXPECT_TRUE(response->cut);
    }
    Request wanted = request("/short");
    wanted.large_body = LargeBody::kCut;
    const auto response = get(wanted);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "short");
    EXPECT_FALSE(response->cut);
}

TEST_F(Http, RefusesAnAnnouncedLengthOverTheLimitBeforeTheBody) {
    server_.on("/long", {.body = std::string(5000, 'y'), .fault = Fault::kStallInBody});
    Request wanted = request("/long");
    wanted.max_body_bytes = 1000;
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kLimit);
    EXPECT_THAT(response.error().message, HasSubstr("body larger than 1000 bytes"));
}

TEST_F(Http, StopsHeadersThatNeverEnd) {
    server_.on("/headers", {.fault = Fault::kEndlessHeaders});
    const auto response = get(request("/headers"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kLimit);
    EXPECT_THAT(response.error().message, HasSubstr("headers larger than 262144 bytes"));
}

TEST_F(Http, GivesUpOnAServerThatNeverAnswers) {
    server_.on("/stall", {.fault = Fault::kStall});
    Request wanted = request("/stall");
    wanted.timeout = 100ms;
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error(), (Error{ErrorCode::kTimedOut, "cannot fetch '" + wanted.url.href +
                                                                 "': not complete within 100 ms"}));
}

TEST_F(Http, GivesUpOnABodyThatStopsOrDrips) {
    server_.on("/stop", {.body = "0123456789", .fault = Fault::kStallInBody});
    server_.on("/drip", {.body = std::string(1000, 'x'), .fault = Fault::kDrip});
    for (const std::string path : {"/stop", "/drip"}) {
        Request wanted = request(path);
        wanted.timeout = 150ms;
        const auto response = get(wanted);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::kTimedOut) << path;
    }
}

TEST_F(Http, GivesUpOnAStallBeforeTheWholeTimeIsOver) {
    server_.on("/stop", {.body = "0123456789", .fault = Fault::kStallInBody});
    Request wanted = request("/stop");
    wanted.timeout = 60s;
    wanted.stall_timeout = 1s;
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kTimedOut);
    EXPECT_THAT(response.error().message, HasSubstr("nothing came for 1 s"));
}

TEST_F(Http, ReportsAConnectionThatBreaksOff) {
    server_.on("/close", {.fault = Fault::kCloseBeforeHeaders});
    server_.on("/reset", {.body = "0123456789", .fault = Fault::kResetInBody});
    server_.on("/long", {.body = "0123456789", .fault = Fault::kLengthTooLong});
    for (const std::string path : {"/close", "/reset", "/long"}) {
        const auto response = get(request(path));
        ASSERT_FALSE(response) << path;
        EXPECT_EQ(response.error().code, ErrorCode::kUnreachable) << path;
        EXPECT_THAT(response.error().message, StartsWith("cannot fetch 'http://127.0.0.1:"));
        EXPECT_EQ(server_.count(path), 1U) << path;
    }
}

TEST_F(Http, TakesTheAnnouncedLengthOfALongerBody) {
    server_.on("/short", {.body = "0123456789", .fault = Fault::kLengthTooShort});
    const auto response = get(request("/short"));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "01234");
}

TEST_F(Http, RefusesWhatIsNotHttp) {
    server_.on("/garbage", {.fault = Fault::kGarbage});
    const auto response = get(request("/garbage"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kMalformed) << response.error().message;
    EXPECT_THAT(response.error().message, HasSubstr("the answer is not valid HTTP"));
}

// libcurl 8.14 names another reason when the connection has carried an answer before.
TEST_F(Http, RefusesWhatIsNotHttpOnAConnectionThatIsUsedAgain) {
    server_.on("/good", {.body = "good"});
    server_.on("/garbage", {.fault = Fault::kGarbage});
    ASSERT_TRUE(get(request("/good")));
    const auto response = get(request("/garbage"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kMalformed) << response.error().message;
    EXPECT_THAT(response.error().message, HasSubstr("the answer is not valid HTTP"));
}

TEST_F(Http, ReportsAPortWhereNobodyListens) {
    Request wanted = request("/");
    {
        const TestServer gone;
        wanted.url = address("127.0.0.1", gone.port(), "/");
    }
    const auto response = get(wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kUnreachable);
}

TEST_F(Http, SendsARequestAgainThatBrokeOffUnanswered) {
    server_.on("/once", [n = 0](const ReceivedRequest&) mutable {
        return n++ == 0 ? Answer{.fault = Fault::kCloseBeforeHeaders} : Answer{.body = "here"};
    });
    server_.on("/never", {.fault = Fault::kCloseBeforeHeaders});
    server_.on("/half", {.body = "0123456789", .fault = Fault::kResetInBody});
    Request wanted = request("/once");
    wanted.resends = 1;
    const auto response = get(wanted);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "here");
    for (const auto& [path, times] : {std::pair{"/never", 2U}, std::pair{"/half", 1U}}) {
        wanted = request(path);
        wanted.resends = 1;
        EXPECT_FALSE(get(wanted));
        EXPECT_EQ(server_.count(path), times) << path;
    }
}

// The guard of local addresses.

TEST_F(Http, RefusesLocalAddressesBeforeConnecting) {
    for (const std::string host : {"127.0.0.1", "localhost"}) {
        Request wanted = request("/");
        wanted.url = address(host, server_.port(), "/");
        wanted.local_addresses = LocalAddresses::kRefuse;
        const auto response = get(wanted);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error(),
                  (Error{ErrorCode::kLocal,
                         "cannot fetch '" + wanted.url.href +
                             "': its host has a local address, which only allow_private = true "
                             "for that site opens"}));
    }
    EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(Http, RefusesALocalAddressOnAConnectionThatIsAlreadyOpen) {
    server_.on("/page", {.body = "inside"});
    Client client;
    ASSERT_TRUE(get(client, request("/page")));
    Request wanted = request("/page");
    wanted.local_addresses = LocalAddresses::kRefuse;
    const auto response = get(client, wanted);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::kLocal);
    EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(Http, NeverAsksLinkLocalAddresses) {
    for (const std::string host :
         {"169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]"}) {
        for (const std::string& proxy : {std::string(), server_.origin()}) {
            Request wanted = request("/page");
            wanted.url = address(host, 80, "/page");
            wanted.proxy = proxy;
            const auto response = get(wanted);
            ASSERT_FALSE(response) << host;
            EXPECT_EQ(response.error().code, ErrorCode::kLocal) << host;
            EXPECT_THAT(response.error().message, HasSubstr("link-local")) << host;
        }
    }
    EXPECT_EQ(server_.connections(), 0U);
}

// Proxies.

TEST_F(Http, GoesThroughAnHttpProxyThatResolvesTheName) {
    server_.on("/page", {.body = "from the proxy"});
    Request wanted = request("/page");
    wanted.url = address("news.invalid", 80, "/page");
    wanted.url.href = "http://news.invalid/page";
    wanted.proxy = server_.origin();
    wanted.local_addresses = LocalAddresses::kRefuse;  // the proxy may be local all the same
    const auto response = get(wanted);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "from the proxy");
    EXPECT_EQ(server_.requests().at(0).target, "http://news.invalid/page");
}

TEST_F(Http, GoesThroughASocksProxyThatResolvesTheName) {
    server_.on("/page", {.body = "from the proxy"});
    Request wanted = request("/page");
    wanted.url = address("news.invalid", 80, "/page");
    wanted.proxy = "socks5h://127.0.0.1:" + std::to_string(server_.port());
    wanted.local_addresses = LocalAddresses::kRefuse;
    const auto response = get(wanted);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "from the proxy");
    EXPECT_EQ(server_.requests().at(0).socks_destination, "news.invalid:80");
}

TEST_F(Http, RefusesLocalHostsThroughAProxyToo) {
    for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "169.254.169.254"}) {
        Request wanted = request("/page");
        wanted.url = address(host, 80, "/page");
        wanted.proxy = server_.origin();
        wanted.local_addresses = LocalAddresses::kRefuse;
        const auto response = get(wanted);
        ASSERT_FALSE(response) << host;
        EXPECT_EQ(response.error().code, ErrorCode::kLocal) << host;
    }
    EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(Http, RefusesAProxyThatWouldLetUsResolveNames) {
    for (const std::string proxy : {"socks5://127.0.0.1:1", "127.0.0.1:8080", "ftp://u:secret@x"}) {
        Request wanted = request("/page");
        wanted.proxy = proxy;
        const auto response = get(wanted);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::kConfig);
        EXPECT_THAT(response.error().message, testing::Not(HasSubstr("secret")));
    }
}

TEST_F(Http, TakesNoProxyFromTheEnvironment) {
    server_.on("/page", {.body = "direct"});
    const TestServer proxy;
    ::setenv("http_proxy", proxy.origin().c_str(), 1);
    const auto response = get(request("/page"));
    ::unsetenv("http_proxy");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "direct");
    EXPECT_EQ(proxy.connections(), 0U);
}

TEST_F(Http, LetsTheEnvironmentTurnNoProxyOff) {
    server_.on("/page", {.body = "from the proxy"});
    Request wanted = request("/page");
    wanted.url = address("news.invalid", 80, "/page");
    wanted.proxy = server_.origin();
    ::setenv("no_proxy", "*", 1);
    const auto response = get(wanted);
    ::unsetenv("no_proxy");
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "from the proxy");
}

}  // namespace
}  // namespace heliograph::http
