// SPDX-License-Identifier: GPL-3.0-or-later
// Words that stand beside the names in a byline, by language: weekdays, topics, agencies, cities.
// All functions take folded text (see text_fold.h).
#pragma once

#include <string_view>

namespace heliograph::extract {

// True for a weekday in full or as an abbreviation: "piątek", "thứ sáu", "segunda feira".
[[nodiscard]] bool is_weekday(std::string_view folded);

// True for names of sections and topics: "politics", "wirtschaft", "سياسة", "社会".
[[nodiscard]] bool is_topic(std::string_view folded);

// True for words between a name and a role: "health" of "Ana Ruiz Health correspondent".
[[nodiscard]] bool is_beat(std::string_view folded);

// True for news agencies: "reuters", "dpa", "新华社".
[[nodiscard]] bool is_agency(std::string_view folded);

// True for words that name no agency in particular: "agencies", "agenturen", "وكالات".
[[nodiscard]] bool is_agencies(std::string_view folded);

// True for cities and countries of datelines: "berlin", "new york", "القاهرة".
[[nodiscard]] bool is_place(std::string_view folded);

// True for words that lead from a name to a place or a paper: "in", "aus", "из", "for".
[[nodiscard]] bool leads_to_place(std::string_view folded);

}  // namespace heliograph::extract
