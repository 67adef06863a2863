// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/pager.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "html/url.h"

namespace heliograph::html {
namespace {

PagerWord word_of(std::string_view text) { return read_pager_label(text).word; }

TEST(PagerLabel, KnowsNextPageInTheLanguagesOfTheNews) {
    for (const std::string_view text : {"Next",
                                        "NEXT PAGE »",
                                        "next page",
                                        "Next ›",
                                        "[Next]",
                                        "→ Next page",
                                        "Weiter",
                                        "Nächste Seite",
                                        "Page suivante",
                                        "Suivant >",
                                        "Siguiente",
                                        "Página siguiente »",
                                        "Próxima página",
                                        "Pagina successiva",
                                        "Avanti",
                                        "Volgende pagina",
                                        "Nästa sida",
                                        "Næste side",
                                        "Neste side",
                                        "Seuraava sivu",
                                        "Järgmine",
                                        "Nākamā lapa",
                                        "Kitas puslapis",
                                        "Następna",
                                        "Następna strona »",
                                        "Další",
                                        "ĎALŠIA STRANA",
                                        "Naslednja stran",
                                        "Sljedeća stranica",
                                        "Следећа страна",
                                        "Следваща страница",
                                        "Következő oldal",
                                        "Următoarea",
                                        "Επόμενη σελίδα",
                                        "ΕΠΟΜΕΝΗ ΣΕΛΙΔΑ",
                                        "Sonraki sayfa",
                                        "Növbəti",
                                        "Келесі бет",
                                        "Далее",
                                        "ДАЛЕЕ →",
                                        "Следующая страница",
                                        "Наступна сторінка",
                                        "Наступная старонка",
                                        "შემდეგი",
                                        "Հաջորդ էջ",
                                        "הבא",
                                        "לעמוד הבא »",
                                        "التالي",
                                        "الصفحة التالية",
                                        "صفحه بعدی",
                                        "بعدی",
                                        "اگلا صفحہ",
                                        "अगला",
                                        "अगला पेज",
                                        "পরবর্তী পাতা",
                                        "આગળ",
                                        "அடுத்த பக்கம்",
                                        "తదుపరి పేజీ",
                                        "ಮುಂದಿನ ಪುಟ",
                                        "അടുത്ത പേജ്",
                                        "ඊළඟ පිටුව",
                                        "ถัดไป",
                                        "หน้าถัดไป",
                                        "ຖັດໄປ",
                                        "နောက်စာမျက်နှာ",
                                        "ទំព័របន្ទាប់",
                                        "Trang sau",
                                        "TRANG TIẾP",
                                        "Berikutnya",
                                        "Halaman selanjutnya",
                                        "Laman seterusnya",
                                        "Ukurasa unaofuata",
                                        "ቀጣይ ገጽ",
                                        "下一页",
                                        "下一页 >",
                                        "［下一頁］",
                                        "下页",
                                        "次へ",
                                        "次のページへ",
                                        "다음",
                                        "다음 페이지",
                                        "Next page (2)",
                                        "Nächste Seite: 2/5"})
        EXPECT_EQ(word_of(text), PagerWord::kNext) << text;
}

TEST(PagerLabel, KnowsTheWholeArticleOnOnePage) {
    for (const std::string_view text :
         {"View all", "Single page", "Auf einer Seite lesen", "Komplettansicht", "Ver todo",
          "Sur une seule page", "На одной странице", "在本页阅读全文", "閱讀全文", "全文",
          "全ページ表示", "전체보기", "Tampilkan semua", "Xem toàn bài", "ดูทั้งหมด", "عرض الكل"})
        EXPECT_EQ(word_of(text), PagerWord::kWhole) << text;
}

TEST(PagerLabel, KnowsNumbers) {
    const struct {
        std::string_view text;
        int number;
    } cases[] = {{"2", 2},       {"[3]", 3},    {"２", 2},      {" 12 ", 12},     {"第2页", 2},
                 {"2ページ", 2}, {"Page 4", 4}, {"Seite 2", 2}, {"Страница 3", 3}};
    for (const auto& c : cases) {
        EXPECT_EQ(word_of(c.text), PagerWord::kNumber) << c.text;
        EXPECT_EQ(read_pager_label(c.text).number, c.number) << c.text;
    }
}

TEST(PagerLabel, AHeadlineAndTheNextArticleAreNone) {
    for (const std::string_view text :
         {"Next article", "Next story: the crane leaves", "Next week in the harbour", "下一篇",
          "下一篇：起重机离开港口", "次の記事", "다음 기사", "Nächster Artikel",
          "Artículo siguiente", "Следующая статья", "Weiterbildung", "2026", "2 dead in storm",
          "The crane leaves", "View all comments", "Show all news", "Sauce",
          "Siguientes elecciones", "1,000"})
        EXPECT_EQ(word_of(text), PagerWord::kNone) << text;
    EXPECT_EQ(word_of("»"), PagerWord::kBare);
    EXPECT_EQ(word_of(""), PagerWord::kBare);
    EXPECT_EQ(word_of(std::string(5000, 'n')), PagerWord::kNone);
}

TEST(PagerLabel, OfAnElementIsItsTextElseItsTitle) {
    Document document;
    document.parse(
        "<a><i></i><span>Next</span></a><a aria-label='Next page'>»</a><a title=下一页><b></b></a>"
        "<a title='The crane leaves'>»</a>");
    const PagerWord expected[] = {PagerWord::kNext, PagerWord::kNext, PagerWord::kNext,
                                  PagerWord::kNone};
    Node link = document.body().first_child();
    for (const PagerWord word : expected) {
        EXPECT_EQ(read_pager_label(link).word, word);
        link = link.next();
    }
}

PartStep step(std::string_view here, std::string_view next) {
    const Url base = parse_url("https://daily.example/").value();
    return part_relation(parse_url(here, &base).value(), parse_url(next, &base).value()).step;
}

TEST(PartRelation, TheFormsOfTheNextPart) {
    const struct {
        std::string_view here;
        std::string_view next;
        PartStep step;
    } cases[] = {
        {"/n77.htm", "/n77-p2.htm", PartStep::kSecondMarked},
        {"/n77-p2.htm", "/n77-p3.htm", PartStep::kNextMarked},
        {"/a.html", "/a.html?page=2", PartStep::kSecondMarked},
        {"/a.html?page=2", "/a.html?page=3", PartStep::kNextMarked},
        {"/a?id=7", "/a?id=7&p=2", PartStep::kSecondMarked},
        {"/a?p=2&id=7", "/a?id=7&p=3", PartStep::kNextMarked},
        {"/a?id=7&Page=2", "/a?id=7&Page=3", PartStep::kNextMarked},
        {"/a/", "/a/2/", PartStep::kSecond},
        {"/a", "/a/2", PartStep::kSecond},
        {"/a", "/a/page/2/", PartStep::kSecondMarked},
        {"/a/page/2", "/a/page/3", PartStep::kNextMarked},
        {"/a", "/a/seite-2", PartStep::kSecondMarked},
        {"/a.html", "/a_2.html", PartStep::kSecond},
        {"/a_2.html", "/a_3.html", PartStep::kNext},
        {"/a_1.html", "/a_2.html", PartStep::kNext},
        {"/2026/c_1290112233.htm", "/2026/c_1290112233_2.htm", PartStep::kSecond},
        {"/77.shtml", "/77-2.shtml", PartStep::kSecond},
        {"/story-77.html", "/story-77-2.html", PartStep::kSecond},
        {"/story-77.html", "/story-77_page_2.html", PartStep::kSecondMarked},
        {"/story,7.html", "/story,7,2.html", PartStep::kSecond},
        {"/a/index.html", "/a/index_2.html", PartStep::kSecond},
        {"/a.html", "/a.html/2", PartStep::kSecond},
        {"https://www.daily.example/a", "http://daily.example:443/a?page=2",
         PartStep::kSecondMarked},
        {"/a", "/a?page=1", PartStep::kZeroBased},
        {"/node/12", "/node/13", PartStep::kNext},  // by the address alone this may be one
    };
    for (const auto& c : cases) EXPECT_EQ(step(c.here, c.next), c.step) << c.here << " " << c.next;
}

TEST(PartRelation, OtherAddressesDoNotFollow) {
    const struct {
        std::string_view here;
        std::string_view next;
    } cases[] = {
        {"/crane-leaves", "/port-opens"},
        {"/a.html", "/b.html?page=2"},
        {"/a.html", "/a.html?page=3"},
        {"/a.html?page=2", "/a.html?page=2"},
        {"/a.html?page=3", "/a.html?page=2"},
        {"/a_4.html", "/a_6.html"},
        {"/story-1234.html", "/story-1235.html"},
        {"/2026/11/30", "/2026/12/01"},
        {"/a", "https://other.example/a?page=2"},
        {"/a?id=7", "/a?id=8&page=2"},
        {"/a", "/a?slide=2"},
        {"/a", "/a?page=0"},
        {"/a", "/a?page=99999999999999"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(step(c.here, c.next), PartStep::kNone) << c.here << " " << c.next;
}

TEST(PartRelation, TheWholeTextHasTheSameAddressButForAWord) {
    const Url base = parse_url("https://daily.example/").value();
    const auto is_whole = [&](std::string_view here, std::string_view whole) {
        return is_whole_of(parse_url(here, &base).value(), parse_url(whole, &base).value());
    };
    EXPECT_TRUE(is_whole("/a", "/a?page=all"));
    EXPECT_TRUE(is_whole("/a?page=2", "/a?page=all"));
    EXPECT_TRUE(is_whole("/a.html", "/a_all.html"));
    EXPECT_TRUE(is_whole("/a_2.html", "/a_all.html"));
    EXPECT_TRUE(is_whole("/a", "/a/komplettansicht"));
    EXPECT_TRUE(is_whole("/a", "/a?singlepage=true"));
    EXPECT_FALSE(is_whole("/a", "/b?page=all"));
    EXPECT_FALSE(is_whole("/a", "/a"));
    EXPECT_FALSE(is_whole("/a", "/all"));
    EXPECT_FALSE(is_whole("/a?page=all", "/a?page=all"));
}

}  // namespace
}  // namespace heliograph::html
