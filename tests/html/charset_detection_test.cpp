// SPDX-License-Identifier: GPL-3.0-or-later
// Every encoding of the WHATWG standard against iconv, and short texts that do not declare theirs.
#include <gtest/gtest.h>
#include <iconv.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "html/charset.h"

namespace heliograph::html {
namespace {

// nullopt where a character has no place in the other encoding.
std::optional<std::string> convert(std::string_view text, const char* from, const char* to) {
    const iconv_t converter = iconv_open(to, from);
    if (converter == iconv_t(-1)) return std::nullopt;
    std::string in(text);
    std::string out(text.size() * 4 + 16, '\0');
    char* from_begin = in.data();
    char* to_begin = out.data();
    std::size_t from_left = in.size();
    std::size_t to_left = out.size();
    const bool ok =
        iconv(converter, &from_begin, &from_left, &to_begin, &to_left) != std::size_t(-1) &&
        iconv(converter, nullptr, nullptr, &to_begin, &to_left) != std::size_t(-1);
    iconv_close(converter);
    if (!ok) return std::nullopt;
    out.resize(out.size() - to_left);
    return out;
}

struct SameEncoding {
    const char* label;  // WHATWG
    const char* iconv;
    // Characters that the WHATWG index has otherwise than iconv, by their bytes.
    std::vector<std::string> exceptions = {};
};

// Every byte, and every pair of bytes, that iconv reads as one character.
std::vector<std::string> sequences_of(const SameEncoding& encoding) {
    std::vector<std::string> out;
    for (int first = 0x80; first < 0x100; ++first) {
        const std::string one(1, static_cast<char>(first));
        if (convert(one, encoding.iconv, "UTF-8")) {
            out.push_back(one);
            continue;
        }
        for (int second = 0x40; second < 0x100; ++second) {
            const std::string two = one + static_cast<char>(second);
            const auto text = convert(two, encoding.iconv, "UTF-8");
            if (text && code_point_count(*text) == 1) out.push_back(two);
        }
    }
    return out;
}

TEST(Charset, ReadsEveryCharacterOfEveryEncodingAsIconvDoes) {
    const SameEncoding encodings[] = {
        {"ibm866", "IBM866"},
        {"iso-8859-2", "ISO-8859-2"},
        {"iso-8859-3", "ISO-8859-3"},
        {"iso-8859-4", "ISO-8859-4"},
        {"iso-8859-5", "ISO-8859-5"},
        {"iso-8859-6", "ISO-8859-6"},
        {"iso-8859-7", "ISO-8859-7"},
        {"iso-8859-8", "ISO-8859-8"},
        {"iso-8859-10", "ISO-8859-10"},
        {"iso-8859-13", "ISO-8859-13"},
        {"iso-8859-14", "ISO-8859-14"},
        {"iso-8859-15", "ISO-8859-15"},
        {"iso-8859-16", "ISO-8859-16"},
        {"koi8-r", "KOI8-R"},
        {"koi8-u", "KOI8-U", {"\xAE", "\xBE"}},
        {"macintosh", "MACINTOSH", {"\xC6"}},
        {"windows-874", "CP874"},
        {"windows-1250", "CP1250"},
        {"windows-1251", "CP1251"},
        {"windows-1252", "CP1252"},
        {"windows-1253", "CP1253"},
        {"windows-1254", "CP1254"},
        {"windows-1255", "CP1255"},
        {"windows-1256", "CP1256"},
        {"windows-1257", "CP1257"},
        {"windows-1258", "CP1258"},
        {"shift_jis", "CP932"},
        {"euc-jp", "EUC-JP-MS"},
        {"euc-kr", "CP949"},
        {"gbk",
         "GB18030",
         {"\xFE\x51", "\xFE\x52", "\xFE\x53", "\xFE\x6C", "\xFE\x76", "\xFE\x91"}},
        {"gb18030",
         "GB18030",
         {"\xFE\x51", "\xFE\x52", "\xFE\x53", "\xFE\x6C", "\xFE\x76", "\xFE\x91"}},
        {"big5",
         "BIG5-HKSCS",
         {"\xA1\x45", "\xA1\x4E", "\xA1\xC2", "\xA1\xE3", "\xA1\xF2", "\xA1\xF3", "\xA2\x41",
          "\xA2\x42", "\xA2\x44", "\xA2\x46", "\xA2\x47", "\xF9\xFE"}},
    };
    for (const SameEncoding& encoding : encodings) {
        int different = 0;
        std::string all_bytes;
        std::string all_text;
        for (const std::string& bytes : sequences_of(encoding)) {
            const std::string wanted = *convert(bytes, encoding.iconv, "UTF-8");
            std::size_t at = 0;
            const char32_t c = next_code_point(wanted, at);
            const bool is_private = (c >= 0xE000 && c <= 0xF8FF) ||
                                    (c >= 0x80 && c < 0xA0 && bytes.size() == 1 &&
                                     encoding.label == std::string_view("euc-jp")) ||
                                    (c == 0x80 && encoding.label == std::string_view("big5"));
            const std::string read = decode_as(bytes, encoding.label);
            const bool is_known =
                std::ranges::find(encoding.exceptions, bytes) != encoding.exceptions.end();
            if (is_private || is_known) continue;
            all_bytes += bytes;
            all_text += read;
            if (read == wanted) continue;
            ++different;
            if (different <= 30)
                ADD_FAILURE() << encoding.label << " " << testing::PrintToString(bytes) << " is "
                              << read << ", not " << wanted;
        }
        EXPECT_EQ(different, 0) << encoding.label;
        // In one piece too: the decoder works in pieces of some thousand characters.
        EXPECT_EQ(decode_as(all_bytes, encoding.label), all_text) << encoding.label;
    }
}

TEST(Charset, AnErrorInShiftJisTakesNoAsciiWithIt) {
    // WHATWG Encoding section 12.3.1: "prepend byte to stream".
    EXPECT_EQ(decode_as("\x91\xE5\x92\x4A\xE3\xC4\x95\xBD", "shift_jis"), "大谷翔平");
    EXPECT_EQ(decode_as("\x81\x20<p>", "shift_jis"), "\uFFFD <p>");
    EXPECT_EQ(decode_as("a\xE1", "shift_jis"), "a\uFFFD");
    EXPECT_EQ(decode_as("\xA0\xFD\xFE\xFF", "shift_jis"), "\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode_as("\xB1\xDF\x80\\~", "shift_jis"), "ｱﾟ\u0080\\~");
    EXPECT_EQ(decode_as("\xF0\x40", "shift_jis"), "\uE000");
}

struct Sample {
    std::string_view language;
    std::vector<const char*> encodings;
    std::string_view title;
    std::string_view first;
    std::string_view second;
};

const Sample kSamples[] = {
    {"zh-CN",
     {"GB18030"},
     "渔船回港",
     "港口的渔民星期一说，他们在海上看见了六座新桥。",
     "市长表示，工程将在明年春天完成，费用由省政府承担。"},
    {"zh-TW",
     {"BIG5"},
     "漁船回港",
     "港口的漁民星期一說，他們在海上看見了六座新橋。",
     "市長表示，工程將在明年春天完成，費用由縣政府負擔。"},
    {"ja",
     {"EUC-JP", "CP932", "ISO-2022-JP"},
     "漁船が港に戻る",
     "港の漁師は月曜日、海の上に新しい橋を六つ見たと話した。",
     "市長は工事が来年の春に終わると述べ、費用は県が負担する。"},
    {"ko",
     {"CP949"},
     "어선 항구로 돌아와",
     "항구의 어민들은 월요일 바다에서 새 다리 여섯 개를 보았다고 말했다.",
     "시장은 공사가 내년 봄에 끝날 것이라고 밝혔다."},
    {"ru",
     {"CP1251", "KOI8-R", "IBM866", "ISO-8859-5"},
     "Рыбаки вернулись в порт",
     "В понедельник рыбаки рассказали, что видели в море шесть новых мостов.",
     "Мэр сообщил, что работы завершатся следующей весной."},
    {"uk",
     {"CP1251", "KOI8-U"},
     "Рибалки повернулися до порту",
     "У понеділок рибалки розповіли, що бачили в морі шість нових мостів.",
     "Міський голова повідомив, що роботи завершаться навесні."},
    {"bg",
     {"CP1251"},
     "Рибарите се върнаха",
     "Рибарите разказаха в понеделник, че са видели шест нови моста.",
     "Кметът съобщи, че работата ще приключи през пролетта."},
    {"el",
     {"CP1253", "ISO-8859-7"},
     "Οι ψαράδες επέστρεψαν",
     "Οι ψαράδες είπαν τη Δευτέρα ότι είδαν έξι νέες γέφυρες στη θάλασσα.",
     "Ο δήμαρχος ανακοίνωσε ότι τα έργα θα τελειώσουν την άνοιξη."},
    {"he",
     {"CP1255"},
     "הדייגים חזרו לנמל",
     "הדייגים סיפרו ביום שני כי ראו שישה גשרים חדשים בים.",
     "ראש העיר הודיע כי העבודות יסתיימו באביב."},
    {"ar",
     {"CP1256", "ISO-8859-6"},
     "الصيادون يعودون إلى الميناء",
     "قال الصيادون يوم الاثنين إنهم رأوا ستة جسور جديدة في البحر.",
     "أعلن رئيس البلدية أن العمل سينتهي في الربيع."},
    {"fa",
     {"CP1256"},
     "بازگشت ماهيگيران",
     "ماهيگيران روز دوشنبه گفتند شش پل تازه در دريا ديدند.",
     "شهردار اعلام کرد کار در بهار پايان مي گيرد."},
    {"th",
     {"CP874"},
     "เรือประมงกลับเข้าท่า",
     "ชาวประมงกล่าวเมื่อวันจันทร์ว่าพวกเขาเห็นสะพานใหม่หกแห่งในทะเล",
     "นายกเทศมนตรีกล่าวว่างานจะเสร็จในฤดูใบไม้ผลิ"},
    {"vi",
     {"CP1258"},
     "Tàu cá trở về cảng",
     "Ngư dân cho biết hôm thứ hai rằng họ đã thấy sáu cây cầu mới trên biển.",
     "Thị trưởng nói công trình sẽ hoàn thành vào mùa xuân."},
    {"pl",
     {"CP1250", "ISO-8859-2"},
     "Rybacy wrócili do portu",
     "Rybacy powiedzieli w poniedziałek, że widzieli sześć nowych mostów na morzu.",
     "Burmistrz ogłosił, że prace zakończą się wiosną."},
    {"cs",
     {"CP1250", "ISO-8859-2"},
     "Rybáři se vrátili",
     "Rybáři v pondělí řekli, že viděli šest nových mostů na moři.",
     "Starosta oznámil, že práce skončí příští jaro."},
    {"hu",
     {"CP1250", "ISO-8859-2"},
     "Hazatértek a halászok",
     "A halászok hétfőn elmondták, hogy hat új hidat láttak a tengeren.",
     "A polgármester közölte, hogy a munka tavasszal véget ér, költségét a megye fizeti, és őszre "
     "újabb híd épül."},
    {"tr",
     {"CP1254"},
     "Balıkçılar limana döndü",
     "Balıkçılar pazartesi günü denizde altı yeni köprü gördüklerini söyledi.",
     "Belediye başkanı çalışmaların baharda biteceğini açıkladı."},
    {"lt",
     {"CP1257"},
     "Žvejai grįžo į uostą",
     "Žvejai pirmadienį sakė, kad matė šešis naujus tiltus jūroje.",
     "Meras pranešė, kad darbai bus baigti kitą pavasarį."},
    {"fr",
     {"CP1252"},
     "Les pêcheurs sont rentrés",
     "Les pêcheurs ont raconté lundi qu'ils avaient vu six nouveaux ponts près de la côte.",
     "Le maire a annoncé que les travaux seraient terminés l'été prochain."},
    {"de",
     {"CP1252"},
     "Fischer zurückgekehrt",
     "Die Fischer erzählten am Montag, sie hätten sechs neue Brücken gesehen.",
     "Der Bürgermeister kündigte an, dass die Arbeiten im Frühjahr enden."},
    {"es",
     {"CP1252"},
     "Los pescadores volvieron",
     "Los pescadores contaron el lunes que habían visto seis puentes más allá del puerto.",
     "El alcalde anunció que las obras terminarán en otoño, según informó el señor Núñez."},
};

// Shares of pages whose text comes out as it was.
struct Shares {
    int all = 0;
    int right = 0;
    int right_with_hint = 0;
};

std::string made_page(const Sample& sample, int paragraphs) {
    std::string page = "<html><head><title>" + std::string(sample.title) +
                       "</title></head><body><h1>" + std::string(sample.title) + "</h1>";
    if (paragraphs > 0) page += "<p>" + std::string(sample.first) + "</p>";
    if (paragraphs > 1) page += "<p>" + std::string(sample.second) + "</p>";
    return page + "</body></html>";
}

TEST(Charset, ShortUndeclaredTextsAreReadRightMoreOftenWithTheLanguage) {
    std::map<int, Shares> shares;
    for (const Sample& sample : kSamples) {
        for (const char* encoding : sample.encodings) {
            for (int paragraphs = 0; paragraphs <= 2; ++paragraphs) {
                const std::string page = made_page(sample, paragraphs);
                const auto bytes = convert(page, "UTF-8", encoding);
                ASSERT_TRUE(bytes) << sample.language << " " << encoding;
                // The same bytes again: Vietnamese comes back with its tones apart.
                const auto is_right = [&](const DecodedText& decoded) {
                    return convert(decoded.text, "UTF-8", encoding) == bytes;
                };
                Shares& share = shares[paragraphs];
                ++share.all;
                const DecodedText plain = decode_page(*bytes, "");
                CharsetHints hints;
                hints.language = sample.language;
                const DecodedText hinted = decode_page(*bytes, hints);
                if (is_right(plain)) ++share.right;
                if (is_right(hinted)) ++share.right_with_hint;
            }
        }
    }
    // Headlines alone, one paragraph, two.
    for (const auto& [paragraphs, share] : shares) {
        EXPECT_GE(share.right * 100, share.all * (paragraphs == 0 ? 80 : 90)) << paragraphs;
        EXPECT_GE(share.right_with_hint * 100, share.all * (paragraphs == 0 ? 92 : 96))
            << paragraphs;
    }
}

TEST(Charset, TheLangAttributeIsAHintAndBeatsTheSource) {
    const auto bytes =
        convert("<html lang=\"ja\"><title>漁船</title><h1>漁船</h1>", "UTF-8", "EUC-JP");
    ASSERT_TRUE(bytes);
    CharsetHints hints;
    hints.language = "th";
    EXPECT_EQ(decode_page(*bytes, hints).charset, "euc-jp");
}

TEST(Charset, TheHostsOtherPagesAreAHint) {
    const auto bytes = convert("<h1>Žluté lodě</h1>", "UTF-8", "ISO-8859-2");
    ASSERT_TRUE(bytes);
    CharsetHints hints;
    hints.host_charset = "iso-8859-2";
    EXPECT_EQ(decode_page(*bytes, hints).text, "<h1>Žluté lodě</h1>");
}

TEST(Charset, EscapesThatAreNoJapaneseStayAsTheyAre) {
    EXPECT_EQ(decode_page("a \x1B$B b", "").charset, "utf-8");
    EXPECT_EQ(decode_page("caf\xC3\xA9 \x1B$B0!\x1B(B", "").charset, "utf-8");
}

}  // namespace
}  // namespace heliograph::html
