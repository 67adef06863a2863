// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_table.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/hiding_style.h"
#include "extract/hover_card.h"
#include "extract/short_text.h"
#include "extract/text_weight.h"

namespace heliograph::extract {
namespace {

using html::Node;
using html::Tag;

// Weight from which a text can be a paragraph: about ten English words.
constexpr std::uint32_t kProseWeight = 50;

// The same for scripts that need no sentence marks, where short sentences are told from labels by
// nothing else: about eight Thai words.
constexpr std::uint32_t kUnmarkedProseWeight = 35;

// Elements whose content is no text of the page: besides what html::is_unseen says, controls and
// what stands in for a medium that does not play.
bool is_unread(Tag tag) {
    switch (tag) {
        case LXB_TAG_AUDIO:
        case LXB_TAG_BUTTON:
        case LXB_TAG_CANVAS:
        case LXB_TAG_INPUT:
        case LXB_TAG_MAP:
        case LXB_TAG_METER:
        case LXB_TAG_NOSCRIPT:
        case LXB_TAG_OBJECT:
        case LXB_TAG_PROGRESS:
        case LXB_TAG_VIDEO:
            return true;
        default:
            return html::is_unseen(tag);
    }
}

template <typename Number>
void add(Number& sum, unsigned amount) {
    sum = static_cast<Number>(
        std::min<std::uint64_t>(std::uint64_t{sum} + amount, std::numeric_limits<Number>::max()));
}

// The same on every run and every page. lexbor numbers the elements it knows; the number of any
// other is the place in memory where its name stands.
std::uint32_t hash_of_tag(Node element) {
    const Tag tag = element.tag();
    if (tag < LXB_TAG__LAST_ENTRY) return static_cast<std::uint32_t>(tag);
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : element.name()) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

// Whether it is a link to something else: headings have one to themselves, for readers to copy.
bool leads_elsewhere(Node a, Tag block) {
    return a.has_attribute(LXB_DOM_ATTR_HREF) &&
           !(block >= LXB_TAG_H1 && block <= LXB_TAG_H6 &&
             trim(a.attribute(LXB_DOM_ATTR_HREF)).starts_with('#'));
}

bool is_number(Node node) {
    const Node child = node.first_child();
    if (!child || !child.is_text() || child.next()) return false;
    const std::string_view text = trim(child.text());
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// What of a class attribute goes into a row.
struct ClassSigns {
    Names names = 0;
    std::uint32_t signature = 0;
    bool is_hidden = false;    // by the meaning that its names usually have
    bool is_in_rules = false;  // a style sheet of the page may hide or show it
    CardNames card;
};

// Remembers what it has seen: a page repeats a few hundred class attributes thousands of times.
// Keeps views into the page; one per page.
class ClassMemory {
  public:
    explicit ClassMemory(const HidingRules& rules) : rules_(rules) {}

    // `seed` is the hash of the element's tag.
    const ClassSigns& of(std::string_view value, std::uint32_t seed) {
        Slot& slot = slots_[(hash_of_names(value) + seed) % slots_.size()];
        if (slot.is_taken && slot.seed == seed && slot.value == value) return slot.signs;
        std::uint32_t hash = seed;
        for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        slot = {.value = value,
                .seed = seed,
                .is_taken = true,
                .signs = {.names = read_names(value),
                          .signature = hash,
                          .is_hidden = is_hidden_by_class(value),
                          .is_in_rules = rules_.knows_class(value),
                          .card = read_card_names(value)}};
        return slot.signs;
    }

  private:
    const HidingRules& rules_;
    struct Slot {
        std::string_view value;
        std::uint32_t seed = 0;
        bool is_taken = false;
        ClassSigns signs;
    };
    std::array<Slot, 512> slots_{};  // by hash; a later one takes the place of an earlier one
};

// Letters, and what else only weighs in a text.
constexpr auto kIsPlain = [] {
    std::array<bool, 256> plain{};
    for (int c = ' ' + 1; c < 0x80; ++c)
        plain[static_cast<std::size_t>(c)] =
            !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
            !std::string_view(",;.!?:\"')]").contains(static_cast<char>(c));
    return plain;
}();

// Whether blocks stand directly in an inline element, or in one of a made-up name: then it is a
// box.
bool holds_blocks(Node element) {
    constexpr int kMaxChildren = 8;
    int count = 0;
    for (Node child = element.first_child(); child && count < kMaxChildren; child = child.next()) {
        if (!child.is_element()) continue;
        if (html::is_block(child.tag())) return true;
        ++count;
    }
    return false;
}

// React sends parts of a page that come late in <div hidden id="S:0">; a script puts them in place.
bool is_streamed_part(Node element) {
    const std::string_view id = element.id();
    return id.size() > 2 && id.starts_with("S:") &&
           id.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

// Whether it is the long form of the abbreviation that it stands in, for who points at that.
bool is_long_form(Node node) {
    constexpr std::size_t kMaxBytes = 300;  // longer ones explain something
    const Node outer = node.parent();
    if (!outer || outer.tag() != LXB_TAG_ABBR) return false;
    const std::string_view title = trim(outer.attribute(LXB_DOM_ATTR_TITLE));
    return !title.empty() && title.size() <= kMaxBytes && short_text(node, title.size()) == title;
}

// Builds the tables; the state of the walk.
class Walk {
  public:
    Walk(PageTable& table, std::string_view page_utf8)
        : table_(table), rules_(HidingRules::of_page(page_utf8)), classes_(rules_) {}

    void run(Node root, const html::Document& document) {
        itemprop_ = document.attribute_id("itemprop");
        aria_hidden_ = document.attribute_id("aria-hidden");
        role_ = document.attribute_id("role");
        hidden_ = document.attribute_id("hidden");
        popover_ = document.attribute_id("popover");
        style_ = document.attribute_id("style");
        Node node = root;
        while (node) {
            bool descend = false;
            if (node.is_text()) {
                add_text(node);
            } else if (node.is_element()) {
                if (table_.rows.size() >= kMaxRows) break;
                descend = enter(node);
            }
            if (descend && node.first_child()) {
                node = node.first_child();
                continue;
            }
            if (descend) leave();
            while (node != root && !node.next()) {
                node = node.parent();
                leave();
            }
            if (node == root) break;
            node = node.next();
        }
        while (!open_.empty()) leave();
    }

  private:
    // True when its children are to be walked; leave() is due then.
    bool enter(Node node) {
        const Tag tag = node.tag();
        node.set_mark(table_.rows.size() + 1);
        if (is_line_break(node)) {
            block_is_open_ = false;
            after_break_ = true;
        }
        const auto index = static_cast<std::uint32_t>(table_.rows.size());
        Row& row = table_.rows.emplace_back();
        row.node = node;
        row.tag = tag;
        row.depth = static_cast<std::uint16_t>(std::min<std::size_t>(open_.size(), UINT16_MAX));
        if (!open_.empty()) row.parent = open_.back().row;
        const bool is_block = html::is_block(tag);
        if (is_block) {
            block_is_open_ = false;
            after_break_ = false;
        }
        row.first_block =
            static_cast<std::uint32_t>(table_.blocks.size()) - (block_is_open_ ? 1 : 0);
        row.is_unread = is_unread(tag);
        std::uint32_t hash = hash_of_tag(node);
        bool is_hidden_by_name = false;
        bool is_in_rules = false;
        bool is_opened_by_reader = false;
        CardNames card;
        node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            if (id == LXB_DOM_ATTR_CLASS) {
                const ClassSigns& signs = classes_.of(value.substr(0, kMaxNameBytes), hash);
                row.names |= signs.names;
                hash = signs.signature;
                is_hidden_by_name = signs.is_hidden;
                card = signs.card;
                is_in_rules = is_in_rules || signs.is_in_rules;
            } else if (id == LXB_DOM_ATTR_ID) {
                row.names |= read_names(value.substr(0, kMaxNameBytes));
                is_in_rules = is_in_rules || (!rules_.empty() && rules_.knows_id(value));
            } else if (id == style_) {
                if (is_hidden_by_style(value)) row.is_hidden = true;
            } else if (id == hidden_) {
                // Browsers find and open "until-found" when a reader searches for its text.
                if (!equals_ignoring_ascii_case(value, "until-found")) row.is_hidden = true;
            } else if (id == aria_hidden_) {
                if (value == "true") row.names |= kHiddenName;
            } else if (id == role_) {
                if (value == "navigation" || value == "search" || value == "menu")
                    row.names |= kNav;
                if (value == "complementary") row.names |= kSide;
                if (value == "contentinfo") row.names |= kFoot;
                if (value == "dialog" || value == "alertdialog") row.names |= kWidget;
                if (value == "tooltip") row.is_hidden = true;
                if (value == "tabpanel" || value == "region") is_opened_by_reader = true;
            } else if (id == popover_) {
                row.is_hidden = true;  // until a button opens it
            } else if (id == itemprop_) {
                if (value == "articleBody") row.is_body_property = true;
                if (value == "author") row.names |= kAuthor;
                if (value == "datePublished" || value == "dateModified") row.names |= kMeta;
                if (value == "caption") row.names |= kCaption;
                if (value == "headline") row.names |= kTitleName;
            }
        });
        row.signature = hash;
        const auto effect = is_in_rules ? rules_.effect_on(node) : HidingStyle::Effect::kNone;
        if (effect == HidingStyle::Effect::kHides ||
            (is_hidden_by_name && effect != HidingStyle::Effect::kShows) ||
            (tag == LXB_TAG_DIALOG && !node.has_attribute("open")))
            row.is_hidden = true;
        if (row.is_hidden &&
            (is_opened_by_reader || is_collapsible(node.class_name()) || is_streamed_part(node)))
            row.is_hidden = false;
        if (tag == LXB_TAG_BODY) {
            row.names = 0;  // they say of what kind the page is
            row.is_hidden = false;
        }
        const bool is_card = is_hover_card(node, card, is_block);
        row.is_hidden = row.is_hidden || is_card;
        // Counters and help texts in the middle of lines. Hidden blocks are kept here: some pages
        // show their article only when a script has run (remove_hidden_text() decides).
        if (row.is_hidden && !is_block && (is_card || !holds_blocks(node))) row.is_unread = true;
        // How many have commented on a paragraph, in front of its first word.
        if (!is_block && (row.names & kComment) != 0 && is_number(node)) row.is_unread = true;
        if (!is_block && is_long_form(node)) row.is_unread = true;
        if (row.is_unread) {
            row.end = index + 1;
            row.end_block = static_cast<std::uint32_t>(table_.blocks.size());
            return false;
        }
        const Open* outer = open_.empty() ? nullptr : &open_.back();
        Open open{.row = index,
                  .block_row = is_block || outer == nullptr ? index : outer->block_row,
                  .is_block = is_block,
                  .is_link = outer != nullptr && outer->is_link,
                  .is_strong = outer != nullptr && outer->is_strong};
        if (tag == LXB_TAG_A && leads_elsewhere(node, table_.rows[open.block_row].tag))
            open.is_link = true;
        if (tag == LXB_TAG_B || tag == LXB_TAG_STRONG || tag == LXB_TAG_I || tag == LXB_TAG_EM)
            open.is_strong = true;
        open_.push_back(open);
        return true;
    }

    void leave() {
        const Open open = open_.back();
        open_.pop_back();
        if (open.is_block) {
            block_is_open_ = false;
            after_break_ = false;
        }
        Row& row = table_.rows[open.row];
        row.end = static_cast<std::uint32_t>(table_.rows.size());
        row.end_block = static_cast<std::uint32_t>(table_.blocks.size());
    }

    void add_text(Node node) {
        const std::string_view text = node.text();
        std::size_t i = 0;
        while (i < text.size() && static_cast<unsigned char>(text[i]) <= ' ') ++i;
        if (i == text.size()) return;
        if (!block_is_open_) {
            if (trim(text).empty()) return;
            Block& block = table_.blocks.emplace_back();
            block.row = open_.back().block_row;
            block.first_text = static_cast<std::uint32_t>(table_.texts.size());
            block.is_after_break = after_break_;
            block.hash = 2166136261U;
            block_is_open_ = true;
            after_break_ = false;
            phrase_ = {};
            unmarked_ = 0;
        }
        Block& block = table_.blocks.back();
        node.set_mark(table_.blocks.size());
        table_.texts.push_back(node);
        block.end_text = static_cast<std::uint32_t>(table_.texts.size());
        unsigned weight = 0;
        unsigned commas = 0;
        unsigned stops = 0;
        unsigned digits = 0;
        unsigned capitals = 0;
        unsigned unmarked = 0;
        std::uint32_t hash = block.hash;
        bool ends_with_stop = block.ends_with_stop;
        while (i < text.size()) {
            const std::size_t begin = i;
            for (; i < text.size() && kIsPlain[static_cast<unsigned char>(text[i])]; ++i)
                hash = (hash ^ static_cast<unsigned char>(text[i])) * 16777619U;
            if (i > begin) {
                weight += static_cast<unsigned>(i - begin);
                ends_with_stop = false;
                phrase_ = {};
                if (i == text.size()) break;
            }
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < 0x80) {
                ++i;
                if (byte <= ' ') {
                    phrase_.saw_space = true;
                    continue;
                }
                phrase_ = {};
                ++weight;
                unsigned folded = byte;
                switch (byte) {
                    case ',':
                    case ';':
                        ++commas;
                        ends_with_stop = false;
                        break;
                    case '.':
                    case '!':
                    case '?':
                        // "3.5" and "www.x.example" end no sentence.
                        if (i == text.size() || static_cast<unsigned char>(text[i]) <= ' ' ||
                            text[i] == '"' || text[i] == ')')
                            ++stops;
                        ends_with_stop = true;
                        break;
                    case ':':
                        ends_with_stop = false;
                        break;
                    case '"':
                    case '\'':
                    case ')':
                    case ']':
                        break;
                    default:
                        ends_with_stop = false;
                        if (byte >= '0' && byte <= '9') ++digits;
                        if (byte >= 'A' && byte <= 'Z') {
                            ++capitals;
                            folded = byte + 32;
                        }
                }
                hash = (hash ^ folded) * 16777619U;
                continue;
            }
            const char32_t c = next_code_point(text, i);
            const Traits traits = traits_of(c);
            if ((traits & kSpaceTrait) != 0) {
                // Some Khmer and Thai pages put the invisible U+200B between words.
                if (c != 0x200B) phrase_.saw_space = true;
                continue;
            }
            hash = (hash ^ ((traits & kCapitalTrait) != 0 ? lower(c) : c)) * 16777619U;
            if ((traits & kUnspacedTrait) != 0 && phrase_.is_open && phrase_.saw_space) ++commas;
            if ((traits & kUnmarkedTrait) != 0) ++unmarked;
            phrase_ = {.is_open = (traits & kUnspacedTrait) != 0};
            if ((traits & kStopTrait) != 0) {
                ++stops;
                ++weight;
                ends_with_stop = true;
            } else if ((traits & kCommaTrait) != 0) {
                ++commas;
                ++weight;
                ends_with_stop = false;
            } else if ((traits & kClosingTrait) != 0) {
                ++weight;
            } else {
                ends_with_stop = false;
                weight += weight_of(traits);
                if ((traits & kDigitTrait) != 0) ++digits;
                if ((traits & kCapitalTrait) != 0) ++capitals;
            }
        }
        add(block.weight, weight);
        add(block.commas, commas);
        add(block.stops, stops);
        add(block.digits, digits);
        add(unmarked_, unmarked);
        block.is_unmarked = unmarked_ > block.weight / 2;
        add(block.capitals, capitals);
        block.hash = hash;
        block.ends_with_stop = ends_with_stop;
        if (open_.back().is_link) add(block.link_weight, weight);
        if (open_.back().is_strong) add(block.strong_weight, weight);
    }

    // Names are looked at up to here; what comes after is an attack or a mistake.
    static constexpr std::size_t kMaxNameBytes = 512;

    struct Open {
        std::uint32_t row;
        std::uint32_t block_row;
        bool is_block;
        bool is_link;
        bool is_strong;
    };

    PageTable& table_;
    HidingRules rules_;
    ClassMemory classes_;
    std::vector<Open> open_;
    bool block_is_open_ = false;
    bool after_break_ = false;
    // What stands before the next character of the open block: a letter of a script without spaces
    // between words, and white space after it.
    struct Phrase {
        bool is_open = false;
        bool saw_space = false;
    };
    Phrase phrase_;
    std::uint32_t unmarked_ = 0;  // of the open block
    lxb_dom_attr_id_t itemprop_ = 0;
    lxb_dom_attr_id_t aria_hidden_ = 0;
    lxb_dom_attr_id_t role_ = 0;
    lxb_dom_attr_id_t hidden_ = 0;
    lxb_dom_attr_id_t popover_ = 0;
    lxb_dom_attr_id_t style_ = 0;
};

}  // namespace

bool is_line_break(html::Node element) {
    if (element.tag() != LXB_TAG_SPAN || element.first_child()) return element.tag() == LXB_TAG_BR;
    const std::string_view names = element.class_name();
    return names == "br" || names.starts_with("br ") || names.ends_with(" br") ||
           names.contains(" br ");
}

bool is_prose(const Block& block) {
    if (block.link_weight * 5 >= block.weight * 2) return false;
    if (block.is_unmarked) return block.weight >= kUnmarkedProseWeight;
    return block.weight >= kProseWeight &&
           (block.commas + block.stops > 0 || block.weight >= 3 * kProseWeight);
}

PageTable::PageTable(const html::Document& document, std::string_view page_utf8) {
    const Node root = document.body() ? document.body() : document.root();
    rows.reserve(2'000);
    blocks.reserve(500);
    texts.reserve(1'000);
    Walk(*this, page_utf8).run(root, document);
    sum_up();
}

void PageTable::sum_up() {
    weight_before.resize(blocks.size() + 1);
    link_weight_before.resize(blocks.size() + 1);
    prose_before.resize(blocks.size() + 1);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        weight_before[i + 1] = weight_before[i] + blocks[i].weight;
        link_weight_before[i + 1] = link_weight_before[i] + blocks[i].link_weight;
        prose_before[i + 1] = prose_before[i] + (is_prose(blocks[i]) ? blocks[i].weight : 0);
    }
}

void PageTable::remove_text_of(const std::vector<bool>& marked) {
    // New number of each block, and behind the last one their count.
    std::vector<std::uint32_t> number(blocks.size() + 1, 0);
    std::vector<bool> is_removed(rows.size(), false);
    for (std::size_t r = 0; r < rows.size(); ++r)
        is_removed[r] = marked[r] || (rows[r].parent != kNoRow && is_removed[rows[r].parent]);
    std::uint32_t kept = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        number[b] = kept;
        const Block block = blocks[b];
        const bool stays = !is_removed[block.row];
        for (std::uint32_t t = block.first_text; t < block.end_text; ++t)
            texts[t].set_mark(stays ? std::size_t{kept} + 1 : SIZE_MAX);
        if (stays) blocks[kept++] = block;
    }
    number[blocks.size()] = kept;
    blocks.resize(kept);
    for (Row& row : rows) {
        row.first_block = number[row.first_block];
        row.end_block = number[row.end_block];
    }
    sum_up();
}

std::uint64_t PageTable::place_of(const Block& block) const {
    std::uint64_t place = 0;
    std::uint32_t r = block.row;
    for (int level = 0; level < 3 && r != kNoRow; ++level) {
        place = place * 1'000'003 + rows[r].signature;
        r = rows[r].parent;
    }
    return place;
}

bool PageTable::stands_in(const Block& block, std::initializer_list<html::Tag> elements) const {
    for (std::uint32_t r = block.row; r != kNoRow; r = rows[r].parent)
        if (std::ranges::find(elements, rows[r].tag) != elements.end()) return true;
    return false;
}

std::string PageTable::text_of(const Block& block, std::size_t max_bytes) const {
    std::string out;
    if (block.end_text == block.first_text + 1) {
        out = collapse_space(texts[block.first_text].text().substr(0, max_bytes));
    } else {
        for (std::uint32_t i = block.first_text; i < block.end_text && out.size() <= max_bytes; ++i)
            out += texts[i].text().substr(0, max_bytes);
        out = collapse_space(out);
    }
    if (out.size() > max_bytes) {
        std::size_t end = max_bytes;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
        out.resize(end);
    }
    return out;
}

}  // namespace heliograph::extract
