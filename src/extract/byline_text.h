// SPDX-License-Identifier: GPL-3.0-or-later
// The names in a line of text: who wrote, without the words round it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::extract {

// Longer texts are no bylines; more names than these are a list of something else.
inline constexpr std::size_t kMaxBylineBytes = 400;
inline constexpr std::size_t kMaxNames = 30;

// Whether a byline is printed, where roles stand behind names, or a field of its own.
enum class Origin : std::uint8_t { kPrinted, kMetadata };

// The names in a byline: "By Ana Ruiz and Bo Lind, staff writers | 3 May" gives "Ana Ruiz" and
// "Bo Lind". Words that lead to a name ("By", "Von", "文", "記者") are off in many languages,
// roles, places, dates, addresses and handles are left out. Empty when no name is left.
[[nodiscard]] std::vector<std::string> names_in_byline(std::string_view text,
                                                       Origin origin = Origin::kPrinted);

// True when `text` begins as a byline does ("By ", "Von ", "作者：").
[[nodiscard]] bool starts_as_byline(std::string_view text);

// True when a part of `text` between bars or bullets begins as a byline: "Politics | By Ana Ruiz".
[[nodiscard]] bool has_byline_segment(std::string_view text);

// True for what stands beside names and is none: a topic, a role, a place, a weekday or a date.
[[nodiscard]] bool is_no_part_of_names(std::string_view text);

// The parts of a list of names.
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

// What is left of one part of a byline as a name; empty when it is none.
[[nodiscard]] std::string as_name(std::string_view part);

// True for "staff writer", "MD", "Politics Editor": a part that says what the one before it is.
[[nodiscard]] bool is_role(std::string_view part);

// True when each word of a Latin name begins as names do; other scripts have no capitals to tell.
[[nodiscard]] bool looks_like_name(std::string_view name);

// Adds those of `more` that are not in `names`.
void append(std::vector<std::string>& names, std::vector<std::string> more);

}  // namespace heliograph::extract
