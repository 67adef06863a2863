// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/hover_card.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "extract/short_text.h"
#include "extract/short_words.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxClassBytes = 512;
// A name or a term; a longer text opens no card.
constexpr std::size_t kMaxTriggerBytes = 100;
// Nodes of a card that are looked at for the words before it.
constexpr int kMaxNodes = 80;

// What the words of one class name say.
constexpr std::uint32_t kTip = 1;  // it opens over the text
constexpr std::uint32_t kBox = 2;  // it is what opens, not what opens it
constexpr ShortWords kWords(std::to_array<std::pair<std::string_view, std::uint32_t>>({
    {"block", kBox},
    {"body", kBox},
    {"box", kBox},
    {"bubble", kBox},
    {"card", kBox},
    {"content", kBox},
    {"contents", kBox},
    {"details", kBox},
    {"hovercard", kTip},
    {"info", kBox},
    {"inner", kBox},
    {"panel", kBox},
    {"popover", kTip},
    {"rollover", kTip},
    {"text", kBox},
    {"tippy", kTip},
    {"tooltip", kTip},
    {"tooltipcontent", kTip | kBox},
    {"tooltiptext", kTip | kBox},
}));

// Elements that a page uses as boxes; links and emphasis are words of the text.
bool may_be_box(Node element, bool is_block) {
    return is_block || element.tag() == LXB_TAG_SPAN || element.tag() >= LXB_TAG__LAST_ENTRY;
}

// Whether something with text or elements stands before it in the same element.
bool has_trigger(Node element) {
    for (Node before = element.previous(); before; before = before.previous()) {
        if (before.is_text() && !trim(before.text()).empty()) return true;
        if (before.is_element() && before.first_child()) return true;
    }
    return false;
}

// Whether the card says again what the element before it says, with pictures or links below.
bool repeats_trigger(Node card) {
    if (card.tag() != LXB_TAG_SPAN) return false;
    Node before = card.previous();
    while (before && before.is_text() && trim(before.text()).empty()) before = before.previous();
    if (!before || !before.is_element()) return false;
    const std::string trigger = short_text(before, kMaxTriggerBytes);
    if (trigger.empty()) return false;
    int nodes = 0;
    int links = 0;
    bool has_picture = false;
    bool repeats = false;
    for (Node node = card.first_child(); node && nodes < kMaxNodes; node = node.next_in(card)) {
        ++nodes;
        if (node.is_text()) {
            repeats = repeats ||
                      collapse_space(first_bytes(node.text(), 2 * kMaxTriggerBytes)) == trigger;
        } else if (node.is_element()) {
            links += node.tag() == LXB_TAG_A ? 1 : 0;
            has_picture = has_picture || node.tag() == LXB_TAG_IMG;
        }
    }
    return repeats && (has_picture || links >= 2);
}

}  // namespace

CardNames read_card_names(std::string_view attribute) {
    attribute = attribute.substr(0, kMaxClassBytes);
    CardNames names;
    std::uint32_t one = 0;  // of the current name
    std::size_t end_before = 0;
    for_each_word_of_names(attribute, [&](std::size_t begin, std::size_t end) {
        if (one != 0 &&
            attribute.substr(end_before, begin - end_before).find_first_of(" \t\r\n\f:") !=
                std::string_view::npos)
            one = 0;
        // "tooltip-text" is a box, "text-tooltip" opens one.
        one |= kWords.bits_of(attribute.substr(begin, end - begin));
        if ((one & kTip) == 0) one = 0;
        names.is_tip = names.is_tip || (one & kTip) != 0;
        names.is_tip_box = names.is_tip_box || one == (kTip | kBox);
        end_before = end;
    });
    return names;
}

bool is_hover_card(Node element, CardNames names, bool is_block) {
    if (!may_be_box(element, is_block)) return false;
    if (names.is_tip_box && has_trigger(element)) return true;
    if (names.is_tip && !is_block && has_trigger(element)) {
        const Node parent = element.parent();
        if (parent && parent.is_element() && !html::is_block(parent.tag()) &&
            read_card_names(parent.class_name()).is_tip)
            return true;
    }
    return !is_block && repeats_trigger(element);
}

}  // namespace heliograph::extract
