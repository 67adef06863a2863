// SPDX-License-Identifier: GPL-3.0-or-later
// A source's document, told by its content: feed, sitemap, section page, list, array, outline.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/entry.h"
#include "model/url.h"
#include "source/json_feed.h"

namespace heliograph::source {

// The largest document of a source, unpacked: sitemaps.org allows 50 MB.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{64} << 20;

// What the operator declared of a source; nothing needs to be.
struct ReadingRules {
    std::string links;   // CSS selector of the links of a section page
    FieldPlaces fields;  // of an array in a script or in JSON
    // What it was before. An address that gave feeds and now gives a page did not become a section
    // page: it broke, or moved.
    SourceKind before = SourceKind::kUnknown;
};

// Reads the document at `url` (base of relative links), packed with gzip or not.
// `transport_charset` (of Content-Type) may be empty. What the bytes are decides, whatever the
// server calls them; an HTML page is read as a section page.
// Errors: kMalformed when there is nothing in it that is understood, with what it looks like
// instead; kLimit for a decompression bomb; kConfig for rules that are none.
[[nodiscard]] Result<Feed> parse_source(std::string_view bytes, const Url& url,
                                        std::string_view transport_charset,
                                        const ReadingRules& rules);

}  // namespace heliograph::source
