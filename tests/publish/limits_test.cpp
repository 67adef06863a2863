// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::publish {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Limit limit(Measure of, std::uint64_t value, Certainty kind = Certainty::kHard) {
    return {
        .of = of, .value = value, .kind = kind, .as_of = "2026-11-25", .source = "s", .note = ""};
}

TEST(Limits, AreToldFromFourFifthsOnAndRefusedBeyondHardOnes) {
    const struct {
        std::uint64_t files;
        Certainty kind;
        bool is_told;
        bool is_refused;
    } cases[] = {
        {79, Certainty::kHard, false, false},    {80, Certainty::kHard, true, false},
        {100, Certainty::kHard, true, false},    {101, Certainty::kHard, true, true},
        {101, Certainty::kAdvised, true, false}, {101, Certainty::kSeen, true, false},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.files);
        const Extent extent{
            .sizes = {{Measure::kFiles, c.files}}, .largest_file = "", .fullest_directory = ""};
        const auto found = check_limits(extent, {limit(Measure::kFiles, 100, c.kind)});
        ASSERT_EQ(!found.empty(), c.is_told);
        if (c.is_told) {
            EXPECT_EQ(found[0].is_refusal(), c.is_refused);
            EXPECT_THAT(to_text(found[0], "Host", extent), HasSubstr("as of 2026-11-25"));
        }
    }
}

TEST(Limits, OfWhatIsNotKnownSayNothing) {
    EXPECT_THAT(check_limits({}, {limit(Measure::kRepository, 1)}), IsEmpty());
}

TEST(HostOf, IsSaidOrToldByTheAddress) {
    const std::vector<Host> hosts = {
        {.key = "hub", .name = "Hub", .domains = {"hub.example"}, .limits = {}},
        {.key = "pages", .name = "Pages", .domains = {"pages.example"}, .limits = {}}};
    const struct {
        TargetKind kind;
        const char* address;
        const char* host;
        const char* found;
    } cases[] = {
        {TargetKind::kGit, "git@hub.example:us/mirror.git", "", "hub"},
        {TargetKind::kGit, "https://us:secret@hub.example:443/us/mirror", "", "hub"},
        {TargetKind::kGit, "ssh://git@hub.example/us/mirror.git", "", "hub"},
        {TargetKind::kGit, "https://nothub.example/us/mirror", "", ""},
        {TargetKind::kGit, "https://hub.example.org/us/mirror", "", ""},
        {TargetKind::kGit, "/srv/git/hub.example", "", ""},
        {TargetKind::kGit, "/srv/git/mirror.git", "pages", "pages"},
        {TargetKind::kGit, "git@hub.example:us/mirror.git", "pages", "pages"},
        {TargetKind::kDirectory, "https://us.pages.example/mirror/", "", "pages"},
        {TargetKind::kS3, "https://s3.hub.example/", "", "hub"},
    };
    for (const auto& c : cases) {
        Target target;
        target.kind = c.kind;
        target.host = c.host;
        target.base_url = "https://news.example/";
        (c.kind == TargetKind::kGit  ? target.remote
         : c.kind == TargetKind::kS3 ? target.s3.endpoint
                                     : target.base_url) = c.address;
        const Host* found = host_of(target, hosts);
        EXPECT_EQ(found == nullptr ? "" : found->key, c.found) << c.address;
    }
}

TEST(Forecast, SaysInWhichMonthALimitIsMet) {
    const Extent now{
        .sizes = {{Measure::kFiles, 10'000}}, .largest_file = "", .fullest_directory = ""};
    Growth growth;
    growth.per_month = {{Measure::kFiles, 1000}};
    const std::vector<Limit> limits = {limit(Measure::kFiles, 20'000)};
    EXPECT_THAT(simulate(now, growth, limits, 10), IsEmpty());  // 20,000 are allowed
    const auto met = simulate(now, growth, limits, 24);
    ASSERT_EQ(met.size(), 1U);
    EXPECT_EQ(met[0].month, 11);
    EXPECT_EQ(met[0].size, 21'000U);
    EXPECT_THAT(met[0].then, HasSubstr("[retention]"));
    EXPECT_THAT(to_text(met[0], "Host"), HasSubstr("in month 11: 20000 files"));
}

TEST(Forecast, SaysWhatIsMetAlready) {
    const Extent now{.sizes = {{Measure::kSite, 200}}, .largest_file = "", .fullest_directory = ""};
    const auto met = simulate(now, {}, {limit(Measure::kSite, 100)}, 12);
    ASSERT_EQ(met.size(), 1U);
    EXPECT_EQ(met[0].month, 0);
    EXPECT_THAT(to_text(met[0], "Host"), HasSubstr("already"));
}

TEST(Forecast, ARestartedHistoryKeepsARepositoryWithinItsLimitUntilTheTreeIsTooLarge) {
    const Extent now{.sizes = {{Measure::kSite, 100'000'000}, {Measure::kRepository, 200'000'000}},
                     .largest_file = "",
                     .fullest_directory = ""};
    Growth growth{.per_month = {{Measure::kSite, 10e6}, {Measure::kRepository, 100e6}},
                  .is_git = true,
                  .old_history = "drop",
                  .history_budget = 800'000'000};
    const std::vector<Limit> limits = {limit(Measure::kRepository, 1'000'000'000)};
    const auto dropped = simulate(now, growth, limits, 24);
    ASSERT_EQ(dropped.size(), 1U);
    EXPECT_EQ(dropped[0].month, 7);  // 900 MB are more than 800
    EXPECT_THAT(dropped[0].then, HasSubstr("begins anew"));
    // Kept beside it, the old one counts at the host.
    growth.old_history = "branch";
    const auto kept = simulate(now, growth, limits, 24);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].month, 9);
    EXPECT_EQ(kept[0].limit.value, 1'000'000'000U);
    EXPECT_THAT(kept[0].then, HasSubstr("archive branches count too"));
}

}  // namespace
}  // namespace heliograph::publish
