// SPDX-License-Identifier: GPL-3.0-or-later
// A page that lists articles: the front of a site, a section, an archive.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::source {

// Links of one page that are looked at; fronts of large papers have a thousand.
inline constexpr std::size_t kMaxPageLinks = 20'000;
// A list has at least so many articles, where no rule says which links to take.
inline constexpr std::size_t kMinListed = 3;

// The articles that the page lists, in its order, each with the title and the date beside its link.
//
// With a CSS rule (`links`): every link that it matches, or that stands in what it matches. Without
// one: links are sorted by where they stand (the elements round them, with those classes that most
// of their likes share); the place with the most and longest different titles wins. Menus, side
// columns, footers, advertisements and links to other sites do not count.
//
// Errors: kMalformed when there is no list of articles, kConfig when the rule is no CSS selector;
// the message is only the cause. `page` is valid UTF-8.
[[nodiscard]] Result<Feed> read_section_page(std::string_view page, const Url& url,
                                             const std::string& links);

}  // namespace heliograph::source
