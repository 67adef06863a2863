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
#include <random>
#include <string>

#include "base/file.h"
#include "base/process.h"
#include "bench/figure.h"
#include "bench/hugo_site.h"
#include "pipeline/article_id.h"
#include "pipeline/build.h"
#include "store/store.h"

namespace {
namespace fs = std::filesystem;
using namespace heliograph;

constexpr int kSections = 12;
constexpr int kSources = 24;
constexpr unsigned kSeed = 20261124;
// The newest article of the generated year.
const store::Time kEnd{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

Config config_of() {
    Config config;
    config.mirror.title = "Bench mirror";
    for (int i = 0; i < kSections; ++i)
        config.mirror.sections.push_back(
            {.key = fmt::format("s{}", i), .name = fmt::format("Section {}", i)});
    for (int i = 0; i < kSources; ++i) {
        Source source;
        source.name = fmt::format("Publisher {}", i);
        source.url = fmt::format("https://p{}.example/feed.xml", i);
        source.section = fmt::format("s{}", i % kSections);
        config.sources.push_back(source);
    }
    Target target;
    target.name = "bench";
    target.base_url = "https://mirror.example/";
    config.targets.push_back(target);
    return config;
}

// Made-up words of two to eleven letters; the frequent ones are short, as in any language.
class Prose {
  public:
    explicit Prose(unsigned seed) : random_(seed) {
        for (int i = 0; i < 4000; ++i) {
            std::string word;
            const int length = 2 + i * 9 / 4000 + below(2);
            while (static_cast<int>(word.size()) < length) {
                word += "bcdfghklmnprstvw"[below(16)];
                word += "aeiou"[below(5)];
            }
            words_.push_back(word.substr(0, static_cast<std::size_t>(length)));
        }
    }
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    std::string sentence(int words) {
        std::string out;
        for (int i = 0; i < words; ++i) {
            const int rank = below(4000) * below(4000) / 4000;  // small numbers more often
            out += (i > 0 ? " " : "") + words_[static_cast<std::size_t>(rank)];
        }
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
        return out;
    }
    std::string body() {
        std::string out;
        for (int paragraph = 4 + below(7); paragraph > 0; --paragraph) {
            if (below(5) == 0) out += "<h2>" + sentence(4) + "</h2>\n";
            out += "<p>";
            for (int i = 2 + below(4); i > 0; --i) out += sentence(8 + below(16)) + ". ";
            out += "</p>\n";
        }
        return out;
    }

  private:
    std::mt19937 random_;
    std::vector<std::string> words_;
};

void add_article(store::Store& store, Prose& prose, int number, store::Time time) {
    const int source = prose.below(kSources);
    const std::string url = fmt::format("https://p{}.example/{}", source, number);
    Article article;
    article.id = pipeline::make_article_id(url, [](const std::string&) { return false; });
    article.url = article.canonical_url = url;
    article.publisher = fmt::format("Publisher {}", source);
    article.title = prose.sentence(6 + prose.below(8));
    article.authors = {prose.sentence(2)};
    article.published = DateTime{.utc = time, .offset = {}, .has_time = true};
    article.captured = time + std::chrono::minutes{7};
    article.language = "en";
    article.body = prose.body();
    for (int i = prose.below(5); i > 0; --i)
        article.tags.push_back(fmt::format("Topic {}", prose.below(40) * prose.below(40)));
    store.discover(url, fmt::format("https://p{}.example/feed.xml", source), {}, article.captured);
    store.save_article(
        article, {.packed_page = "-", .pictures = {}, .excerpt = article.body.substr(3, 200)});
    store::LedgerRow row = *store.address(url);
    row.fate = Fate::kPublished;
    row.article = article.id;
    row.next_attempt.reset();
    store.save_address(row);
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Of this process, or of those that it ran.
double processor_seconds(int who) {
    struct rusage usage{};
    ::getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double megabytes_used() {
    struct rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The style sheet as it stands in each page.
std::string style_of(const fs::path& page) {
    constexpr std::string_view kOpen = "<style>";
    const std::string html = read_file(page);
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
    const Config config = config_of();
    const Target& target = config.targets.front();
    const pipeline::Workspace workspace{.config_directory = folder, .state = folder / "state"};
    Prose prose(kSeed);
    const bool is_new = !fs::exists(folder / "state" / "heliograph.db");
    store::Store store(workspace.state);
    pipeline::NoProgress progress;
    if (is_new) {
        const auto begin = std::chrono::steady_clock::now();
        const auto step = std::chrono::days{365} / std::max(count, 1);
        for (int i = 0; i < count;) {
            store.transaction([&] {
                for (const int end = std::min(i + 2000, count); i < end; ++i)
                    add_article(store, prose, i,
                                kEnd - std::chrono::days{365} +
                                    std::chrono::duration_cast<std::chrono::seconds>(step) * i);
            });
        }
        fmt::print(stderr, "{} articles stored in {:.1f} s\n", count, seconds_since(begin));
    }
    const auto build_once = [&] {
        const auto begin = std::chrono::steady_clock::now();
        const auto report = pipeline::build(config, target, workspace, store, progress);
        const double took = seconds_since(begin);
        if (!report) {
            fmt::print(stderr, "{}\n", report.error().message);
            std::exit(2);
        }
        return std::pair{took, *report};
    };
    // The store is warm and placed; the tree is built from nothing.
    fs::remove_all(workspace.tree(target));
    const double before_build = processor_seconds(RUSAGE_SELF);
    const auto [full, all] = build_once();
    const double memory = megabytes_used();
    const double processor = processor_seconds(RUSAGE_SELF) - before_build;
    // Runs a program and says how long it took.
    const auto run = [](const std::vector<std::string>& arguments) -> std::optional<double> {
        const auto begin = std::chrono::steady_clock::now();
        const auto outcome =
            run_process({.arguments = arguments, .timeout = std::chrono::hours{1}});
        const double took = seconds_since(begin);
        if (!outcome || outcome->status != 0) return std::nullopt;
        return took;
    };
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    const auto copied = run({"cp", "-r", workspace.tree(target).string(), copy.string()});
    const double copy_processor = processor_seconds(RUSAGE_CHILDREN);
    fs::remove_all(copy);
    fmt::print(stderr, "{} files; processor time: {:.1f} s, of cp {:.1f} s\n", all.files, processor,
               copy_processor);
    report({.name = "build all / cp -r of the result",
            .value = full,
            .yardstick = copied.value(),
            .target = 1.5,
            .unit = "s"});
    if (run({"hugo", "version"})) {
        const fs::path site = folder / "hugo";
        fs::remove_all(site);
        bench::write_hugo_site(config, store, style_of(workspace.tree(target) / "index.html"),
                               site);
        const auto hugo = run({"hugo", "--quiet", "--source", site.string()});
        fs::remove_all(site);
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
        const auto [took, one] = build_once();
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
    const double nothing = build_once().first;
    report({.name = "build without news / 300 ms",
            .value = nothing * 1000,
            .yardstick = 300,
            .target = 1,
            .unit = "ms"});
    if (!keep) fs::remove_all(folder);
    return all_met ? 0 : 1;
}
