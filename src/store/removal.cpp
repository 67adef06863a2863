// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that lets articles go.
#include <set>
#include <string_view>
#include <system_error>
#include <unordered_set>

#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

Tombstone read_tombstone(const Statement& s) {
    Tombstone out;
    out.id = s.text(0);
    out.canonical_url = s.text(1);
    out.appeared = s.time(2);
    const std::string sections = s.text(3);
    for (std::string_view rest = sections; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        out.sections.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    out.is_withdrawn = s.number(4) != 0;
    out.reason = s.text(5);
    out.time = s.time(6);
    return out;
}

// The first column of every row.
std::set<std::string> texts_of(Statement s) {
    std::set<std::string> out;
    while (s.step()) out.insert(s.text(0));
    return out;
}

}  // namespace

bool Store::remove_article(const std::string& id, bool is_withdrawn, const std::string& reason,
                           Time now) {
    Database& database = state_->database;
    if (!article(id)) return false;
    std::set<std::string> blobs;  // that may belong to nobody afterwards
    const auto of_article = [&](const char* sql) {
        Statement s = database.prepare(sql);
        s.bind(id);
        return texts_of(std::move(s));
    };
    const auto run = [&](const char* sql) { database.prepare(sql).bind(id).run(); };
    transaction([&] {
        database
            .prepare(
                "INSERT OR REPLACE INTO tombstone (article, canonical_url, appeared, sections, "
                "withdrawn, reason, time, was_listed) SELECT a.id, a.canonical_url, a.appeared, "
                "IFNULL(d.sections, ''), ?2, ?3, ?4, d.article IS NOT NULL FROM article a LEFT "
                "JOIN listed d ON d.article = a.id WHERE a.id = ?1")
            .bind(id)
            .bind(std::int64_t{is_withdrawn ? 1 : 0})
            .bind(reason)
            .bind(now)
            .run();
        database
            .prepare(
                "UPDATE url SET fate = ?2, reason = ?3, next_attempt = NULL, entry = NULL "
                "WHERE article = ?1 AND article <> ''")
            .bind(id)
            .bind(to_string(is_withdrawn ? Fate::kWithdrawn : Fate::kExpired))
            .bind(reason)
            .run();
        blobs = of_article("SELECT page FROM article WHERE id = ?");
        blobs.merge(of_article("SELECT page FROM revision WHERE article = ?"));
        const auto pictures = of_article("SELECT url FROM article_picture WHERE article = ?");
        run("DELETE FROM article_picture WHERE article = ?");
        for (const std::string& url : pictures) {
            const auto row = picture(url);
            const int removed = database
                                    .prepare(
                                        "DELETE FROM picture WHERE url = ?1 AND NOT EXISTS "
                                        "(SELECT 1 FROM article_picture WHERE url = ?1)")
                                    .bind(url)
                                    .run();
            if (removed == 0) continue;
            database.prepare("DELETE FROM picture_other WHERE url = ?").bind(url).run();
            if (row && row->asset)
                for (const Asset& file : files_of(*row->asset)) blobs.insert(file.hash);
        }
        run("DELETE FROM revision WHERE article = ?");
        run("DELETE FROM article WHERE id = ?");
        state_->mark_unplaced(id);
    });
    // After the transaction: a row without its blob would be worse than a blob without its row.
    for (const std::string& hash : blobs) {
        Statement s = database.prepare(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM article WHERE page = ?1) OR EXISTS (SELECT 1 "
            "FROM revision WHERE page = ?1) OR EXISTS (SELECT 1 FROM picture WHERE hash = ?1) OR "
            "EXISTS (SELECT 1 FROM picture_other WHERE hash = ?1)");
        s.bind(hash);
        std::error_code ignored;
        if (!s.step()) std::filesystem::remove(blob_path(hash), ignored);
    }
    return true;
}

std::vector<Tombstone> Store::tombstones() {
    Statement s = state_->database.prepare(
        "SELECT article, canonical_url, appeared, sections, withdrawn, reason, time FROM tombstone "
        "WHERE was_listed <> 0 ORDER BY article");
    std::vector<Tombstone> out;
    while (s.step()) out.push_back(read_tombstone(s));
    return out;
}

std::optional<Tombstone> Store::tombstone(const std::string& id) {
    Statement s = state_->database.prepare(
        "SELECT article, canonical_url, appeared, sections, withdrawn, reason, time FROM tombstone "
        "WHERE article = ? AND was_listed <> 0");
    s.bind(id);
    if (!s.step()) return std::nullopt;
    return read_tombstone(s);
}

std::optional<Tombstone> Store::tombstone_of(const std::string& canonical_url) {
    Statement s = state_->database.prepare(
        "SELECT article, canonical_url, appeared, sections, withdrawn, reason, time FROM tombstone "
        "WHERE canonical_url = ?");
    s.bind(canonical_url);
    if (!s.step()) return std::nullopt;
    return read_tombstone(s);
}

std::vector<std::string> Store::surplus(std::optional<Time> oldest, std::uint64_t most_articles,
                                        std::uint64_t most_bytes) {
    // Newest first; sizes only when they count, since they are a walk over all texts.
    Statement s = state_->database.prepare(
        most_bytes == 0 ? "SELECT id, appeared, 0 FROM article ORDER BY appeared DESC, id"
                        : "SELECT id, appeared, LENGTH(document) FROM article ORDER BY appeared "
                          "DESC, id");
    std::unordered_set<std::string> counted;  // a file of several articles once, with the newest
    const auto picture_bytes = [&](const std::string& article) {
        std::uint64_t sum = 0;
        Statement files = state_->database.prepare(
            "SELECT p.hash, p.size FROM article_picture l JOIN picture p ON p.url = l.url WHERE "
            "l.article = ?1 UNION SELECT o.hash, o.size FROM article_picture l JOIN picture_other "
            "o ON o.url = l.url WHERE l.article = ?1");
        files.bind(article);
        while (files.step()) {
            if (counted.insert(files.text(0)).second)
                sum += static_cast<std::uint64_t>(files.number(1));
        }
        return sum;
    };
    std::vector<std::string> out;
    std::uint64_t articles = 0;
    std::uint64_t bytes = 0;
    while (s.step()) {
        ++articles;
        bytes += static_cast<std::uint64_t>(s.number(2));
        if (most_bytes > 0) bytes += picture_bytes(s.text(0));
        const bool is_too_old = oldest && s.time(1) < *oldest;
        const bool is_too_many = most_articles > 0 && articles > most_articles;
        const bool is_too_much = most_bytes > 0 && bytes > most_bytes;
        if (is_too_old || is_too_many || is_too_much) out.push_back(s.text(0));
    }
    return {out.rbegin(), out.rend()};
}

}  // namespace heliograph::store
