// SPDX-License-Identifier: GPL-3.0-or-later
// The mirror's own feeds, and what machines read of it: sitemap, robots.txt, web manifest.
#pragma once

#include <span>
#include <string>

#include "model/list.h"
#include "render/pages.h"

namespace heliograph::render {

// Lists that have feeds: all articles, and each section.
[[nodiscard]] bool has_feeds(const ListKey& list);
[[nodiscard]] std::string atom_path(const ListPlace& place);
[[nodiscard]] std::string json_feed_path(const ListPlace& place);

// Atom (RFC 4287) and JSON Feed 1.1 of a list, from its newest articles. Pages of HTML mirrors give
// the full text or, as the configuration says, the beginning of it; Markdown mirrors give the
// beginning, since their pictures have no address that a feed reader could ask for.
void render_feeds(const Site& site, const ListPlace& place, std::span<const ArticleView> newest,
                  const Sink& sink);

// Sitemaps (sitemaps.org, protocol 0.9): each holds kSitemapSize articles, numbered from 1, the
// oldest; so news changes the last one alone. The first has home too, and is always there.
[[nodiscard]] std::size_t sitemaps_of(std::size_t articles);
[[nodiscard]] std::string sitemap_path(std::size_t number);
void render_sitemap(const Site& site, const Lists& lists, std::size_t number, const Sink& sink);
void render_sitemap_index(const Site& site, std::size_t articles, const Sink& sink);

// robots.txt, the web manifest and the icon.
void render_site_files(const Site& site, const Sink& sink);

}  // namespace heliograph::render
