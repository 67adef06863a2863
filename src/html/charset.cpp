// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/charset.h"

#include <lexbor/encoding/encoding.h>
#include <lexbor/encoding/multi.h>
#include <lexbor/html/encoding.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/utf8.h"

namespace heliograph::html {
namespace {

using Encoding = const lxb_encoding_data_t*;

// The part of a page on which a guess is made, counted from its first byte that is not ASCII.
constexpr std::size_t kSampleBytes = 128 * 1024;

// WHATWG HTML section 13.2.3.2: authors must put <meta> here.
constexpr std::size_t kPrescanBytes = 1024;

const lxb_char_t* as_bytes(std::string_view text) {
    return reinterpret_cast<const lxb_char_t*>(text.data());
}

std::string_view name_of(Encoding encoding) {
    return reinterpret_cast<const char*>(encoding->name);
}

// nullptr for an unknown label. The "replacement" encoding, which would throw all text away, counts
// as unknown.
Encoding by_label(std::string_view label) {
    label = trim(label);
    if (label.empty()) return nullptr;
    Encoding encoding = lxb_encoding_data_by_pre_name(as_bytes(label), label.size());
    if (encoding == nullptr || encoding->encoding == LXB_ENCODING_REPLACEMENT ||
        encoding->encoding == LXB_ENCODING_UNDEFINED || encoding->encoding == LXB_ENCODING_AUTO)
        return nullptr;
    return encoding;
}

// Decodes Shift_JIS by the steps of WHATWG Encoding section 12.3.1. lexbor 2.4 loses every
// character whose lead byte is 0xE1 or above; its index table is right.
template <typename Visitor>
void decode_shift_jis(std::string_view bytes, Visitor&& visit) {
    unsigned lead = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        // Step 3.
        if (lead != 0) {
            const unsigned offset = byte < 0x7F ? 0x40 : 0x41;
            const unsigned lead_offset = lead < 0xA0 ? 0x81 : 0xC1;
            char32_t found = kReplacement;
            if ((byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFC)) {
                const unsigned pointer = (lead - lead_offset) * 188 + byte - offset;
                if (pointer >= 8836 && pointer <= 10715) {
                    found = 0xE000 - 8836 + pointer;
                } else if (pointer < std::size(lxb_encoding_multi_jis0208_map)) {
                    const lxb_codepoint_t entry = lxb_encoding_multi_jis0208_map[pointer];
                    if (entry <= 0x10FFFF) found = entry;
                }
            }
            lead = 0;
            visit(found);
            if (found == kReplacement && byte < 0x80) --i;  // "prepend byte to stream"
            continue;
        }
        // Steps 4 to 7.
        if (byte <= 0x80) {
            visit(static_cast<char32_t>(byte));
        } else if (byte >= 0xA1 && byte <= 0xDF) {
            visit(static_cast<char32_t>(0xFF61 - 0xA1 + byte));
        } else if (byte <= 0x9F || (byte >= 0xE0 && byte <= 0xFC)) {
            lead = byte;
        } else {
            visit(kReplacement);
        }
    }
    if (lead != 0) visit(kReplacement);
}

// Calls `visit` with each code point, U+FFFD for each error.
template <typename Visitor>
void decode(std::string_view bytes, Encoding encoding, Visitor&& visit) {
    if (encoding->encoding == LXB_ENCODING_SHIFT_JIS) return decode_shift_jis(bytes, visit);
    std::array<lxb_codepoint_t, 4096> buffer;
    constexpr lxb_codepoint_t kError = LXB_ENCODING_REPLACEMENT_CODEPOINT;
    lxb_encoding_decode_t context;
    lxb_encoding_decode_init(&context, encoding, buffer.data(), buffer.size());
    lxb_encoding_decode_replace_set(&context, &kError, 1);
    const lxb_char_t* data = as_bytes(bytes);
    const lxb_char_t* end = data + bytes.size();
    const auto flush = [&] {
        for (const lxb_codepoint_t c :
             std::span(buffer).first(lxb_encoding_decode_buf_used(&context)))
            visit(static_cast<char32_t>(c));
        lxb_encoding_decode_buf_used_set(&context, 0);
    };
    while (encoding->decode(&context, &data, end) == LXB_STATUS_SMALL_BUFFER) flush();
    // A character cut off by the end is an error of its own.
    if (lxb_encoding_decode_finish(&context) == LXB_STATUS_SMALL_BUFFER) {
        flush();
        lxb_encoding_decode_finish(&context);
    }
    flush();
}

std::string to_utf8(std::string_view bytes, Encoding encoding, bool valid_utf8) {
    std::string out;
    if (encoding->encoding == LXB_ENCODING_UTF_8) {
        out = valid_utf8 ? std::string(bytes) : to_valid_utf8(bytes);
    } else {
        out.reserve(bytes.size() + bytes.size() / 2);
        decode(bytes, encoding, [&out](char32_t c) { append_utf8(out, c); });
    }
    if (out.starts_with("\uFEFF")) out.erase(0, 3);
    return out;
}

// The letters that make up a third to two thirds of any text in a language: text decoded in a wrong
// way hits them by chance only. Latin scripts have their few letters beyond ASCII instead.
enum class Letters {
    kChinese,
    kJapanese,
    kKorean,
    kCyrillic,
    kGreek,
    kHebrew,
    kArabic,
    kThai,
    kLatin
};

constexpr std::u32string_view kCommonChinese =
    // Frequent in both scripts, then in the simplified one, then in the traditional one.
    U"的一是不了在人有我他大中上到年和子地出也得就你要用生自之成可下日月家以工同分公小本市"
    U"于前天心多文二三十新部全事主行政法全社此外好面方正都等日北京台加最被把作能其力理合"
    U"这个们来时说为国会对发经过学动进现后与开关问样当业产实没车员机长报记者网闻体"
    U"這個們來時說為國會對發經過學動進現後與開關問樣當業產實沒車員機長報記聞體灣於";
constexpr std::u32string_view kCommonHangul =
    U"이다는의에을하고가한지은를로인기사대서도리어자시해으나과아정"
    U"있수일그제부보들전상원국주장했며것면연동조만여생";

bool is_common(Letters script, char32_t c) {
    static const auto chinese = [] {
        std::u32string sorted(kCommonChinese);
        std::ranges::sort(sorted);
        return sorted;
    }();
    static const auto hangul = [] {
        std::u32string sorted(kCommonHangul);
        std::ranges::sort(sorted);
        return sorted;
    }();
    const auto in = [c](std::u32string_view set) {
        return set.find(c) != std::u32string_view::npos;
    };
    switch (script) {
        case Letters::kChinese:
            return std::ranges::binary_search(chinese, c) || in(U"，。、：“”");
        case Letters::kJapanese:
            return (c >= 0x3041 && c <= 0x3093) || (c >= 0x30A1 && c <= 0x30FC) || in(U"、。「」");
        case Letters::kKorean:
            return std::ranges::binary_search(hangul, c);
        case Letters::kCyrillic:
            return in(U"оеаинтсрвлкмдпуіяыєї");
        case Letters::kGreek:
            return in(U"αοιετσνηυρπκςίόάέ");
        case Letters::kHebrew:
            return c >= 0x5D0 && c <= 0x5EA;
        case Letters::kArabic:
            return in(U"ابتدرسعفلمنهويةأكیک");
        case Letters::kThai:
            return in(U"านรอกเงมยลวดทสตะปบคหแจพชขใไโ่้ีัิุูํ์็");
        case Letters::kLatin:
            return false;
    }
    return false;
}

bool is_letter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x218 && c <= 0x21B);
}

bool is_ascii_letter(char32_t c) { return c < 0x80 && is_letter(c); }

// Typographical signs of Latin text outside ASCII.
bool is_latin_sign(char32_t c) {
    return (c >= 0x2013 && c <= 0x201E) || c == 0x2022 || c == 0x2026 || c == 0x20AC || c == 0xA0 ||
           c == 0xA3 || c == 0xA7 || c == 0xA9 || c == 0xAB || c == 0xAE || c == 0xB0 ||
           c == 0xB7 || c == 0xBB || c == 0xBF || c == 0x2122;
}

struct Candidate {
    lxb_encoding_t encoding;
    Letters script;
    // Primary language subtags, or "zh-tw" and the like, of texts in this encoding.
    std::string_view languages;
    // For Latin: the letters beyond ASCII of the languages that use this encoding.
    std::u32string_view letters = {};
};

// A row for no language: see kMixedShare.
constexpr std::string_view kMixed = "";

constexpr std::u32string_view kCzech = U"áčďéěíĺľňóôŕřšťúůýžäÁČĎÉĚÍĽŇÓÔŘŠŤÚŮÝŽ";

constexpr auto kCandidates = std::to_array<Candidate>({
    {LXB_ENCODING_GB18030, Letters::kChinese, " zh zh-cn zh-sg zh-hans "},
    {LXB_ENCODING_BIG5, Letters::kChinese, " zh zh-tw zh-hk zh-mo zh-hant yue "},
    {LXB_ENCODING_SHIFT_JIS, Letters::kJapanese, " ja "},
    {LXB_ENCODING_EUC_JP, Letters::kJapanese, " ja "},
    {LXB_ENCODING_EUC_KR, Letters::kKorean, " ko "},
    {LXB_ENCODING_WINDOWS_1251, Letters::kCyrillic, " ru uk be bg sr mk kk ky tt ba mn tg "},
    {LXB_ENCODING_KOI8_R, Letters::kCyrillic, " ru be bg "},
    {LXB_ENCODING_KOI8_U, Letters::kCyrillic, " uk be ru "},
    {LXB_ENCODING_IBM866, Letters::kCyrillic, " ru be bg "},
    {LXB_ENCODING_ISO_8859_5, Letters::kCyrillic, " ru be bg sr mk uk "},
    {LXB_ENCODING_WINDOWS_1253, Letters::kGreek, " el "},
    {LXB_ENCODING_ISO_8859_7, Letters::kGreek, " el "},
    {LXB_ENCODING_WINDOWS_1255, Letters::kHebrew, " he iw yi "},
    {LXB_ENCODING_WINDOWS_1256, Letters::kArabic, " ar fa ur ps ckb ku ug sd "},
    {LXB_ENCODING_ISO_8859_6, Letters::kArabic, " ar "},
    {LXB_ENCODING_WINDOWS_874, Letters::kThai, " th "},
    // All of them, for texts that quote each other, at a discount (kMixed).
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, kMixed,
     U"éèêëàâçîïôûùœñóáíúüöäßåæøãõÉÀÖÜÄÅØÁÍÓÚÑÇ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, kMixed,
     U"ąćęłńóśźżŁŚŻěščřžýáíéůúťďňőűöüäľĺŕăâîşţđ"},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, kMixed, U"ąćęłńóśźżŁŚŻěščřžýáíéůúťďňőűöüäľĺŕăâîşţđ"},
    {LXB_ENCODING_WINDOWS_1257, Letters::kLatin, kMixed, U"āčēģīķļņšūžąęėįųõäöü"},
    // A row a group of languages: letters of two groups in one text are no text of either.
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " fr ", U"éèêëàâçîïôûùœæÉÈÊÀÂÇÎÔŒ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " es gl eu ", U"áéíóúüñÁÉÍÓÚÑ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " pt ", U"áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " de lb ", U"äöüßÄÖÜé"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " it ca ", U"àèéìòùíïóúüçÀÈÉÌÒÙ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " sv da no nb nn fi ", U"åäöæøéÅÄÖÆØ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " nl af ", U"ëïéèöüóêáç"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " is fo ", U"áðéíóúýþæöøÁÐÉÍÓÚÝÞÆÖØ"},
    {LXB_ENCODING_WINDOWS_1252, Letters::kLatin, " et ", U"äöõüšžÄÖÕÜŠŽ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " pl ", U"ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, " pl ", U"ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " cs sk ", kCzech},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, " cs sk ", kCzech},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " hu ", U"áéíóöőúüűÁÉÍÓÖŐÚÜŰ"},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, " hu ", U"áéíóöőúüűÁÉÍÓÖŐÚÜŰ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " sl hr bs sr ", U"čćđšžČĆĐŠŽ"},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, " sl hr bs sr ", U"čćđšžČĆĐŠŽ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " ro ", U"ăâîşţĂÂÎŞŢ"},
    {LXB_ENCODING_ISO_8859_2, Letters::kLatin, " ro ", U"ăâîşţĂÂÎŞŢ"},
    {LXB_ENCODING_WINDOWS_1250, Letters::kLatin, " sq ", U"ëçËÇ"},
    {LXB_ENCODING_WINDOWS_1254, Letters::kLatin, " tr az ku ", U"ışğçöüİŞĞÇÖÜâî"},
    {LXB_ENCODING_WINDOWS_1257, Letters::kLatin, " lv ", U"āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ"},
    {LXB_ENCODING_WINDOWS_1257, Letters::kLatin, " lt ", U"ąčęėįšųūžĄČĘĖĮŠŲŪŽ"},
    {LXB_ENCODING_WINDOWS_1258, Letters::kLatin, " vi ", U"ăâđêôơưàáèéùúóíĐÂÊÔƠƯ"},
});

// Whether a Thai character cannot follow another: a vowel or tone sign stands over a consonant or
// another sign, and a consonant follows a vowel that is written before it. Bytes of another
// encoding read as Thai break this at one character in eight.
bool is_misplaced_thai(char32_t previous, char32_t c) {
    const auto is_consonant = [](char32_t x) { return x >= 0xE01 && x <= 0xE2E; };
    const auto is_sign = [](char32_t x) {
        return x == 0xE31 || (x >= 0xE34 && x <= 0xE3A) || (x >= 0xE47 && x <= 0xE4E);
    };
    if (is_sign(c)) return !is_consonant(previous) && !is_sign(previous);
    const bool is_before = previous >= 0xE40 && previous <= 0xE44;  // เ แ โ ใ ไ
    return is_before && !is_consonant(c) && !(c >= 0xE40 && c <= 0xE44);
}

// Whether a final form of a Hebrew letter stands inside of a word.
bool is_misplaced_hebrew(char32_t previous, char32_t c) {
    return std::u32string_view(U"ךםןףץ").contains(previous) && c >= 0x5D0 && c <= 0x5EA;
}

bool is_tone_mark(char32_t c) { return c >= 0x300 && c <= 0x323; }
bool takes_tone_mark(char32_t c) {
    return std::u32string_view(U"aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ").contains(c);
}

// Whether a sign such as "»" or "±" stands inside of a word, where only apostrophes and dashes do.
bool is_misplaced_sign(char32_t before, char32_t sign, char32_t after) {
    const bool is_sign = (sign >= 0xA1 && sign < 0xC0 && sign != 0xAD && sign != 0xB7) ||
                         (sign >= 0x2020 && sign <= 0x2039 && sign != 0x2026) || sign == 0x20AC;
    return is_sign && is_ascii_letter(before) && is_ascii_letter(after);
}

// How much a decoded text looks like language, from below 0 (it is not) to about 1.
class Plausibility {
  public:
    explicit Plausibility(const Candidate& candidate) : candidate_(candidate) {}

    void add(char32_t c) {
        if (c >= 0x80) count(c);
        if (candidate_.script == Letters::kLatin && is_misplaced_sign(before_, previous_, c))
            ++misplaced_;
        before_ = previous_;
        previous_ = c;
    }

    [[nodiscard]] double score() const {
        if (total_ == 0) return 0;
        return (static_cast<double>(hits_) - 5.0 * static_cast<double>(errors_) -
                3.0 * static_cast<double>(misplaced_)) /
               static_cast<double>(total_);
    }
    [[nodiscard]] bool has_errors() const { return errors_ > 0; }
    [[nodiscard]] std::size_t total() const { return total_; }

  private:
    void count(char32_t c) {
        if (c == 0xA0) return;  // stands in any page
        ++total_;
        if (c == kReplacement || (c < 0xA0) || (c >= 0xE000 && c <= 0xF8FF)) {
            ++errors_;
        } else if (candidate_.script != Letters::kLatin) {
            // A letter of these scripts never stands in a Latin word: "caf\xE9" is not Greek.
            if (!is_ascii_letter(previous_) && is_common(candidate_.script, c)) ++hits_;
            if (candidate_.script == Letters::kThai && is_misplaced_thai(previous_, c))
                ++misplaced_;
            if (candidate_.script == Letters::kHebrew && is_misplaced_hebrew(previous_, c))
                ++misplaced_;
        } else if (is_tone_mark(c)) {
            if (candidate_.encoding == LXB_ENCODING_WINDOWS_1258 && takes_tone_mark(previous_))
                ++hits_;
            else
                ++misplaced_;
        } else if (is_latin_sign(c)) {
            ++hits_;
        } else if (candidate_.letters.find(c) != std::u32string_view::npos &&
                   (is_ascii_letter(previous_) || !is_letter(previous_))) {
            // Two such letters in a row are rare; in another script read wrongly they are the rule.
            ++hits_;
        }
    }

    const Candidate& candidate_;
    std::size_t total_ = 0;
    std::size_t hits_ = 0;
    std::size_t errors_ = 0;
    std::size_t misplaced_ = 0;
    char32_t before_ = ' ';
    char32_t previous_ = ' ';
};

bool is_multibyte(lxb_encoding_t encoding) {
    return encoding == LXB_ENCODING_GB18030 || encoding == LXB_ENCODING_BIG5 ||
           encoding == LXB_ENCODING_SHIFT_JIS || encoding == LXB_ENCODING_EUC_JP ||
           encoding == LXB_ENCODING_EUC_KR;
}

struct Verdict {
    double score = 0;
    bool is_paired = false;  // every byte beyond ASCII is part of a pair, of which there are some
};

Verdict plausibility(std::string_view sample, const Candidate& candidate) {
    Plausibility result(candidate);
    decode(sample, lxb_encoding_data(candidate.encoding), [&](char32_t c) { result.add(c); });
    constexpr std::size_t kMinPairs = 4;
    const bool is_paired =
        is_multibyte(candidate.encoding) && !result.has_errors() && result.total() >= kMinPairs;
    // Bytes form pairs without a single error only by chance where they are no such text. The few
    // hundred letters of the lists make up a third of a Chinese text, those of an alphabet nearly
    // all of a text in it. In Shift_JIS single bytes are letters too.
    constexpr double kPairs = 1.8;
    constexpr double kMixedShare = 0.9;
    double score = result.score();
    if (is_paired && candidate.encoding != LXB_ENCODING_SHIFT_JIS) score *= kPairs;
    if (candidate.script == Letters::kLatin && candidate.languages == kMixed && score > 0)
        score *= kMixedShare;
    return {.score = score, .is_paired = is_paired};
}

// UTF-8 with some broken bytes: what it would be if each of its good sequences were a hit.
double utf8_plausibility(std::string_view sample) {
    double good = 0;
    double bad = 0;
    for (std::size_t i = 0; i < sample.size();) {
        const char32_t c = next_code_point(sample, i);
        if (c == kReplacement) ++bad;
        if (c >= 0x80 && c != kReplacement) ++good;
    }
    return good == 0 ? -1 : (good - 5 * bad) / (good + bad);
}

// The share of what is not ASCII that may be broken in a text that still counts as decoding: bytes
// cut off in the middle of a character, a stray character from elsewhere.
constexpr double kTolerance = 0.005;

bool decodes_cleanly(std::string_view bytes, Encoding encoding) {
    std::size_t errors = 0;
    std::size_t total = 0;
    decode(bytes, encoding, [&](char32_t c) {
        if (c >= 0x80) ++total;
        if (c == kReplacement || (c >= 0x80 && c < 0xA0)) ++errors;
    });
    return static_cast<double>(errors) <= kTolerance * static_cast<double>(total);
}

std::string_view sample_of(std::string_view bytes) {
    const auto* first =
        std::ranges::find_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return bytes.substr(static_cast<std::size_t>(first - bytes.begin()), kSampleBytes);
}

// A declared encoding is right more often than a guess from little text: this much more plausible
// must the guess be.
constexpr double kDeclaredBonus = 0.25;

// The language of the source, the page or the host makes an encoding of it this much more
// plausible; it is less sure than a declaration, since pages quote and servers have defaults.
constexpr double kLanguageBonus = 0.35;
// The same where all bytes form pairs too: a headline of eight letters, none of them in the lists.
constexpr double kLanguageOfPairsBonus = 0.6;

// Whether a candidate is for texts in a language, by its tag in lower case.
bool is_for_language(const Candidate& candidate, std::string_view tag) {
    if (tag.empty()) return false;
    const auto has = [&](std::string_view word) {
        return candidate.languages.contains(" " + std::string(word) + " ");
    };
    // Regions and scripts tell the two encodings of Chinese apart.
    if (tag.starts_with("zh-")) return has(tag.substr(0, 5)) || has(tag.substr(0, 7));
    return has(tag.substr(0, tag.find('-')));
}

// The most plausible encoding of bytes that are not UTF-8 throughout. `language` is a tag in lower
// case, or empty.
Encoding guess(std::string_view bytes, std::span<const Encoding> declared,
               std::string_view language) {
    const std::string_view sample = sample_of(bytes);
    // Text too short or too strange to tell is windows-1252, as it is to browsers.
    Encoding best = declared.empty() ? lxb_encoding_data(LXB_ENCODING_WINDOWS_1252) : declared[0];
    double best_score = 0.1;
    const auto consider = [&](Encoding encoding, double score) {
        if (std::ranges::find(declared, encoding) != declared.end()) score += kDeclaredBonus;
        if (score > best_score) {
            best = encoding;
            best_score = score;
        }
    };
    consider(lxb_encoding_data(LXB_ENCODING_UTF_8), utf8_plausibility(sample));
    for (const Candidate& candidate : kCandidates) {
        const Verdict verdict = plausibility(sample, candidate);
        double score = verdict.score;
        if ((score > 0 || verdict.is_paired) && is_for_language(candidate, language))
            score += verdict.is_paired ? kLanguageOfPairsBonus : kLanguageBonus;
        consider(lxb_encoding_data(candidate.encoding), score);
    }
    return best;
}

// The encoding that the <meta> of the first bytes declares, or nullptr.
Encoding prescan(std::string_view bytes) {
    bytes = bytes.substr(0, kPrescanBytes);
    lxb_html_encoding_t context;
    if (lxb_html_encoding_init(&context) != LXB_STATUS_OK) return nullptr;
    Encoding found = nullptr;
    const lxb_char_t* begin = as_bytes(bytes);
    if (lxb_html_encoding_determine(&context, begin, begin + bytes.size()) == LXB_STATUS_OK) {
        const std::size_t length = lxb_html_encoding_meta_length(&context);
        for (std::size_t i = 0; i < length && found == nullptr; ++i) {
            const auto* entry = lxb_html_encoding_meta_entry(&context, i);
            found = by_label({reinterpret_cast<const char*>(entry->name),
                              static_cast<std::size_t>(entry->end - entry->name)});
        }
    }
    lxb_html_encoding_destroy(&context, false);
    if (found == nullptr) return nullptr;
    // WHATWG HTML section 13.2.3.2, steps "If charset is UTF-16BE/LE" and "x-user-defined": the
    // <meta> itself was readable as ASCII.
    if (found->encoding == LXB_ENCODING_UTF_16BE || found->encoding == LXB_ENCODING_UTF_16LE)
        return lxb_encoding_data(LXB_ENCODING_UTF_8);
    if (found->encoding == LXB_ENCODING_X_USER_DEFINED)
        return lxb_encoding_data(LXB_ENCODING_WINDOWS_1252);
    return found;
}

std::optional<lxb_encoding_t> byte_order_mark(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return LXB_ENCODING_UTF_8;
    if (bytes.starts_with("\xFE\xFF")) return LXB_ENCODING_UTF_16BE;
    if (bytes.starts_with("\xFF\xFE")) return LXB_ENCODING_UTF_16LE;
    return std::nullopt;
}

bool is_utf16(Encoding encoding) {
    return encoding->encoding == LXB_ENCODING_UTF_16BE ||
           encoding->encoding == LXB_ENCODING_UTF_16LE;
}

// The value of the lang attribute of <html> in the first bytes, in lower case; empty when there is
// none. All encodings that are guessed have ASCII for it.
std::string language_of_markup(std::string_view bytes) {
    constexpr std::size_t kMaxTagBytes = 35;  // BCP 47 section 4.4.1
    const std::string head = ascii_lower(bytes.substr(0, kPrescanBytes));
    const std::size_t begin = head.find("<html");
    if (begin == std::string::npos) return {};
    const std::string_view tag =
        std::string_view(head).substr(begin, head.find('>', begin) - begin);
    std::size_t at = tag.find("lang=");
    if (at == std::string_view::npos) return {};
    at += 5;
    if (at < tag.size() && (tag[at] == '"' || tag[at] == '\'')) ++at;
    std::size_t end = at;
    while (end < tag.size() && end - at < kMaxTagBytes &&
           ((tag[end] >= 'a' && tag[end] <= 'z') || (tag[end] >= '0' && tag[end] <= '9') ||
            tag[end] == '-'))
        ++end;
    return std::string(tag.substr(at, end - at));
}

// Whether bytes without a declaration are ISO-2022-JP: ASCII with JIS X 0208 between escapes that
// decode.
bool looks_like_iso_2022_jp(std::string_view bytes) {
    if (!bytes.contains("\x1B$B") && !bytes.contains("\x1B$@")) return false;
    if (!bytes.contains("\x1B(B") && !bytes.contains("\x1B(J")) return false;
    if (ascii_length(bytes) < bytes.size()) return false;
    return decodes_cleanly(bytes, lxb_encoding_data(LXB_ENCODING_ISO_2022_JP));
}

Encoding choose(std::string_view bytes, const CharsetHints& hints, bool valid_utf8) {
    const std::string_view transport_charset = hints.transport_charset;
    if (const auto mark = byte_order_mark(bytes)) return lxb_encoding_data(*mark);

    std::vector<Encoding> declared;
    if (Encoding transport = by_label(transport_charset)) declared.push_back(transport);
    if (Encoding meta = prescan(bytes))
        if (declared.empty() || declared[0] != meta) declared.push_back(meta);

    // Encodings in which text is not ASCII bytes plus others: they can only be believed.
    for (Encoding encoding : declared) {
        const bool has_zero = bytes.substr(0, kPrescanBytes).find('\0') != std::string_view::npos;
        if (is_utf16(encoding) && has_zero) return encoding;
        if (encoding->encoding == LXB_ENCODING_ISO_2022_JP &&
            bytes.find("\x1B$") != std::string_view::npos)
            return encoding;
    }
    std::erase_if(declared, [](Encoding encoding) {
        return is_utf16(encoding) || encoding->encoding == LXB_ENCODING_ISO_2022_JP;
    });

    if (valid_utf8 && looks_like_iso_2022_jp(bytes))
        return lxb_encoding_data(LXB_ENCODING_ISO_2022_JP);

    // Departs from WHATWG: what decodes as UTF-8 is UTF-8, whatever was declared. Text in another
    // encoding does so by chance only when it is a word or two.
    Encoding utf8 = lxb_encoding_data(LXB_ENCODING_UTF_8);
    if (valid_utf8 && (declared.empty() || std::ranges::find(declared, utf8) != declared.end()))
        return utf8;
    const auto high_bytes =
        std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (high_bytes == 0) return declared.empty() ? utf8 : declared[0];
    constexpr std::ptrdiff_t kChanceBytes = 12;
    if (valid_utf8 && high_bytes > kChanceBytes) return utf8;

    // One declaration that fits is believed; only a Latin one may be a server's blind default.
    if (declared.size() == 1 && declared[0]->encoding != LXB_ENCODING_WINDOWS_1252 &&
        decodes_cleanly(bytes, declared[0]))
        return declared[0];
    std::string language = language_of_markup(bytes);
    if (language.empty()) language = ascii_lower(hints.language);
    // What the host's other pages are in is as good as a declaration where the page has none.
    if (declared.empty())
        if (Encoding host = by_label(hints.host_charset)) declared.push_back(host);
    return guess(bytes, declared, language);
}

// The byte that windows-1252 has for a code point; nullopt when it has none.
std::optional<char> as_windows_1252(char32_t c) {
    if (c < 0x100) return static_cast<char>(c);
    // WHATWG index-windows-1252, 0x80 to 0x9F; 0 where the byte is itself.
    static constexpr std::array<char16_t, 32> kHigh = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    const auto* const found = std::ranges::find(kHigh, c);
    if (found == kHigh.end()) return std::nullopt;
    return static_cast<char>(0x80 + (found - kHigh.begin()));
}

// Letters beyond ASCII below which a text may look twice encoded by chance.
constexpr std::size_t kMinTwiceEncoded = 8;

// Mends UTF-8 that some system took for windows-1252 and encoded once more ("cafÃ©"). A text of
// which all of that is made so: what else has any other letter beyond ASCII fails at once.
// nullopt for any other text.
std::optional<std::string> mend_twice_encoded(std::string_view utf8) {
    std::size_t high = 0;
    for (std::size_t i = ascii_length(utf8); i < utf8.size();) {
        // Each letter was a lead byte and one to three others.
        std::string letter;
        std::size_t length = 1;
        while (i < utf8.size() && letter.size() < length) {
            const auto byte = as_windows_1252(next_code_point(utf8, i));
            if (!byte) return std::nullopt;
            letter += *byte;
            const auto first = static_cast<unsigned char>(letter[0]);
            length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        }
        if (!is_utf8(letter)) return std::nullopt;
        ++high;
        i += ascii_length(utf8.substr(i));
    }
    if (high < kMinTwiceEncoded) return std::nullopt;
    std::string once;
    once.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) once += *as_windows_1252(next_code_point(utf8, i));
    return once;
}

// The page in `encoding` as UTF-8: `bytes` themselves where they are that, else what is put into
// `room`.
std::string_view decode_into(std::string& room, std::string_view bytes, Encoding encoding,
                             bool valid_utf8) {
    const bool is_utf8_page = encoding->encoding == LXB_ENCODING_UTF_8;
    std::string_view text = bytes;
    if (is_utf8_page && valid_utf8) {
        if (text.starts_with("\uFEFF")) text.remove_prefix(3);
    } else {
        room = to_utf8(bytes, encoding, valid_utf8);
        text = room;
    }
    if (is_utf8_page) {
        if (auto once = mend_twice_encoded(text)) {
            room = *std::move(once);
            text = room;
        }
    }
    return text;
}

}  // namespace

std::string_view decode_page_into(std::string& room, std::string_view bytes,
                                  const CharsetHints& hints) {
    const bool valid_utf8 = is_utf8(bytes);
    return decode_into(room, bytes, choose(bytes, hints, valid_utf8), valid_utf8);
}

DecodedText decode_page(std::string_view bytes, const CharsetHints& hints) {
    const bool valid_utf8 = is_utf8(bytes);
    Encoding encoding = choose(bytes, hints, valid_utf8);
    // "gb18030" for GBK as well: it is the larger of the two, and decodes the same.
    std::string name = ascii_lower(name_of(encoding));
    if (encoding->encoding == LXB_ENCODING_GBK) name = "gb18030";
    std::string room;
    const std::string_view text = decode_into(room, bytes, encoding, valid_utf8);
    return {text.data() == room.data() ? std::move(room) : std::string(text), std::move(name)};
}

std::string decode_as(std::string_view bytes, std::string_view label) {
    Encoding encoding = by_label(label);
    if (const auto mark = byte_order_mark(bytes)) encoding = lxb_encoding_data(*mark);
    if (encoding == nullptr) encoding = lxb_encoding_data(LXB_ENCODING_UTF_8);
    return to_utf8(bytes, encoding, is_utf8(bytes));
}

}  // namespace heliograph::html
