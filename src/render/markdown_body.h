// SPDX-License-Identifier: GPL-3.0-or-later
// The body of an article as GitHub Flavored Markdown.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/asset.h"
#include "render/texts.h"

namespace heliograph::render {

// What a body needs to know of its page.
struct BodyContext {
    const Texts& texts;
    // The stored picture of an address; null when there is none.
    std::function<const Asset*(std::string_view url)> picture;
    std::string to_root;  // "../../../": from the page to the mirror's root
    // Pictures that are not stored are shown from where the publisher has them. Never on a page of
    // a mirror: its readers ask no other host.
    bool shows_originals = false;

    // The key itself when there is no such text.
    [[nodiscard]] std::string text(std::string_view key) const {
        const auto found = texts.find(key);
        return found == texts.end() ? std::string(key) : found->second;
    }
};

// Blocks with a blank line between them. A reader of Markdown gives the
// text of the body (html::plain_text) back.
[[nodiscard]] std::string markdown_body(std::string_view article_html, const BodyContext& context);

// Plain text between emphasis that works whatever stands in the text: "*text*" or "<em>text</em>".
[[nodiscard]] std::string markdown_emphasis(std::string_view text);

// What stands for a picture that the mirror does not have.
[[nodiscard]] std::string missing_picture(std::string_view alt, const BodyContext& context);

}  // namespace heliograph::render
