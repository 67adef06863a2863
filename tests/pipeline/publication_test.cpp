// SPDX-License-Identifier: GPL-3.0-or-later
// Several targets at once: what one of them does is no business of the others.
#include "pipeline/publication.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "base/hash.h"
#include "base/process.h"
#include "support/temporary_directory.h"

namespace heliograph::pipeline {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

using Files = std::map<std::string, std::string>;

class Publication : public testing::Test {
  protected:
    Publication() {
        options.pause = [this](std::chrono::milliseconds time) {
            pauses.push_back(time);
            if (on_pause) on_pause();
        };
    }

    void add_directory(const std::string& name) {
        Target target;
        target.name = name;
        target.path = name;
        target.base_url = "https://mirror.example/";
        config.targets.push_back(target);
    }
    void add_git(const std::string& name) {
        run_git({"init", "--quiet", "--bare", "-b", "main", (folder() / (name + ".git")).string()});
        Target target;
        target.name = name;
        target.kind = TargetKind::kGit;
        target.format = PageFormat::kMarkdown;
        target.remote = name + ".git";
        target.base_url = "https://mirror.example/";
        config.targets.push_back(target);
    }
    // As a build leaves it.
    void build(const Files& files) {
        for (const Target& target : config.targets) {
            const fs::path tree = workspace.tree(target);
            store.transaction([&] {
                for (const auto& [path, file] : store.built(target.name))
                    if (!files.contains(path)) store.remove_built(target.name, path);
                for (const auto& [path, bytes] : files) {
                    write_file_atomically(tree / path, bytes);
                    store.save_built(
                        target.name,
                        {.path = path, .digest = {sha256_hex(bytes), bytes.size()}, .key = ""});
                }
            });
        }
    }
    std::vector<PublicationReport> publish() {
        return publish_targets(config, targets(), workspace, store, options, clock, log);
    }
    std::vector<PlanReport> plan() {
        return plan_targets(config, targets(), workspace, store, options, clock, log);
    }
    [[nodiscard]] std::vector<const Target*> targets() const {
        std::vector<const Target*> out;
        for (const Target& target : config.targets) out.push_back(&target);
        return out;
    }
    void set_hook(const std::string& remote, const std::string& script) const {
        const fs::path hook = folder() / (remote + ".git") / "hooks/pre-receive";
        write_file_atomically(hook, "#!/bin/sh\n" + script);
        fs::permissions(hook, fs::perms::owner_all);
    }
    std::string git_tree(const std::string& remote) {
        return run_git({"--git-dir=" + (folder() / (remote + ".git")).string(), "ls-tree", "-r",
                        "--name-only", "main"});
    }
    static std::string run_git(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "git");
        const auto outcome = run_process({.arguments = std::move(arguments), .timeout = 60s});
        return outcome ? outcome->standard_output : "";
    }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

  private:
    test::TemporaryDirectory folder_;

  protected:
    Config config;
    Workspace workspace{.config_directory = folder(), .state = folder() / "state"};
    store::Store store{workspace.state};
    PublishOptions options;
    std::vector<std::chrono::milliseconds> pauses;
    std::function<void()> on_pause;
    FixedClock clock{std::chrono::sys_seconds{1'795'000'000s}};
    NullLog log;
};

TEST_F(Publication, OneTargetThatFailsHoldsUpNoOtherAndIsCompletedByTheNextRun) {
    add_directory("bad");
    add_directory("good");
    write_file_atomically(folder() / "bad", "a file in its place");
    build({{"index.html", "home"}});
    const auto first = publish();
    EXPECT_THAT(first.at(0).failure, HasSubstr("it is a file, not a folder"));
    EXPECT_EQ(first.at(0).added, 0U);
    EXPECT_EQ(first.at(1).failure, "");
    EXPECT_EQ(read_file(folder() / "good/index.html"), "home");
    EXPECT_EQ(store.outcome("bad").failures, 1);
    EXPECT_THAT(store.outcome("bad").problem, HasSubstr("it is a file"));

    fs::remove(folder() / "bad");
    const auto second = publish();
    EXPECT_EQ(second.at(0).failure, "");
    EXPECT_EQ(second.at(0).added, 1U);
    EXPECT_EQ(second.at(1).added, 0U);
    EXPECT_EQ(read_file(folder() / "bad/index.html"), "home");
    EXPECT_EQ(store.outcome("bad").failures, 0);
}

// The Git host takes its time until the folder, which comes after it, is published.
TEST_F(Publication, ASlowHostHoldsUpNoOther) {
    add_git("slow");
    add_directory("quick");
    set_hook("slow", fmt::format("n=0; until [ -e '{}' ]; do n=$((n+1)); [ $n -lt 600 ] || "
                                 "{{ echo waited too long >&2; exit 1; }}; sleep 0.05; done\n",
                                 (folder() / "quick/README.md").string()));
    build({{"README.md", "home"}});
    EXPECT_THAT(publish(), Each(Field(&PublicationReport::failure, "")));
    EXPECT_EQ(git_tree("slow"), "README.md\n");
}

TEST_F(Publication, AHostThatBreaksOffIsTriedAgainAfterAPause) {
    add_git("host");
    set_hook("host", "kill -9 $PPID\n");
    build({{"README.md", "home"}});
    on_pause = [this] {
        if (pauses.size() == 2) set_hook("host", "exit 0\n");
    };
    const auto reports = publish();
    EXPECT_EQ(reports.at(0).failure, "");
    EXPECT_EQ(reports.at(0).tries, 3);
    EXPECT_THAT(pauses, ElementsAre(3000ms, 6000ms));
    EXPECT_EQ(git_tree("host"), "README.md\n");
}

TEST_F(Publication, AHostThatStaysAwayIsGivenUpForThisRun) {
    add_git("host");
    set_hook("host", "kill -9 $PPID\n");
    build({{"README.md", "home"}});
    const auto reports = publish();
    EXPECT_NE(reports.at(0).failure, "");
    EXPECT_EQ(reports.at(0).tries, config.publishing.tries);
    EXPECT_EQ(reports.at(0).added, 0U);
}

TEST_F(Publication, ARefusalIsNotTriedAgain) {
    add_git("host");
    set_hook("host", "echo 'the quota is used up' >&2; exit 1\n");
    build({{"README.md", "home"}});
    const auto reports = publish();
    EXPECT_THAT(reports.at(0).failure, HasSubstr("the quota is used up"));
    EXPECT_EQ(reports.at(0).tries, 1);
}

// Two programs with records of their own, at the same time, again and again: in the end the place
// holds all of what both were to publish, and neither has anything left to do.
TEST_F(Publication, TwoPublishersOfOnePlaceAtOnceLeaveItWhole) {
    add_git("host");
    add_directory("site");
    for (const std::size_t i : {0, 1}) {
        config.targets.push_back(config.targets.at(i));
        config.targets.back().name += "-again";
    }
    // As often as it takes until the other one is done.
    config.publishing.tries = 100'000;
    options.pause = [](std::chrono::milliseconds) { std::this_thread::yield(); };
    Files files;
    for (int round = 0; round < 5; ++round) {
        files["README.md"] = fmt::format("home {}", round);
        files[fmt::format("articles/{}.md", round)] = "article";
        build(files);
        EXPECT_THAT(publish(), Each(Field(&PublicationReport::failure, "")));
        for (const auto& [path, bytes] : files) {
            EXPECT_EQ(read_file(folder() / "site" / path), bytes);
            EXPECT_EQ(
                run_git({"--git-dir=" + (folder() / "host.git").string(), "show", "main:" + path}),
                bytes);
        }
    }
    for (const PublicationReport& report : publish())
        EXPECT_EQ(report.removed, 0U) << report.target;
    EXPECT_EQ(run_git({"--git-dir=" + (folder() / "host.git").string(), "fsck", "--strict"}), "");
}

TEST_F(Publication, WhatTheHostWouldTurnDownIsNotBegun) {
    add_git("host");
    config.targets.front().host = "small";
    config.hosts = {{.key = "small",
                     .name = "Small Host",
                     .domains = {},
                     .limits = {{.of = Measure::kFiles,
                                 .value = 4,
                                 .kind = Certainty::kHard,
                                 .as_of = "2026-11-25",
                                 .source = "its documents",
                                 .note = ""}}}};
    Files files{{"README.md", "home"}, {"articles/a.md", "a"}, {"articles/b.md", "b"}};
    build(files);
    EXPECT_THAT(plan().at(0).notes, testing::Not(testing::Contains(HasSubstr("near"))));
    ASSERT_EQ(publish().at(0).failure, "");
    files["articles/c.md"] = "c";
    build(files);
    EXPECT_THAT(plan().at(0).notes, testing::Contains(HasSubstr("near 4 files, limit 4 files")));
    ASSERT_EQ(publish().at(0).failure, "");
    files["articles/d.md"] = "d";
    build(files);
    EXPECT_THAT(plan().at(0).failure, HasSubstr("5 files, limit 4 files (Small Host"));
    const PublicationReport refused = publish().at(0);
    EXPECT_THAT(refused.failure, HasSubstr("heliograph target move"));
    EXPECT_EQ(refused.tries, 1);
    EXPECT_EQ(git_tree("host"), "README.md\narticles/a.md\narticles/b.md\narticles/c.md\n");
}

TEST_F(Publication, RemovalsBeyondTheCapWaitForTheOperator) {
    add_directory("site");
    config.publishing.most_removed_files = 5;
    Files files{{"index.html", "home"}};
    for (int i = 0; i < 29; ++i) files[fmt::format("articles/{}.html", i)] = "text";
    build(files);
    ASSERT_EQ(publish().at(0).failure, "");

    Files fewer = files;
    for (int i = 0; i < 5; ++i) fewer.erase(fmt::format("articles/{}.html", i));
    build(fewer);  // as many as always may go
    ASSERT_EQ(publish().at(0).failure, "");
    build({{"index.html", "home"}});
    EXPECT_THAT(plan().at(0).failure, HasSubstr("it would remove 24 of 25 files"));
    EXPECT_THAT(publish().at(0).failure, HasSubstr("--allow-removals"));
    EXPECT_TRUE(fs::exists(folder() / "site/articles/9.html"));
    options.allow_removals = true;
    EXPECT_EQ(publish().at(0).removed, 24U);
    EXPECT_FALSE(fs::exists(folder() / "site/articles"));
}

TEST_F(Publication, APlanSaysWhatPublishingThenDoes) {
    add_directory("site");
    build({{"all/index.html", "list"}, {"index.html", "home"}, {"media/aa/p.webp", "picture"}});
    ASSERT_EQ(publish().at(0).added, 3U);
    build({{"all/index.html", "list 2"}, {"index.html", "home"}, {"go/a.html", "to a"}});
    const PlanReport planned = plan().at(0);
    EXPECT_EQ(planned.failure, "");
    ASSERT_EQ(planned.changes.size(), 3U);
    EXPECT_EQ(planned.changes[0].change.path, "all/index.html");
    EXPECT_EQ(planned.changes[0].change.kind, ChangeKind::kChange);
    EXPECT_EQ(planned.changes[0].reason, "list");
    EXPECT_EQ(planned.changes[1].change.path, "go/a.html");
    EXPECT_EQ(planned.changes[1].change.kind, ChangeKind::kAdd);
    EXPECT_EQ(planned.changes[1].reason, "address of a companion");
    EXPECT_EQ(planned.changes[2].change.path, "media/aa/p.webp");
    EXPECT_EQ(planned.changes[2].change.kind, ChangeKind::kRemove);
    EXPECT_EQ(planned.changes[2].reason, "picture that no article shows");
    EXPECT_EQ(planned.bytes, 10U);
    EXPECT_EQ(read_file(folder() / "site/all/index.html"), "list");
    const auto reports = publish();
    EXPECT_EQ(reports.at(0).bytes, planned.bytes);
    EXPECT_EQ(reports.at(0).added + reports.at(0).changed + reports.at(0).removed, 3U);
    EXPECT_TRUE(plan().at(0).changes.empty());
}

TEST_F(Publication, APlanForAHostThatIsAwayIsMadeFromTheRecord) {
    add_git("host");
    build({{"README.md", "home"}});
    ASSERT_EQ(publish().at(0).failure, "");
    build({{"README.md", "home 2"}});
    config.targets.front().remote = "git://127.0.0.1:1/mirror.git";  // nobody listens there
    const PlanReport planned = plan().at(0);
    EXPECT_EQ(planned.failure, "");
    EXPECT_THAT(planned.notes,
                testing::Contains(HasSubstr("planned from what we published there")));
    ASSERT_EQ(planned.changes.size(), 1U);
    EXPECT_EQ(planned.changes[0].change.kind, ChangeKind::kChange);
}

}  // namespace
}  // namespace heliograph::pipeline
