// SPDX-License-Identifier: GPL-3.0-or-later
// Properties of characters of any script: letters, digits, punctuation, spaces, case, direction.
// The one face of ICU's character data (icu-uc); all functions may be called from any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph {

// Properties of one code point, as a set of bits.
using Traits = std::uint16_t;
inline constexpr Traits kLetterTrait = 1U << 0;       // general category L
inline constexpr Traits kMarkTrait = 1U << 1;         // M: vowel signs, accents, viramas
inline constexpr Traits kNumberTrait = 1U << 2;       // N: digits, Roman numerals, fractions
inline constexpr Traits kPunctuationTrait = 1U << 3;  // P
inline constexpr Traits kSymbolTrait = 1U << 4;       // S: currencies, arrows, emoji
inline constexpr Traits kSpaceTrait = 1U << 5;        // see is_space()
inline constexpr Traits kStopTrait = 1U << 6;         // see is_sentence_stop()
inline constexpr Traits kCommaTrait = 1U << 7;        // see is_comma_like()
inline constexpr Traits kClosingTrait = 1U << 8;      // see is_closing()
inline constexpr Traits kCapitalTrait = 1U << 9;      // upper case or title case
inline constexpr Traits kCjkTrait = 1U << 10;         // see is_cjk()
inline constexpr Traits kUnspacedTrait = 1U << 11;    // see is_unspaced()
inline constexpr Traits kDigitTrait = 1U << 12;       // Nd: has a digit_value()
inline constexpr Traits kSyllableTrait = 1U << 13;    // see is_syllable()
inline constexpr Traits kUnmarkedTrait = 1U << 14;    // see is_unmarked()
inline constexpr Traits kKnownTrait = 1U << 15;       // set in every result

namespace unicode_detail {
// Results for the Basic Multilingual Plane, 0 where nobody has asked yet. Every thread that
// computes an entry computes the same value, so relaxed order is enough.
inline constinit std::array<std::atomic<Traits>, 0x10000> known_traits{};
[[nodiscard]] Traits compute_traits(char32_t code_point);
}  // namespace unicode_detail

// Returns all properties at once. Costs one load once a character has been asked for.
[[nodiscard]] inline Traits traits_of(char32_t code_point) {
    if (code_point >= 0x10000) return unicode_detail::compute_traits(code_point);
    const Traits known = unicode_detail::known_traits[code_point].load(std::memory_order_relaxed);
    return known != 0 ? known : unicode_detail::compute_traits(code_point);
}

[[nodiscard]] inline bool is_letter(char32_t c) { return (traits_of(c) & kLetterTrait) != 0; }
[[nodiscard]] inline bool is_mark(char32_t c) { return (traits_of(c) & kMarkTrait) != 0; }
[[nodiscard]] inline bool is_digit(char32_t c) { return (traits_of(c) & kDigitTrait) != 0; }
[[nodiscard]] inline bool is_capital(char32_t c) { return (traits_of(c) & kCapitalTrait) != 0; }

// Returns true for punctuation (general category P), not for symbols such as "+" and "€".
[[nodiscard]] inline bool is_punctuation(char32_t c) {
    return (traits_of(c) & kPunctuationTrait) != 0;
}
[[nodiscard]] inline bool is_symbol(char32_t c) { return (traits_of(c) & kSymbolTrait) != 0; }

// Returns true for letters, marks and numbers: what words of any script are made of.
[[nodiscard]] inline bool is_word_character(char32_t c) {
    return (traits_of(c) & (kLetterTrait | kMarkTrait | kNumberTrait)) != 0;
}

// Returns true for White_Space, and for U+200B and U+FEFF, which show nothing either.
[[nodiscard]] inline bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
    return (traits_of(c) & kSpaceTrait) != 0;
}

// Returns true for marks that end a sentence: Sentence_Terminal (UAX 44), "…", the Khmer khan and
// the Tibetan shad. "." is one wherever it stands.
[[nodiscard]] inline bool is_sentence_stop(char32_t c) { return (traits_of(c) & kStopTrait) != 0; }

// Returns true for marks inside a sentence: commas and semicolons of any script, and middle dots.
// Colons are none.
[[nodiscard]] inline bool is_comma_like(char32_t c) { return (traits_of(c) & kCommaTrait) != 0; }

// Returns true for marks that may follow the stop of a sentence: closing brackets, and quotation
// marks of either side, since languages differ in which one closes.
[[nodiscard]] inline bool is_closing(char32_t c) { return (traits_of(c) & kClosingTrait) != 0; }

// Returns true for Han, Kana, Bopomofo, Hangul, Yi and their full-width punctuation.
[[nodiscard]] inline bool is_cjk(char32_t c) {
    return c >= 0x1100 && (traits_of(c) & kCjkTrait) != 0;
}

// Returns true for letters and marks of alphabets whose words are not parted by spaces: Thai, Lao,
// Khmer, Burmese, Tibetan, Javanese, Balinese and others of South-East Asia. Spaces stand between
// phrases there. Han and Kana are not among them: see is_cjk().
[[nodiscard]] inline bool is_unspaced(char32_t c) { return (traits_of(c) & kUnspacedTrait) != 0; }

// Returns true for letters that stand for a whole syllable: Ethiopic, Cherokee, Canadian, Vai and
// other syllabaries. Those of East Asia are not among them: see is_cjk().
[[nodiscard]] inline bool is_syllable(char32_t c) { return (traits_of(c) & kSyllableTrait) != 0; }

// Returns true for letters and marks of scripts in which whole texts may have no sentence marks:
// those of is_unspaced(), and Mongolian.
[[nodiscard]] inline bool is_unmarked(char32_t c) { return (traits_of(c) & kUnmarkedTrait) != 0; }

// Returns the value of a decimal digit of any script, -1 for all else.
[[nodiscard]] int digit_value(char32_t code_point);

// Returns the small letter of a capital of any script; other characters stay. "İ" becomes "i".
[[nodiscard]] char32_t lower_beyond_ascii(char32_t code_point);
[[nodiscard]] inline char32_t lower(char32_t c) {
    if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
    return lower_beyond_ascii(c);
}

// Returns the form in which two spellings that differ in case alone are equal (simple case
// folding): as lower(), and "ς" becomes "σ".
[[nodiscard]] char32_t fold_case(char32_t code_point);

// A script by its number in ICU (UScriptCode); only those that the program names have a name here.
enum class Script : std::uint16_t {
    kCommon = 0,     // digits, punctuation, symbols
    kInherited = 1,  // marks that take the script of their letter
    kArabic = 2,
    kArmenian = 3,
    kBengali = 4,
    kBopomofo = 5,
    kCherokee = 6,
    kCyrillic = 8,
    kDevanagari = 10,
    kEthiopic = 11,
    kGeorgian = 12,
    kGreek = 14,
    kGujarati = 15,
    kGurmukhi = 16,
    kHan = 17,
    kHangul = 18,
    kHebrew = 19,
    kHiragana = 20,
    kKannada = 21,
    kKatakana = 22,
    kKhmer = 23,
    kLao = 24,
    kLatin = 25,
    kMalayalam = 26,
    kMongolian = 27,
    kBurmese = 28,
    kOriya = 31,
    kSinhala = 33,
    kSyriac = 34,
    kTamil = 35,
    kTelugu = 36,
    kThaana = 37,
    kThai = 38,
    kTibetan = 39,
    kCanadianSyllabics = 40,
    kYi = 41,
    kTifinagh = 60,
    kBalinese = 62,
    kCham = 66,
    kJavanese = 78,
    kNko = 87,
    kVai = 99,
    kUnknown = 103,
    kOlChiki = 109,
    kMeitei = 115,
    kAdlam = 167,
};

[[nodiscard]] Script script_of(char32_t code_point);

// Returns the ISO 15924 code: "Latn".
[[nodiscard]] std::string_view script_code(Script script);

// Returns the script of an ISO 15924 code in any case; kUnknown for anything else.
[[nodiscard]] Script script_by_code(std::string_view code);

// Returns true for scripts that run from right to left.
[[nodiscard]] bool is_right_to_left(Script script);

// Returns the script of a language tag (BCP 47): its script subtag, else the script that the
// language is usually written in (CLDR, likely subtags): "ur" gives kArabic, "zh-TW" kHan.
// kUnknown when that is not known.
[[nodiscard]] Script script_of_language(std::string_view tag);

}  // namespace heliograph
