// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/body_writer.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/utf8.h"
#include "extract/media.h"
#include "html/article_builder.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::ArticleBuilder;
using html::ArticleElement;
using html::Node;
using html::Tag;
using enum html::ArticleElement;

// Pictures below this are buttons, counters and faces of authors.
constexpr int kMinPixels = 64;
// Characters of an alphabet in a caption with its credit; longer ones are paragraphs.
constexpr std::uint32_t kMaxCaptionWeight = 450;
// Elements of a table that is a picture with its caption.
constexpr std::uint32_t kMaxFigureRows = 20;
// Pictures of one article; the longest galleries seen have 300.
constexpr std::size_t kMaxImages = 1'000;

std::optional<ArticleElement> element_of(Tag tag) {
    switch (tag) {
        case LXB_TAG_A:
            return kA;
        case LXB_TAG_ABBR:
        case LXB_TAG_ACRONYM:
            return kAbbr;
        case LXB_TAG_B:
        case LXB_TAG_STRONG:
            return kStrong;
        case LXB_TAG_I:
        case LXB_TAG_EM:
        case LXB_TAG_DFN:
        case LXB_TAG_VAR:
            return kEm;
        case LXB_TAG_MARK:
            return kMark;
        case LXB_TAG_DEL:
            return kDel;
        case LXB_TAG_INS:
            return kIns;
        case LXB_TAG_S:
        case LXB_TAG_STRIKE:
            return kS;
        case LXB_TAG_U:
            return kU;
        case LXB_TAG_Q:
            return kQ;
        case LXB_TAG_CITE:
            return kCite;
        case LXB_TAG_KBD:
            return kKbd;
        case LXB_TAG_SMALL:
            return kSmall;
        case LXB_TAG_SUB:
            return kSub;
        case LXB_TAG_SUP:
            return kSup;
        case LXB_TAG_CODE:
        case LXB_TAG_TT:
        case LXB_TAG_SAMP:
            return kCode;
        case LXB_TAG_TIME:
            return kTime;
        case LXB_TAG_RUBY:
            return kRuby;
        case LXB_TAG_RT:
            return kRt;
        case LXB_TAG_RP:
            return kRp;
        case LXB_TAG_P:
            return kP;
        case LXB_TAG_H1:
        case LXB_TAG_H2:
            return kH2;
        case LXB_TAG_H3:
            return kH3;
        case LXB_TAG_H4:
            return kH4;
        case LXB_TAG_H5:
            return kH5;
        case LXB_TAG_H6:
            return kH6;
        case LXB_TAG_UL:
        case LXB_TAG_MENU:
        case LXB_TAG_DIR:
            return kUl;
        case LXB_TAG_OL:
            return kOl;
        case LXB_TAG_LI:
            return kLi;
        case LXB_TAG_DL:
            return kDl;
        case LXB_TAG_DT:
            return kDt;
        case LXB_TAG_DD:
            return kDd;
        case LXB_TAG_BLOCKQUOTE:
            return kBlockquote;
        case LXB_TAG_PRE:
        case LXB_TAG_LISTING:
        case LXB_TAG_XMP:
            return kPre;
        case LXB_TAG_FIGCAPTION:
            return kFigcaption;
        case LXB_TAG_CAPTION:
            return kCaption;
        case LXB_TAG_THEAD:
            return kThead;
        case LXB_TAG_TBODY:
            return kTbody;
        case LXB_TAG_TFOOT:
            return kTfoot;
        case LXB_TAG_TR:
            return kTr;
        case LXB_TAG_TH:
            return kTh;
        case LXB_TAG_TD:
            return kTd;
        case LXB_TAG_HR:
            return kHr;
        default:
            return std::nullopt;
    }
}

bool is_table_part(ArticleElement element) { return element >= kCaption && element <= kTd; }

bool is_image(Node node) {
    if (node.tag() == LXB_TAG_IMG) return true;
    return false;
}

int pixels(std::string_view text) {
    int value = 0;
    text = trim(text);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class Writer {
  public:
    Writer(const PageTable& table, const Selection& selection, const Url& base,
           const LeadImage* lead_image)
        : table_(table), selection_(selection), base_(base), builder_(&base) {
        kept_before_.resize(table.blocks.size() + 1);
        for (std::size_t i = 0; i < table.blocks.size(); ++i)
            kept_before_[i + 1] = kept_before_[i] + (selection.keep[i] ? 1 : 0);
        if (lead_image != nullptr) seen_.insert(picture_key(lead_image->url));
    }

    std::string write() {
        const Node root = table_.rows[selection_.root].node;
        Node node = root;
        while (node) {
            const bool descend = enter(node);
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
        return builder_.finish();
    }

  private:
    struct Open {
        enum class Kind : std::uint8_t { kNone, kElement, kBreak };
        Kind kind;
        Tag tag;
    };

    [[nodiscard]] const Row* row_of(Node node) const {
        const std::size_t mark = node.mark();
        return mark == 0 || mark > table_.rows.size() ? nullptr : &table_.rows[mark - 1];
    }
    [[nodiscard]] std::uint32_t kept(const Row& row) const {
        return kept_before_[row.end_block] - kept_before_[row.first_block];
    }

    // True when its children are to be walked and leave() is due.
    bool enter(Node node) {
        if (node.is_text()) {
            const std::size_t mark = node.mark();
            if (mark == 0 || (mark <= selection_.keep.size() && selection_.keep[mark - 1]))
                builder_.text(node.text());
            return false;
        }
        if (!node.is_element()) return false;
        const Row* row = row_of(node);
        if (row == nullptr ||
            selection_.dropped_rows[static_cast<std::size_t>(row - table_.rows.data())])
            return false;
        const Tag tag = node.tag();
        if (tag == LXB_TAG_BR) {
            builder_.open(kBr);
            return false;
        }
        if (is_image(node)) {
            if (media_belongs(*row)) write_image(node);
            return false;
        }
        if (tag == LXB_TAG_IFRAME || tag == LXB_TAG_VIDEO || tag == LXB_TAG_AUDIO ||
            tag == LXB_TAG_EMBED || tag == LXB_TAG_OBJECT) {
            if (media_belongs(*row)) write_embed(node);
            return false;
        }
        if (tag == LXB_TAG_NOSCRIPT) {
            if (media_belongs(*row)) write_noscript(node);
            return false;
        }
        if (row->is_unread) return false;
        if ((tag == LXB_TAG_FIGURE && kept(*row) == 0) ||
            (tag == LXB_TAG_TABLE && is_captioned_picture(*row))) {
            if (media_belongs(*row)) write_figure(node);
            return false;
        }
        open(node, *row);
        return true;
    }

    void open(Node node, const Row& row) {
        const Tag tag = node.tag();
        std::optional<ArticleElement> element = element_of(tag);
        if (tag == LXB_TAG_TABLE && is_data_table(row)) element = kTable;
        if (tag == LXB_TAG_TABLE) data_tables_.push_back(element.has_value());
        if (element && is_table_part(*element) && (data_tables_.empty() || !data_tables_.back()))
            element = std::nullopt;
        if (!element) {
            if (html::is_block(tag)) {
                builder_.break_paragraph();
                open_.push_back({Open::Kind::kBreak, tag});
            } else {
                open_.push_back({Open::Kind::kNone, tag});
            }
            return;
        }
        if (*element == kHr) {
            builder_.open(kHr);
            open_.push_back({Open::Kind::kNone, tag});
            return;
        }
        html::ArticleAttributes attributes;
        attributes.lang = node.attribute("lang");
        attributes.dir = node.attribute(LXB_DOM_ATTR_DIR);
        switch (*element) {
            case kA:
                attributes.href = node.attribute(LXB_DOM_ATTR_HREF);
                break;
            case kAbbr:
                attributes.title = node.attribute(LXB_DOM_ATTR_TITLE);
                break;
            case kTime:
                attributes.datetime = node.attribute("datetime");
                break;
            case kOl:
                attributes.start = node.attribute("start");
                break;
            case kTd:
            case kTh:
                attributes.colspan = node.attribute("colspan");
                attributes.rowspan = node.attribute("rowspan");
                break;
            case kBlockquote:
                if ((row.names & (kEmbed | kShare)) != 0) attributes.data_embed = "post";
                break;
            default:
                break;
        }
        builder_.open(*element, attributes);
        open_.push_back({Open::Kind::kElement, tag});
    }

    void leave() {
        const Open last = open_.back();
        open_.pop_back();
        if (last.kind == Open::Kind::kElement) builder_.close();
        if (last.kind == Open::Kind::kBreak) builder_.break_paragraph();
        if (last.tag == LXB_TAG_TABLE) data_tables_.pop_back();
    }

    // Rows of several cells of short texts; a table for looks has one cell a row, other tables or
    // whole articles in its cells.
    [[nodiscard]] bool is_data_table(const Row& row) const {
        std::uint32_t cells = 0;
        std::uint32_t rows = 0;
        std::uint32_t long_cells = 0;
        const auto begin = static_cast<std::uint32_t>(&row - table_.rows.data());
        for (std::uint32_t r = begin + 1; r < row.end; ++r) {
            const Row& inner = table_.rows[r];
            if (inner.tag == LXB_TAG_TABLE) return false;
            if (inner.tag == LXB_TAG_TR) ++rows;
            if (inner.tag == LXB_TAG_TH || inner.tag == LXB_TAG_TD) {
                ++cells;
                if (inner.end_block - inner.first_block > 3 || table_.weight(inner) > 600)
                    ++long_cells;
            }
        }
        return rows >= 2 && cells >= rows * 2 && long_cells * 4 <= cells;
    }

    // A table of one picture and, below it, a few words: how figures were made before <figure>.
    [[nodiscard]] bool is_captioned_picture(const Row& row) const {
        std::size_t images = 0;
        const auto begin = static_cast<std::uint32_t>(&row - table_.rows.data());
        for (std::uint32_t r = begin + 1; r < row.end; ++r) {
            const Row& inner = table_.rows[r];
            if (inner.tag == LXB_TAG_TABLE || inner.end - r > kMaxFigureRows) return false;
            if (inner.tag != LXB_TAG_IMG) continue;
            if (++images > 1 || inner.first_block != row.first_block) return false;
        }
        return images == 1 && table_.weight(row) <= kMaxCaptionWeight;
    }

    // A picture belongs to the article when the nearest text round it does.
    [[nodiscard]] bool media_belongs(const Row& row) const {
        for (std::uint32_t r = row.parent; r != kNoRow; r = table_.rows[r].parent) {
            const Row& outer = table_.rows[r];
            if (kept(outer) > 0) return true;
            if (table_.weight(outer) > 400) return false;
            if (r == selection_.root) return kept(outer) > 0;
        }
        return false;
    }

    // False for a picture that is none or was there already.
    bool write_image(Node node) {
        if (seen_.size() > kMaxImages) return false;
        const int width = pixels(node.attribute(LXB_DOM_ATTR_WIDTH));
        const int height = pixels(node.attribute(LXB_DOM_ATTR_HEIGHT));
        if ((width > 0 && width < kMinPixels && height < kMinPixels)) return false;
        const std::string source = image_source(node);
        if (source.empty()) return false;
        const std::string key = picture_key(source);
        if (!key.empty() && !seen_.insert(key).second) return false;
        builder_.open(kImg, {.alt = node.attribute(LXB_DOM_ATTR_ALT),
                             .height = node.attribute(LXB_DOM_ATTR_HEIGHT),
                             .src = source,
                             .width = node.attribute(LXB_DOM_ATTR_WIDTH)});
        return true;
    }

    void write_noscript(Node node) {
        for (Node inner = node.first_child(); inner; inner = inner.next_in(node)) {
            if (inner.is_element() && inner.tag() == LXB_TAG_IMG) write_image(inner);
            if (inner.is_element() && inner.tag() == LXB_TAG_IFRAME) write_embed(inner);
        }
    }

    // A figure of a picture or an embed, with its caption; whatever text is in it is the caption.
    void write_figure(Node figure) {
        bool is_open = false;
        std::size_t images = 0;
        for (Node node = figure.first_child(); node;) {
            const bool skip = node.is_element() && node.tag() == LXB_TAG_NOSCRIPT;
            if (node.is_element()) {
                if (is_image(node) || skip) {
                    if (!is_open) builder_.open(kFigure);
                    is_open = true;
                    if (skip) {
                        write_noscript(node);
                    } else if (write_image(node)) {
                        ++images;
                    }
                } else if (node.tag() == LXB_TAG_IFRAME || node.tag() == LXB_TAG_VIDEO ||
                           node.tag() == LXB_TAG_AUDIO) {
                    if (is_open) builder_.close();
                    is_open = false;
                    write_embed(node);
                }
            }
            node = skip ? node.next_past(figure) : node.next_in(figure);
        }
        if (!is_open) return;
        if (images > 0) {
            builder_.open(kFigcaption);
            const Row* row = row_of(figure);
            for (std::uint32_t b = row->first_block; b < row->end_block; ++b) {
                const Block& block = table_.blocks[b];
                for (std::uint32_t t = block.first_text; t < block.end_text; ++t)
                    builder_.text(table_.texts[t].text());
                builder_.text(" ");
            }
            builder_.close();
        }
        builder_.close();
    }

    void write_embed(Node node) {
        const Tag tag = node.tag();
        std::string_view address;
        for (const std::string_view name :
             {"data-src", "src", "data-lazy-src", "data-url", "data"}) {
            address = trim(node.attribute(name));
            if (address.starts_with("http") || address.starts_with("//") ||
                address.starts_with("/"))
                break;
            address = {};
        }
        if (address.empty()) {
            for (Node child = node.first_child(); child; child = child.next())
                if (child.is_element() && child.tag() == LXB_TAG_SOURCE && address.empty())
                    address = trim(child.attribute(LXB_DOM_ATTR_SRC));
        }
        const std::optional<Url> url = html::parse_url(address, &base_);
        if (address.empty() || !url) return;
        std::string_view kind = tag == LXB_TAG_VIDEO   ? "video"
                                : tag == LXB_TAG_AUDIO ? "audio"
                                                       : kind_of_embed(url->href);
        // Of all things that are framed only films are asked to fill the screen.
        if (kind == "other" && node.has_attribute("allowfullscreen")) kind = "video";
        if (kind == "other") {
            // Frames of advertisements and counters have no title and no size.
            if (trim(node.attribute(LXB_DOM_ATTR_TITLE)).empty() &&
                pixels(node.attribute(LXB_DOM_ATTR_HEIGHT)) < kMinPixels)
                return;
        }
        std::string_view title = trim(node.attribute(LXB_DOM_ATTR_TITLE));
        if (title.empty()) title = trim(node.attribute("aria-label"));
        if (title.empty()) title = url->host;
        builder_.open(kFigure, {.data_embed = kind});
        builder_.open(kA, {.href = url->href});
        builder_.text(title);
        builder_.close();
        builder_.close();
    }

    const PageTable& table_;
    const Selection& selection_;
    const Url& base_;
    ArticleBuilder builder_;
    std::vector<std::uint32_t> kept_before_;
    std::vector<Open> open_;
    std::vector<bool> data_tables_;  // of the open tables
    std::unordered_set<std::string> seen_;
};

}  // namespace

std::string write_body(const PageTable& table, const Selection& selection, const Url& base,
                       const LeadImage* lead_image) {
    return Writer(table, selection, base, lead_image).write();
}

}  // namespace heliograph::extract
