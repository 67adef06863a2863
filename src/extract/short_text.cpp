// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/short_text.h"

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

// Elements without text: a box of hundreds of them holds no short text.
constexpr int kMaxNodes = 400;

}  // namespace

std::string short_text(html::Node node, std::size_t most) {
    std::size_t bytes = 0;
    int nodes = 0;
    for (html::Node inside = node; inside; ++nodes) {
        if (nodes > kMaxNodes) return {};
        if (inside.is_text()) {
            bytes += trim(inside.text()).size();
            if (bytes > most) return {};
        } else if (inside.is_element() && html::is_unseen(inside.tag())) {
            inside = inside.next_past(node);
            continue;
        }
        inside = inside.next_in(node);
    }
    return bytes > 0 ? node.text_content() : std::string{};
}

}  // namespace heliograph::extract
