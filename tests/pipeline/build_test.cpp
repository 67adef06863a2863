// SPDX-License-Identifier: GPL-3.0-or-later
// What was built before never shows in what is built now.
#include "pipeline/build.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <random>

#include "base/file.h"
#include "pipeline/article_id.h"
#include "support/temporary_directory.h"

namespace heliograph::pipeline {
namespace {
namespace fs = std::filesystem;

const store::Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 14}};

Config config_of(PageFormat format) {
    Config config;
    config.mirror.title = "Mirror";
    config.mirror.sections = {{.key = "a", .name = "Section A"}, {.key = "b", .name = "Section B"}};
    for (const char* key : {"a", "b"}) {
        Source source;
        source.name = std::string("Publisher ") + key;
        source.url = std::string("https://") + key + ".example/feed.xml";
        source.section = key;
        config.sources.push_back(source);
    }
    Target target;
    target.name = "it";
    target.format = format;
    target.base_url = "https://mirror.example/";
    config.targets.push_back(target);
    return config;
}

// One step in the life of a store: an article comes, or changes.
class History {
  public:
    History(store::Store& store, unsigned seed) : store_(store), random_(seed) {}

    void step() {
        const unsigned number = random_() % 120;
        const std::string source = number % 2 == 0 ? "a" : "b";
        const std::string url = fmt::format("https://{}.example/{}", source, number);
        time_ += std::chrono::minutes{random_() % 600};
        Article article;
        article.id = make_article_id(url, [](const std::string&) { return false; });
        article.url = article.canonical_url = url;
        article.publisher = source;
        article.title = fmt::format("Title {} of {}", random_() % 3, number);
        article.published = DateTime{.utc = kNow + std::chrono::hours{number * 13}, .offset = {}};
        article.language = number % 5 == 0 ? "ar" : "en";
        article.body = fmt::format("<p>Text {} of {}.</p>\n", random_() % 3, number);
        article.captured = time_;
        store_.transaction([&] {
            store_.discover(url, fmt::format("https://{}.example/feed.xml", source), {}, time_);
            store_.save_article(article,
                                {.packed_page = "x", .pictures = {}, .excerpt = article.title});
            store::LedgerRow row = *store_.address(url);
            row.fate = Fate::kPublished;
            row.article = article.id;
            store_.save_address(row);
        });
    }

  private:
    store::Store& store_;
    std::mt19937 random_;
    store::Time time_ = kNow;
};

std::map<std::string, std::string> files_of(const fs::path& tree) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(tree))
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(tree).generic_string()] = read_file(entry.path());
    return files;
}

class BuildOf : public testing::TestWithParam<PageFormat> {};

TEST_P(BuildOf, AnyHistoryGivesTheBytesOfABuildFromNothing) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const test::TemporaryDirectory folder;
    const Config config = config_of(GetParam());
    const Target& target = config.targets.front();
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 12; ++round) {
        for (unsigned steps = random() % 30; steps > 0; --steps) history.step();
        ASSERT_TRUE(build(config, target, workspace, store, progress));
    }
    const auto grown = files_of(workspace.tree(target));
    EXPECT_GT(grown.size(), 20U);

    Target fresh = target;
    fresh.name = "fresh";
    Config other = config;
    other.targets = {fresh};
    ASSERT_TRUE(build(other, fresh, workspace, store, progress));
    EXPECT_EQ(files_of(workspace.tree(fresh)), grown);

    const auto again = build(config, target, workspace, store, progress);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->written + again->removed, 0U);
}

TEST_P(BuildOf, ATreeThatWasDeletedIsBuiltAnew) {
    const test::TemporaryDirectory folder;
    const Config config = config_of(GetParam());
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, 1);
    for (int i = 0; i < 10; ++i) history.step();
    ASSERT_TRUE(build(config, config.targets.front(), workspace, store, progress));
    const fs::path tree = workspace.tree(config.targets.front());
    const auto before = files_of(tree);
    fs::remove_all(tree);
    ASSERT_TRUE(build(config, config.targets.front(), workspace, store, progress));
    EXPECT_EQ(files_of(tree), before);
}

INSTANTIATE_TEST_SUITE_P(EachFormat, BuildOf,
                         testing::Values(PageFormat::kMarkdown, PageFormat::kHtml));

}  // namespace
}  // namespace heliograph::pipeline
