// SPDX-License-Identifier: GPL-3.0-or-later
// Where rooms report what happened; only cli decides how it looks.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

// May be called from any thread.
class Log {
  public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view message) = 0;

    void debug(std::string_view message) { write(LogLevel::kDebug, message); }
    void info(std::string_view message) { write(LogLevel::kInfo, message); }
    void warning(std::string_view message) { write(LogLevel::kWarning, message); }
    void error(std::string_view message) { write(LogLevel::kError, message); }
};

class NullLog final : public Log {
  public:
    void write(LogLevel /*level*/, std::string_view /*message*/) override {}
};

}  // namespace heliograph
