// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include <cassert>

#include "base/file.h"
#include "base/hash.h"
#include "base/system_error.h"
#include "base/utf8.h"
#include "store/document.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/state.h"

namespace heliograph::store {
namespace fs = std::filesystem;
namespace {

void migrate(Database& database, const fs::path& file) {
    int version = 0;
    {
        Statement statement = database.prepare("PRAGMA user_version");
        statement.step();
        version = static_cast<int>(statement.number(0));
    }
    if (version > static_cast<int>(kMigrations.size())) {
        throw SystemError("cannot open the store '" + file.string() +
                          "': it was made by a newer Heliograph; update the program");
    }
    for (; version < static_cast<int>(kMigrations.size()); ++version) {
        // A crash in the middle leaves the version before.
        const std::string step =
            "BEGIN IMMEDIATE;" + std::string(kMigrations[static_cast<std::size_t>(version)]) +
            "PRAGMA user_version = " + std::to_string(version + 1) + ";COMMIT;";
        database.execute(step.c_str());
    }
}

std::string write_time(const std::optional<DateTime>& time) {
    return time ? format_rfc3339(*time) : "";
}

// What makes a revision: the words, not their spacing, and the pictures.
std::string content_hash(const Article& article, const std::string& essence) {
    Fingerprint out;
    if (!essence.empty()) return out.add(essence).hex();
    out.add(collapse_space(article.title))
        .add(collapse_space(article.standfirst))
        .add(collapse_space(article.body));
    if (article.lead_image) {
        out.add(article.lead_image->url)
            .add(article.lead_image->caption)
            .add(article.lead_image->credit);
    }
    return out.hex();
}

}  // namespace

// Of everything that a page shows: the article's record and the pictures as stored.
void Store::State::refresh_fingerprint(const std::string& article) {
    Fingerprint fingerprint;
    {
        Statement s = database.prepare(
            "SELECT title, published, language, publisher, revision, captured, canonical_url, "
            "document FROM article WHERE id = ?");
        s.bind(article);
        if (!s.step()) return;
        for (int column = 0; column < 8; ++column) fingerprint.add(s.text(column));
    }
    {
        Statement s = database.prepare(
            "SELECT p.url, 0, p.hash FROM article_picture a JOIN picture p ON p.url = a.url WHERE "
            "a.article = ?1 UNION ALL SELECT o.url, 1 + o.number, o.hash FROM article_picture a "
            "JOIN picture_other o ON o.url = a.url WHERE a.article = ?1 ORDER BY 1, 2");
        s.bind(article);
        while (s.step()) fingerprint.add(s.text(0)).add(s.text(2));
    }
    database.prepare("UPDATE article SET fingerprint = ? WHERE id = ?")
        .bind(fingerprint.hex())
        .bind(article)
        .run();
    mark_unplaced(article);
}

void Store::State::mark_unplaced(const std::string& article) {
    database.prepare("INSERT OR IGNORE INTO unplaced (article) VALUES (?)").bind(article).run();
}

Store::Store(const fs::path& folder) {
    make_directories(folder);
    state_ = std::make_unique<State>(folder);
    migrate(state_->database, folder / "heliograph.db");
}

Store::~Store() = default;

void Store::State::in_one(const char* begin, const std::function<void()>& work) {
    if (in_transaction) return work();
    database.execute(begin);
    in_transaction = true;
    try {
        work();
        database.execute("COMMIT");
    } catch (...) {
        in_transaction = false;
        // A full disk may have rolled it back already; the first failure is the one to tell.
        try {
            database.execute("ROLLBACK");
        } catch (const SystemError&) {
        }
        throw;
    }
    in_transaction = false;
}

void Store::transaction(const std::function<void()>& work) {
    state_->in_one("BEGIN IMMEDIATE", work);
}

void Store::read_together(const std::function<void()>& work) { state_->in_one("BEGIN", work); }

// ---------------------------------------------------------------- articles

Article read(PackedArticle packed) {
    read_document(packed.document, packed.article);
    return std::move(packed.article);
}

std::optional<Article> Store::article(const std::string& id) {
    auto packed = packed_article(id);
    if (!packed) return std::nullopt;
    return read(*std::move(packed));
}

std::optional<PackedArticle> Store::packed_article(const std::string& id) {
    Statement s = state_->database.prepare(
        "SELECT id, canonical_url, publisher, title, published, language, revision, captured, "
        "first_captured, document "
        "FROM article WHERE id = ?");
    s.bind(id);
    if (!s.step()) return std::nullopt;
    PackedArticle out;
    Article& article = out.article;
    article.id = s.text(0);
    article.canonical_url = s.text(1);
    article.publisher = s.text(2);
    article.title = s.text(3);
    article.published = parse_date_time(s.text(4));
    article.language = s.text(5);
    article.revision = static_cast<int>(s.number(6));
    article.captured = s.time(7);
    article.first_captured = s.time(8);
    out.document = s.text(9);
    return out;
}

std::optional<std::string> Store::article_id_of(const std::string& canonical_url) {
    Statement s = state_->database.prepare("SELECT id FROM article WHERE canonical_url = ?");
    s.bind(canonical_url);
    if (!s.step()) return std::nullopt;
    return s.text(0);
}

Saved Store::save_article(Article& article, const ArticleParts& parts) {
    Database& database = state_->database;
    const std::string hash = content_hash(article, parts.essence);
    bool known = false;
    {
        Statement s = database.prepare(
            "SELECT content_hash, revision, first_captured, captured FROM article WHERE id = ?");
        s.bind(article.id);
        if (s.step()) {
            known = true;
            article.revision = static_cast<int>(s.number(1));
            article.first_captured = s.time(2);
            if (parts.is_as_before || s.text(0) == hash) {
                article.captured = s.time(3);
                return Saved::kUnchanged;
            }
        }
    }
    if (known) {
        database
            .prepare(
                "INSERT INTO revision (article, number, captured, title, page, document) "
                "SELECT id, revision, captured, title, page, document FROM article WHERE id = ?")
            .bind(article.id)
            .run();
        ++article.revision;
    } else {
        article.revision = 1;
        article.first_captured = article.captured;
    }
    const std::string page = save_blob(parts.packed_page);
    const auto appeared_at = article.published ? article.published->utc : article.first_captured;
    const LeadImage image = article.lead_image.value_or(LeadImage{});
    database
        .prepare(
            "INSERT OR REPLACE INTO article (id, canonical_url, publisher, title, published, "
            "appeared, language, "
            "excerpt, lead_image_url, lead_image_alt, revision, captured, first_captured, "
            "content_hash, "
            "fingerprint, page, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, "
            "?)")
        .bind(article.id)
        .bind(article.canonical_url)
        .bind(article.publisher)
        .bind(article.title)
        .bind(write_time(article.published))
        .bind(appeared_at)
        .bind(article.language)
        .bind(parts.excerpt)
        .bind(image.url)
        .bind(image.alt)
        .bind(std::int64_t{article.revision})
        .bind(article.captured)
        .bind(article.first_captured)
        .bind(hash)
        .bind(page)
        .bind_bytes(write_document(article))
        .run();
    database.prepare("DELETE FROM article_picture WHERE article = ?").bind(article.id).run();
    for (const std::string& url : parts.pictures) {
        database.prepare("INSERT OR IGNORE INTO article_picture (article, url) VALUES (?, ?)")
            .bind(article.id)
            .bind(url)
            .run();
    }
    state_->refresh_fingerprint(article.id);
    return known ? Saved::kUpdated : Saved::kNew;
}

std::optional<Article> Store::earlier_article(const std::string& id, int number) {
    auto out = article(id);
    if (!out) return std::nullopt;
    Statement s = state_->database.prepare(
        "SELECT captured, title, document FROM revision WHERE article = ? AND number = ?");
    s.bind(id).bind(std::int64_t{number});
    if (!s.step()) return std::nullopt;
    out->revision = number;
    out->captured = s.time(0);
    out->title = s.text(1);
    out->lead_image.reset();
    out->evidence.clear();
    read_document(s.text(2), *out);
    return out;
}

std::vector<Revision> Store::revisions(const std::string& id) {
    Statement s = state_->database.prepare(
        "SELECT number, captured, title FROM revision WHERE article = ?1 "
        "UNION ALL SELECT revision, captured, title FROM article WHERE id = ?1 ORDER BY 1");
    s.bind(id);
    std::vector<Revision> out;
    while (s.step()) {
        out.push_back(
            {.number = static_cast<int>(s.number(0)), .captured = s.time(1), .title = s.text(2)});
    }
    return out;
}

std::vector<std::string> Store::sources_of(const std::string& id) {
    Statement s = state_->database.prepare(
        "SELECT DISTINCT l.source FROM url u JOIN url_source l ON l.url = u.url "
        "WHERE u.article = ? AND u.article <> '' ORDER BY l.source");
    s.bind(id);
    std::vector<std::string> out;
    while (s.step()) out.push_back(s.text(0));
    return out;
}

// ---------------------------------------------------------------- blobs

std::string Store::save_blob(std::string_view bytes) const {
    std::string hash = sha256_hex(bytes);
    const fs::path path = blob_path(hash);
    std::error_code ignored;
    // Written by rename, so a file of the right size is whole.
    if (fs::file_size(path, ignored) != bytes.size() || ignored) write_file_atomically(path, bytes);
    return hash;
}

fs::path Store::blob_path(std::string_view hash) const {
    return state_->folder / "blobs" / hash.substr(0, 2) / hash;
}

// ---------------------------------------------------------------- targets

std::map<std::string, BuiltFile> Store::built(const std::string& target) {
    Statement s = state_->database.prepare(
        "SELECT path, hash, size, key FROM built WHERE target = ? ORDER BY path");
    s.bind(target);
    std::map<std::string, BuiltFile> out;
    while (s.step()) {
        BuiltFile file{
            .path = s.text(0),
            .digest = {.hash = s.text(1), .size = static_cast<std::uint64_t>(s.number(2))},
            .key = s.text(3)};
        out.emplace_hint(out.end(), file.path, std::move(file));
    }
    return out;
}

std::optional<BuiltFile> Store::built_file(const std::string& target, const std::string& path) {
    Statement s =
        state_->database.prepare("SELECT hash, size, key FROM built WHERE target = ? AND path = ?");
    s.bind(target).bind(path);
    if (!s.step()) return std::nullopt;
    return BuiltFile{.path = path,
                     .digest = {.hash = s.text(0), .size = static_cast<std::uint64_t>(s.number(1))},
                     .key = s.text(2)};
}

std::vector<std::string> Store::built_paths(const std::string& target, const std::string& folder) {
    std::string end = folder;
    ++end.back();  // "/" becomes "0": the first path after the folder's
    Statement s = state_->database.prepare(
        "SELECT path FROM built WHERE target = ? AND path >= ? AND path < ? ORDER BY path");
    s.bind(target).bind(folder).bind(end);
    std::vector<std::string> out;
    while (s.step()) out.push_back(s.text(0));
    return out;
}

std::size_t Store::built_count(const std::string& target) {
    Statement s = state_->database.prepare("SELECT COUNT(*) FROM built WHERE target = ?");
    s.bind(target);
    s.step();
    return static_cast<std::size_t>(s.number(0));
}

std::optional<BuildState> Store::build_state(const std::string& target) {
    Statement s =
        state_->database.prepare("SELECT change, generation, fronts FROM build WHERE target = ?");
    s.bind(target);
    if (!s.step()) return std::nullopt;
    return BuildState{.change = s.number(0), .generation = s.text(1), .fronts = s.text(2)};
}

void Store::save_build_state(const std::string& target, const BuildState& state) {
    state_->database
        .prepare(
            "INSERT OR REPLACE INTO build (target, change, generation, fronts) VALUES (?, ?, ?, ?)")
        .bind(target)
        .bind(state.change)
        .bind(state.generation)
        .bind(state.fronts)
        .run();
}

void Store::drop_build_state(const std::string& target) {
    state_->database.prepare("DELETE FROM build WHERE target = ?").bind(target).run();
}

void Store::save_built(const std::string& target, const BuiltFile& file) {
    state_->database
        .prepare(
            "INSERT OR REPLACE INTO built (target, path, hash, size, key) VALUES (?, ?, ?, ?, ?)")
        .bind(target)
        .bind(file.path)
        .bind(file.digest.hash)
        .bind(static_cast<std::int64_t>(file.digest.size))
        .bind(file.key)
        .run();
}

void Store::remove_built(const std::string& target, const std::string& path) {
    state_->database.prepare("DELETE FROM built WHERE target = ? AND path = ?")
        .bind(target)
        .bind(path)
        .run();
}

TargetState Store::target(const std::string& target) {
    Statement s =
        state_->database.prepare("SELECT marker, pending_marker FROM target WHERE name = ?");
    s.bind(target);
    TargetState out;
    if (!s.step()) return out;
    out.marker = s.text(0);
    if (!s.is_null(1)) out.pending_marker = s.text(1);
    return out;
}

Manifest Store::published(const std::string& target) {
    Statement s = state_->database.prepare(
        "SELECT path, hash, size FROM published WHERE target = ? ORDER BY path");
    s.bind(target);
    Manifest out;
    while (s.step()) {
        out.emplace_hint(
            out.end(), s.text(0),
            FileDigest{.hash = s.text(1), .size = static_cast<std::uint64_t>(s.number(2))});
    }
    return out;
}

void Store::begin_publication(const std::string& target, const std::string& marker,
                              const std::vector<Change>& changes) {
    drop_publication(target);
    Database& database = state_->database;
    database
        .prepare(
            "INSERT INTO target (name, marker, pending_marker) VALUES (?1, '', ?2) "
            "ON CONFLICT (name) DO UPDATE SET pending_marker = ?2")
        .bind(target)
        .bind(marker)
        .run();
    for (const Change& change : changes) {
        database
            .prepare("INSERT INTO pending_change (target, path, hash, size) VALUES (?, ?, ?, ?)")
            .bind(target)
            .bind(change.path)
            .bind(change.digest.hash)
            .bind(static_cast<std::int64_t>(change.digest.size))
            .run();
    }
}

void Store::settle_publication(const std::string& target, Time now) {
    Database& database = state_->database;
    database
        .prepare(
            "DELETE FROM published WHERE target = ?1 AND path IN "
            "(SELECT path FROM pending_change WHERE target = ?1 AND hash = '')")
        .bind(target)
        .run();
    database
        .prepare(
            "INSERT OR REPLACE INTO published (target, path, hash, size) "
            "SELECT target, path, hash, size FROM pending_change WHERE target = ? AND hash <> ''")
        .bind(target)
        .run();
    database.prepare("DELETE FROM pending_change WHERE target = ?").bind(target).run();
    database
        .prepare(
            "UPDATE target SET marker = pending_marker, pending_marker = NULL, published = ?2 "
            "WHERE name = ?1 "
            "AND pending_marker IS NOT NULL")
        .bind(target)
        .bind(now)
        .run();
}

void Store::drop_publication(const std::string& target) {
    Database& database = state_->database;
    database.prepare("DELETE FROM pending_change WHERE target = ?").bind(target).run();
    database.prepare("UPDATE target SET pending_marker = NULL WHERE name = ?").bind(target).run();
}

void Store::forget_published(const std::string& target) {
    Database& database = state_->database;
    database.prepare("DELETE FROM published WHERE target = ?").bind(target).run();
    database.prepare("UPDATE target SET marker = '' WHERE name = ?").bind(target).run();
}

std::optional<Time> Store::last_publication(const std::string& target) {
    Statement s = state_->database.prepare("SELECT published FROM target WHERE name = ?");
    s.bind(target);
    if (!s.step()) return std::nullopt;
    return s.optional_time(0);
}

Counts Store::counts() {
    Counts out;
    {
        Statement s = state_->database.prepare("SELECT fate, COUNT(*) FROM url GROUP BY fate");
        while (s.step()) {
            out.addresses[parse_fate(s.text(0)).value_or(Fate::kFailed)] =
                static_cast<std::uint64_t>(s.number(1));
        }
    }
    {
        Statement s = state_->database.prepare("SELECT COUNT(*) FROM article");
        s.step();
        out.articles = static_cast<std::uint64_t>(s.number(0));
    }
    {
        Statement s =
            state_->database.prepare("SELECT COUNT(DISTINCT hash) FROM picture WHERE hash <> ''");
        s.step();
        out.pictures = static_cast<std::uint64_t>(s.number(0));
    }
    return out;
}

}  // namespace heliograph::store
