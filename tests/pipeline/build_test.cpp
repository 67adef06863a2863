// SPDX-License-Identifier: GPL-3.0-or-later
// What was built before never shows in what is built now.
#include "pipeline/build.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <random>
#include <regex>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "pipeline/article_id.h"
#include "pipeline/publication.h"
#include "pipeline/retention.h"
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
    // One of the formats with paths that change when an article's sections do.
    if (format == PageFormat::kMarkdown) target.article_path = "pages/{section}/{id}";
    config.targets.push_back(target);
    return config;
}

// One step in the life of a store: an article comes, or changes.
class History {
  public:
    History(store::Store& store, unsigned seed) : store_(store), random_(seed) {}

    // An article leaves: withdrawn, or for want of room.
    void remove_one() {
        const auto ids = store_.surplus({}, 0, 1);
        if (ids.empty()) return;
        store_.remove_article(ids[random_() % ids.size()], random_() % 2 == 0, "a reason", time_);
    }

    void add_newest() { save(2000, 0); }

    void step() {
        if (random_() % 8 == 0) {
            // A picture that could not be had is there at last, or one is lost.
            const std::string picture = picture_url(random_() % kPictures);
            if (store_.picture(picture))
                store_.transaction([&] { save_picture(picture, random_() % 4 > 0); });
        }
        const unsigned moved = random_() % 6 == 0 ? random_() % 900 : 0;
        save(random_() % 190, moved);
    }

  private:
    static constexpr unsigned kPictures = 12;

    static std::string picture_url(unsigned number) {
        return fmt::format("https://p.example/{}.jpg", number);
    }

    void save_picture(const std::string& url, bool is_there) {
        store::PictureRow row{
            .url = url, .asset = {}, .problem = "404", .attempts = 1, .next_attempt = {}};
        if (is_there) {
            row.asset = Asset{.hash = store_.save_blob(url),
                              .media_type = "image/webp",
                              .extension = "webp",
                              .width = 3,
                              .height = 2,
                              .size = url.size()};
            if (random_() % 2 == 0) {
                row.asset->others.push_back(*row.asset);
                row.asset->others.back().hash = store_.save_blob("small " + url);
                row.asset->others.back().size = 6 + url.size();
            }
            row.problem.clear();
        }
        store_.save_picture(row);
    }

    // Some articles get another date, so that they move in their lists and to another path.
    void save(unsigned number, unsigned moved) {
        const std::string source = number % 2 == 0 ? "a" : "b";
        const std::string url = fmt::format("https://{}.example/{}", source, number);
        time_ += std::chrono::minutes{random_() % 600};
        Article article;
        article.id = make_article_id(url, [](const std::string&) { return false; });
        if (store_.tombstone_of(url)) return;
        article.url = article.canonical_url = url;
        article.publisher = source;
        article.title = fmt::format("Title {} of {}", random_() % 3, number);
        article.published =
            DateTime{.utc = kNow + std::chrono::hours{number * 13 + moved}, .offset = {}};
        // Few tags of many articles, many of few: some cross the number from which they have pages.
        if (random_() % 2 == 0) article.tags.push_back(fmt::format("Topic {}", random_() % 3));
        if (random_() % 2 == 0) article.tags.push_back(fmt::format("#rare-{}", random_() % 40));
        if (random_() % 4 == 0) article.tags.emplace_back(random_() % 2 == 0 ? "新闻" : "Ärzte");
        const std::string picture = picture_url(random_() % kPictures);
        if (random_() % 3 == 0)
            article.lead_image = {.url = picture, .alt = "alt", .caption = "", .credit = ""};
        article.language = number % 5 == 0 ? "ar" : "en";
        article.body = fmt::format("<p>Text {} of {}.</p>\n", random_() % 3, number);
        article.captured = time_;
        store_.transaction([&] {
            store_.discover(url, fmt::format("https://{}.example/feed.xml", source), {}, time_);
            std::vector<std::string> pictures;
            if (article.lead_image) pictures.push_back(picture);
            store_.save_article(
                article, {.packed_page = "x", .pictures = pictures, .excerpt = article.title});
            if (random_() % 8 == 0)
                store_.discover(
                    url, fmt::format("https://{}.example/feed.xml", source == "a" ? "b" : "a"), {},
                    time_);
            if (article.lead_image && !store_.picture(picture))
                save_picture(picture, random_() % 2 == 0);
            store::LedgerRow row = *store_.address(url);
            row.fate = Fate::kPublished;
            row.article = article.id;
            store_.save_address(row);
        });
    }

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
    Config config = config_of(GetParam());
    const Target target = config.targets.front();
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 16; ++round) {
        for (unsigned steps = random() % 50; steps > 0; --steps) history.step();
        for (unsigned steps = random() % 4; steps > 0; --steps) history.remove_one();
        // The operator changes what fronts and lists show, what all pages show, moves a source to
        // another section, or names it anew.
        if (round == 4)
            config.mirror.announcements = {{.text = "News", .url = "", .is_sampled = false},
                                           {.text = "Other", .url = "", .is_sampled = true}};
        if (round == 6)
            config.mirror.companions = {
                {.key = "b", .name = "B", .url = "https://b.example/", .is_mirror = true}};
        if (round == 7) std::ranges::reverse(config.mirror.sections);
        if (round == 8) config.mirror.title = "Another title";
        if (round == 9) config.sources[1].section = "a";
        if (round == 10) config.mirror.companions[0].url = "https://c.example/";
        if (round == 12) config.sources[1].name = "Another name";
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

    for (const BuildExtent extent : {BuildExtent::kChanges, BuildExtent::kFull}) {
        const auto again = build(config, target, workspace, store, progress, extent);
        ASSERT_TRUE(again);
        EXPECT_EQ(again->written + again->removed, 0U);
        EXPECT_TRUE(again->failures.empty());
    }
}

TEST_P(BuildOf, OneNewArticleTouchesFewFiles) {
    const test::TemporaryDirectory folder;
    const Config config = config_of(GetParam());
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, 7);
    for (int i = 0; i < 600; ++i) history.step();
    const auto all = build(config, config.targets.front(), workspace, store, progress);
    ASSERT_TRUE(all);
    history.add_newest();
    const auto one = build(config, config.targets.front(), workspace, store, progress);
    ASSERT_TRUE(one);
    EXPECT_GE(one->written, 5U);  // its page, home, its lists
    EXPECT_LT(one->written + one->removed, 50U);
    EXPECT_GT(all->written, 200U);
}

TEST_P(BuildOf, AWithdrawnArticleLeavesEveryPageButASmallOneThatSaysSo) {
    const test::TemporaryDirectory folder;
    const Config config = config_of(GetParam());
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, 11);
    for (int i = 0; i < 90; ++i) history.step();
    ASSERT_TRUE(build(config, config.targets.front(), workspace, store, progress));
    const std::string id = store.listed()[3].id;
    const std::string address = store.article(id)->canonical_url;
    ASSERT_TRUE(store.remove_article(id, true, "at the author's <wish>", kNow));
    EXPECT_FALSE(store.remove_article(id, true, "twice", kNow));
    ASSERT_TRUE(build(config, config.targets.front(), workspace, store, progress));
    std::size_t pages = 0;
    for (const auto& [path, bytes] : files_of(workspace.tree(config.targets.front()))) {
        EXPECT_EQ(bytes.find(address), std::string::npos) << path;
        EXPECT_EQ(bytes.find(id), std::string::npos) << path;
        if (path.find(id) == std::string::npos) continue;
        ++pages;
        EXPECT_NE(bytes.find("no longer here"), std::string::npos);
        EXPECT_NE(bytes.find("wish"), std::string::npos);
        EXPECT_LT(bytes.size(), 1200U);
    }
    EXPECT_EQ(pages, 1U);
    EXPECT_EQ(store.address(address)->fate, Fate::kWithdrawn);
    // The feed tells of it as changed: it is not read again.
    Entry entry;
    entry.url = address;
    entry.updated = DateTime{.utc = kNow + std::chrono::hours{9999}, .offset = {}};
    EXPECT_FALSE(store.discover(address, "https://a.example/feed.xml", entry, kNow).is_new);
    EXPECT_FALSE(store.address(address)->next_attempt);
}

// A mirror whose articles of 2026 have a repository of their own. Articles of the history are of
// both years.
Config divided_config(const std::string& whole, const std::string& part) {
    Config config = config_of(PageFormat::kMarkdown);
    Target& one = config.targets.front();
    one.name = whole;
    one.kind = TargetKind::kGit;
    one.base_url = "https://git.example/us/mirror/blob/main/";
    one.remote = "whole.git";
    one.parts = {{.target = part,
                  .period = "2026",
                  .base_url = "https://git.example/us/mirror-2026/blob/main/"}};
    Target other = one;
    other.name = part;
    other.base_url = one.parts.front().base_url;
    other.remote = "part.git";
    other.parts.clear();
    other.part_of = whole;
    other.period = "2026";
    other.whole_url = one.base_url;
    config.targets.push_back(other);
    return config;
}

std::string run_git(const fs::path& directory, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "git");
    const auto done = run_process({.arguments = std::move(arguments), .directory = directory});
    EXPECT_TRUE(done && done->status == 0) << (done ? done->standard_error : "");
    return done ? done->standard_output : "";
}

// What links of Markdown pages lead to, in a clone of the whole and one of the part.
class LinkCheck {
  public:
    LinkCheck(fs::path whole, fs::path part, const Config& config)
        : places_{{config.targets[0].base_url, std::move(whole)},
                  {config.targets[1].base_url, std::move(part)}} {
        for (std::size_t i = 0; i < places_.size(); ++i)
            for (const auto& [path, bytes] : files_of(places_[i].second))
                if (path.ends_with(".md")) check_page(i, path, bytes);
    }
    std::vector<std::string> dead;
    std::size_t within = 0;
    std::size_t to_part = 0;
    std::size_t to_whole = 0;

  private:
    void check_page(std::size_t at, const std::string& path, const std::string& bytes) {
        static const std::regex kLink(R"(\]\(<?([^)>\s]+)>?\))");
        for (std::sregex_iterator link(bytes.begin(), bytes.end(), kLink), end; link != end; ++link)
            check((*link)[1], at, path);
    }
    void check(std::string address, std::size_t at, const std::string& page) {
        address = address.substr(0, address.find_first_of("#?"));
        fs::path file = places_[at].second / fs::path(page).parent_path() / address;
        if (address.find("://") != std::string::npos) {
            const auto place = std::ranges::find_if(
                places_, [&](const auto& one) { return address.starts_with(one.first); });
            if (place == places_.end()) return;  // a publisher's
            file = place->second / address.substr(place->first.size());
            const auto there = static_cast<std::size_t>(place - places_.begin());
            if (there != at) ++(there == 0 ? to_whole : to_part);
        } else {
            ++within;
        }
        if (!fs::is_regular_file(file)) dead.push_back(page + " -> " + address);
    }
    std::vector<std::pair<std::string, fs::path>> places_;  // base address and clone
};

TEST(DividedMirror, IsTheSameWhateverWasBuiltBeforeAndItsLinksLeadOverBetweenTwoRepositories) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const test::TemporaryDirectory folder;
    for (const char* name : {"whole.git", "part.git"})
        run_git(folder.path(), {"init", "--quiet", "--bare", "-b", "main", name});
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    FixedClock clock{kNow};
    NullLog log;
    History history(store, seed);
    // First all in one; then it is divided, and goes on.
    Config config = config_of(PageFormat::kMarkdown);
    config.targets = {divided_config("it", "it-2026").targets.front()};
    config.targets.front().parts.clear();
    for (int round = 0; round < 6; ++round) {
        for (int steps = round == 0 ? 150 : 15; steps > 0; --steps) history.step();
        if (round > 0) history.remove_one();
        if (round == 1) config = divided_config("it", "it-2026");
        std::vector<const Target*> targets;
        for (const Target& target : config.targets) {
            ASSERT_TRUE(build(config, target, workspace, store, progress));
            targets.push_back(&target);
        }
        // What went over into the part is no loss that an operator must look at.
        for (const auto& report :
             publish_targets(config, targets, workspace, store, {}, clock, log))
            EXPECT_EQ(report.failure, "") << report.target;
    }
    const Config other = divided_config("fresh", "fresh-2026");
    for (std::size_t i = 0; i < 2; ++i) {
        ASSERT_TRUE(build(other, other.targets[i], workspace, store, progress));
        const auto grown = files_of(workspace.tree(config.targets[i]));
        EXPECT_EQ(files_of(workspace.tree(other.targets[i])), grown);
        EXPECT_GT(grown.size(), 20U);
    }
    run_git(folder.path(), {"clone", "--quiet", "whole.git", "whole"});
    run_git(folder.path(), {"clone", "--quiet", "part.git", "part"});
    for (const char* name : {"whole", "part"}) fs::remove_all(folder.path() / name / ".git");
    EXPECT_EQ(files_of(folder.path() / "whole"), files_of(workspace.tree(config.targets[0])));
    EXPECT_EQ(files_of(folder.path() / "part"), files_of(workspace.tree(config.targets[1])));
    const LinkCheck links(folder.path() / "whole", folder.path() / "part", config);
    EXPECT_EQ(links.dead, std::vector<std::string>());
    EXPECT_GT(links.within, 100U);
    EXPECT_GT(links.to_part, 20U);
    EXPECT_GT(links.to_whole, 20U);
    // Each article has one page.
    for (const auto& [path, bytes] : files_of(folder.path() / "part"))
        EXPECT_TRUE(path == "README.md" || path.starts_with("qr/README") ||
                    !fs::exists(folder.path() / "whole" / path) || path.starts_with("media/") ||
                    path == ".nojekyll")
            << path;
}

TEST(DividedMirror, IsNotPublishedBeforeThePartThatItLeadsTo) {
    const test::TemporaryDirectory folder;
    run_git(folder.path(), {"init", "--quiet", "--bare", "-b", "main", "whole.git"});
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    FixedClock clock{kNow};
    NullLog log;
    History history(store, 3);
    for (int i = 0; i < 40; ++i) history.step();
    const Config config = divided_config("it", "it-2026");
    std::vector<const Target*> targets;
    for (const Target& target : config.targets) {
        ASSERT_TRUE(build(config, target, workspace, store, progress));
        targets.push_back(&target);
    }
    const auto publish = [&] {
        return publish_targets(config, targets, workspace, store, {}, clock, log);
    };
    const auto refused = publish();  // there is no "part.git"
    EXPECT_NE(refused.at(1).failure.find("make the repository"), std::string::npos);
    EXPECT_NE(refused.at(0).failure.find("lead to those of 'it-2026'"), std::string::npos);
    EXPECT_EQ(run_git(folder.path() / "whole.git", {"for-each-ref"}), "");
    run_git(folder.path(), {"init", "--quiet", "--bare", "-b", "main", "part.git"});
    for (const auto& report : publish()) EXPECT_EQ(report.failure, "") << report.target;
    EXPECT_NE(run_git(folder.path() / "whole.git", {"for-each-ref"}), "");
}

TEST(Retention, NoArticleComesAndGoesInAHundredRuns) {
    const test::TemporaryDirectory folder;
    Config config = config_of(PageFormat::kHtml);
    config.retention = {.days = 40, .articles = 30, .megabytes = 0};
    store::Store store(folder.path() / "state");
    std::map<std::string, int> came;
    store::Time now = kNow;
    for (int run = 0; run < 100; ++run) {
        now += std::chrono::hours{12};
        // The feed has the newest 60 articles, three more each time; all are told of again.
        for (int number = std::max(0, run * 3 - 57); number < run * 3 + 3; ++number) {
            const std::string url = fmt::format("https://a.example/{}", number);
            if (!store.discover(url, "https://a.example/feed.xml", {}, now).is_new) continue;
            ++came[url];
            Article article;
            article.id = make_article_id(url, [](const std::string&) { return false; });
            article.url = article.canonical_url = url;
            article.title = url;
            article.body = "<p>x</p>\n";
            article.published =
                DateTime{.utc = kNow + std::chrono::hours{number * 4}, .offset = {}};
            article.captured = now;
            store.save_article(article, {.packed_page = url, .pictures = {}, .excerpt = {}});
            store::LedgerRow row = *store.address(url);
            row.fate = Fate::kPublished;
            row.article = article.id;
            row.next_attempt.reset();
            store.save_address(row);
        }
        retain(config, store, now);
        EXPECT_LE(store.counts().articles, 30U);
        EXPECT_EQ(retain(config, store, now), 0U);
        EXPECT_TRUE(store.due("https://a.example/feed.xml", now).empty());
    }
    EXPECT_EQ(came.size(), 300U);
    for (const auto& [url, times] : came) EXPECT_EQ(times, 1) << url;
    // Raw pages go with their articles.
    std::size_t blobs = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "state/blobs"))
        if (entry.is_regular_file()) ++blobs;
    EXPECT_EQ(blobs, store.counts().articles);
    config.retention = {.days = 0, .articles = 0, .megabytes = 1};
    EXPECT_EQ(retain(config, store, now), 0U);
    EXPECT_EQ(store.surplus({}, 0, 20).size(), store.counts().articles);
    EXPECT_EQ(store.surplus(now, 0, 0).size(), store.counts().articles);
}

TEST_P(BuildOf, AnEditionInAnotherScriptHasTheSamePagesWithTheirChineseConverted) {
    const test::TemporaryDirectory folder;
    Config config = config_of(GetParam());
    config.mirror.language = "zh-Hans";
    config.mirror.title = "国际新闻";
    config.targets.front().script = "zh-Hant";
    const Target& target = config.targets.front();
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    for (const char* language : {"zh-Hans", "ja"}) {
        Article article;
        article.id = std::string("id-") + language;
        article.url = article.canonical_url = "https://a.example/" + article.id;
        article.language = language;
        article.title = "头发 国";
        article.body = "<p>发展 <a href=\"https://x.example/a\">国</a></p>\n";
        article.captured = kNow;
        store.save_article(article, {.packed_page = "x", .pictures = {}, .excerpt = "发展"});
        ASSERT_TRUE(build(config, target, workspace, store, progress));
    }
    const auto changed = files_of(workspace.tree(target));
    std::size_t pages = 0;
    for (const auto& [path, bytes] : changed) {
        if (path.find("id-") == std::string::npos || path.ends_with(".png")) continue;
        ++pages;
        const bool is_japanese = path.find("id-ja") != std::string::npos;
        EXPECT_EQ(bytes.find("发展") != std::string::npos, is_japanese) << path;
        EXPECT_EQ(bytes.find("發展") != std::string::npos, !is_japanese) << path;
    }
    EXPECT_EQ(pages, 2U);
    const bool is_html = GetParam() == PageFormat::kHtml;
    const std::string& home = changed.at(is_html ? "index.html" : "README.md");
    EXPECT_NE(home.find("國際新聞"), std::string::npos);
    EXPECT_NE(home.find("頭髮 國"), std::string::npos);
    EXPECT_NE(home.find("首頁"), std::string::npos);
    for (const char* name : {"all/atom.xml", "all/feed.json"}) {
        const std::string& feed = changed.at(name);
        EXPECT_NE(feed.find("國際新聞"), std::string::npos) << name;
        EXPECT_NE(feed.find("發展"), std::string::npos) << name;
        EXPECT_NE(feed.find("發展"), feed.rfind("发展")) << name;  // the Japanese one as it was
    }
    ASSERT_TRUE(build(config, target, workspace, store, progress, BuildExtent::kFull));
    EXPECT_EQ(files_of(workspace.tree(target)), changed);
}

TEST_P(BuildOf, EditorsPicksStandOnHomeInTheirOrder) {
    const test::TemporaryDirectory folder;
    Config config = config_of(GetParam());
    config.mirror.picks = "picks.txt";
    store::Store store(folder.path() / "state");
    const Workspace workspace{.config_directory = folder.path(), .state = folder.path() / "state"};
    NoProgress progress;
    History history(store, 3);
    for (int i = 0; i < 40; ++i) history.step();
    ASSERT_TRUE(build(config, config.targets.front(), workspace, store, progress));
    const auto listed = store.listed();
    const auto home = [&] {
        const bool is_html = GetParam() == PageFormat::kHtml;
        return read_file(workspace.tree(config.targets.front()) /
                         (is_html ? "index.html" : "README.md"));
    };
    EXPECT_EQ(home().find("Editors"), std::string::npos);
    write_file_atomically(folder.path() / "picks.txt",
                          "# best first\n\n" + listed[9].id + " note\nhttps://none.example/\n" +
                              store.article(listed[5].id)->canonical_url + "\n" + listed[9].id +
                              "\n" + listed[7].id);
    const auto report = build(config, config.targets.front(), workspace, store, progress);
    ASSERT_TRUE(report);
    EXPECT_LE(report->written, 3U);  // home, and what is hot
    const std::string page = home();
    const auto at = [&](std::size_t i) { return page.find(listed[i].id); };
    EXPECT_LT(at(9), at(5));  // the first leads
    EXPECT_LT(page.find("Editors"), at(5));
    EXPECT_LT(at(5), at(7));
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
