// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/made_up_article.h"

#include <utility>

namespace heliograph::test {

std::string_view name_of(ListKind kind) {
    constexpr std::array<std::string_view, kListKinds> kNames = {
        "results", "tour dates", "ingredients", "prices",
        "names",   "timetable",  "questions",   "chronology"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(PieceKind kind) {
    constexpr std::array<std::string_view, 5> kNames = {"paragraph", "heading", "list", "quote",
                                                        "picture"};
    return kNames[static_cast<std::size_t>(kind)];
}

namespace {

// Returns the word with its first letter in upper case, for ASCII, Greek and Cyrillic without
// accents, the letters that made-up words begin with.
std::string capitalised(std::string word) {
    if (word.empty()) return word;
    const auto first = static_cast<unsigned char>(word[0]);
    if (first >= 'a' && first <= 'z') {
        word[0] = static_cast<char>(first - 'a' + 'A');
    } else if (first >= 0xC0 && first < 0xE0 && word.size() >= 2) {
        unsigned code = ((first & 0x1FU) << 6U) | (static_cast<unsigned char>(word[1]) & 0x3FU);
        const bool is_cyrillic = code >= 0x430 && code <= 0x44F;
        const bool is_greek = code >= 0x3B1 && code <= 0x3C9;
        if (is_cyrillic || is_greek) code -= 0x20;
        word[0] = static_cast<char>(0xC0U | (code >> 6U));
        word[1] = static_cast<char>(0x80U | (code & 0x3FU));
    }
    return word;
}

}  // namespace

std::string TextMaker::next_marker() {
    // An odd factor makes another number of each, so that markers next to each other look
    // different.
    constexpr std::size_t kFactor = 40503;
    std::string marker(language_.marker_prefix);
    for (std::size_t rest = markers_++ * kFactor, i = 0; i < 4; ++i, rest /= 16)
        marker += language_.syllables[rest % 16];
    return marker;
}

std::string TextMaker::word() { return std::string(random_.one_of(language_.words)); }

std::string TextMaker::join(const std::vector<std::string>& words) const {
    std::string out;
    for (const std::string& word : words) {
        if (language_.has_spaces && !out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::string TextMaker::words(std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(word());
        if (!language_.glue.empty() && i + 1 < count) out.back() += random_.one_of(language_.glue);
    }
    if (language_.has_case && !out.empty()) out[0] = capitalised(out[0]);
    return join(out);
}

std::string TextMaker::name() {
    if (!language_.has_spaces) return word() + word();
    return capitalised(word()) + " " + capitalised(word());
}

std::string TextMaker::headline() { return words(random_.between(5, 9)); }

std::string TextMaker::sentence(std::string_view marker) {
    const std::size_t count = random_.between(6, 18);
    const std::size_t marked = random_.between(1, count - 2);
    const bool is_quoted = random_.chance(12);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) {
        std::string next = random_.chance(4) ? std::to_string(random_.between(2, 2026)) : word();
        if (i == marked && !marker.empty()) next = marker;
        if (language_.has_case && (i == 0 || random_.chance(5))) next = capitalised(next);
        if (!language_.glue.empty()) next += random_.one_of(language_.glue);
        if (i > 1 && i + 3 < count && random_.chance(14)) next += language_.comma;
        out.push_back(std::move(next));
    }
    if (!language_.endings.empty()) out.push_back(std::string(random_.one_of(language_.endings)));
    std::string text = join(out);
    text += random_.chance(7) ? language_.question : language_.stop;
    if (is_quoted)
        text = std::string(language_.open_quote) + text + std::string(language_.close_quote);
    return text;
}

Piece TextMaker::paragraph(std::size_t sentences) {
    Line line{.cells = {}, .marker = next_marker()};
    std::string text;
    for (std::size_t i = 0; i < sentences; ++i) {
        // Languages without a full stop put a space between sentences.
        if (i > 0 && (language_.has_spaces || language_.stop.empty())) text += ' ';
        text += sentence(i == 0 ? std::string_view(line.marker) : std::string_view());
    }
    line.cells.push_back(std::move(text));
    return {PieceKind::kParagraph, {std::move(line)}};
}

Piece TextMaker::heading() {
    Line line{.cells = {}, .marker = next_marker()};
    const std::string_view gap = language_.has_spaces ? " " : "";
    line.cells.push_back(words(random_.between(1, 3)) + std::string(gap) + line.marker);
    return {PieceKind::kHeading, {std::move(line)}};
}

Piece TextMaker::quote() {
    Piece piece = paragraph(1);
    piece.kind = PieceKind::kQuote;
    return piece;
}

Piece TextMaker::picture() {
    Piece piece = paragraph(1);
    piece.kind = PieceKind::kPicture;
    return piece;
}

std::string TextMaker::time_of_day() {
    const std::size_t minute = random_.below(60);
    return std::to_string(random_.between(5, 23)) + (minute < 10 ? ":0" : ":") +
           std::to_string(minute);
}

std::string TextMaker::date() {
    const std::string day = std::to_string(random_.between(1, 28));
    const std::size_t month = random_.below(12);
    const std::string_view name = language_.months[month];
    if (!language_.has_spaces) return std::string(name) + day + (language_.tag == "th" ? "" : "日");
    if (language_.tag == "ko") return std::string(name) + " " + day + "일";
    return day + " " + std::string(name);
}

Line TextMaker::entry(ListKind kind) {
    Line line{.cells = {}, .marker = next_marker()};
    const std::string_view gap = language_.has_spaces ? " " : "";
    const std::string place = capitalised(word()) + std::string(gap) + line.marker;
    switch (kind) {
        case ListKind::kResults:
            line.cells = {
                place, capitalised(word()),
                std::to_string(random_.below(7)) + "-" + std::to_string(random_.below(7))};
            break;
        case ListKind::kTourDates:
            line.cells = {date(), place, capitalised(words(2))};
            break;
        case ListKind::kIngredients:
            line.cells = {std::to_string(random_.between(1, 60) * 10) + " g",
                          word() + std::string(gap) + line.marker};
            break;
        case ListKind::kPrices:
            line.cells = {place, std::to_string(random_.between(1, 90)) + "." +
                                     std::to_string(random_.between(10, 99)) + " €"};
            break;
        case ListKind::kNames:
            line.cells = {place, words(2)};
            break;
        case ListKind::kTimetable:
            line.cells = {time_of_day(), place, time_of_day()};
            break;
        case ListKind::kQuestions:
            line.cells = {words(random_.between(4, 8)) + std::string(language_.question),
                          sentence(line.marker)};
            break;
        case ListKind::kChronology:
            line.cells = {std::to_string(random_.between(1901, 2026)), sentence(line.marker)};
            break;
    }
    return line;
}

Piece TextMaker::list(ListKind kind, std::size_t entries) {
    Piece piece{PieceKind::kList, {}};
    for (std::size_t i = 0; i < entries; ++i) piece.lines.push_back(entry(kind));
    return piece;
}

MadeUpArticle make_article(const Language& language, std::uint64_t seed,
                           const ArticleOptions& options) {
    TextMaker maker(language, seed);
    MadeUpArticle article{
        .language = &language, .title = maker.headline(), .author = {}, .pieces = {}};
    article.author = maker.name();
    const auto is_due = [](std::size_t at, std::size_t every) {
        return every != 0 && at % every == 0;
    };
    for (std::size_t i = 0; i < options.paragraphs; ++i) {
        if (i > 0) {
            if (is_due(i, options.heading_every)) article.pieces.push_back(maker.heading());
            if (is_due(i, options.picture_every)) article.pieces.push_back(maker.picture());
            if (is_due(i, options.quote_every)) article.pieces.push_back(maker.quote());
            if (is_due(i, options.list_every)) {
                const auto kind = static_cast<ListKind>(maker.random().below(kListKinds));
                article.pieces.push_back(maker.list(kind, maker.random().between(3, 9)));
            }
        }
        const std::size_t sentences = maker.random().between(1, options.max_sentences);
        article.pieces.push_back(maker.paragraph(sentences));
    }
    return article;
}

}  // namespace heliograph::test
