// SPDX-License-Identifier: GPL-3.0-or-later
// What a BCP 47 language tag means for the look of a page.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::render {

// True when the language is written from right to left: by its script subtag when it has one
// ("az-Arab", "ar-Latn"), else by the language's usual script. An unknown language is not.
[[nodiscard]] bool is_right_to_left(std::string_view language);

// The primary subtag in lower case: "zh" for "ZH-Hans-SG".
[[nodiscard]] std::string primary_language(std::string_view language);

// "rtl" or "ltr".
[[nodiscard]] std::string_view direction(std::string_view language);

// What stands between the names of a list in that language, with its space.
[[nodiscard]] std::string_view list_separator(std::string_view language);

}  // namespace heliograph::render
