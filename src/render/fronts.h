// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that readers come to first: home, what is hot, the months; and the ways to companions.
#pragma once

#include "render/pages.h"

namespace heliograph::render {

// See Renderer.
void render_part_front(const Site& site, const Sink& sink);
void render_fronts(const Site& site, const Lists& lists, const FrontView& view, const Sink& sink);

}  // namespace heliograph::render
