// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to make articles of pages, beside only parsing them.
//
//   extract_bench FOLDER      every .html file under it
#include <algorithm>
#include <chrono>
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
using Seconds = std::chrono::duration<double>;

// Each is measured this often; the quickest counts, since all else is the machine's other work.
constexpr int kRounds = 3;
// What DESIGN.md answers for.
constexpr double kMostOfParse = 1.6;

template <typename Work>
double quickest(Work work) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, Seconds(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: extract_bench FOLDER\n", stderr);
        return 2;
    }
    std::vector<std::string> pages;
    for (const auto& file : std::filesystem::recursive_directory_iterator(argv[1]))
        if (file.path().extension() == ".html") pages.push_back(read_file(file.path()));
    std::vector<std::string> decoded;
    for (const std::string& page : pages) decoded.push_back(html::decode_page(page, "").text);

    html::Document document;
    const double parse = quickest([&] {
        for (const std::string& text : decoded) document.parse(text);
    });
    const double extract = quickest([&] {
        for (const std::string& page : pages)
            (void)extract::extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    });
    const double milliseconds = 1000.0 / static_cast<double>(pages.size());
    return bench::report({.name = "extract a page / parse it",
                          .value = extract * milliseconds,
                          .yardstick = parse * milliseconds,
                          .target = kMostOfParse,
                          .unit = "ms"})
               ? 0
               : 1;
}
