// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as pages have it, with its usual faults.
#pragma once

#include <rapidjson/document.h>

#include <string_view>

namespace heliograph::extract {

// Reads the text of a script. What is broken is mended where that is safe; a document that
// HasParseError() when it is beyond repair or deeper than kMaxJsonLdDepth. Does not throw.
// REQUIRES: valid UTF-8, as all strings of the answer are.
[[nodiscard]] rapidjson::Document parse_leniently(std::string_view script);

// REQUIRES: a string. Points into it.
[[nodiscard]] inline std::string_view view_of(const rapidjson::Value& text) {
    return {text.GetString(), text.GetStringLength()};
}

}  // namespace heliograph::extract
