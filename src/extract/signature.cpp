// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/signature.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "extract/reporter_names.h"
#include "extract/text_fold.h"

namespace heliograph::extract {
namespace {

// Below a signature a line may say who the editor is.
constexpr int kLinesLookedAt = 3;
// Lines behind the text: a signature by itself looks like no part of it.
constexpr std::size_t kLinesBehind = 3;
// A text node of a block that is longer is prose; its end is enough.
constexpr std::size_t kMaxBlockBytes = 4'000;
// A line that is a signature alone.
constexpr std::size_t kMaxSignatureBytes = 140;

std::string text_of(const PageTable& table, std::size_t block) {
    std::string text;
    std::uint32_t first = table.blocks[block].first_text;
    const std::uint32_t end = table.blocks[block].end_text;
    // The last texts of a block have its end.
    constexpr std::uint32_t kMaxTexts = 12;
    if (end - first > kMaxTexts) first = end - kMaxTexts;
    for (std::uint32_t i = first; i < end; ++i) {
        const std::string_view part = table.texts[i].text();
        if (part.size() > kMaxBlockBytes) text.clear();
        text += part.size() > kMaxBlockBytes ? part.substr(part.size() - kMaxBlockBytes) : part;
    }
    return collapse_space(to_valid_utf8(text));
}

bool is_bold(const PageTable& table, std::size_t block) {
    const html::Node text = table.texts[table.blocks[block].first_text];
    int steps = 0;
    for (html::Node up = text.parent(); up && steps < 4; up = up.parent(), ++steps) {
        if (!up.is_element()) break;
        if (up.tag() == LXB_TAG_B || up.tag() == LXB_TAG_STRONG) return true;
        if (const std::string_view style = up.attribute(LXB_DOM_ATTR_STYLE);
            style.contains("right") || style.contains("bold"))
            return true;
        if (html::is_block(up.tag())) break;
    }
    return false;
}

enum class Language : std::uint8_t { kOther, kChinese, kJapanese, kKorean, kVietnamese };

Language language_of(const std::string& tag) {
    if (tag.starts_with("zh") || tag.starts_with("yue")) return Language::kChinese;
    if (tag.starts_with("ja")) return Language::kJapanese;
    if (tag.starts_with("ko")) return Language::kKorean;
    if (tag.starts_with("vi")) return Language::kVietnamese;
    return Language::kOther;
}

std::vector<std::string> names_at_end(Language language, std::string_view text, bool is_bold_line) {
    const bool is_line = text.size() <= kMaxSignatureBytes;
    switch (language) {
        case Language::kChinese:
            return chinese_reporters(text, CreditPlace::kEnd);
        case Language::kJapanese:
            return japanese_reporters(text, CreditPlace::kEnd);
        case Language::kKorean:
            return is_line ? korean_reporters(text) : std::vector<std::string>();
        case Language::kVietnamese:
            break;
        case Language::kOther:
            return {};
    }
    if (!is_line || !is_bold_line) return {};
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = std::min({text.find(" - ", begin), text.find(", ", begin),
                                    text.find(" – ", begin), text.size()});
        const std::string_view name = trim(text.substr(begin, end - begin));
        if (!is_vietnamese_name(name)) return {};
        names.emplace_back(name);
        begin = end == text.size() ? end : text.find(' ', end + 1) + 1;
        if (begin == 0) break;
    }
    return names;
}

}  // namespace

std::vector<std::string> signature_of(const PageTable& table, const Selection& selection,
                                      const std::string& language) {
    const Language in = language_of(language);
    if (in == Language::kOther) return {};
    std::size_t last = selection.keep.size();
    while (last > 0 && !selection.keep[last - 1]) --last;
    const auto look_at = [&](std::size_t block) {
        return names_at_end(in, text_of(table, block), is_bold(table, block));
    };
    int looked_at = 0;
    for (std::size_t b = last; b-- > 0 && looked_at < kLinesLookedAt;) {
        if (!selection.keep[b]) continue;
        ++looked_at;
        if (std::vector<std::string> names = look_at(b); !names.empty()) return names;
    }
    if (last == 0) return {};
    for (std::size_t b = last; b < std::min(last + kLinesBehind, table.blocks.size()); ++b) {
        // Text of another article is longer.
        const std::string text = text_of(table, b);
        if (text.size() > kMaxSignatureBytes) break;
        if (std::vector<std::string> names = names_at_end(in, text, is_bold(table, b));
            !names.empty())
            return names;
    }
    return {};
}

}  // namespace heliograph::extract
