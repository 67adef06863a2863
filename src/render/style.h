// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet that a page carries in itself: readers pay for it with each page.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace heliograph::render {

using ClassNames = std::set<std::string, std::less<>>;

// Notes, line ends and the space before lines off.
[[nodiscard]] std::string compact_style(std::string_view css);

// The classes of the elements of a template; what is filled into it is not known.
[[nodiscard]] ClassNames class_names(std::string_view mustache);

// A compact style sheet without what is for pages of another kind: selectors with a class of
// `others` go, and rules that have no selector left. What this does not understand stays.
[[nodiscard]] std::string without_classes(std::string_view css, const ClassNames& others);

}  // namespace heliograph::render
