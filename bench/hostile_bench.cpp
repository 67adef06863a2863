// SPDX-License-Identifier: GPL-3.0-or-later
// What the worst pages cost that we could think of (tests/support/hostile_pages.h): each in a
// process of its own, held against 2 seconds of one processor and 200 MB.
//
//   hostile_bench [-v]      with -v also a line a page on standard error
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "bench/figure.h"
#include "extract/extract.h"
#include "tests/support/hostile_pages.h"

namespace {

using namespace heliograph;

constexpr double kSeconds = 2;
constexpr double kMegabytes = 200;
constexpr rlim_t kMaxSeconds = 20;  // enough to see by how much a page is too slow

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

rusage cost_of(const test::HostilePage& hostile, bool with_extraction) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const rlimit limit{kMaxSeconds, kMaxSeconds};
        setrlimit(RLIMIT_CPU, &limit);
        const std::string page = hostile.make();
        if (with_extraction)
            (void)extract::extract_article({.bytes = page, .url = {}, .transport_charset = {}});
        _exit(0);
    }
    int status = 0;
    rusage usage{};
    if (child == -1 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status))
        std::fprintf(stderr, "hostile_bench: '%s' did not end well\n", hostile.name.data());
    return usage;
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_verbose = argc > 1 && std::string_view(argv[1]) == "-v";
    double slowest = 0;
    double largest = 0;
    for (const test::HostilePage& hostile : test::hostile_pages()) {
        const rusage making = cost_of(hostile, false);
        const rusage all = cost_of(hostile, true);
        const double time = seconds(all.ru_utime) + seconds(all.ru_stime) -
                            seconds(making.ru_utime) - seconds(making.ru_stime);
        const double memory = static_cast<double>(all.ru_maxrss) / 1024;
        slowest = std::max(slowest, time);
        largest = std::max(largest, memory);
        if (is_verbose)
            fmt::print(stderr, "{:6.2f} s {:6.0f} MB  {}\n", time, memory, hostile.name);
    }
    const bool is_quick = bench::report({.name = "slowest hostile page / 2 s",
                                         .value = slowest,
                                         .yardstick = kSeconds,
                                         .target = 1,
                                         .unit = "s"});
    const bool is_small = bench::report({.name = "largest hostile page / 200 MB",
                                         .value = largest,
                                         .yardstick = kMegabytes,
                                         .target = 1,
                                         .unit = "MB"});
    return is_quick && is_small ? 0 : 1;
}
