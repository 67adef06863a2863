// SPDX-License-Identifier: GPL-3.0-or-later
// What a source's document is, told by its content.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph {

enum class SourceKind : std::uint8_t {
    kUnknown,       // never read
    kFeed,          // RSS, Atom, JSON Feed
    kSitemap,       // addresses of pages, also of news
    kSitemapIndex,  // addresses of sitemaps
    kPage,          // an HTML page that lists articles
    kList,          // CSV, "url,title"
    kArray,         // an array in a script or in JSON, by the operator's mapping
    kOutline,       // OPML: addresses of feeds
    kArchive,       // WARC, or a folder of saved pages
};

// "feed", "sitemap", ...: as databases have it; "" for kUnknown.
[[nodiscard]] std::string_view to_string(SourceKind kind);
// kUnknown for what is no kind.
[[nodiscard]] SourceKind parse_source_kind(std::string_view text);
// For people: "a feed", "a section page".
[[nodiscard]] std::string_view describe(SourceKind kind);

}  // namespace heliograph
