// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_language.h"

#include <array>
#include <cstddef>
#include <numeric>

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxTagBytes = 35;  // BCP 47 section 4.4.1
constexpr std::size_t kMaxTextBytes = 4'000;

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
char small(char c) { return static_cast<char>(c | 0x20); }
char capital(char c) { return static_cast<char>(c & ~0x20); }

// Scripts that one language is written in, or nearly.
enum Script : std::size_t {
    kLatin,
    kHan,
    kKana,
    kHangul,
    kThai,
    kGreek,
    kHebrew,
    kGeorgian,
    kArmenian,
    kKhmer,
    kLao,
    kBurmese,
    kTamil,
    kTelugu,
    kKannada,
    kMalayalam,
    kGujarati,
    kSinhala,
    kOther,
    kScripts
};
constexpr std::string_view kLanguages[kScripts] = {"",   "zh", "ja", "ko", "th", "el", "he",
                                                   "ka", "hy", "km", "lo", "my", "ta", "te",
                                                   "kn", "ml", "gu", "si", ""};

Script script_of(char32_t c) {
    struct Range {
        char32_t first, last;
        Script script;
    };
    static constexpr Range kRanges[] = {
        {0x41, 0x5A, kLatin},        {0x61, 0x7A, kLatin},       {0xC0, 0x24F, kLatin},
        {0x370, 0x3FF, kGreek},      {0x400, 0x52F, kOther},     {0x530, 0x58F, kArmenian},
        {0x590, 0x5FF, kHebrew},     {0x600, 0x8FF, kOther},     {0x900, 0xA7F, kOther},
        {0xA80, 0xAFF, kGujarati},   {0xB80, 0xBFF, kTamil},     {0xC00, 0xC7F, kTelugu},
        {0xC80, 0xCFF, kKannada},    {0xD00, 0xD7F, kMalayalam}, {0xD80, 0xDFF, kSinhala},
        {0xE00, 0xE7F, kThai},       {0xE80, 0xEFF, kLao},       {0x1000, 0x109F, kBurmese},
        {0x10A0, 0x10FF, kGeorgian}, {0x1780, 0x17FF, kKhmer},   {0x1E00, 0x1EFF, kLatin},
        {0x3040, 0x30FF, kKana},     {0x3400, 0x9FFF, kHan},     {0xAC00, 0xD7A3, kHangul}};
    for (const Range& range : kRanges) {
        if (c < range.first) break;
        if (c <= range.last) return range.script;
    }
    return kScripts;
}

struct Count {
    std::array<std::size_t, kScripts> of{};
    std::size_t all = 0;
};

Count count_scripts(std::string_view text) {
    Count count;
    text = text.substr(0, kMaxTextBytes);
    for (std::size_t i = 0; i < text.size();) {
        for (; i < text.size() && static_cast<unsigned char>(text[i]) < 0x80; ++i)
            count.of[kLatin] += is_letter(text[i]) ? 1 : 0;
        if (i == text.size()) break;
        const Script script = script_of(next_code_point(text, i));
        if (script == kScripts) continue;
        ++count.of[script];
    }
    count.all = std::accumulate(count.of.begin(), count.of.end(), std::size_t{0});
    return count;
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
        for (const char c : part) letters = letters && is_letter(c);
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

std::string language_of_script(std::string_view text) {
    const Count count = count_scripts(text);
    if (count.all < 4) return {};
    // Japanese has Han letters and Kana together, Korean may have some Han letters.
    if (count.of[kKana] * 10 > count.all && count.of[kKana] > 2) return "ja";
    std::size_t best = kLatin;
    for (std::size_t script = 0; script < kScripts; ++script) {
        if (count.of[script] > count.of[best]) best = script;
    }
    return count.of[best] * 10 >= count.all * 4 ? std::string(kLanguages[best]) : std::string{};
}

std::string settle_language(std::string_view declared, std::string_view text) {
    std::string tag = language_tag(declared);
    const std::string seen = language_of_script(text);
    if (seen.empty()) return tag;
    const std::string_view base = std::string_view(tag).substr(0, tag.find('-'));
    if (base == seen) return tag;
    // Several languages are written in Han letters, in Greek and Hebrew ones.
    if (seen == "zh" && (base == "ja" || base == "yue" || base == "wuu" || base == "nan"))
        return tag;
    if (seen == "he" && (base == "yi" || base == "iw")) return tag;
    return seen;
}

}  // namespace heliograph::extract
