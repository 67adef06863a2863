// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/system_error.h"
#include "support/temporary_directory.h"

namespace heliograph::store {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 14}};

Entry make_entry(const std::string& url, const std::string& updated = "2026-11-14T08:00:00Z") {
    return {.url = url,
            .guid = "g",
            .title = "A <title> & more",
            .summary_html = "<p>s",
            .content_html = "",
            .authors = {"A", "B"},
            .tags = {"t"},
            .published = parse_date_time("2026-11-13T08:00:00+08:00"),
            .updated = parse_date_time(updated),
            .language = "en",
            .image_url = ""};
}

Article make_article(const std::string& id, const std::string& body = "<p>Text.</p>") {
    Article article;
    article.id = id;
    article.publisher = "Daily";
    article.url = "https://a.example/" + id;
    article.canonical_url = article.url;
    article.title = "Title " + id;
    article.authors = {"Ann", "Bo"};
    article.published = parse_date_time("2026-11-13T08:00:00+08:00");
    article.language = "en";
    article.lead_image =
        LeadImage{.url = "https://a.example/i.jpg", .alt = "alt", .caption = "c", .credit = "d"};
    article.body = body;
    article.tags = {"x"};
    article.evidence["title"] = {.source = "json-ld", .confidence = 0.9};
    article.captured = kNow;
    return article;
}

ArticleParts make_parts() {
    return {
        .packed_page = pack("<html>"), .pictures = {"https://a.example/i.jpg"}, .excerpt = "Text."};
}

class StoreTest : public testing::Test {
  protected:
    test::TemporaryDirectory folder_;
    Store store_{folder_.path()};

    // Marks `url` as the address of the stored article `id`.
    void publish(const std::string& url, const std::string& id) {
        LedgerRow row = store_.address(url).value();
        row.fate = Fate::kPublished;
        row.article = id;
        row.next_attempt.reset();
        store_.save_address(row);
    }
};

TEST_F(StoreTest, RemembersWhatASourceSaidUntilTheAddressIsDealtWith) {
    const Entry entry = make_entry("https://a.example/1");
    EXPECT_TRUE(store_.discover(entry.url, "feed", entry, kNow).is_new);
    EXPECT_FALSE(store_.discover(entry.url, "feed", entry, kNow).is_new);
    const auto due = store_.due("feed", kNow);
    ASSERT_EQ(due.size(), 1U);
    const DueAddress address = store_.due_address(due[0]).value();
    EXPECT_EQ(address.row.fate, Fate::kPending);
    EXPECT_EQ(address.entry.title, "A <title> & more");
    EXPECT_EQ(address.entry.authors, (std::vector<std::string>{"A", "B"}));
    EXPECT_EQ(address.entry.published, parse_date_time("2026-11-13T08:00:00+08:00"));
    EXPECT_TRUE(store_.due("another", kNow).empty());

    publish("https://a.example/1", "id");
    EXPECT_TRUE(store_.due("feed", kNow + 24h).empty());
    EXPECT_FALSE(store_.due_address(due[0])) << "dealt with meanwhile";
}

TEST_F(StoreTest, AFailedAddressComesDueAgainAtItsTime) {
    store_.discover("https://a.example/1", "feed", make_entry("https://a.example/1"), kNow);
    LedgerRow row = store_.address("https://a.example/1").value();
    row.fate = Fate::kFailed;
    row.reason = "HTTP status 500";
    row.next_attempt = kNow + 15min;
    row.attempts = 1;
    store_.save_address(row);
    EXPECT_TRUE(store_.due("feed", kNow).empty());
    ASSERT_EQ(store_.due("feed", kNow + 15min).size(), 1U);
    EXPECT_EQ(store_.due_address(store_.due("feed", kNow + 15min)[0])->row.attempts, 1);
}

TEST_F(StoreTest, ALaterDateInTheFeedMakesAnAddressDueAgainAndAnEqualOneDoesNot) {
    const std::string url = "https://a.example/1";
    store_.discover(url, "feed", make_entry(url), kNow);
    publish(url, "id");
    store_.discover(url, "feed", make_entry(url), kNow);
    EXPECT_TRUE(store_.due("feed", kNow).empty());
    store_.discover(url, "another feed", make_entry(url, "2026-11-20T00:00:00Z"), kNow);
    EXPECT_TRUE(store_.due("feed", kNow).empty());
    store_.discover(url, "feed", make_entry(url, "2026-11-14T09:00:00Z"), kNow);
    ASSERT_EQ(store_.due("feed", kNow).size(), 1U);
    EXPECT_EQ(store_.address(url)->fate, Fate::kPublished);  // what is published stays so meanwhile
}

TEST_F(StoreTest, KeepsEveryFieldOfAnArticle) {
    Article article = make_article("a1");
    article.section = "World";
    article.site_name = "The Daily";
    article.is_accessible_for_free = false;
    EXPECT_EQ(store_.save_article(article, make_parts()), Saved::kNew);
    const auto read = store_.article("a1");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->section, article.section);
    EXPECT_EQ(read->site_name, article.site_name);
    EXPECT_EQ(read->is_accessible_for_free, article.is_accessible_for_free);
    EXPECT_EQ(read->title, article.title);
    EXPECT_EQ(read->authors, article.authors);
    EXPECT_EQ(read->published, article.published);
    EXPECT_EQ(read->lead_image, article.lead_image);
    EXPECT_EQ(read->body, article.body);
    EXPECT_EQ(read->tags, article.tags);
    EXPECT_EQ(read->evidence, article.evidence);
    EXPECT_EQ(read->captured, kNow);
    EXPECT_EQ(read->first_captured, kNow);
    EXPECT_EQ(store_.article_id_of("https://a.example/a1"), "a1");
    EXPECT_EQ(store_.article("none"), std::nullopt);
}

TEST_F(StoreTest, MakesARevisionOfNewWordsAndNoneOfNewSpaces) {
    Article article = make_article("a1");
    store_.save_article(article, make_parts());
    const std::string first = store_.summary("a1")->fingerprint;

    Article spaced = make_article("a1", "<p>Text.</p>\n ");
    spaced.captured = kNow + 1h;
    EXPECT_EQ(store_.save_article(spaced, make_parts()), Saved::kUnchanged);
    EXPECT_EQ(store_.summary("a1")->fingerprint, first);

    Article changed = make_article("a1", "<p>Other text.</p>");
    changed.captured = kNow + 2h;
    EXPECT_EQ(store_.save_article(changed, make_parts()), Saved::kUpdated);
    EXPECT_EQ(changed.revision, 2);
    EXPECT_EQ(changed.first_captured, kNow);
    EXPECT_NE(store_.summary("a1")->fingerprint, first);
    const auto revisions = store_.revisions("a1");
    ASSERT_EQ(revisions.size(), 2U);
    EXPECT_EQ(revisions[0].captured, kNow);
    EXPECT_EQ(revisions[1].captured, kNow + 2h);
}

TEST_F(StoreTest, ListsNewestFirstAndEqualTimesById) {
    for (const auto* id : {"b", "a", "c"}) {
        Article article = make_article(id);
        if (std::string_view(id) == "c") article.published = parse_date_time("2026-11-15");
        store_.save_article(article, make_parts());
        store_.place({*store_.summary(id)});
    }
    std::vector<std::string> ids;
    const auto listed = store_.listed();
    for (const auto& summary : listed) ids.push_back(summary.id);
    EXPECT_THAT(ids, ElementsAre("c", "a", "b"));
    EXPECT_TRUE(std::ranges::is_sorted(listed, newer_first));
    const ListKey month{.kind = ListKind::kMonth, .name = "2026-11"};
    EXPECT_EQ(store_.list_size(month), 3U);
    EXPECT_EQ(store_.list_part(month, 1, 1).at(0).id, "a");
    EXPECT_EQ(store_.list_times(month, 0, 9).size(), 3U);
    EXPECT_EQ(store_.older_in_list(month, appeared(listed[0]), "c"), 2U);
    EXPECT_EQ(store_.older_in_list(month, appeared(listed[2]), "b"), 0U);
    EXPECT_THAT(store_.list_names(ListKind::kMonth), ElementsAre("2026-11"));
}

TEST_F(StoreTest, ATagIsOneListHoweverItIsWritten) {
    const char* written[] = {"Deep Sea", "#deep_sea", "deep-sea"};
    for (int i = 0; i < 3; ++i) {
        Article article = make_article(std::string(1, static_cast<char>('a' + i)));
        article.tags = {written[i], "\n", " - "};
        store_.save_article(article, make_parts());
        store_.place({*store_.summary(article.id)});
    }
    EXPECT_THAT(store_.list_names(ListKind::kTag), ElementsAre("deep sea"));
    EXPECT_EQ(store_.list_size({.kind = ListKind::kTag, .name = "deep sea"}), 3U);
    EXPECT_EQ(store_.tag_name("deep sea"), "Deep Sea");
}

TEST_F(StoreTest, LogsWhatReadersSeeDifferentlyAndNothingElse) {
    Article article = make_article("a1");
    store_.save_article(article, make_parts());
    EXPECT_THAT(store_.unplaced(), ElementsAre("a1"));
    EXPECT_EQ(store_.first_change(), store_.last_change() + 1);
    ArticleSummary summary = *store_.summary("a1");
    summary.sections = {"world"};
    store_.place({summary});
    EXPECT_TRUE(store_.unplaced().empty());
    ASSERT_EQ(store_.changes_after(0).size(), 1U);
    EXPECT_EQ(store_.changes_after(0)[0].before, std::nullopt);

    const std::int64_t first = store_.last_change();
    store_.place({summary});
    EXPECT_EQ(store_.last_change(), first);
    summary.sections = {"tech"};
    store_.place({summary});
    const auto changes = store_.changes_after(first);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_THAT(changes[0].before->lists,
                testing::Contains(ListKey{.kind = ListKind::kSection, .name = "world"}));
    EXPECT_EQ(store_.list_size({.kind = ListKind::kSection, .name = "world"}), 0U);

    store_.remove_place("a1");
    EXPECT_TRUE(store_.listed().empty());
    store_.forget_changes(first);
    EXPECT_EQ(store_.first_change(), first + 1);
    store_.forget_changes(store_.last_change());
    EXPECT_EQ(store_.first_change(), store_.last_change() + 1);
    EXPECT_EQ(store_.last_change(), first + 2);
}

TEST_F(StoreTest, APictureThatArrivesChangesTheArticlesThatShowIt) {
    Article article = make_article("a1");
    store_.save_article(article, make_parts());
    const std::string before = store_.summary("a1")->fingerprint;
    store_.save_picture({.url = "https://a.example/i.jpg",
                         .asset = {},
                         .problem = "HTTP status 404",
                         .attempts = 1,
                         .next_attempt = kNow + 1h});
    EXPECT_TRUE(store_.pictures_of("a1").empty());

    Asset asset{.hash = "abc",
                .media_type = "image/webp",
                .extension = "webp",
                .width = 3,
                .height = 2,
                .size = 9};
    const Asset small{.hash = "def",
                      .media_type = "image/webp",
                      .extension = "webp",
                      .width = 2,
                      .height = 1,
                      .size = 4};
    const Asset alone = asset;
    asset.others = {small};
    store_.save_picture({.url = "https://a.example/i.jpg",
                         .asset = asset,
                         .problem = "",
                         .attempts = 0,
                         .next_attempt = {}});
    EXPECT_NE(store_.summary("a1")->fingerprint, before);
    EXPECT_EQ(store_.pictures_of("a1").at("https://a.example/i.jpg"), asset);
    EXPECT_EQ(store_.picture("https://a.example/i.jpg")->asset, asset);
    EXPECT_THAT(store_.pictures_in_use(), ElementsAre(alone));
    EXPECT_THAT(store_.other_pictures_in_use(), ElementsAre(small));
    EXPECT_TRUE(store_.picture_in_use("abc"));
    EXPECT_TRUE(store_.picture_in_use("def"));
    EXPECT_FALSE(store_.picture_in_use("ghi"));

    ASSERT_TRUE(store_.remove_article("a1", true, "on request", kNow));
    EXPECT_FALSE(store_.picture_in_use("def"));
    EXPECT_THAT(store_.other_pictures_in_use(), testing::IsEmpty());
}

TEST_F(StoreTest, APictureOfSeveralArticlesTakesItsRoomOnce) {
    for (const char* id : {"a1", "a2", "a3"}) {
        Article article = make_article(id);
        store_.save_article(article, make_parts());
    }
    store_.save_picture({.url = "https://a.example/i.jpg",
                         .asset = Asset{.hash = "abc",
                                        .media_type = "image/webp",
                                        .extension = "webp",
                                        .width = 3,
                                        .height = 2,
                                        .size = 100'000},
                         .problem = "",
                         .attempts = 0,
                         .next_attempt = {}});
    EXPECT_THAT(store_.surplus({}, 0, 150'000), testing::IsEmpty());
    EXPECT_EQ(store_.surplus({}, 0, 100'000).size(), 3U);
}

TEST_F(StoreTest, AnAddressThatWaitsKeepsWhatEachOfItsSourcesSays) {
    const std::string url = "https://a.example/1";
    Entry bare;
    bare.url = url;
    const Discovery first = store_.discover(url, "sitemap", bare, kNow);
    EXPECT_TRUE(first.is_new && first.is_news_here);
    Entry full = make_entry(url);
    full.title = "A title";
    full.content_html = "<p>All of it</p>";
    const Discovery second = store_.discover(url, "feed", full, kNow);
    EXPECT_TRUE(!second.is_new && second.is_news_here);
    full.title = "Another title";
    const Discovery third = store_.discover(url, "feed two", full, kNow);
    EXPECT_TRUE(!third.is_new && third.is_news_here);
    EXPECT_FALSE(store_.discover(url, "feed two", full, kNow).is_news_here);
    const auto entry = store_.entry_of(url);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->title, "A title");
    EXPECT_EQ(entry->content_html, "<p>All of it</p>");
    publish(url, "a1");
    EXPECT_FALSE(store_.entry_of(url));
}

TEST_F(StoreTest, KnowsEverySourceOfAnArticle) {
    const std::string url = "https://a.example/1";
    store_.discover(url, "feed one", make_entry(url), kNow);
    store_.discover(url, "feed two", make_entry(url), kNow);
    publish(url, "a1");
    EXPECT_THAT(store_.sources_of("a1"), ElementsAre("feed one", "feed two"));
}

TEST_F(StoreTest, ATransactionThatFailsLeavesNothing) {
    EXPECT_THROW(store_.transaction([&] {
        store_.discover("https://a.example/1", "feed", make_entry("https://a.example/1"), kNow);
        throw SystemError("disk full");
    }),
                 SystemError);
    EXPECT_EQ(store_.address("https://a.example/1"), std::nullopt);
    store_.transaction([&] {
        store_.discover("https://a.example/1", "feed", make_entry("https://a.example/1"), kNow);
    });
    EXPECT_TRUE(store_.address("https://a.example/1"));
}

TEST_F(StoreTest, ATransactionWithinAnotherLastsOnlyWithIt) {
    const std::string url = "https://a.example/1";
    EXPECT_THROW(store_.transaction([&] {
        store_.transaction([&] { store_.discover(url, "feed", make_entry(url), kNow); });
        EXPECT_TRUE(store_.address(url));
        throw SystemError("disk full");
    }),
                 SystemError);
    EXPECT_FALSE(store_.address(url));
    store_.transaction([&] { store_.discover(url, "feed", make_entry(url), kNow); });
    EXPECT_TRUE(store_.address(url));
}

TEST_F(StoreTest, APublicationCountsOnlyOnceItIsSettled) {
    const std::vector<Change> add = {
        {.path = "a", .kind = ChangeKind::kAdd, .digest = {.hash = "1", .size = 1}},
        {.path = "b", .kind = ChangeKind::kAdd, .digest = {.hash = "2", .size = 2}}};
    store_.begin_publication("git", "commit-1", add);
    EXPECT_TRUE(store_.published("git").empty());
    EXPECT_EQ(store_.target("git").pending_marker, "commit-1");
    store_.drop_publication("git");
    EXPECT_EQ(store_.target("git").pending_marker, std::nullopt);

    store_.begin_publication("git", "commit-2", add);
    store_.settle_publication("git", kNow);
    EXPECT_EQ(store_.target("git").marker, "commit-2");
    EXPECT_EQ(store_.published("git").size(), 2U);
    EXPECT_EQ(store_.last_publication("git"), kNow);

    store_.begin_publication("git", "commit-3",
                             {{.path = "a", .kind = ChangeKind::kRemove, .digest = {}}});
    store_.settle_publication("git", kNow);
    EXPECT_FALSE(store_.published("git").contains("a"));
    store_.forget_published("git");
    EXPECT_TRUE(store_.published("git").empty());
    EXPECT_EQ(store_.target("git").marker, "");
}

TEST_F(StoreTest, KeepsBlobsByTheirContent) {
    const std::string bytes("raw\0page", 8);
    const std::string hash = store_.save_blob(bytes);
    EXPECT_EQ(hash, sha256_hex(bytes));
    EXPECT_EQ(store_.save_blob(bytes), hash);
    EXPECT_EQ(read_file(store_.blob_path(hash)), bytes);
    EXPECT_EQ(unpack(pack(bytes)), bytes);
    EXPECT_THROW((void)unpack("not zstd"), SystemError);
}

TEST(Store, LastsBetweenRunsAndRefusesADatabaseOfTheFuture) {
    const test::TemporaryDirectory folder;
    {
        Store store(folder.path());
        store.discover("https://a.example/1", "feed", make_entry("https://a.example/1"), kNow);
    }
    EXPECT_TRUE(Store(folder.path()).address("https://a.example/1"));

    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder.path() / "heliograph.db").c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    EXPECT_THROW(Store(folder.path()), SystemError);
}

// Until version 7 documents were JSON as it is.
TEST(Store, ReadsArticlesThatAnOlderVersionStored) {
    const test::TemporaryDirectory folder;
    Article article = make_article("a", "<p>The text.</p>");
    {
        Store store(folder.path());
        store.save_article(article, make_parts());
    }
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder.path() / "heliograph.db").c_str(), &raw), SQLITE_OK);
    sqlite3_create_function(
        raw, "unpack", 1, SQLITE_UTF8, nullptr,
        [](sqlite3_context* context, int, sqlite3_value** values) {
            const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
            const std::string text =
                unpack({bytes, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
            sqlite3_result_text(context, text.data(), static_cast<int>(text.size()),
                                SQLITE_TRANSIENT);
        },
        nullptr, nullptr);
    ASSERT_EQ(sqlite3_exec(raw,
                           "UPDATE article SET document = unpack(document); "
                           "DROP TABLE picture_other; "
                           "PRAGMA user_version = 7",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    Store store(folder.path());
    const auto read = store.article("a");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->body, article.body);
    EXPECT_EQ(read->authors, article.authors);
}

TEST(Store, SaysWhichFileItCannotUse) {
    const test::TemporaryDirectory folder;
    write_file_atomically(folder.path() / "heliograph.db", std::string(4096, 'x'));
    try {
        Store store(folder.path());
        FAIL() << "opened a file that is no database";
    } catch (const SystemError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("heliograph.db"));
    }
}

TEST_F(StoreTest, ASourcesRecordComesBackAsItWasSaved) {
    SourceState state;
    state.url = "https://a.example/feed";
    state.name = "A";
    state.checked = kNow;
    state.failures = 2;
    state.moved_to = "https://b.example/feed";
    state.next_poll = kNow + 1h;
    state.poll = {.ttl = 45min,
                  .skip_hours = 0x800001,
                  .skip_days = 0x41,
                  .hub = "https://hub.example/",
                  .topic = "https://a.example/feed"};
    state.failing_since = kNow - 1h;
    state.empty_since = kNow - 2h;
    state.items = 17;
    state.news = {kNow - 3h, kNow - 1h};
    store_.save_source(state);
    const auto read = store_.source(state.url);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->moved_to, state.moved_to);
    EXPECT_EQ(read->next_poll, state.next_poll);
    EXPECT_EQ(read->poll, state.poll);
    EXPECT_EQ(read->failing_since, state.failing_since);
    EXPECT_EQ(read->empty_since, state.empty_since);
    EXPECT_EQ(read->items, 17U);
    EXPECT_EQ(read->news, state.news);
    SourceState plain;
    plain.url = state.url;
    store_.save_source(plain);
    EXPECT_EQ(store_.source(state.url)->news, std::vector<Time>{});
    EXPECT_FALSE(store_.source(state.url)->poll.ttl);
}

}  // namespace
}  // namespace heliograph::store
