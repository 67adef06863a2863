// SPDX-License-Identifier: GPL-3.0-or-later
// What a large mirror costs in Git: its first import beside `git fast-import` fed the same files by
// a trivial script, and one new article.
//
//   git_bench [ARTICLES] [FOLDER]   default: 100000 articles, a folder under /tmp, removed after
//
// A given folder must not be there yet, and is kept.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/process.h"
#include "bench/figure.h"
#include "bench/made_up_mirror.h"
#include "pipeline/build.h"
#include "pipeline/publication.h"
#include "publish/publisher.h"
#include "store/store.h"

namespace {
namespace fs = std::filesystem;
using namespace heliograph;
using namespace std::chrono_literals;

// The yardstick: every file of a folder as one commit, in the shortest way there is.
constexpr const char* kScript = R"(import os, sys
out = sys.stdout.buffer
out.write(b'commit refs/heads/main\ncommitter a <a@b> 1795000000 +0000\ndata 0\n')
top = sys.argv[1]
for folder, _, files in os.walk(top):
    for name in files:
        path = os.path.join(folder, name)
        data = open(path, 'rb').read()
        out.write(b'M 100644 inline %s\ndata %d\n%s\n' % (os.path.relpath(path, top).encode(), len(data), data))
)";

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string run(std::vector<std::string> arguments) {
    const auto outcome = run_process({.arguments = std::move(arguments), .timeout = 2h});
    if (!outcome || outcome->status != 0) {
        fmt::print(stderr, "{}\n",
                   outcome ? outcome->standard_error : std::string(outcome.error().message));
        std::exit(2);
    }
    return outcome->standard_output;
}

// Bytes of a pack with all that the newest commit added.
double packed_bytes(const fs::path& repository) {
    const std::string range = "refs/heads/main\n^refs/heads/main^\n";
    const std::string pack = run(
        {"sh", "-c", "printf '%s' \"$1\" | git --git-dir=\"$0\" pack-objects --revs --stdout -q",
         repository.string(), range});
    return static_cast<double>(pack.size());
}

// Of this process and of those that it ran.
double processor_seconds() {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        struct rusage usage{};
        ::getrusage(who, &usage);
        for (const timeval& time : {usage.ru_utime, usage.ru_stime})
            sum += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    }
    return sum;
}

bool all_met = true;

void report(const bench::Figure& figure) { all_met = bench::report(figure) && all_met; }

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const bool keep = argc > 2;
    const fs::path folder =
        keep ? fs::path(argv[2])
             : fs::temp_directory_path() / fmt::format("heliograph-git-bench-{}", ::getpid());
    if (!fs::create_directories(folder)) return 2;
    Config config = bench::config_of();
    Target& target = config.targets.front();
    target.kind = TargetKind::kGit;
    target.format = PageFormat::kMarkdown;
    // As `heliograph plan` advises a mirror of that many: a month of it would be a folder of more
    // entries than Git hosts show, and each commit would hold the list of them anew.
    target.article_path = "articles/{yyyy}/{mm}/{dd}/{id}";
    target.remote = (folder / "remote.git").string();
    run({"git", "init", "--quiet", "--bare", "-b", "main", target.remote});
    const pipeline::Workspace workspace{.config_directory = folder, .state = folder / "state"};
    bench::Prose prose(bench::kSeed);
    store::Store store(workspace.state);
    pipeline::NoProgress progress;
    NullLog log;
    SystemClock clock;
    auto begin = std::chrono::steady_clock::now();
    bench::fill(store, prose, count);
    fmt::print(stderr, "{} articles stored in {:.1f} s\n", count, seconds_since(begin));
    begin = std::chrono::steady_clock::now();
    if (!pipeline::build(config, target, workspace, store, progress)) return 2;
    fmt::print(stderr, "{} files built in {:.1f} s\n", store.built_count(target.name),
               seconds_since(begin));

    // Both imports read files that the disk has in memory by then.
    const fs::path tree = workspace.tree(target);
    run({"sh", "-c", "find \"$0\" -type f -print0 | xargs -0 cat > /dev/null", tree.string()});
    const std::string yardstick = (folder / "yardstick.git").string();
    run({"git", "init", "--quiet", "--bare", "-b", "main", yardstick});
    begin = std::chrono::steady_clock::now();
    run({"sh", "-c", "python3 -c \"$0\" \"$1\" | git --git-dir=\"$2\" fast-import --quiet", kScript,
         tree.string(), yardstick});
    const double plain = seconds_since(begin);
    double ours = 0;
    {
        const auto publisher =
            publish::open_publisher(target, folder / "first", folder, {}, clock, log);
        begin = std::chrono::steady_clock::now();
        const publish::Plan plan = publish::make_plan(store.unpublished(target.name));
        if (!publisher->current()) return 2;
        if (!publisher->prepare(plan, tree, "", "Publish\n")) return 2;
        ours = seconds_since(begin);
    }
    report({.name = "first import / fast-import fed by a script",
            .value = ours,
            .yardstick = plain,
            .target = 1.5,
            .unit = "s"});
    fs::remove_all(folder / "first");
    fs::remove_all(yardstick);

    const Target* const targets[] = {&target};
    const auto publish = [&] {
        const auto reports =
            pipeline::publish_targets(config, targets, workspace, store, {}, clock, log);
        if (!reports.front().failure.empty()) {
            fmt::print(stderr, "{}\n", reports.front().failure);
            std::exit(2);
        }
        return reports.front();
    };
    begin = std::chrono::steady_clock::now();
    publish();
    fmt::print(stderr, "first publication, push included, {:.1f} s\n", seconds_since(begin));

    std::vector<double> times;
    std::vector<double> growths;
    std::size_t most_files = 0;
    for (int i = 0; i < 5; ++i) {
        store.transaction([&] {
            bench::add_article(store, prose, 1'000'000'000 + i,
                               bench::kEnd + std::chrono::hours{1} + std::chrono::minutes{i});
        });
        const double processor = processor_seconds();
        begin = std::chrono::steady_clock::now();
        if (!pipeline::build(config, target, workspace, store, progress)) return 2;
        const pipeline::PublicationReport done = publish();
        times.push_back(seconds_since(begin));
        fmt::print(stderr, "one new article: {:.0f} ms, of it {:.0f} ms of processors\n",
                   times.back() * 1000, (processor_seconds() - processor) * 1000);
        growths.push_back(packed_bytes(target.remote));
        most_files = std::max(most_files, done.added + done.changed + done.removed);
    }
    std::ranges::sort(times);
    std::ranges::sort(growths);
    report({.name = "one new article, stored to pushed / 1 s",
            .value = times[2] * 1000,
            .yardstick = 1000,
            .target = 1,
            .unit = "ms"});
    report({.name = "files of that / 49",
            .value = static_cast<double>(most_files),
            .yardstick = 49,
            .target = 1,
            .unit = "files"});
    report({.name = "growth of the pack by that / 100 KB",
            .value = growths[2] / 1000,
            .yardstick = 100,
            .target = 1,
            .unit = "KB"});
    if (!keep) fs::remove_all(folder);
    return all_met ? 0 : 1;
}
