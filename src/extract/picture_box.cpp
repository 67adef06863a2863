// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/picture_box.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "extract/credit_text.h"
#include "extract/embed.h"
#include "extract/media.h"

namespace heliograph::extract {
namespace {

// Elements of a picture with its caption.
constexpr std::uint32_t kMaxFigureRows = 20;
// Elements of a gallery: more are a page of their own, and looked through for each box round them.
constexpr std::uint32_t kMaxGalleryRows = 1'000;
// Of words beside a picture that are not named its caption: "Photo: Ann Lee".
constexpr std::uint32_t kMaxStrayWeight = 40;

// Names of what never is a picture of the text; of a box that is no figure, these too.
constexpr Names kForeign =
    kNav | kSide | kRelated | kComment | kAd | kTags | kConsent | kNewsletter | kAuthor | kPaywall;
constexpr Names kForeignBox = kShare | kMeta | kHiddenName;

// Whether a press on the picture opens another page instead of the picture itself.
bool leads_away(html::Node picture) {
    const std::string_view link = link_of_picture(picture);
    return !link.empty() && !link.starts_with('#') && !leads_to_picture(link);
}

}  // namespace

bool is_player(html::Tag tag) {
    return tag == LXB_TAG_IFRAME || tag == LXB_TAG_VIDEO || tag == LXB_TAG_AUDIO ||
           tag == LXB_TAG_EMBED || tag == LXB_TAG_OBJECT;
}

bool is_captioned_picture(const PageTable& table, const Row& row) {
    std::size_t images = 0;
    const auto begin = static_cast<std::uint32_t>(&row - table.rows.data());
    for (std::uint32_t r = begin + 1; r < row.end; ++r) {
        const Row& inner = table.rows[r];
        if (inner.tag == LXB_TAG_TABLE || inner.end - r > kMaxFigureRows) return false;
        if (inner.tag != LXB_TAG_IMG) continue;
        if (++images > 1 || inner.first_block != row.first_block) return false;
    }
    return images == 1 && table.weight(row) <= kMaxCaptionWeight;
}

bool is_captioned_box(const PageTable& table, const Row& row) {
    const std::uint32_t weight = table.weight(row);
    const auto begin = static_cast<std::uint32_t>(&row - table.rows.data());
    if ((row.tag != LXB_TAG_DIV && row.tag != LXB_TAG_LI) || weight == 0 ||
        weight > kMaxCaptionWeight || row.end - begin > kMaxFigureRows)
        return false;
    std::size_t images = 0;
    std::uint32_t captioned = 0;
    for (std::uint32_t r = begin + 1; r < row.end; ++r) {
        const Row& inner = table.rows[r];
        if (inner.tag == LXB_TAG_FIGURE || inner.tag == LXB_TAG_TABLE) return false;
        if (inner.tag == LXB_TAG_IMG) ++images;
        if ((inner.names & kCaption) == 0) continue;
        captioned += table.weight(inner);
        r = inner.end - 1;
    }
    return images == 1 && (captioned == weight || (row.names & kCaption) != 0);
}

bool is_media_of_text(const PageTable& table, const Row& row) {
    Names foreign = kForeign;
    switch (row.tag) {
        case LXB_TAG_FIGURE:
            break;
        case LXB_TAG_IMG:
            foreign &= ~kAd;  // a script's mark: "no-ads"
            break;
        case LXB_TAG_A:
        case LXB_TAG_CENTER:
        case LXB_TAG_DIV:
        case LXB_TAG_IFRAME:
        case LXB_TAG_P:
        case LXB_TAG_PICTURE:
        case LXB_TAG_SECTION:
        case LXB_TAG_SPAN:
        case LXB_TAG_TABLE:
        case LXB_TAG_TBODY:
        case LXB_TAG_TD:
        case LXB_TAG_TR:
            foreign |= kForeignBox;
            break;
        default:
            return false;
    }
    const auto begin = static_cast<std::uint32_t>(&row - table.rows.data());
    if (row.is_hidden || row.end - begin > kMaxGalleryRows) return false;
    bool has_media = false;
    std::uint32_t captions = 0;
    std::uint32_t posts = 0;
    for (std::uint32_t r = begin; r < row.end; ++r) {
        const Row& inner = table.rows[r];
        if (inner.tag == LXB_TAG_BLOCKQUOTE && is_social_post(inner.node)) {
            posts += table.weight(inner);
            r = inner.end - 1;
            continue;
        }
        if (inner.tag == LXB_TAG_IMG && leads_away(inner.node)) return false;
        has_media = has_media || inner.tag == LXB_TAG_IMG || is_player(inner.tag) ||
                    (inner.first_block == inner.end_block && is_background_picture(inner.node) &&
                     !background_source(inner.node).empty());
    }
    for (std::uint32_t r = begin; r < row.end; ++r) {
        const Row& inner = table.rows[r];
        if ((inner.names & kCaption) == 0 && inner.tag != LXB_TAG_FIGCAPTION) continue;
        captions += table.weight(inner);
        r = inner.end - 1;
    }
    if (posts > 0) foreign &= ~(kShare | kSide);
    const std::uint32_t weight = table.weight(row);
    return (row.names & foreign) == 0 && (has_media || posts > 0) &&
           weight <= posts + kMaxCaptionWeight && weight <= posts + captions + kMaxStrayWeight;
}

std::uint32_t picture_above(const PageTable& table, std::uint32_t block) {
    // What begins before the block's text and after that of the one before.
    const auto rows = std::ranges::equal_range(table.rows, block, {}, &Row::first_block);
    for (auto row = rows.end(); row != rows.begin();)
        if (--row; row->end_block == block && row->tag == LXB_TAG_IMG)
            return static_cast<std::uint32_t>(row - table.rows.begin());
    return kNoRow;
}

bool is_line_under_picture(const PageTable& table, const Block& block) {
    constexpr std::uint32_t kMaxWeight = 250;
    constexpr std::uint16_t kMaxStops = 2;  // a paragraph may end with the credit of its picture
    return block.weight < kMaxWeight && block.stops <= kMaxStops &&
           ends_with_credit(table.text_of(block, 4 * kMaxWeight));
}

}  // namespace heliograph::extract
