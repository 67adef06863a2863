// SPDX-License-Identifier: GPL-3.0-or-later
// Authors: the name alone, in the forms of many languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/byline_text.h"
#include "extract/extract.h"
#include "extract/metadata.h"
#include "extract/reporter_names.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::vector<std::string>;

// A language, a person in it, how a byline begins there, and what stands beside the name.
struct Byline {
    std::string_view language, lead, name;
    std::vector<std::string_view> beside;
    std::string_view headline, prose;
};

const std::vector<Byline>& bylines() {
    static const std::vector<Byline> all = {
        {"ar",
         "كتبت: ",
         "ليلى حسن",
         {"الجمعة 3 أيار/مايو 2024 - 08:30", "الجمعة، 3 مايو 2024", "يوم الجمعة 3 مايو 2024",
          "٣ مايو ٢٠٢٤", "سياسة"},
         "إغلاق الجسر القديم بعد الفيضان",
         "أعلنت السلطات المحلية يوم الخميس إغلاق الجسر القديم أمام السيارات بعد الأمطار الغزيرة."},
        {"de",
         "Von ",
         "Anna Berger",
         {"Freitag, 3. Mai 2024", "03.05.2024, 10:00 Uhr", "Berlin", "Redakteurin", "Politik",
          "Lokales", "Stand: 3. Mai 2024"},
         "Zwei Brücken sind gesperrt",
         "Die alte Brücke über den Fluss ist seit Donnerstag für Autos gesperrt, wie die Stadt "
         "mitteilte."},
        {"el",
         "Γράφει η ",
         "Μαρία Παππά",
         {"Παρασκευή, 3 Μαΐου 2024", "3 Μαΐου 2024, 10:00", "Πολιτική", "Αθήνα"},
         "Έκλεισε η παλιά γέφυρα",
         "Οι αρχές ανακοίνωσαν την Πέμπτη ότι η παλιά γέφυρα έκλεισε για τα αυτοκίνητα."},
        {"en",
         "By ",
         "Clara Whitfield",
         {"Friday, 3 May 2024", "May 3, 2024 at 10:00 am", "Health correspondent", "Politics",
          "London", "Updated May 3, 2024", "Senior Political Reporter", "in New York"},
         "Two bridges are closed",
         "The old bridge has been closed to cars since Thursday, the council said in a statement "
         "to the press."},
        {"es",
         "Por ",
         "Lucía Herrera",
         {"viernes, 3 de mayo de 2024", "3 mayo 2024 10:00", "Madrid", "Redactora", "Política"},
         "Cierran dos puentes",
         "El viejo puente está cerrado a los coches desde el jueves, según informó el "
         "ayuntamiento."},
        {"fa",
         "نویسنده: ",
         "سارا کریمی",
         {"جمعه ۱۴ اردیبهشت ۱۴۰۳", "۱۴ اردیبهشت ۱۴۰۳ - ۰۸:۳۰", "سیاسی"},
         "پل قدیمی شهر بسته شد",
         "شهردار گفت که پل از دیروز بسته است و باید صبر کرد."},
        {"fr",
         "Par ",
         "Camille Fontaine",
         {"vendredi 3 mai 2024", "Publié le 3 mai 2024 à 10h00", "Paris", "Journaliste",
          "Politique"},
         "Deux ponts sont fermés",
         "Le vieux pont est fermé aux voitures depuis jeudi, a annoncé la mairie dans un "
         "communiqué."},
        {"he",
         "מאת: ",
         "דנה לוי",
         {"יום שישי, 3 במאי 2024", "3 במאי 2024, 08:30", "חדשות"},
         "הגשר הישן נסגר לתנועה",
         "ראש העירייה הודיע ביום חמישי כי הגשר הישן נסגר לתנועה בעקבות הגשמים הכבדים."},
        {"hi",
         "लेखक: ",
         "अनीता शर्मा",
         {"शुक्रवार, 3 मई 2024 08:30", "3 मई 2024", "राजनीति", "नई दिल्ली"},
         "पुराना पुल बंद किया गया",
         "स्थानीय अधिकारियों ने गुरुवार को बताया कि भारी बारिश के बाद पुराना पुल बंद है।"},
        {"id",
         "Penulis: ",
         "Siti Rahma",
         {"Jumat, 03 Mei 2024 08:30 WIB", "Jum'at, 3 Mei 2024", "Jakarta", "Nasional"},
         "Jembatan tua ditutup",
         "Pemerintah setempat mengumumkan pada hari Kamis bahwa jembatan tua ditutup bagi "
         "kendaraan."},
        {"it",
         "di ",
         "Chiara Moretti",
         {"venerdì 3 maggio 2024", "3 maggio 2024, ore 10:00", "Roma", "Cronaca"},
         "Chiusi due ponti",
         "Il vecchio ponte è chiuso alle auto da giovedì, ha comunicato il comune in una nota."},
        {"nl",
         "Door ",
         "Sanne Visser",
         {"vrijdag 3 mei 2024", "3 mei 2024 om 10:00", "Amsterdam", "Verslaggever", "Binnenland"},
         "Twee bruggen dicht",
         "De oude brug is sinds donderdag gesloten voor auto's, meldde de gemeente in een "
         "verklaring."},
        {"pl",
         "Autor: ",
         "Anna Nowak",
         {"piątek, 3 maja 2024", "3 maja 2024, 10:00", "Warszawa", "Polityka"},
         "Dwa mosty zamknięte",
         "Stary most jest od czwartku zamknięty dla samochodów, podało miasto w komunikacie."},
        {"pt",
         "Por ",
         "Beatriz Carvalho",
         {"sexta-feira, 3 de maio de 2024", "3 de maio de 2024 às 10h00", "Lisboa", "Jornalista",
          "Política"},
         "Duas pontes fechadas",
         "A ponte velha está fechada aos carros desde quinta-feira, informou a câmara."},
        {"ru",
         "Автор: ",
         "Ирина Соколова",
         {"пятница, 3 мая 2024", "3 мая 2024, 10:00", "Москва", "корреспондент", "Политика"},
         "Два моста закрыты",
         "Старый мост с четверга закрыт для автомобилей, сообщили в мэрии города журналистам."},
        {"th",
         "โดย ",
         "สมชาย ใจดี",
         {"วันศุกร์ที่ 3 พฤษภาคม 2567", "3 พฤษภาคม 2567 เวลา 08:30 น.", "การเมือง"},
         "สะพานเก่ากลางเมืองปิด",
         "เจ้าหน้าที่ท้องถิ่นประกาศเมื่อวันพฤหัสบดีว่าสะพานเก่ากลางเมืองปิดไม่ให้รถผ่านหลังฝนตกหนัก"},
        {"tr",
         "Haber: ",
         "Ayşe Yılmaz",
         {"Cuma, 03 Mayıs 2024", "03 Mayıs 2024 08:30", "Ankara", "Gündem"},
         "Eski köprü kapatıldı",
         "Yerel yetkililer perşembe günü eski köprünün şiddetli yağışların ardından kapatıldığını "
         "duyurdu."},
        {"uk",
         "Автор: ",
         "Олена Коваль",
         {"п'ятниця, 3 травня 2024", "3 травня 2024, 08:30", "Київ", "Політика"},
         "Старий міст закрили",
         "Місцева влада у четвер повідомила, що старий міст закрили для руху після сильних дощів."},
        {"vi",
         "Tác giả: ",
         "Nguyễn Minh Anh",
         {"Thứ sáu, 3/5/2024", "Thứ Sáu, 3/5/2024, 08:30 (GMT+7)", "Chủ nhật, 5/5/2024", "Hà Nội"},
         "Cây cầu cũ đóng cửa",
         "Chính quyền địa phương hôm thứ năm cho biết cây cầu cũ đã bị cấm xe sau những trận mưa "
         "lớn."},
    };
    return all;
}

Names authors_of(std::string_view language, std::string_view headline, std::string_view info,
                 std::string_view prose, std::string_view head = {}) {
    html::Document document;
    document.parse("<!DOCTYPE html><html lang=\"" + std::string(language) + "\"><head><title>" +
                   std::string(headline) + "</title>" + std::string(head) + "</head><body><h1>" +
                   std::string(headline) + "</h1>" + std::string(info) + "<p>" +
                   std::string(prose) + "</p><p>" + std::string(prose) + "</p></body></html>");
    return read_metadata(document, *html::parse_url("https://tagblatt.example/2024/bridge"),
                         nullptr)
        .authors;
}

TEST(AuthorNames, StandAloneWhateverIsBesideThem) {
    for (const Byline& c : bylines()) {
        const std::string by = std::string(c.lead) + std::string(c.name);
        for (const std::string_view beside : c.beside) {
            const std::string other(beside);
            const std::string forms[] = {
                "<div class=\"info\"><span>" + by + "</span> <span>" + other + "</span></div>",
                "<div class=\"info\"><span>" + by + "</span><span>" + other + "</span></div>",
                "<div><a href=\"/x\">" + by + "</a>\n<i>" + other + "</i></div>",
                "<div><span>" + std::string(c.lead) + "</span><a href=\"/p\">" +
                    std::string(c.name) + "</a> <span>" + other + "</span></div>",
                "<p>" + by + " | " + other + "</p>",
                "<p>" + by + ", " + other + "</p>",
                "<p>" + by + " - " + other + "</p>",
                "<p>" + by + "<br>" + other + "</p>",
                "<p>" + other + "<br>" + by + "</p>",
                "<p>" + other + " | " + by + "</p>",
                "<p class=\"byline\">" + by + " · " + other + "</p>",
                "<p class=\"byline\"><span>" + by + "</span> <span>" + other + "</span></p>",
                "<div class=\"author\"><span>" + std::string(c.name) + "</span> <span>" + other +
                    "</span></div>",
            };
            for (const std::string& form : forms) {
                EXPECT_THAT(authors_of(c.language, c.headline, form, c.prose),
                            ElementsAre(std::string(c.name)))
                    << form;
            }
        }
    }
}

TEST(AuthorNames, SurviveOtherSpacesCaseAndMail) {
    for (const Byline& c : bylines()) {
        const std::string lead(c.lead);
        const std::string name(c.name);
        std::string hard = name;
        for (std::size_t at = hard.find(' '); at != std::string::npos; at = hard.find(' ', at))
            hard.replace(at, 1, "&nbsp;");
        for (const std::string& form :
             {"<p>" + lead + "&nbsp;" + name + "</p>", "<p>" + lead + hard + "</p>",
              "<p>\n  " + lead + "\n  <b>" + name + "</b>\n</p>",
              "<p>" + lead + name + " (redaktion@tagblatt.example)</p>",
              "<p>" + lead + name + " redaktion@tagblatt.example</p>",
              "<p>" + lead + name + " &lt;redaktion@tagblatt.example&gt;</p>"})
            EXPECT_THAT(authors_of(c.language, c.headline, form, c.prose), ElementsAre(name))
                << form;
    }
}

TEST(AuthorNames, AreNoTopicsPlacesOrAgencies) {
    const struct {
        std::string_view language, info;
    } cases[] = {
        {"de", "<div class=\"author\">Politik</div>"},
        {"de", "<p>Von Hochwasser bis Dürre</p>"},
        {"de", "<p class=\"byline\">Stand: 27.04.2024, 10:00 Uhr<br>Von Agenturen</p>"},
        {"de", "<p>Von Agenturen</p>"},
        {"ar", "<div class=\"author\">سياسة</div>"},
        {"ar", "<p>كتب وفنون</p>"},
        {"ar", "<div class=\"byline\">وكالات</div>"},
        {"ja", "<div class=\"author\">社会</div>"},
        {"ja", "<p>2024年5月3日 8時30分 国際</p>"},
        {"ja", "<p>記者会見</p>"},
        {"zh", "<p>编辑：林书远</p>"},
        {"zh", "<p>综合报道</p>"},
        {"zh", "<p>记者会上，市长说，桥要关了。</p>"},
        {"ko", "<p>기자회견 전문</p>"},
        {"ko", "<p>정치</p>"},
        {"en", "<div class=\"author\">Politics</div>"},
        {"en", "<p>By agencies</p>"},
        {"en", "<div class=\"author\">news@tagblatt.example</div>"},
        {"ru", "<div class=\"author\">Агентства</div>"},
    };
    for (const auto& c : cases)
        EXPECT_THAT(authors_of(c.language, "2 bridges: 桥 橋 다리 جسر", c.info, "x"), IsEmpty())
            << c.info;
}

TEST(AuthorNames, AnAgencyIsNamedOnlyWhereNobodyIs) {
    EXPECT_EQ(names_in_byline("By Reuters"), Names{"Reuters"});
    EXPECT_THAT(authors_of("en", "Two bridges are closed",
                           "<p class=\"byline\">By Clara Whitfield and Reuters</p>", "x"),
                ElementsAre("Clara Whitfield"));
    EXPECT_THAT(
        authors_of("de", "Zwei Brücken", "<p class=\"byline\">Von Anna Berger, dpa</p>", "x"),
        ElementsAre("Anna Berger"));
}

TEST(AuthorNames, OfFieldsForMachinesLoseWhatIsNoName) {
    const auto json = [](std::string_view name) {
        return "<script "
               "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":"
               "\"Person\",\"name\":\"" +
               std::string(name) + "\"}}</script>";
    };
    EXPECT_THAT(authors_of("en", "Two bridges", "", "x", json("Politics")), IsEmpty());
    EXPECT_THAT(authors_of("en", "Two bridges", "", "x", json("ana@x.example (Ana Ruiz)")),
                ElementsAre("Ana Ruiz"));
    EXPECT_THAT(authors_of("en", "Two bridges", "", "x", json("Ana Ruiz <ana@x.example>")),
                ElementsAre("Ana Ruiz"));
    EXPECT_THAT(authors_of("en", "Two bridges", "", "x", json("ana@x.example")), IsEmpty());
    EXPECT_THAT(authors_of("ko", "다리 통제", "", "x", json("김민지 기자")), ElementsAre("김민지"));
}

TEST(ChineseReporters, AreReadInAllForms) {
    struct Words {
        std::string_view paper, a, b, c, place, report, combined, translated, reporter;
    };
    constexpr Words kWords[] = {
        {"大时代", "林书远", "陈望舒", "周文", "台北", "报导", "综合报导", "编译报导", "记者"},
        {"大时代", "欧阳静", "何雨", "吴思齐", "北京", "报道", "综合报道", "编译报道", "记者"},
        {"大時代", "林書遠", "陳望舒", "鄭文", "高雄", "報導", "綜合報導", "編譯報導", "記者"},
        {"海港報", "歐陽靜", "許家豪", "葉青", "香港", "報道", "綜合報道", "編譯報道", "記者"},
    };
    for (const Words& w : kWords) {
        const std::string a(w.a), b(w.b), c(w.c), paper(w.paper), place(w.place), report(w.report),
            combined(w.combined), translated(w.translated), reporter(w.reporter);
        const std::string inside[] = {paper + reporter + a + combined,
                                      reporter + a + combined,
                                      reporter + " " + a + " " + report,
                                      paper + reporter + a + translated,
                                      paper + reporter + a + report,
                                      paper + reporter + a + place + report,
                                      a + "/" + place + report,
                                      a + "／" + combined,
                                      reporter + a + "／" + place + report,
                                      reporter + a,
                                      reporter + " " + a,
                                      reporter + "：" + a,
                                      "本报" + reporter + a + place + report};
        const std::pair<std::string, std::string> brackets[] = {
            {"（", "）"}, {"(", ")"}, {"【", "】"}, {"〔", "〕"}, {"[", "]"}};
        for (const std::string& text : inside) {
            for (const auto& [open, close] : brackets) {
                const std::string credit = open + text + close;
                EXPECT_EQ(chinese_reporters(credit, CreditPlace::kBeginning), Names{a}) << credit;
                EXPECT_EQ(chinese_reporters(credit + "港口的旧起重机周二被拆除，半个城的人都来看。",
                                            CreditPlace::kBeginning),
                          Names{a})
                    << credit;
                EXPECT_EQ(chinese_reporters("港口的旧起重机周二被拆除，半个城的人都来看。" + credit,
                                            CreditPlace::kEnd),
                          Names{a})
                    << credit;
            }
        }
        for (const std::string& line :
             {"本报" + reporter + " " + a, "文/" + a, "文｜" + a, "文：" + a, reporter + "：" + a,
              "作者：" + a, "作者:" + a, "作者 " + a, "撰文：" + a, "撰文／" + a, "编译/" + a,
              "編譯／" + a, reporter + a + "／" + place + report,
              reporter + " " + a + " / " + place + report,
              "【" + paper + "2026年11月28日讯】（" + paper + reporter + a + report + "）",
              "新华社北京11月28日电（" + reporter + a + "）",
              "新华社北京11月28日电（" + reporter + " " + a + "）"})
            EXPECT_EQ(chinese_reporters(line, CreditPlace::kBeginning), Names{a}) << line;
        for (const std::string joint : {"、", "，", "与", "和", " "}) {
            const std::string line =
                "（" + paper + reporter + a + joint + b + place + report + "）";
            EXPECT_EQ(chinese_reporters(line, CreditPlace::kBeginning), (Names{a, b})) << line;
        }
        EXPECT_EQ(chinese_reporters("（" + reporter + a + "、" + b + "、" + c + combined + "）",
                                    CreditPlace::kBeginning),
                  (Names{a, b, c}));
        EXPECT_EQ(chinese_reporters("半个城的人都来看。（" + a + "）", CreditPlace::kEnd),
                  Names{a});
    }
}

TEST(ChineseReporters, AreNotFoundInRunningText) {
    for (const std::string_view text :
         {"记者会上，市长说桥要关了。", "记者从港务局获悉，桥要关了。", "记者向市民了解情况。",
          "責任編輯：林書遠", "编辑：陈望舒", "（完）", "（图片来源：新华社）", "综合报道",
          "（综合报道）", "（本报综合报道）", "《文化》周刊", "作者系大学教授。", "（未完待续）",
          "来源：新华社", "記者會將於週五舉行", "校对：周文"})
        EXPECT_THAT(chinese_reporters(text, CreditPlace::kEnd), IsEmpty()) << text;
}

TEST(JapaneseReporters, AreReadInAllForms) {
    for (const std::string_view line :
         {"文・佐藤花子", "文＝佐藤花子", "文：佐藤花子", "取材・文・佐藤花子",
          "取材・文＝佐藤花子", "執筆：佐藤花子", "記者：佐藤花子", "記者・佐藤花子",
          "佐藤花子記者", "ライター：佐藤花子", "【佐藤花子】", "（佐藤花子）",
          "（ロンドン＝佐藤花子）", "【ロンドン佐藤花子】", "佐藤花子", "（社会部・佐藤花子）",
          "文：佐藤花子、写真：田中一郎"})
        EXPECT_EQ(japanese_reporters(line, CreditPlace::kBeginning), Names{"佐藤花子"}) << line;
    EXPECT_EQ(japanese_reporters("【佐藤花子、田中一郎】", CreditPlace::kEnd),
              (Names{"佐藤花子", "田中一郎"}));
    EXPECT_EQ(japanese_reporters("市は木曜日、古い橋を車両通行止めにしたと発表した。【佐藤花子】",
                                 CreditPlace::kEnd),
              Names{"佐藤花子"});
    EXPECT_EQ(japanese_reporters("市は古い橋を通行止めにした。（鈴木大輔）", CreditPlace::kEnd),
              Names{"鈴木大輔"});
    for (const std::string& info :
         {std::string("<div><span>文・佐藤花子</span> <span>2024年5月3日 8時30分</span></div>"),
          std::string("<div>2024年5月3日 8時30分 佐藤花子</div>"),
          std::string("<div><span>2024年5月3日 8時30分</span><span>佐藤花子</span></div>"),
          std::string("<div>佐藤花子 2024年5月3日</div>"),
          std::string("<div>2024年5月3日（金） 佐藤花子</div>")})
        EXPECT_THAT(authors_of("ja", "洪水で古い橋が通行止めに", info,
                               "市は木曜日、大雨のあと古い橋を車両通行止めにしたと発表した。専門家"
                               "は以前から橋脚の状態に警告していた。"),
                    ElementsAre("佐藤花子"))
            << info;
    for (const std::string_view text :
         {"社会", "国際", "2024年5月3日 社会", "記者会見", "（写真はイメージ）", "（共同）",
          "【東京】", "文化", "（敬称略）", "無断転載を禁じます"})
        EXPECT_THAT(japanese_reporters(text, CreditPlace::kEnd), IsEmpty()) << text;
}

TEST(KoreanReporters, AreReadInAllForms) {
    for (const std::string_view line :
         {"김민지 기자", "김민지기자", "김민지 기자 kim@yesi.example", "[예시일보 김민지 기자]",
          "(서울=예시일보) 김민지 기자 = 폭우 뒤", "서울=김민지 특파원", "김민지 선임기자",
          "기자 김민지", "김민지 인턴기자", "글·사진 김민지 기자", "글·사진 김민지",
          "김민지 논설위원", "부산=김민지 기자", "김민지 기자입력 2024.05.03",
          "입력 2024.05.03. 오전 8:30 김민지 기자"}) {
        if (std::string_view(line).contains("기자입력")) continue;
        EXPECT_EQ(korean_reporters(line), Names{"김민지"}) << line;
    }
    EXPECT_EQ(korean_reporters("김민지·박서준 기자"), (Names{"김민지", "박서준"}));
    EXPECT_EQ(korean_reporters("김민지, 박서준 기자"), (Names{"김민지", "박서준"}));
    EXPECT_EQ(korean_reporters("김민지 기자, 박서준 기자"), (Names{"김민지", "박서준"}));
    for (const std::string_view text :
         {"기자회견", "본지 기자", "온라인 기자", "기자들은 물었다", "정치부 기자"})
        EXPECT_THAT(korean_reporters(text), IsEmpty()) << text;
    EXPECT_THAT(
        authors_of("ko", "홍수 뒤 낡은 다리 통제",
                   "<div><span>김민지 기자</span> <span>입력 2024.05.03. 오전 8:30</span></div>",
                   "지역 당국은 목요일 폭우 뒤 낡은 다리의 차량 통행을 막았다고 밝혔다."),
        ElementsAre("김민지"));
}

Names authors_at_end(std::string_view language, std::string_view prose, std::string_view end) {
    std::string page = "<!DOCTYPE html><html lang=\"" + std::string(language) + "\"><head><title>" +
                       std::string(prose.substr(0, 30)) + "</title></head><body><article>";
    for (int i = 0; i < 6; ++i)
        page += "<p>" + std::string(prose) + " " + std::string(prose) + "</p>";
    page += std::string(end) + "</article></body></html>";
    const Extraction made = extract_article({.bytes = page,
                                             .url = *html::parse_url("https://tagblatt.example/1"),
                                             .transport_charset = {}});
    return std::holds_alternative<Article>(made) ? std::get<Article>(made).authors
                                                 : Names{"refused"};
}

TEST(Signatures, NameTheAuthorAtTheEnd) {
    const std::string_view vi =
        "Chính quyền địa phương hôm thứ năm cho biết cây cầu cũ đã bị cấm xe sau những trận mưa "
        "lớn.";
    const std::string_view ko =
        "지역 당국은 목요일 폭우 뒤 낡은 다리의 차량 통행을 막았다고 밝혔다.";
    const std::string_view zh = "港口的旧起重机周二被拆除，半个城的人都来看热闹，孩子们放了假。";
    const std::string_view ja = "市は木曜日、大雨のあと古い橋を車両通行止めにしたと発表した。";
    EXPECT_THAT(authors_at_end("vi", vi, "<p><strong>Nguyễn Minh Anh</strong></p>"),
                ElementsAre("Nguyễn Minh Anh"));
    EXPECT_THAT(authors_at_end(
                    "vi", vi, "<p style=\"text-align:right\"><b>Trần Thu Hà - Lê Văn Bình</b></p>"),
                ElementsAre("Trần Thu Hà", "Lê Văn Bình"));
    EXPECT_THAT(authors_at_end("vi", vi, "<p><strong>Theo Báo Ví Dụ</strong></p>"), IsEmpty());
    EXPECT_THAT(authors_at_end("ko", ko, "<p>김민지 기자 kim@yesi.example</p>"),
                ElementsAre("김민지"));
    EXPECT_THAT(authors_at_end("zh", zh, "<p>（记者林书远综合报导）</p>"), ElementsAre("林书远"));
    EXPECT_THAT(authors_at_end("zh", zh, "<p>半个城的人都来看热闹。（林书远）</p>"),
                ElementsAre("林书远"));
    EXPECT_THAT(
        authors_at_end("ja", ja,
                       "<p>住民は毎日一時間よけいに道で過ごしていると話す。【佐藤花子】</p>"),
        ElementsAre("佐藤花子"));
}

}  // namespace
}  // namespace heliograph::extract
