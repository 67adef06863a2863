// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds: RSS 2.0 (0.9x, RDF) and Atom, as the web really writes them.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::source {

// A feed of news has tens of items, an archive some thousands; beyond this it is an attack.
inline constexpr std::size_t kMaxEntries = 50'000;

// Reads the document at `url` (base of relative links). `transport_charset` may be empty.
// Recovers what can be read from malformed XML: undefined entities, bad bytes, a cut end; each
// such mend is a warning. Items without an address are skipped with a warning.
// Errors: kMalformed when there is no feed in it, with what it looks like instead (an HTML page,
// an image, empty, JSON); a feed without items is not an error.
[[nodiscard]] Result<Feed> parse_feed(std::string_view bytes, const Url& url,
                                      std::string_view transport_charset);

}  // namespace heliograph::source
