// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to Git hosts as they are out there: over smart HTTP and SSH, to hosts that die at each
// step, beside other publishers and people, within budgets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <cstdlib>
#include <functional>
#include <optional>

#include "publish/git_support.h"
#include "support/git_host.h"
#include "support/small_disk.h"

namespace heliograph::publish {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using heliograph::test::GitHttpHost;
using heliograph::test::GitSshHost;
using test::Files;
using test::git;
using test::kFirst;
using test::kSecond;
using test::set_hook;
using test::target_of;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// What a reader gets who clones the branch; empty when there is none. Checks that it is sound.
Files clone_of(const fs::path& repository) {
    if (git(repository, {"for-each-ref", "refs/heads/main"}).empty()) return {};
    const heliograph::test::TemporaryDirectory place;
    git(repository, {"fsck", "--strict", "--no-dangling", "--no-progress"});
    git(place.path(), {"clone", "--quiet", repository.string(), "it"});
    return test::files_in(place.path() / "it");
}

// A variable of the environment for the length of a test.
class Variable {
  public:
    Variable(const char* name, const std::string& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable() {
        if (before_) {
            ::setenv(name_, before_->c_str(), 1);
        } else {
            ::unsetenv(name_);
        }
    }

  private:
    const char* name_;
    std::optional<std::string> before_;
};

TEST(GitOverHttp, IsWrittenWithACredentialOfGitsOwnAndRefusedWithout) {
    if (!heliograph::test::is_installed("/usr/sbin/nginx") ||
        !heliograph::test::is_installed("/usr/sbin/fcgiwrap"))
        GTEST_SKIP() << "nginx and fcgiwrap are not installed";
    GitHttpHost host;
    test::Mirror mirror(target_of(host.url()));
    const auto refused = mirror.publish(kFirst);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
    EXPECT_THAT(refused.error().message, HasSubstr("git's credential helper"));
    EXPECT_THAT(clone_of(host.repository()), IsEmpty());

    const fs::path store = mirror.folder() / "credentials";
    std::string with_password = host.url();
    with_password.insert(with_password.find("127"), "us:secret@");
    write_file_atomically(store, with_password + "\n");
    const Variable count("GIT_CONFIG_COUNT", "1");
    const Variable key("GIT_CONFIG_KEY_0", "credential.helper");
    const Variable value("GIT_CONFIG_VALUE_0", "store --file=" + store.string());
    const auto done = mirror.publish(kFirst);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(clone_of(host.repository()), kFirst);

    host.stop();
    const auto away = mirror.publish(kSecond);
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code, ErrorCode::kUnreachable);
    EXPECT_EQ(clone_of(host.repository()), kFirst);
    // It goes between the question and the push.
    host.start();
    const auto publisher = mirror.open();
    ASSERT_TRUE(mirror.prepare(*publisher, kSecond));
    host.stop();
    const auto broken = publisher->commit();
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::kUnreachable);
    EXPECT_EQ(clone_of(host.repository()), kFirst);
    host.start();
    ASSERT_TRUE(publisher->commit());
    EXPECT_EQ(clone_of(host.repository()), kSecond);
}

TEST(GitOverSsh, IsWrittenWithAKeyAndAsksNothing) {
    if (!heliograph::test::is_installed("/usr/sbin/sshd"))
        GTEST_SKIP() << "openssh-server is not installed";
    GitSshHost host;
    test::Mirror mirror(target_of(host.url()));
    {
        const Variable ssh("GIT_SSH_COMMAND", host.command_of_a_stranger());
        const auto refused = mirror.publish(kFirst);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
        EXPECT_THAT(refused.error().message, HasSubstr("accept the host's key"));
    }
    const Variable ssh("GIT_SSH_COMMAND", host.command());
    for (const Files& files : {kFirst, kSecond}) {
        const auto done = mirror.publish(files);
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_EQ(clone_of(host.repository()), files);
    }
}

TEST(GitOverFile, IsAnAddressToo) {
    const heliograph::test::TemporaryDirectory place;
    git(place.path(), {"init", "--quiet", "--bare", "-b", "main", "mirror.git"});
    test::Mirror mirror(target_of("file://" + (place.path() / "mirror.git").string()));
    ASSERT_TRUE(mirror.publish(kFirst));
    EXPECT_EQ(clone_of(place.path() / "mirror.git"), kFirst);
}

// Text that packs badly, so that sizes are what they seem.
std::string noise(unsigned seed, std::size_t size) {
    std::string out;
    for (unsigned x = seed; out.size() < size;)
        out += static_cast<char>(33 + ((x = x * 69069 + 1) >> 24) % 90);
    return out;
}

// A bare repository in a folder, and what happens to it.
class LocalHost {
  public:
    LocalHost() {
        git(folder_.path(), {"init", "--quiet", "--bare", "-b", "main", path().string()});
    }
    [[nodiscard]] fs::path path() const { return folder_.path() / "mirror.git"; }
    [[nodiscard]] Target target() const { return target_of(path().string()); }
    // Somebody else commits on top.
    void commit(const std::function<void(const fs::path&)>& change, const std::string& who) {
        const fs::path place = folder_.path() / fmt::format("other-{}", ++clones_);
        git(folder_.path(), {"clone", "--quiet", path().string(), place.string()});
        change(place);
        git(place, {"add", "--all"});
        git(place, {"-c", "user.name=Other", "-c", "user.email=" + who, "commit", "--quiet", "-m",
                    "Something else"});
        git(place, {"push", "--quiet", "origin", "HEAD:main"});
    }
    [[nodiscard]] std::string tip() const { return git(path(), {"rev-parse", "main"}); }
    [[nodiscard]] std::string commits() const {
        return git(path(), {"rev-list", "--count", "main"});
    }

  private:
    heliograph::test::TemporaryDirectory folder_;
    int clones_ = 0;
};

TEST(GitHostThatDies, ShowsTheOldTreeOrTheNewAtEachStepOfAPush) {
    const struct {
        const char* hook;
        const char* script;
        const char* step;
        bool arrives;
    } steps[] = {
        {"pre-receive", "kill -9 $PPID", "when the objects are there", false},
        {"pre-receive", "cat >/dev/null; exit 1", "when it looks at the objects", false},
        {"update", "kill -9 $PPID", "when it looks at the branch", false},
        {"update", "exit 1", "when it refuses the branch", false},
        {"reference-transaction", "[ $1 != prepared ] || kill -9 $PPID", "with the branch locked",
         false},
        {"post-receive", "kill -9 $PPID", "when the branch has moved", true},
    };
    for (const auto& step : steps) {
        SCOPED_TRACE(step.step);
        LocalHost host;
        test::Mirror mirror(host.target());
        ASSERT_TRUE(mirror.publish(kFirst));
        set_hook(host.path(), step.hook, step.script);
        EXPECT_EQ(static_cast<bool>(mirror.publish(kSecond)), step.arrives);
        EXPECT_EQ(clone_of(host.path()), step.arrives ? kSecond : kFirst);
        fs::remove(host.path() / "hooks" / step.hook);
        for (const char* lock : {"refs/heads/main.lock", "HEAD.lock"})  // as its owner would
            fs::remove(host.path() / lock);
        const auto done = mirror.publish(kSecond);
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_EQ(clone_of(host.path()), kSecond);
    }
}

TEST(GitHostThatDies, WithAFullDiskKeepsTheOldTree) {
    const heliograph::test::TemporaryDirectory place;
    if (::mount("tmpfs", place.path().c_str(), "tmpfs", 0, "size=512k") != 0)
        GTEST_SKIP() << "this machine does not let us mount a small disk";
    git(place.path(), {"init", "--quiet", "--bare", "--template=", "-b", "main", "mirror.git"});
    {
        test::Mirror mirror(target_of((place.path() / "mirror.git").string()));
        ASSERT_TRUE(mirror.publish(kFirst));
        Files large = kSecond;
        std::string noise;  // that does not pack
        for (unsigned i = 0, x = 1; i < 900'000; ++i)
            noise += static_cast<char>((x = x * 69069 + 1) >> 24);
        large["articles/2026/11/large.md"] = noise;
        const auto refused = mirror.publish(large);
        ASSERT_FALSE(refused);
        EXPECT_THAT(refused.error().message, HasSubstr("No space left"));
        EXPECT_EQ(clone_of(place.path() / "mirror.git"), kFirst);
        ASSERT_TRUE(mirror.publish(kSecond));
        EXPECT_EQ(clone_of(place.path() / "mirror.git"), kSecond);
    }
    ::umount(place.path().c_str());
}

TEST(GitAtHome, OnAFullDiskSaysWhatToMakeRoomOn) {
    LocalHost host;
    test::Mirror mirror(host.target());
    const fs::path work = mirror.folder() / "work";
    const heliograph::test::SmallDisk disk(work);
    if (!disk.is_mounted()) GTEST_SKIP() << "this machine does not let us mount a small disk";
    const auto refused = mirror.publish({{"README.md", noise(1, 200'000)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUnreachable);  // worth another try
    EXPECT_THAT(refused.error().message, HasSubstr((work / "repository.git").string()));
    EXPECT_THAT(refused.error().message, HasSubstr("make room on that disk"));
}

TEST(GitAtHome, WithoutGitSaysWhatToInstall) {
    const heliograph::test::TemporaryDirectory place;
    test::Mirror mirror(target_of(place.path().string()));
    const Variable path("PATH", place.path().string());
    const auto refused = mirror.publish(kFirst);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("install git"));
}

TEST(GitHostWithLimits, SaysWhatIsTooLargeAndHowToMendIt) {
    struct Case {
        const char* limit;  // set by the host's own means
        const char* cause;
        const char* mend;
    };
    // The hook's words are those of a large host.
    const std::string hook =
        "while read -r old new ref; do\n"
        "git rev-list --objects \"$new\" --not --all | cut -d' ' -f1 |\n"
        "git cat-file --batch-check='%(objectsize)' | while read -r size; do\n"
        "[ \"$size\" -le 50000 ] || { echo 'error: File large.md is 0.10 MB; this exceeds the "
        "file size limit of 0.05 MB' >&2; exit 1; }\ndone || exit 1\ndone\n";
    const Case cases[] = {
        {"hook", "File large.md is 0.10 MB; this exceeds the file size limit", "of = \"file\""},
        {"pack", "exceeds maximum allowed size", "of = \"push\""},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.limit);
        LocalHost host;
        test::Mirror mirror(host.target());
        ASSERT_TRUE(mirror.publish(kFirst));
        if (std::string_view(c.limit) == "hook") {
            set_hook(host.path(), "pre-receive", hook);
        } else {
            git(host.path(), {"config", "receive.maxInputSize", "50000"});
        }
        Files files = kSecond;
        files["large.md"] = noise(1, 100'000);
        const auto refused = mirror.publish(files);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::kRefused);  // not worth another try
        EXPECT_THAT(refused.error().message, HasSubstr(c.cause));
        EXPECT_THAT(refused.error().message, HasSubstr(c.mend));
        EXPECT_EQ(clone_of(host.path()), kFirst);
        ASSERT_TRUE(mirror.publish(kSecond));
        EXPECT_EQ(clone_of(host.path()), kSecond);
    }
}

// What is ours at the target, as the pipeline asks it.
Result<Remains> remains(test::Mirror& mirror, const Files& ours, const std::string& known,
                        OthersChanges others = OthersChanges::kRefuse) {
    for (const auto& [path, bytes] : ours)
        write_file_atomically(mirror.folder() / "tree" / path, bytes);
    const auto publisher = mirror.open();
    const auto current = publisher->current();
    if (!current) return std::unexpected(current.error());
    return publisher->remains(*current, known,
                              {.has = [&](const std::string& path) { return ours.contains(path); },
                               .tree = mirror.folder() / "tree",
                               .others = others});
}

TEST(GitBesideOthers, MergesWhatTouchesNoFileOfOurs) {
    LocalHost host;
    test::Mirror mirror(host.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const std::string known = host.tip();
    host.commit([](const fs::path& place) { write_file_atomically(place / "NOTES.md", "theirs"); },
                "o@example.org");
    const auto found = remains(mirror, kFirst, known);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_FALSE(found->is_unknown);
    EXPECT_THAT(found->differs, IsEmpty());
}

TEST(GitBesideOthers, RefusesToOverwriteWhatTheyMadeOfOursUntilToldTo) {
    LocalHost host;
    test::Mirror mirror(host.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const std::string known = host.tip();
    host.commit(
        [](const fs::path& place) { write_file_atomically(place / "README.md", "a correction"); },
        "o@example.org");
    const auto refused = remains(mirror, kFirst, known);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
    EXPECT_THAT(refused.error().message, HasSubstr("README.md"));
    EXPECT_THAT(refused.error().message, HasSubstr("--replace-others"));
    const auto allowed = remains(mirror, kFirst, known, OthersChanges::kReplace);
    ASSERT_TRUE(allowed);
    EXPECT_THAT(allowed->differs, UnorderedElementsAre("README.md"));
}

TEST(GitBesideOthers, PutsBackWhatTheyTookAway) {
    LocalHost host;
    test::Mirror mirror(host.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const std::string known = host.tip();
    host.commit([](const fs::path& place) { fs::remove(place / "articles/2026/11/a.md"); },
                "o@example.org");
    const auto found = remains(mirror, kFirst, known);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_THAT(found->differs, UnorderedElementsAre("articles/2026/11/a.md"));
}

TEST(GitBesideOthers, AnotherHeliographsCommitsAreOurs) {
    LocalHost host;
    test::Mirror mirror(host.target());
    ASSERT_TRUE(mirror.publish(kFirst));
    const std::string known = host.tip();
    host.commit([](const fs::path& place) { write_file_atomically(place / "README.md", "newer"); },
                "heliograph@localhost");
    const auto found = remains(mirror, kFirst, known);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_THAT(found->differs, UnorderedElementsAre("README.md"));
}

TEST(GitBesideOthers, AStrangersRepositoryIsNotOverwrittenByMistake) {
    LocalHost host;
    host.commit([](const fs::path& place) { write_file_atomically(place / "README.md", "theirs"); },
                "o@example.org");
    test::Mirror mirror(host.target());
    const auto refused = remains(mirror, kFirst, "");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("1 files of this mirror"));
    // A file of the same bytes is no matter, nor is one that we do not publish.
    LocalHost other;
    other.commit(
        [](const fs::path& place) {
            write_file_atomically(place / "README.md", kFirst.at("README.md"));
            write_file_atomically(place / "LICENSE", "theirs");
        },
        "o@example.org");
    test::Mirror welcome(other.target());
    const auto found = remains(welcome, kFirst, "");
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_TRUE(found->is_unknown);
}

TEST(GitBudget, TheHistoryBeginsAnewWhenItIsTooLongAndTheOldOneIsKept) {
    LocalHost host;
    Target target = host.target();
    test::Mirror mirror(target, {.repository_bytes = 150'000});
    Files files = kFirst;
    std::string last;
    int rounds = 0;
    // Each changes one file of 30 KB: the tree stays small, the history grows.
    for (; rounds < 40 && (rounds < 2 || host.commits() != "1"); ++rounds) {
        if (rounds > 0) last = host.tip();
        files["README.md"] = noise(static_cast<unsigned>(rounds + 1), 30'000);
        const auto done = mirror.publish(files);
        ASSERT_TRUE(done) << done.error().message;
    }
    EXPECT_EQ(clone_of(host.path()), files);
    EXPECT_GT(rounds, 3);
    EXPECT_LT(rounds, 40);
    const std::string kept =
        git(host.path(), {"for-each-ref", "--format=%(objectname)", "refs/heads/archive"});
    EXPECT_EQ(kept, last);
    // It goes on from there as before.
    files["README.md"] = "short";
    ASSERT_TRUE(mirror.publish(files));
    EXPECT_EQ(host.commits(), "2");
    EXPECT_EQ(clone_of(host.path()), files);
}

TEST(GitBudget, TheOldHistoryGoesToAnotherRepositoryOrNowhere) {
    for (const bool keep : {true, false}) {
        LocalHost host;
        LocalHost attic;
        Target target = host.target();
        target.old_history = keep ? attic.path().string() : "drop";
        test::Mirror mirror(target, {.repository_bytes = 100'000});
        Files files = kFirst;
        for (unsigned round = 0; round < 6; ++round) {
            files["README.md"] = noise(round + 1, 30'000);
            const auto done = mirror.publish(files);
            ASSERT_TRUE(done) << done.error().message;
        }
        EXPECT_EQ(clone_of(host.path()), files);
        EXPECT_LT(std::stoi(host.commits()), 6);
        EXPECT_THAT(git(host.path(), {"for-each-ref", "refs/heads/archive"}), IsEmpty());
        EXPECT_EQ(git(attic.path(), {"for-each-ref", "refs/heads/archive"}).empty(), !keep);
    }
}

TEST(GitBudget, ATreeThatIsLargeByItselfIsNotCommittedAnewEachTime) {
    LocalHost host;
    test::Mirror mirror(host.target(), {.repository_bytes = 20'000});
    Files files = {{"README.md", "home"}, {"large.md", noise(1, 100'000)}};
    ASSERT_TRUE(mirror.publish(files));
    files["README.md"] = "home 2";
    ASSERT_TRUE(mirror.publish(files));
    EXPECT_EQ(host.commits(), "2");
}

TEST(GitBudget, PushesWaitForTheirMinute) {
    LocalHost host;
    test::Mirror mirror(host.target(), {.pushes_per_minute = 2});
    ASSERT_TRUE(mirror.publish({{"README.md", "1"}}));
    ASSERT_TRUE(mirror.publish({{"README.md", "2"}}));
    const auto early = mirror.publish({{"README.md", "3"}});
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::kUnreachable);
    EXPECT_THAT(early.error().message, HasSubstr("2 pushes a minute"));
    EXPECT_EQ(clone_of(host.path()), (Files{{"README.md", "2"}}));
    mirror.clock.advance(61s);
    ASSERT_TRUE(mirror.publish({{"README.md", "3"}}));
}

TEST(GitBudget, APushThatIsTooLargeIsNotBegun) {
    LocalHost host;
    test::Mirror mirror(host.target(), {.push_bytes = 50'000});
    const auto refused = mirror.publish({{"README.md", noise(1, 100'000)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kLimit);
    EXPECT_THAT(clone_of(host.path()), IsEmpty());
}

}  // namespace
}  // namespace heliograph::publish
