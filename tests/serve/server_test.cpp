// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>
#include <thread>

#include "base/file.h"
#include "support/temporary_directory.h"

namespace heliograph::serve {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A connection that says what it is told to and hears whatever comes.
class Connection {
  public:
    explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            ADD_FAILURE() << "cannot connect";
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { ::close(socket_); }

    void say(std::string_view bytes) {
        // The server may have closed already.
        [[maybe_unused]] const auto sent =
            ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    std::string hear_all() {
        std::string out;
        char buffer[4096];
        for (ssize_t n = 0; (n = ::recv(socket_, buffer, sizeof buffer, 0)) > 0;)
            out.append(buffer, static_cast<std::size_t>(n));
        return out;
    }

  private:
    int socket_;
};

class ServerTest : public testing::Test {
  protected:
    ServerTest() {
        write_file_atomically(place_.path() / "site/index.html", "<p>home");
        write_file_atomically(place_.path() / "site/a/index.html", "<p>a");
        write_file_atomically(place_.path() / "other/index.html", "<p>other");
        auto opened = Server::open({.address = "127.0.0.1",
                                    .port = 0,
                                    .sites = {{"", {place_.path() / "site", {}}},
                                              {"other.localhost", {place_.path() / "other", {}}}}});
        server_ = std::make_unique<Server>(std::move(opened).value());
        thread_ = std::thread([this] { server_->run(); });
    }
    ~ServerTest() override {
        server_->stop();
        thread_.join();
    }

    std::string ask(const std::string& bytes) {
        Connection connection(server_->port());
        connection.say(bytes);
        return connection.hear_all();
    }
    std::string get(const std::string& target, const std::string& headers = "") {
        return ask(fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{}\r\n",
                               target, headers));
    }

    test::TemporaryDirectory place_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

TEST_F(ServerTest, GivesAFileAndTellsNothingMore) {
    const std::string answer = get("/");
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 OK"), EndsWith("\r\n\r\n<p>home"),
                              HasSubstr("Content-Type: text/html; charset=utf-8"),
                              HasSubstr("X-Content-Type-Options: nosniff"),
                              HasSubstr("Referrer-Policy: no-referrer"),
                              Not(HasSubstr("Set-Cookie")), Not(HasSubstr("Server:"))));
}

TEST_F(ServerTest, AnswersConditionalRequests) {
    const std::string answer = get("/");
    const std::size_t begin = answer.find("ETag: ") + 6;
    const std::string etag = answer.substr(begin, answer.find('\r', begin) - begin);
    const std::string again = get("/", "If-None-Match: " + etag + "\r\n");
    EXPECT_THAT(again, AllOf(StartsWith("HTTP/1.1 304"), EndsWith("\r\n\r\n")));
    EXPECT_THAT(get("/", "If-None-Match: \"x\"\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, KeepsConnectionsAndAnswersHead) {
    EXPECT_THAT(ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
                    "GET /a/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                AllOf(HasSubstr("Content-Length: 7"), Not(HasSubstr("<p>home")), EndsWith("<p>a")));
}

TEST_F(ServerTest, ChoosesTheSiteByName) {
    const auto of = [&](const std::string& host) {
        return ask("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    };
    EXPECT_THAT(of("OTHER.localhost:80"), EndsWith("<p>other"));
    EXPECT_THAT(of("third.localhost"), EndsWith("<p>home"));
    EXPECT_THAT(of("[::1]:80"), EndsWith("<p>home"));
}

TEST_F(ServerTest, RefusesWhatIsNoQuestion) {
    EXPECT_THAT(get("/../../etc/passwd"), StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(get("/a"), AllOf(StartsWith("HTTP/1.1 301"), HasSubstr("Location: /a/")));
    EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
                StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123456789"),
                testing::AnyOf(StartsWith("HTTP/1.1 400"), StartsWith("HTTP/1.1 405"), ""));
    EXPECT_THAT(get("/", "X: " + std::string(100'000, 'x') + "\r\n"),
                testing::AnyOf(StartsWith("HTTP/1.1 400"), ""));
    EXPECT_THAT(ask("\x16\x03\x01 nonsense\r\n\r\n"), Not(HasSubstr("200")));
    EXPECT_THAT(get("/"), StartsWith("HTTP/1.1 200"));  // none of it hurt
}

TEST_F(ServerTest, ServesManyAtOnceWhileSomeSayNothing) {
    std::vector<std::unique_ptr<Connection>> silent;
    for (int i = 0; i < 200; ++i) silent.push_back(std::make_unique<Connection>(server_->port()));
    for (int i = 0; i < 50; ++i) EXPECT_THAT(get("/"), EndsWith("<p>home"));
}

TEST(ServerOpen, SaysWhyItCannotListen) {
    const auto first = Server::open({.address = "127.0.0.1", .port = 0, .sites = {}});
    ASSERT_TRUE(first);
    const auto second = Server::open({.address = "127.0.0.1", .port = first->port(), .sites = {}});
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message, HasSubstr("in use"));
    EXPECT_FALSE(Server::open({.address = "nowhere", .port = 0, .sites = {}}));
}

}  // namespace
}  // namespace heliograph::serve
