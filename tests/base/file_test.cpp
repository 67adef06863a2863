// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include <gtest/gtest.h>

#include "base/system_error.h"
#include "support/temporary_directory.h"

namespace heliograph {
namespace {

namespace fs = std::filesystem;

TEST(File, WritesWholeFilesAndLeavesNothingBesideThem) {
    const test::TemporaryDirectory folder;
    const fs::path file = folder.path() / "a/b/c.txt";
    write_file_atomically(file, "one");
    write_file_atomically(file, "two");
    EXPECT_EQ(read_file(file), "two");
    EXPECT_EQ(std::distance(fs::directory_iterator(file.parent_path()), {}), 1);
}

TEST(File, LinksAFileThatIsThereAlready) {
    const test::TemporaryDirectory folder;
    write_file_atomically(folder.path() / "from", "bytes");
    link_file_atomically(folder.path() / "from", folder.path() / "x/to");
    link_file_atomically(folder.path() / "from", folder.path() / "x/to");
    EXPECT_EQ(read_file(folder.path() / "x/to"), "bytes");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path() / "x"), {}), 1);
}

TEST(File, WritesANewFileInPlaceAndNeverIntoOneThatAnotherNameHas) {
    const test::TemporaryDirectory folder;
    write_new_file(folder.path() / "a/b/one", "first");
    EXPECT_EQ(read_file(folder.path() / "a/b/one"), "first");
    link_file_atomically(folder.path() / "a/b/one", folder.path() / "other");
    write_new_file(folder.path() / "a/b/one", "second");
    EXPECT_EQ(read_file(folder.path() / "a/b/one"), "second");
    EXPECT_EQ(read_file(folder.path() / "other"), "first");
}

TEST(File, TellsAMissingFileFromAnUnreadableOne) {
    const test::TemporaryDirectory folder;
    EXPECT_EQ(read_file_if_exists(folder.path() / "none"), std::nullopt);
    EXPECT_THROW((void)read_file(folder.path() / "none"), SystemError);
    EXPECT_THROW((void)read_file(folder.path()), SystemError);
}

TEST(File, RemovesEmptyParentsUpToTheRoot) {
    const test::TemporaryDirectory folder;
    write_file_atomically(folder.path() / "a/b/c", "x");
    write_file_atomically(folder.path() / "a/d", "x");
    remove_file_and_empty_parents(folder.path() / "a/b/c", folder.path());
    EXPECT_FALSE(fs::exists(folder.path() / "a/b"));
    EXPECT_TRUE(fs::exists(folder.path() / "a/d"));
}

TEST(File, LockIsHeldOnce) {
    const test::TemporaryDirectory folder;
    auto first = FileLock::try_lock(folder.path() / "lock");
    ASSERT_TRUE(first);
    EXPECT_FALSE(FileLock::try_lock(folder.path() / "lock"));
    first.reset();
    EXPECT_TRUE(FileLock::try_lock(folder.path() / "lock"));
}

}  // namespace
}  // namespace heliograph
