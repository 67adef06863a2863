// SPDX-License-Identifier: GPL-3.0-or-later
// How long a mirror of many articles takes to build, beside `cp -r` of the same files and beside
// `hugo` with the same articles, and what one new article costs. Without hugo on the machine that
// figure is left out.
//
//   build_bench [ARTICLES] [FOLDER]     default: 100000 articles, a folder under /tmp, removed
//   after
//
// A given folder is kept: its store is used again, so that only the builds are done anew.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/process.h"
#include "bench/figure.h"
#include "bench/hugo_site.h"
#include "bench/made_up_mirror.h"
#include "pipeline/build.h"
#include "store/store.h"

namespace {
namespace fs = std::filesystem;
using namespace heliograph;
using bench::add_article;
using bench::config_of;
using bench::kEnd;
using bench::kSeed;
using bench::Prose;

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Processor time, in seconds.
struct Processor {
    double all;
    double kernel;
};

// Of this process, or of those that it ran.
Processor processor_time(int who) {
    struct rusage usage{};
    ::getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const double kernel = seconds(usage.ru_stime);
    return {.all = seconds(usage.ru_utime) + kernel, .kernel = kernel};
}

double megabytes_used() {
    struct rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The style sheet as it stands in each article, the most of all pages.
std::string style_of_articles(const fs::path& tree) {
    constexpr std::string_view kOpen = "<style>";
    auto page = fs::recursive_directory_iterator(tree / "articles");
    while (!page->is_regular_file()) ++page;
    const std::string html = read_file(page->path());
    const std::size_t begin = html.find(kOpen) + kOpen.size();
    return html.substr(begin, html.find("</style>", begin) - begin);
}

bool all_met = true;

void report(bench::Figure figure) { all_met = bench::report(figure) && all_met; }

}  // namespace

int main(int argc, char** argv) {
    int count = 100'000;
    if (argc > 1) count = std::atoi(argv[1]);
    const bool keep = argc > 2;
    const fs::path folder =
        keep ? fs::path(argv[2])
             : fs::temp_directory_path() / fmt::format("heliograph-bench-{}", ::getpid());
    Config config = config_of();
    // Two, each under a name of its own, so that both are built from nothing. Nothing is removed
    // before the last figure: for a minute ext4 looks up each inode that was freed before it gives
    // one out (recently_deleted() in fs/ext4/ialloc.c), which doubles the time of whoever makes
    // files then.
    config.targets.push_back(config.targets.front());
    config.targets.front().name = fmt::format("first-{}", ::getpid());
    config.targets.back().name = fmt::format("second-{}", ::getpid());
    const Target& target = config.targets.back();
    const pipeline::Workspace workspace{.config_directory = folder, .state = folder / "state"};
    Prose prose(kSeed);
    const bool is_new = !fs::exists(folder / "state" / "heliograph.db");
    store::Store store(workspace.state);
    pipeline::NoProgress progress;
    if (is_new) {
        const auto begin = std::chrono::steady_clock::now();
        bench::fill(store, prose, count);
        fmt::print(stderr, "{} articles stored in {:.1f} s\n", count, seconds_since(begin));
    }
    const auto build_once = [&](const Target& built) {
        const auto begin = std::chrono::steady_clock::now();
        const auto report = pipeline::build(config, built, workspace, store, progress);
        const double took = seconds_since(begin);
        if (!report) {
            fmt::print(stderr, "{}\n", report.error().message);
            std::exit(2);
        }
        return std::pair{took, *report};
    };
    // The first build after articles came also puts them into their lists.
    const double first = build_once(config.targets.front()).first;
    const Processor before = processor_time(RUSAGE_SELF);
    const auto [full, all] = build_once(target);
    const double memory = megabytes_used();
    const Processor after = processor_time(RUSAGE_SELF);
    // Runs a program and says how long it took.
    const auto run = [](const std::vector<std::string>& arguments) -> std::optional<double> {
        const auto begin = std::chrono::steady_clock::now();
        const auto outcome =
            run_process({.arguments = arguments, .timeout = std::chrono::hours{1}});
        const double took = seconds_since(begin);
        if (!outcome || outcome->status != 0) return std::nullopt;
        return took;
    };
    const fs::path copy = folder / fmt::format("copy-{}", ::getpid());
    const auto copied = run({"cp", "-r", workspace.tree(target).string(), copy.string()});
    const Processor copying = processor_time(RUSAGE_CHILDREN);
    fmt::print(
        stderr,
        "{} files; processor time: {:.2f} s ({:.2f} in the kernel), of cp {:.2f} s ({:.2f})\n",
        all.files, after.all - before.all, after.kernel - before.kernel, copying.all,
        copying.kernel);
    report({.name = "first build / cp -r of the result",
            .value = first,
            .yardstick = copied.value(),
            .target = 1.5,
            .unit = "s"});
    report({.name = "build all / cp -r of the result",
            .value = full,
            .yardstick = copied.value(),
            .target = 1.5,
            .unit = "s"});
    const fs::path site = folder / fmt::format("hugo-{}", ::getpid());
    if (run({"hugo", "version"})) {
        bench::write_hugo_site(config, store, style_of_articles(workspace.tree(target)), site);
        const auto hugo = run({"hugo", "--quiet", "--source", site.string()});
        if (hugo)
            report({.name = "hugo with the same articles / build all",
                    .value = *hugo,
                    .yardstick = full,
                    .target = 10,
                    .unit = "s",
                    .at_least = true});
        else
            fmt::print(stderr, "hugo failed\n");
        all_met = all_met && hugo.has_value();
    }
    report({.name = "memory of that / 300 MB",
            .value = memory,
            .yardstick = 300,
            .target = 1,
            .unit = "MB"});

    std::vector<double> times;
    std::size_t most_files = 0;
    for (int i = 0; i < 5; ++i) {
        store.transaction([&] {
            add_article(store, prose, 1'000'000'000 + static_cast<int>(store.counts().articles),
                        kEnd + std::chrono::hours{1} + std::chrono::minutes{i});
        });
        const auto [took, one] = build_once(target);
        times.push_back(took);
        most_files = std::max(most_files, one.written + one.removed);
    }
    std::ranges::sort(times);
    report({.name = "build one new article / 300 ms",
            .value = times[times.size() / 2] * 1000,
            .yardstick = 300,
            .target = 1,
            .unit = "ms"});
    report({.name = "files of that / 49",
            .value = static_cast<double>(most_files),
            .yardstick = 49,
            .target = 1,
            .unit = "files"});
    const double nothing = build_once(target).first;
    report({.name = "build without news / 300 ms",
            .value = nothing * 1000,
            .yardstick = 300,
            .target = 1,
            .unit = "ms"});
    for (const Target& made : config.targets) fs::remove_all(workspace.tree(made));
    for (const fs::path& made : {copy, site}) fs::remove_all(made);
    if (!keep) fs::remove_all(folder);
    return all_met ? 0 : 1;
}
