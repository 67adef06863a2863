// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/repeats.h"

#include <gtest/gtest.h>

#include <string>

#include "first_words.h"

namespace heliograph::extract {
namespace {

const std::string kOne =
    "<p>The lighthouse of Skerry Bank, dark since the great storm of October, was lit again on "
    "Sunday, in front of what its keeper called half the coast.</p>";
const std::string kTwo =
    "<p>Nobody had told the gulls, she said, which had raised three broods in the lamp room, and "
    "had to be asked to leave, politely, with a broom.</p>";
const std::string kThree =
    "<p>The new lamp needs as much power as a kettle, and is seen, on a clear night, from all of "
    "the outer islands, nineteen sea miles away.</p>";

std::string left_of(const std::string& html) { return first_words_left(html, drop_repeats); }

TEST(Repeats, OfCopiesForEachSizeOfScreenOneStays) {
    const std::string copy = "<h2>Light</h2>" + kOne + "<h2>Gulls</h2>" + kTwo;
    EXPECT_EQ(left_of("<div class=phone>" + copy + "</div><div class=desk>" + copy +
                      "</div><div class=print>" + copy + "</div>" + kThree),
              "Light The Gulls Nobody The ");
}

TEST(Repeats, ABeginningPrintedAboveTheTextIsReadInTheText) {
    EXPECT_EQ(left_of("<div>" + kTwo + "</div><div>" + kThree + kTwo + kOne + "</div>"),
              "The Nobody The ");
    EXPECT_EQ(left_of("<div>" + kOne + kThree + "</div><div>" + kTwo + kThree + "</div>"),
              "The The Nobody ");
}

// A copy to be read aloud, its paragraphs apart by line breaks.
TEST(Repeats, OfTwoElementsWithTheSameLinesOneStays) {
    const auto line_of = [](const std::string& paragraph) {
        return paragraph.substr(3, paragraph.size() - 7) + "<br><br>";
    };
    const std::string lines = line_of(kOne) + line_of(kTwo);
    EXPECT_EQ(left_of("<div>" + lines + "</div><div>" + lines + "</div>"), "The Nobody ");
    EXPECT_EQ(left_of("<div>" + lines + lines + "</div>"), "The Nobody The Nobody ");
}

TEST(Repeats, RefrainsListsTablesAndCodeStay) {
    const std::string refrain = kOne + kTwo + kOne;
    EXPECT_EQ(left_of("<div>" + refrain + "</div>"), "The Nobody The ");
    const std::string line = kTwo.substr(3, kTwo.size() - 7);
    for (const std::string tag : {"li", "td", "pre"}) {
        const std::string other = tag == "td" ? "table><tr" : tag == "li" ? "ul" : "div";
        const std::string one = "<" + other + "><" + tag + ">" + line + "</" + tag + ">" +
                                (tag == "td" ? "</table>" : "</" + other + ">");
        EXPECT_EQ(left_of("<div>" + one + "</div>" + kOne + "<div>" + one + "</div>"),
                  "Nobody The Nobody ")
            << tag;
    }
}

TEST(Repeats, WhatAHeadingIsAboutStays) {
    EXPECT_EQ(
        left_of("<div><h2>Monday</h2>" + kOne + "</div><div><h2>Tuesday</h2>" + kOne + "</div>"),
        "Monday The Tuesday The ");
}

TEST(Repeats, ShortLinesStay) {
    EXPECT_EQ(left_of("<div><p>Sold out</p></div>" + kOne + "<div><p>Sold out</p></div>"),
              "Sold The Sold ");
}

}  // namespace
}  // namespace heliograph::extract
