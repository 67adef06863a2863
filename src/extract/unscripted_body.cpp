// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/unscripted_body.h"

#include <algorithm>
#include <cstddef>

#include "base/utf8.h"
#include "extract/notices.h"
#include "extract/phrases.h"
#include "extract/text_fold.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

// Elements of one kind that are looked at, and bytes of all of them: a page of news has below a
// hundred, with pictures in them.
constexpr int kMaxElements = 500;
constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;
// An article has at least so many paragraphs, together of so many bytes.
constexpr int kLeastParagraphs = 3;
constexpr std::size_t kLeastBytes = 400;
// Of a paragraph that is looked for, in folded bytes: what follows may be marked up otherwise.
constexpr std::size_t kBytesOfBeginning = 60;
// A template stands for the article where it is so many times longer than a <noscript>.
constexpr std::size_t kTimesOfNoscript = 2;

int count_of_paragraphs(std::string_view html) {
    int count = 0;
    for (std::size_t at = html.find("<p"); at != std::string_view::npos; at = html.find("<p", at)) {
        at += 2;
        if (at < html.size() && (html[at] == '>' || html[at] == ' ' || html[at] == '\n')) ++count;
    }
    return count;
}

bool has_gaps(std::string_view html) {
    return html.contains("{{") || html.contains("<%") || html.contains("<#") || html.contains("${");
}

bool is_article(std::string_view html) {
    return html.size() >= kLeastBytes && count_of_paragraphs(html) >= kLeastParagraphs;
}

// Calls visit with the tag and the content of each element of a name, in order.
template <typename Visitor>  // void(std::string_view tag, std::string_view content)
void for_each_element(std::string_view page, std::string_view open, std::string_view close,
                      Visitor&& visit) {
    std::size_t left = kMaxBytes;
    int count = 0;
    for (std::size_t at = page.find(open); at != std::string_view::npos && count < kMaxElements;
         at = page.find(open, at)) {
        const std::size_t begin = page.find('>', at);
        if (begin == std::string_view::npos) return;
        const std::size_t end = page.find(close, begin);
        if (end == std::string_view::npos || end - begin > left) return;
        left -= end - begin;
        ++count;
        visit(page.substr(at, begin - at), page.substr(begin + 1, end - begin - 1));
        at = end;
    }
}

// Whether a script is HTML that another script puts into the page.
bool is_template(std::string_view tag) {
    const std::string lower = ascii_lower(tag.substr(0, 500));
    return lower.contains("template") || lower.contains("text/html");
}

}  // namespace

std::string unscripted_body(std::string_view page_utf8, std::string_view beginning, bool has_text) {
    if (has_text && beginning.empty()) return {};
    std::string_view best;
    std::string_view best_template;
    for_each_element(page_utf8, "<noscript", "</noscript",
                     [&](std::string_view, std::string_view content) {
                         if (content.size() > best.size() && is_article(content)) best = content;
                     });
    const auto consider = [&](std::string_view content) {
        if (content.size() > best_template.size() && is_article(content) && !has_gaps(content))
            best_template = content;
    };
    for_each_element(page_utf8, "<script", "</script",
                     [&](std::string_view tag, std::string_view content) {
                         if (is_template(tag)) consider(content);
                     });
    for_each_element(page_utf8, "<template", "</template",
                     [&](std::string_view, std::string_view content) { consider(content); });
    const std::string_view found =
        best_template.size() > kTimesOfNoscript * best.size() ? best_template : best;
    if (found.empty()) return {};
    const std::string text = html::text_of_fragment(found);
    if (notice_of(fold(text)) == Notice::kCookies) return {};
    if (has_text && !folded(text).contains(first_bytes(folded(beginning), kBytesOfBeginning)))
        return {};
    return std::string(found);
}

}  // namespace heliograph::extract
