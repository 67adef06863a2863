// SPDX-License-Identifier: GPL-3.0-or-later
// How long a server asked us to wait before the next request.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace heliograph::fetch {

// The longest wait we obey: a broken "Retry-After: 99999999" must not silence a feed for years.
inline constexpr std::chrono::seconds kMaxRetryDelay = std::chrono::hours{24};

// Reads the value of a Retry-After field: delay-seconds ("120"), or an HTTP-date in any of its
// three forms (RFC 9110 sections 10.2.3 and 5.6.7).
//
// `value` is the field value only; spaces and tabs round it are ignored. `now` is an argument so
// that the answer depends on nothing else.
//
// Returns 0 to kMaxRetryDelay; a date already past gives 0, a longer wait gives kMaxRetryDelay.
// Returns nullopt for anything else: the caller falls back to its own schedule. Does not throw.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    std::chrono::sys_seconds now);

}  // namespace heliograph::fetch
