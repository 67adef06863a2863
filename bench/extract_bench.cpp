// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to make articles of pages, beside only parsing them.
//
//   extract_bench FOLDER      every .html file under it
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "bench/figure.h"
#include "extract/extract.h"
#include "html/charset.h"
#include "html/dom.h"

namespace {

using namespace heliograph;

// Each page is measured this often, both ways in turn; the quickest counts, since all else is the
// machine's other work.
constexpr int kRounds = 7;
// What DESIGN.md answers for.
constexpr double kMostOfParse = 1.6;

// Seconds of this thread's processor time.
template <typename Work>
double cost(Work work) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    const double start = now();
    work();
    return now() - start;
}

// The memory of a process that extracts all pages, one after the other, against what DESIGN.md's
// reader may expect: 60 MB and 20 times the largest page.
bool report_memory(const char* folder) {
    std::fflush(nullptr);
    std::size_t largest = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
        if (file.path().extension() == ".html")
            largest = std::max<std::size_t>(largest, file.file_size());
    const pid_t child = fork();
    if (child == 0) {
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
            if (file.path().extension() == ".html")
                (void)extract::extract_article(
                    {.bytes = read_file(file.path()), .url = {}, .transport_charset = {}});
        _exit(0);
    }
    int status = 0;
    rusage usage{};
    if (child == -1 || wait4(child, &status, 0, &usage) != child || status != 0) return false;
    return bench::report({.name = "memory / 60 MB + 20 x largest page",
                          .value = static_cast<double>(usage.ru_maxrss) / 1024,
                          .yardstick = 60 + 20 * static_cast<double>(largest) / (1024 * 1024),
                          .target = 1,
                          .unit = "MB"});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: extract_bench FOLDER\n", stderr);
        return 2;
    }
    const bool is_small = report_memory(argv[1]);
    std::vector<std::string> pages;
    for (const auto& file : std::filesystem::recursive_directory_iterator(argv[1]))
        if (file.path().extension() == ".html") pages.push_back(read_file(file.path()));
    // The yardstick: lexbor as it comes, one document used again for each page.
    lxb_html_document_t* document = lxb_html_document_create();
    double parse = 0;
    double extract = 0;
    for (const std::string& page : pages) {
        const std::string text = html::decode_page(page, "").text;
        double quickest_parse = 1e9;
        double quickest_extract = 1e9;
        for (int round = 0; round < kRounds; ++round) {
            quickest_parse = std::min(
                quickest_parse, cost([&] {
                    lxb_html_document_clean(document);
                    lxb_html_document_parse(
                        document, reinterpret_cast<const lxb_char_t*>(text.data()), text.size());
                }));
            quickest_extract =
                std::min(quickest_extract, cost([&] {
                             (void)extract::extract_article(
                                 {.bytes = page, .url = {}, .transport_charset = {}});
                         }));
        }
        parse += quickest_parse;
        extract += quickest_extract;
    }
    lxb_html_document_destroy(document);
    const double milliseconds = 1000.0 / static_cast<double>(pages.size());
    const bool is_quick = bench::report({.name = "extract a page / parse it",
                                         .value = extract * milliseconds,
                                         .yardstick = parse * milliseconds,
                                         .target = kMostOfParse,
                                         .unit = "ms"});
    return is_quick && is_small ? 0 : 1;
}
