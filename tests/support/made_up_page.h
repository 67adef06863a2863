// SPDX-License-Identifier: GPL-3.0-or-later
// Puts made-up articles into made-up pages: skeletons (tests/data/extract/skeletons), eight kinds
// of list mark-up, and rewritings of a page that must not change what is read from it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/made_up_article.h"

namespace heliograph::test {

enum class ListMarkup : std::uint8_t {
    kUnordered,
    kOrdered,
    kTable,
    kDefinitions,
    kParagraphs,
    kDivs,
    kBreaks,  // lines of one paragraph
    kRows,    // a flex row of spans each
};
inline constexpr std::size_t kListMarkups = 8;
std::string_view name_of(ListMarkup markup);

// What a page holds beside its article.
struct PageParts {
    bool consent = false;  // a consent wall
    bool hidden = false;   // a hidden box with the text of another article
    bool before = false;   // cards that lead to other articles, before the text
    bool inside = false;   // the same between two paragraphs
    bool after = false;
};

// A page around an article, read from a file: lines "key: value" (mark-up of one piece of the
// article or of one part of the page), a line "---", then the page. Placeholders stand in braces,
// described in tests/data/extract/skeletons/README.md.
class Skeleton {
  public:
    static Skeleton read(const std::filesystem::path& file);

    const std::string& name() const { return name_; }
    // Returns the same skeleton with other mark-up for one kind of piece.
    Skeleton with(std::string_view key, std::string form) const;
    // Returns the page. `seed` chooses the words around the article.
    std::string page(const MadeUpArticle& article, const PageParts& parts, ListMarkup lists,
                     std::uint64_t seed) const;

  private:
    const std::string& value(std::string_view key) const;
    std::string body(const MadeUpArticle& article, ListMarkup lists,
                     const std::string& inside) const;
    std::string filled(std::string_view form, const MadeUpArticle& article,
                       const std::map<std::string, std::string, std::less<>>& slots,
                       TextMaker& words) const;

    std::string name_;
    std::map<std::string, std::string, std::less<>> values_;
    std::string page_;
};

// Reads all skeletons of a folder, ordered by name.
std::vector<Skeleton> read_skeletons(const std::filesystem::path& folder);

// Rewrites a page. The input is the output of Skeleton::page: every attribute is quoted or has no
// value, no "<" or ">" stands in attributes.
enum class Rewriting : std::uint8_t {
    kRenamed,    // every class name and id is replaced by random letters
    kReordered,  // attributes in another order
    kMinified,   // no spaces between tags, no quotes, optional end tags left out
    kUnclosed,   // end tags of p, li, td, tr, dt and dd left out, as old editors do
    kUpperCase,  // tags in upper case, attributes in single quotes
    kNested,     // each paragraph in two more div elements
    kOldTables,  // tables for boxes, <br><br> for paragraphs, bold type for headings, no names
};
inline constexpr std::size_t kRewritings = 7;
std::string_view name_of(Rewriting rewriting);
std::string rewritten(std::string_view page, Rewriting rewriting, std::uint64_t seed);

}  // namespace heliograph::test
