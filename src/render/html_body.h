// SPDX-License-Identifier: GPL-3.0-or-later
// The body of an article as part of an HTML page.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "render/markdown_body.h"

namespace heliograph::render {

// The body with pictures from the mirror's own store, place holders where there is none, embedded
// things labelled, and tables that scroll by themselves. Only elements and attributes of article
// HTML are written, whatever stands in the text.
[[nodiscard]] std::string html_body(std::string_view article_html, const BodyContext& context);

// The classes of elements of bodies and pictures.
inline constexpr auto kBodyClasses =
    std::to_array<std::string_view>({"embed", "kind", "missing", "post", "scroll"});

// Where a picture stands, which says how wide it is. The lead of a page is loaded at once, the
// others when readers come near them.
enum class PicturePlace : std::uint8_t { kText, kLead, kColumnOfHome };

// A picture of the mirror with the sizes and formats there are of it, or the place holder for one
// that is not there (`asset` null).
[[nodiscard]] std::string html_picture(const Asset* asset, std::string_view alt,
                                       const BodyContext& context,
                                       PicturePlace place = PicturePlace::kText);

}  // namespace heliograph::render
