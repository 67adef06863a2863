// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/read_page.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "base/utf8.h"
#include "html/article_builder.h"
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

// Fills in what is kept beside the article.
void describe(ReadPage& page) {
    const auto* article = std::get_if<Article>(&page.extraction);
    if (article == nullptr) return;
    const std::string text =
        article->standfirst.empty() ? html::plain_text(article->body) : article->standfirst;
    page.excerpt = shorten(collapse_space(text), kExcerptCodePoints);
    page.pictures = pictures_of(*article);
    page.essence = essence_of(*article);
}

// Each block of the top level, with the line feed that ends it (docs/formats/article-html.md).
template <typename Visitor>  // void(std::string_view)
void for_each_block(std::string_view body, Visitor&& visit) {
    while (!body.empty()) {
        std::size_t end = body.find('\n');
        // Others stand in preformatted text.
        while (end + 1 < body.size() &&
               (body[end + 1] != '<' || body.substr(end + 1).starts_with("</")))
            end = body.find('\n', end + 1);
        end = std::min(end, body.size() - 1);
        visit(body.substr(0, end + 1));
        body.remove_prefix(end + 1);
    }
}

}  // namespace

// Not white space, mark-up, the targets of links, nor the queries that
// pictures' addresses have against caches: those change from one request to the next.
std::string essence_of(const Article& article) {
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
    for (const std::string& url : pictures_of(article)) add(url.substr(0, url.find('?')));
    return out;
}

ReadPage read_page(const std::string& bytes, const Url& url, const std::string& charset,
                   const Entry& entry, const SiteRules* rules,
                   const extract::HostTemplates* templates) {
    extract::ExtractedPage page = extract::extract_page({.bytes = bytes,
                                                         .url = url,
                                                         .transport_charset = charset,
                                                         .entry = &entry,
                                                         .templates = templates,
                                                         .rules = rules});
    ReadPage out{.extraction = std::move(page.extraction),
                 .packed_page = store::pack(bytes),
                 .excerpt = {},
                 .essence = {},
                 .pictures = {},
                 .notes = std::move(page.notes)};
    if (std::holds_alternative<extract::Refusal>(out.extraction) && !entry.content_html.empty()) {
        auto from_entry = extract::extract_entry(entry, url);
        if (std::holds_alternative<Article>(from_entry.extraction)) {
            out.extraction = std::move(from_entry.extraction);
            out.notes.data_images = std::move(from_entry.notes.data_images);
            out.is_from_entry = true;
        }
    }
    describe(out);
    return out;
}

void add_pages(ReadPage& first, const std::vector<std::string>& later_bodies) {
    auto* article = std::get_if<Article>(&first.extraction);
    if (article == nullptr || later_bodies.empty()) return;
    std::set<std::string, std::less<>> seen;
    for_each_block(article->body, [&](std::string_view block) { seen.emplace(block); });
    std::string whole = article->body;
    for (const std::string& body : later_bodies)
        for_each_block(body, [&](std::string_view block) {
            if (seen.emplace(block).second) whole += block;
        });
    // Headings find their level again.
    article->body = html::rebuild_article_html(whole);
    describe(first);
}

}  // namespace heliograph::pipeline
