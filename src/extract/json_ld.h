// SPDX-License-Identifier: GPL-3.0-or-later
// schema.org data in JSON-LD scripts: what they say of the article of a page.
// https://schema.org/Article, https://www.w3.org/TR/json-ld11/ (the small part that pages use).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::extract {

// All scripts of a page together; what is beyond is not read. A page of news has some 10 KB, and up
// to 300 KB with its whole text.
inline constexpr std::size_t kMaxJsonLdBytes = 4 * 1024 * 1024;

// Brackets open at once. Real data has below 10.
inline constexpr int kMaxJsonLdDepth = 64;

// All text is plain, valid UTF-8 and collapsed; dates and addresses are as written.
struct LinkedData {
    struct Author {
        std::string name;
        bool is_organisation = false;
    };
    struct Image {
        std::string url;
        std::string caption;
        std::string credit;
    };

    bool has_article = false;        // an Article of any kind, not only a WebPage
    std::vector<std::string> types;  // of the chosen item: "NewsArticle"
    std::string headline;
    std::string name;  // of the item, where it is another than the headline
    std::string description;
    std::string body;  // articleBody or text, with its line breaks
    std::string section;
    std::string url;
    std::string language;
    std::vector<Author> authors;
    std::string published;
    std::string modified;
    std::vector<Image> images;
    std::vector<std::string> tags;
    std::vector<std::string> breadcrumbs;  // names on the way to the page, front page first
    std::string publisher;
    std::string publisher_logo;
    std::string site_name;
    std::optional<bool> is_accessible_for_free;
    bool has_live_updates = false;
};

// Reads the scripts of a page that is at `url`. Of several articles it takes the one that names
// `url`, else the first of the most fitting type. What is broken is mended where that is safe
// (control characters, comments and CDATA round it, commas too many, an end that is missing,
// character references for quotes, JSON inside a JSON string); a script beyond repair is left out.
// Does not throw.
[[nodiscard]] LinkedData read_linked_data(std::span<const std::string_view> scripts,
                                          std::string_view url);

}  // namespace heliograph::extract
