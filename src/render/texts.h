// SPDX-License-Identifier: GPL-3.0-or-later
// The words of menus and notes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::render {

using Texts = std::map<std::string, std::string, std::less<>>;

// Reads lines of the form "key = text"; empty lines and lines that begin with # are notes.
// Errors: kConfig, naming `file_name` and the line.
[[nodiscard]] Result<Texts> parse_texts(std::string_view lines, std::string_view file_name);

// The languages of the built-in texts.
[[nodiscard]] std::span<const std::string_view> built_in_languages();

// The built-in language nearest to a BCP 47 tag: "zh-TW" gives "zh-Hant", "pt" gives "en".
[[nodiscard]] std::string_view nearest_language(std::string_view language);

// The texts of a file of the operator's, "texts/pt.txt". Errors: kConfig, naming the file and each
// text that English has and it has not.
[[nodiscard]] Result<Texts> own_texts(std::string_view lines, std::string_view file_name);

// The built-in texts of the nearest language.
[[nodiscard]] Result<Texts> built_in_texts(std::string_view language);

}  // namespace heliograph::render
