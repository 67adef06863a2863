// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to read publishers: pages a second, memory, a run without news, and how the store
// grows. The publisher is a process of its own on loopback, every answer 50 ms late; politeness is
// off.
//
//   update_bench [PAGES]     default: 5000, in sources of five each
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/clock.h"
#include "base/log.h"
#include "bench/figure.h"
#include "bench/update_server.h"
#include "html/url.h"
#include "http/client.h"
#include "media/picture.h"
#include "pipeline/read_page.h"
#include "pipeline/update.h"
#include "store/store.h"

namespace {
namespace fs = std::filesystem;
using namespace heliograph;
using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr int kPagesOfASource = 5;
constexpr int kPicturedPages = 200;
// 50 ms late, they carry up to 2,560 pages a second: what limits us is not the wire.
constexpr int kConnections = 128;

double seconds(timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

struct Cost {
    double seconds = 0;
    double processor_seconds = 0;  // on all threads, in the kernel too
};

template <typename Work>
Cost cost_of(Work work) {
    const auto processor = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    };
    const double before = processor();
    const auto begin = SteadyClock::now();
    work();
    return {.seconds = std::chrono::duration<double>(SteadyClock::now() - begin).count(),
            .processor_seconds = processor() - before};
}

double megabytes_used() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Config config_of(const bench::UpdateServer& server, int pages, bool pictures) {
    Config config;
    config.mirror.title = "Bench";
    config.mirror.sections = {{.key = "news", .name = "News"}};
    config.fetch.requests_per_second = 0;
    config.fetch.kilobytes_per_second = 0;
    config.fetch.connections_per_host = kConnections;
    config.fetch.poll_min = config.fetch.poll_max = 0min;
    for (int first = 0; first < pages; first += kPagesOfASource) {
        Source& source = config.sources.emplace_back();
        source.name = fmt::format("Source {}", first);
        source.url = server.origin() + bench::feed_path(first, kPagesOfASource, pictures);
        source.section = "news";
        source.allow_private = true;
    }
    return config;
}

bool all_met = true;

void report(const bench::Figure& figure) { all_met = bench::report(figure) && all_met; }

void expect(std::size_t have, std::size_t want, const char* what) {
    if (have == want) return;
    fmt::print(stderr, "update_bench: {} {} where {} were expected\n", have, what, want);
    std::exit(2);
}

pipeline::UpdateReport update(const Config& config, store::Store& store, const Clock& clock) {
    NullLog log;
    pipeline::NoProgress progress;
    auto out = pipeline::update(config, store, clock, log, progress);
    for (const auto& failure : out.failures)
        fmt::print(stderr, "{}: {}\n", failure.subject, failure.reason);
    expect(out.failures.size(), 0, "failures");
    return out;
}

// The same pages by our face of libcurl alone, as many at once.
void fetch_alone(const bench::UpdateServer& server, int pages) {
    http::Client client;
    int next = 0;
    int come = 0;
    const auto submit = [&](const auto& again) -> void {
        if (next == pages) return;
        http::Request request;
        request.url = *html::parse_url(server.origin() + bench::page_path(next++));
        request.local_addresses = http::LocalAddresses::kAllow;
        client.submit(std::move(request), [&](Result<http::Response> response) {
            come += response && response->status == 200 ? 1 : 0;
            again(again);
        });
    };
    for (int i = 0; i < kConnections; ++i) submit(submit);
    while (client.run(1s) > 0) {
    }
    expect(static_cast<std::size_t>(come), static_cast<std::size_t>(pages), "pages by libcurl");
}

// ... and what else is left when everything but the work itself is taken away: what is kept of each
// page.
std::vector<std::string> extract_alone(const std::vector<std::string>& pages) {
    const Url url = *html::parse_url("https://daily.example/a/1.html");
    std::vector<std::string> out;
    out.reserve(pages.size());
    for (const std::string& page : pages)
        out.push_back(pipeline::read_page(page, url, "utf-8", {}, nullptr, nullptr).packed_page);
    return out;
}

void measure_pages(const bench::UpdateServer& server, const fs::path& folder, int pages) {
    const Config config = config_of(server, pages, false);
    const FixedClock clock(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24});
    store::Store store(folder);
    const Cost first = cost_of([&] {
        expect(update(config, store, clock).added, static_cast<std::size_t>(pages), "articles");
    });
    const double memory = megabytes_used();
    const Cost fetching = cost_of([&] { fetch_alone(server, pages); });
    std::vector<std::string> texts;
    for (int i = 0; i < pages; ++i) texts.push_back(bench::page(i, false));
    const store::Store empty(folder / "empty");
    std::vector<std::string> packed;
    const Cost extracting = cost_of([&] { packed = extract_alone(texts); });
    // Making files costs what the disk and the kernel make of it: it counts on neither side.
    const Cost keeping = cost_of([&] {
        for (const std::string& page : packed) empty.save_blob(page);
    });
    report({.name = "pages a second / 500",
            .value = pages / first.seconds,
            .yardstick = 500,
            .target = 1,
            .unit = "pages/s",
            .at_least = true});
    report({.name = "pages a second / by libcurl alone",
            .value = pages / first.seconds,
            .yardstick = pages / fetching.seconds,
            .target = 0.4,
            .unit = "pages/s",
            .at_least = true});
    report({.name = "processor time of that without making files / of libcurl and extraction alone",
            .value = first.processor_seconds - keeping.processor_seconds,
            .yardstick = fetching.processor_seconds + extracting.processor_seconds,
            .target = 1.5,
            .unit = "s"});
    report({.name = "memory of that / 200 MB",
            .value = memory,
            .yardstick = 200,
            .target = 1,
            .unit = "MB"});

    const Cost second =
        cost_of([&] { expect(update(config, store, clock).found, 0, "new addresses"); });
    report({.name = "without news, for 1000 sources / 2 s",
            .value = second.seconds * 1000 / static_cast<double>(config.sources.size()),
            .yardstick = 2,
            .target = 1,
            .unit = "s"});
}

void measure_growth(const bench::UpdateServer& server, const fs::path& folder) {
    const Config config = config_of(server, kPicturedPages, true);
    std::uintmax_t least = 0;
    {
        const FixedClock clock(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24});
        store::Store store(folder);
        expect(update(config, store, clock).pictures, kPicturedPages, "pictures");
        for (int i = 0; i < kPicturedPages; ++i) least += store::pack(bench::page(i, true)).size();
        for (const Asset& asset : store.pictures_in_use()) least += asset.size;
        for (const Asset& asset : store.other_pictures_in_use()) least += asset.size;
    }
    std::uintmax_t grown = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) grown += entry.file_size();
    report({.name = "growth of the store / pages by zstd, and pictures",
            .value = static_cast<double>(grown) / 1000,
            .yardstick = static_cast<double>(least) / 1000,
            .target = 1.2,
            .unit = "KB"});
}

}  // namespace

int main(int argc, char** argv) {
    const int pages = argc > 1 ? std::atoi(argv[1]) / kPagesOfASource * kPagesOfASource : 5000;
    const bench::UpdateServer server;  // before any thread
    http::start();
    media::start(argv[0]);
    const fs::path folder =
        fs::temp_directory_path() / fmt::format("heliograph-update-{}", ::getpid());
    measure_pages(server, folder / "pages", pages);
    measure_growth(server, folder / "pictures");
    fs::remove_all(folder);
    return all_met ? 0 : 1;
}
