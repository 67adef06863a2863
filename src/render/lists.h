// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of lists of articles: index and archive; and the indexes of months and tags.
#pragma once

#include <cstddef>
#include <string_view>

#include "model/list.h"
#include "render/pages.h"

namespace heliograph::render {

// Where the pages of the tags' index lie. No tag has that folder.
inline constexpr std::string_view kTagIndexFolder = "tags/_by/";

// A tag that fewer articles have gets no pages: most tags are written once and never again.
inline constexpr std::size_t kMinTagArticles = 3;

// See Renderer.
[[nodiscard]] std::size_t archived_pages(std::size_t list_size);
[[nodiscard]] bool has_pages(const Site& site, const ListKey& list, std::size_t size);
[[nodiscard]] ListPlace place_of(const Site& site, const ListKey& list, const Lists& lists);
void render_list(const Site& site, const ListKey& list, const Lists& lists,
                 const PagesToRender& pages, const Sink& sink);
void render_months(const Site& site, const Lists& lists, const Sink& sink);
void render_tags(const Site& site, const Lists& lists, const Sink& sink);

}  // namespace heliograph::render
