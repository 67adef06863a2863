// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up news articles in ten scripts, for tests of extraction. Every line of an article holds a
// marker, a word that no other line holds, so that a test can measure what was kept, lost or moved.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::test {

// Numbers from a seed. The same seed gives the same numbers with every library.
class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    // Returns a number from 0 to bound - 1. REQUIRES: bound > 0.
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    // Returns a number from least to most, both included.
    std::size_t between(std::size_t least, std::size_t most) {
        return least + below(most - least + 1);
    }
    bool chance(std::size_t percent) { return below(100) < percent; }
    template <typename Range>
    const auto& one_of(const Range& range) {
        return range[below(std::size(range))];
    }
    // Shuffles in place (std::shuffle differs between libraries).
    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::mt19937_64 engine_;
};

// The labels of a page round an article, as sites of the language print them.
struct Labels {
    std::string_view site;        // name of the site
    std::string_view by;          // before the author's name
    std::string_view related;     // heading over links to other articles
    std::string_view more;        // link to a list of articles
    std::string_view popular;     // heading over the most read articles
    std::string_view ad;          // label of an advertisement
    std::string_view share;       // heading of a bar to share the article
    std::string_view newsletter;  // heading of a box to subscribe to a newsletter
    std::string_view invitation;  // sentence in that box
    std::string_view cookies;     // sentence of a consent wall
    std::string_view partners;    // second sentence of a consent wall
    std::string_view accept;      // button of a consent wall
    std::string_view comments;    // heading over comments
    std::string_view reply;       // link below a comment
    std::string_view tags;        // before the subjects of an article
    std::string_view rights;      // line of copyright
    std::string_view terms;       // sentence of terms of use
};

struct Language {
    std::string_view tag;     // BCP 47
    std::string_view script;  // for reports
    bool is_right_to_left = false;
    bool has_spaces = true;
    bool has_case = false;
    std::string_view stop;
    std::string_view question;
    std::string_view comma;
    std::string_view open_quote;
    std::string_view close_quote;
    std::span<const std::string_view> words;
    std::span<const std::string_view> glue;       // one follows each word; may be empty
    std::span<const std::string_view> endings;    // one ends each sentence; may be empty
    std::string_view marker_prefix;               // begins each marker and nothing else
    std::span<const std::string_view> syllables;  // 16 of equal length, that markers are made of
    std::array<std::string_view, 12> months;
    Labels labels;
};

// Latin, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Han, Kana with Han, Hangul, Thai.
std::span<const Language> languages();

enum class ListKind : std::uint8_t {
    kResults,
    kTourDates,
    kIngredients,
    kPrices,
    kNames,
    kTimetable,
    kQuestions,
    kChronology,
};
inline constexpr std::size_t kListKinds = 8;
std::string_view name_of(ListKind kind);

enum class PieceKind : std::uint8_t { kParagraph, kHeading, kList, kQuote, kPicture };
std::string_view name_of(PieceKind kind);

// One line of text. The entries of a list have two or three cells, everything else has one.
struct Line {
    std::vector<std::string> cells;
    std::string marker;
};

struct Piece {
    PieceKind kind = PieceKind::kParagraph;
    std::vector<Line> lines;  // of a picture: its caption
};

struct MadeUpArticle {
    const Language* language = nullptr;
    std::string title;
    std::string author;
    std::vector<Piece> pieces;
};

// Makes text of one language.
class TextMaker {
  public:
    TextMaker(const Language& language, std::uint64_t seed) : language_(language), random_(seed) {}

    const Language& language() const { return language_; }
    Random& random() { return random_; }

    std::string word();
    std::string name();                    // of a person: two words
    std::string words(std::size_t count);  // no mark at the end
    std::string sentence(std::string_view marker = {});
    std::string headline();  // 5 to 9 words
    Piece paragraph(std::size_t sentences);
    Piece heading();
    Piece quote();
    Piece picture();
    Piece list(ListKind kind, std::size_t entries);

  private:
    std::string next_marker();
    std::string join(const std::vector<std::string>& words) const;
    std::string time_of_day();
    std::string date();
    Line entry(ListKind kind);

    const Language& language_;
    Random random_;
    std::size_t markers_ = 0;
};

// What stands between the paragraphs of an article.
struct ArticleOptions {
    std::size_t paragraphs = 12;
    std::size_t max_sentences = 5;  // of a paragraph; at least one
    std::size_t heading_every = 0;  // paragraphs between two headings; 0: none
    std::size_t picture_every = 0;
    std::size_t list_every = 0;
    std::size_t quote_every = 0;
};

MadeUpArticle make_article(const Language& language, std::uint64_t seed,
                           const ArticleOptions& options);

}  // namespace heliograph::test
