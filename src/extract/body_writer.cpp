// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/body_writer.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/utf8.h"
#include "extract/caption.h"
#include "extract/code_block.h"
#include "extract/data_table.h"
#include "extract/embed.h"
#include "extract/media.h"
#include "extract/phrases.h"
#include "extract/picture_box.h"
#include "extract/picture_name.h"
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
// From this width on a picture shows enough for a phone.
constexpr int kLeastOfLarge = 600;
// Pictures of one article; the longest galleries seen have 300.
constexpr std::size_t kMaxImages = 1'000;
// Of the labels on pictures, which is_picture_label() knows.
constexpr std::size_t kMaxLabelBytes = 200;
// Nodes of a figure that are searched for a background picture.
constexpr int kMaxFigureNodes = 60;
// Elements of a box that a script would fill, and the weight of the words in it: "Loading".
constexpr std::uint32_t kMaxRowsOfStandIn = 30;
constexpr std::uint32_t kMaxStandInWeight = 200;
// Elements of a box that is a background picture: overlays and buttons.
constexpr std::uint32_t kMaxRowsOfBackground = 6;

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

bool is_image(Node node) { return node.tag() == LXB_TAG_IMG; }

class Writer {
  public:
    Writer(const PageTable& table, const Selection& selection, const Url& base,
           const LeadImage* lead_image, std::string_view shown_lead_url)
        : table_(table), selection_(selection), base_(base), builder_(&base) {
        kept_before_.resize(table.blocks.size() + 1);
        for (std::size_t i = 0; i < table.blocks.size(); ++i)
            kept_before_[i + 1] = kept_before_[i] + (selection.keep[i] ? 1 : 0);
        if (lead_image != nullptr) seen_.insert(picture_key(lead_image->url));
        if (!shown_lead_url.empty()) seen_.insert(picture_key(shown_lead_url));
    }

    WrittenBody write() {
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
        return {.html = builder_.finish(), .data_images = std::move(data_images_)};
    }

  private:
    struct Open {
        enum class Kind : std::uint8_t { kNone, kElement, kBreak };
        Kind kind;
        Tag tag;
        Node post = {};  // a quoted post, whose address is written at its end
    };

    [[nodiscard]] const Row* row_of(Node node) const {
        const std::uint32_t r = table_.row_of(node);
        return r == kNoRow ? nullptr : &table_.rows[r];
    }
    [[nodiscard]] std::uint32_t kept(const Row& row) const {
        return kept_before_[row.end_block] - kept_before_[row.first_block];
    }

    // True when its children are to be walked and leave() is due.
    bool enter(Node node) {
        if (node.is_text()) {
            const std::size_t mark = node.mark();
            if (mark != 0 && mark == caption_mark_) return false;
            if (mark == 0 || (mark <= selection_.keep.size() && selection_.keep[mark - 1]))
                write_text(node.text(), mark);
            return false;
        }
        if (!node.is_element()) return false;
        const Row* row = row_of(node);
        if (row == nullptr ||
            selection_.dropped_rows[static_cast<std::size_t>(row - table_.rows.data())])
            return false;
        const Tag tag = node.tag();
        if (is_line_break(node)) {
            builder_.open(kBr);
            return false;
        }
        if (is_image(node)) {
            if (media_belongs(*row)) write_image_and_line(node, *row);
            return false;
        }
        if (is_player(tag)) {
            if (media_belongs(*row)) write_embed(read_embed(node, base_));
            return false;
        }
        if (tag == LXB_TAG_NOSCRIPT) {
            if (media_belongs(*row)) write_noscript(node);
            return false;
        }
        if (tag == LXB_TAG_SCRIPT) {
            if (media_belongs(*row)) write_embed(read_script(node, base_));
            return false;
        }
        if (row->is_unread) return false;
        if ((tag == LXB_TAG_FIGURE && is_whole_figure(*row)) ||
            (tag == LXB_TAG_TABLE && is_captioned_picture(table_, *row)) ||
            is_captioned_box(table_, *row)) {
            if (media_belongs(*row)) write_figure(node);
            return false;
        }
        if (tag == LXB_TAG_BLOCKQUOTE && kept(*row) == 0 && is_social_post(node)) {
            if (media_belongs(*row)) write_post(node, *row);
            return false;
        }
        const bool is_code =
            element_of(tag) == kPre || (tag == LXB_TAG_TABLE && is_code_table(node));
        if (is_code && kept(*row) > 0) {
            builder_.open(kPre);
            builder_.text(code_text(node));
            builder_.close();
            return false;
        }
        if (kept(*row) == 0 && !has_content(*row)) {
            if (const auto embed = read_stand_in(node, base_)) {
                if (media_belongs(*row)) write_embed(embed);
                return false;
            }
            if (table_.weight(*row) == 0 && is_background_box(node, *row)) {
                if (media_belongs(*row)) write_image(node);
                return false;
            }
        }
        open(node, *row);
        return true;
    }

    void open(Node node, const Row& row) {
        const Tag tag = node.tag();
        std::optional<ArticleElement> element = element_of(tag);
        // Of a picture that opens itself no link is left: it would lead out of the mirror.
        if (element == kA && table_.weight(row) == 0 &&
            leads_to_picture(trim(node.attribute(LXB_DOM_ATTR_HREF))))
            element = std::nullopt;
        if (tag == LXB_TAG_TABLE && is_data_table(table_, row)) element = kTable;
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
                if ((row.names & (kEmbed | kShare)) != 0 || is_social_post(node))
                    attributes.data_embed = "post";
                break;
            default:
                break;
        }
        builder_.open(*element, attributes);
        open_.push_back({Open::Kind::kElement, tag});
        if (*element == kBlockquote && attributes.data_embed == "post") open_.back().post = node;
    }

    void leave() {
        const Open last = open_.back();
        open_.pop_back();
        if (last.post) write_post_address(last.post);
        if (last.kind == Open::Kind::kElement) builder_.close();
        if (last.kind == Open::Kind::kBreak) builder_.break_paragraph();
        if (last.tag == LXB_TAG_TABLE) data_tables_.pop_back();
    }

    // `mark` is the number of its block from 1, 0 for white space between blocks.
    void write_text(std::string_view text, std::size_t mark) {
        if (mark != 0 && is_whole_block(table_.blocks[mark - 1]) && is_ornament(text)) {
            builder_.break_paragraph();
            builder_.open(kHr);
        } else {
            builder_.text(text);
        }
    }

    // Whether the block has one text and is no part of a list, a table or code.
    [[nodiscard]] bool is_whole_block(const Block& block) const {
        const Tag tag = table_.rows[block.row].tag;
        return block.end_text - block.first_text == 1 &&
               (tag == LXB_TAG_P || tag == LXB_TAG_DIV || tag == LXB_TAG_CENTER ||
                tag == LXB_TAG_SECTION || tag == LXB_TAG_ARTICLE);
    }

    // A figure that is one, with no other in it and no text beyond a caption; one of a gallery, of
    // a table, of a post or of a quotation is a box like any other.
    [[nodiscard]] bool is_whole_figure(const Row& row) const {
        bool has_picture = false;
        const auto begin = static_cast<std::uint32_t>(&row - table_.rows.data());
        for (std::uint32_t r = begin + 1; r < row.end; ++r) {
            const Tag tag = table_.rows[r].tag;
            if (tag == LXB_TAG_FIGURE ||
                (tag == LXB_TAG_BLOCKQUOTE && is_social_post(table_.rows[r].node)))
                return false;
            has_picture = has_picture || tag == LXB_TAG_IMG || is_player(tag);
        }
        if (!has_picture && kept(row) > 0)
            has_picture = static_cast<bool>(background_in(table_.rows[begin].node));
        return kept(row) == 0 || (has_picture && table_.weight(row) <= kMaxCaptionWeight);
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

    static bool is_in_figure(Node node) {
        constexpr int kMaxLevels = 4;  // <figure><a><picture><img>
        for (int level = 0; level < kMaxLevels && node && node.is_element(); ++level) {
            if (node.tag() == LXB_TAG_FIGURE) return true;
            node = node.parent();
        }
        return false;
    }

    // Reads the image that an <img>, or the <noscript> beside it, has in a data: URL. Returns
    // nullopt when there is none. A drawing without a text or a figure is an icon.
    static std::optional<DataImage> data_image_of(Node node, Node twin, std::string_view alt) {
        if (!is_image(node)) return std::nullopt;
        auto image = read_data_image(node.attribute(LXB_DOM_ATTR_SRC));
        if (!image && twin) image = read_data_image(twin.attribute(LXB_DOM_ATTR_SRC));
        if (image && image->media_type == "image/svg+xml" && trim(alt).empty() &&
            !is_in_figure(node))
            return std::nullopt;
        return image;
    }

    enum class Written : std::uint8_t {
        kYes,
        kNo,      // it shows nothing, or is a sign
        kBefore,  // the article shows it elsewhere, as its lead image perhaps
    };

    // Writes an <img> or a box with a background picture.
    Written write_image(Node node) {
        if (seen_.size() > kMaxImages) return Written::kNo;
        const Node twin = is_image(node) ? noscript_image_of(node) : Node{};
        const auto attribute = [&](lxb_dom_attr_id_t id) {
            const std::string_view own = node.attribute(id);
            return own.empty() && twin ? twin.attribute(id) : own;
        };
        const int width = pixels(attribute(LXB_DOM_ATTR_WIDTH));
        const int height = pixels(attribute(LXB_DOM_ATTR_HEIGHT));
        if (width > 0 && width < kMinPixels && height < kMinPixels) return Written::kNo;
        std::string source = image_source(node);
        // A small picture that opens the large one: readers get that.
        std::string_view large;
        if (width < kLeastOfLarge && !node.has_attribute("srcset"))
            if (const auto link = link_of_picture(node); leads_to_picture(link)) large = link;
        if (!large.empty()) source = large;
        std::optional<DataImage> data_image;
        if (source.empty()) {
            data_image = data_image_of(node, twin, attribute(LXB_DOM_ATTR_ALT));
            if (!data_image) return Written::kNo;
            source = data_image->url;
        }
        if (is_sign(source)) return Written::kNo;
        // An address that cannot be resolved is left out by the builder; its caption stays.
        const auto url = html::parse_url(source, &base_);
        const std::string key =
            data_image ? source : picture_key(url ? std::string_view(url->href) : source);
        if (!key.empty() && !seen_.insert(key).second) return Written::kBefore;
        if (data_image) {
            std::vector<DataImage> one;
            one.push_back(*std::move(data_image));
            add_data_images(data_images_, std::move(one));
        }
        std::string_view alt = attribute(LXB_DOM_ATTR_ALT);
        if (alt.empty() && !is_image(node)) alt = node.attribute("aria-label");
        html::ArticleAttributes attributes{.alt = alt, .src = source};
        if (large.empty()) {
            attributes.height = attribute(LXB_DOM_ATTR_HEIGHT);
            attributes.width = attribute(LXB_DOM_ATTR_WIDTH);
        }
        builder_.open(kImg, attributes);
        return Written::kYes;
    }

    // Whether a kept line that is its caption comes right behind a picture, no other between.
    [[nodiscard]] bool has_line_below(const Row& row) {
        const std::uint32_t b = row.end_block;
        if (row.first_block != b || b >= selection_.keep.size() || !selection_.keep[b])
            return false;
        if (b != line_) {  // asked by each of a row of pictures
            line_ = b;
            picture_above_line_ =
                is_line_under_picture(table_, table_.blocks[b]) ? picture_above(table_, b) : kNoRow;
        }
        return picture_above_line_ == static_cast<std::uint32_t>(&row - table_.rows.data());
    }

    void write_image_and_line(Node node, const Row& row) {
        if (!has_line_below(row)) {
            write_image(node);
            return;
        }
        builder_.open(kFigure);
        // Under a picture that was there already it was too.
        if (write_image(node) == Written::kYes) {
            builder_.open(kFigcaption);
            write_texts(table_.blocks[row.end_block]);
            builder_.close();
        }
        builder_.close();
        caption_mark_ = row.end_block + 1;
    }

    // Returns how many pictures it wrote. The one that only repeats an <img> beside the <noscript>
    // is left to that.
    std::size_t write_noscript(Node node) {
        std::size_t images = 0;
        const bool is_twin = static_cast<bool>(image_of_noscript(node));
        for (Node inner = node.first_child(); inner; inner = inner.next_in(node)) {
            if (!inner.is_element()) continue;
            if (is_image(inner) && !is_twin && write_image(inner) == Written::kYes) ++images;
            if (inner.tag() == LXB_TAG_IFRAME) write_embed(read_embed(inner, base_));
        }
        return images;
    }

    // Writes a figure of pictures or embeds with their caption: whatever text is in it.
    void write_figure(Node figure) {
        bool is_open = false;
        std::size_t images = 0;
        bool has_image = false;
        std::vector<Embed> embeds;
        const auto take_embed = [&](Node node) {
            if (auto embed = read_embed(node, base_)) embeds.push_back(*std::move(embed));
        };
        const auto open_figure = [&] {
            if (!is_open) builder_.open(kFigure);
            is_open = true;
        };
        for (Node node = figure.first_child(); node;) {
            const bool skip = node.is_element() && node.tag() == LXB_TAG_NOSCRIPT;
            if (skip) {
                open_figure();
                images += write_noscript(node);
            } else if (node.is_element() && is_image(node)) {
                has_image = true;
                open_figure();
                if (write_image(node) == Written::kYes) ++images;
            } else if (node.is_element() && is_player(node.tag())) {
                take_embed(node);
            }
            node = skip ? node.next_past(figure) : node.next_in(figure);
        }
        if (images == 0 && !has_image && embeds.empty()) {
            if (const Node box = background_in(figure)) {
                open_figure();
                if (write_image(box) == Written::kYes) ++images;
            }
        }
        const Row* row = row_of(figure);
        const bool has_caption = row != nullptr && row->first_block < row->end_block;
        if (is_open) {
            if (images > 0 && has_caption) write_caption(*row);
            builder_.close();
        }
        for (const Embed& embed : embeds)
            write_embed(embed, images == 0 && has_caption ? row : nullptr);
    }

    // Finds the first box with a background picture in a figure; null when there is none.
    static Node background_in(Node figure) {
        int looked_at = 0;
        for (Node node = figure; node && looked_at < kMaxFigureNodes;
             node = node.next_in(figure), ++looked_at)
            if (node.is_element() && !background_source(node).empty()) return node;
        return {};
    }

    // Whether an element has more than the words that stand in for a player: a post, a picture, a
    // frame or much text.
    [[nodiscard]] bool has_content(const Row& row) const {
        const auto begin = static_cast<std::uint32_t>(&row - table_.rows.data());
        if (row.end - begin > kMaxRowsOfStandIn || table_.weight(row) > kMaxStandInWeight)
            return true;
        for (std::uint32_t r = begin + 1; r < row.end; ++r) {
            const Tag tag = table_.rows[r].tag;
            if (tag == LXB_TAG_BLOCKQUOTE || is_player(tag)) return true;
        }
        return false;
    }

    // Whether an element without text shows a picture by its style alone.
    [[nodiscard]] bool is_background_box(Node node, const Row& row) const {
        if (!html::is_block(row.tag) && row.tag != LXB_TAG_SPAN && row.tag != LXB_TAG_A)
            return false;
        const auto begin = static_cast<std::uint32_t>(&row - table_.rows.data());
        if (row.end - begin > kMaxRowsOfBackground || row.is_hidden) return false;
        for (std::uint32_t r = begin + 1; r < row.end; ++r)
            if (table_.rows[r].tag == LXB_TAG_IMG || is_player(table_.rows[r].tag)) return false;
        if (!is_background_picture(node) || background_source(node).empty()) return false;
        const std::string_view link = link_of_picture(node);
        return link.empty() || link.starts_with('#') || leads_to_picture(link);
    }

    // `caption`: blocks of text below it; null: none.
    void write_embed(const std::optional<Embed>& embed, const Row* caption = nullptr) {
        if (!embed) return;
        builder_.open(kFigure, {.data_embed = embed->kind});
        builder_.open(kA, {.href = embed->url});
        builder_.text(embed->title);
        builder_.close();
        if (caption != nullptr) write_caption(*caption);
        builder_.close();
    }

    // All text of the row, whatever became of it in the choice.
    void write_caption(const Row& row) {
        builder_.open(kFigcaption);
        write_texts(row);
        builder_.close();
    }
    void write_texts(const Row& row) {
        for (std::uint32_t b = row.first_block; b < row.end_block; ++b) {
            write_texts(table_.blocks[b]);
            builder_.text(" ");
        }
    }
    void write_texts(const Block& block) {
        if (is_picture_label(table_.text_of(block, kMaxLabelBytes))) return;
        for (std::uint32_t t = block.first_text; t < block.end_text; ++t) {
            // A label beside the caption in an element of its own, never a time within a sentence.
            const bool is_at_end = t == block.first_text || t + 1 == block.end_text;
            const Tag holder = table_.texts[t].parent().tag();
            if (is_at_end && holder == LXB_TAG_SPAN && is_picture_label(table_.texts[t].text()))
                continue;
            builder_.text(table_.texts[t].text());
        }
    }

    // A post of a social network that the choice left out: its words, and where it is.
    void write_post(Node node, const Row& row) {
        builder_.open(kBlockquote, {.data_embed = "post"});
        for (std::uint32_t b = row.first_block; b < row.end_block; ++b) {
            builder_.open(kP);
            const Block& block = table_.blocks[b];
            for (std::uint32_t t = block.first_text; t < block.end_text; ++t) {
                const Node text = table_.texts[t];
                const Node link = link_round(text, node);
                if (link) builder_.open(kA, {.href = link.attribute(LXB_DOM_ATTR_HREF)});
                builder_.text(text.text());
                if (link) builder_.close();
            }
            builder_.close();
        }
        write_post_address(node);
        builder_.close();
    }

    // Writes the address of a post, unless a link in it leads there.
    void write_post_address(Node node) {
        const std::string address = post_address(node, base_);
        if (address.empty() || leads_to(node, address)) return;
        builder_.open(kP);
        builder_.open(kA, {.href = address});
        builder_.text(address);
        builder_.close();
        builder_.close();
    }

    [[nodiscard]] bool leads_to(Node root, std::string_view address) const {
        for (Node node = root.first_child(); node; node = node.next_in(root)) {
            if (!node.is_element() || node.tag() != LXB_TAG_A) continue;
            const auto url = html::parse_url(node.attribute(LXB_DOM_ATTR_HREF), &base_);
            if (url && url->href == address) return true;
        }
        return false;
    }

    static Node link_round(Node node, Node root) {
        for (Node outer = node.parent(); outer && outer != root; outer = outer.parent())
            if (outer.tag() == LXB_TAG_A) return outer;
        return {};
    }

    const PageTable& table_;
    const Selection& selection_;
    const Url& base_;
    ArticleBuilder builder_;
    std::vector<std::uint32_t> kept_before_;
    std::vector<Open> open_;
    std::vector<bool> data_tables_;  // of the open tables
    std::unordered_set<std::string> seen_;
    std::vector<DataImage> data_images_;
    std::uint32_t line_ = kNoRow;  // the block that was last asked about
    std::uint32_t picture_above_line_ = kNoRow;
    std::size_t caption_mark_ = 0;  // of the texts of the last line written under a picture
};

}  // namespace

namespace {

// Writes the paragraphs in the <article> or <main> round a row: the few words beside a film.
void write_words_beside(const PageTable& table, std::uint32_t r, Names outside,
                        ArticleBuilder& builder) {
    constexpr double kMostLinks = 0.3;
    while (r != kNoRow && table.rows[r].tag != LXB_TAG_ARTICLE && table.rows[r].tag != LXB_TAG_MAIN)
        r = table.rows[r].parent;
    if (r == kNoRow) return;
    const std::uint32_t end = table.rows[r].end;
    for (++r; r < end; ++r) {
        const Row& row = table.rows[r];
        const bool is_outside = row.is_hidden || (row.names & outside) != 0 ||
                                row.tag == LXB_TAG_NAV || row.tag == LXB_TAG_ASIDE ||
                                row.tag == LXB_TAG_FOOTER || row.tag == LXB_TAG_FORM;
        if (is_outside || row.tag == LXB_TAG_P) {
            if (!is_outside && table.weight(row) > 0 && table.link_share(row) < kMostLinks) {
                builder.open(kP);
                for (std::uint32_t b = row.first_block; b < row.end_block; ++b)
                    for (std::uint32_t t = table.blocks[b].first_text; t < table.blocks[b].end_text;
                         ++t)
                        builder.text(table.texts[t].text());
                builder.close();
            }
            r = row.end - 1;
        }
    }
}

}  // namespace

std::string write_main_embed(const PageTable& table, const Url& base, HasText has_text) {
    constexpr Names kOutside =
        kNav | kFoot | kSide | kRelated | kComment | kAd | kConsent | kNewsletter | kHiddenName;
    for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        const Row& row = table.rows[r];
        if (row.is_hidden || (row.names & kOutside) != 0 || row.tag == LXB_TAG_NAV ||
            row.tag == LXB_TAG_ASIDE || row.tag == LXB_TAG_FOOTER) {
            r = row.end - 1;
            continue;
        }
        std::optional<Embed> embed;
        if (is_player(row.tag)) {
            embed = read_embed(row.node, base);
        } else if (row.tag == LXB_TAG_SCRIPT) {
            embed = read_script(row.node, base);
        } else if (table.weight(row) <= kMaxStandInWeight) {
            embed = read_stand_in(row.node, base);
        }
        if (!embed || (embed->kind != "video" && embed->kind != "audio")) continue;
        ArticleBuilder builder(&base);
        builder.open(kFigure, {.data_embed = embed->kind});
        builder.open(kA, {.href = embed->url});
        builder.text(embed->title);
        builder.close();
        builder.close();
        if (has_text == HasText::kNo) write_words_beside(table, r, kOutside, builder);
        return builder.finish();
    }
    return {};
}

WrittenBody write_body(const PageTable& table, const Selection& selection, const Url& base,
                       const LeadImage* lead_image, std::string_view shown_lead_url) {
    return Writer(table, selection, base, lead_image, shown_lead_url).write();
}

}  // namespace heliograph::extract
