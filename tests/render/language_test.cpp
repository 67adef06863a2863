// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/language.h"

#include <gtest/gtest.h>
#include <fstream>
#include <set>
#include <sstream>

#include "base/utf8.h"
#include "render/texts.h"

namespace heliograph::render {
namespace {

TEST(Direction, FollowsTheScriptThenTheLanguage) {
    for (const auto* tag :
         {"ar", "ar-EG", "fa", "he", "iw", "ur-PK", "ckb", "yi", "az-Arab", "AR", "ku-Arab-IQ"})
        EXPECT_TRUE(is_right_to_left(tag)) << tag;
    for (const auto* tag :
         {"", "en", "zh-Hans", "ru", "ar-Latn", "az", "az-Latn", "fa-Latn-IR", "arn", "de-1996"})
        EXPECT_FALSE(is_right_to_left(tag)) << tag;
}

TEST(ListSeparator, IsTheLanguagesOwn) {
    for (const auto* tag : {"zh-Hant", "ja", "JA-jp"}) EXPECT_EQ(list_separator(tag), "、") << tag;
    for (const auto* tag : {"ar", "fa-AF"}) EXPECT_EQ(list_separator(tag), "، ") << tag;
    for (const auto* tag : {"", "en", "ru", "he"}) EXPECT_EQ(list_separator(tag), ", ") << tag;
}

TEST(NearestLanguage, FindsTheScriptOfChineseAndFallsBackToEnglish) {
    const struct {
        std::string_view tag;
        std::string_view nearest;
    } cases[] = {
        {"zh", "zh-Hans"},         {"zh-CN", "zh-Hans"}, {"zh-TW", "zh-Hant"},
        {"zh-Hant-HK", "zh-Hant"}, {"zh-hk", "zh-Hant"}, {"zh-Hans-TW", "zh-Hans"},
        {"yue", "zh-Hant"},        {"ar-EG", "ar"},      {"fa-AF", "fa"},
        {"fr-CA", "fr"},           {"frr", "en"},        {"en-GB", "en"},
        {"pt-BR", "en"},           {"", "en"},           {"ES", "es"},
    };
    for (const auto& c : cases) EXPECT_EQ(nearest_language(c.tag), c.nearest) << c.tag;
}

TEST(Texts, OfEveryLanguageHaveTheSameKeysAndNoneIsEmpty) {
    const auto english = built_in_texts("en");
    ASSERT_TRUE(english) << english.error().message;
    for (const auto* language : {"zh-Hans", "zh-Hant", "ar", "fa", "ru", "es", "fr", "ja"}) {
        const auto texts = built_in_texts(language);
        ASSERT_TRUE(texts) << texts.error().message;
        EXPECT_EQ(texts->size(), english->size()) << language;
        for (const auto& [key, text] : *english) {
            ASSERT_TRUE(texts->contains(key)) << language << " " << key;
            EXPECT_FALSE(texts->at(key).empty()) << language << " " << key;
            EXPECT_EQ(texts->at(key).find("{n}") == std::string::npos,
                      text.find("{n}") == std::string::npos)
                << language << " " << key;
        }
    }
}

TEST(ParseTexts, NamesFileAndLineOfWhatItCannotRead) {
    const auto bad = parse_texts("# note\n\nhome = Home\nmenu Menu\n", "en.txt");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().message, "en.txt:4: not of the form 'key = text'");
    const auto twice = parse_texts("a = 1\na = 2\n", "en.txt");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().message, "en.txt:2: 'a' is there twice");
    const auto good = parse_texts("a = b = c\r\n", "en.txt");
    ASSERT_TRUE(good);
    EXPECT_EQ(good->at("a"), "b = c");
}

}  // namespace
}  // namespace heliograph::render
