// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a real S3 service: OpenStack Swift with its s3api, on loopback (docs/testing.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "html/url.h"
#include "publish/s3.h"
#include "publish/support.h"

namespace heliograph::publish {
namespace {

namespace fs = std::filesystem;
using test::Files;
using testing::HasSubstr;
using namespace std::chrono_literals;

// Ports of our own, so that two test runs beside each other do not meet: Swift cannot choose.
constexpr int kFirstPort = 20'000;
constexpr int kPorts = 9'000;

class SwiftServer {
  public:
    SwiftServer() {
        port_ = kFirstPort + static_cast<int>(::getpid()) % (kPorts / 4) * 4;
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0) return;
        process_ = ::fork();
        if (process_ == 0) {
            ::setpgid(0, 0);
            ::dup2(pipe[1], STDOUT_FILENO);
            const std::string script = HELIOGRAPH_SOURCE_DIR "/tests/support/swift.sh";
            const std::string port = std::to_string(port_);
            ::execl(script.c_str(), script.c_str(), folder_.path().c_str(), port.c_str(), nullptr);
            ::_exit(77);
        }
        ::setpgid(process_, process_);
        ::close(pipe[1]);
        std::array<char, 16> said{};
        is_ready_ = ::read(pipe[0], said.data(), said.size() - 1) > 0;
        ::close(pipe[0]);
        if (!is_ready_) {
            int status = 0;
            ::waitpid(process_, &status, 0);
            is_absent_ = WIFEXITED(status) && WEXITSTATUS(status) == 77;
            process_ = -1;
        }
    }
    SwiftServer(const SwiftServer&) = delete;
    SwiftServer& operator=(const SwiftServer&) = delete;
    ~SwiftServer() {
        if (process_ <= 0) return;
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    [[nodiscard]] bool is_ready() const { return is_ready_; }
    [[nodiscard]] bool is_absent() const { return is_absent_; }
    [[nodiscard]] S3Place place() const {
        return {.endpoint = *html::parse_url("http://127.0.0.1:" + std::to_string(port_) + "/"),
                .bucket = "mirror",
                .credentials = {
                    .access_key = "test:tester", .secret_key = "testing", .session_token = ""}};
    }

  private:
    heliograph::test::TemporaryDirectory folder_;
    int port_ = 0;
    pid_t process_ = -1;
    bool is_ready_ = false;
    bool is_absent_ = false;
};

class Swift : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        http::start();
        server_ = new SwiftServer;
    }
    static void TearDownTestSuite() {
        delete server_;
        server_ = nullptr;
    }
    void SetUp() override {
        if (server_->is_absent()) GTEST_SKIP() << "OpenStack Swift is not installed";
        ASSERT_TRUE(server_->is_ready());
    }
    Result<void> publish(S3Place place, const Files& files) {
        const auto publisher =
            open_s3_at(std::move(place), target_, folder_.path() / "work", clock_, notes_);
        auto current = publisher->current();
        if (!current) return std::unexpected(std::move(current).error());
        fs::remove_all(folder_.path() / "tree");
        for (const auto& [path, bytes] : files)
            write_file_atomically(folder_.path() / "tree" / path, bytes);
        auto marker = publisher->prepare(make_plan(test::manifest_of(files), published_),
                                         folder_.path() / "tree", *current, "");
        if (!marker) return std::unexpected(std::move(marker).error());
        if (auto done = publisher->commit(); !done) return done;
        published_ = test::manifest_of(files);
        EXPECT_EQ(*publisher->current(), *marker);
        return {};
    }

    static SwiftServer* server_;
    Target target_;
    FixedClock clock_{std::chrono::sys_seconds{1'795'000'000s}};
    test::Notes notes_;
    heliograph::test::TemporaryDirectory folder_;
    Manifest published_;
};

SwiftServer* Swift::server_ = nullptr;

// One test, since the servers take seconds to start and every test is a process of its own.
TEST_F(Swift, TakesPublicationsAndKnowsOurSignature) {
    S3Place stranger = server_->place();
    stranger.credentials.secret_key = "wrong";
    const auto refused = publish(stranger, {{"index.html", "home"}});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("SignatureDoesNotMatch"));
    EXPECT_THAT(refused.error().message, testing::Not(HasSubstr("wrong")));

    const auto no_bucket = publish(server_->place(), {{"index.html", "home"}});
    ASSERT_FALSE(no_bucket);
    EXPECT_THAT(no_bucket.error().message, HasSubstr("make the bucket first"));

    S3Client client(server_->place());
    const auto made = client.perform({.method = http::Method::kPut});
    ASSERT_TRUE(made) << made.error().message;

    target_.s3.prefix = "news/";
    target_.s3.delete_after = 0h;
    Files files = {{"index.html", "home 1"}, {"articles/2026/11/a b+ü.html", "a strange name"}};
    for (int i = 0; i < 50; ++i) files["articles/" + std::to_string(i) + ".html"] = "article";
    files["media/large.bin"] = std::string((std::size_t{64} << 20) + 1, 'x');
    const auto first = publish(server_->place(), files);
    ASSERT_TRUE(first) << first.error().message;
    for (const auto& [path, bytes] : files) {
        const auto got =
            client.perform({.key = "news/" + path, .max_answer_bytes = std::size_t{100} << 20});
        ASSERT_TRUE(got) << got.error().message;
        EXPECT_TRUE(got->body == bytes) << path;
        if (path == "index.html") {
            EXPECT_EQ(got->header("content-type"), "text/html; charset=utf-8");
        }
    }
    files.erase("articles/0.html");
    files["index.html"] = "home 2";
    const auto second = publish(server_->place(), files);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(client.perform({.key = "news/index.html"})->body, "home 2");
    EXPECT_EQ(client.perform({.key = "news/articles/0.html"}).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace heliograph::publish
