// SPDX-License-Identifier: GPL-3.0-or-later
// JSON, and what scripts write beyond it: single quotes, comments, trailing commas, names without
// quotes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::source {

// Deeper nesting is left out: no feed has more than ten levels, and recursion needs a bound.
inline constexpr int kMaxLiteralDepth = 64;
// Values of one document: a feed of 50,000 items has about a million; each costs some 100 bytes.
inline constexpr std::size_t kMaxLiteralValues = 4'000'000;

struct Literal {
    enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kText, kArray, kObject };

    Kind kind = Kind::kNull;
    std::string text;                // of a text (valid UTF-8); a number or boolean as written
    std::vector<Literal> items;      // of an array; of an object its values
    std::vector<std::string> names;  // of an object, one for each item

    [[nodiscard]] bool is_array() const { return kind == Kind::kArray; }
    [[nodiscard]] bool is_object() const { return kind == Kind::kObject; }
    // The first member of that name; null when there is none.
    [[nodiscard]] const Literal* member(std::string_view name) const;
    // The member's text or number, trimmed; empty when it is neither.
    [[nodiscard]] std::string text_of(std::string_view name) const;
};

struct ReadLiteral {
    Literal value;
    std::size_t end = 0;         // of what was read
    bool is_complete = true;     // false: it breaks off or has a fault; what was read before stays
    std::size_t fault_line = 0;  // where, counted from 1
};

// Reads the value that begins in `text` at `begin`, which is valid UTF-8. nullopt when no array or
// object begins there. Takes time in proportion to the text.
[[nodiscard]] std::optional<ReadLiteral> read_literal(std::string_view text, std::size_t begin);

}  // namespace heliograph::source
