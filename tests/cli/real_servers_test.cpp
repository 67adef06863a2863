// SPDX-License-Identifier: GPL-3.0-or-later
// Against servers that others wrote: nginx as the publisher, microsocks as the proxy.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <thread>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

// One that was free a moment ago.
int free_port() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected =
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(descriptor);
    return connected;
}

// A server program, running until the end of the test; its output goes to `log`.
class Daemon {
  public:
    Daemon(std::vector<std::string> arguments, const std::filesystem::path& log, int port) {
        process_ = ::fork();
        if (process_ == 0) {
            const std::string path = log.string();
            if (std::freopen(path.c_str(), "w", stderr) == nullptr) ::_exit(127);
            ::dup2(STDERR_FILENO, STDOUT_FILENO);
            std::vector<char*> argv;
            for (std::string& argument : arguments) argv.push_back(argument.data());
            argv.push_back(nullptr);
            ::execvp(argv[0], argv.data());
            ::_exit(127);
        }
        while (!answers(port) && ::waitpid(process_, nullptr, WNOHANG) == 0)
            std::this_thread::yield();
        is_up_ = answers(port);
    }
    ~Daemon() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    [[nodiscard]] bool is_up() const { return is_up_; }

  private:
    pid_t process_ = -1;
    bool is_up_ = false;
};

// nginx with TLS by a certificate of its own, HTTP/2, gzip and ETags, as Debian has it.
TEST(RealServers, NginxIsReadOverHttp2WithGzipAndAskedWithItsOwnETags) {
    Operator us;
    const auto root = us.folder() / "www";
    const int port = free_port();
    const std::string origin = fmt::format("https://127.0.0.1:{}", port);
    std::string feed = "<rss version=\"2.0\"><channel><title>N</title>";
    for (int i = 0; i < 5; ++i) {
        write_file_atomically(root / fmt::format("{}.html", i),
                              "<!doctype html><title>Story</title><article><h1>Story</h1>" +
                                  paragraphs(i) + "</article>");
        feed += fmt::format("<item><link>{}/{}.html</link></item>", origin, i);
    }
    write_file_atomically(root / "feed.xml", feed + "</channel></rss>");
    const Outcome made = run_program(
        {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=Test publisher", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "ca.pem"},
        us.folder());
    ASSERT_EQ(made.status, 0) << made.err;
    const std::string folder = us.folder().string();
    write_file_atomically(us.folder() / "nginx.conf",
                          fmt::format(R"(daemon off; user root; worker_processes 1; pid {0}/pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; application/rss+xml xml; }}
    log_format seen '$request_uri $server_protocol $status $sent_http_content_encoding';
    access_log {0}/access.log seen;
    gzip on; gzip_min_length 1; gzip_types application/rss+xml;
    client_body_temp_path {0}/t1; proxy_temp_path {0}/t2; fastcgi_temp_path {0}/t3;
    uwsgi_temp_path {0}/t4; scgi_temp_path {0}/t5;
    server {{
        listen 127.0.0.1:{1} ssl http2;
        ssl_certificate {0}/ca.pem; ssl_certificate_key {0}/key.pem;
        root {0}/www;
        location = /old.xml {{ return 301 /feed.xml; }}
    }}
}}
)",
                                      folder, port));
    const Daemon nginx({"nginx", "-p", folder, "-c", folder + "/nginx.conf"},
                       us.folder() / "nginx.log", port);
    ASSERT_TRUE(nginx.is_up()) << read_file(us.folder() / "nginx.log");
    const std::string source = fmt::format(
        "[[source]]\nname = \"N\"\nurl = \"{}/old.xml\"\nsection = \"news\"\nallow_private = "
        "true\n",
        origin);
    us.configure(source);
    const Outcome distrusted = us.run({"update"});
    EXPECT_EQ(distrusted.status, 1);
    EXPECT_THAT(distrusted.out, HasSubstr("certificate"));
    us.configure(source + "ca_file = \"ca.pem\"\n");
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("new        5 articles"));
    const auto log = us.folder() / "access.log";
    EXPECT_THAT(read_file(log),
                AllOf(HasSubstr("/old.xml HTTP/2.0 301"), HasSubstr("/feed.xml HTTP/2.0 200 gzip"),
                      HasSubstr("/0.html HTTP/2.0 200 gzip"), Not(HasSubstr("HTTP/1"))));
    const std::size_t before = read_file(log).size();
    us.now += 3600;
    EXPECT_EQ(us.run({"update"}).status, 0);
    // nginx writes a line when the request is over, which may be after we have left.
    const auto seen = [&] { return read_file(log).substr(before); };
    for (int i = 0; i < 100'000 && seen().find("4.html") == std::string::npos; ++i)
        std::this_thread::yield();
    EXPECT_THAT(seen(),
                AllOf(HasSubstr("/feed.xml HTTP/2.0 304"), HasSubstr("/0.html HTTP/2.0 304"),
                      Not(HasSubstr("old.xml")), Not(HasSubstr(" 200"))));
}

TEST(RealServers, ASocksProxySeesTheTrafficAndTheNames) {
    Operator us;
    Newsroom newsroom;
    const int port = free_port();
    const auto log = us.folder() / "socks.log";
    const Daemon proxy({"microsocks", "-i", "127.0.0.1", "-p", std::to_string(port)}, log, port);
    ASSERT_TRUE(proxy.is_up()) << read_file(log);
    TestServer& server = newsroom.server();
    const std::string origin = fmt::format("http://localhost:{}", server.port());
    server.on("/0.html", {.headers = {{"content-type", "text/html"}},
                          .body = "<article><h1>Through</h1>" + paragraphs(1)});
    server.on("/feed.xml", {.body = "<rss version=\"2.0\"><channel><item><link>" + origin +
                                    "/0.html</link></item></channel></rss>"});
    us.configure(
        fmt::format("[[source]]\nname = \"L\"\nurl = \"{}/feed.xml\"\nsection = "
                    "\"news\"\nallow_private = true\nproxy = \"socks5h://127.0.0.1:{}\"\n",
                    origin, port));
    const Outcome run = us.run({"update"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("new        1 articles"));
    EXPECT_THAT(read_file(log), HasSubstr(fmt::format("localhost:{}", server.port())))
        << "the name itself, which nobody looked up before";
    us.configure(
        fmt::format("[[source]]\nname = \"L\"\nurl = \"{}/feed.xml\"\nsection = "
                    "\"news\"\nproxy = \"socks5h://127.0.0.1:{}\"\n",
                    origin, port));
    us.now += 3600;
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("local address"));
}

}  // namespace
}  // namespace heliograph::test
