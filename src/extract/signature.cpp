// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/signature.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "extract/byline_text.h"
#include "extract/text_fold.h"

namespace heliograph::extract {
namespace {

// Below a signature a line may say who the editor is.
constexpr int kLinesLookedAt = 2;

// The hundred most common surnames of Chinese, of nine people in ten, and how they are written in
// Taiwan and Hong Kong: "（完）" is no name.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜"
    U"叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺"
    U"顾毛郝龚邵万钱严覃武戴莫孔向汤裴"
    U"張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯";

bool is_chinese_name(std::string_view text) {
    std::size_t length = 0;
    bool has_surname = false;
    for (std::size_t i = 0; i < text.size(); ++length) {
        const char32_t c = next_code_point(text, i);
        if (!is_cjk(c)) return false;
        if (length == 0) has_surname = kSurnames.contains(c);
    }
    return has_surname && (length == 2 || length == 3);
}

std::string name_in_last_brackets(std::string_view text) {
    constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {{"（", "）"},
                                                                           {"(", ")"}};
    for (const auto& [open, close] : kBrackets) {
        if (!text.ends_with(close)) continue;
        text.remove_suffix(close.size());
        const std::size_t at = text.rfind(open);
        if (at == std::string_view::npos) return {};
        std::string name = as_name(text.substr(at + open.size()));
        return is_chinese_name(name) ? name : std::string();
    }
    return {};
}

}  // namespace

std::string signature_of(const PageTable& table, const Selection& selection) {
    int looked_at = 0;
    for (std::size_t b = selection.keep.size(); b-- > 0 && looked_at < kLinesLookedAt;) {
        if (!selection.keep[b]) continue;
        ++looked_at;
        const std::string_view end = table.texts[table.blocks[b].end_text - 1].text();
        if (std::string name = name_in_last_brackets(trim(end)); !name.empty()) return name;
    }
    return {};
}

}  // namespace heliograph::extract
