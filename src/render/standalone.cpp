// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/standalone.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/date.h"
#include "render/language.h"
#include "render/markdown.h"
#include "render/markdown_body.h"
#include "render/texts.h"

namespace heliograph::render {

std::string to_markdown(const Article& article) {
    const Texts texts = built_in_texts(article.language).value_or(Texts{});
    const BodyContext context{.texts = texts,
                              .picture = [](std::string_view) { return nullptr; },
                              .to_root = {},
                              .shows_originals = true};
    std::string out = fmt::format("# {}\n\n", escape_markdown(article.title));
    std::string byline =
        fmt::format("{}", fmt::join(article.authors, list_separator(article.language)));
    if (article.published) {
        if (!byline.empty()) byline += ", ";
        byline += format_local(*article.published);
    }
    if (!byline.empty()) out += escape_markdown(byline) + "\n\n";
    if (!article.standfirst.empty())
        out += fmt::format("**{}**\n\n", escape_markdown(article.standfirst));
    if (const auto& image = article.lead_image) {
        out += markdown_picture(image->alt, image->url) + "\n\n";
        if (!image->caption.empty()) out += markdown_emphasis(image->caption) + "\n\n";
    }
    return out + markdown_body(article.body, context) + '\n';
}

}  // namespace heliograph::render
