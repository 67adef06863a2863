// SPDX-License-Identifier: GPL-3.0-or-later
// The language of an article.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// A language tag as pages write it ("en_US", "ZH-hans-cn") in its usual form (BCP 47 section
// 2.1.1: "en-US", "zh-Hans-CN"); empty when it is none.
[[nodiscard]] std::string language_tag(std::string_view written);

// Returns the language that the letters of `text` tell ("ja", "zh-Hant", "th", "ur", "uk");
// "und-Arab" and the like where only the script is sure. Empty for Latin letters, for too little
// text and for mixtures.
[[nodiscard]] std::string language_of_script(std::string_view text);

// Returns `declared` unless the text cannot be in it: templates say lang="en" in any language. A
// language of several scripts keeps its name and gets the script ("az-Cyrl"), Chinese the way it is
// written ("zh-CN" over traditional letters is "zh-Hant").
[[nodiscard]] std::string settle_language(std::string_view declared, std::string_view text);

}  // namespace heliograph::extract
