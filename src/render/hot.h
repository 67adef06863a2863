// SPDX-License-Identifier: GPL-3.0-or-later
// What is hot, without counting readers.
#pragma once

#include <span>
#include <vector>

#include "model/article.h"

namespace heliograph::render {

// How many of the newest articles are looked at, here and on home.
inline constexpr std::size_t kFrontSize = 240;

// At most `count` of the articles, the hottest first. A story counts as newer than it is for each
// further publisher that has it (their titles share most of their words) and for being one of the
// editors' picks; so on a mirror of one publisher the order is that of the newest. Of one story
// only the best placed article is given. `newest` is sorted by newer_first.
[[nodiscard]] std::vector<ArticleSummary> rank_hot(std::span<const ArticleSummary> newest,
                                                   std::span<const ArticleSummary> picks,
                                                   std::size_t count);

}  // namespace heliograph::render
