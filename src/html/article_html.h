// SPDX-License-Identifier: GPL-3.0-or-later
// Article HTML: the small closed set of elements every body is made of, and its one reader.
// The format is described in docs/formats/article-html.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::html {

// A piece of article HTML. All views point into the text given to read_article_html, still with
// its character references, except where a function says that it decodes.
struct ArticleToken {
    enum class Kind : std::uint8_t { kStart, kEnd, kText };
    Kind kind = Kind::kText;
    std::string_view name;        // of the element, lower case; empty for text
    std::string_view text;        // escaped text
    std::string_view attributes;  // the inside of the start tag after the name
};

// Reads article HTML a token at a time. The text is what our own writer made: well-formed, each
// attribute as name="value", void elements (img, br, hr) as a start token only.
// Anything else ends the reading early: next() then returns false and ok() is false.
class ArticleReader {
  public:
    explicit ArticleReader(std::string_view article_html) : rest_(article_html) {}
    // False at the end.
    bool next(ArticleToken& token);
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

// The value of attribute `name` of a start token, references decoded; empty when it is not there.
[[nodiscard]] std::string attribute_value(const ArticleToken& token, std::string_view name);

// Escaped text with its references decoded.
[[nodiscard]] std::string unescape(std::string_view escaped);

// The plain text of a body: one line a block, blank line between blocks, no captions' markup.
[[nodiscard]] std::string plain_text(std::string_view article_html);

// An image that a page held in a data: URL has this address followed by a SHA-256 in hexadecimal.
// Nothing can be fetched there: the top-level domain "invalid" never exists (RFC 2606, section 2).
inline constexpr std::string_view kDataImageBase = "https://data-image.invalid/";

[[nodiscard]] inline bool is_data_image_address(std::string_view address) {
    return address.starts_with(kDataImageBase);
}

// The addresses of the pictures of a body, in order, without doubles.
[[nodiscard]] std::vector<std::string> image_urls(std::string_view article_html);

}  // namespace heliograph::html
