// SPDX-License-Identifier: GPL-3.0-or-later
// Writes article HTML (docs/formats/article-html.md) from a stream of events, whatever their order:
// what does not fit where it comes is moved, unwrapped or left out, text is never lost to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/url.h"

namespace heliograph::html {

class ArticleReader;

// The elements of article HTML.
enum class ArticleElement : std::uint8_t {
    // blocks
    kP,
    kH2,
    kH3,
    kH4,
    kH5,
    kH6,
    kUl,
    kOl,
    kLi,
    kDl,
    kDt,
    kDd,
    kBlockquote,
    kPre,
    kFigure,
    kFigcaption,
    kTable,
    kCaption,
    kThead,
    kTbody,
    kTfoot,
    kTr,
    kTh,
    kTd,
    kHr,
    // inline
    kStrong,
    kEm,
    kMark,
    kDel,
    kIns,
    kS,
    kU,
    kQ,
    kCite,
    kKbd,
    kSmall,
    kSub,
    kSup,
    kCode,
    kA,
    kAbbr,
    kTime,
    kRuby,
    kRt,
    kRp,
    kBr,
    kImg,
};

[[nodiscard]] std::string_view to_string(ArticleElement element);
[[nodiscard]] std::optional<ArticleElement> parse_article_element(std::string_view name);

// As the page has them, not yet checked; empty when not there. Those that the element cannot have
// are left out. The views are only used during the call they are given to.
struct ArticleAttributes {
    std::string_view alt = {};
    std::string_view colspan = {};
    std::string_view data_embed = {};
    std::string_view datetime = {};
    std::string_view dir = {};
    std::string_view height = {};
    std::string_view href = {};
    std::string_view lang = {};
    std::string_view rowspan = {};
    std::string_view src = {};
    std::string_view start = {};
    std::string_view title = {};
    std::string_view width = {};
};

// Bounds of one article; what goes beyond is left out.
inline constexpr std::size_t kMaxArticleBytes = 8 * 1024 * 1024;  // the longest live blogs: 1 MB
inline constexpr std::size_t kMaxBlockDepth = 12;                 // of the format

// Takes each event in constant time but for its text; memory is in proportion to the result.
class ArticleBuilder {
  public:
    // Relative addresses are resolved against `base`; without one they are left out. `base` must
    // outlive the builder.
    explicit ArticleBuilder(const Url* base = nullptr);

    // Opens an element; kBr, kHr and kImg are added and need no close().
    // Where it is not allowed only its content is taken, as a paragraph of its own if it is a
    // block.
    void open(ArticleElement element, const ArticleAttributes& attributes = {});

    // Ends what the last open() that has not ended yet began, even if that was not allowed.
    // REQUIRES: there is one.
    void close();

    // Valid UTF-8, not escaped.
    void text(std::string_view utf8);

    // The beginning or end of a block that article HTML does not have, such as <div>.
    void break_paragraph();

    // The article HTML of all that came; closes what is open. The builder is then used up.
    [[nodiscard]] std::string finish();

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    struct Node {
        ArticleElement element = ArticleElement::kP;
        bool is_text = false;
        std::uint32_t parent = kNone;
        std::uint32_t first = kNone;
        std::uint32_t last = kNone;
        std::uint32_t previous = kNone;
        std::uint32_t next = kNone;
        std::uint32_t begin = 0;  // of the text in text_, or of the attributes in attributes_
        std::uint32_t size = 0;
    };
    struct OpenBlock {
        std::uint32_t node;
        bool is_implied;  // it was not opened by an event: <li> round text in <ul>
    };
    struct OpenInline {
        ArticleElement element;
        std::uint32_t begin;  // of its attributes in attributes_
        std::uint32_t size;
        std::uint32_t node;  // in the current leaf; kNone until text needs it
    };
    // What close() has to undo.
    struct Opened {
        enum class Kind : std::uint8_t { kNothing, kBreak, kInline, kBlock };
        Kind kind;
        std::uint32_t height;  // of blocks_ before it was opened
    };

    [[nodiscard]] ArticleElement top() const { return nodes_[blocks_.back().node].element; }
    [[nodiscard]] bool top_is_root() const { return blocks_.size() == 1; }
    [[nodiscard]] bool top_is(ArticleElement element) const {
        return !top_is_root() && top() == element;
    }
    [[nodiscard]] bool top_is_leaf() const;
    [[nodiscard]] bool top_is_embed() const;
    [[nodiscard]] bool is_embed(std::uint32_t figure) const;

    std::uint32_t add_node(std::uint32_t parent, ArticleElement element);
    void unlink(std::uint32_t node);
    void set_attributes(std::uint32_t node, std::uint32_t begin);
    void push_block(ArticleElement element, bool is_implied);
    void pop_block();
    void pop_implied_blocks();
    void end_paragraph();
    void separate_in_leaf();
    bool prepare_flow();
    void ensure_leaf();
    std::uint32_t write_position();
    [[nodiscard]] std::uint32_t made_position() const;

    Opened::Kind open_block(ArticleElement element, const ArticleAttributes& attributes);
    Opened::Kind open_inline(ArticleElement element, const ArticleAttributes& attributes);
    Opened::Kind open_table_part(ArticleElement element);
    Opened::Kind open_figcaption();
    void add_break();
    void add_rule();
    void add_image(const ArticleAttributes& attributes);
    void append_run(std::string_view run);
    void append_preformatted(std::string_view utf8);

    void finish_leaf(std::uint32_t node);
    void finish_figure(std::uint32_t node);
    void finish_table(std::uint32_t node);
    [[nodiscard]] bool shows_nothing(std::uint32_t leaf) const;
    void trim_end(std::uint32_t leaf);
    void make_figure(std::uint32_t leaf);
    void set_heading_level(std::uint32_t node);
    void serialize(std::uint32_t node, std::string& out) const;
    void serialize_children(std::uint32_t node, std::string& out) const;

    bool append_attribute(std::string_view name, std::string_view value);
    bool append_link(std::string_view href);
    bool append_image_attributes(const ArticleAttributes& attributes);
    void append_block_attributes(ArticleElement element, const ArticleAttributes& attributes);

    const Url* base_;
    std::vector<Node> nodes_;  // the first is the root
    std::vector<OpenBlock> blocks_;
    std::vector<OpenInline> inlines_;
    std::vector<Opened> opened_;
    std::string text_;                 // escaped text of all text nodes
    std::string attributes_;           // written attributes of all elements
    std::vector<int> heading_levels_;  // as the page has them, of the headings the next is under
    bool pending_space_ = false;
    bool at_start_ = true;      // of a leaf or a line
    bool after_break_ = false;  // of a line within a leaf
    bool leaf_has_image_ = false;
};

// Builds from article HTML; for a body of our own the result is that body again. Ends at the first
// thing that is no article HTML.
[[nodiscard]] std::string rebuild_article_html(std::string_view article_html);

}  // namespace heliograph::html
