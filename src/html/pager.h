// SPDX-License-Identifier: GPL-3.0-or-later
// Links of a pager: "1 2 3 next", on an article that is cut into pages or under a list of articles.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "html/dom.h"
#include "model/url.h"

namespace heliograph::html {

// Parts of one text; more are a forum or a calendar.
inline constexpr int kMaxPart = 999;

enum class PagerWord : std::uint8_t {
    kNone,    // anything else, such as a headline
    kNext,    // "next page", "下一页", "Weiter »"
    kWhole,   // "view all", "在本页阅读全文"
    kNumber,  // "2", "[2]"
    kBare,    // an arrow or nothing
};

struct PagerLabel {
    PagerWord word = PagerWord::kNone;
    int number = 0;  // of kNumber
};

// What the text of a link means in a pager, in the languages of the news. "Next article" and its
// like are kNone.
[[nodiscard]] PagerLabel read_pager_label(std::string_view text);

// The same for an element: its text, else its aria-label or title.
// REQUIRES: link.is_element().
[[nodiscard]] PagerLabel read_pager_label(Node link);

// How one address follows another, the surest last.
enum class PartStep : std::uint8_t {
    kNone,          // it does not
    kNext,          // a number grew by one: "/a-2.html", "/a-3.html"; also the ids of two stories
    kSecond,        // a number was added: "/a.html", "/a-2.html"; also "/a-2" of another story
    kZeroBased,     // "/a", "/a?page=1" where the first page is 0; also the first page itself
    kNextMarked,    // a number beside a word for pages grew: "/a?page=2", "/a?page=3"
    kSecondMarked,  // the same was added: "/a.html", "/a.html?page=2", "/a-p2.html"
};

struct PartRelation {
    PartStep step = PartStep::kNone;
    int part = 0;  // the number of the later one, counted from 1
};

// Whether `next` is the address of the part that follows `here`, by the addresses alone.
[[nodiscard]] PartRelation part_relation(const Url& here, const Url& next);

// Whether both are addresses of parts of one text, or the text itself: they differ in nothing but a
// number of a page.
[[nodiscard]] bool same_parted_text(const Url& a, const Url& b);

// Whether `first` is the address of the text that `part` is a numbered part of: "/a" of "/a-3".
[[nodiscard]] bool is_first_part_of(const Url& first, const Url& part);

// Whether `whole` is the address of all parts of the text at `here` on one page:
// "/a_2.html" and "/a_all.html", "/a?page=2" and "/a?page=all".
[[nodiscard]] bool is_whole_of(const Url& here, const Url& whole);

}  // namespace heliograph::html
