// SPDX-License-Identifier: GPL-3.0-or-later
// What the builder makes of anything is article HTML, and building from that gives it again.
#include "html/article_html.h"

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/article_builder.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const std::string text = to_valid_utf8(fuzz::as_text(data, size));
    const std::string built = html::rebuild_article_html(text);
    html::ArticleReader reader(built);
    html::ArticleToken token;
    while (reader.next(token)) {
        if (token.kind != html::ArticleToken::Kind::kText)
            fuzz::require(html::parse_article_element(token.name).has_value(),
                          "each element is of the closed set");
    }
    fuzz::require(reader.ok(), "the result reads to its end");
    fuzz::require(html::rebuild_article_html(built) == built,
                  "the same content has the same bytes");
    fuzz::require(is_utf8(html::plain_text(built)), "its plain text is valid UTF-8");
    return 0;
}
