// SPDX-License-Identifier: GPL-3.0-or-later
// The language of an article.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// A language tag as pages write it ("en_US", "ZH-hans-cn") in its usual form (BCP 47 section
// 2.1.1: "en-US", "zh-Hans-CN"); empty when it is none.
[[nodiscard]] std::string language_tag(std::string_view written);

// The language that the script of `text` tells ("ja", "ko", "zh", "th", "el", "he" ...); empty
// where many languages share it, as Latin, Cyrillic and Arabic are.
[[nodiscard]] std::string language_of_script(std::string_view text);

// `declared` unless the text cannot be in it: templates say lang="en" in any language.
[[nodiscard]] std::string settle_language(std::string_view declared, std::string_view text);

}  // namespace heliograph::extract
