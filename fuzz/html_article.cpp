// SPDX-License-Identifier: GPL-3.0-or-later
// What the builder makes of anything is article HTML, and building from that gives it again.
#include "html/article_html.h"

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/article_builder.h"
#include "tests/support/article_check.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const std::string text = to_valid_utf8(fuzz::as_text(data, size));
    const std::string built = html::rebuild_article_html(text);
    const std::string fault = test::ArticleCheck::fault_of(built);
    fuzz::require(fault.empty(), fault.c_str());
    fuzz::require(html::rebuild_article_html(built) == built,
                  "the same content has the same bytes");
    fuzz::require(is_utf8(html::plain_text(built)), "its plain text is valid UTF-8");
    return 0;
}
