// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/unicode.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <initializer_list>
#include <string>

namespace heliograph {
namespace {

static_assert(static_cast<int>(Script::kArabic) == USCRIPT_ARABIC);
static_assert(static_cast<int>(Script::kLatin) == USCRIPT_LATIN);
static_assert(static_cast<int>(Script::kBurmese) == USCRIPT_MYANMAR);
static_assert(static_cast<int>(Script::kYi) == USCRIPT_YI);
static_assert(static_cast<int>(Script::kNko) == USCRIPT_NKO);
static_assert(static_cast<int>(Script::kUnknown) == USCRIPT_UNKNOWN);
static_assert(static_cast<int>(Script::kMeitei) == USCRIPT_MEITEI_MAYEK);
static_assert(static_cast<int>(Script::kAdlam) == USCRIPT_ADLAM);

// The longest language tag that is looked at (BCP 47 section 4.4.1).
constexpr std::size_t kMaxTagBytes = 35;

bool is_among(char32_t c, std::initializer_list<char32_t> set) {
    return std::ranges::find(set, c) != set.end();
}

// Sentence_Terminal has two marks that part clauses. It lacks Khmer and Tibetan ones before
// Unicode 15.1, and the ellipsis.
bool compute_is_stop(char32_t c) {
    if (is_among(c, {0x104A, 0x1B5E, 0xA9C8})) return false;
    if (c == 0x2026 || c == 0x17D4 || c == 0x17D5 || (c >= 0x0F0D && c <= 0x0F12)) return true;
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM) != 0;
}

// Terminal_Punctuation that does not end a sentence, without colons and marks between words.
bool compute_is_comma(char32_t c) {
    // Middle dots part clauses in Greek and items of a list in Chinese.
    if (is_among(c, {0xB7, 0x104A, 0x1B5E, 0xA9C8})) return true;
    // Colons, the Ethiopic word space and prefaces.
    if (is_among(c, {':', 0xFF1A, 0xFE55, 0x1361, 0x1365, 0x1366, 0x17D6, 0x1804, 0xA6F4}))
        return false;
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_TERMINAL_PUNCTUATION) != 0 &&
           !compute_is_stop(c);
}

// Blocks of East Asian scripts, whose words take the fewest characters. Half-width Kana and
// full-width letters are among them.
bool compute_is_cjk(char32_t c) {
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0xA4CF) || (c >= 0xA960 && c <= 0xA97F) ||
           (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x1AFF0 && c <= 0x1B2FF) || (c >= 0x20000 && c <= 0x323AF);
}

bool compute_is_unspaced(char32_t c) {
    switch (static_cast<UScriptCode>(script_of(c))) {
        case USCRIPT_BALINESE:
        case USCRIPT_BATAK:
        case USCRIPT_BUGINESE:
        case USCRIPT_CHAM:
        case USCRIPT_JAVANESE:
        case USCRIPT_KHMER:
        case USCRIPT_LANNA:
        case USCRIPT_LAO:
        case USCRIPT_MYANMAR:
        case USCRIPT_NEW_TAI_LUE:
        case USCRIPT_REJANG:
        case USCRIPT_TAI_LE:
        case USCRIPT_TAI_VIET:
        case USCRIPT_THAI:
        case USCRIPT_TIBETAN:
            return true;
        default:
            return false;
    }
}

bool compute_is_syllable(char32_t c) {
    switch (static_cast<UScriptCode>(script_of(c))) {
        case USCRIPT_BAMUM:
        case USCRIPT_CANADIAN_ABORIGINAL:
        case USCRIPT_CHEROKEE:
        case USCRIPT_ETHIOPIC:
        case USCRIPT_MENDE:
        case USCRIPT_VAI:
            return true;
        default:
            return false;
    }
}

// Returns the tag as ICU writes it, with underscores; empty for what is no tag.
std::string to_locale_name(std::string_view tag) {
    if (tag.size() < 2 || tag.size() > kMaxTagBytes) return {};
    std::string name(tag);
    for (char& c : name) {
        if (c == '-') c = '_';
        const char small = static_cast<char>(c | 0x20);
        if (c != '_' && !(c >= '0' && c <= '9') && !(small >= 'a' && small <= 'z')) return {};
    }
    return name[0] == '_' ? std::string() : name;
}

Traits trait_of_category(char32_t c) {
    const auto mask = static_cast<std::uint32_t>(U_GET_GC_MASK(static_cast<UChar32>(c)));
    Traits traits = 0;
    if ((mask & U_GC_L_MASK) != 0) traits |= kLetterTrait;
    if ((mask & U_GC_M_MASK) != 0) traits |= kMarkTrait;
    if ((mask & U_GC_N_MASK) != 0) traits |= kNumberTrait;
    if ((mask & U_GC_ND_MASK) != 0) traits |= kDigitTrait;
    if ((mask & U_GC_P_MASK) != 0) traits |= kPunctuationTrait;
    if ((mask & U_GC_S_MASK) != 0) traits |= kSymbolTrait;
    if ((mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) traits |= kCapitalTrait;
    if ((mask & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK)) != 0 || c == '"' || c == '\'')
        traits |= kClosingTrait;
    return traits;
}

}  // namespace

Traits unicode_detail::compute_traits(char32_t c) {
    if (c > 0x10FFFF) return kKnownTrait;
    Traits traits = kKnownTrait | trait_of_category(c);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || c == 0x200B || c == 0xFEFF)
        traits |= kSpaceTrait;
    if (compute_is_stop(c)) traits |= kStopTrait;
    if (compute_is_comma(c)) traits |= kCommaTrait;
    if (compute_is_cjk(c)) traits |= kCjkTrait;
    const bool is_of_word = (traits & (kLetterTrait | kMarkTrait)) != 0;
    if (is_of_word && compute_is_unspaced(c)) traits |= kUnspacedTrait | kUnmarkedTrait;
    if (is_of_word && script_of(c) == Script::kMongolian) traits |= kUnmarkedTrait;
    if ((traits & kLetterTrait) != 0 && compute_is_syllable(c)) traits |= kSyllableTrait;
    if (c < known_traits.size()) known_traits[c].store(traits, std::memory_order_relaxed);
    return traits;
}

int digit_value(char32_t c) {
    if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
    return is_digit(c) ? u_charDigitValue(static_cast<UChar32>(c)) : -1;
}

char32_t lower_beyond_ascii(char32_t c) {
    // Most letters have no case: those of scripts without capitals cost no call.
    if (!is_capital(c)) return c;
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

char32_t fold_case(char32_t c) {
    if (c < 0x80) return lower(c);
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

Script script_of(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    return U_SUCCESS(status) ? static_cast<Script>(script) : Script::kUnknown;
}

std::string_view script_code(Script script) {
    const char* name = uscript_getShortName(static_cast<UScriptCode>(script));
    return name != nullptr ? name : "Zzzz";
}

Script script_by_code(std::string_view code) {
    if (code.size() != 4) return Script::kUnknown;
    // Codes for ways of writing one script: simplified and traditional Han, Japanese, Korean,
    // Arabic in the Nastaliq style, Syriac styles.
    struct Alias {
        std::string_view code;
        Script script;
    };
    static constexpr Alias kAliases[] = {
        {"hans", Script::kHan},    {"hant", Script::kHan},    {"jpan", Script::kHan},
        {"hrkt", Script::kHan},    {"kore", Script::kHangul}, {"aran", Script::kArabic},
        {"syre", Script::kSyriac}, {"syrj", Script::kSyriac}, {"syrn", Script::kSyriac}};
    std::string name(code);
    for (char& c : name) c = static_cast<char>(lower(static_cast<unsigned char>(c)));
    for (const Alias& alias : kAliases)
        if (alias.code == name) return alias.script;
    const int value = u_getPropertyValueEnum(UCHAR_SCRIPT, name.c_str());
    return value == UCHAR_INVALID_CODE ? Script::kUnknown : static_cast<Script>(value);
}

bool is_right_to_left(Script script) {
    return uscript_isRightToLeft(static_cast<UScriptCode>(script)) != 0;
}

Script script_of_language(std::string_view tag) {
    std::string name = to_locale_name(tag);
    if (name.empty()) return Script::kUnknown;
    // ICU takes an unknown language for English.
    if (name == "und" || name.starts_with("und_")) name.replace(0, 3, "xx");
    UErrorCode status = U_ZERO_ERROR;
    std::array<char, ULOC_FULLNAME_CAPACITY> full{};
    uloc_addLikelySubtags(name.c_str(), full.data(), static_cast<std::int32_t>(full.size()),
                          &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) return Script::kUnknown;
    std::array<char, ULOC_SCRIPT_CAPACITY> script{};
    const std::int32_t length = uloc_getScript(full.data(), script.data(),
                                               static_cast<std::int32_t>(script.size()), &status);
    if (U_FAILURE(status) || length != 4) {
        // Languages of Iran, Pakistan and Afghanistan that CLDR says nothing about.
        const std::string_view language = tag.substr(0, tag.find('-'));
        const bool is_arabic =
            language == "azb" || language == "bcc" || language == "pnb" || language == "prs";
        return is_arabic ? Script::kArabic : Script::kUnknown;
    }
    return script_by_code({script.data(), 4});
}

}  // namespace heliograph
