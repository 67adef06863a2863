// SPDX-License-Identifier: GPL-3.0-or-later
// What a site offers to be followed by: the feeds and sitemaps that its pages and its robots.txt
// name.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "model/config.h"
#include "model/source_kind.h"
#include "pipeline/report.h"
#include "source/json_feed.h"

namespace heliograph::pipeline {

// Addresses that are tried for one site; the rest are left out.
inline constexpr std::size_t kMaxCandidates = 60;

struct FoundSource {
    std::string url;             // empty for a file here
    std::string path;            // of a file or folder here, absolute
    source::FieldPlaces fields;  // guessed, of an array; to be looked at
    SourceKind kind = SourceKind::kUnknown;
    std::string title;      // of the document; may be empty
    std::string named_by;   // "robots.txt", "the page's <link>", "a link of the page"
    std::size_t items = 0;  // articles or parts that it lists
};

struct FoundSources {
    std::string site_name;  // of the page; may be empty
    std::vector<FoundSource> sources;
    std::vector<Failure> failures;  // addresses that were named and are no source
};

// Reads `url` and the robots.txt of its origin, and asks each address that these name as a feed or
// sitemap whether it is one. Where `url` itself is a feed, sitemap or list, that alone. Where
// nothing is named and the page lists articles, the page; where it does not, and an array in its
// scripts (or in the JSON that it is) seems to, that array, with a guess where its fields are.
// Addresses are never guessed: sites answer guesses with pages that look like something.
// Where `url` is no address and there is a file or folder of that name, what that is: an archive, a
// list, any other document.
// Errors: those of fetching `url`; kNotFound when there is no source at all; kConfig for an `url`
// that is none. REQUIRES: http::start() was called.
[[nodiscard]] Result<FoundSources> find_sources(const std::string& url, const FetchLimits& limits,
                                                bool allow_private, const Clock& clock, Log& log);

}  // namespace heliograph::pipeline
