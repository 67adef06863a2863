// SPDX-License-Identifier: GPL-3.0-or-later
// How fast small objects go to an S3 service with 32 connections, on loopback. The service is a
// thread of ours that answers as fast as it can: what is measured is the client.
#include <chrono>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "bench/figure.h"
#include "html/url.h"
#include "publish/s3.h"
#include "support/s3_stub.h"
#include "support/temporary_directory.h"

namespace {

using namespace heliograph;
using namespace std::chrono_literals;

constexpr int kObjects = 3000;
constexpr std::size_t kObjectBytes = 8'000;  // an article's page
constexpr double kTargetPerSecond = 200;

class Silent final : public Log {
  public:
    void write(LogLevel /*level*/, std::string_view /*message*/) override {}
};

}  // namespace

int main() {
    http::start();
    test::S3Stub stub;
    const test::TemporaryDirectory folder;
    Manifest built;
    for (int i = 0; i < kObjects; ++i) {
        const std::string path = fmt::format("articles/2026/11/{}.html", i);
        const std::string bytes = std::to_string(i) + std::string(kObjectBytes, 'x');
        write_file_atomically(folder.path() / path, bytes);
        built[path] = {sha256_hex(bytes), bytes.size()};
    }
    const SystemClock clock;
    Silent log;
    const publish::S3Place place{
        .endpoint = *html::parse_url(stub.server.url("/")),
        .bucket = test::S3Stub::kBucket,
        .credentials = {.access_key = "key", .secret_key = "secret", .session_token = ""}};
    const auto publisher = publish::open_s3_at(place, Target{}, folder.path() / "work", clock, log);
    const auto marker = publisher->prepare(publish::make_plan(built, {}), folder.path(), "", "");
    if (!marker) return 3;
    const auto began = std::chrono::steady_clock::now();
    if (!publisher->commit()) return 3;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (stub.objects().size() != kObjects + 1) return 3;
    // The yardstick is the target itself: 1 means 200 a second.
    return bench::report({.name = "s3: small objects a second, 32 connections",
                          .value = kObjects / seconds,
                          .yardstick = kTargetPerSecond,
                          .target = 1,
                          .unit = "objects/s",
                          .at_least = true})
               ? 0
               : 1;
}
