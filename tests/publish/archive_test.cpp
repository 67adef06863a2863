// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing as ZIP files, read back by programs that others wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/process.h"
#include "base/system_error.h"
#include "publish/support.h"
#include "support/small_disk.h"

namespace heliograph::publish {
namespace {

namespace fs = std::filesystem;
using test::Files;
using test::files_in;
using testing::HasSubstr;

const Files kFirst = {{"articles/2026/11/a.html", "article a"},
                      {"articles/2026/11/世界.html", std::string(5000, 'x')},
                      {"index.html", "home 1"},
                      {"media/aa/p.webp", "picture"}};

Target target(ArchiveLimits limits = {}) {
    Target target;
    target.kind = TargetKind::kArchive;
    target.path = "upload/mirror.zip";
    target.archive = limits;
    return target;
}

std::size_t archives_in(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".zip") ++count;
    return count;
}

// What python's zipfile finds in all archives of a folder, unpacked into one.
Files unpacked(const fs::path& folder) {
    const heliograph::test::TemporaryDirectory place;
    for (const auto& entry : fs::directory_iterator(folder)) {
        EXPECT_FALSE(entry.path().filename().string().ends_with(".new")) << entry.path();
        if (entry.path().extension() != ".zip") continue;
        const auto done =
            run_process({.arguments = {"python3", "-m", "zipfile", "-e", entry.path().string(),
                                       place.path().string()}});
        EXPECT_TRUE(done && done->status == 0) << (done ? done->standard_error : "");
    }
    return files_in(place.path());
}

TEST(ArchiveTarget, HoldsTheWholeMirror) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), kFirst);
    Files second = kFirst;
    second.erase("articles/2026/11/a.html");
    second["index.html"] = "home 2";
    ASSERT_TRUE(mirror.publish(second));
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), second);
}

TEST(ArchiveTarget, TheSameTreeGivesTheSameBytesWhateverTheTime) {
    test::Mirror one(target());
    ASSERT_TRUE(one.publish(kFirst));
    ::setenv("TZ", "Asia/Shanghai", 1);
    ::tzset();
    test::Mirror other(target());
    ASSERT_TRUE(other.publish({{"index.html", "other"}}));
    ASSERT_TRUE(other.publish(kFirst));
    EXPECT_EQ(read_file(one.folder() / "upload/mirror.zip"),
              read_file(other.folder() / "upload/mirror.zip"));
    ::unsetenv("TZ");
    ::tzset();
}

TEST(ArchiveTarget, ShowsNothingBeforeTheCommit) {
    test::Mirror mirror(target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const std::string before = read_file(mirror.folder() / "upload/mirror.zip");
    auto publisher = mirror.open();
    ASSERT_TRUE(mirror.prepare(*publisher, {{"index.html", "home 2"}}));
    EXPECT_EQ(read_file(mirror.folder() / "upload/mirror.zip"), before);
    // Killed here: the next run clears up.
    publisher.reset();
    ASSERT_TRUE(mirror.publish({{"index.html", "home 3"}}));
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), (Files{{"index.html", "home 3"}}));
}

TEST(ArchiveTarget, NamesItsState) {
    test::Mirror mirror(target({.split = true, .files = 2}));
    EXPECT_EQ(*mirror.open()->current(), "");
    const auto publisher = mirror.open();
    const auto marker = mirror.prepare(*publisher, kFirst);
    ASSERT_TRUE(marker);
    ASSERT_TRUE(publisher->commit());
    EXPECT_EQ(*mirror.open()->current(), *marker);
    fs::remove(mirror.folder() / "upload/mirror-2.zip");
    EXPECT_NE(*mirror.open()->current(), *marker);
}

TEST(ArchiveTarget, RefusesToBeLargerThanTheHostTakes) {
    test::Mirror few(target({.files = 3}));
    const auto many = few.publish(kFirst);
    ASSERT_FALSE(many);
    EXPECT_THAT(many.error().message,
                HasSubstr("4 files, more than the 3 of max_files; set split"));
    test::Mirror small(target({.bytes = 500}));
    const auto large = small.publish(kFirst);
    ASSERT_FALSE(large);
    EXPECT_THAT(large.error().message, HasSubstr("more than the 500 of max_megabytes"));
    EXPECT_TRUE(files_in(small.folder() / "upload").empty());
}

TEST(ArchiveTarget, AFullDiskLeavesTheOldArchive) {
    test::Mirror mirror(target());
    const heliograph::test::SmallDisk disk(mirror.folder() / "upload");
    if (!disk.is_mounted()) GTEST_SKIP() << "this machine does not let us mount a small disk";
    ASSERT_TRUE(mirror.publish(kFirst));
    std::string noise;  // that does not pack
    for (unsigned i = 0, x = 1; i < 200'000; ++i)
        noise += static_cast<char>((x = x * 69069 + 1) >> 24);
    EXPECT_THROW((void)mirror.publish({{"index.html", noise}}), SystemError);
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), kFirst);
    // The room is given back, and the next publication takes place.
    ASSERT_TRUE(mirror.publish({{"index.html", "home 2"}}));
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), (Files{{"index.html", "home 2"}}));
}

TEST(ArchiveTarget, IsSplitIntoArchivesWithinTheLimits) {
    test::Mirror mirror(target({.split = true, .files = 2, .bytes = 6000}));
    ASSERT_TRUE(mirror.publish(kFirst));
    for (const auto& entry : fs::directory_iterator(mirror.folder() / "upload"))
        EXPECT_LE(entry.file_size(), 6000U);
    EXPECT_EQ(archives_in(mirror.folder() / "upload"), 2U);
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), kFirst);
    // Fewer files, one archive again: the others go.
    ASSERT_TRUE(mirror.publish({{"index.html", "home"}}));
    EXPECT_EQ(unpacked(mirror.folder() / "upload"), (Files{{"index.html", "home"}}));
    // One file that fits into none.
    const auto done = mirror.publish({{"index.html", std::string(7000, 'x')}});
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("'index.html' alone has 7000 bytes"));
}

}  // namespace
}  // namespace heliograph::publish
