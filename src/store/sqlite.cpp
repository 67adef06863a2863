// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite.h"

#include <cassert>
#include <cerrno>
#include <string>
#include <utility>

#include "base/system_error.h"

namespace heliograph::store {
namespace {

// How long to wait for another process that holds the database: a `status` beside a `run`.
constexpr int kBusyTimeoutMilliseconds = 30'000;

// Pages of the database kept in memory: with SQLite's own 2 MB, what 100,000 articles are listed in
// is read again for nearly each of them.
constexpr int kCacheKilobytes = 16'000;

// As SQLite tells it, and what to do where that is known.
std::string cause_of(int code, sqlite3* database) {
    std::string cause = database != nullptr ? sqlite3_errmsg(database) : "out of memory";
    int error_number = database != nullptr ? sqlite3_system_errno(database) : 0;
    // SQLite finds these out without asking the system.
    if ((code & 0xFF) == SQLITE_FULL) error_number = ENOSPC;
    if ((code & 0xFF) == SQLITE_READONLY && error_number == 0) error_number = EACCES;
    if ((code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB)
        return cause +
               " (put back a copy of the state folder, or move this one away and run again)";
    // Of older failures it keeps the value.
    const bool is_of_system = (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_READONLY ||
                              (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
    if (const auto mend = mend_of(error_number); is_of_system && !mend.empty())
        cause.append(" (").append(mend).append(")");
    return cause;
}

void check(int code, sqlite3* database) {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    const char* name = sqlite3_db_filename(database, "main");
    throw SystemError("cannot use the store '" + std::string(name != nullptr ? name : "?") +
                      "': " + cause_of(code, database));
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      next_parameter_(other.next_parameter_) {}

Statement::~Statement() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);  // repeats the code of the last step, which was checked there
    sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(std::string_view text) {
    // A null pointer would bind NULL instead of the empty string.
    const char* data = text.empty() ? "" : text.data();
    check(sqlite3_bind_text64(statement_, next_parameter_++, data, text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8),
          database_);
    return *this;
}

Statement& Statement::bind_bytes(std::string_view bytes) {
    const char* data = bytes.empty() ? "" : bytes.data();
    check(sqlite3_bind_blob64(statement_, next_parameter_++, data, bytes.size(), SQLITE_TRANSIENT),
          database_);
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    check(sqlite3_bind_int64(statement_, next_parameter_++, number), database_);
    return *this;
}

Statement& Statement::bind_null() {
    check(sqlite3_bind_null(statement_, next_parameter_++), database_);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    check(code, database_);
    return code == SQLITE_ROW;
}

int Statement::run() {
    while (step()) {
    }
    return sqlite3_changes(database_);
}

std::string Statement::text(int column) const { return std::string(view(column)); }

std::string_view Statement::view(int column) const {
    // Of numbers it gives their text, as sqlite3_column_text does.
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::chrono::sys_seconds Statement::time(int column) const {
    return std::chrono::sys_seconds{std::chrono::seconds{number(column)}};
}

std::optional<std::chrono::sys_seconds> Statement::optional_time(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

Database::Database(const std::filesystem::path& file) {
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &raw,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    connection_.reset(raw);
    if (code != SQLITE_OK) {
        throw SystemError("cannot open the store '" + file.string() + "': " + cause_of(code, raw));
    }
    check(sqlite3_busy_timeout(raw, kBusyTimeoutMilliseconds), raw);
    // NORMAL with WAL keeps the database whole when power fails; the last moments may be lost, and
    // the next run does them again.
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
    execute(("PRAGMA cache_size = -" + std::to_string(kCacheKilobytes)).c_str());
}

Statement Database::prepare(const char* sql) {
    Prepared& prepared = prepared_[sql];
    if (!prepared) {
        sqlite3_stmt* raw = nullptr;
        const int code = sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                            &raw, nullptr);
        prepared.reset(raw);
        check(code, connection_.get());
    }
    assert(sqlite3_stmt_busy(prepared.get()) == 0);  // the same statement twice at once
    return {connection_.get(), prepared.get()};
}

void Database::execute(const char* sql) {
    check(sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr), connection_.get());
}

}  // namespace heliograph::store
