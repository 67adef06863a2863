// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and embedded things of a page: which address is the picture, what an embed is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/dom.h"

namespace heliograph::extract {

// Returns the best address that an <img> gives, also when a script is to load it later: data-srcset
// and srcset, data-src and similar attributes, the <picture> round it, the <noscript> beside it,
// src. Returns the background picture of any other element. Empty when there is none, or when it is
// a placeholder.
[[nodiscard]] std::string image_source(html::Node image);

// Returns the <img> that a <noscript> beside `image` shows to readers without scripts; null when
// there is none. The two are one picture.
[[nodiscard]] html::Node noscript_image_of(html::Node image);

// Returns the <img> beside `noscript` that the image in it stands in for; null when there is none.
[[nodiscard]] html::Node image_of_noscript(html::Node noscript);

// Returns the address of the background picture of a box, from its style or the attributes from
// which scripts set it; empty when there is none.
[[nodiscard]] std::string background_source(html::Node box);

// Whether a box without text that has a background is named or marked as a picture: role="img",
// "hero-image", "photo".
[[nodiscard]] bool is_background_picture(html::Node box);

// An address of a picture, as it is written in an attribute.
struct PictureSource {
    std::string_view address;
    int width = 0;  // in pixels; 0 when nothing says it
};

// The largest candidate of a srcset that is not needlessly large; without an address when there is
// none. Points into srcset.
[[nodiscard]] PictureSource best_of_srcset(std::string_view srcset);

// Each address that an <img> and the <picture> round it have, those for scripts among them. Points
// into the page.
[[nodiscard]] std::vector<PictureSource> picture_sources(html::Node image);

// Where a link close round the <img> leads, as it is written; empty when there is none.
[[nodiscard]] std::string_view link_of_picture(html::Node image);

// Whether a link's address is that of a picture file: the large form of the picture in the link.
[[nodiscard]] bool leads_to_picture(std::string_view address);

// Whether all words of the file's name are of a page's buttons and signs: "icon_print.gif",
// "arrow-down.svg".
[[nodiscard]] bool is_sign(std::string_view url);

// The number at the front of a width or height ("640", "640px"); 0 when there is none.
[[nodiscard]] int pixels(std::string_view text);

// "video", "audio", "chart", "map", "post" or "other", by the words of an embed's address.
[[nodiscard]] std::string_view kind_of_embed(std::string_view url);

}  // namespace heliograph::extract
