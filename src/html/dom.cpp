// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/dom.h"

#include <lexbor/html/html.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "base/utf8.h"

namespace heliograph::html {
namespace {

// Limits are looked at between pieces of this size: small enough that what one piece can do to the
// tree (some hundred elements, each opened again in some hundred paragraphs) is harmless.
constexpr std::size_t kPieceBytes = 4 * 1024;

// Tags of <option>, beginnings and ends, that are looked at: no text of an article is in one.
constexpr std::size_t kMaxOptions = 2'000;

void check(lxb_status_t status) {
    if (status != LXB_STATUS_OK) throw std::bad_alloc();
}

const lxb_char_t* bytes(std::string_view text) {
    return reinterpret_cast<const lxb_char_t*>(text.data());
}

// The bytes that one of lexbor's arenas has taken so far; looks only at what came since last time.
class ArenaBytes {
  public:
    std::size_t count(const lexbor_mem_t& arena) {
        if (last_ == nullptr) {
            last_ = arena.chunk_first;
            total_ = last_->size;
        }
        for (; last_->next != nullptr; last_ = last_->next) total_ += last_->next->size;
        return total_;
    }

  private:
    const lexbor_mem_chunk_t* last_ = nullptr;
    std::size_t total_ = 0;
};

class Limits {
  public:
    explicit Limits(const lxb_html_document_t& document) : document_(document.dom_document) {}

    [[nodiscard]] bool are_kept() {
        const auto* parser = static_cast<const lxb_html_parser_t*>(document_.parser);
        // A text that goes on is moved to a larger place, so the arena counts, not the text.
        return lexbor_array_length(parser->tree->open_elements) <= kMaxTreeDepth &&
               lexbor_array_length(parser->tree->active_formatting) <= kMaxOpenFormatting &&
               lexbor_dobject_allocated(document_.tags->entries) <= kMaxNames &&
               lexbor_dobject_allocated(document_.attrs->entries) <= kMaxNames &&
               nodes_.count(*document_.mraw->mem) + text_.count(*document_.text->mem) <=
                   kMaxTreeBytes;
    }

  private:
    const lxb_dom_document_t& document_;
    ArenaBytes nodes_;
    ArenaBytes text_;
};

// Elements of drawings that hold only others of these and text, in lower case.
constexpr auto kShapes = std::to_array<std::string_view>(
    {"animate",        "circle",         "clippath", "defs",   "desc",    "ellipse", "g",
     "line",           "lineargradient", "mask",     "path",   "pattern", "polygon", "polyline",
     "radialgradient", "rect",           "stop",     "symbol", "title",   "use"});

// The length of a script or style sheet that begins where `html` does, up to its end tag; 0 where a
// comment's beginning stands in it, since that decides whether an end tag is one (WHATWG HTML
// section 13.2.5.17 on), and where there is no end tag.
std::size_t code_length(std::string_view html, std::string_view end_tag) {
    for (std::size_t at = html.find('<'); at != std::string_view::npos;
         at = html.find('<', at + 1)) {
        const std::string_view rest = html.substr(at);
        if (rest.starts_with("<!--")) return 0;
        if (rest.starts_with("</") && starts_with_ignoring_ascii_case(rest, end_tag)) return at;
    }
    return 0;
}

// The same for a drawing: 0 where anything but shapes is in it, such as an element that ends it.
std::size_t drawing_length(std::string_view html) {
    for (std::size_t at = html.find('<'); at != std::string_view::npos;
         at = html.find('<', at + 1)) {
        std::string_view tag = html.substr(at + 1, html.find('>', at) - at - 1);
        const bool is_end = tag.starts_with('/');
        if (is_end) tag.remove_prefix(1);
        const std::string name = ascii_lower(tag.substr(0, tag.find_first_of(" \t\r\n\f/")));
        if (is_end && name == "svg") return at;
        // A tag that seems to end inside of an attribute.
        if (std::ranges::count(tag, '"') % 2 != 0 || tag.contains('\'')) return 0;
        if (!std::ranges::binary_search(kShapes, name)) return 0;
        at += tag.size();
    }
    return 0;
}

// Stands between tokenizer and tree while a page is parsed. It keeps from the tree what makes it
// slow: the tree compares each attribute of an element with all before it, and goes through all
// options of a list for each new one. It leads the tokenizer past code, closes <noscript> where
// browsers do, and makes <amp-img> an <img>.
class TokenFilter {
  public:
    // `page` is what the tokenizer is given, in pieces.
    TokenFilter(lxb_html_tokenizer_t& tokenizer, std::string_view page, Code code)
        : tokenizer_(tokenizer),
          build_(tokenizer.callback_token_done),
          tree_(tokenizer.callback_token_ctx),
          page_(page),
          code_(code) {
        lxb_html_tokenizer_callback_token_done_set(&tokenizer_, filter, this);
    }
    ~TokenFilter() { lxb_html_tokenizer_callback_token_done_set(&tokenizer_, build_, tree_); }
    TokenFilter(const TokenFilter&) = delete;
    TokenFilter& operator=(const TokenFilter&) = delete;

    // Bytes after the piece just parsed that are to be left out.
    [[nodiscard]] std::size_t take_left_out() { return std::exchange(left_out_, 0); }

  private:
    static lxb_html_token_t* filter(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token,
                                    void* self) noexcept {
        auto& filter = *static_cast<TokenFilter*>(self);
        if (is_amp_image(token->tag_id)) {
            if ((token->type & LXB_HTML_TOKEN_TYPE_CLOSE) != 0) return token;
            token->tag_id = LXB_TAG_IMG;
        }
        const lxb_tag_id_t tag = token->tag_id;
        if (tag == LXB_TAG_OPTION &&
            (filter.code_ == Code::kLeaveOut || ++filter.options_ > kMaxOptions))
            return token;
        if (tag == LXB_TAG_NOSCRIPT && (token->type & LXB_HTML_TOKEN_TYPE_CLOSE) != 0 &&
            filter.close_noscript())
            return token;
        std::size_t count = 0;
        for (lxb_html_token_attr_t* attribute = token->attr_first; attribute != nullptr;
             attribute = attribute->next) {
            if (++count < kMaxAttributes) continue;
            attribute->next = nullptr;
            token->attr_last = attribute;
        }
        lxb_html_token_t* const next = filter.build_(tokenizer, token, filter.tree_);
        if ((tag == LXB_TAG_SCRIPT || tag == LXB_TAG_STYLE || tag == LXB_TAG_SVG) &&
            filter.code_ == Code::kLeaveOut && filter.is_open(tag)) {
            filter.state_ = tokenizer->state;
            filter.open_ = tag;
            lxb_html_tokenizer_state_set(tokenizer, leave_out);
        }
        return next;
    }

    // Whether a tag is that of <amp-img> or <amp-anim>, which are images with another name. As
    // <img> they have no end tag, and what stood in them, such as <noscript>, stands behind them.
    static bool is_amp_image(lxb_tag_id_t tag) {
        if (tag < LXB_TAG__LAST_ENTRY) return false;
        std::size_t length = 0;
        const lxb_char_t* name = lxb_tag_name_by_id(tag, &length);
        const std::string_view view(reinterpret_cast<const char*>(name),
                                    name == nullptr ? 0 : length);
        return view == "amp-img" || view == "amp-anim";
    }

    // Whether the tree opened an element of code for the tag it was given: the parser, not the look
    // of it, says what begins one.
    [[nodiscard]] bool is_open(lxb_tag_id_t tag) const {
        lxb_dom_node_t* open = lxb_html_tree_current_node(static_cast<lxb_html_tree_t*>(tree_));
        if (open == nullptr || open->local_name != tag || open->first_child != nullptr)
            return false;
        if (tag == LXB_TAG_SVG) return open->ns == LXB_NS_SVG;
        // Linked data are read; what else is JSON is for the page's own scripts.
        return open->ns == LXB_NS_HTML &&
               !ascii_lower(Node(open).attribute(LXB_DOM_ATTR_TYPE)).contains("ld+json");
    }

    // A state of the tokenizer: at the first byte of an element of code. Goes on where it ends, in
    // the state that it would have begun with.
    static const lxb_char_t* leave_out(lxb_html_tokenizer_t* tokenizer, const lxb_char_t* data,
                                       const lxb_char_t* end) noexcept {
        auto& filter = *static_cast<TokenFilter*>(tokenizer->callback_token_ctx);
        lxb_html_tokenizer_state_set(tokenizer, filter.state_);
        if (tokenizer->is_eof) return data;
        const std::string_view html =
            filter.page_.substr(static_cast<std::size_t>(data - bytes(filter.page_)));
        const std::size_t length = filter.open_ == LXB_TAG_SVG      ? drawing_length(html)
                                   : filter.open_ == LXB_TAG_SCRIPT ? code_length(html, "</script")
                                                                    : code_length(html, "</style");
        const auto left = static_cast<std::size_t>(end - data);
        if (length <= left) return data + length;
        filter.left_out_ = length - left;
        return end;
    }

    // Readers' browsers run scripts, so for them <noscript> is a text that its end tag ends. For a
    // parser without scripts an element left open in it (<noscript><div></noscript>) takes in the
    // rest of the page. True when that was mended.
    bool close_noscript() {
        auto* tree = static_cast<lxb_html_tree_t*>(tree_);
        std::size_t index = 0;
        if (lxb_html_tree_open_elements_find_reverse(tree, LXB_TAG_NOSCRIPT, LXB_NS_HTML, &index) ==
                nullptr ||
            index + 1 == lexbor_array_length(tree->open_elements))
            return false;
        while (lexbor_array_length(tree->open_elements) > index)
            lxb_html_tree_open_elements_pop(tree);
        lxb_html_tree_reset_insertion_mode_appropriately(tree);
        return true;
    }

    lxb_html_tokenizer_t& tokenizer_;
    lxb_html_tokenizer_token_f build_;
    void* tree_;  // an lxb_html_tree_t
    std::string_view page_;
    Code code_;
    std::size_t options_ = 0;
    lxb_html_tokenizer_state_f state_ = nullptr;
    lxb_tag_id_t open_ = LXB_TAG__UNDEF;
    std::size_t left_out_ = 0;
};

// lexbor notes each error of a page, in a list that grows by small steps and that nobody reads: a
// page of errors would copy it again and again.
void forget_errors(const lxb_html_parser_t& parser) {
    parser.tkz->parse_errors->length = 0;
    parser.tree->parse_errors->length = 0;
}

}  // namespace

std::string_view Node::name() const {
    std::size_t length = 0;
    const lxb_char_t* name = lxb_dom_element_local_name(lxb_dom_interface_element(node_), &length);
    return {reinterpret_cast<const char*>(name), length};
}

std::string_view Node::attribute(std::string_view name) const {
    const lxb_dom_attr_t* attribute = find(name);
    return attribute != nullptr ? value_of(attribute) : std::string_view{};
}

bool Node::has_attribute(std::string_view name) const { return find(name) != nullptr; }

std::string_view Node::attribute_name(lxb_dom_attr_id_t id) const {
    const lxb_dom_attr_data_t* data = lxb_dom_attr_data_by_id(node_->owner_document->attrs, id);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(lexbor_hash_entry_str(&data->entry)), data->entry.length};
}

const lxb_dom_attr_t* Node::find(std::string_view name) const {
    const lxb_dom_attr_data_t* data =
        lxb_dom_attr_data_by_local_name(node_->owner_document->attrs, bytes(name), name.size());
    return data != nullptr ? find(data->attr_id) : nullptr;
}

std::string Node::text_content() const {
    if (is_text()) return collapse_space(text());
    std::string out;
    for (Node node = first_child(); node;) {
        if (node.is_text()) {
            out += node.text();
        } else if (node.is_element()) {
            if (is_unseen(node.tag())) {
                node = node.next_past(*this);
                continue;
            }
            if (is_block(node.tag()) || node.tag() == LXB_TAG_BR) out += ' ';
        }
        // A block's end separates as well as its beginning.
        if (!node.first_child()) {
            Node end = node;
            while (end && end != *this && !end.next()) {
                end = end.parent();
                if (end && end != *this && end.is_element() && is_block(end.tag())) out += ' ';
            }
            if (node.is_element() && is_block(node.tag())) out += ' ';
        }
        node = node.next_in(*this);
    }
    return collapse_space(out);
}

Document::Document() : document_(lxb_html_document_create()) {
    if (document_ == nullptr) throw std::bad_alloc();
    lxb_html_document_scripting_set(document_.get(), false);
}

void Document::parse(std::string_view utf8, Code code) {
    lxb_html_document_clean(document_.get());
    // That leaves what the page before was: after one without a doctype all would be quirky.
    document_->dom_document.compat_mode = LXB_DOM_DOCUMENT_CMODE_NO_QUIRKS;
    is_complete_ = utf8.size() <= kMaxPageBytes;
    utf8 = utf8.substr(0, kMaxPageBytes);
    check(lxb_html_document_parse_chunk_begin(document_.get()));
    const auto* parser = static_cast<const lxb_html_parser_t*>(document_->dom_document.parser);
    TokenFilter filter(*parser->tkz, utf8, code);
    Limits limits(*document_);
    while (!utf8.empty()) {
        const std::string_view piece = utf8.substr(0, kPieceBytes);
        check(lxb_html_document_parse_chunk(document_.get(), bytes(piece), piece.size()));
        forget_errors(*parser);
        utf8.remove_prefix(piece.size() + filter.take_left_out());
        if (!limits.are_kept()) {
            is_complete_ = is_complete_ && utf8.empty();
            break;
        }
    }
    check(lxb_html_document_parse_chunk_end(document_.get()));
}

void Document::remove(Node element) { lxb_dom_node_remove(element.raw()); }

Node Document::root() const { return Node(lxb_dom_interface_node(document_.get())); }

Node Document::head() const {
    return Node(lxb_dom_interface_node(lxb_html_document_head_element(document_.get())));
}

Node Document::body() const {
    return Node(lxb_dom_interface_node(lxb_html_document_body_element(document_.get())));
}

lxb_dom_attr_id_t Document::attribute_id(std::string_view name) const {
    const lxb_dom_attr_data_t* data =
        lxb_dom_attr_data_by_local_name(document_->dom_document.attrs, bytes(name), name.size());
    return data != nullptr ? data->attr_id : lxb_dom_attr_id_t{LXB_DOM_ATTR__UNDEF};
}

bool is_block(Tag tag) {
    switch (tag) {
        case LXB_TAG_ADDRESS:
        case LXB_TAG_ARTICLE:
        case LXB_TAG_ASIDE:
        case LXB_TAG_BLOCKQUOTE:
        case LXB_TAG_BODY:
        case LXB_TAG_CAPTION:
        case LXB_TAG_CENTER:
        case LXB_TAG_DD:
        case LXB_TAG_DETAILS:
        case LXB_TAG_DIALOG:
        case LXB_TAG_DIR:
        case LXB_TAG_DIV:
        case LXB_TAG_DL:
        case LXB_TAG_DT:
        case LXB_TAG_FIELDSET:
        case LXB_TAG_FIGCAPTION:
        case LXB_TAG_FIGURE:
        case LXB_TAG_FOOTER:
        case LXB_TAG_FORM:
        case LXB_TAG_H1:
        case LXB_TAG_H2:
        case LXB_TAG_H3:
        case LXB_TAG_H4:
        case LXB_TAG_H5:
        case LXB_TAG_H6:
        case LXB_TAG_HEADER:
        case LXB_TAG_HGROUP:
        case LXB_TAG_HR:
        case LXB_TAG_HTML:
        case LXB_TAG_LEGEND:
        case LXB_TAG_LI:
        case LXB_TAG_LISTING:
        case LXB_TAG_MAIN:
        case LXB_TAG_MENU:
        case LXB_TAG_NAV:
        case LXB_TAG_OL:
        case LXB_TAG_OPTGROUP:
        case LXB_TAG_OPTION:
        case LXB_TAG_P:
        case LXB_TAG_PLAINTEXT:
        case LXB_TAG_PRE:
        case LXB_TAG_SEARCH:
        case LXB_TAG_SECTION:
        case LXB_TAG_SUMMARY:
        case LXB_TAG_TABLE:
        case LXB_TAG_TBODY:
        case LXB_TAG_TD:
        case LXB_TAG_TFOOT:
        case LXB_TAG_TH:
        case LXB_TAG_THEAD:
        case LXB_TAG_TR:
        case LXB_TAG_UL:
        case LXB_TAG_XMP:
            return true;
        default:
            return false;
    }
}

bool is_unseen(Tag tag) {
    switch (tag) {
        case LXB_TAG_DATALIST:
        case LXB_TAG_HEAD:
        case LXB_TAG_IFRAME:
        case LXB_TAG_NOEMBED:
        case LXB_TAG_NOFRAMES:
        case LXB_TAG_SCRIPT:
        case LXB_TAG_SELECT:
        case LXB_TAG_STYLE:
        case LXB_TAG_SVG:
        case LXB_TAG_TEMPLATE:
        case LXB_TAG_TEXTAREA:
        case LXB_TAG_TITLE:
            return true;
        default:
            return false;
    }
}

}  // namespace heliograph::html
