// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/article_builder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "html/url.h"

namespace heliograph::html {
namespace {

using enum ArticleElement;

// Longer ones are data, not addresses; browsers refuse them as well.
constexpr std::size_t kMaxHrefBytes = 4096;
// Of alt and title.
constexpr std::size_t kMaxAttributeCodePoints = 1000;
// BCP 47 sets no limit; RFC 5646 section 4.4.1 says that 35 characters hold every useful tag.
constexpr std::size_t kMaxLanguageBytes = 35;
constexpr int kMaxPixels = 20'000;
constexpr int kMaxSpan = 100;

// Of Unicode's default-ignorable code points (DerivedCoreProperties) those that pages put where
// there is nothing. They mean something beside letters: a joiner shapes them.
bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x61C || (c >= 0x200C && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

constexpr auto kNames = std::to_array<std::pair<std::string_view, ArticleElement>>({
    {"a", kA},
    {"abbr", kAbbr},
    {"blockquote", kBlockquote},
    {"br", kBr},
    {"caption", kCaption},
    {"cite", kCite},
    {"code", kCode},
    {"dd", kDd},
    {"del", kDel},
    {"dl", kDl},
    {"dt", kDt},
    {"em", kEm},
    {"figcaption", kFigcaption},
    {"figure", kFigure},
    {"h2", kH2},
    {"h3", kH3},
    {"h4", kH4},
    {"h5", kH5},
    {"h6", kH6},
    {"hr", kHr},
    {"img", kImg},
    {"ins", kIns},
    {"kbd", kKbd},
    {"li", kLi},
    {"mark", kMark},
    {"ol", kOl},
    {"p", kP},
    {"pre", kPre},
    {"q", kQ},
    {"rp", kRp},
    {"rt", kRt},
    {"ruby", kRuby},
    {"s", kS},
    {"small", kSmall},
    {"strong", kStrong},
    {"sub", kSub},
    {"sup", kSup},
    {"table", kTable},
    {"tbody", kTbody},
    {"td", kTd},
    {"tfoot", kTfoot},
    {"th", kTh},
    {"thead", kThead},
    {"time", kTime},
    {"tr", kTr},
    {"u", kU},
    {"ul", kUl},
});
static_assert(std::ranges::is_sorted(kNames));

constexpr bool is_block_element(ArticleElement element) { return element <= kHr; }
constexpr bool is_heading(ArticleElement element) { return element >= kH2 && element <= kH6; }
constexpr bool is_section(ArticleElement element) {
    return element == kThead || element == kTbody || element == kTfoot;
}

// Block levels that the element and what must be in it need: a list, its item, a paragraph.
constexpr std::size_t height_of(ArticleElement element) {
    switch (element) {
        case kBlockquote:
        case kFigure:
            return 2;
        case kUl:
        case kOl:
        case kDl:
            return 3;
        case kTable:
            return 5;
        default:
            return 1;
    }
}

// White space of HTML; what else counts as a space (no-break, ideographic) does not collapse.
constexpr bool is_html_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Bytes of a character at the front of `text` that no document may have: C0 and C1 controls,
// U+007F, U+FFFE, U+FFFF (XML 1.0 section 2.2, HTML "control"). 0 when there is none.
std::size_t forbidden_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7F) return is_html_space(text[0]) ? 0 : 1;
    if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;
    if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 3;
    return 0;
}

// How much is written between two looks at the size of the article.
constexpr std::size_t kMaxRunBytes = 4096;

// How far `text` is words with one space before each, of no byte that needs a closer look.
std::size_t plain_length(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // After a space it depends on what follows.
        if (byte == ' ' && end == i) continue;
        if (byte <= ' ' || byte == 0x7F || byte == 0xC2 || byte == 0xEF) break;
        end = i + 1;
    }
    return end;
}

// A plain decimal number between the bounds.
std::optional<int> parse_number(std::string_view text, int low, int high) {
    text = trim(text);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value < low || value > high) return std::nullopt;
    return value;
}

// "640", "640px", "640.5": what pages write; the whole pixels of it.
std::optional<int> parse_pixels(std::string_view text) {
    text = trim(text);
    if (text.ends_with("px")) text.remove_suffix(2);
    text = text.substr(0, text.find('.'));
    return parse_number(text, 1, kMaxPixels);
}

// The form of BCP 47: groups of 1 to 8 letters and digits, the first of 2 to 8 letters.
bool is_language_tag(std::string_view text) {
    if (text.size() > kMaxLanguageBytes) return false;
    std::size_t group = 0;
    bool is_first = true;
    for (const char c : text) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool is_digit = c >= '0' && c <= '9';
        if (c == '-') {
            if (group == 0 || (is_first && group < 2)) return false;
            is_first = false;
            group = 0;
        } else if (!is_letter && (is_first || !is_digit)) {
            return false;
        } else if (++group > 8) {
            return false;
        }
    }
    return group >= (is_first ? 2U : 1U);
}

// What a <time> may say (HTML, "valid date string" and its kin, durations too): its characters.
bool is_date_text(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || std::string_view("TZPDHMSWtz:+-. ").contains(c);
    });
}

// The text of an attribute: one line, no forbidden characters, not endless.
std::string attribute_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t skip = forbidden_bytes(text.substr(i)); skip > 0) {
            i += skip;
        } else {
            clean += text[i++];
        }
    }
    return shorten(collapse_space(clean), kMaxAttributeCodePoints);
}

}  // namespace

std::string_view to_string(ArticleElement element) {
    static constexpr auto kByElement = [] {
        std::array<std::string_view, kNames.size()> names;
        for (const auto& [name, known] : kNames) names[static_cast<std::size_t>(known)] = name;
        return names;
    }();
    return kByElement[static_cast<std::size_t>(element)];
}

std::optional<ArticleElement> parse_article_element(std::string_view name) {
    const auto* known =
        std::ranges::lower_bound(kNames, name, {}, [](const auto& n) { return n.first; });
    if (known == kNames.end() || known->first != name) return std::nullopt;
    return known->second;
}

ArticleBuilder::ArticleBuilder(const Url* base) : base_(base) {
    nodes_.reserve(256);
    nodes_.emplace_back();
    blocks_.push_back({0, false});
}

// ---- the tree ----

std::uint32_t ArticleBuilder::add_node(std::uint32_t parent, ArticleElement element) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    Node& node = nodes_.emplace_back();
    node.element = element;
    node.parent = parent;
    node.previous = nodes_[parent].last;
    if (node.previous != kNone) {
        nodes_[node.previous].next = index;
    } else {
        nodes_[parent].first = index;
    }
    nodes_[parent].last = index;
    return index;
}

void ArticleBuilder::unlink(std::uint32_t node) {
    Node& gone = nodes_[node];
    (gone.previous != kNone ? nodes_[gone.previous].next : nodes_[gone.parent].first) = gone.next;
    (gone.next != kNone ? nodes_[gone.next].previous : nodes_[gone.parent].last) = gone.previous;
    gone.previous = gone.next = kNone;
}

// What was written to attributes_ since `begin` belongs to the node.
void ArticleBuilder::set_attributes(std::uint32_t node, std::uint32_t begin) {
    nodes_[node].begin = begin;
    nodes_[node].size = static_cast<std::uint32_t>(attributes_.size()) - begin;
}

bool ArticleBuilder::top_is_leaf() const {
    if (top_is_root()) return false;
    switch (top()) {
        case kP:
        case kDt:
        case kPre:
        case kFigcaption:
        case kCaption:
        case kA:  // of an embedded thing
            return true;
        default:
            return is_heading(top());
    }
}

bool ArticleBuilder::is_embed(std::uint32_t figure) const {
    return std::string_view(attributes_)
        .substr(nodes_[figure].begin, nodes_[figure].size)
        .contains(" data-embed=");
}

bool ArticleBuilder::top_is_embed() const {
    return top_is(kFigure) && is_embed(blocks_.back().node);
}

void ArticleBuilder::push_block(ArticleElement element, bool is_implied) {
    blocks_.push_back({add_node(blocks_.back().node, element), is_implied});
    pending_space_ = false;
    at_start_ = true;
    after_break_ = false;
    leaf_has_image_ = false;
    for (OpenInline& open : inlines_) open.node = kNone;
}

void ArticleBuilder::pop_block() {
    const std::uint32_t node = blocks_.back().node;
    const bool was_leaf = top_is_leaf();
    const ArticleElement element = nodes_[node].element;
    if (was_leaf) finish_leaf(node);
    blocks_.pop_back();
    if (element == kFigure) finish_figure(node);
    if (element == kTable) finish_table(node);
    // A rule separates; at the end there is nothing to separate from.
    if (nodes_[node].last != kNone && nodes_[nodes_[node].last].element == kHr &&
        !nodes_[nodes_[node].last].is_text)
        unlink(nodes_[node].last);
    if (nodes_[node].first == kNone && element != kTd && element != kTh) unlink(node);
    pending_space_ = false;
    for (OpenInline& open : inlines_) open.node = kNone;
}

void ArticleBuilder::pop_implied_blocks() {
    while (blocks_.back().is_implied) pop_block();
}

void ArticleBuilder::end_paragraph() {
    if (top_is(kP)) pop_block();
}

// A block within a heading or a caption: its words at least stay apart.
void ArticleBuilder::separate_in_leaf() {
    if (top_is(kPre)) {
        if (!at_start_ && !text_.ends_with('\n')) append_preformatted("\n");
    } else if (!at_start_) {
        pending_space_ = true;
    }
}

// Makes the top a place for blocks, or false when it cannot be one.
bool ArticleBuilder::prepare_flow() {
    for (;;) {
        if (top_is_root()) return true;
        switch (top()) {
            case kUl:
            case kOl:
                push_block(kLi, true);
                return true;
            case kDl:
                push_block(kDd, true);
                return true;
            case kTable:
                push_block(kTbody, true);
                break;
            case kThead:
            case kTbody:
            case kTfoot:
                push_block(kTr, true);
                break;
            case kTr:
                push_block(kTd, true);
                return true;
            case kFigure:
                return false;
            default:
                return !top_is_leaf();
        }
    }
}

// Makes the top a place for text.
void ArticleBuilder::ensure_leaf() {
    if (top_is_leaf()) return;
    if (top_is(kFigure)) {
        open_figcaption();
        blocks_.back().is_implied = true;
    } else if (prepare_flow()) {
        push_block(kP, true);
    }
}

// Where text goes in the leaf: the innermost inline element that is open, made now if need be.
std::uint32_t ArticleBuilder::write_position() {
    std::uint32_t position = blocks_.back().node;
    if (top_is(kPre)) return position;
    const bool in_link = top_is(kA);
    bool made = false;
    for (OpenInline& open : inlines_) {
        if (in_link && open.element == kA) continue;
        if (open.node == kNone || made) {
            // <b>one</b><b>two</b> is one piece of bold text.
            const std::uint32_t last = nodes_[position].last;
            if (open.size == 0 && last != kNone && !nodes_[last].is_text &&
                nodes_[last].element == open.element && open.element != kRuby &&
                open.element != kRt && open.element != kRp) {
                open.node = last;
            } else {
                open.node = add_node(position, open.element);
                nodes_[open.node].begin = open.begin;
                nodes_[open.node].size = open.size;
            }
            made = true;
        }
        position = open.node;
    }
    return position;
}

// The same, but outside of the elements that nothing needed yet: a space or a break before the
// first word of bold text is not bold.
std::uint32_t ArticleBuilder::made_position() const {
    std::uint32_t position = blocks_.back().node;
    for (const OpenInline& open : inlines_) {
        if (open.node == kNone) break;
        position = open.node;
    }
    return position;
}

// ---- events ----

void ArticleBuilder::open(ArticleElement element, const ArticleAttributes& attributes) {
    if (element == kBr) return add_break();
    if (element == kHr) return add_rule();
    if (element == kImg) return add_image(attributes);
    const auto height = static_cast<std::uint32_t>(blocks_.size());
    if (!is_block_element(element)) {
        const Opened::Kind kind = open_inline(element, attributes);
        opened_.push_back({kind, height});
        return;
    }
    const Opened::Kind kind = open_block(element, attributes);
    // What was closed to make room stays closed.
    const auto below =
        static_cast<std::uint32_t>(blocks_.size()) - (kind == Opened::Kind::kBlock ? 1U : 0U);
    opened_.push_back({kind, kind == Opened::Kind::kBlock ? below : height});
}

void ArticleBuilder::close() {
    assert(!opened_.empty());
    const Opened last = opened_.back();
    opened_.pop_back();
    switch (last.kind) {
        case Opened::Kind::kNothing:
            break;
        case Opened::Kind::kBreak:
            break_paragraph();
            break;
        case Opened::Kind::kInline:
            inlines_.pop_back();
            break;
        case Opened::Kind::kBlock:
            while (blocks_.size() > last.height) pop_block();
            break;
    }
}

void ArticleBuilder::break_paragraph() {
    if (top_is(kP)) {
        end_paragraph();
    } else if (top_is_leaf()) {
        separate_in_leaf();
    }
}

ArticleBuilder::Opened::Kind ArticleBuilder::open_block(ArticleElement element,
                                                        const ArticleAttributes& attributes) {
    using enum Opened::Kind;
    end_paragraph();
    if (element == kFigcaption) {
        const Opened::Kind kind = open_figcaption();
        if (kind == kBlock) {
            const auto begin = static_cast<std::uint32_t>(attributes_.size());
            append_block_attributes(element, attributes);
            set_attributes(blocks_.back().node, begin);
        }
        return kind;
    }
    if (element == kFigure) {
        // A figure within a figure: the outer one ends.
        if (top_is(kFigcaption)) pop_block();
        if (top_is(kFigure)) pop_block();
    }
    if (top_is_leaf()) {
        separate_in_leaf();
        return kBreak;
    }
    switch (element) {
        case kLi:
            pop_implied_blocks();
            if (!top_is(kUl) && !top_is(kOl)) return kBreak;
            push_block(element, false);
            break;
        case kDt:
        case kDd:
            pop_implied_blocks();
            if (!top_is(kDl)) return kBreak;
            push_block(element, false);
            break;
        case kCaption:
        case kThead:
        case kTbody:
        case kTfoot:
        case kTr:
        case kTh:
        case kTd:
            if (open_table_part(element) == kBreak) return kBreak;
            break;
        case kTable:
            if (std::ranges::any_of(blocks_, [&](const OpenBlock& block) {
                    return block.node != 0 && nodes_[block.node].element == kTable;
                }))
                return kBreak;
            [[fallthrough]];
        default:
            if (!prepare_flow()) return kBreak;
            // blocks_ has the root as well.
            if (blocks_.size() - 1 + height_of(element) > kMaxBlockDepth) return kBreak;
            push_block(element, false);
    }
    const auto begin = static_cast<std::uint32_t>(attributes_.size());
    append_block_attributes(element, attributes);
    set_attributes(blocks_.back().node, begin);
    return kBlock;
}

ArticleBuilder::Opened::Kind ArticleBuilder::open_table_part(ArticleElement element) {
    using enum Opened::Kind;
    // Down to what the part may stand in; an implied row takes a cell, an implied body a row.
    const auto fits = [&] {
        if (element == kTh || element == kTd) return top_is(kTr);
        if (element == kTr) return !top_is_root() && is_section(top());
        return top_is(kTable);
    };
    while (!fits() && blocks_.back().is_implied) pop_block();
    if (!fits() && element == kTr && top_is(kTable)) push_block(kTbody, true);
    if (!fits() && (element == kTh || element == kTd)) {
        if (top_is(kTable)) push_block(kTbody, true);
        if (!top_is_root() && is_section(top())) push_block(kTr, true);
    }
    if (!fits()) return kBreak;
    push_block(element, false);
    return kBlock;
}

ArticleBuilder::Opened::Kind ArticleBuilder::open_figcaption() {
    using enum Opened::Kind;
    if (top_is(kFigcaption)) {
        separate_in_leaf();
        return kBreak;
    }
    if (!top_is(kFigure)) {
        if (top_is_leaf()) separate_in_leaf();
        return kBreak;
    }
    const std::uint32_t last = nodes_[blocks_.back().node].last;
    if (last == kNone || nodes_[last].element != kFigcaption) {
        push_block(kFigcaption, false);
        return kBlock;
    }
    // A second caption of the same pictures goes on the next line of the first.
    blocks_.push_back({last, false});
    for (OpenInline& open : inlines_) open.node = kNone;
    pending_space_ = false;
    at_start_ = false;
    after_break_ = false;
    leaf_has_image_ = false;
    add_break();
    return kBlock;
}

ArticleBuilder::Opened::Kind ArticleBuilder::open_inline(ArticleElement element,
                                                         const ArticleAttributes& attributes) {
    using enum Opened::Kind;
    const auto begin = static_cast<std::uint32_t>(attributes_.size());
    if (element == kA && top_is_embed()) {
        if (nodes_[blocks_.back().node].first != kNone || !append_link(attributes.href))
            return kNothing;
        push_block(kA, false);
        set_attributes(blocks_.back().node, begin);
        return kBlock;
    }
    const auto is_open = [&](ArticleElement other) {
        return std::ranges::any_of(inlines_,
                                   [&](const OpenInline& o) { return o.element == other; });
    };
    if (is_open(element)) return kNothing;
    if ((element == kRt || element == kRp) &&
        (inlines_.empty() || inlines_.back().element != kRuby))
        return kNothing;
    if (element == kA && top_is(kA)) return kNothing;
    bool is_allowed = true;
    if (element == kA) is_allowed = append_link(attributes.href);
    if (element == kTime)
        is_allowed =
            is_date_text(attributes.datetime) && append_attribute("datetime", attributes.datetime);
    if (!is_allowed) {
        attributes_.resize(begin);
        return kNothing;
    }
    // In the order of their names: datetime and href are before dir only by luck of the alphabet.
    std::string own = attributes_.substr(begin);
    attributes_.resize(begin);
    const std::string dir = ascii_lower(trim(attributes.dir));
    const bool has_dir = dir == "ltr" || dir == "rtl" || dir == "auto";
    if (element == kTime) attributes_ += own;
    if (has_dir) append_attribute("dir", dir);
    if (element == kA) attributes_ += own;
    if (is_language_tag(attributes.lang)) append_attribute("lang", attributes.lang);
    if (element == kAbbr) {
        const std::string title = attribute_text(attributes.title);
        if (title.empty()) {
            attributes_.resize(begin);
            return kNothing;
        }
        append_attribute("title", title);
    }
    inlines_.push_back(
        {element, begin, static_cast<std::uint32_t>(attributes_.size()) - begin, kNone});
    return kInline;
}

void ArticleBuilder::add_break() {
    if (top_is(kPre)) return append_preformatted("\n");
    if (!top_is_leaf()) return;
    if (at_start_) {
        // Two in a row are how old pages and many a Chinese one write paragraphs.
        if (after_break_ && top_is(kP)) end_paragraph();
        return;
    }
    trim_end(blocks_.back().node);
    if (nodes_[blocks_.back().node].last == kNone) return;
    add_node(made_position(), kBr);
    pending_space_ = false;
    at_start_ = after_break_ = true;
}

void ArticleBuilder::add_rule() {
    end_paragraph();
    if (top_is_leaf() || top_is(kFigure) || !prepare_flow()) return;
    const std::uint32_t last = nodes_[blocks_.back().node].last;
    if (last == kNone || nodes_[last].element == kHr) return;
    add_node(blocks_.back().node, kHr);
}

void ArticleBuilder::add_image(const ArticleAttributes& attributes) {
    if (top_is(kPre) || top_is(kA) || top_is_embed()) return;
    const auto begin = static_cast<std::uint32_t>(attributes_.size());
    if (text_.size() + attributes_.size() > kMaxArticleBytes) return;
    if (!append_image_attributes(attributes)) {
        attributes_.resize(begin);
        return;
    }
    if (top_is(kFigcaption)) {
        // A picture has no place in a caption: it is one more of the figure.
        const std::uint32_t caption = blocks_.back().node;
        const std::uint32_t figure = nodes_[caption].parent;
        if (is_embed(figure)) return;
        const std::uint32_t image = add_node(figure, kImg);
        set_attributes(image, begin);
        unlink(caption);
        nodes_[caption].previous = nodes_[figure].last;
        nodes_[nodes_[figure].last].next = caption;
        nodes_[figure].last = caption;
        return;
    }
    if (top_is(kFigure)) {
        const std::uint32_t caption = nodes_[blocks_.back().node].last;
        const bool has_caption = caption != kNone && nodes_[caption].element == kFigcaption;
        if (has_caption && nodes_[blocks_.back().node].first != caption) {
            // The next picture of a gallery, with a caption of its own to come. The record of the
            // figure's open() ends this new one just as well.
            pop_block();
            push_block(kFigure, false);
            set_attributes(add_node(blocks_.back().node, kImg), begin);
            return;
        }
        const std::uint32_t image = add_node(blocks_.back().node, kImg);
        set_attributes(image, begin);
        if (has_caption) {
            unlink(caption);
            nodes_[caption].previous = image;
            nodes_[image].next = caption;
            nodes_[blocks_.back().node].last = caption;
        }
        return;
    }
    ensure_leaf();
    if (!top_is_leaf()) return;
    append_run({});
    set_attributes(add_node(write_position(), kImg), begin);
    at_start_ = after_break_ = false;
    leaf_has_image_ = true;
}

void ArticleBuilder::text(std::string_view utf8) {
    if (top_is(kPre)) return append_preformatted(utf8);
    while (!utf8.empty()) {
        std::size_t space = 0;
        while (space < utf8.size() && is_html_space(utf8[space])) ++space;
        if (space > 0) {
            pending_space_ = true;
            utf8.remove_prefix(space);
            if (utf8.empty()) break;
        }
        std::size_t end = 0;
        while (end < utf8.size() && !is_html_space(utf8[end]) &&
               forbidden_bytes(utf8.substr(end)) == 0)
            ++end;
        if (end == 0) {
            utf8.remove_prefix(forbidden_bytes(utf8));
            continue;
        }
        std::string_view run = utf8.substr(0, end);
        utf8.remove_prefix(end);
        if (!top_is_leaf() || at_start_) {
            // At the start of a line no kind of space counts, nor does it begin a paragraph.
            std::size_t skip = 0;
            while (skip < run.size()) {
                std::size_t next = skip;
                if (!is_space(next_code_point(run, next))) break;
                skip = next;
            }
            run.remove_prefix(skip);
            if (run.empty()) continue;
        }
        if (text_.size() + attributes_.size() > kMaxArticleBytes) return;
        ensure_leaf();
        if (!top_is_leaf()) return;
        append_run(run);
        // What follows the first word goes where that is.
        const std::size_t more = plain_length(utf8.substr(0, kMaxRunBytes));
        if (more > 0) append_run(utf8.substr(0, more));
        utf8.remove_prefix(more);
    }
}

// A run without white space but single spaces before its words, after the one space that stands
// before it all, if any. An empty run writes the space alone.
void ArticleBuilder::append_run(std::string_view run) {
    const auto append = [&](std::uint32_t parent, std::string_view piece) {
        const std::uint32_t last = nodes_[parent].last;
        std::uint32_t node = last;
        if (last == kNone || !nodes_[last].is_text ||
            nodes_[last].begin + nodes_[last].size != text_.size()) {
            node = add_node(parent, kP);
            nodes_[node].is_text = true;
            nodes_[node].begin = static_cast<std::uint32_t>(text_.size());
        }
        append_escaped_text(text_, piece);
        nodes_[node].size = static_cast<std::uint32_t>(text_.size()) - nodes_[node].begin;
    };
    if (pending_space_ && !at_start_) {
        append(made_position(), " ");
    }
    pending_space_ = false;
    if (run.empty()) return;
    append(write_position(), run);
    at_start_ = after_break_ = false;
}

void ArticleBuilder::append_preformatted(std::string_view utf8) {
    const std::uint32_t leaf = blocks_.back().node;
    if (text_.size() + attributes_.size() > kMaxArticleBytes) return;
    std::uint32_t node = nodes_[leaf].last;
    if (node == kNone || nodes_[node].begin + nodes_[node].size != text_.size()) {
        node = add_node(leaf, kP);
        nodes_[node].is_text = true;
        nodes_[node].begin = static_cast<std::uint32_t>(text_.size());
    }
    while (!utf8.empty()) {
        if (const std::size_t skip = forbidden_bytes(utf8); skip > 0) {
            utf8.remove_prefix(skip);
            continue;
        }
        const char c = utf8.front();
        if (c == '\t') {
            text_ += c;
            at_start_ = false;
        } else if (c == '\n') {
            // Empty lines at the start would be lost to the next HTML parser.
            if (!at_start_) text_ += '\n';
        } else if (c != '\r' && c != '\f') {
            std::size_t end = 1;
            while (end < utf8.size() && !is_html_space(utf8[end]) &&
                   forbidden_bytes(utf8.substr(end)) == 0)
                ++end;
            append_escaped_text(text_, utf8.substr(0, end));
            at_start_ = false;
            utf8.remove_prefix(end);
            continue;
        }
        utf8.remove_prefix(1);
    }
    nodes_[node].size = static_cast<std::uint32_t>(text_.size()) - nodes_[node].begin;
}

// ---- what ends ----

// Whether a leaf has nothing but spaces and characters that show nothing alone: joiners, soft
// hyphens, marks of direction.
bool ArticleBuilder::shows_nothing(std::uint32_t leaf) const {
    for (std::uint32_t node = nodes_[leaf].first; node != kNone; node = nodes_[node].next) {
        if (!nodes_[node].is_text) {
            if (nodes_[node].element == kImg || !shows_nothing(node)) return false;
            continue;
        }
        const std::string_view text =
            std::string_view(text_).substr(nodes_[node].begin, nodes_[node].size);
        for (std::size_t i = 0; i < text.size();)
            if (const char32_t c = next_code_point(text, i); !is_space(c) && !is_invisible(c))
                return false;
    }
    return true;
}

// Takes off spaces and breaks at the end of a leaf, and the elements that held nothing else.
void ArticleBuilder::trim_end(std::uint32_t leaf) {
    const bool is_empty = shows_nothing(leaf);
    for (;;) {
        std::uint32_t node = leaf;
        while (!nodes_[node].is_text && nodes_[node].last != kNone) node = nodes_[node].last;
        if (node == leaf) return;
        Node& last = nodes_[node];
        if (last.is_text) {
            const std::string_view text = std::string_view(text_).substr(last.begin, last.size);
            std::size_t size = text.size();
            while (size > 0) {
                std::size_t begin = size - 1;
                while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
                    --begin;
                std::size_t position = begin;
                if (!is_empty && !is_space(next_code_point(text, position))) break;
                size = begin;
            }
            last.size = static_cast<std::uint32_t>(size);
            if (size > 0) return;
        } else if (last.element == kImg) {
            return;
        }
        unlink(node);
        for (OpenInline& open : inlines_)
            if (open.node == node) open.node = kNone;
    }
}

void ArticleBuilder::finish_leaf(std::uint32_t node) {
    trim_end(node);
    if (nodes_[node].first == kNone) return;
    if (leaf_has_image_ && (nodes_[node].element == kP || is_heading(nodes_[node].element)))
        make_figure(node);
    if (is_heading(nodes_[node].element)) set_heading_level(node);
}

// A paragraph of nothing but pictures becomes a figure.
void ArticleBuilder::make_figure(std::uint32_t leaf) {
    std::vector<std::uint32_t> images;
    std::vector<std::uint32_t> waiting = {nodes_[leaf].first};
    while (!waiting.empty()) {
        const std::uint32_t node = waiting.back();
        waiting.pop_back();
        if (nodes_[node].next != kNone) waiting.push_back(nodes_[node].next);
        if (nodes_[node].is_text) {
            const std::string_view text =
                std::string_view(text_).substr(nodes_[node].begin, nodes_[node].size);
            if (!trim(text).empty()) return;
        } else if (nodes_[node].element == kImg) {
            images.push_back(node);
        } else if (nodes_[node].first != kNone) {
            waiting.push_back(nodes_[node].first);
        }
    }
    nodes_[leaf].element = kFigure;
    nodes_[leaf].first = nodes_[leaf].last = kNone;
    for (const std::uint32_t image : images) {
        const std::uint32_t copy = add_node(leaf, kImg);
        nodes_[copy].begin = nodes_[image].begin;
        nodes_[copy].size = nodes_[image].size;
    }
}

void ArticleBuilder::finish_figure(std::uint32_t node) {
    const std::uint32_t first = nodes_[node].first;
    if (first == kNone || nodes_[first].element != kFigcaption) return;
    // A caption without its picture: its words are a paragraph.
    nodes_[node].element = kP;
    nodes_[node].size = 0;
    nodes_[node].first = nodes_[first].first;
    nodes_[node].last = nodes_[first].last;
    for (std::uint32_t child = nodes_[node].first; child != kNone; child = nodes_[child].next)
        nodes_[child].parent = node;
}

// Brings the parts into their order: caption, head, one body, foot. Rows of nothing go.
void ArticleBuilder::finish_table(std::uint32_t node) {
    std::uint32_t caption = kNone;
    std::vector<std::uint32_t> head;
    std::vector<std::uint32_t> body;
    std::vector<std::uint32_t> foot;
    bool has_row_span = false;
    std::array<std::uint32_t, 3> sections = {kNone, kNone, kNone};
    for (std::uint32_t part = nodes_[node].first; part != kNone; part = nodes_[part].next) {
        const ArticleElement element = nodes_[part].element;
        if (element == kCaption) {
            if (caption == kNone) caption = part;
            continue;
        }
        // Only the first head, and only before the body, is a head.
        const bool is_head = element == kThead && head.empty() && body.empty();
        if (element == kTbody || (element == kThead && !is_head)) {
            body.insert(body.end(), foot.begin(), foot.end());
            foot.clear();
        }
        auto& rows = is_head ? head : element == kTfoot ? foot : body;
        auto& section = sections[is_head ? 0 : element == kTfoot ? 2 : 1];
        if (section == kNone) section = part;
        for (std::uint32_t row = nodes_[part].first; row != kNone; row = nodes_[row].next) {
            rows.push_back(row);
            for (std::uint32_t cell = nodes_[row].first; cell != kNone; cell = nodes_[cell].next)
                has_row_span = has_row_span || std::string_view(attributes_)
                                                   .substr(nodes_[cell].begin, nodes_[cell].size)
                                                   .contains(" rowspan=");
        }
    }
    const auto is_empty_row = [&](std::uint32_t row) {
        for (std::uint32_t cell = nodes_[row].first; cell != kNone; cell = nodes_[cell].next)
            if (nodes_[cell].first != kNone) return false;
        return true;
    };
    bool has_content = false;
    for (auto* rows : {&head, &body, &foot}) {
        for (const std::uint32_t row : *rows) has_content = has_content || !is_empty_row(row);
        if (!has_row_span) std::erase_if(*rows, is_empty_row);
    }
    if (body.empty()) {
        body = std::move(foot);
        foot.clear();
    }
    if (body.empty()) {
        body = std::move(head);
        head.clear();
    }
    nodes_[node].first = nodes_[node].last = kNone;
    if (!has_content) {
        if (caption == kNone) return;
        // The caption alone is text.
        nodes_[node].element = kP;
        nodes_[node].first = nodes_[caption].first;
        nodes_[node].last = nodes_[caption].last;
        for (std::uint32_t child = nodes_[node].first; child != kNone; child = nodes_[child].next)
            nodes_[child].parent = node;
        return;
    }
    const auto append = [&](std::uint32_t parent, std::uint32_t child) {
        nodes_[child].parent = parent;
        nodes_[child].next = kNone;
        nodes_[child].previous = nodes_[parent].last;
        if (nodes_[parent].last != kNone) nodes_[nodes_[parent].last].next = child;
        if (nodes_[parent].first == kNone) nodes_[parent].first = child;
        nodes_[parent].last = child;
    };
    if (caption != kNone) append(node, caption);
    for (const auto& [element, rows] :
         {std::pair{kThead, &head}, {kTbody, &body}, {kTfoot, &foot}}) {
        if (rows->empty()) continue;
        const std::uint32_t old = sections[element == kThead ? 0 : element == kTfoot ? 2 : 1];
        const std::uint32_t section = add_node(node, element);
        if (old != kNone && nodes_[old].element == element) {
            nodes_[section].begin = nodes_[old].begin;
            nodes_[section].size = nodes_[old].size;
        }
        for (const std::uint32_t row : *rows) append(section, row);
    }
}

// The heading ladder: a heading is one level below the one it is under, whatever the page skipped.
void ArticleBuilder::set_heading_level(std::uint32_t node) {
    const int level = 2 + static_cast<int>(nodes_[node].element) - static_cast<int>(kH2);
    while (!heading_levels_.empty() && heading_levels_.back() >= level) heading_levels_.pop_back();
    const int depth = std::min(static_cast<int>(heading_levels_.size()), 4);
    nodes_[node].element = static_cast<ArticleElement>(static_cast<int>(kH2) + depth);
    heading_levels_.push_back(level);
}

// ---- attributes ----

bool ArticleBuilder::append_attribute(std::string_view name, std::string_view value) {
    attributes_ += ' ';
    attributes_ += name;
    attributes_ += "=\"";
    append_escaped_attribute(attributes_, value);
    attributes_ += '"';
    return true;
}

bool ArticleBuilder::append_link(std::string_view href) {
    href = trim(href);
    // Within the page there is nowhere to go.
    if (href.empty() || href.front() == '#' || href.size() > kMaxHrefBytes) return false;
    for (const std::string_view scheme : {"mailto:", "tel:"}) {
        if (!starts_with_ignoring_ascii_case(href, scheme)) continue;
        const std::string_view address =
            href.substr(scheme.size(), href.find('?') - std::min(href.find('?'), scheme.size()));
        const bool is_plain = std::ranges::all_of(address, [](char c) {
            return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
        });
        if (address.empty() || !is_plain) return false;
        return append_attribute("href", std::string(scheme) + std::string(address));
    }
    const std::optional<Url> url = parse_url(href, base_);
    if (!url) return false;
    const Url plain = canonical_form(*url);
    return plain.href.size() <= kMaxHrefBytes && append_attribute("href", plain.href);
}

bool ArticleBuilder::append_image_attributes(const ArticleAttributes& attributes) {
    const std::string_view src = trim(attributes.src);
    if (src.empty() || src.size() > kMaxHrefBytes) return false;
    const std::optional<Url> url = parse_url(src, base_);
    if (!url) return false;
    const Url plain = canonical_form(*url);
    if (plain.href.size() > kMaxHrefBytes) return false;
    append_attribute("alt", attribute_text(attributes.alt));
    const std::string dir = ascii_lower(trim(attributes.dir));
    if (dir == "ltr" || dir == "rtl" || dir == "auto") append_attribute("dir", dir);
    const std::optional<int> width = parse_pixels(attributes.width);
    const std::optional<int> height = parse_pixels(attributes.height);
    if (width && height) append_attribute("height", std::to_string(*height));
    if (is_language_tag(attributes.lang)) append_attribute("lang", attributes.lang);
    append_attribute("src", plain.href);
    if (width && height) append_attribute("width", std::to_string(*width));
    return true;
}

void ArticleBuilder::append_block_attributes(ArticleElement element,
                                             const ArticleAttributes& attributes) {
    const bool is_cell = element == kTd || element == kTh;
    if (is_cell)
        if (const auto span = parse_number(attributes.colspan, 2, kMaxSpan))
            append_attribute("colspan", std::to_string(*span));
    if (element == kFigure &&
        (attributes.data_embed == "video" || attributes.data_embed == "audio" ||
         attributes.data_embed == "chart" || attributes.data_embed == "post" ||
         attributes.data_embed == "map" || attributes.data_embed == "other"))
        append_attribute("data-embed", attributes.data_embed);
    if (element == kBlockquote && attributes.data_embed == "post")
        append_attribute("data-embed", "post");
    const std::string dir = ascii_lower(trim(attributes.dir));
    if (dir == "ltr" || dir == "rtl" || dir == "auto") append_attribute("dir", dir);
    if (is_language_tag(attributes.lang)) append_attribute("lang", attributes.lang);
    if (is_cell)
        if (const auto span = parse_number(attributes.rowspan, 2, kMaxSpan))
            append_attribute("rowspan", std::to_string(*span));
    if (element == kOl)
        if (const auto start = parse_number(attributes.start, 0, 999'999'999); start && *start != 1)
            append_attribute("start", std::to_string(*start));
}

// ---- writing ----

std::string ArticleBuilder::finish() {
    while (blocks_.size() > 1) pop_block();
    const std::uint32_t last = nodes_[0].last;
    if (last != kNone && nodes_[last].element == kHr) unlink(last);
    std::string out;
    out.reserve(text_.size() + attributes_.size() + nodes_.size() * 8);
    for (std::uint32_t block = nodes_[0].first; block != kNone; block = nodes_[block].next) {
        serialize(block, out);
        out += '\n';
    }
    return out;
}

// The tree is at most kMaxBlockDepth blocks and one inline element of each kind deep.
void ArticleBuilder::serialize(std::uint32_t node, std::string& out) const {
    const Node& here = nodes_[node];
    if (here.is_text) {
        out.append(text_, here.begin, here.size);
        return;
    }
    const std::string_view name = to_string(here.element);
    std::string_view attributes = std::string_view(attributes_).substr(here.begin, here.size);
    std::uint32_t content = node;
    if ((here.element == kLi || here.element == kDd || here.element == kTd ||
         here.element == kTh) &&
        here.first != kNone && here.first == here.last && nodes_[here.first].element == kP) {
        content = here.first;
        if (attributes.empty())
            attributes =
                std::string_view(attributes_).substr(nodes_[content].begin, nodes_[content].size);
    }
    out += '<';
    out += name;
    out += attributes;
    out += '>';
    if (here.element == kBr || here.element == kImg || here.element == kHr) return;
    serialize_children(content, out);
    out += "</";
    out += name;
    out += '>';
}

void ArticleBuilder::serialize_children(std::uint32_t node, std::string& out) const {
    for (std::uint32_t child = nodes_[node].first; child != kNone; child = nodes_[child].next)
        serialize(child, out);
}

std::string rebuild_article_html(std::string_view article_html) {
    ArticleBuilder builder;
    ArticleReader reader(article_html);
    std::size_t depth = 0;
    for (ArticleToken token; reader.next(token);) {
        if (token.kind == ArticleToken::Kind::kText) {
            builder.text(unescape(token.text));
            continue;
        }
        if (token.kind == ArticleToken::Kind::kEnd) {
            if (depth == 0) break;
            --depth;
            builder.close();
            continue;
        }
        const std::optional<ArticleElement> element = parse_article_element(token.name);
        if (!element) break;
        const std::array<std::string, 13> values = {
            attribute_value(token, "alt"),        attribute_value(token, "colspan"),
            attribute_value(token, "data-embed"), attribute_value(token, "datetime"),
            attribute_value(token, "dir"),        attribute_value(token, "height"),
            attribute_value(token, "href"),       attribute_value(token, "lang"),
            attribute_value(token, "rowspan"),    attribute_value(token, "src"),
            attribute_value(token, "start"),      attribute_value(token, "title"),
            attribute_value(token, "width"),
        };
        builder.open(*element, {.alt = values[0],
                                .colspan = values[1],
                                .data_embed = values[2],
                                .datetime = values[3],
                                .dir = values[4],
                                .height = values[5],
                                .href = values[6],
                                .lang = values[7],
                                .rowspan = values[8],
                                .src = values[9],
                                .start = values[10],
                                .title = values[11],
                                .width = values[12]});
        if (*element != kBr && *element != kHr && *element != kImg) ++depth;
    }
    return builder.finish();
}

}  // namespace heliograph::html
