// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/source_kind.h"

#include <algorithm>
#include <iterator>

namespace heliograph {
namespace {

struct Words {
    SourceKind kind;
    std::string_view key;
    std::string_view description;
};
constexpr Words kWords[] = {
    {SourceKind::kUnknown, "", "nothing known"},
    {SourceKind::kFeed, "feed", "a feed"},
    {SourceKind::kSitemap, "sitemap", "a sitemap"},
    {SourceKind::kSitemapIndex, "sitemap-index", "an index of sitemaps"},
    {SourceKind::kPage, "page", "a section page"},
    {SourceKind::kList, "list", "a list of addresses"},
    {SourceKind::kArray, "array", "an array of articles"},
    {SourceKind::kOutline, "outline", "a list of feeds (OPML)"},
    {SourceKind::kArchive, "archive", "an archive of pages"},
};

const Words& words_of(SourceKind kind) { return *std::ranges::find(kWords, kind, &Words::kind); }

}  // namespace

std::string_view to_string(SourceKind kind) { return words_of(kind).key; }

std::string_view describe(SourceKind kind) { return words_of(kind).description; }

SourceKind parse_source_kind(std::string_view text) {
    const auto* found = std::ranges::find(kWords, text, &Words::key);
    return found == std::end(kWords) ? SourceKind::kUnknown : found->kind;
}

}  // namespace heliograph
