// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(FirstBytes, CutNoCharacter) {
    EXPECT_EQ(first_bytes("harbour", 20), "harbour");
    EXPECT_EQ(first_bytes("harbour", 4), "harb");
    EXPECT_EQ(first_bytes("порт", 5), "по");
    EXPECT_EQ(first_bytes("港", 2), "");
    EXPECT_EQ(first_bytes("a😀b", 4), "a");
    EXPECT_EQ(first_bytes("a😀b", 5), "a😀");
}

TEST(Utf8, TellsWellFormedTextFromTheRest) {
    for (const auto* good : {"", "abc", "é", "新闻", "😀", "\xF4\x8F\xBF\xBF"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (const auto* bad : {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xE6\x96", "a\xFF"}) {
        EXPECT_FALSE(is_utf8(bad));
        EXPECT_TRUE(is_utf8(to_valid_utf8(bad)));
    }
}

TEST(Utf8, FindsTheFirstByteBeyondAsciiAtAnyPlace) {
    for (std::size_t before = 0; before < 40; ++before) {
        const std::string ascii(before, 'a');
        EXPECT_EQ(ascii_length(ascii), before);
        EXPECT_EQ(ascii_length(ascii + "\xE9" + std::string(20, 'b')), before);
        EXPECT_TRUE(is_utf8(ascii + "é" + ascii + "闻"));
        EXPECT_FALSE(is_utf8(ascii + "\xE9" + ascii));
    }
}

TEST(Utf8, ReplacesEachIllFormedPartOnce) {
    // The example of Unicode 15, section 3.9, table 3-8.
    EXPECT_EQ(to_valid_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
              "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST(Utf8, TrimsAndCollapsesTheSpacesOfEveryScript) {
    EXPECT_EQ(trim("\u3000\u3000本报讯 \n"), "本报讯");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(collapse_space("  a\u00A0\n b\u3000c "), "a b c");
}

TEST(Utf8, ShortensAtAWordOrBetweenIdeographs) {
    EXPECT_EQ(shorten("short", 10), "short");
    EXPECT_EQ(shorten("one two three", 9), "one two…");
    EXPECT_EQ(shorten("新闻新闻新闻", 4), "新闻新…");
    EXPECT_EQ(shorten("abcdefghijkl", 5), "abcd…");
    EXPECT_EQ(shorten(shorten("one two three", 9), 9), "one two…");
}

}  // namespace
}  // namespace heliograph
