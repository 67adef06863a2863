// SPDX-License-Identifier: GPL-3.0-or-later
// Reporters as news of East Asia and Vietnam name them: by a word before or behind the name, in
// brackets, beside the date, or as the last line of a text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::extract {

// Where a text stands: some forms are credits only at an end of an article.
enum class CreditPlace : std::uint8_t { kBeginning, kEnd };

// The reporters of a Chinese text: "（大时代记者林书远、陈望舒台北报导）",
// "〔記者林書遠／台北報導〕", "编译/林书远", "文/林书远", "（林书远/台北报导）"; at the end also
// "（张巨峰）". Words such as 报道 and 编辑, places and papers are no names. Empty when there is
// none.
[[nodiscard]] std::vector<std::string> chinese_reporters(std::string_view text, CreditPlace place);

// The same of a Japanese text: "文・佐藤花子", "【佐藤花子】", "（ロンドン＝佐藤花子）",
// "佐藤花子記者", and a name alone or beside a date.
[[nodiscard]] std::vector<std::string> japanese_reporters(std::string_view text, CreditPlace place);

// The same of a Korean text: "김민지 기자 kim@daily.example", "김민지·박서준 기자", "글·사진
// 김민지".
[[nodiscard]] std::vector<std::string> korean_reporters(std::string_view text);

// True for two to five capitalised words of which the first is a Vietnamese surname.
[[nodiscard]] bool is_vietnamese_name(std::string_view text);

}  // namespace heliograph::extract
