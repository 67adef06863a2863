// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/resource.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "support/temporary_directory.h"

namespace heliograph::serve {
namespace {
namespace fs = std::filesystem;

class FindResource : public testing::Test {
  protected:
    FindResource() {
        const fs::path root = place_.path() / "site";
        write_file_atomically(root / "index.html", "home");
        write_file_atomically(root / "a/index.html", "a");
        write_file_atomically(root / "a/caf\xc3\xa9.html", "x");
        write_file_atomically(root / "empty/x.webp", "x");
        write_file_atomically(root / ".git/config", "x");
        write_file_atomically(root / ".well-known/security.txt", "x");
        write_file_atomically(place_.path() / "secret.txt", "secret");
        fs::create_symlink(place_.path() / "secret.txt", root / "way-out.txt");
        fs::create_directory_symlink(place_.path(), root / "folder-out");
        fs::create_symlink("index.html", root / "inside.html");
        site_.folder = root;
    }

    std::string found(std::string_view target) {
        const Resource resource = find_resource(site_, target);
        if (const auto* file = std::get_if<FoundFile>(&resource))
            return file->path.lexically_relative(fs::canonical(site_.folder)).string() + " " +
                   file->content_type;
        if (const auto* moved = std::get_if<MovedTo>(&resource)) return "-> " + moved->target;
        return "";
    }

    test::TemporaryDirectory place_;
    Site site_;
};

TEST_F(FindResource, GivesFilesWithTheirTypes) {
    EXPECT_EQ(found("/"), "index.html text/html; charset=utf-8");
    EXPECT_EQ(found("/index.html?x=1"), "index.html text/html; charset=utf-8");
    EXPECT_EQ(found("/a/"), "a/index.html text/html; charset=utf-8");
    EXPECT_EQ(found("/a/caf%C3%A9.html"), "a/caf\xc3\xa9.html text/html; charset=utf-8");
    EXPECT_EQ(found("/empty/x.webp"), "empty/x.webp image/webp");
    EXPECT_EQ(found("/inside.html"), "index.html text/html; charset=utf-8");
    EXPECT_EQ(found("/.well-known/security.txt"),
              ".well-known/security.txt text/plain; charset=utf-8");
    site_.content_types["html"] = "text/html";
    EXPECT_EQ(found("/"), "index.html text/html");
}

TEST_F(FindResource, SendsAFolderToItsSlashOnThisHostOnly) {
    EXPECT_EQ(found("/a"), "-> /a/");
    EXPECT_EQ(found("/a?x=1"), "-> /a/?x=1");
    EXPECT_EQ(found("//a"), "-> /a/");
}

TEST_F(FindResource, NeverLeavesTheFolder) {
    for (const char* target : {"/../secret.txt",
                               "/a/../../secret.txt",
                               "/%2e%2e/secret.txt",
                               "/..%2fsecret.txt",
                               "/way-out.txt",
                               "/folder-out/secret.txt",
                               "/folder-out/",
                               "/.git/config",
                               "/a/..",
                               "/%00",
                               "/index.html%00.txt",
                               "/a%",
                               "/a%zz",
                               "/..\\secret.txt",
                               "index.html",
                               "",
                               "http://x.example/",
                               "/nothing",
                               "/empty/",
                               "/index.html/x"})
        EXPECT_EQ(found(target), "") << target;
    EXPECT_EQ(found("/" + std::string(10'000, 'a')), "");
    site_.folder /= "not-there";
    EXPECT_EQ(found("/"), "");
}

}  // namespace
}  // namespace heliograph::serve
