// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a folder that readers look at meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <sstream>
#include <thread>

#include "base/process.h"
#include "base/system_error.h"
#include "publish/support.h"
#include "support/git_host.h"
#include "support/small_disk.h"

namespace heliograph::publish {
namespace {

namespace fs = std::filesystem;
using test::Files;
using test::files_in;
using testing::HasSubstr;

Target target() {
    Target target;
    target.path = "site";
    return target;
}

const Files kFirst = {{"articles/2026/11/a.html", "article a"},
                      {"index.html", "home 1"},
                      {"media/aa/p.webp", "picture"}};
const Files kSecond = {{"articles/2026/11/b.html", "article b"},
                       {"index.html", "home 2"},
                       {"media/aa/p.webp", "picture"}};

TEST(DirectoryTarget, HoldsWhatWasPublishedLast) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kFirst);
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kSecond);
    EXPECT_FALSE(fs::exists(mirror.folder() / "site/.heliograph-staging"));
}

TEST(DirectoryTarget, ShowsNothingBeforeTheCommit) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    auto publisher = mirror.open();
    ASSERT_TRUE(mirror.prepare(*publisher, kSecond));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kFirst);
    // Killed here: the next run begins anew.
    publisher.reset();
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kSecond);
}

TEST(DirectoryTarget, AReaderWithAnOpenFileKeepsTheOldOne) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    std::FILE* open = std::fopen((mirror.folder() / "site/index.html").c_str(), "r");
    ASSERT_NE(open, nullptr);
    ASSERT_TRUE(mirror.publish(kSecond));
    char read[16] = {};
    EXPECT_EQ(std::fread(read, 1, sizeof read, open), 6U);
    EXPECT_STREQ(read, "home 1");
    std::fclose(open);
}

TEST(DirectoryTarget, NamesItsState) {
    test::Mirror mirror(target());
    EXPECT_EQ(*mirror.open()->current(), "");
    const auto publisher = mirror.open();
    const auto marker = mirror.prepare(*publisher, kFirst);
    ASSERT_TRUE(marker);
    ASSERT_TRUE(publisher->commit());
    EXPECT_FALSE(marker->empty());
    EXPECT_EQ(*mirror.open()->current(), *marker);
    // Emptied by somebody: there is nothing of ours.
    fs::remove_all(mirror.folder() / "site");
    EXPECT_EQ(*mirror.open()->current(), "");
}

TEST(DirectoryTarget, LeavesFilesOfOthersAlone) {
    test::Mirror mirror(target());
    write_file_atomically(mirror.folder() / "site/robots.txt", "theirs");
    write_file_atomically(mirror.folder() / "site/articles/2026/11/note.txt", "theirs");
    ASSERT_TRUE(mirror.publish(kFirst));
    ASSERT_TRUE(mirror.publish({{"index.html", "home"}}));
    EXPECT_EQ(files_in(mirror.folder() / "site"), (Files{{"articles/2026/11/note.txt", "theirs"},
                                                         {"index.html", "home"},
                                                         {"robots.txt", "theirs"}}));
}

TEST(DirectoryTarget, RemovesFoldersThatItEmptied) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    ASSERT_TRUE(mirror.publish({{"index.html", "home"}}));
    EXPECT_FALSE(fs::exists(mirror.folder() / "site/articles"));
}

TEST(DirectoryTarget, RefusesPathsThatLeadOut) {
    test::Mirror mirror(target());
    const auto publisher = mirror.open();
    for (const char* path : {"../escaped.html", "/etc/escaped", "a/../../escaped", ".heliograph",
                             ".heliograph-lock", ".heliograph-staging/x", ""}) {
        const Plan plan{.changes = {{path, ChangeKind::kAdd, {"x", 1}}}};
        const auto prepared = publisher->prepare(plan, mirror.folder(), "", "");
        ASSERT_FALSE(prepared) << path;
        EXPECT_EQ(prepared.error().code, ErrorCode::kRefused);
    }
}

TEST(DirectoryTarget, SaysWhenItsPlaceIsAFile) {
    test::Mirror mirror(target());
    write_file_atomically(mirror.folder() / "site", "a file");
    const auto done = mirror.publish(kFirst);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("it is a file, not a folder"));
    EXPECT_EQ(read_file(mirror.folder() / "site"), "a file");
}

TEST(DirectoryTarget, TwoPublishersTakeTurns) {
    const heliograph::test::TemporaryDirectory place;
    Target shared = target();
    shared.path = (place.path() / "site").string();
    test::Mirror one(shared);
    test::Mirror two(shared);  // with a store of its own
    ASSERT_TRUE(one.publish(kFirst));
    const auto first = one.open();
    ASSERT_TRUE(one.prepare(*first, kSecond));
    const auto refused = two.publish({{"index.html", "home 3"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUnreachable);  // it is tried again
    EXPECT_THAT(refused.error().message, HasSubstr("another heliograph does so now"));
    ASSERT_TRUE(first->commit());
    EXPECT_EQ(files_in(place.path() / "site"), kSecond);
    // What one looked at is no more when its turn comes.
    const auto late = two.open();
    const auto seen = late->current();
    ASSERT_TRUE(seen);
    ASSERT_TRUE(one.publish(kFirst));
    const auto outdated = late->prepare({}, two.folder(), *seen, "");
    ASSERT_FALSE(outdated);
    EXPECT_EQ(outdated.error().code, ErrorCode::kUnreachable);
    EXPECT_THAT(outdated.error().message, HasSubstr("did so meanwhile"));
    ASSERT_TRUE(two.publish({{"index.html", "home 3"}}));
    EXPECT_EQ(read_file(place.path() / "site/index.html"), "home 3");
}

// What goes on to a web host by rsync is what changed, and nothing else.
TEST(DirectoryTarget, RsyncTakesAwayOnlyWhatChanged) {
    if (!heliograph::test::is_installed("/usr/bin/rsync")) GTEST_SKIP() << "rsync is not installed";
    test::Mirror mirror(target());
    const fs::path copy = mirror.folder() / "copy";
    const auto rsync = [&] {
        // Seconds are too coarse where a file of the same length changes twice in one.
        const auto done = run_process(
            {.arguments = {"rsync", "-a", "--delete-after", "--delay-updates", "--modify-window=-1",
                           "--exclude=/.heliograph*", "--out-format=%o %n",
                           (mirror.folder() / "site/").string(), copy.string()}});
        EXPECT_TRUE(done && done->status == 0) << (done ? done->standard_error : "");
        std::set<std::string> files;
        std::istringstream lines(done ? done->standard_output : "");
        for (std::string line; std::getline(lines, line);)
            if (!line.ends_with('/')) files.insert(line);
        return files;
    };
    Files files = kFirst;
    for (int i = 0; i < 50; ++i) files["articles/2026/10/" + std::to_string(i) + ".html"] = "x";
    ASSERT_TRUE(mirror.publish(files));
    EXPECT_EQ(rsync().size(), files.size());
    EXPECT_EQ(files_in(copy), files);
    EXPECT_THAT(rsync(), testing::IsEmpty());
    files["index.html"] = "home 2";
    files["articles/2026/11/b.html"] = "article b";
    files.erase("articles/2026/11/a.html");
    ASSERT_TRUE(mirror.publish(files));
    EXPECT_THAT(rsync(),
                testing::UnorderedElementsAre("del. articles/2026/11/a.html",
                                              "send articles/2026/11/b.html", "send index.html"));
    EXPECT_EQ(files_in(copy), files);
}

TEST(DirectoryTarget, UnchangedFilesStayTheSameAndNewOnesAreLinked) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    struct stat before{};
    ASSERT_EQ(::stat((mirror.folder() / "site/media/aa/p.webp").c_str(), &before), 0);
    ASSERT_TRUE(mirror.publish(kSecond));
    struct stat after{};
    ASSERT_EQ(::stat((mirror.folder() / "site/media/aa/p.webp").c_str(), &after), 0);
    // Nothing for rsync to do.
    EXPECT_EQ(before.st_ino, after.st_ino);
    EXPECT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    EXPECT_EQ(fs::hard_link_count(mirror.folder() / "site/index.html"), 2U);
}

// A reader who looks all the time: each file is a whole old or a whole new one, home never names an
// article that is not there, and once the edition is new, everything is.
TEST(DirectoryTarget, AReaderOnlyEverSeesWholeFilesAndNeverADeadLink) {
    constexpr int kPublications = 40;
    test::Mirror mirror(target());
    const auto files_of = [](int number) {
        const std::string text = std::to_string(number);
        Files files = {{"index.html", text}, {"edition.json", text}};
        for (int i = 0; i <= number; ++i)
            files["articles/" + std::to_string(i) + ".html"] = std::to_string(i);
        files["all/index.html"] = std::string(100'000, static_cast<char>('A' + number % 26));
        return files;
    };
    ASSERT_TRUE(mirror.publish(files_of(0)));
    const fs::path site = mirror.folder() / "site";
    std::atomic<bool> stop{false};
    std::atomic<int> rounds{0};
    std::jthread reader([&] {
        while (!stop) {
            const int edition = std::stoi(read_file(site / "edition.json"));
            const int home = std::stoi(read_file(site / "index.html"));
            EXPECT_GE(home, edition);
            EXPECT_TRUE(fs::exists(site / "articles" / (std::to_string(home) + ".html")));
            const std::string list = read_file(site / "all/index.html");
            EXPECT_EQ(list, std::string(100'000, list.at(0)));
            ++rounds;
        }
    });
    for (int i = 1; i <= kPublications; ++i) {
        const int seen = rounds;
        ASSERT_TRUE(mirror.publish(files_of(i)));
        while (rounds == seen) std::this_thread::yield();
    }
    stop = true;
}

TEST(DirectoryTarget, AFullDiskLeavesTheOldTree) {
    test::Mirror mirror(target());
    const heliograph::test::SmallDisk disk(mirror.folder() / "site");
    if (!disk.is_mounted()) GTEST_SKIP() << "this machine does not let us mount a small disk";
    ASSERT_TRUE(mirror.publish(kFirst));
    Files large = kSecond;
    large["articles/2026/11/large.html"] = std::string(200'000, 'x');
    EXPECT_THROW((void)mirror.publish(large), SystemError);
    EXPECT_EQ(files_in(mirror.folder() / "site"), kFirst);
    // The room is given back, and the next publication takes place.
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kSecond);
}

}  // namespace
}  // namespace heliograph::publish
