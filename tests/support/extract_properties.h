// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that extraction must have on made-up pages, each checked on a grid of cases. The tests
// of the room run a small grid, bench/extract_properties the whole one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/article_measure.h"
#include "support/made_up_page.h"

namespace heliograph::test {

enum class Property : std::uint8_t {
    kLength,     // an article of any length is kept whole
    kLists,      // every kind of list in every mark-up at every place is kept, in order
    kSkeletons,  // an article is kept whole in every page, with little else
    kRewriting,  // rewriting a page changes nothing of what is read from it
};
inline constexpr std::size_t kProperties = 4;
std::string_view name_of(Property property);

struct Grid {
    std::uint64_t seed = 1;
    std::vector<std::size_t> lengths;         // in paragraphs, ascending
    std::vector<std::string_view> languages;  // tags
    std::size_t orders = 5;
    std::size_t lists_per_cell = 1;  // skeletons that each list is tried in
    std::size_t sample = 1;          // of lists and skeletons every second, third, ... is tried
    std::vector<Skeleton> skeletons;
};
// The grid of the issue; hundreds of megabytes of pages.
Grid whole_grid(std::uint64_t seed, const std::filesystem::path& skeletons);
// A sample of it, for tests of some seconds.
Grid small_grid(std::uint64_t seed, const std::filesystem::path& skeletons);

struct Case {
    std::string name;   // "Latin lists as-is n=200"
    std::string group;  // cases of a group are compared with each other
    MadeUpArticle article;
    std::string page;
};
// Makes the cases of a property one after the other.
void for_each_case(Property property, const Grid& grid,
                   const std::function<void(const Case&)>& take);

struct Limits {
    double least_kept = 1;
    double most_added = 1;
};
// What the issue asks for.
Limits limits_of(Property property);

struct Failure {
    std::string name;
    std::string reason;
    Measure measure;
};

struct Outcome {
    std::size_t cases = 0;
    double kept = 0;   // mean
    double added = 0;  // mean
    std::vector<Failure> failures;
};
Outcome check(Property property, const Grid& grid);

}  // namespace heliograph::test
