// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that knows which article is in which list, and what changed there.
#include <algorithm>
#include <string_view>
#include <tuple>

#include "model/asset.h"
#include "store/document.h"
#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

// A list as the column `list` of the table `listing` has it.
char letter_of(ListKind kind) {
    switch (kind) {
        case ListKind::kAll:
            return 'a';
        case ListKind::kMonth:
            return 'm';
        case ListKind::kSection:
            return 's';
        case ListKind::kTag:
            break;
    }
    return 't';
}

std::string column_of(const ListKey& list) { return letter_of(list.kind) + list.name; }

std::string join_lines(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

#define HELIOGRAPH_LISTED_COLUMNS                                                               \
    "d.article, d.publisher, d.sections, d.title, d.published, d.language, d.tags, d.excerpt, " \
    "d.lead_image_url, d.lead_image_alt, d.revision, d.captured, d.first_captured, d.fingerprint"
constexpr int kMediaColumn = 14;

ArticleSummary read_listed(const Statement& s) {
    ArticleSummary out;
    out.id = s.text(0);
    out.publisher = s.text(1);
    out.sections = split_lines(s.text(2));
    out.title = s.text(3);
    out.published = parse_date_time(s.text(4));
    out.language = s.text(5);
    out.tags = split_lines(s.text(6));
    out.excerpt = s.text(7);
    out.lead_image_url = s.text(8);
    out.lead_image_alt = s.text(9);
    out.revision = static_cast<int>(s.number(10));
    out.captured = s.time(11);
    out.first_captured = s.time(12);
    out.fingerprint = s.text(13);
    return out;
}

// A row of the table `listing`.
struct Listing {
    std::string list;
    Time appeared;
    std::string article;
};

// All of it but the new rows of the table `listing`, which are added to `came`.
void place(Database& database, const ArticleSummary& summary, const std::vector<std::string>& media,
           std::vector<Listing>& came) {
    database.prepare("DELETE FROM unplaced WHERE article = ?").bind(summary.id).run();
    std::vector<ListKey> old_lists;
    std::string before;
    {
        Statement s = database.prepare("SELECT " HELIOGRAPH_LISTED_COLUMNS
                                       ", d.media FROM listed d WHERE d.article = ?");
        s.bind(summary.id);
        if (s.step()) {
            const ArticleSummary old = read_listed(s);
            const std::string old_media = s.text(kMediaColumn);
            if (old == summary && old_media == join_lines(media)) return;
            old_lists = lists_of(old);
            before = write_place({.appeared = appeared(old),
                                  .revision = old.revision,
                                  .lists = old_lists,
                                  .media = split_lines(old_media)});
            for (const ListKey& list : old_lists) {
                database
                    .prepare("DELETE FROM listing WHERE list = ? AND appeared = ? AND article = ?")
                    .bind(column_of(list))
                    .bind(appeared(old))
                    .bind(old.id)
                    .run();
            }
        }
    }
    database.prepare("INSERT INTO change (article, before) VALUES (?, ?)")
        .bind(summary.id)
        .bind(before)
        .run();
    database
        .prepare(
            "INSERT OR REPLACE INTO listed (article, publisher, sections, title, published, "
            "language, tags, excerpt, lead_image_url, lead_image_alt, revision, captured, "
            "first_captured, fingerprint, media) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(summary.id)
        .bind(summary.publisher)
        .bind(join_lines(summary.sections))
        .bind(summary.title)
        .bind(summary.published ? format_rfc3339(*summary.published) : "")
        .bind(summary.language)
        .bind(join_lines(summary.tags))
        .bind(summary.excerpt)
        .bind(summary.lead_image_url)
        .bind(summary.lead_image_alt)
        .bind(std::int64_t{summary.revision})
        .bind(summary.captured)
        .bind(summary.first_captured)
        .bind(summary.fingerprint)
        .bind(join_lines(media))
        .run();
    for (const ListKey& list : lists_of(summary))
        came.push_back({column_of(list), appeared(summary), summary.id});
    for (const std::string& tag : summary.tags) {
        database.prepare("INSERT OR IGNORE INTO tag (key, name) VALUES (?, ?)")
            .bind(tag_key(tag))
            .bind(tag)
            .run();
    }
}

}  // namespace

std::vector<std::string> Store::unplaced() {
    Statement s = state_->database.prepare("SELECT article FROM unplaced ORDER BY article");
    std::vector<std::string> out;
    while (s.step()) out.push_back(s.text(0));
    return out;
}

void Store::unplace_all() {
    state_->database.execute("INSERT OR IGNORE INTO unplaced SELECT id FROM article");
}

void Store::place(const std::vector<ArticleSummary>& articles) {
    Database& database = state_->database;
    std::vector<Listing> came;
    for (const ArticleSummary& article : articles) {
        std::vector<std::string> media;
        for (const auto& [url, asset] : pictures_of(article.id))
            for (const Asset& file : files_of(asset)) media.push_back(asset_path(file));
        store::place(database, article, media, came);
    }
    // In the order of the table: what is written one after the other lies side by side.
    std::ranges::sort(came, [](const Listing& a, const Listing& b) {
        return std::tie(a.list, b.appeared, a.article) < std::tie(b.list, a.appeared, b.article);
    });
    for (const Listing& listing : came) {
        database.prepare("INSERT INTO listing (list, appeared, article) VALUES (?, ?, ?)")
            .bind(listing.list)
            .bind(listing.appeared)
            .bind(listing.article)
            .run();
    }
}

void Store::remove_place(const std::string& id) {
    Database& database = state_->database;
    database.prepare("DELETE FROM unplaced WHERE article = ?").bind(id).run();
    std::optional<ArticleSummary> old;
    std::string media;
    {
        Statement s = database.prepare("SELECT " HELIOGRAPH_LISTED_COLUMNS
                                       ", d.media FROM listed d WHERE d.article = ?");
        s.bind(id);
        if (!s.step()) return;
        old = read_listed(s);
        media = s.text(kMediaColumn);
    }
    const std::vector<ListKey> lists = lists_of(*old);
    for (const ListKey& list : lists) {
        database.prepare("DELETE FROM listing WHERE list = ? AND appeared = ? AND article = ?")
            .bind(column_of(list))
            .bind(appeared(*old))
            .bind(id)
            .run();
    }
    database.prepare("DELETE FROM listed WHERE article = ?").bind(id).run();
    database.prepare("INSERT INTO change (article, before) VALUES (?, ?)")
        .bind(id)
        .bind(write_place({.appeared = appeared(*old),
                           .revision = old->revision,
                           .lists = lists,
                           .media = split_lines(media)}))
        .run();
}

std::vector<ArticleSummary> Store::listed() {
    Statement s =
        state_->database.prepare("SELECT " HELIOGRAPH_LISTED_COLUMNS
                                 " FROM listing l JOIN listed d ON d.article = l.article "
                                 "WHERE l.list = 'a' ORDER BY l.appeared DESC, l.article");
    std::vector<ArticleSummary> out;
    while (s.step()) out.push_back(read_listed(s));
    return out;
}

std::optional<ArticleSummary> Store::listed(const std::string& id) {
    Statement s = state_->database.prepare("SELECT " HELIOGRAPH_LISTED_COLUMNS
                                           " FROM listed d WHERE d.article = ?");
    s.bind(id);
    if (!s.step()) return std::nullopt;
    return read_listed(s);
}

std::size_t Store::list_size(const ListKey& list) {
    Statement s = state_->database.prepare("SELECT COUNT(*) FROM listing WHERE list = ?");
    s.bind(column_of(list));
    s.step();
    return static_cast<std::size_t>(s.number(0));
}

std::vector<ArticleSummary> Store::list_part(const ListKey& list, std::size_t skip,
                                             std::size_t count) {
    // The inner query walks the index alone: what is skipped is never read.
    Statement s = state_->database.prepare(
        "SELECT " HELIOGRAPH_LISTED_COLUMNS
        " FROM (SELECT article, appeared FROM listing WHERE list = ? "
        "ORDER BY appeared DESC, article LIMIT ? OFFSET ?) l "
        "JOIN listed d ON d.article = l.article ORDER BY l.appeared DESC, l.article");
    s.bind(column_of(list))
        .bind(static_cast<std::int64_t>(count))
        .bind(static_cast<std::int64_t>(skip));
    std::vector<ArticleSummary> out;
    while (s.step()) out.push_back(read_listed(s));
    return out;
}

std::vector<Time> Store::list_times(const ListKey& list, std::size_t skip, std::size_t count) {
    Statement s = state_->database.prepare(
        "SELECT appeared FROM listing WHERE list = ? ORDER BY appeared DESC, article LIMIT ? "
        "OFFSET ?");
    s.bind(column_of(list))
        .bind(static_cast<std::int64_t>(count))
        .bind(static_cast<std::int64_t>(skip));
    std::vector<Time> out;
    while (s.step()) out.push_back(s.time(0));
    return out;
}

std::size_t Store::older_in_list(const ListKey& list, Time appeared, const std::string& id) {
    Statement s = state_->database.prepare(
        "SELECT (SELECT COUNT(*) FROM listing WHERE list = ?1 AND appeared < ?2) + "
        "(SELECT COUNT(*) FROM listing WHERE list = ?1 AND appeared = ?2 AND article > ?3)");
    s.bind(column_of(list)).bind(appeared).bind(id);
    s.step();
    return static_cast<std::size_t>(s.number(0));
}

std::vector<std::string> Store::list_names(ListKind kind) {
    // A step to the next list each time, instead of a walk over all their articles.
    std::vector<std::string> out;
    const std::string end(1, static_cast<char>(letter_of(kind) + 1));
    std::string last(1, letter_of(kind));
    while (true) {
        Statement s =
            state_->database.prepare("SELECT MIN(list) FROM listing WHERE list > ? AND list < ?");
        s.bind(last).bind(end);
        if (!s.step() || s.is_null(0)) return out;
        last = s.text(0);
        out.push_back(last.substr(1));
    }
}

std::map<std::string, std::string> Store::tag_names() {
    Statement s = state_->database.prepare("SELECT key, name FROM tag ORDER BY key");
    std::map<std::string, std::string> out;
    while (s.step()) out.emplace_hint(out.end(), s.text(0), s.text(1));
    return out;
}

std::string Store::tag_name(const std::string& key) {
    Statement s = state_->database.prepare("SELECT name FROM tag WHERE key = ?");
    s.bind(key);
    return s.step() ? s.text(0) : key;
}

std::int64_t Store::last_change() {
    Statement s = state_->database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'change'");
    return s.step() ? s.number(0) : 0;
}

std::int64_t Store::first_change() {
    {
        Statement s = state_->database.prepare("SELECT MIN(number) FROM change");
        if (s.step() && !s.is_null(0)) return s.number(0);
    }
    return last_change() + 1;
}

std::vector<PlaceChange> Store::changes_after(std::int64_t number) {
    Statement s = state_->database.prepare(
        "SELECT article, before FROM change WHERE number > ? ORDER BY number");
    s.bind(number);
    std::vector<PlaceChange> out;
    while (s.step()) {
        PlaceChange change{.article = s.text(0), .before = {}};
        if (const std::string before = s.text(1); !before.empty())
            change.before = read_place(before);
        out.push_back(std::move(change));
    }
    return out;
}

void Store::forget_changes(std::int64_t up_to) {
    state_->database.prepare("DELETE FROM change WHERE number <= ?").bind(up_to).run();
}

std::string Store::setting(const std::string& name) {
    Statement s = state_->database.prepare("SELECT value FROM setting WHERE name = ?");
    s.bind(name);
    return s.step() ? s.text(0) : "";
}

void Store::set_setting(const std::string& name, const std::string& value) {
    state_->database.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)")
        .bind(name)
        .bind(value)
        .run();
}

std::optional<ArticleSummary> Store::summary(const std::string& id) {
    ArticleSummary out;
    std::string document;
    {
        Statement s = state_->database.prepare(
            "SELECT publisher, title, published, language, excerpt, lead_image_url, "
            "lead_image_alt, revision, captured, first_captured, fingerprint, document "
            "FROM article WHERE id = ?");
        s.bind(id);
        if (!s.step()) return std::nullopt;
        out.id = id;
        out.publisher = s.text(0);
        out.title = s.text(1);
        out.published = parse_date_time(s.text(2));
        out.language = s.text(3);
        out.excerpt = s.text(4);
        out.lead_image_url = s.text(5);
        out.lead_image_alt = s.text(6);
        out.revision = static_cast<int>(s.number(7));
        out.captured = s.time(8);
        out.first_captured = s.time(9);
        out.fingerprint = s.text(10);
        document = s.text(11);
    }
    for (std::string& tag : read_tags(document)) {
        // A list of lines: what cannot stand in one is not a tag.
        if (!tag_key(tag).empty() && !tag.contains('\n')) out.tags.push_back(std::move(tag));
    }
    return out;
}

}  // namespace heliograph::store
