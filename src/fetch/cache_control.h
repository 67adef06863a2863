// SPDX-License-Identifier: GPL-3.0-or-later
// How long an answer stays good.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace heliograph::fetch {

// The seconds of "max-age" (RFC 9111 section 5.2.2.1), bounded by a year; nullopt when there is
// none, or with "no-cache" or "no-store".
[[nodiscard]] std::optional<std::chrono::seconds> parse_max_age(std::string_view cache_control);

}  // namespace heliograph::fetch
