// SPDX-License-Identifier: GPL-3.0-or-later
// Text into HTML.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::html {

// & < > become references; in attributes " too. Appends to out.
void append_escaped_text(std::string& out, std::string_view text);
void append_escaped_attribute(std::string& out, std::string_view text);
[[nodiscard]] std::string escape_text(std::string_view text);
[[nodiscard]] std::string escape_attribute(std::string_view text);

// Plain text of a piece of HTML: tags off, references decoded, white space collapsed, script and
// style left out. For titles and summaries of feeds.
[[nodiscard]] std::string text_of_fragment(std::string_view html);

}  // namespace heliograph::html
