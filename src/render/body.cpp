// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/body.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace heliograph::render {
namespace {

// Article HTML nests blocks 12 deep and no inline element in one of its own name, so it stays far
// below this. Deeper elements are left out, their text stays: the writers are recursive.
constexpr std::size_t kMaxDepth = 64;

bool is_void(std::string_view name) { return name == "br" || name == "hr" || name == "img"; }

}  // namespace

std::vector<Node> parse_body(std::string_view article_html) {
    Node root;
    // Pointers stay good: only the last child of the innermost open element grows.
    std::vector<Node*> open = {&root};
    html::ArticleReader reader(article_html);
    std::size_t too_deep = 0;
    for (html::ArticleToken token; reader.next(token);) {
        if (token.kind == html::ArticleToken::Kind::kText) {
            open.back()->children.push_back(
                {.token = token, .text = html::unescape(token.text), .children = {}});
        } else if (token.kind == html::ArticleToken::Kind::kStart) {
            if (open.size() >= kMaxDepth && !is_void(token.name)) {
                ++too_deep;
                continue;
            }
            open.back()->children.push_back({.token = token, .text = {}, .children = {}});
            if (!is_void(token.name)) open.push_back(&open.back()->children.back());
        } else if (too_deep > 0) {
            --too_deep;
        } else if (open.size() > 1 && open.back()->is(token.name)) {
            open.pop_back();
        } else {
            break;  // an end tag that closes nothing: not article HTML
        }
    }
    return std::move(root.children);
}

bool is_block(const Node& node) {
    constexpr auto kNames =
        std::to_array<std::string_view>({"blockquote", "dl", "figure", "h2", "h3", "h4", "h5", "h6",
                                         "hr", "ol", "p", "pre", "table", "ul"});
    static_assert(std::ranges::is_sorted(kNames));
    return std::ranges::binary_search(kNames, node.token.name);
}

const Node* child_named(const Node& node, std::string_view name) {
    const auto found =
        std::ranges::find_if(node.children, [&](const Node& child) { return child.is(name); });
    return found == node.children.end() ? nullptr : &*found;
}

std::string text_of(const Node& node) {
    std::string out = node.text;
    for (const Node& child : node.children) out += text_of(child);
    return out;
}

bool is_safe_link(std::string_view address) {
    return std::ranges::any_of(
        std::to_array<std::string_view>({"https:", "http:", "mailto:", "tel:"}),
        [&](std::string_view scheme) { return starts_with_ignoring_ascii_case(address, scheme); });
}

}  // namespace heliograph::render
