// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a folder that readers look at meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "base/system_error.h"
#include "publish/support.h"

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
    const auto publisher = mirror.open();
    ASSERT_TRUE(mirror.prepare(*publisher, kSecond));
    EXPECT_EQ(files_in(mirror.folder() / "site"), kFirst);
    // Killed here: the next run begins anew.
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
                             ".heliograph-staging/x", ""}) {
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

// A file system of 64 KB, as far as the machine lets us have one.
class SmallDisk {
  public:
    explicit SmallDisk(const fs::path& place) : place_(place) {
        fs::create_directories(place);
        is_mounted_ = ::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=64k") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_mounted_) ::umount(place_.c_str());
    }
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  private:
    fs::path place_;
    bool is_mounted_ = false;
};

TEST(DirectoryTarget, AFullDiskLeavesTheOldTree) {
    test::Mirror mirror(target());
    const SmallDisk disk(mirror.folder() / "site");
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
