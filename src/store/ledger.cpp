// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that remembers how sources fare and what became of each address.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "store/document.h"
#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

std::string write_time(const std::optional<DateTime>& time) {
    return time ? format_rfc3339(*time) : "";
}

}  // namespace

// ---------------------------------------------------------------- sources

namespace {

std::string write_times(const std::vector<Time>& times) {
    std::string out;
    for (const Time time : times) out += std::to_string(time.time_since_epoch().count()) + '\n';
    return out;
}

std::vector<Time> read_times(std::string_view text) {
    std::vector<Time> out;
    std::int64_t number = 0;
    for (const char* at = text.data(); at < text.data() + text.size(); ++at) {
        const auto [end, error] = std::from_chars(at, text.data() + text.size(), number);
        if (error != std::errc()) break;
        out.emplace_back(std::chrono::seconds{number});
        at = end;
    }
    return out;
}

// As read_source and save_source count them.
const std::string kSourceColumns =
    "url, name, section, etag, last_modified, checked, succeeded, changed, failures, problem, "
    "moved_to, next_poll, ttl, skip_hours, skip_days, hub, topic, failing_since, empty_since, "
    "items, news, kind";

SourceState read_source(const Statement& s) {
    SourceState out{.url = s.text(0),
                    .name = s.text(1),
                    .section = s.text(2),
                    .etag = s.text(3),
                    .last_modified = s.text(4),
                    .checked = s.optional_time(5),
                    .succeeded = s.optional_time(6),
                    .changed = s.optional_time(7),
                    .failures = static_cast<int>(s.number(8)),
                    .problem = s.text(9),
                    .moved_to = s.text(10),
                    .next_poll = s.optional_time(11),
                    .poll = {.ttl = {},
                             .skip_hours = static_cast<std::uint32_t>(s.number(13)),
                             .skip_days = static_cast<std::uint8_t>(s.number(14)),
                             .hub = s.text(15),
                             .topic = s.text(16)},
                    .failing_since = s.optional_time(17),
                    .empty_since = s.optional_time(18),
                    .items = static_cast<std::size_t>(s.number(19)),
                    .news = read_times(s.text(20)),
                    .kind = parse_source_kind(s.text(21))};
    if (!s.is_null(12)) out.poll.ttl = std::chrono::seconds{s.number(12)};
    return out;
}

}  // namespace

std::optional<SourceState> Store::source(const std::string& url) {
    static const std::string kSelect = "SELECT " + kSourceColumns + " FROM source WHERE url = ?";
    Statement s = state_->database.prepare(kSelect.c_str());
    s.bind(url);
    if (!s.step()) return std::nullopt;
    return read_source(s);
}

std::vector<SourceState> Store::sources() {
    static const std::string kSelect = "SELECT " + kSourceColumns + " FROM source ORDER BY url";
    Statement s = state_->database.prepare(kSelect.c_str());
    std::vector<SourceState> out;
    while (s.step()) out.push_back(read_source(s));
    return out;
}

void Store::save_source(const SourceState& source) {
    static const std::string kInsert =
        "INSERT OR REPLACE INTO source (" + kSourceColumns +
        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    std::optional<std::int64_t> ttl;
    if (source.poll.ttl) ttl = source.poll.ttl->count();
    state_->database.prepare(kInsert.c_str())
        .bind(source.url)
        .bind(source.name)
        .bind(source.section)
        .bind(source.etag)
        .bind(source.last_modified)
        .bind(source.checked)
        .bind(source.succeeded)
        .bind(source.changed)
        .bind(std::int64_t{source.failures})
        .bind(source.problem)
        .bind(source.moved_to)
        .bind(source.next_poll)
        .bind(ttl)
        .bind(std::int64_t{source.poll.skip_hours})
        .bind(std::int64_t{source.poll.skip_days})
        .bind(source.poll.hub)
        .bind(source.poll.topic)
        .bind(source.failing_since)
        .bind(source.empty_since)
        .bind(static_cast<std::int64_t>(source.items))
        .bind(write_times(source.news))
        .bind(to_string(source.kind))
        .run();
}

std::optional<RobotsRow> Store::robots(const std::string& key) {
    Statement s =
        state_->database.prepare("SELECT body, fetched, expires FROM robots WHERE key = ?");
    s.bind(key);
    if (!s.step()) return std::nullopt;
    return RobotsRow{.body = s.text(0), .fetched = s.time(1), .expires = s.time(2)};
}

void Store::save_robots(const std::string& key, const RobotsRow& row) {
    state_->database
        .prepare("INSERT OR REPLACE INTO robots (key, body, fetched, expires) VALUES (?, ?, ?, ?)")
        .bind(key)
        .bind(row.body)
        .bind(row.fetched)
        .bind(row.expires)
        .run();
}

// ---------------------------------------------------------------- ledger

namespace {

LedgerRow read_row(const Statement& s) {
    return {.url = s.text(0),
            .source = s.text(1),
            .fate = parse_fate(s.text(2)).value_or(Fate::kFailed),
            .reason = s.text(3),
            .article = s.text(4),
            .discovered = s.time(5),
            .checked = s.optional_time(6),
            .next_attempt = s.optional_time(7),
            .attempts = static_cast<int>(s.number(8)),
            .etag = s.text(9),
            .last_modified = s.text(10),
            .moved_to = s.text(11)};
}

// Adds to `entry` what it lacks and `more` says; false when there is no such thing.
bool fill(Entry& entry, const Entry& more) {
    const auto take = [](auto& mine, const auto& other) {
        const std::remove_cvref_t<decltype(mine)> nothing{};
        if (mine != nothing || other == nothing) return false;
        mine = other;
        return true;
    };
    bool has_more = take(entry.title, more.title);
    has_more |= take(entry.summary_html, more.summary_html);
    has_more |= take(entry.content_html, more.content_html);
    has_more |= take(entry.authors, more.authors);
    has_more |= take(entry.tags, more.tags);
    has_more |= take(entry.published, more.published);
    has_more |= take(entry.updated, more.updated);
    has_more |= take(entry.language, more.language);
    has_more |= take(entry.image_url, more.image_url);
    return has_more;
}

}  // namespace

Discovery Store::discover(const std::string& url, const std::string& source, const Entry& entry,
                          Time now) {
    Database& database = state_->database;
    const bool is_news_here =
        database.prepare("INSERT OR IGNORE INTO url_source (url, source) VALUES (?, ?)")
            .bind(url)
            .bind(source)
            .run() > 0;
    const Discovery known_already{.is_new = false, .is_news_here = is_news_here};
    const std::string updated = write_time(entry.updated ? entry.updated : entry.published);
    const int inserted =
        database
            .prepare(
                "INSERT OR IGNORE INTO url (url, source, fate, reason, article, discovered, "
                "next_attempt, attempts, etag, last_modified, entry_updated, entry, guid) "
                "VALUES (?, ?, 'pending', '', '', ?, ?, 0, '', '', ?, ?, ?)")
            .bind(url)
            .bind(source)
            .bind(now)
            .bind(now)
            .bind(updated)
            .bind(write_entry(entry))
            .bind(entry.guid == url ? std::string() : entry.guid)
            .run();
    if (inserted > 0) return {.is_new = true, .is_news_here = true};
    // Another section's source tells of it too.
    if (is_news_here) {
        if (auto waiting = entry_of(url); waiting && fill(*waiting, entry))
            database.prepare("UPDATE url SET entry = ? WHERE url = ? AND fate = 'pending'")
                .bind(write_entry(*waiting))
                .bind(url)
                .run();
        database
            .prepare(
                "INSERT OR IGNORE INTO unplaced SELECT article FROM url WHERE url = ? AND article "
                "<> ''")
            .bind(url)
            .run();
    }
    std::string known;
    {
        Statement s =
            database.prepare("SELECT entry_updated FROM url WHERE url = ? AND source = ?");
        s.bind(url).bind(source);
        // Another source's dates for the same address say nothing about a change.
        if (!s.step()) return known_already;
        known = s.text(0);
    }
    const auto before = parse_date_time(known);
    const auto after = parse_date_time(updated);
    if (!after || (before && after->utc <= before->utc)) return known_already;
    database
        .prepare(
            "UPDATE url SET entry_updated = ?, entry = ?, next_attempt = ?, attempts = 0 WHERE url "
            "= ? AND fate NOT IN ('withdrawn', 'expired')")
        .bind(updated)
        .bind(write_entry(entry))
        .bind(now)
        .bind(url)
        .run();
    return known_already;
}

std::optional<Entry> Store::entry_of(const std::string& url) {
    Statement s = state_->database.prepare(
        "SELECT entry FROM url WHERE url = ? AND fate = 'pending' AND entry IS NOT NULL");
    s.bind(url);
    if (!s.step()) return std::nullopt;
    return read_entry(s.text(0));
}

std::vector<std::int64_t> Store::due(const std::string& source, Time now) {
    Statement s = state_->database.prepare(
        "SELECT number FROM url WHERE source = ? AND next_attempt <= ? AND entry IS NOT NULL ORDER "
        "BY fate = 'published', number");
    s.bind(source).bind(now);
    std::vector<std::int64_t> out;
    while (s.step()) out.push_back(s.number(0));
    return out;
}

std::optional<DueAddress> Store::due_address(std::int64_t number) {
    Statement s = state_->database.prepare(
        "SELECT url, source, fate, reason, article, discovered, checked, next_attempt, attempts, "
        "etag, last_modified, moved_to, "
        "entry FROM url WHERE number = ? AND next_attempt IS NOT NULL AND entry IS NOT NULL");
    s.bind(number);
    if (!s.step()) return std::nullopt;
    return DueAddress{.row = read_row(s), .entry = read_entry(s.text(12))};
}

std::optional<LedgerRow> Store::address(const std::string& url) {
    Statement s = state_->database.prepare(
        "SELECT url, source, fate, reason, article, discovered, checked, next_attempt, attempts, "
        "etag, last_modified, moved_to "
        "FROM url WHERE url = ?");
    s.bind(url);
    if (!s.step()) return std::nullopt;
    return read_row(s);
}

void Store::reopen(const std::string& url, const Entry& entry, Time now) {
    state_->database
        .prepare(
            "UPDATE url SET fate = 'pending', reason = '', next_attempt = ?, attempts = 0, entry = "
            "? WHERE url = ?")
        .bind(now)
        .bind(write_entry(entry))
        .bind(url)
        .run();
}

void Store::save_address(const LedgerRow& row) {
    state_->database
        .prepare(
            "UPDATE url SET fate = ?2, reason = ?3, article = ?4, checked = ?5, next_attempt = ?6, "
            "attempts = ?7, "
            "etag = ?8, last_modified = ?9, moved_to = ?10, entry = CASE WHEN ?6 IS NULL THEN NULL "
            "ELSE entry END "
            "WHERE url = ?1")
        .bind(row.url)
        .bind(to_string(row.fate))
        .bind(row.reason)
        .bind(row.article)
        .bind(row.checked)
        .bind(row.next_attempt)
        .bind(std::int64_t{row.attempts})
        .bind(row.etag)
        .bind(row.last_modified)
        .bind(row.moved_to)
        .run();
    if (!row.article.empty()) state_->mark_unplaced(row.article);
}

std::vector<LedgerRow> Store::ledger(const std::string& source, std::optional<Fate> fate) {
    Statement s = state_->database.prepare(
        "SELECT url, source, fate, reason, article, discovered, checked, next_attempt, attempts, "
        "etag, last_modified, moved_to "
        "FROM url WHERE (?1 = '' OR source = ?1) AND (?2 = '' OR fate = ?2) ORDER BY url");
    s.bind(source).bind(fate ? to_string(*fate) : std::string_view());
    std::vector<LedgerRow> out;
    while (s.step()) out.push_back(read_row(s));
    return out;
}

// Told by how many, of how many: group_concat keeps no order, so the names are sorted here.
std::vector<Store::Gap> Store::gaps(const std::vector<std::string>& sources) {
    std::string marks;
    for (std::size_t i = 0; i < sources.size(); ++i) marks += i == 0 ? "?" : ", ?";
    const std::string query =
        "SELECT url, group_concat(source, char(10)) FROM url_source WHERE source IN (" + marks +
        ") GROUP BY url HAVING count(*) < " + std::to_string(sources.size()) + " ORDER BY url";
    Statement s = state_->database.prepare(query.c_str());
    for (const std::string& source : sources) s.bind(source);
    std::vector<Gap> out;
    while (s.step()) {
        auto row = address(s.text(0));
        if (!row) continue;
        Gap gap{.row = *std::move(row), .told_by = {}};
        const std::string names = s.text(1);
        for (std::size_t begin = 0; begin < names.size();) {
            const std::size_t end = std::min(names.find('\n', begin), names.size());
            gap.told_by.push_back(names.substr(begin, end - begin));
            begin = end + 1;
        }
        std::ranges::sort(gap.told_by);
        out.push_back(std::move(gap));
    }
    return out;
}

void Store::save_entry(const std::string& url, const Entry& entry) {
    state_->database.prepare("UPDATE url SET entry = ? WHERE url = ?")
        .bind(write_entry(entry))
        .bind(url)
        .run();
}

std::optional<LedgerRow> Store::address_by_guid(const std::string& source,
                                                const std::string& guid) {
    Statement s = state_->database.prepare(
        "SELECT url, source, fate, reason, article, discovered, checked, next_attempt, attempts, "
        "etag, last_modified, moved_to FROM url WHERE source = ? AND guid = ? AND guid <> '' AND "
        "article <> '' ORDER BY number DESC LIMIT 1");
    s.bind(source).bind(guid);
    if (!s.step()) return std::nullopt;
    return read_row(s);
}

void Store::add_event(const std::string& url, Time time, const std::string& what) {
    state_->database.prepare("INSERT INTO event (url, time, what) VALUES (?, ?, ?)")
        .bind(url)
        .bind(time)
        .bind(what)
        .run();
    state_->database
        .prepare(
            "DELETE FROM event WHERE url = ?1 AND number <= (SELECT number FROM event WHERE url = "
            "?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)")
        .bind(url)
        .bind(static_cast<std::int64_t>(kMaxEvents))
        .run();
}

std::vector<Event> Store::events(const std::string& url) {
    Statement s =
        state_->database.prepare("SELECT time, what FROM event WHERE url = ? ORDER BY number");
    s.bind(url);
    std::vector<Event> out;
    while (s.step()) out.push_back({.time = s.time(0), .what = s.text(1)});
    return out;
}

void Store::save_alias(const std::string& key, const Alias& alias) {
    state_->database
        .prepare("INSERT OR IGNORE INTO alias (key, url, article, why) VALUES (?, ?, ?, ?)")
        .bind(key)
        .bind(alias.url)
        .bind(alias.article)
        .bind(alias.why)
        .run();
}

std::optional<Alias> Store::alias(const std::string& key) {
    Statement s = state_->database.prepare("SELECT url, article, why FROM alias WHERE key = ?");
    s.bind(key);
    if (!s.step()) return std::nullopt;
    return Alias{.url = s.text(0), .article = s.text(1), .why = s.text(2)};
}

std::vector<Alias> Store::aliases_of(const std::string& article) {
    Statement s = state_->database.prepare(
        "SELECT url, article, why FROM alias WHERE article = ? ORDER BY url");
    s.bind(article);
    std::vector<Alias> out;
    while (s.step()) out.push_back({.url = s.text(0), .article = s.text(1), .why = s.text(2)});
    return out;
}

}  // namespace heliograph::store
