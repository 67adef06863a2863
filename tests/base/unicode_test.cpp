// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/unicode.h"

#include <gtest/gtest.h>

#include <string_view>
#include <thread>
#include <vector>

namespace heliograph {
namespace {

TEST(Unicode, LettersMarksAndDigitsOfAnyScriptMakeUpWords) {
    for (const char32_t c : std::u32string_view(U"aZ9éßЖξ٣ञ५กลກማကខཀᚁᎠᐁ日ひ한ꓐꯀߊⵣᱚ𞤀𑄇"))
        EXPECT_TRUE(is_word_character(c)) << std::hex << static_cast<unsigned>(c);
    // Vowel signs and accents stand inside of words.
    for (const char32_t c : {U'\u0301', U'\u0947', U'\u0E34', U'\u17D2', U'\u0F72', U'\u102D'}) {
        EXPECT_TRUE(is_mark(c)) << std::hex << static_cast<unsigned>(c);
        EXPECT_TRUE(is_word_character(c)) << std::hex << static_cast<unsigned>(c);
        EXPECT_FALSE(is_punctuation(c)) << std::hex << static_cast<unsigned>(c);
    }
    for (const char32_t c : std::u32string_view(U" .,-—…«»“”،؟।॥。、！：·※→€+😀๛་།።၊"))
        EXPECT_FALSE(is_word_character(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, SentencesOfAnyScriptEndWithAStop) {
    for (const char32_t c : std::u32string_view(U".!?…؟۔।॥。！？｡։።፧။།༎។៕᠃꧉᭟᱾꯫꩝᙮߹܀"))
        EXPECT_TRUE(is_sentence_stop(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U",;:-،、၊a1 "))
        EXPECT_FALSE(is_sentence_stop(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, CommasOfAnyScriptAreNoStops) {
    for (const char32_t c : std::u32string_view(U",;،؛，、；､·፣፤၊᠂꧈᭞߸꘍"))
        EXPECT_TRUE(is_comma_like(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U".:!：፡-'a。"))
        EXPECT_FALSE(is_comma_like(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, ClosingQuotesAndBracketsAreKnown) {
    for (const char32_t c : std::u32string_view(U"\"')]}”’»“«」』）】〉"))
        EXPECT_TRUE(is_closing(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"([{「（.,a"))
        EXPECT_FALSE(is_closing(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, DigitsOfAnyScriptHaveTheirValue) {
    const struct {
        char32_t digit;
        int value;
    } cases[] = {{'0', 0},  {'9', 9},  {U'٣', 3},  {U'۷', 7},   {U'५', 5},  {U'৮', 8},  {U'๔', 4},
                 {U'༢', 2}, {U'၆', 6}, {U'៩', 9},  {U'９', 9},  {U'߁', 1},  {U'᠗', 7},  {U'꧕', 5},
                 {U'᱓', 3}, {U'𞥔', 4}, {U'a', -1}, {U'十', -1}, {U'½', -1}, {U'²', -1}, {U'Ⅳ', -1}};
    for (const auto& c : cases)
        EXPECT_EQ(digit_value(c.digit), c.value) << std::hex << static_cast<unsigned>(c.digit);
}

TEST(Unicode, CapitalsBecomeSmallInEveryScriptWithCase) {
    const struct {
        char32_t capital, small;
    } cases[] = {{'A', 'a'},     {U'É', U'é'},  {U'Ÿ', U'ÿ'}, {U'Ł', U'ł'}, {U'Ž', U'ž'},
                 {U'Ơ', U'ơ'},   {U'Ș', U'ș'},  {U'Ế', U'ế'}, {U'Ά', U'ά'}, {U'Ω', U'ω'},
                 {U'Ж', U'ж'},   {U'Ѓ', U'ѓ'},  {U'Ӏ', U'ӏ'}, {U'Ա', U'ա'}, {U'Ა', U'ა'},
                 {U'Ａ', U'ａ'}, {U'𞤀', U'𞤢'},  {U'ა', U'ა'}, {U'ς', U'ς'}, {U'İ', U'i'},
                 {U'×', U'×'},   {U'日', U'日'}};
    for (const auto& c : cases) {
        EXPECT_EQ(lower(c.capital), c.small) << std::hex << static_cast<unsigned>(c.capital);
        EXPECT_EQ(lower(c.small), c.small) << std::hex << static_cast<unsigned>(c.small);
    }
    EXPECT_EQ(fold_case(U'ς'), fold_case(U'Σ'));
    EXPECT_EQ(fold_case(U'K'), U'k');
}

TEST(Unicode, SpacesAreThoseOfUnicodeAndTheInvisibleOnes) {
    for (const char32_t c : {U' ', U'\t', U'\n', U'\u0085', U'\u00A0', U'\u1680', U'\u2003',
                             U'\u200B', U'\u202F', U'\u3000', U'\uFEFF'})
        EXPECT_TRUE(is_space(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : {U'a', U'\0', U'\u00AD', U'\u200C', U'\u200D', U'\u180E', U'\u1361'})
        EXPECT_FALSE(is_space(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, EastAsianScriptsAndScriptsWithoutSpacesAreKnown) {
    for (const char32_t c : std::u32string_view(U"日々ひカㄅ한，。𠀀ｶ"))
        EXPECT_TRUE(is_cjk(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"aЖกမ’"))
        EXPECT_FALSE(is_cjk(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"กลກကខཀꦏᬅꨀᨠ"))
        EXPECT_TRUE(is_unspaced(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"aक日ማ๑ ။"))
        EXPECT_FALSE(is_unspaced(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, ScriptsThatNeedNoSentenceMarksAreKnown) {
    for (const char32_t c : std::u32string_view(U"กກកမཀᠠ"))
        EXPECT_TRUE(is_unmarked(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"aЖक日ማ᠃ "))
        EXPECT_FALSE(is_unmarked(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, SyllabariesAreKnown) {
    for (const char32_t c : std::u32string_view(U"ማᎠᐁꔀꚠ"))
        EXPECT_TRUE(is_syllable(c)) << std::hex << static_cast<unsigned>(c);
    for (const char32_t c : std::u32string_view(U"aก한ひ።፩"))
        EXPECT_FALSE(is_syllable(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Unicode, ScriptsHaveCodesAndADirection) {
    EXPECT_EQ(script_of(U'ж'), Script::kCyrillic);
    EXPECT_EQ(script_of(U'ހ'), Script::kThaana);
    EXPECT_EQ(script_of(U','), Script::kCommon);
    EXPECT_EQ(script_code(Script::kNko), "Nkoo");
    EXPECT_EQ(script_by_code("cyrl"), Script::kCyrillic);
    EXPECT_EQ(script_by_code("Hant"), Script::kHan);
    EXPECT_EQ(script_by_code("Xxxx"), Script::kUnknown);
    EXPECT_EQ(script_by_code("no such code"), Script::kUnknown);
    for (const Script script : {Script::kArabic, Script::kHebrew, Script::kThaana, Script::kSyriac,
                                Script::kNko, Script::kAdlam})
        EXPECT_TRUE(is_right_to_left(script)) << script_code(script);
    for (const Script script : {Script::kLatin, Script::kHan, Script::kMongolian, Script::kThai})
        EXPECT_FALSE(is_right_to_left(script)) << script_code(script);
}

TEST(Unicode, TheScriptOfALanguageIsItsUsualOneUnlessTheTagNamesAnother) {
    const struct {
        std::string_view tag;
        Script script;
    } cases[] = {{"ar", Script::kArabic},       {"fa-IR", Script::kArabic},
                 {"ur", Script::kArabic},       {"ckb", Script::kArabic},
                 {"ug", Script::kArabic},       {"he", Script::kHebrew},
                 {"iw", Script::kHebrew},       {"yi", Script::kHebrew},
                 {"dv", Script::kThaana},       {"nqo", Script::kNko},
                 {"ff-Adlm", Script::kAdlam},   {"ff", Script::kLatin},
                 {"az-Arab", Script::kArabic},  {"ar-Latn", Script::kLatin},
                 {"zh-TW", Script::kHan},       {"EN-us", Script::kLatin},
                 {"xx", Script::kUnknown},      {"und", Script::kUnknown},
                 {"und-Arab", Script::kArabic}, {"", Script::kUnknown},
                 {"-", Script::kUnknown},       {std::string_view("\0\xFF", 2), Script::kUnknown}};
    for (const auto& c : cases)
        EXPECT_EQ(script_code(script_of_language(c.tag)), script_code(c.script)) << c.tag;
}

TEST(Unicode, ThreadsThatAskAtOnceGetTheSame) {
    std::vector<std::jthread> threads;
    std::vector<int> counts(4);
    for (int& count : counts)
        threads.emplace_back([&count] {
            for (char32_t c = 0; c < 0x30000; ++c) count += is_letter(c) ? 1 : 0;
        });
    threads.clear();
    for (const int count : counts) EXPECT_EQ(count, counts[0]);
    EXPECT_GT(counts[0], 90'000);
}

}  // namespace
}  // namespace heliograph
