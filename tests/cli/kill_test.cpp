// SPDX-License-Identifier: GPL-3.0-or-later
// Killed at any moment, the next run repairs it.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

constexpr int kMoments = 50;

struct Mirror {
    std::map<std::string, std::string> site;
    std::string tree;  // of the Git branch

    friend bool operator==(const Mirror&, const Mirror&) = default;
};

Mirror mirror_of(Operator& us) {
    return {.site = us.files("site"), .tree = us.git({"rev-parse", "main^{tree}"})};
}

std::string difference(const Mirror& expected, const Mirror& actual) {
    for (const auto& [path, bytes] : expected.site) {
        const auto found = actual.site.find(path);
        if (found == actual.site.end()) return path + " is missing";
        if (found->second != bytes) return path + " differs";
    }
    for (const auto& [path, bytes] : actual.site)
        if (!expected.site.contains(path)) return path + " is too much";
    return expected.tree == actual.tree ? "nothing" : "the Git tree differs";
}

TEST(Kill, AtFiftyRandomMomentsLeavesWhatAnUndisturbedRunMakes) {
    Newsroom newsroom;
    for (int i = 0; i < 8; ++i)
        newsroom.publish({.path = fmt::format("/story-{}.html", i),
                          .title = fmt::format("Story number {}", i),
                          .text = {},
                          .revision = 1,
                          .has_picture = i % 2 == 0});
    Operator undisturbed;
    undisturbed.configure(newsroom.source());
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(undisturbed.run({"run", "--once"}).status, 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    const Mirror expected = mirror_of(undisturbed);
    ASSERT_GT(expected.site.size(), 8U);
    ASSERT_FALSE(expected.tree.empty());

    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    // How long a run takes changes with what else the machine does: a run that ended before its
    // moment counts for nothing, but tells that the moments must come sooner.
    long long longest = whole.count();
    int killed = 0;
    for (int tries = 0; killed < kMoments && tries < 4 * kMoments; ++tries) {
        Operator us;
        us.configure(newsroom.source());
        const std::chrono::microseconds moment{
            std::uniform_int_distribution<long long>(0, longest)(random)};
        const pid_t child = us.start({"run", "--once"});
        std::this_thread::sleep_for(moment);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!WIFSIGNALED(status)) {
            longest = std::min<long long>(longest, moment.count());
            continue;
        }
        ++killed;
        const Outcome next = us.run({"run", "--once"});
        EXPECT_EQ(next.status, 0) << "killed after " << moment.count() << " us\n"
                                  << next.out << next.err;
        EXPECT_EQ(difference(expected, mirror_of(us)), "nothing")
            << "killed after " << moment.count() << " us";
    }
    EXPECT_EQ(killed, kMoments);
}

}  // namespace
}  // namespace heliograph::test
