// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of class and id names say of an element, in whatever theme.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph::extract {

// A set of the bits below.
using Names = std::uint32_t;

inline constexpr Names kNav = 1U << 0;
inline constexpr Names kFoot = 1U << 1;
inline constexpr Names kSide = 1U << 2;
inline constexpr Names kRelated = 1U << 3;
inline constexpr Names kComment = 1U << 4;
inline constexpr Names kShare = 1U << 5;
inline constexpr Names kMeta = 1U << 6;
inline constexpr Names kCaption = 1U << 7;
inline constexpr Names kAd = 1U << 8;
inline constexpr Names kTags = 1U << 9;
inline constexpr Names kConsent = 1U << 10;
inline constexpr Names kHiddenName = 1U << 11;
inline constexpr Names kNewsletter = 1U << 12;
inline constexpr Names kWidget = 1U << 13;
inline constexpr Names kAuthor = 1U << 14;
inline constexpr Names kHeader = 1U << 15;
inline constexpr Names kGood = 1U << 16;      // content, text, ...
inline constexpr Names kSubject = 1U << 17;   // article, post, story, ...
inline constexpr Names kBodyName = 1U << 18;  // both in one name: "post-content"
inline constexpr Names kStandfirst = 1U << 19;
inline constexpr Names kEmbed = 1U << 20;
inline constexpr Names kGallery = 1U << 21;
inline constexpr Names kPaywall = 1U << 22;
inline constexpr Names kCode = 1U << 23;
inline constexpr Names kTitleName = 1U << 24;

// Names of elements that are no text of the article.
inline constexpr Names kForeignNames = kNav | kFoot | kSide | kRelated | kComment | kShare | kMeta |
                                       kCaption | kAd | kTags | kConsent | kHiddenName |
                                       kNewsletter | kWidget | kAuthor | kPaywall;

// Splits a class or id attribute into names at white space, and these into words at - _ : digits
// and changes of case; each word is looked up whole, so that "ad" is not found in "lead". What
// comes right behind a digit is no word.
[[nodiscard]] Names read_names(std::string_view attribute);

}  // namespace heliograph::extract
