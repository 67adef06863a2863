// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and embedded things of a page: which address is the picture, what an embed is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/dom.h"

namespace heliograph::extract {

// The best address that an <img> (or <amp-img>) gives, also when a script is to load it later:
// srcset, the <picture> round it, data-src and its kin, src. Empty when there is none, or when it
// is a placeholder.
[[nodiscard]] std::string image_source(html::Node image);

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

// Whether the <img> has its picture in itself: a data: URL too long for a placeholder.
[[nodiscard]] bool is_picture_inside(html::Node image);

// Whether all words of the file's name are of a page's buttons and signs: "icon_print.gif",
// "arrow-down.svg".
[[nodiscard]] bool is_sign(std::string_view url);

// The number at the front of a width or height ("640", "640px"); 0 when there is none.
[[nodiscard]] int pixels(std::string_view text);

// "video", "audio", "chart", "map", "post" or "other", by the words of an embed's address.
[[nodiscard]] std::string_view kind_of_embed(std::string_view url);

}  // namespace heliograph::extract
