// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of class and id names say an element is.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace heliograph::extract {

// Bits of what an element's names say.
enum ClassRole : std::uint32_t {
    kRoleAuthor = 1U << 0,      // byline, author, writer
    kRoleDate = 1U << 1,        // date, time, published
    kRoleTitle = 1U << 2,       // headline, title
    kRoleStandfirst = 1U << 3,  // deck, lead, subtitle, summary
    kRoleCaption = 1U << 4,
    kRoleCredit = 1U << 5,
    kRoleAside = 1U << 6,    // navigation, related, sidebar, footer, promotion
    kRoleComment = 1U << 7,  // readers' comments
    kRoleLogo = 1U << 8,     // logo, icon, avatar
    kRoleUpdated = 1U << 9,  // updated, modified
    kRoleHidden = 1U << 10,  // screen-reader text and the like
    kRoleByline = 1U << 11,  // byline itself, more certain than author
    kRoleBio = 1U << 12,     // a text about the author
    kRoleBody = 1U << 13,    // the article's text
    kRoleSite = 1U << 14,    // masthead, site title
    kRoleAd = 1U << 15,
    kRoleNext = 1U << 16,   // the next page
    kRoleTags = 1U << 17,   // the subjects of the article
    kRoleQuote = 1U << 18,  // what others said: <blockquote>, by its tag
};

// The roles of all words of a class or id attribute. Words are split at what is no letter or digit
// and at changes from lower to upper case, and looked up whole: "ad" is not in "lead".
[[nodiscard]] std::uint32_t class_roles(std::string_view names);

// Remembers the names it has seen: a page repeats a few hundred class attributes thousands of
// times. Keeps views into the page; one per page.
class ClassWords {
  public:
    [[nodiscard]] std::uint32_t roles(std::string_view names);

  private:
    struct Slot {
        std::string_view names;
        std::uint32_t roles = 0;
    };
    std::array<Slot, 1024> slots_{};  // by hash; a later name takes the place of an earlier one
};

// A quick hash of the value of a class attribute: of its ends and its length, in which they differ.
[[nodiscard]] std::size_t hash_of_names(std::string_view names);

}  // namespace heliograph::extract
