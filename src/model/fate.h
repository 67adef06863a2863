// SPDX-License-Identifier: GPL-3.0-or-later
// What became of an address: every one that was ever discovered has one fate and a reason.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph {

enum class Fate : std::uint8_t {
    kPending,       // discovered, not read yet
    kPublished,     // an article of the mirror
    kDuplicate,     // another address has the same article
    kNotAnArticle,  // read, but there is no article on it
    kTooShort,      // read, but too little text
    kPaywalled,     // the page says that its text is not free
    kBlocked,       // robots.txt, a local address, or the publisher's refusal
    kGone,          // 404 or 410
    kExcluded,      // the operator's rules leave its title out
    kWithdrawn,     // was an article, until the operator withdrew it: never read again
    kExpired,       // was an article, until it left by age or for want of room: never read again
    kFailed,        // could not be read; tried again later
};

// "published", "duplicate", "not-an-article", ...: as ledgers and databases have it.
[[nodiscard]] std::string_view to_string(Fate fate);
[[nodiscard]] std::optional<Fate> parse_fate(std::string_view text);

}  // namespace heliograph
