// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/article_measure.h"

#include <algorithm>
#include <unordered_map>
#include <variant>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::test {
namespace {

// The text of article HTML or of a line without what is not compared.
std::string squeezed(std::string_view text) {
    constexpr std::string_view kLeftOut[] = {" ", "\n", "\t",     ":",     "|",
                                             "-", "–",  "\u00A0", "\u3000"};
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        const auto* const left_out = std::ranges::find_if(
            kLeftOut, [&](std::string_view mark) { return rest.starts_with(mark); });
        if (left_out != std::end(kLeftOut)) {
            i += left_out->size();
        } else {
            out += text[i++];
        }
    }
    return out;
}

// All text of article HTML, with that of captions.
std::string all_text(std::string_view article_html) {
    std::string out;
    html::ArticleReader reader(article_html);
    for (html::ArticleToken token; reader.next(token);) {
        if (token.kind == html::ArticleToken::Kind::kText)
            out += html::unescape(token.text);
        else
            out += '\n';
    }
    return out;
}

struct Wanted {
    std::string text;
    std::size_t marker_at = 0;  // place of the marker in the text
    PieceKind kind = PieceKind::kParagraph;
    std::size_t piece = 0;
    bool is_found = false;
};

constexpr std::size_t kMaxAddedBytes = 160;  // of one text that is shown

}  // namespace

Measure measure(const MadeUpArticle& article, std::string_view page) {
    Measure out;
    std::vector<Wanted> wanted;
    std::unordered_map<std::string, std::size_t> by_marker;
    for (std::size_t p = 0; p < article.pieces.size(); ++p)
        for (const Line& line : article.pieces[p].lines) {
            Wanted one{.text = {}, .marker_at = 0, .kind = article.pieces[p].kind, .piece = p};
            for (const std::string& cell : line.cells) one.text += squeezed(cell);
            one.marker_at = one.text.find(line.marker);
            by_marker.emplace(line.marker, wanted.size());
            wanted.push_back(std::move(one));
        }
    const auto extraction =
        extract::extract_article({.bytes = page,
                                  .url = html::parse_url("https://daily.example/news/1").value(),
                                  .transport_charset = "utf-8"});
    std::string text;
    if (const auto* refusal = std::get_if<extract::Refusal>(&extraction)) {
        out.refusal = refusal->reason;
    } else {
        text = squeezed(all_text(std::get<Article>(extraction).body));
    }
    const Language& language = *article.language;
    const std::size_t marker_bytes =
        language.marker_prefix.size() + 4 * language.syllables.front().size();
    std::size_t covered = 0;  // up to here each byte is of the article or was counted as added
    std::size_t added = 0;
    const auto add = [&](std::size_t begin, std::size_t end) {
        if (begin >= end) return;
        added += end - begin;
        out.added_texts.push_back(text.substr(begin, std::min(end - begin, kMaxAddedBytes)));
    };
    std::size_t last = 0;
    bool has_last = false;
    for (std::size_t at = text.find(language.marker_prefix); at != std::string::npos;
         at = text.find(language.marker_prefix, at + 1)) {
        const auto found = by_marker.find(text.substr(at, marker_bytes));
        if (found == by_marker.end()) continue;
        Wanted& one = wanted[found->second];
        if (one.is_found || at < one.marker_at ||
            text.compare(at - one.marker_at, one.text.size(), one.text) != 0)
            continue;
        one.is_found = true;
        add(covered, at - one.marker_at);
        covered = at - one.marker_at + one.text.size();
        if (one.kind == PieceKind::kPicture) continue;
        if (has_last && found->second < last) out.is_in_order = false;
        last = found->second;
        has_last = true;
    }
    add(covered, text.size());
    std::size_t bytes = 0;
    std::size_t kept = 0;
    for (const Wanted& one : wanted) {
        if (one.kind == PieceKind::kPicture) {
            ++out.captions;
            out.kept_captions += one.is_found ? 1 : 0;
            continue;
        }
        ++out.lines;
        bytes += one.text.size();
        if (one.is_found) {
            ++out.kept_lines;
            kept += one.text.size();
        } else {
            out.lost.push_back({.kind = one.kind,
                                .place = article.pieces.size() < 2
                                             ? 0
                                             : static_cast<double>(one.piece) /
                                                   static_cast<double>(article.pieces.size() - 1),
                                .text = one.text});
        }
    }
    out.kept = bytes == 0 ? 1 : static_cast<double>(kept) / static_cast<double>(bytes);
    out.added = bytes == 0 ? 0 : static_cast<double>(added) / static_cast<double>(bytes);
    out.text = std::move(text);
    return out;
}

}  // namespace heliograph::test
