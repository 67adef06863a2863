// SPDX-License-Identifier: GPL-3.0-or-later
// Sitemaps (sitemaps.org 0.9, with the news and image extensions), indexes of them, and OPML.
#pragma once

#include <optional>

#include "model/entry.h"
#include "model/url.h"
#include "source/xml.h"

namespace heliograph::source {

// Parts of one index or outline; sitemaps.org allows an index 50,000, publishers have some hundred.
inline constexpr std::size_t kMaxParts = 10'000;

// nullopt when the root is not <urlset> or <sitemapindex>.
[[nodiscard]] std::optional<Feed> read_sitemap(const Xml& xml, const Url& url);

// The feeds that an OPML document lists; nullopt when the root is not <opml>.
[[nodiscard]] std::optional<Feed> read_outline(const Xml& xml, const Url& url);

}  // namespace heliograph::source
