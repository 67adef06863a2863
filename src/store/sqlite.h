// SPDX-License-Identifier: GPL-3.0-or-later
// The one face of SQLite: a connection, and statements that check every return code.
#pragma once

#include <sqlite3.h>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/handle.h"

namespace heliograph::store {

// A prepared statement with its values bound; reset when it goes out of scope.
class Statement {
  public:
    Statement(sqlite3* database, sqlite3_stmt* statement)
        : database_(database), statement_(statement) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // In order of the question marks. The bytes are copied.
    Statement& bind(std::string_view text);
    Statement& bind_bytes(std::string_view bytes);
    Statement& bind(std::int64_t number);
    Statement& bind(std::chrono::sys_seconds time) { return bind(time.time_since_epoch().count()); }
    template <typename T>
    Statement& bind(const std::optional<T>& value) {
        if (value) return bind(*value);
        return bind_null();
    }
    Statement& bind_null();

    // True while there is a row.
    bool step();
    // For statements that give no rows. Returns how many rows it changed.
    int run();

    // Columns count from 0.
    [[nodiscard]] std::string text(int column) const;  // or bytes, as they were bound
    // The same where it lies, until the next step().
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::chrono::sys_seconds time(int column) const;
    [[nodiscard]] std::optional<std::chrono::sys_seconds> optional_time(int column) const;

  private:
    sqlite3* database_;
    sqlite3_stmt* statement_;
    int next_parameter_ = 1;
};

class Database {
  public:
    // WAL, foreign keys on, waits for other processes' locks. Throws SystemError.
    explicit Database(const std::filesystem::path& file);

    // `sql` must be a literal or outlive the database: statements are kept by it.
    [[nodiscard]] Statement prepare(const char* sql);
    // Several statements without values.
    void execute(const char* sql);

  private:
    using Connection = Handle<sqlite3, sqlite3_close>;
    using Prepared = Handle<sqlite3_stmt, sqlite3_finalize>;

    Connection connection_;
    std::unordered_map<const char*, Prepared> prepared_;
};

}  // namespace heliograph::store
