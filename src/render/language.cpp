// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/language.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"

namespace heliograph::render {
namespace {

// ISO 15924 scripts in use today that run from right to left.
constexpr auto kRightToLeftScripts = std::to_array<std::string_view>(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"});

// Languages whose usual script is one of those (CLDR, likely subtags).
constexpr auto kRightToLeftLanguages = std::to_array<std::string_view>(
    {"ar",  "arc", "arz", "azb", "bal", "bcc", "bgn", "bqi", "ckb", "dv",  "fa",
     "glk", "haz", "he",  "iw",  "khw", "ks",  "lrc", "mzn", "nqo", "pnb", "prs",
     "ps",  "rhg", "sd",  "sdh", "skr", "syr", "ug",  "ur",  "yi",  "ji"});

template <std::size_t kSize>
bool holds(const std::array<std::string_view, kSize>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

bool is_right_to_left(std::string_view language) {
    const std::string tag = ascii_lower(language);
    const std::string_view all = tag;
    const std::size_t first_end = std::min(all.find('-'), all.size());
    for (std::size_t begin = first_end; begin < all.size();) {
        const std::size_t end = std::min(all.find('-', begin + 1), all.size());
        const std::string_view subtag = all.substr(begin + 1, end - begin - 1);
        if (subtag.size() == 4 && subtag[0] >= 'a') return holds(kRightToLeftScripts, subtag);
        begin = end;
    }
    return holds(kRightToLeftLanguages, all.substr(0, first_end));
}

std::string primary_language(std::string_view language) {
    return ascii_lower(language.substr(0, language.find('-')));
}

std::string_view direction(std::string_view language) {
    return is_right_to_left(language) ? "rtl" : "ltr";
}

std::string_view list_separator(std::string_view language) {
    // CLDR, list patterns.
    const std::string primary = primary_language(language);
    if (primary == "zh" || primary == "ja" || primary == "yue") return "、";
    if (primary == "ar" || primary == "fa" || primary == "ur") return "، ";
    return ", ";
}

}  // namespace heliograph::render
