// SPDX-License-Identifier: GPL-3.0-or-later
// Who made a picture, told from the words under it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heliograph::extract {

// Longer texts are no captions but the article.
inline constexpr std::size_t kMaxCaptionBytes = 1'500;
inline constexpr std::size_t kMaxCreditBytes = 200;

struct Caption {
    std::string text;
    std::string credit;
};

// The caption and the credit of one text: "A bridge. Photo: Ana Ruiz", "A bridge. (Ana Ruiz/AP)"
// and "A bridge | Ana Ruiz via Getty Images" have both, "Ana Ruiz / AP" is a credit alone.
[[nodiscard]] Caption split_credit(std::string_view caption);

// True for a text that can only be a credit: it begins as one ("Photo: ...") or names an agency.
[[nodiscard]] bool is_credit(std::string_view text);

// True for a text that says at its end, in so many words, who took the picture that it is about:
// "A bridge. Photo: Ana Ruiz", "A bridge in spring (Credit: Ana Ruiz)". A name alone is not enough.
[[nodiscard]] bool ends_with_credit(std::string_view text);

// A credit without "Photo:", "Courtesy of", brackets and the like; empty when it is too long.
[[nodiscard]] std::string cleaned_credit(std::string_view credit);

}  // namespace heliograph::extract
