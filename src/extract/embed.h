// SPDX-License-Identifier: GPL-3.0-or-later
// Things that need a foreign frame, player or script: which they are, and where they lead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "html/dom.h"
#include "model/url.h"

namespace heliograph::extract {

struct Embed {
    std::string_view kind;  // of article HTML: "video", "audio", "chart", "post", "map", "other"
    std::string url;        // absolute
    std::string title;      // as the page says, else the name of the host
};

// What a frame, a player or an object shows. Nothing for those without an address, and for what
// looks like an advertisement or a counter.
[[nodiscard]] std::optional<Embed> read_embed(html::Node element, const Url& base);

// What an empty element stands for that a script would fill: <lite-youtube videoid="...">,
// <div class="fb-post" data-href="...">. Cheap for any other element.
[[nodiscard]] std::optional<Embed> read_stand_in(html::Node element, const Url& base);

// Returns what a script writes in its place: the widget of a network, a chart, a player.
[[nodiscard]] std::optional<Embed> read_script(html::Node script, const Url& base);

// Whether a quotation is a post of a social network, by the class or attributes that its script
// looks for.
[[nodiscard]] bool is_social_post(html::Node blockquote);

// The address of the post itself; empty when the page does not say it.
[[nodiscard]] std::string post_address(html::Node blockquote, const Url& base);

}  // namespace heliograph::extract
