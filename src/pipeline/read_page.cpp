// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/read_page.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/utf8.h"
#include "html/article_html.h"
#include "store/store.h"

namespace heliograph::pipeline {
namespace {

// More pictures than any gallery has; a page that lists more is broken or hostile.
constexpr std::size_t kMaxPicturesOfAnArticle = 200;
// Of an article's text, for lists.
constexpr std::size_t kExcerptCodePoints = 200;

std::vector<std::string> pictures_of(const Article& article) {
    std::vector<std::string> out;
    if (article.lead_image) out.push_back(article.lead_image->url);
    for (std::string& url : html::image_urls(article.body)) {
        if (std::ranges::find(out, url) == out.end()) out.push_back(std::move(url));
    }
    if (out.size() > kMaxPicturesOfAnArticle) out.resize(kMaxPicturesOfAnArticle);
    return out;
}

// Words and pictures. Not white space, mark-up, the targets of links, nor the queries that
// pictures' addresses have against caches: those change from one request to the next.
std::string essence_of(const Article& article, const std::vector<std::string>& pictures) {
    std::string out;
    const auto add = [&](std::string_view text) {
        for (const char c : collapse_space(text))
            if (c != ' ') out += c;
        out += '\n';
    };
    add(article.title);
    add(article.standfirst);
    add(html::plain_text(article.body));
    if (const auto& image = article.lead_image) {
        add(image->caption);
        add(image->credit);
    }
    for (const std::string& url : pictures) add(url.substr(0, url.find('?')));
    return out;
}

}  // namespace

ReadPage read_page(const std::string& bytes, const Url& url, const std::string& charset,
                   const Entry& entry, const SiteRules* rules) {
    extract::ExtractedPage page = extract::extract_page({.bytes = bytes,
                                                         .url = url,
                                                         .transport_charset = charset,
                                                         .entry = &entry,
                                                         .rules = rules});
    ReadPage out{.extraction = std::move(page.extraction),
                 .packed_page = store::pack(bytes),
                 .excerpt = {},
                 .essence = {},
                 .pictures = {},
                 .notes = std::move(page.notes)};
    if (std::holds_alternative<extract::Refusal>(out.extraction) && !entry.content_html.empty()) {
        auto from_entry = extract::extract_entry(entry, url);
        if (std::holds_alternative<Article>(from_entry)) {
            out.extraction = std::move(from_entry);
            out.is_from_entry = true;
        }
    }
    if (const auto* article = std::get_if<Article>(&out.extraction)) {
        const std::string text =
            article->standfirst.empty() ? html::plain_text(article->body) : article->standfirst;
        out.excerpt = shorten(collapse_space(text), kExcerptCodePoints);
        out.pictures = pictures_of(*article);
        out.essence = essence_of(*article, out.pictures);
    }
    return out;
}

}  // namespace heliograph::pipeline
