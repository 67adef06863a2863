// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/dom.h"

#include <lexbor/html/html.h>

#include <algorithm>
#include <new>

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

// Stands between tokenizer and tree while a page is parsed, and keeps from the tree what makes it
// slow: it compares each attribute of an element with all before it, and goes through all options
// of a list for each new one. Closes <noscript> where browsers do.
class TokenFilter {
  public:
    explicit TokenFilter(lxb_html_tokenizer_t& tokenizer)
        : tokenizer_(tokenizer),
          build_(tokenizer.callback_token_done),
          tree_(tokenizer.callback_token_ctx) {
        lxb_html_tokenizer_callback_token_done_set(&tokenizer_, filter, this);
    }
    ~TokenFilter() { lxb_html_tokenizer_callback_token_done_set(&tokenizer_, build_, tree_); }
    TokenFilter(const TokenFilter&) = delete;
    TokenFilter& operator=(const TokenFilter&) = delete;

  private:
    static lxb_html_token_t* filter(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token,
                                    void* self) noexcept {
        auto& filter = *static_cast<TokenFilter*>(self);
        if (token->tag_id == LXB_TAG_OPTION && ++filter.options_ > kMaxOptions) return token;
        if (token->tag_id == LXB_TAG_NOSCRIPT && (token->type & LXB_HTML_TOKEN_TYPE_CLOSE) != 0 &&
            filter.close_noscript())
            return token;
        std::size_t count = 0;
        for (lxb_html_token_attr_t* attribute = token->attr_first; attribute != nullptr;
             attribute = attribute->next) {
            if (++count < kMaxAttributes) continue;
            attribute->next = nullptr;
            token->attr_last = attribute;
        }
        return filter.build_(tokenizer, token, filter.tree_);
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
    std::size_t options_ = 0;
};

// The end of the first tag in `html` that begins a script or a style sheet, or looks so from afar
// (in a comment, in an attribute); npos when there is none.
std::size_t end_of_code_tag(std::string_view html) {
    for (std::size_t at = html.find('<'); at != std::string_view::npos;
         at = html.find('<', at + 1)) {
        if (at + 1 >= html.size() || (html[at + 1] | 0x20) != 's') continue;
        const std::string_view tag = html.substr(at);
        if (!starts_with_ignoring_ascii_case(tag, "<script") &&
            !starts_with_ignoring_ascii_case(tag, "<style"))
            continue;
        const std::size_t end = tag.find('>');
        return end == std::string_view::npos ? end : at + end + 1;
    }
    return std::string_view::npos;
}

// lexbor notes each error of a page, in a list that grows by small steps and that nobody reads: a
// page of errors would copy it again and again.
void forget_errors(const lxb_html_parser_t& parser) {
    parser.tkz->parse_errors->length = 0;
    parser.tree->parse_errors->length = 0;
}

// Bytes of `html` that are text of the element that is open now, when it is a script or a style
// sheet, up to its end tag. 0 where a comment's beginning or end stands in it, since these decide
// whether an end tag is one (WHATWG HTML section 13.2.5.17 on).
//
// `idle` becomes how many bytes need not be looked at again, so that a page of scripts without end
// is not looked through at each of its pieces.
std::size_t code_length(const lxb_html_document_t& document, std::string_view html,
                        std::size_t& idle) {
    const auto* parser = static_cast<const lxb_html_parser_t*>(document.dom_document.parser);
    lxb_dom_node_t* open = lxb_html_tree_current_node(parser->tree);
    if (open == nullptr || open->ns != LXB_NS_HTML) return 0;
    std::string_view end_tag;
    if (open->local_name == LXB_TAG_SCRIPT) end_tag = "</script";
    if (open->local_name == LXB_TAG_STYLE) end_tag = "</style";
    // Scripts of JSON are data.
    if (end_tag.empty() || ascii_lower(Node(open).attribute(LXB_DOM_ATTR_TYPE)).contains("json"))
        return 0;
    std::size_t end = html.find("</");
    while (end != std::string_view::npos &&
           !starts_with_ignoring_ascii_case(html.substr(end), end_tag))
        end = html.find("</", end + 2);
    const std::string_view code = html.substr(0, end);
    if (end != std::string_view::npos && !code.contains("<!--") && !code.contains("-->"))
        return end;
    idle = code.size();
    return 0;
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
    const TokenFilter filter(*parser->tkz);
    Limits limits(*document_);
    std::size_t idle = 0;  // see code_length
    while (!utf8.empty()) {
        std::string_view piece = utf8.substr(0, kPieceBytes);
        if (code == Code::kLeaveOut) piece = piece.substr(0, end_of_code_tag(piece));
        check(lxb_html_document_parse_chunk(document_.get(), bytes(piece), piece.size()));
        forget_errors(*parser);
        utf8.remove_prefix(piece.size());
        // The parser, not the look from afar, says whether a script began.
        idle -= std::min(idle, piece.size());
        if (code == Code::kLeaveOut && idle == 0)
            utf8.remove_prefix(code_length(*document_, utf8, idle));
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
