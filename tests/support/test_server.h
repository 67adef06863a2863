// SPDX-License-Identifier: GPL-3.0-or-later
// A small HTTP/1.1 server on loopback for tests: answers by a table, remembers what it was asked,
// and misbehaves on purpose where it is told to.
//
//     test::TestServer server;
//     server.on("/feed.xml", {.headers = {{"content-type", "application/rss+xml"}}, .body = feed});
//     server.on("/old", test::redirect("/new", 301));
//     server.on("/count", [n = 0](const test::ReceivedRequest&) mutable {
//         return test::Answer{.body = std::to_string(++n)};
//     });
//     server.on("/slow", {.fault = test::Fault::kStall});
//     fetch(server.url("/feed.xml"));  // "http://127.0.0.1:PORT/feed.xml"; allow local addresses!
//     EXPECT_EQ(server.requests().at(0).header("user-agent"), "Heliograph/0.1");
//
// It is also a proxy that answers itself: an HTTP proxy's request arrives with the whole address as
// its target, and a connection that opens with SOCKS5 is greeted, its destination kept, and then
// served as HTTP. The names it is asked for are never looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct ReceivedRequest {
    std::string method;
    std::string target;  // as received: "/path?query", or the whole address for a proxy
    std::string path;    // of the target, without query and origin
    Headers headers;     // names in lower case, in order
    std::string body;
    std::string socks_destination;  // "host:port" asked of the SOCKS5 proxy; else empty
    std::size_t connection = 0;     // counts connections from 1

    // Value of the first header of that (lower-case) name; empty when there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] bool has_header(std::string_view name) const;
};

enum class Fault : std::uint8_t {
    kNone,
    kStall,               // takes the request and never answers
    kStallInBody,         // headers and half of the body, then nothing more
    kCloseBeforeHeaders,  // closes without a byte
    kResetInBody,         // headers and half of the body, then a TCP reset
    kLengthTooLong,       // Content-Length is 1000 more than the body, then closes
    kLengthTooShort,      // Content-Length is half of the body that follows, then closes
    kDrip,                // the body byte by byte, 20 ms apart
    kEndlessHeaders,      // header lines until the other side gives up
    kEndlessBody,         // the body again and again, chunked, until the other side gives up
    kGarbage,             // bytes that are not HTTP, then closes
};

struct Answer {
    int status = 200;
    Headers headers{};  // Content-Length and Connection are added; an empty name adds a raw line
    std::string body{};
    Fault fault = Fault::kNone;
};

using Handler = std::function<Answer(const ReceivedRequest&)>;

[[nodiscard]] Answer redirect(std::string location, int status = 302);
// `body` compressed, with Content-Encoding: gzip.
[[nodiscard]] Answer gzipped(std::string_view body);
// A gzip body of `bytes` zeros: about a thousandth of that on the wire.
[[nodiscard]] Answer gzip_bomb(std::size_t bytes);

// All members may be called from any thread; handlers run on the connections' threads, one at a
// time for the same path.
class TestServer {
  public:
    TestServer();  // listens at once on 127.0.0.1, any free port
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    // The answer for a path (without query), for every method. A later one replaces it.
    void on(std::string path, Answer answer);
    void on(std::string path, Handler handler);
    // For paths not in the table; without it they are 404.
    void otherwise(Handler handler);

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string origin() const;  // "http://127.0.0.1:PORT"
    [[nodiscard]] std::string url(std::string_view path) const;

    // In the order they came.
    [[nodiscard]] std::vector<ReceivedRequest> requests() const;
    [[nodiscard]] std::vector<std::string> paths() const;
    [[nodiscard]] std::size_t count(std::string_view path) const;
    [[nodiscard]] std::size_t connections() const;
    // The most requests that were being answered at one moment.
    [[nodiscard]] std::size_t most_at_once() const;
    void forget_requests();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::test
