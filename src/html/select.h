// SPDX-License-Identifier: GPL-3.0-or-later
// CSS selectors, for rules that operators write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "html/dom.h"

namespace heliograph::html {

// Elements that one selector may give.
inline constexpr std::size_t kMaxSelected = 100'000;

// The elements inside `root` that the selector list matches, in document order, each once.
// Errors: kConfig when `selectors` is no list of CSS selectors (Selectors level 4).
[[nodiscard]] Result<std::vector<Node>> select(Node root, const std::string& selectors);

// Whether select() would accept it.
[[nodiscard]] bool is_selector_list(const std::string& selectors);

}  // namespace heliograph::html
