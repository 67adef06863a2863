// SPDX-License-Identifier: GPL-3.0-or-later
// One item of a source: what a feed, sitemap or list says of an article before we read its page.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "model/source_kind.h"

namespace heliograph {

// All text is valid UTF-8; addresses are absolute, as the source gave them.
struct Entry {
    std::string url;
    std::string guid;          // as written; may be empty
    std::string title;         // plain text
    std::string summary_html;  // as the publisher wrote it: hostile
    std::string content_html;  // the full text where the feed carries it: hostile
    std::vector<std::string> authors;
    std::vector<std::string> tags;
    std::optional<DateTime> published;
    std::optional<DateTime> updated;
    std::string language;   // BCP 47; empty when not said
    std::string image_url;  // of an enclosure or media:content; may be empty
};

// What a source's document says of when it is worth asking again, and who would tell us instead.
struct PollHints {
    std::optional<std::chrono::seconds> ttl{};  // not sooner than this after the last time
    std::uint32_t skip_hours = 0;               // bit h: not from h:00 to h:59 UTC
    std::uint8_t skip_days = 0;                 // bit d: not on that day UTC, 0 is Sunday
    std::string hub{};                          // WebSub: address of the hub; empty: none
    std::string topic{};                        // WebSub: what to subscribe to there

    friend bool operator==(const PollHints&, const PollHints&) = default;
};

// A document that a source's document names as part of itself: a sitemap of an index, a feed of an
// outline.
struct SourcePart {
    std::string url;
    std::optional<DateTime> updated;
};

// A source's document, read.
struct Feed {
    SourceKind kind = SourceKind::kFeed;
    std::string title;
    std::string language;
    PollHints poll;
    std::vector<Entry> entries;         // in document order, one per address
    std::vector<SourcePart> parts;      // in document order
    std::string older;                  // address of the same list's older entries; may be empty
    std::vector<std::string> warnings;  // what was skipped or mended, each with its reason
};

}  // namespace heliograph
