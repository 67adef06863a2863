// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the page, the article is valid: text in UTF-8, a body that keeps each rule of article
// HTML, is its own canonical form and the same tree to a browser, addresses of http and https
// alone, confidences between 0 and 1.
#include <string>
#include <variant>

#include "base/utf8.h"
#include "extract/extract.h"
#include "fuzz/property.h"
#include "html/article_builder.h"
#include "html/article_html.h"
#include "html/url.h"
#include "tests/support/article_check.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static const Url url = html::parse_url("https://a.example/news/2026/11/14/page.html").value();
    const auto extraction = extract::extract_article(
        {.bytes = fuzz::as_text(data, size), .url = url, .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) {
        fuzz::require(!std::get<extract::Refusal>(extraction).reason.empty(), "a refusal says why");
        return 0;
    }
    fuzz::require(!article->title.empty() && is_utf8(article->title), "the title is valid UTF-8");
    fuzz::require(is_utf8(article->body), "the body is valid UTF-8");
    fuzz::require(html::rebuild_article_html(article->body) == article->body,
                  "the body is its own canonical form");
    for (const std::string& address : html::image_urls(article->body))
        fuzz::require(html::parse_url(address).has_value(), "a picture has an address of the web");
    const std::string fault = test::ArticleCheck::fault_of(article->body);
    fuzz::require(fault.empty(), fault.c_str());
    for (const auto& [field, evidence] : article->evidence)
        fuzz::require(evidence.confidence >= 0 && evidence.confidence <= 1,
                      "a confidence is between 0 and 1");
    return 0;
}
