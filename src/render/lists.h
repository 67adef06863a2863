// SPDX-License-Identifier: GPL-3.0-or-later
// Home, section indexes and their archives.
#pragma once

#include <span>

#include "render/pages.h"

namespace heliograph::render {

// Entries of a full archive page. Archive pages are numbered from the oldest and hold exactly this
// many, so that one never changes again; an index shows what is not archived yet, and never fewer
// than one page of it.
inline constexpr std::size_t kArchivePageSize = 50;

// See Renderer::render_lists.
void render_lists(const Site& site, std::span<const ArticleSummary> articles, const Assets& assets,
                  const Sink& sink);

}  // namespace heliograph::render
