// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/charset.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"

namespace heliograph::html {
namespace {

// tests/data/html/charset/NAME.txt: made-up news in the encoding of its name, as
// scripts of the system's iconv wrote it from NAME's language in utf-8/.
std::string bytes_of(const std::string& name) {
    return read_file(std::string(HELIOGRAPH_TEST_DATA) + "/html/charset/" + name + ".txt");
}

struct Case {
    std::string charset;   // WHATWG name, also the fixture's name
    std::string language;  // of utf-8/LANGUAGE.txt
};

const Case kCases[] = {
    {"gb18030", "zh-hans"}, {"big5", "zh-hant"},    {"shift_jis", "ja"},   {"euc-jp", "ja"},
    {"euc-kr", "ko"},       {"windows-1251", "ru"}, {"koi8-r", "ru"},      {"iso-8859-5", "ru"},
    {"windows-1252", "fr"}, {"windows-1250", "pl"}, {"iso-8859-2", "pl"},  {"windows-1253", "el"},
    {"windows-1256", "ar"}, {"windows-1255", "he"}, {"windows-874", "th"}, {"windows-1254", "tr"},
};

class EachCharset : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(DecodePage, EachCharset, testing::ValuesIn(kCases), [](const auto& test) {
    std::string name = test.param.charset;
    for (char& c : name)
        if (c == '-') c = '_';
    return name;
});

TEST_P(EachCharset, IsToldFromTheBytesAlone) {
    const DecodedText decoded = decode_page(bytes_of(GetParam().charset), "");
    EXPECT_EQ(decoded.charset, GetParam().charset);
    EXPECT_EQ(decoded.text, bytes_of("utf-8/" + GetParam().language));
}

TEST_P(EachCharset, IsReadWhenDeclared) {
    const DecodedText decoded = decode_page(bytes_of(GetParam().charset), GetParam().charset);
    EXPECT_EQ(decoded.charset, GetParam().charset);
    EXPECT_EQ(decode_as(bytes_of(GetParam().charset), GetParam().charset),
              bytes_of("utf-8/" + GetParam().language));
}

TEST_P(EachCharset, InAMetaWinsOverAWrongHeader) {
    const std::string meta = "<meta charset=\"" + GetParam().charset + "\">";
    for (const auto* header : {"utf-8", "iso-8859-1", "windows-1251", "shift_jis", "gbk"}) {
        // Two encodings that share nearly all letters cannot be told apart by a few sentences.
        if (GetParam().charset == "windows-1252" && std::string_view(header) == "iso-8859-1")
            continue;
        const DecodedText decoded = decode_page(meta + bytes_of(GetParam().charset), header);
        EXPECT_EQ(decoded.text, meta + bytes_of("utf-8/" + GetParam().language)) << header;
    }
}

TEST_P(EachCharset, AsUtf8IsNeverMistaken) {
    const std::string utf8 = bytes_of("utf-8/" + GetParam().language);
    for (const auto* header : {"", "utf-8", "iso-8859-1", "gb2312", "big5", "nonsense"}) {
        const DecodedText decoded = decode_page(utf8, header);
        EXPECT_EQ(decoded.text, utf8) << header;
        EXPECT_EQ(decoded.charset, "utf-8") << header;
    }
}

TEST(DecodePage, BelievesAByteOrderMark) {
    using namespace std::string_literals;
    EXPECT_EQ(decode_page("\xEF\xBB\xBFé", "windows-1252").text, "é");
    EXPECT_EQ(decode_page("\xFF\xFE"s + "a\0\xE9\0"s, "").text, "aé");
    EXPECT_EQ(decode_page("\xFE\xFF"s + "\0a\0\xE9"s, "").charset, "utf-16be");
}

TEST(DecodePage, ReadsUtf16OnlyWhereItIs) {
    using namespace std::string_literals;
    EXPECT_EQ(decode_page("a\0b\0"s, "utf-16le").text, "ab");
    EXPECT_EQ(decode_page("<meta charset=utf-16>é", "").text, "<meta charset=utf-16>é");
    EXPECT_EQ(decode_page("plain", "utf-16le").text, "plain");
}

TEST(DecodePage, CopiesOnlyWhatIsNotUtf8Yet) {
    const std::string page = "\xEF\xBB\xBF<p>café";
    std::string room;
    EXPECT_EQ(decode_page_into(room, page, "").data(), page.data() + 3);
    EXPECT_EQ(room, "");
    const std::string latin = "<p>caf\xE9 noir";
    EXPECT_EQ(decode_page_into(room, latin, "iso-8859-1"), "<p>café noir");
    EXPECT_EQ(room, "<p>café noir");
}

TEST(DecodePage, KeepsUtf8WithAFewBrokenBytes) {
    std::string utf8 = bytes_of("utf-8/ru");
    const std::size_t cut = utf8.size() / 2 | 1;
    utf8.insert(cut, "\xFF");
    const DecodedText decoded = decode_page(utf8, "");
    EXPECT_EQ(decoded.charset, "utf-8");
    EXPECT_NE(decoded.text.find("\uFFFD"), std::string::npos);
}

TEST(DecodePage, MendsTextThatWasEncodedTwice) {
    const std::string once = bytes_of("utf-8/pl");
    const std::string twice = decode_as(once, "windows-1252");
    ASSERT_NE(twice, once);
    EXPECT_EQ(decode_page(twice, "utf-8").text, once);
    // One letter of another kind, or few in all: as it is.
    EXPECT_EQ(decode_page(twice + "新", "utf-8").text, twice + "新");
    EXPECT_EQ(decode_page("The bytes of é are Ã©.", "").text, "The bytes of é are Ã©.");
    EXPECT_EQ(decode_page("Ã©", "").text, "Ã©");
}

TEST(DecodePage, ReadsStatefulJapanese) {
    EXPECT_EQ(decode_page("\x1B$B%K%e!<%9\x1B(B", "iso-2022-jp").text, "ニュース");
}

TEST(DecodePage, TreatsUnknownLabelsAsNone) {
    EXPECT_EQ(decode_page("caf\xC3\xA9", "x-none").text, "café");
    EXPECT_EQ(decode_page("caf\xE9 noir, th\xE9 vert", "hz-gb-2312").text, "café noir, thé vert");
    EXPECT_EQ(decode_page("", "").text, "");
}

TEST(DecodeAs, TakesLabelsOfTheStandard) {
    EXPECT_EQ(decode_as("\xC4\xE3\xBA\xC3", " GBK "), "你好");
    EXPECT_EQ(decode_as("\x83\x6A", "x-sjis"), "ニ");
    EXPECT_EQ(decode_as("\xE9", "latin1"), "é");
    EXPECT_EQ(decode_as("\xC3\xA9", "unheard-of"), "é");
    EXPECT_EQ(decode_as("a\xFFz", "utf-8"), "a\uFFFDz");
    EXPECT_EQ(decode_as("\xC4", "gbk"), "\uFFFD");
}

}  // namespace
}  // namespace heliograph::html
