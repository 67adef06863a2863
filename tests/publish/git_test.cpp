// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a Git repository, with the real git at both ends.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>

#include "publish/git_support.h"

namespace heliograph::publish {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::Files;
using test::git;
using test::kFirst;
using test::kSecond;
using test::set_hook;
using test::target_of;
using testing::HasSubstr;

// A bare repository somewhere else, and what its owner does there.
class Remote {
  public:
    Remote() { git(folder_.path(), {"init", "--quiet", "--bare", "-b", "main", path().string()}); }

    [[nodiscard]] fs::path path() const { return folder_.path() / "mirror.git"; }
    [[nodiscard]] Target target() const { return target_of(path().string()); }

    // What a stranger gets.
    [[nodiscard]] Files clone() {
        const fs::path place = folder_.path() / fmt::format("clone-{}", ++clones_);
        git(folder_.path(), {"clone", "--quiet", path().string(), place.string()});
        return test::files_in(place);
    }
    [[nodiscard]] std::string log(const std::string& format) {
        return git(path(), {"log", "--format=" + format, "main"});
    }
    // Somebody else commits `file` on top.
    void commit(const std::string& file, const std::string& bytes) {
        const fs::path place = folder_.path() / fmt::format("other-{}", ++clones_);
        git(folder_.path(), {"clone", "--quiet", path().string(), place.string()});
        write_file_atomically(place / file, bytes);
        git(place, {"add", "--all"});
        git(place, {"-c", "user.name=Other", "-c", "user.email=o@example.org", "commit", "--quiet",
                    "-m", "Something else"});
        git(place, {"push", "--quiet", "origin", "HEAD:main"});
    }
    void refuse_pushes(const std::string& because) {
        set_hook(path(), "pre-receive", "echo '" + because + "' >&2\nexit 1\n");
    }
    // The commit arrives, and yet the push is told that it did not: as when a push of ours was
    // killed while the remote was still at it.
    void take_pushes_and_say_otherwise() {
        set_hook(path(), "update", "git update-ref \"$1\" \"$3\"\n");
    }
    void take_pushes() { fs::remove(path() / "hooks/pre-receive"); }

  private:
    heliograph::test::TemporaryDirectory folder_;
    int clones_ = 0;
};

TEST(GitTarget, IsTheTreeOfWhatWasPublishedLast) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(remote.clone(), kFirst);
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(remote.clone(), kSecond);
    EXPECT_EQ(remote.log("%s %an"), "Publish Heliograph\nPublish Heliograph");
    EXPECT_EQ(git(remote.path(), {"fsck", "--strict"}), "");
}

TEST(GitTarget, OddPathsAndBytesSurvive) {
    Remote remote;
    test::Mirror mirror(remote.target());
    const Files odd = {{"\"quoted\" name.md", "a"},
                       {"articles/新闻 — 1.md", std::string("\0\xFF\r\ndone\n", 9)},
                       {"back\\slash.md", ""},
                       {"line\nfeed.md", "data 3\nabc"},
                       {"space at end ", "b"}};
    ASSERT_TRUE(mirror.publish(odd));
    EXPECT_EQ(remote.clone(), odd);
    ASSERT_TRUE(mirror.publish({{"README.md", "only"}}));
    EXPECT_EQ(remote.clone(), (Files{{"README.md", "only"}}));
}

TEST(GitTarget, ARefusedPushNamesTheReasonAndIsDoneByTheNextRun) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    remote.refuse_pushes("the quota is used up");
    const auto refused = mirror.publish(kSecond);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr(remote.path().string()));
    EXPECT_THAT(refused.error().message, HasSubstr("the quota is used up"));
    EXPECT_EQ(remote.clone(), kFirst);
    remote.take_pushes();
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(remote.clone(), kSecond);
    EXPECT_EQ(remote.log("%s"), "Publish\nPublish");
}

TEST(GitTarget, LocksThatAKilledGitLeftAreInNobodysWay) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const fs::path repository = mirror.folder() / "work/repository.git";
    write_file_atomically(repository / "refs/heliograph/next.lock", "");
    write_file_atomically(repository / "packed-refs.lock", "");
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(remote.clone(), kSecond);
}

TEST(GitTarget, APushThatArrivedIsDoneWhateverWasSaidOfIt) {
    Remote remote;
    remote.take_pushes_and_say_otherwise();
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(remote.clone(), kFirst);
}

TEST(GitTarget, BuildsOnTheCommitsOfOthersAndKeepsTheirFiles) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    remote.commit("SPONSORS.md", "thanks");
    ASSERT_TRUE(mirror.publish(kSecond));
    Files both = kSecond;
    both["SPONSORS.md"] = "thanks";
    EXPECT_EQ(remote.clone(), both);
    EXPECT_EQ(remote.log("%s"), "Publish\nSomething else\nPublish");
}

TEST(GitTarget, ARefThatOnlyEndsInTheBranchsNameIsNotTheBranch) {
    Remote remote;
    remote.commit("theirs.md", "theirs");
    git(remote.path(), {"update-ref", "refs/original/refs/heads/main", "main"});
    git(remote.path(), {"update-ref", "-d", "refs/heads/main"});
    test::Mirror mirror(remote.target());
    EXPECT_EQ(*mirror.open()->current(), "");
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(remote.clone(), kFirst);
}

TEST(GitTarget, ABranchThatMovesDuringThePushIsNotOverwritten) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const auto publisher = mirror.open();
    ASSERT_TRUE(mirror.prepare(*publisher, kSecond));
    remote.commit("SPONSORS.md", "thanks");
    const auto done = publisher->commit();
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("the next run builds on it"));
    ASSERT_TRUE(mirror.publish(kSecond));
    EXPECT_EQ(remote.clone().at("SPONSORS.md"), "thanks");
    EXPECT_EQ(remote.clone().at("README.md"), "home 2");
}

TEST(GitTarget, TheSameFilesAgainAreNoCommit) {
    Remote remote;
    test::Mirror mirror(remote.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    // As after a lost record: every file is sent again, and the tree stays the same.
    const auto publisher = mirror.open();
    const auto before = publisher->current();
    Plan plan = make_plan(test::manifest_of(kFirst), {});
    const auto next = publisher->prepare(plan, mirror.folder() / "tree", *before, "Again\n");
    EXPECT_EQ(next.value_or("failed"), before.value_or("unknown"));
    ASSERT_TRUE(publisher->commit());
    EXPECT_EQ(remote.log("%s"), "Publish");
}

TEST(GitTarget, ItsOwnRepositoryIsOnlyACache) {
    Remote remote;
    test::Mirror mirror(remote.target());
    const fs::path cache = mirror.folder() / "work/repository.git";
    const auto damages = std::to_array<std::function<void()>>({
        [&] { fs::remove_all(cache); },
        [&] { fs::remove(cache / "HEAD"); },
        [&] { write_file_atomically(cache / "HEAD", "nonsense"); },
        [&] { write_file_atomically(cache / "config", "[core\n"); },
        [&] { fs::remove_all(cache / "objects"); },
        // Every object is there by name and holds rubbish.
        [&] {
            for (const auto& object : fs::recursive_directory_iterator(cache / "objects"))
                if (object.is_regular_file()) {
                    fs::permissions(object.path(), fs::perms::owner_all);
                    write_file_atomically(object.path(), "rubbish");
                }
        },
        // The trees below the root are gone.
        [&] {
            const std::string tree = git(cache, {"rev-parse", "refs/heliograph/next:articles"});
            fs::remove(cache / "objects" / tree.substr(0, 2) / tree.substr(2));
        },
    });
    int round = 0;
    ASSERT_TRUE(mirror.publish(kFirst));
    for (const auto& damage : damages) {
        SCOPED_TRACE(++round);
        damage();
        Files files = kFirst;
        files["articles/2026/11/round.md"] = std::to_string(round);
        const auto done = mirror.publish(files);
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_EQ(remote.clone(), files);
    }
}

TEST(GitTarget, SaysWhatIsWrongWithTheRemoteAndHowToMendIt) {
    Remote remote;
    Target target = remote.target();
    target.remote = "/nowhere/mirror.git";
    test::Mirror mirror(target);
    const auto done = mirror.publish(kFirst);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("'/nowhere/mirror.git'"));
    EXPECT_THAT(done.error().message, HasSubstr("make the repository, or correct 'remote'"));
}

TEST(GitTarget, ARemoteIsNeverAnOption) {
    Remote remote;
    Target target = remote.target();
    target.remote = "--upload-pack=touch /tmp/heliograph-was-here";
    test::Mirror mirror(target);
    EXPECT_FALSE(mirror.publish(kFirst));
    EXPECT_FALSE(fs::exists("/tmp/heliograph-was-here"));
}

}  // namespace
}  // namespace heliograph::publish
