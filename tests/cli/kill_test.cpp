// SPDX-License-Identifier: GPL-3.0-or-later
// Killed at any moment, the next run repairs it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <thread>

#include "base/file.h"
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

// Someone who looks at all three mirrors all the time, and keeps what they saw.
class Reader {
  public:
    explicit Reader(const std::filesystem::path& folder)
        : thread_([this, folder](const std::stop_token& stop) {
              while (!stop.stop_requested()) look(folder);
              look(folder);
          }) {}
    // Once it has stopped.
    const std::set<std::string>& commits() { return stopped().commits_; }
    const std::set<std::string>& archives() { return stopped().archives_; }
    const std::map<std::string, std::set<std::string>>& pages() { return stopped().pages_; }
    const std::set<std::string>& dead_links() { return stopped().dead_links_; }

  private:
    Reader& stopped() {
        if (thread_.joinable()) {
            thread_.request_stop();
            thread_.join();
        }
        return *this;
    }
    void look(const std::filesystem::path& folder) {
        if (auto commit = read_file_if_exists(folder / "mirror.git/refs/heads/main"))
            commits_.insert(commit->substr(0, commit->find('\n')));
        if (auto archive = read_file_if_exists(folder / "mirror.zip"))
            archives_.insert(*std::move(archive));
        const std::string home = read_file(folder / "site/index.html");
        // Each article that home names is there already.
        static const std::regex kLink("href=\"(articles/[^\"#?]+)\"");
        for (std::sregex_iterator link(home.begin(), home.end(), kLink), end; link != end; ++link)
            if (!std::filesystem::exists(folder / "site" / (*link)[1].str()))
                dead_links_.insert((*link)[1]);
        pages_["index.html"].insert(home);
        for (const char* page : {"all/index.html", "feed.xml"})
            if (auto bytes = read_file_if_exists(folder / "site" / page))
                pages_[page].insert(*std::move(bytes));
    }

    std::set<std::string> commits_;
    std::set<std::string> archives_;
    std::map<std::string, std::set<std::string>> pages_;
    std::set<std::string> dead_links_;
    std::jthread thread_;  // last: it uses the others
};

TEST(Kill, WhilePublishingReadersSeeTheOldMirrorOrTheNewOne) {
    constexpr int kKills = 12;
    Newsroom newsroom;
    const auto tell = [&newsroom](int number) {
        newsroom.publish({.path = fmt::format("/story-{}.html", number),
                          .title = fmt::format("Story number {}", number)});
    };
    for (int i = 0; i < 4; ++i) tell(i);
    Operator us;
    us.configure(newsroom.source(),
                 "[[target]]\nkind = \"archive\"\npath = \"mirror.zip\"\n"
                 "base_url = \"https://zip.example/\"\nformat = \"html\"\n\n");
    ASSERT_EQ(us.run({"run", "--once"}).status, 0);
    struct State {
        Mirror mirror;
        std::string archive;
    };
    const auto state_of = [](Operator& at) {
        return State{mirror_of(at), read_file(at.folder() / "mirror.zip")};
    };
    const State before = state_of(us);
    for (int i = 4; i < 12; ++i) tell(i);
    ASSERT_EQ(us.run({"update"}).status, 0);
    ASSERT_EQ(us.run({"build"}).status, 0);
    const auto copy_of_us = [&us](const Operator& to) {
        std::filesystem::copy(us.folder(), to.folder(),
                              std::filesystem::copy_options::recursive |
                                  std::filesystem::copy_options::overwrite_existing);
    };
    Operator undisturbed;
    copy_of_us(undisturbed);
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(undisturbed.run({"publish"}).status, 0);
    long long longest = std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::steady_clock::now() - began)
                            .count();
    const State after = state_of(undisturbed);
    ASSERT_NE(before.mirror.tree, after.mirror.tree);
    ASSERT_NE(before.archive, after.archive);

    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    int killed = 0;
    for (int tries = 0; killed < kKills && tries < 4 * kKills; ++tries) {
        Operator one;
        copy_of_us(one);
        const std::chrono::microseconds moment{
            std::uniform_int_distribution<long long>(0, longest)(random)};
        SCOPED_TRACE(fmt::format("killed after {} us", moment.count()));
        Reader reader(one.folder());
        const pid_t child = one.start({"publish"});
        std::this_thread::sleep_for(moment);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!WIFSIGNALED(status)) {
            longest = std::min<long long>(longest, moment.count());
            continue;
        }
        ++killed;
        const Outcome next = one.run({"publish"});
        EXPECT_EQ(next.status, 0) << next.out << next.err;
        for (const std::string& commit : reader.commits())
            EXPECT_THAT(one.git({"rev-parse", commit + "^{tree}"}),
                        testing::AnyOf(before.mirror.tree, after.mirror.tree));
        for (const std::string& archive : reader.archives())
            EXPECT_TRUE(archive == before.archive || archive == after.archive);
        for (const auto& [page, seen] : reader.pages())
            for (const std::string& bytes : seen)
                EXPECT_TRUE(bytes == before.mirror.site.at(page) ||
                            bytes == after.mirror.site.at(page))
                    << page;
        EXPECT_THAT(reader.dead_links(), testing::IsEmpty());
        EXPECT_EQ(difference(after.mirror, mirror_of(one)), "nothing");
        EXPECT_EQ(read_file(one.folder() / "mirror.zip"), after.archive);
    }
    EXPECT_EQ(killed, kKills);
}

}  // namespace
}  // namespace heliograph::test
