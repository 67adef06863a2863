// SPDX-License-Identifier: GPL-3.0-or-later
// What readers get of a publication, on a host that is there, gone, late or lying.
#include "pipeline/read_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "http/client.h"
#include "support/temporary_directory.h"
#include "support/test_server.h"

namespace heliograph::pipeline {
namespace {

using test::Answer;
using test::ReceivedRequest;
using testing::HasSubstr;
using namespace std::chrono_literals;

class Silent final : public Log {
  public:
    void write(LogLevel /*level*/, std::string_view /*message*/) override {}
};

class ReadBackTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { http::start(); }
    ReadBackTest() {
        limits_.requests_per_second = 0;
        target_.name = "site";
        target_.base_url = host_.url("/news/");
        target_.allow_private = true;
        for (int i = 0; i < 30; ++i)
            add(ChangeKind::kAdd, "articles/" + std::to_string(i) + ".html");
        add(ChangeKind::kChange, "articles/\u00fc.html");
        add(ChangeKind::kChange, "index.html");
        changes_.push_back({.path = "old.html", .kind = ChangeKind::kRemove, .digest = {}});
    }
    void add(ChangeKind kind, const std::string& path) {
        const std::string bytes = "bytes of " + path;
        changes_.push_back(
            {.path = path, .kind = kind, .digest = {sha256_hex(bytes), bytes.size()}});
    }
    static Answer honest(const ReceivedRequest& request) {
        const std::string path = request.path.substr(std::string("/news/").size());
        return {.body =
                    "bytes of " + (path == "articles/%C3%BC.html" ? "articles/\u00fc.html" : path)};
    }
    ReadBack read() {
        ReadBack outcome = read_back(limits_, target_, changes_, clock_, log_);
        remember_read_back(store_, target_.name, outcome, clock_.now());
        return outcome;
    }

    test::TestServer host_;
    test::TemporaryDirectory folder_;
    store::Store store_{folder_.path()};
    FetchLimits limits_;
    Target target_;
    std::vector<Change> changes_;
    FixedClock clock_{std::chrono::sys_seconds{1'795'000'000s}};
    Silent log_;
};

TEST_F(ReadBackTest, ReadsAFewOfTheChangesAndRemembersTheOutcome) {
    host_.otherwise(honest);
    const ReadBack outcome = read();
    EXPECT_EQ(outcome.read, kMostReadBack);
    EXPECT_EQ(outcome.good, kMostReadBack);
    EXPECT_EQ(outcome.problem, "");
    EXPECT_EQ(host_.requests().size(), kMostReadBack);
    EXPECT_EQ(host_.count("/news/index.html"), 1U);
    EXPECT_EQ(host_.count("/robots.txt"), 0U);
    EXPECT_THAT(last_read_back(store_, "site"),
                HasSubstr("Z: 8 of 8 files came as they were published"));
}

TEST_F(ReadBackTest, SeesOneFileThatDiffers) {
    host_.otherwise([](const ReceivedRequest& request) {
        Answer answer = honest(request);
        if (request.path.ends_with("index.html")) answer.body.back() = '!';
        return answer;
    });
    ReadBack outcome = read();
    EXPECT_EQ(outcome.good, kMostReadBack - 1);
    EXPECT_THAT(outcome.problem, HasSubstr("/news/index.html' differs from what was published"));
    EXPECT_FALSE(outcome.has_failed());
    target_.read_back = ReadBackPolicy::kRequire;
    outcome = read();
    EXPECT_TRUE(outcome.has_failed());
}

TEST_F(ReadBackTest, SeesFilesThatAreMissingOrTooLarge) {
    host_.otherwise(
        [](const ReceivedRequest&) { return Answer{.status = 404, .body = "no such page"}; });
    EXPECT_THAT(read().problem, HasSubstr("answers with HTTP status 404"));
    host_.otherwise([](const ReceivedRequest&) { return Answer{.body = std::string(1000, 'x')}; });
    EXPECT_THAT(read().problem, HasSubstr("is larger than what was published"));
}

TEST_F(ReadBackTest, AsksAHostThatIsNotThereOnce) {
    host_.otherwise(
        [](const ReceivedRequest&) { return Answer{.fault = test::Fault::kCloseBeforeHeaders}; });
    const ReadBack outcome = read();
    EXPECT_EQ(outcome.read, 1U);
    EXPECT_EQ(outcome.good, 0U);
    EXPECT_NE(outcome.problem, "");
    EXPECT_FALSE(outcome.has_failed());
}

TEST_F(ReadBackTest, DoesNotReadFromOurOwnNetworkUnasked) {
    target_.allow_private = false;
    const ReadBack refused = read();
    EXPECT_THAT(refused.problem, HasSubstr("only allow_private = true"));
    EXPECT_EQ(refused.read, 1U);  // the others would be refused as well
    EXPECT_TRUE(host_.requests().empty());
}

TEST_F(ReadBackTest, SaysWhyItReadsNothing) {
    target_.kind = TargetKind::kGit;
    target_.format = PageFormat::kMarkdown;
    EXPECT_THAT(read().skipped, HasSubstr("set raw_url"));
    EXPECT_THAT(last_read_back(store_, "site"), HasSubstr("not read back: its base_url"));
    EXPECT_TRUE(host_.requests().empty());
    host_.otherwise(honest);
    target_.raw_url = target_.base_url;
    target_.base_url = "https://host.example/blob/main/";
    EXPECT_EQ(read().good, kMostReadBack);
    target_.read_back = ReadBackPolicy::kOff;
    EXPECT_EQ(read().read, 0U);
    changes_ = {{.path = "old.html", .kind = ChangeKind::kRemove, .digest = {}}};
    target_.read_back = ReadBackPolicy::kWarn;
    EXPECT_EQ(read().skipped, "only removals");
}

}  // namespace
}  // namespace heliograph::pipeline
