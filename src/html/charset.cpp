// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/charset.h"

#include <lexbor/encoding/encoding.h>
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

// Calls `visit` with each code point, U+FFFD for each error.
template <typename Visitor>
void decode(std::string_view bytes, Encoding encoding, Visitor&& visit) {
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
enum class Script {
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

bool is_common(Script script, char32_t c) {
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
        case Script::kChinese:
            return std::ranges::binary_search(chinese, c) || in(U"，。、：“”");
        case Script::kJapanese:
            return (c >= 0x3041 && c <= 0x3093) || (c >= 0x30A1 && c <= 0x30FC) || in(U"、。「」");
        case Script::kKorean:
            return std::ranges::binary_search(hangul, c);
        case Script::kCyrillic:
            return in(U"оеаинтсрвлкмдпуіяыєї");
        case Script::kGreek:
            return in(U"αοιετσνηυρπκςίόάέ");
        case Script::kHebrew:
            return c >= 0x5D0 && c <= 0x5EA;
        case Script::kArabic:
            return in(U"ابتدرسعفلمنهويةأكیک");
        case Script::kThai:
            return in(U"านรอกเงมยลวดทสตะปบคหแจพชขใไโ่้ีัิุูํ์็");
        case Script::kLatin:
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
    Script script;
    // For Latin: the letters beyond ASCII of the languages that use this encoding.
    std::u32string_view letters = {};
};

constexpr auto kCandidates = std::to_array<Candidate>({
    {LXB_ENCODING_GB18030, Script::kChinese},
    {LXB_ENCODING_BIG5, Script::kChinese},
    {LXB_ENCODING_SHIFT_JIS, Script::kJapanese},
    {LXB_ENCODING_EUC_JP, Script::kJapanese},
    {LXB_ENCODING_EUC_KR, Script::kKorean},
    {LXB_ENCODING_WINDOWS_1251, Script::kCyrillic},
    {LXB_ENCODING_KOI8_R, Script::kCyrillic},
    {LXB_ENCODING_KOI8_U, Script::kCyrillic},
    {LXB_ENCODING_IBM866, Script::kCyrillic},
    {LXB_ENCODING_ISO_8859_5, Script::kCyrillic},
    {LXB_ENCODING_WINDOWS_1253, Script::kGreek},
    {LXB_ENCODING_ISO_8859_7, Script::kGreek},
    {LXB_ENCODING_WINDOWS_1255, Script::kHebrew},
    {LXB_ENCODING_WINDOWS_1256, Script::kArabic},
    {LXB_ENCODING_ISO_8859_6, Script::kArabic},
    {LXB_ENCODING_WINDOWS_874, Script::kThai},
    {LXB_ENCODING_WINDOWS_1252, Script::kLatin, U"éèêëàâçîïôûùœñóáíúüöäßåæøãõÉÀÖÜÄÅØÁÍÓÚÑÇ"},
    {LXB_ENCODING_WINDOWS_1250, Script::kLatin, U"ąćęłńóśźżŁŚŻěščřžýáíéůúťďňőűöüäľĺŕăâîşţđ"},
    {LXB_ENCODING_ISO_8859_2, Script::kLatin, U"ąćęłńóśźżŁŚŻěščřžýáíéůúťďňőűöüäľĺŕăâîşţđ"},
    {LXB_ENCODING_WINDOWS_1254, Script::kLatin, U"ışğçöüİŞĞÇÖÜâî"},
    {LXB_ENCODING_WINDOWS_1257, Script::kLatin, U"āčēģīķļņšūžąęėįųõäöü"},
});

// How much a decoded text looks like language, from below 0 (it is not) to about 1.
class Plausibility {
  public:
    explicit Plausibility(const Candidate& candidate) : candidate_(candidate) {}

    void add(char32_t c) {
        if (c >= 0x80) count(c);
        previous_ = c;
    }

    [[nodiscard]] double score() const {
        if (total_ == 0) return 0;
        return (static_cast<double>(hits_) - 5.0 * static_cast<double>(errors_)) /
               static_cast<double>(total_);
    }

  private:
    void count(char32_t c) {
        if (c == 0xA0) return;  // stands in any page
        ++total_;
        if (c == kReplacement || (c < 0xA0) || (c >= 0xE000 && c <= 0xF8FF)) {
            ++errors_;
        } else if (candidate_.script != Script::kLatin) {
            // A letter of these scripts never stands in a Latin word: "caf\xE9" is not Greek.
            if (!is_ascii_letter(previous_) && is_common(candidate_.script, c)) ++hits_;
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
    char32_t previous_ = ' ';
};

double plausibility(std::string_view sample, const Candidate& candidate) {
    Plausibility result(candidate);
    decode(sample, lxb_encoding_data(candidate.encoding), [&](char32_t c) { result.add(c); });
    return result.score();
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

// The most plausible encoding of bytes that are not UTF-8 throughout.
Encoding guess(std::string_view bytes, std::span<const Encoding> declared) {
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
    for (const Candidate& candidate : kCandidates)
        consider(lxb_encoding_data(candidate.encoding), plausibility(sample, candidate));
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

Encoding choose(std::string_view bytes, std::string_view transport_charset, bool valid_utf8) {
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
    return guess(bytes, declared);
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
                                  std::string_view transport_charset) {
    const bool valid_utf8 = is_utf8(bytes);
    return decode_into(room, bytes, choose(bytes, transport_charset, valid_utf8), valid_utf8);
}

DecodedText decode_page(std::string_view bytes, std::string_view transport_charset) {
    const bool valid_utf8 = is_utf8(bytes);
    Encoding encoding = choose(bytes, transport_charset, valid_utf8);
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
