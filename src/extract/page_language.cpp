// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <vector>

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxTagBytes = 35;  // BCP 47 section 4.4.1
constexpr std::size_t kMaxTextBytes = 4'000;

bool is_ascii_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
char small(char c) { return static_cast<char>(c | 0x20); }
char capital(char c) { return static_cast<char>(c & ~0x20); }

// The language of a script that has one, or one that nearly all of its news is in. A script subtag
// stands where the language is usually written otherwise.
struct ScriptLanguage {
    Script script;
    std::string_view language;
};
constexpr auto kLanguages = std::to_array<ScriptLanguage>({
    {Script::kHan, "zh"},
    {Script::kBopomofo, "zh"},
    {Script::kHangul, "ko"},
    {Script::kHiragana, "ja"},
    {Script::kKatakana, "ja"},
    {Script::kThai, "th"},
    {Script::kGreek, "el"},
    {Script::kHebrew, "he"},
    {Script::kGeorgian, "ka"},
    {Script::kArmenian, "hy"},
    {Script::kKhmer, "km"},
    {Script::kLao, "lo"},
    {Script::kBurmese, "my"},
    {Script::kTamil, "ta"},
    {Script::kTelugu, "te"},
    {Script::kKannada, "kn"},
    {Script::kMalayalam, "ml"},
    {Script::kGujarati, "gu"},
    {Script::kGurmukhi, "pa"},
    {Script::kOriya, "or"},
    {Script::kSinhala, "si"},
    {Script::kTibetan, "bo"},
    {Script::kThaana, "dv"},
    {Script::kSyriac, "syr"},
    {Script::kNko, "nqo"},
    {Script::kAdlam, "ff-Adlm"},
    {Script::kCherokee, "chr"},
    {Script::kMongolian, "mn-Mong"},
    {Script::kTifinagh, "zgh"},
    {Script::kOlChiki, "sat"},
    {Script::kMeitei, "mni-Mtei"},
    {Script::kYi, "ii"},
    {Script::kVai, "vai"},
    {Script::kJavanese, "jv-Java"},
    {Script::kBalinese, "ban-Bali"},
});

// Letters that one language of a script has and the others have not. The language whose letters are
// found most often wins; one with more of its own letters than others stands first.
struct Marker {
    Script script;
    std::string_view language;
    std::u32string_view letters;
    bool is_shared = false;  // by other languages of the script that have letters of their own
};
constexpr auto kMarkers = std::to_array<Marker>({
    {Script::kArabic, "ur", U"ٹڈڑںےہھۓ"},
    {Script::kArabic, "ps", U"ټډړښږڼګځڅۍ"},
    {Script::kArabic, "sd", U"ٻڀٿٽڄڃڌڏڊڙڪڳڱڻ"},
    {Script::kArabic, "ckb", U"ڕڵێڤ"},
    {Script::kArabic, "ug", U"ۇۈۋڭ"},
    {Script::kArabic, "fa", U"پچژگیک", true},
    {Script::kArabic, "ar", U"ةىيكأإؤ", true},
    {Script::kCyrillic, "ru", U"ыэё", true},
    {Script::kCyrillic, "uk", U"їєґ"},
    {Script::kCyrillic, "be", U"ў"},
    {Script::kCyrillic, "sr", U"ђћ"},
    {Script::kCyrillic, "mk", U"ѓќѕ"},
    {Script::kCyrillic, "kk", U"әғқұһ"},
    {Script::kCyrillic, "tg", U"ҷӣӯҳ"},
    {Script::kCyrillic, "ky", U"ң", true},
    {Script::kCyrillic, "mn", U"өү", true},
    {Script::kBengali, "as", U"ৰৱ"},
    {Script::kDevanagari, "mr", U"ळ"},
    {Script::kEthiopic, "ti", U"ኣቐቑቕኸ"},
    {Script::kEthiopic, "am", U"አኧ"},
    {Script::kHebrew, "yi", U"װױײ\u05B7\u05B8"},
});

// Words that decide where letters do not, with a space at each end.
struct MarkerWord {
    Script script;
    std::string_view language;
    std::string_view word;
};
constexpr auto kMarkerWords = std::to_array<MarkerWord>({
    {Script::kArabic, "fa", " است "},      {Script::kArabic, "fa", " که "},
    {Script::kArabic, "fa", " را "},       {Script::kArabic, "fa", " این "},
    {Script::kArabic, "ur", " ہے "},       {Script::kArabic, "ur", " کے "},
    {Script::kArabic, "ps", " د "},        {Script::kArabic, "ps", " چې "},
    {Script::kArabic, "ckb", " لە "},      {Script::kArabic, "ckb", " بە "},
    {Script::kArabic, "ug", " ۋە "},       {Script::kArabic, "ar", " من "},
    {Script::kArabic, "ar", " في "},       {Script::kArabic, "ar", " على "},
    {Script::kDevanagari, "hi", " है "},    {Script::kDevanagari, "hi", " के "},
    {Script::kDevanagari, "hi", " में "},    {Script::kDevanagari, "hi", " की "},
    {Script::kDevanagari, "mr", " आहे "},   {Script::kDevanagari, "mr", " आणि "},
    {Script::kDevanagari, "mr", " आहेत "},  {Script::kDevanagari, "ne", " छ "},
    {Script::kDevanagari, "ne", " छन् "},   {Script::kDevanagari, "ne", " भने "},
    {Script::kDevanagari, "ne", " गरेको "}, {Script::kDevanagari, "ne", " पनि "},
    {Script::kCyrillic, "bg", " се "},     {Script::kCyrillic, "bg", " са "},
    {Script::kCyrillic, "bg", " от "},     {Script::kCyrillic, "bg", " ще "},
    {Script::kCyrillic, "sr", " је "},     {Script::kCyrillic, "sr", " су "},
    {Script::kCyrillic, "mk", " во "},     {Script::kCyrillic, "mk", " што "},
    {Script::kCyrillic, "ru", " что "},    {Script::kCyrillic, "ru", " не "},
    {Script::kCyrillic, "ru", " в "},      {Script::kCyrillic, "ru", " по "},
    {Script::kCyrillic, "uk", " що "},     {Script::kCyrillic, "uk", " та "},
    {Script::kCyrillic, "uk", " у "},      {Script::kCyrillic, "uk", " і "},
});

// Letters of the most frequent words that one of the two ways of writing Chinese has alone.
constexpr std::u32string_view kSimplified =
    U"这们来时说为国会对发经过学动进现后与开关问样当业产实没车员机长报记网闻体书东马门电话";
constexpr std::u32string_view kTraditional =
    U"這們來時說為國會對發經過學動進現後與開關問樣當業產實沒車員機長報記網聞體書東馬門電話灣";

// Languages that are written in several scripts: their tag keeps the language and takes the script
// that the text is in.
constexpr std::string_view kManyScripts =
    " az bs ff ha jv kk ks ku ky mn mni ms pa sat sd sr tg tk tt ug uz zgh ber ";

struct Count {
    std::array<std::size_t, 256> of{};  // by Script
    std::size_t all = 0;
    std::size_t latin = 0;
    std::size_t kana = 0;
    std::size_t simplified = 0;
    std::size_t traditional = 0;
    std::array<std::size_t, kMarkers.size()> markers{};
};

Count count_letters(std::string_view text) {
    Count count;
    for (std::size_t i = 0; i < text.size();) {
        for (; i < text.size() && static_cast<unsigned char>(text[i]) < 0x80; ++i)
            count.latin += is_ascii_letter(text[i]) ? 1 : 0;
        if (i == text.size()) break;
        const char32_t c = lower(next_code_point(text, i));
        if ((traits_of(c) & (kLetterTrait | kMarkTrait)) == 0) continue;
        const Script script = script_of(c);
        for (std::size_t m = 0; m < kMarkers.size(); ++m)
            if (kMarkers[m].letters.contains(c)) ++count.markers[m];
        if (!is_letter(c)) continue;
        if (script == Script::kLatin) {
            ++count.latin;
        } else if (script == Script::kHiragana || script == Script::kKatakana) {
            ++count.kana;
        } else if (const auto index = static_cast<std::size_t>(script); index < count.of.size()) {
            ++count.of[index];
            if (script == Script::kHan) {
                if (kSimplified.contains(c)) ++count.simplified;
                if (kTraditional.contains(c)) ++count.traditional;
            }
        }
    }
    count.of[static_cast<std::size_t>(Script::kCommon)] = 0;
    count.of[static_cast<std::size_t>(Script::kInherited)] = 0;
    count.all = std::accumulate(count.of.begin(), count.of.end(), count.latin + count.kana);
    return count;
}

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size() - 1))
        ++count;
    return count;
}

// The language among those of a script by its letters and words; empty when none is found.
std::string_view language_by_markers(Script script, const Count& count, std::string_view text) {
    struct Points {
        std::string_view language;
        std::size_t points = 0;
    };
    std::vector<Points> all;
    // Letters that no neighbour has: Urdu, Sorani, Pashto and others have nearly all of Persian's
    // besides, Belarusian and Kazakh those of Russian.
    constexpr std::size_t kPointsOfOwnLetter = 4;
    const auto add = [&](std::string_view language, std::size_t points) {
        const auto found = std::ranges::find(all, language, &Points::language);
        if (found == all.end())
            all.push_back({language, points});
        else
            found->points += points;
    };
    for (std::size_t m = 0; m < kMarkers.size(); ++m)
        if (kMarkers[m].script == script)
            add(kMarkers[m].language,
                count.markers[m] * (kMarkers[m].is_shared ? 1 : kPointsOfOwnLetter));
    constexpr std::size_t kPointsOfWord = 2;
    for (const MarkerWord& word : kMarkerWords)
        if (word.script == script) add(word.language, kPointsOfWord * count_of(text, word.word));
    if (all.empty()) return {};
    const auto best = std::ranges::max_element(all, {}, &Points::points);
    // One letter may be of a name.
    constexpr std::size_t kMinPoints = 2;
    return best->points >= kMinPoints ? best->language : std::string_view();
}

struct Seen {
    Script script = Script::kUnknown;  // kUnknown: too little text, or several scripts
    std::string language;              // "und-Arab" where only the script is known; empty for Latin
    bool is_traditional = false;
    bool is_simplified = false;
};

Seen see(std::string_view text) {
    text = first_bytes(text, kMaxTextBytes);
    const Count count = count_letters(text);
    constexpr std::size_t kMinLetters = 4;
    if (count.all < kMinLetters) return {};
    // Japanese has Han letters and Kana together, Korean may have some Han letters.
    if (count.kana * 10 > count.all && count.kana > 2)
        return {.script = Script::kHan, .language = "ja"};
    const auto best = std::ranges::max_element(count.of);
    const auto script = static_cast<Script>(best - count.of.begin());
    if (count.latin >= *best) {
        if (count.latin * 10 >= count.all * 8) return {.script = Script::kLatin, .language = {}};
        return {};
    }
    if (*best * 10 < count.all * 4) return {};
    Seen seen{.script = script, .language = {}};
    seen.is_traditional = count.traditional > 1 && count.traditional > 4 * count.simplified;
    seen.is_simplified = count.simplified > 1 && count.simplified > 4 * count.traditional;
    seen.language = language_by_markers(script, count, text);
    if (seen.language.empty()) {
        const auto* const found = std::ranges::find(kLanguages, script, &ScriptLanguage::script);
        seen.language = found != kLanguages.end() ? std::string(found->language)
                                                  : "und-" + std::string(script_code(script));
    }
    if (seen.language == "zh" && seen.is_traditional) seen.language = "zh-Hant";
    return seen;
}

// Whether a tag of Chinese says which way it is written: 1 traditional, -1 simplified, 0 not.
int way_of_chinese(std::string_view tag) {
    for (const std::string_view part : {"-Hant", "-TW", "-HK", "-MO"})
        if (tag.contains(part)) return 1;
    for (const std::string_view part : {"-Hans", "-CN", "-SG"})
        if (tag.contains(part)) return -1;
    return 0;
}

}  // namespace

std::string language_tag(std::string_view written) {
    written = trim(written);
    if (written.size() < 2 || written.size() > kMaxTagBytes) return {};
    std::string out;
    std::size_t part_number = 0;
    for (std::size_t begin = 0; begin < written.size(); ++part_number) {
        const std::size_t end = std::min(written.find_first_of("-_", begin), written.size());
        std::string_view part = written.substr(begin, end - begin);
        begin = end + 1;
        bool letters = !part.empty();
        for (const char c : part) letters = letters && is_ascii_letter(c);
        if (part_number == 0) {
            if (!letters || part.size() < 2 || part.size() > 3) return {};
            for (const char c : part) out += small(c);
        } else if (letters && part.size() == 2) {
            out += '-';
            for (const char c : part) out += capital(c);
        } else if (letters && part.size() == 4) {
            out += '-';
            out += capital(part[0]);
            for (const char c : part.substr(1)) out += small(c);
        } else {
            break;  // variants, ".UTF-8" and junk: the language stands
        }
    }
    return out;
}

std::string language_of_script(std::string_view text) { return see(text).language; }

std::string settle_language(std::string_view declared, std::string_view text) {
    std::string tag = language_tag(declared);
    const Seen seen = see(text);
    if (seen.script == Script::kUnknown || tag.empty()) return tag.empty() ? seen.language : tag;
    const std::string_view base = std::string_view(tag).substr(0, tag.find('-'));
    if (base == "und") return seen.language.empty() ? tag : seen.language;
    const Script script = script_of_language(tag);
    const bool is_many = kManyScripts.contains(" " + std::string(base) + " ");
    if (seen.script == Script::kLatin) {
        // Names and quotations make up much of some pages: only a direction that is wrong counts.
        if (!is_right_to_left(script)) return tag;
        return is_many ? std::string(base) + "-Latn" : "und-Latn";
    }
    if (script == Script::kUnknown) return tag;
    if (seen.script == Script::kHan) {
        const bool is_chinese = base == "zh" || base == "yue" || base == "wuu" || base == "nan";
        if (seen.language == "ja") return base == "ja" ? tag : "ja";
        if (base == "ja" && !seen.is_simplified) return tag;
        if (!is_chinese) return seen.language;
        const int way = way_of_chinese(tag);
        if (seen.is_traditional && way <= 0) return std::string(base) + "-Hant";
        if (seen.is_simplified && way > 0) return std::string(base) + "-Hans";
        return tag;
    }
    if (script == seen.script) return tag;
    if (is_many) return std::string(base) + "-" + std::string(script_code(seen.script));
    return seen.language;
}

}  // namespace heliograph::extract
