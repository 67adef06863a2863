// SPDX-License-Identifier: GPL-3.0-or-later
// A parsed page. Node is a pointer into lexbor's tree with inline accessors, since extraction looks
// at every node of a page: this header alone shows lexbor to other rooms, and they use it only
// through Node, Document and the tag and attribute ids.
#pragma once

#include <lexbor/dom/interfaces/attr.h>
#include <lexbor/dom/interfaces/character_data.h>
#include <lexbor/dom/interfaces/element.h>
#include <lexbor/html/interfaces/document.h>
#include <lexbor/tag/const.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace heliograph::html {

// LXB_TAG_P and so on.
using Tag = lxb_tag_id_t;

// The largest page that is read; what is beyond is cut off. Pages of news are below 5 MB, more when
// their pictures are inside.
inline constexpr std::size_t kMaxPageBytes = 16 * 1024 * 1024;

// Elements open at once. Browsers stop at 512; every step of the HTML algorithm may walk all of
// them, so an unlimited depth would make parsing quadratic.
inline constexpr std::size_t kMaxTreeDepth = 2'000;

// Formatting elements waiting to be opened again in every paragraph: <font> never closed.
inline constexpr std::size_t kMaxOpenFormatting = 400;

// Attributes of one element; the tree compares each with all before it. Real ones have up to fifty.
inline constexpr std::size_t kMaxAttributes = 100;

// Different names of elements, and of attributes, that one page may make up: lexbor keeps them in a
// table of fixed width. Real pages have some hundred.
inline constexpr std::size_t kMaxNames = 10'000;

// Memory of one page's tree. Pages of news take below 20 MB.
inline constexpr std::size_t kMaxTreeBytes = 64 * 1024 * 1024;

// A node of a Document, valid until the document is parsed anew or destroyed. May be null; only
// `operator bool` and comparisons may be used on a null node, but next(), parent() and so on give
// null ones freely.
class Node {
  public:
    Node() = default;
    explicit Node(lxb_dom_node_t* node) : node_(node) {}

    explicit operator bool() const { return node_ != nullptr; }
    friend bool operator==(Node a, Node b) { return a.node_ == b.node_; }
    // For the files of this room.
    [[nodiscard]] lxb_dom_node_t* raw() const { return node_; }

    [[nodiscard]] bool is_element() const { return node_->type == LXB_DOM_NODE_TYPE_ELEMENT; }
    [[nodiscard]] bool is_text() const {
        return node_->type == LXB_DOM_NODE_TYPE_TEXT ||
               node_->type == LXB_DOM_NODE_TYPE_CDATA_SECTION;
    }
    // Of an element, lower case. Points into the document.
    [[nodiscard]] std::string_view name() const;
    // LXB_TAG__TEXT and the like for what is no element.
    [[nodiscard]] Tag tag() const { return node_->local_name; }

    [[nodiscard]] Node parent() const { return Node(node_->parent); }
    [[nodiscard]] Node first_child() const { return Node(node_->first_child); }
    [[nodiscard]] Node last_child() const { return Node(node_->last_child); }
    [[nodiscard]] Node next() const { return Node(node_->next); }
    [[nodiscard]] Node previous() const { return Node(node_->prev); }

    // The next node in document order inside `root`; null at its end.
    [[nodiscard]] Node next_in(Node root) const {
        return node_->first_child != nullptr ? Node(node_->first_child) : next_past(root);
    }
    // The same, leaving out what is inside this node.
    [[nodiscard]] Node next_past(Node root) const {
        for (lxb_dom_node_t* node = node_; node != nullptr && node != root.node_;
             node = node->parent)
            if (node->next != nullptr) return Node(node->next);
        return {};
    }

    // Of a text node. Points into the document.
    [[nodiscard]] std::string_view text() const {
        const lexbor_str_t& data = reinterpret_cast<lxb_dom_character_data_t*>(node_)->data;
        return {reinterpret_cast<const char*>(data.data), data.length};
    }

    // The value of an attribute that lexbor knows by number; empty when it is not there.
    // REQUIRES: is_element(). Points into the document.
    [[nodiscard]] std::string_view attribute(lxb_dom_attr_id_t id) const {
        const lxb_dom_attr_t* attribute = find(id);
        return attribute != nullptr ? value_of(attribute) : std::string_view{};
    }
    [[nodiscard]] bool has_attribute(lxb_dom_attr_id_t id) const { return find(id) != nullptr; }
    // By lower-case name. REQUIRES: is_element(). Points into the document.
    [[nodiscard]] std::string_view attribute(std::string_view name) const;
    [[nodiscard]] bool has_attribute(std::string_view name) const;

    // Name of an attribute by its number, lower case. Points into the document.
    [[nodiscard]] std::string_view attribute_name(lxb_dom_attr_id_t id) const;

    [[nodiscard]] std::string_view class_name() const {
        const lxb_dom_attr_t* attribute = element()->attr_class;
        return attribute != nullptr ? value_of(attribute) : std::string_view{};
    }
    [[nodiscard]] std::string_view id() const {
        const lxb_dom_attr_t* attribute = element()->attr_id;
        return attribute != nullptr ? value_of(attribute) : std::string_view{};
    }

    // Attributes one after the other, for a single walk over all of them.
    // REQUIRES: is_element().
    template <typename Visitor>  // void(lxb_dom_attr_id_t id, std::string_view value)
    void for_each_attribute(Visitor&& visit) const {
        for (const lxb_dom_attr_t* attribute = element()->first_attr; attribute != nullptr;
             attribute = attribute->next)
            visit(attribute->node.local_name, value_of(attribute));
    }

    // A number of the caller's own, kept in the node until it is parsed anew; 0 at first.
    void set_mark(std::size_t mark) const { node_->user = reinterpret_cast<void*>(mark); }
    [[nodiscard]] std::size_t mark() const { return reinterpret_cast<std::size_t>(node_->user); }

    // The text of the whole subtree, white space collapsed, a space between blocks; script, style
    // and the like left out.
    [[nodiscard]] std::string text_content() const;

  private:
    [[nodiscard]] const lxb_dom_element_t* element() const {
        return reinterpret_cast<const lxb_dom_element_t*>(node_);
    }
    [[nodiscard]] const lxb_dom_attr_t* find(lxb_dom_attr_id_t id) const {
        const lxb_dom_attr_t* attribute = element()->first_attr;
        while (attribute != nullptr && attribute->node.local_name != id)
            attribute = attribute->next;
        return attribute;
    }
    [[nodiscard]] const lxb_dom_attr_t* find(std::string_view name) const;
    static std::string_view value_of(const lxb_dom_attr_t* attribute) {
        if (attribute->value == nullptr) return {};
        return {reinterpret_cast<const char*>(attribute->value->data), attribute->value->length};
    }

    lxb_dom_node_t* node_ = nullptr;
};

// What becomes of the text of scripts (but those of JSON-LD) and style sheets, of the shapes of
// drawings and of the options of lists: a third of a page of news and more, which whoever looks for
// an article never reads.
enum class Code : std::uint8_t { kKeep, kLeaveOut };

// Parses pages one after the other in the same memory. Not shared between threads.
class Document {
  public:
    Document();
    Document(Document&&) noexcept = default;
    Document& operator=(Document&&) noexcept = default;
    ~Document() = default;

    // Replaces what was parsed before. `utf8` is valid UTF-8; it need not outlive the call.
    // Scripting is off, so <noscript> has elements. Never fails: what goes beyond the limits above
    // is left out, and is_complete() says so. Elements of code that is left out are in the tree,
    // empty, those of options are not; all else is the same.
    void parse(std::string_view utf8, Code code = Code::kKeep);

    // Takes an element and what is in it out of the tree; its nodes stay valid.
    // REQUIRES: it is not html, head or body.
    void remove(Node element);

    [[nodiscard]] Node root() const;  // of the document; never null
    [[nodiscard]] Node head() const;  // may be null
    [[nodiscard]] Node body() const;  // may be null: a frameset
    [[nodiscard]] bool is_complete() const { return is_complete_; }

    // The number that `name` (lower case) has as an attribute in this document; nothing has it when
    // it is LXB_DOM_ATTR__UNDEF.
    [[nodiscard]] lxb_dom_attr_id_t attribute_id(std::string_view name) const;

  private:
    struct Destroy {
        void operator()(lxb_html_document_t* document) const noexcept {
            lxb_html_document_destroy(document);
        }
    };
    std::unique_ptr<lxb_html_document_t, Destroy> document_;
    bool is_complete_ = true;
};

// Elements that begin a new line: CSS display block, list-item, table and its parts.
[[nodiscard]] bool is_block(Tag tag);

// Elements whose text no reader sees: script, style, template and the like.
[[nodiscard]] bool is_unseen(Tag tag);

}  // namespace heliograph::html
