// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the properties of extraction (tests/support/extract_properties.h) on the whole grid and
// prints a table.
//
//   extract_properties SKELETONS [--seed N] [--only PROPERTY] [--language TAG]... [--failures N]
//   extract_properties SKELETONS --write NAME [--seed N]: writes the page of a case to standard
//   output
//
// Exit code 1: a case fails.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "support/extract_properties.h"

namespace {

using namespace heliograph::test;

struct Arguments {
    std::string skeletons;
    std::uint64_t seed = 1;
    std::string only;
    std::vector<std::string> languages;
    std::size_t failures = 20;
    std::string write;
    bool is_small = false;
};

void print_failure(const Failure& failure) {
    fmt::print("  {}: {}\n", failure.name, failure.reason);
    constexpr std::size_t kMaxTexts = 3;
    for (std::size_t i = 0; i < std::min(kMaxTexts, failure.measure.lost.size()); ++i) {
        const LostLine& lost = failure.measure.lost[i];
        fmt::print("      lost {} of {}: {} at {:.2f}: {}\n", i + 1, failure.measure.lost.size(),
                   name_of(lost.kind), lost.place,
                   heliograph::to_valid_utf8(lost.text.substr(0, 90)));
    }
    for (std::size_t i = 0; i < std::min(kMaxTexts, failure.measure.added_texts.size()); ++i)
        fmt::print("      added {} of {}: {}\n", i + 1, failure.measure.added_texts.size(),
                   heliograph::to_valid_utf8(failure.measure.added_texts[i]));
}

// Counts failures by each word or "in SKELETON" of their names, the most frequent first.
void print_worst(const Outcome& outcome) {
    std::map<std::string, std::size_t> counts;
    for (const Failure& failure : outcome.failures) {
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= failure.name.size(); ++i) {
            if (i < failure.name.size() && failure.name[i] != ' ') continue;
            ++counts[failure.name.substr(begin, i - begin)];
            begin = i + 1;
        }
    }
    std::vector<std::pair<std::size_t, std::string>> sorted;
    for (const auto& [word, count] : counts) sorted.emplace_back(count, word);
    std::ranges::sort(sorted, std::greater());
    std::string line;
    for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 40); ++i)
        line += fmt::format(" {}:{}", sorted[i].second, sorted[i].first);
    fmt::print("  by word:{}\n", line);
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const auto value = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
        if (name == "--seed")
            arguments.seed = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--only")
            arguments.only = value();
        else if (name == "--language")
            arguments.languages.push_back(value());
        else if (name == "--failures")
            arguments.failures = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--write")
            arguments.write = value();
        else if (name == "--small")
            arguments.is_small = true;
        else
            arguments.skeletons = name;
    }
    if (arguments.skeletons.empty()) {
        fmt::print(stderr,
                   "usage: extract_properties SKELETONS [--seed N] [--only PROPERTY] "
                   "[--language TAG]... [--failures N] [--small] [--write NAME]\n");
        return 2;
    }
    Grid grid = arguments.is_small ? small_grid(arguments.seed, arguments.skeletons)
                                   : whole_grid(arguments.seed, arguments.skeletons);
    if (!arguments.languages.empty())
        grid.languages.assign(arguments.languages.begin(), arguments.languages.end());
    if (!arguments.write.empty()) {
        // Cases of all properties are made until the one with this name comes.
        for (std::size_t i = 0; i < kProperties; ++i)
            for_each_case(static_cast<Property>(i), grid, [&](const Case& one) {
                if (one.name != arguments.write) return;
                fmt::print("{}", one.page);
                std::fflush(stdout);
                std::_Exit(0);
            });
        fmt::print(stderr, "extract_properties: no case '{}'\n", arguments.write);
        return 2;
    }
    fmt::print("seed {}\n", arguments.seed);
    bool fails = false;
    for (std::size_t i = 0; i < kProperties; ++i) {
        const auto property = static_cast<Property>(i);
        if (!arguments.only.empty() && name_of(property) != arguments.only) continue;
        Outcome outcome = check(property, grid);
        fmt::print("{}: {} cases, {} fail, {:.2f} % kept, {:.2f} % added\n", name_of(property),
                   outcome.cases, outcome.failures.size(), 100 * outcome.kept, 100 * outcome.added);
        if (outcome.failures.empty()) continue;
        fails = true;
        print_worst(outcome);
        std::ranges::stable_sort(outcome.failures, {}, [](const Failure& failure) {
            return failure.measure.kept - failure.measure.added;
        });
        for (std::size_t f = 0; f < std::min(arguments.failures, outcome.failures.size()); ++f)
            print_failure(outcome.failures[f]);
        std::fflush(stdout);
    }
    return fails ? 1 : 0;
}
