// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes of a page that are a picture, what plays or a post, with at most a caption.
#pragma once

#include <cstdint>

#include "extract/page_table.h"

namespace heliograph::extract {

// Of a caption with its credit, in weight; longer texts are paragraphs.
inline constexpr std::uint32_t kMaxCaptionWeight = 450;

// What plays or shows something of its own.
[[nodiscard]] bool is_player(html::Tag tag);

// A table of one picture and, below it, a few words: how figures were made before <figure>.
[[nodiscard]] bool is_captioned_picture(const PageTable& table, const Row& row);

// A box of one picture and words that are named its caption, or a box with that name: how galleries
// are made without <figure>.
[[nodiscard]] bool is_captioned_box(const PageTable& table, const Row& row);

// A picture, a player or a post of a social network that belongs to the text round it, whatever
// else its names may sound like: "wp-caption", "widget", "margin-bottom", "provider-twitter". No
// picture that leads to another page, as those of advertisements and teasers do.
[[nodiscard]] bool is_media_of_text(const PageTable& table, const Row& row);

// The row of the last picture that stands between a block and the one before; kNoRow: none does.
[[nodiscard]] std::uint32_t picture_above(const PageTable& table, std::uint32_t block);

// Whether a block is a line that says at its end who took a picture, as those do that stand under
// one without any mark-up that tells.
[[nodiscard]] bool is_line_under_picture(const PageTable& table, const Block& block);

}  // namespace heliograph::extract
