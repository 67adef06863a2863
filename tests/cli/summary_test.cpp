// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/terminal_progress.h"

namespace heliograph::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

TEST(Summary, ListsEachFailureWithItsReason) {
    RunSummary summary;
    summary.update.emplace();
    summary.update->found = 3;
    summary.update->failures = {{"https://a.example/1", "HTTP status 500"}};
    summary.update->notes = {{"https://a.example/2", "too short"}};
    summary.publications.push_back({.target = "git",
                                    .added = 0,
                                    .changed = 0,
                                    .removed = 0,
                                    .bytes = 0,
                                    .failure = "refused"});
    EXPECT_TRUE(summary.has_failures());
    const std::string text = to_text(summary, false);
    EXPECT_THAT(text,
                AllOf(HasSubstr("found      3"), HasSubstr("https://a.example/1: HTTP status 500"),
                      HasSubstr("FAILED     git: refused"), Not(HasSubstr("too short"))));
    EXPECT_THAT(to_text(summary, true), HasSubstr("https://a.example/2: too short"));
}

TEST(Summary, CutsLongListsAndSaysSo) {
    RunSummary summary;
    summary.update.emplace();
    for (int i = 0; i < 30; ++i) summary.update->failures.push_back({"x", "y"});
    EXPECT_THAT(to_text(summary, false), HasSubstr("and 10 more: heliograph ledger"));
}

TEST(ProgressLine, HasRateAndTimeLeftOnceTheyMeanSomething) {
    EXPECT_EQ(progress_line("articles", 0, 10, 0s), "articles  [........................]  0/10");
    EXPECT_EQ(progress_line("articles", 5, 10, 5s),
              "articles  [############............]  5/10  1.0/s  0:05 left");
    EXPECT_EQ(progress_line("articles", 0, 0, 1s), "articles  [........................]  0/0");
}

}  // namespace
}  // namespace heliograph::cli
