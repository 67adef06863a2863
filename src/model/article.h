// SPDX-License-Identifier: GPL-3.0-or-later
// An article: what the extractor makes, the store keeps and the renderer shows.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace heliograph {

// Where the value of a field came from and how far to trust it.
struct Evidence {
    std::string
        source;  // "feed", "json-ld", "open-graph", "meta", "microdata", "markup", "url", "text"
    double confidence = 0;  // 0 to 1

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct LeadImage {
    std::string url;  // absolute
    std::string alt;  // plain text, as are the others
    std::string caption;
    std::string credit;

    friend bool operator==(const LeadImage&, const LeadImage&) = default;
};

struct Article {
    std::string id;                     // see pipeline/article_id.h; never reused
    std::string publisher;              // name for people
    std::vector<std::string> sections;  // keys of the configuration, sorted, no doubles
    std::string url;                    // where it was read
    std::string canonical_url;          // what the id is made from
    std::string title;                  // plain text, never empty
    std::vector<std::string> authors;
    std::optional<DateTime> published;
    std::optional<DateTime> updated;
    std::string language;  // BCP 47; empty when unknown
    std::optional<LeadImage> lead_image;
    std::string standfirst;  // plain text; empty when the page has none apart from the body
    std::string body;        // article HTML (docs/formats/article-html.md), without the lead image
    std::vector<std::string> tags;
    std::string section;    // as the publisher calls it; plain text, as is the next; may be empty
    std::string site_name;  // as the page calls its publisher; may be empty
    std::optional<bool> is_accessible_for_free{};  // false: behind a paywall; nullopt: not said
    std::map<std::string, Evidence> evidence;      // by field name, e.g. "title"
    int revision = 1;
    std::chrono::sys_seconds captured{};        // when this revision was fetched
    std::chrono::sys_seconds first_captured{};  // when its first revision was fetched
};

// What lists show of an article: indexes are built from these alone.
struct ArticleSummary {
    std::string id;
    std::string publisher;
    std::vector<std::string> sections;
    std::string title;
    std::optional<DateTime> published;
    std::string language;
    std::vector<std::string> tags;
    std::string excerpt;         // plain text: the standfirst, or the body's first words
    std::string lead_image_url;  // may be empty
    std::string lead_image_alt;
    int revision = 1;
    std::chrono::sys_seconds captured{};
    std::chrono::sys_seconds first_captured{};
    std::string fingerprint;  // changes whenever anything a page shows of the article changes

    friend bool operator==(const ArticleSummary&, const ArticleSummary&) = default;
};

// When the article counts as having appeared: its publication, else when we first saw it.
[[nodiscard]] std::chrono::sys_seconds appeared(const ArticleSummary& article);

// Reading order of lists: newest first, then by id, so that equal input gives equal lists.
[[nodiscard]] bool newer_first(const ArticleSummary& a, const ArticleSummary& b);

}  // namespace heliograph
