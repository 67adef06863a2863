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

}  // namespace

ReadPage read_page(const std::string& bytes, const Url& url, const std::string& charset,
                   const Entry& entry) {
    ReadPage out{.extraction = extract::extract_article(
                     {.bytes = bytes, .url = url, .transport_charset = charset, .entry = &entry}),
                 .packed_page = store::pack(bytes),
                 .excerpt = {},
                 .pictures = {}};
    if (std::holds_alternative<extract::Refusal>(out.extraction) && !entry.content_html.empty()) {
        auto from_entry = extract::extract_entry(entry, url);
        if (std::holds_alternative<Article>(from_entry)) out.extraction = std::move(from_entry);
    }
    if (const auto* article = std::get_if<Article>(&out.extraction)) {
        const std::string text =
            article->standfirst.empty() ? html::plain_text(article->body) : article->standfirst;
        out.excerpt = shorten(collapse_space(text), kExcerptCodePoints);
        out.pictures = pictures_of(*article);
    }
    return out;
}

}  // namespace heliograph::pipeline
