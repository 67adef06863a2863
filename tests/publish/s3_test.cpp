// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a bucket whose service misbehaves on purpose.
#include "publish/s3.h"
#include "publish/s3_credentials.h"
#include "publish/s3_upload.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

#include "base/system_error.h"
#include "html/url.h"
#include "publish/support.h"
#include "support/s3_stub.h"
#include "support/small_disk.h"

namespace heliograph::publish {
namespace {

namespace fs = std::filesystem;
using heliograph::test::Answer;
using heliograph::test::Fault;
using heliograph::test::ReceivedRequest;
using heliograph::test::s3_error;
using heliograph::test::S3Stub;
using test::Files;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

const Files kFirst = {{"articles/2026/11/a.html", "article a"},
                      {"index.html", "home 1"},
                      {"media/aa/p.webp", "picture"},
                      {"sections/news/index.html", "news 1"}};
const Files kSecond = {{"articles/2026/11/b.html", "article b"},
                       {"index.html", "home 2"},
                       {"media/aa/p.webp", "picture"},
                       {"sections/news/index.html", "news 2"}};

class S3Target : public testing::Test {
  protected:
    static void SetUpTestSuite() { http::start(); }
    S3Target() { target_.kind = TargetKind::kS3; }

    S3Place place() {
        return {.endpoint = *html::parse_url(stub_.server.url("/")),
                .bucket = S3Stub::kBucket,
                .credentials = {.access_key = "key", .secret_key = "a secret", .session_token = ""},
                .first_wait = 1ms,
                .longest_wait = 4ms,
                .tries = 4,
                .timeout = timeout_};
    }
    std::unique_ptr<Publisher> open() {
        return open_s3_at(place(), target_, folder_.path() / "work", clock_, notes_);
    }
    // As one run of the program does.
    Result<void> publish(const Files& files) {
        const auto publisher = open();
        auto current = publisher->current();
        if (!current) return std::unexpected(std::move(current).error());
        if (current->empty()) published_.clear();
        build(files);
        const Plan plan = make_plan(test::manifest_of(files), published_);
        if (plan.empty()) return publisher->tidy(tree());
        auto marker = publisher->prepare(plan, tree(), *current, "");
        if (!marker) return std::unexpected(std::move(marker).error());
        if (auto done = publisher->commit(); !done) return done;
        published_ = test::manifest_of(files);
        EXPECT_EQ(*publisher->current(), *marker);
        return {};
    }
    void build(const Files& files) {
        fs::remove_all(tree());
        for (const auto& [path, bytes] : files) write_file_atomically(tree() / path, bytes);
    }
    [[nodiscard]] fs::path tree() const { return folder_.path() / "tree"; }
    // What readers can get; our own notes left out.
    [[nodiscard]] Files held() const {
        Files out;
        for (const auto& [key, object] : stub_.objects())
            if (key.find(".heliograph") == std::string::npos) out[key] = object.bytes;
        return out;
    }

    S3Stub stub_;
    std::chrono::milliseconds timeout_ = 60s;
    Target target_;
    FixedClock clock_{std::chrono::sys_seconds{1'795'000'000s}};
    test::Notes notes_;
    heliograph::test::TemporaryDirectory folder_;
    Manifest published_;
};

TEST_F(S3Target, SendsOnlyWhatChangedAndRemovesAfterTheGraceTime) {
    ASSERT_TRUE(publish(kFirst));
    EXPECT_EQ(held(), kFirst);
    stub_.forget_done();
    ASSERT_TRUE(publish(kSecond));
    EXPECT_THAT(stub_.done(),
                ElementsAre("PUT articles/2026/11/b.html", "PUT sections/news/index.html",
                            "PUT index.html", "PUT .heliograph"));
    // Readers of the old list still find the old article.
    EXPECT_TRUE(held().contains("articles/2026/11/a.html"));
    clock_.advance(25h);
    ASSERT_TRUE(publish(kSecond));
    EXPECT_EQ(held(), kSecond);
}

TEST_F(S3Target, PublishingTwiceSendsNothing) {
    ASSERT_TRUE(publish(kFirst));
    stub_.forget_done();
    ASSERT_TRUE(publish(kFirst));
    EXPECT_THAT(stub_.done(), IsEmpty());
}

TEST_F(S3Target, WhatCameBackIsNotRemoved) {
    ASSERT_TRUE(publish(kFirst));
    ASSERT_TRUE(publish(kSecond));
    ASSERT_TRUE(publish(kFirst));
    clock_.advance(25h);
    ASSERT_TRUE(publish(kFirst));
    EXPECT_EQ(held(), kFirst);
}

TEST_F(S3Target, TellsTheServiceWhatKindOfFileItIsAndHowLongItMayBeKept) {
    target_.s3.prefix = "news/";
    ASSERT_TRUE(publish(kFirst));
    const auto objects = stub_.objects();
    EXPECT_THAT(objects.at("news/media/aa/p.webp").headers,
                ElementsAre(std::pair("content-type", "image/webp"),
                            std::pair("cache-control", "public, max-age=31536000, immutable")));
    EXPECT_THAT(objects.at("news/index.html").headers,
                ElementsAre(std::pair("content-type", "text/html; charset=utf-8"),
                            std::pair("cache-control", "public, max-age=60")));
    EXPECT_EQ(cache_control_of("edition.json"), "no-cache");
}

TEST_F(S3Target, SendsNoChecksumHeadersOfSdksAndNoSecret) {
    ASSERT_TRUE(publish(kFirst));
    for (const ReceivedRequest& request : stub_.server.requests()) {
        for (const auto& [name, value] : request.headers) {
            EXPECT_THAT(name, Not(HasSubstr("checksum")));
            EXPECT_THAT(value, Not(HasSubstr("a secret")));
        }
        EXPECT_THAT(request.target, Not(HasSubstr("secret")));
    }
}

TEST_F(S3Target, ContentComesBeforeListsAndHomeComesLast) {
    Files files;
    for (int i = 0; i < 40; ++i) {
        files["articles/2026/11/" + std::to_string(i) + ".html"] = "article";
        files["all/" + std::to_string(i) + ".html"] = "list";
    }
    files["index.html"] = "home";
    files["edition.json"] = "edition";
    ASSERT_TRUE(publish(files));
    EXPECT_GT(stub_.server.connections(), 1U);
    std::size_t number = 0;
    for (const std::string& done : stub_.done()) {
        if (done.find(".heliograph-probe") != std::string::npos) continue;
        const std::string expected = number < 40    ? "PUT articles/"
                                     : number < 80  ? "PUT all/"
                                     : number == 80 ? "PUT index.html"
                                     : number == 81 ? "PUT edition.json"
                                                    : "PUT .heliograph";
        EXPECT_TRUE(done.starts_with(expected)) << number << ' ' << done;
        ++number;
    }
    EXPECT_EQ(number, 83U);
}

TEST_F(S3Target, ComesBackWhenAskedToSlowDownAndAfterBrokenAnswers) {
    std::map<std::string, int> asked;
    stub_.set_fault([&](const ReceivedRequest& request) -> std::optional<Answer> {
        switch (++asked[request.method + request.target]) {
            case 1:
                return s3_error(503, "SlowDown");
            case 2:
                return Answer{.fault = Fault::kCloseBeforeHeaders};
            case 3:
                return Answer{.status = 500, .body = "<html>", .fault = Fault::kResetInBody};
            default:
                return std::nullopt;
        }
    });
    const auto done = publish(kFirst);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(held(), kFirst);
}

TEST_F(S3Target, ATimeOutInABodyIsTriedAgain) {
    timeout_ = 1500ms;
    bool first = true;
    stub_.set_fault([&](const ReceivedRequest& request) -> std::optional<Answer> {
        if (request.method != "GET" || !std::exchange(first, false)) return std::nullopt;
        return Answer{.body = "half of the marker", .fault = Fault::kStallInBody};
    });
    const auto done = publish(kFirst);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(first);
    EXPECT_EQ(held(), kFirst);
}

TEST_F(S3Target, SaysWhatTheServiceSaidWhenItGivesUp) {
    ASSERT_TRUE(publish(kFirst));
    stub_.set_fault([](const ReceivedRequest& request) -> std::optional<Answer> {
        if (request.method == "PUT" && request.path.ends_with("b.html"))
            return s3_error(503, "SlowDown");
        return std::nullopt;
    });
    const auto done = publish(kSecond);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message,
                testing::AllOf(HasSubstr("cannot store 'articles/2026/11/b.html' in the bucket "
                                         "'mirror': SlowDown (HTTP status 503)"),
                               HasSubstr("as the \"test\" wants it"), HasSubstr("tried 4 times")));
    // Lists and home never came to name an article that is not there.
    EXPECT_EQ(held().at("index.html"), "home 1");
    EXPECT_EQ(held().at("sections/news/index.html"), "news 1");
}

TEST_F(S3Target, AWrongETagIsAFailureNotASuccess) {
    ASSERT_TRUE(publish(kFirst));
    stub_.lie_about_etags();
    const auto done = publish(kSecond);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("the service names what it stored '0000"));
}

TEST_F(S3Target, AServiceWhoseETagsAreNoMd5IsTakenAtItsWord) {
    stub_.lie_about_etags();  // from the probe on
    const auto done = publish(kFirst);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(held(), kFirst);
}

TEST_F(S3Target, GoesOnWhereItStopped) {
    ASSERT_TRUE(publish(kFirst));
    Files many = kSecond;
    for (int i = 0; i < 20; ++i)
        many["articles/2026/11/n" + std::to_string(i) + ".html"] = "article " + std::to_string(i);
    stub_.set_fault([](const ReceivedRequest& request) -> std::optional<Answer> {
        if (request.path.ends_with("/sections/news/index.html"))
            return s3_error(403, "AccessDenied");
        return std::nullopt;
    });
    ASSERT_FALSE(publish(many));
    stub_.set_fault(nullptr);
    stub_.forget_done();
    ASSERT_TRUE(publish(many));
    EXPECT_THAT(stub_.done(),
                ElementsAre("PUT sections/news/index.html", "PUT index.html", "PUT .heliograph"));
}

TEST_F(S3Target, PutsRightWhatAnUnfinishedPublicationLeft) {
    ASSERT_TRUE(publish(kFirst));
    target_.s3.delete_after = 0h;
    stub_.set_fault([](const ReceivedRequest& request) -> std::optional<Answer> {
        if (request.method == "PUT" && request.path.ends_with("/index.html") &&
            request.path.find("sections") == std::string::npos)
            return s3_error(403, "AccessDenied");
        return std::nullopt;
    });
    // Article b is there, the section names it; then both are taken back, and article c comes.
    ASSERT_FALSE(publish(kSecond));
    EXPECT_EQ(held().at("sections/news/index.html"), "news 2");
    stub_.set_fault(nullptr);
    Files third = kFirst;
    third["articles/2026/11/c.html"] = "article c";
    ASSERT_TRUE(publish(third));
    EXPECT_EQ(held(), third);
}

TEST_F(S3Target, RecordsOnAFullDiskEndTheRunAndTheNextOneGoesOn) {
    const heliograph::test::SmallDisk disk(folder_.path() / "work", 16);
    if (!disk.is_mounted()) GTEST_SKIP() << "this machine does not let us mount a small disk";
    Files many = kFirst;
    for (int i = 0; i < 600; ++i) many[fmt::format("articles/2026/11/long-name-{}.html", i)] = "x";
    try {
        EXPECT_FALSE(publish(many));
        ADD_FAILURE() << "16 KB took the records of 600 files";
    } catch (const SystemError& error) {
        EXPECT_THAT(error.what(), HasSubstr("No space left"));
        EXPECT_THAT(error.what(), HasSubstr((folder_.path() / "work").string()));
    }
    EXPECT_FALSE(held().contains("index.html"));  // home comes last: nothing half done is seen
    ASSERT_TRUE(publish(kFirst));
    EXPECT_THAT(held(), testing::IsSupersetOf(kFirst));
}

TEST_F(S3Target, ALargeFileGoesInParts) {
    // 65 MiB, of which the disk holds only the two ends.
    const std::uint64_t size = std::uint64_t{65} << 20;
    write_file_atomically(tree() / "pack.zip", "begin");
    fs::resize_file(tree() / "pack.zip", size);
    std::ofstream(tree() / "pack.zip", std::ios::in | std::ios::ate) << "end";
    std::string bytes = read_file(tree() / "pack.zip");
    const Plan plan{.changes = {{"pack.zip", ChangeKind::kAdd, {sha256_hex(bytes), bytes.size()}}},
                    .bytes = bytes.size()};
    std::atomic<int> failed{0};
    stub_.set_fault([&](const ReceivedRequest& request) -> std::optional<Answer> {
        if (request.target.find("partNumber=3&") != std::string::npos && failed++ == 0)
            return s3_error(500, "InternalError");
        return std::nullopt;
    });
    const auto publisher = open();
    ASSERT_TRUE(publisher->prepare(plan, tree(), "", ""));
    const auto done = publisher->commit();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(failed, 2);
    EXPECT_TRUE(stub_.objects().at("pack.zip").bytes == bytes);
    EXPECT_THAT(stub_.done(), Contains("POST pack.zip"));
}

TEST_F(S3Target, AServiceWithoutPartsIsFoundOutByTheProbe) {
    stub_.refuse_multipart();
    const auto done = publish(kFirst);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(held(), kFirst);
}

TEST_F(S3Target, RemembersWhatTheEndpointCanDo) {
    ASSERT_TRUE(publish(kFirst));
    const auto probes = [&] {
        return std::ranges::count_if(stub_.server.requests(), [](const ReceivedRequest& request) {
            return request.path.ends_with(".heliograph-probe");
        });
    };
    const auto once = probes();
    EXPECT_GT(once, 0);
    ASSERT_TRUE(publish(kSecond));
    EXPECT_EQ(probes(), once);
    clock_.advance(24h * 31);
    ASSERT_TRUE(publish(kFirst));
    EXPECT_EQ(probes(), 2 * once);
    EXPECT_FALSE(stub_.objects().contains(".heliograph-probe"));
}

TEST_F(S3Target, SaysHowToMendWhatTheServiceRefuses) {
    const std::pair<Answer, const char*> cases[] = {
        {s3_error(403, "SignatureDoesNotMatch"), "; correct the keys in 'credentials'"},
        {s3_error(403, "AccessDenied"), "; give the key the right to do that"},
        {Answer{.status = 404}, "; is 'endpoint' the address of an S3 service?"}};
    for (const auto& [answer, mend] : cases) {
        stub_.set_fault([&](const ReceivedRequest&) -> std::optional<Answer> { return answer; });
        const auto done = publish(kFirst);
        ASSERT_FALSE(done);
        EXPECT_THAT(done.error().message, HasSubstr(mend));
    }
}

// Each try of an endpoint that is misspelt would take a minute; the pipeline comes back anyway.
TEST_F(S3Target, AnEndpointThatNeverAnsweredIsAskedOnce) {
    S3Place nowhere = place();
    nowhere.endpoint = html::parse_url("http://127.0.0.1:1/").value();
    const auto current =
        open_s3_at(nowhere, target_, folder_.path() / "work", clock_, notes_)->current();
    ASSERT_FALSE(current);
    EXPECT_EQ(current.error().code, ErrorCode::kUnreachable);
    EXPECT_THAT(
        current.error().message,
        testing::AllOf(HasSubstr("; if that lasts, look at 'endpoint'"), Not(HasSubstr("tried"))));
}

TEST_F(S3Target, SaysWhenThereIsNoSuchBucket) {
    S3Place elsewhere = place();
    elsewhere.bucket = "other";
    const auto current =
        open_s3_at(elsewhere, target_, folder_.path() / "work", clock_, notes_)->current();
    ASSERT_FALSE(current);
    EXPECT_THAT(current.error().message, HasSubstr("make the bucket first"));
}

TEST_F(S3Target, CredentialsComeFromAFileThatOnlyItsOwnerReads) {
    target_.s3.credentials = "keys";
    EXPECT_THAT(s3_credentials(target_, folder_.path()).error().message, HasSubstr("no file"));
    write_file_atomically(folder_.path() / "keys",
                          "[default]\naws_access_key_id = AKEY\n aws_secret_access_key=S=CRET\r\n");
    fs::permissions(folder_.path() / "keys", fs::perms(0640));
    const auto readable = s3_credentials(target_, folder_.path());
    ASSERT_FALSE(readable);
    EXPECT_THAT(readable.error().message, HasSubstr("run chmod 600"));
    EXPECT_THAT(readable.error().message, Not(HasSubstr("CRET")));
    fs::permissions(folder_.path() / "keys", fs::perms(0600));
    const auto found = s3_credentials(target_, folder_.path());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->access_key, "AKEY");
    EXPECT_EQ(found->secret_key, "S=CRET");
    target_.s3.credentials.clear();
    ::unsetenv("AWS_ACCESS_KEY_ID");
    EXPECT_FALSE(s3_credentials(target_, folder_.path()));
    EXPECT_FALSE(
        open_s3(target_, folder_.path() / "work", folder_.path(), clock_, notes_)->current());
}

TEST(S3Client, EncodesKeysAndReadsAnswers) {
    EXPECT_EQ(s3_path("a b/ü+~.html"), "a%20b/%C3%BC%2B~.html");
    EXPECT_EQ(s3_element("<A><Code>a &amp;lt; b</Code></A>", "Code"), "a &lt; b");
    EXPECT_EQ(s3_element("<A><Code>cut", "Code"), "cut");
    EXPECT_EQ(s3_element("<Code", "Code"), "");
    EXPECT_EQ(s3_element("\xFF<Code>\xFF</Code>", "Code"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace heliograph::publish
