// SPDX-License-Identifier: GPL-3.0-or-later
// Text and addresses into GitHub Flavored Markdown (spec 0.29-gfm).
#pragma once

#include <string>
#include <string_view>

namespace heliograph::render {

// Text that reads as itself wherever inline Markdown may stand, also at the beginning of a line, in
// a link's text, in a heading and in a table's cell. Line ends become spaces.
[[nodiscard]] std::string escape_markdown(std::string_view text);

// The same for text in the midst of a line; escape_line_start mends its beginning later, when it is
// known what stands there.
[[nodiscard]] std::string escape_markdown_inline(std::string_view text);

// A line made of escaped text and markup, safe at the beginning of a line: no heading, quote, list,
// rule or table can start there.
[[nodiscard]] std::string escape_line_start(std::string_view line);

// An address between the round brackets of a link or picture, also within a table's cell.
[[nodiscard]] std::string link_destination(std::string_view address);

// "[text](<address>)"; just the escaped text when nobody may follow the address.
[[nodiscard]] std::string markdown_link(std::string_view text, std::string_view address);

// An address that is shown as itself: "<address>" where that can be written, else as a link.
[[nodiscard]] std::string markdown_address(std::string_view address);

// "![alt](path)".
[[nodiscard]] std::string markdown_picture(std::string_view alt, std::string_view path);

// What emphasis depends on: which side of a delimiter a character stands on, and whether it is
// space, punctuation or anything else (section 6.2 of the specification, "delimiter run").
enum class CharacterClass { kSpace, kPunctuation, kLetter, kUnsure };
[[nodiscard]] CharacterClass character_class(char32_t code_point);

// True when a "*" run between these two opens emphasis for every reader of Markdown. The other way
// round it is the rule for closing.
[[nodiscard]] bool star_opens(CharacterClass before, CharacterClass after);
// The same for "_".
[[nodiscard]] bool underscore_opens(CharacterClass before, CharacterClass after);

}  // namespace heliograph::render
