// SPDX-License-Identifier: GPL-3.0-or-later
// Article HTML as a tree, for formats in which an element depends on what stands beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/article_html.h"

namespace heliograph::render {

struct Node {
    html::ArticleToken token;  // the start tag; points into the text given to parse_body
    std::string text;          // of a text node, references decoded
    std::vector<Node> children;

    [[nodiscard]] bool is_text() const { return token.name.empty(); }
    [[nodiscard]] bool is(std::string_view name) const { return token.name == name; }
    [[nodiscard]] std::string attribute(std::string_view name) const {
        return html::attribute_value(token, name);
    }
};

// The blocks of a body. What is not article HTML ends the reading; what was read before it stays.
[[nodiscard]] std::vector<Node> parse_body(std::string_view article_html);

// Elements that article HTML lets stand where a block stands.
[[nodiscard]] bool is_block(const Node& node);

// The first child of that name; null when there is none.
[[nodiscard]] const Node* child_named(const Node& node, std::string_view name);

// All text below the node, as it stands.
[[nodiscard]] std::string text_of(const Node& node);

// True for addresses that a reader may follow: http, https, mailto, tel. Article HTML has no
// others; a page is written as if it might.
[[nodiscard]] bool is_safe_link(std::string_view address);

}  // namespace heliograph::render
