// SPDX-License-Identifier: GPL-3.0-or-later
// Titles: whole, without the site's name, with a mark between kicker and headline.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/utf8.h"
#include "extract/extract.h"
#include "extract/metadata.h"
#include "extract/title_text.h"
#include "html/dom.h"
#include "html/url.h"
#include "model/entry.h"

namespace heliograph::extract {
namespace {

constexpr std::string_view kProse =
    "<div><p>The council met again on Tuesday to weigh the plan for the harbour, which has divided "
    "the town since spring. Engineers answered that the old stones cannot stand another winter.</p>"
    "<p>A vote is expected before the end of the month, the mayor told reporters.</p></div>";

std::string title_of(std::string_view head, std::string_view body, std::string_view language = "en",
                     const Entry* entry = nullptr,
                     std::string_view address = "https://www.tagblatt.example/2026/crane.html") {
    html::Document document;
    document.parse("<!DOCTYPE html><html lang=\"" + std::string(language) + "\"><head>" +
                   std::string(head) + "</head><body>" + std::string(body) + std::string(kProse) +
                   "</body></html>");
    return read_metadata(document, *html::parse_url(address), entry).title;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string title_tag(std::string_view title) { return "<title>" + escaped(title) + "</title>"; }
std::string og_title(std::string_view title) {
    return "<meta property=\"og:title\" content=\"" + escaped(title) + "\">";
}
std::string og_site(std::string_view name) {
    return "<meta property=\"og:site_name\" content=\"" + escaped(name) + "\">";
}
std::string json_ld(std::string_view headline, std::string_view publisher = {}) {
    return "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"" +
           std::string(headline) + "\"" +
           (publisher.empty() ? std::string()
                              : ",\"publisher\":{\"@type\":\"Organization\",\"name\":\"" +
                                    std::string(publisher) + "\"}") +
           "}</script>";
}

constexpr std::string_view kSeparators[] = {
    " - ",  " – ", " — ",  " | ",  " · ",  " • ", " > ",  " » ",  " « ", " : ", ": ", " _ ", " / ",
    " ｜ ", "｜",  " － ", " ・ ", " ﹣ ", " … ", " // ", " :: ", " ~ ", " › ", "|",  " + ", ", "};

// Two halves of one headline.
struct Halves {
    std::string_view language, left, right;
};
constexpr Halves kHalves[] = {
    {"en", "Ukraine war: latest", "day 1,000"},
    {"de", "Hochwasser in der Altstadt", "Zwei Brücken gesperrt"},
    {"ru", "Старый мост закрыли", "день третий"},
    {"ar", "إغلاق الجسر القديم", "اليوم الثالث"},
    {"hi", "पुराना पुल बंद", "तीसरा दिन"},
    {"zh", "港口计划", "第二部分"},
    {"ja", "港の計画", "第二部"},
    {"th", "สะพานเก่าปิดแล้ว", "วันที่สาม"},
};

TEST(TitleSeparators, KeepBothHalvesOfAHeadlineWhoeverClaimsIt) {
    for (const std::string_view separator : kSeparators) {
        for (const Halves& c : kHalves) {
            const std::string whole =
                std::string(c.left) + std::string(separator) + std::string(c.right);
            const std::string site = og_site("The Daily Courier");
            EXPECT_EQ(title_of(og_title(whole) + site, "", c.language), whole) << "og:title";
            EXPECT_EQ(title_of(json_ld(whole, "The Daily Courier"), "", c.language), whole)
                << "json-ld";
            EXPECT_EQ(title_of(title_tag(whole), "", c.language), whole) << "title";
            Entry entry;
            entry.title = whole;
            EXPECT_EQ(title_of("", "", c.language, &entry), whole) << "feed";
            EXPECT_EQ(title_of(title_tag(whole + " - The Daily Courier") + og_title(whole) + site,
                               "", c.language),
                      whole)
                << "title and og:title";
            EXPECT_EQ(title_of(title_tag(whole), "<h1>" + escaped(whole) + "</h1>", c.language),
                      whole)
                << "heading";
        }
    }
}

TEST(TitleSeparators, TheSiteNameGoesFromEitherEnd) {
    const struct {
        std::string_view site, headline;
    } cases[] = {
        {"The Daily Courier", "The crane leaves the harbour"},
        {"Hafenbote", "Der Kran verlässt den Hafen"},
        {"Портовый вестник", "Старый кран покидает порт"},
        {"صحيفة الميناء", "الرافعة القديمة تغادر الميناء"},
        {"海港日报", "旧起重机离开港口"},
        {"みなと新聞", "古いクレーンが港を去る"},
        {"항구일보", "낡은 크레인이 항구를 떠나다"},
    };
    for (const std::string_view separator : kSeparators) {
        if (separator == " + " || separator == " … " || separator == ", ") continue;
        for (const auto& c : cases) {
            const std::string right =
                std::string(c.headline) + std::string(separator) + std::string(c.site);
            const std::string left =
                std::string(c.site) + std::string(separator) + std::string(c.headline);
            for (const std::string& whole : {right, left}) {
                EXPECT_EQ(title_of(title_tag(whole) + og_site(c.site), ""), c.headline) << whole;
                EXPECT_EQ(title_of(og_title(whole) + og_site(c.site), ""), c.headline) << whole;
                EXPECT_EQ(title_of(json_ld(whole, c.site), ""), c.headline) << whole;
            }
        }
    }
}

TEST(TitleSeparators, NamesOfTheSiteComeFromManyPlaces) {
    const std::string title = title_tag("Two bridges are closed | Tagblatt");
    for (const std::string_view head :
         {std::string_view("<meta property=\"og:site_name\" content=\"Tagblatt\">"),
          std::string_view("<meta name=\"application-name\" content=\"tagblatt\">"),
          std::string_view("<meta property=\"og:site_name\" content=\"TAGBLATT\">"),
          std::string_view("")})  // the host's name
        EXPECT_EQ(title_of(title + std::string(head), ""), "Two bridges are closed") << head;
    EXPECT_EQ(title_of(title_tag("港口计划-海港日报") + og_site("海港日报"), "", "zh"), "港口计划");
    EXPECT_EQ(title_of(title_tag("港口计划_海港日报") + og_site("海港日报"), "", "zh"), "港口计划");
    EXPECT_EQ(title_of(title_tag("【海港日报】港口计划") + og_site("海港日报"), "", "zh"),
              "港口计划");
}

TEST(TitleSeparators, PartsThatOnlyResembleTheSiteNameStay) {
    const struct {
        std::string_view site, title;
    } cases[] = {
        {"Daily", "A letter from the coast – Daily life in winter"},
        {"Post", "Two towns, one bridge | Postcards from the river"},
        {"Globe", "Around the world – a globe in every classroom"},
        {"Mail", "Five rules for a good e-mail"},
        {"Mail", "Why we still write e-mail"},
        {"Tribune", "Tribunes and consuls: how Rome was ruled"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(title_of(og_title(c.title) + og_site(c.site), ""), c.title);
        EXPECT_EQ(title_of(json_ld(c.title, c.site), ""), c.title);
    }
}

TEST(TitleSeparators, ASectionGoesOnlyWhenThePageIsInIt) {
    const std::string section = "<meta property=\"article:section\" content=\"Opinion\">";
    EXPECT_EQ(title_of(title_tag("Close the bridge now | Opinion") + section, ""),
              "Close the bridge now");
    EXPECT_EQ(title_of(title_tag("Close the bridge now - Opinion - Tagblatt") + section, ""),
              "Close the bridge now");
    EXPECT_EQ(title_of(og_title("Close the bridge now | Opinion") + section, ""),
              "Close the bridge now");
    EXPECT_EQ(title_of(title_tag("Close the bridge now | Editorial"), "", "en", nullptr,
                       "https://tagblatt.example/editorial/bridge"),
              "Close the bridge now");
    EXPECT_EQ(title_of(title_tag("Brücke schließen – Kommentar") +
                           "<meta property=\"article:section\" content=\"Kommentar\">",
                       "", "de"),
              "Brücke schließen");
    EXPECT_EQ(title_of(og_title("Opinion | Close the bridge now") + section, ""),
              "Close the bridge now");
    EXPECT_EQ(title_of(og_title("Ukraine | three years on") +
                           "<meta property=\"article:section\" content=\"Ukraine\">",
                       ""),
              "Ukraine | three years on");
    // Elsewhere it may be a part of the headline.
    EXPECT_EQ(title_of(og_title("What judges call an opinion | Opinion"), ""),
              "What judges call an opinion | Opinion");
}

TEST(TitleSeparators, TheWayToThePageIsNoPartOfItsTitle) {
    EXPECT_EQ(title_of(title_tag("Home > News > City > The crane leaves the harbour"), ""),
              "The crane leaves the harbour");
    EXPECT_EQ(title_of(title_tag("Startseite » Lokales » Der Kran verlässt den Hafen"), "", "de"),
              "Der Kran verlässt den Hafen");
    EXPECT_EQ(title_of(title_tag("Главная / Город / Старый кран покидает порт"), "", "ru"),
              "Старый кран покидает порт");
    EXPECT_EQ(title_of(title_tag("The crane leaves the harbour | Tagblatt"),
                       "<h2 class=\"path\">Home &gt; News &gt; City</h2>"
                       "<h2>The crane leaves the harbour</h2>"),
              "The crane leaves the harbour");
    EXPECT_EQ(
        title_of("", "<h2>Home &gt; News &gt; City</h2><h3>The crane leaves the harbour</h3>"),
        "The crane leaves the harbour");
}

TEST(Kickers, KeepTheMarkOfTheMetadataOrGetAColon) {
    struct Words {
        std::string_view language, kicker, headline, colon;
    };
    constexpr Words kWords[] = {
        {"de", "Hochwasser in der Altstadt", "Zwei Brücken sind gesperrt", ": "},
        {"en", "Flood in the old town", "Two bridges are closed", ": "},
        {"fr", "Inondations", "Deux ponts sont fermés", " : "},
        {"es", "Crecida del río", "Dos puentes cerrados", ": "},
        {"ru", "Наводнение", "Два моста закрыты", ": "},
        {"ar", "فيضان", "إغلاق جسرين في المدينة", ": "},
        {"zh", "洪水", "两座大桥关闭", "："},
        {"ja", "洪水", "二つの橋が通行止め", "："},
        {"ko", "홍수", "다리 두 곳 통제", ": "},
    };
    for (const Words& c : kWords) {
        const std::string kicker(c.kicker);
        const std::string headline(c.headline);
        const std::string forms[] = {
            "<h1><div class=\"topline\">" + kicker + "</div><div class=\"headline\">" + headline +
                "</div></h1>",
            "<h1><span class=\"kicker\">" + kicker + "</span> <span class=\"headline\">" +
                headline + "</span></h1>",
            "<h1><span class=\"kicker\">" + kicker + "</span>" + headline + "</h1>",
            "<h1><span class=\"article-eyebrow\">" + kicker + "</span>\n  <span>" + headline +
                "</span></h1>",
            "<h1><span class=\"visually-hidden\">" + kicker +
                "</span><span class=\"visually-hidden\"> : </span><span>" + headline +
                "</span></h1>",
            "<h1><small>" + kicker + "</small> " + headline + "</h1>",
            "<h1>" + kicker + "<br>" + headline + "</h1>",
            "<h1><span>" + kicker + "</span><br><span>" + headline + "</span></h1>",
            "<h1><p>" + kicker + "</p><p>" + headline + "</p></h1>",
            "<header><h1><a href=\"/x\"><span class=\"overline\">" + kicker +
                "</span> <span class=\"title\">" + headline + "</span></a></h1></header>",
        };
        for (const std::string& form : forms) {
            const std::string joined = kicker + std::string(c.colon) + headline;
            EXPECT_EQ(title_of("", form, c.language), joined) << form;
            for (const std::string_view mark : {": ", " – ", " | ", " - "}) {
                const std::string claimed = kicker + std::string(mark) + headline;
                EXPECT_EQ(title_of(og_title(claimed) + title_tag(claimed + " | Tagblatt"), form,
                                   c.language),
                          claimed)
                    << form;
                EXPECT_EQ(title_of(json_ld(claimed), form, c.language), claimed) << form;
            }
            // The headline alone is whole too.
            EXPECT_EQ(title_of(og_title(headline), form, c.language).find(kicker + " " + headline),
                      std::string::npos)
                << form;
        }
    }
}

TEST(Kickers, LineBreaksAndEmphasisInAHeadlineAreNone) {
    const struct {
        std::string_view heading, title;
    } cases[] = {
        {"<h1>The council votes to<br>close the old bridge</h1>",
         "The council votes to close the old bridge"},
        {"<h1>The <em>old</em> bridge is closed</h1>", "The old bridge is closed"},
        {"<h1><em>Harbour Lights</em> opens in the old theatre</h1>",
         "Harbour Lights opens in the old theatre"},
        {"<h1><span class=\"line\">The old bridge</span> <span class=\"line\">Is "
         "Closed</span></h1>",
         "The old bridge Is Closed"},
        {"<h1><b>Flood:</b> Two bridges are closed</h1>", "Flood: Two bridges are closed"},
        {"<h1><span class=\"kicker\">Flood –</span> Two bridges are closed</h1>",
         "Flood – Two bridges are closed"},
        {"<h1>Flood<br>– Two bridges are closed</h1>", "Flood – Two bridges are closed"},
        {"<h1><span>Two bridges are closed</span></h1>", "Two bridges are closed"},
    };
    for (const auto& c : cases) EXPECT_EQ(title_of("", c.heading), c.title) << c.heading;
    EXPECT_EQ(title_of(og_title("The Council Votes Today"), "<h1>The Council<br>Votes Today</h1>"),
              "The Council Votes Today");
    EXPECT_EQ(title_of(title_tag("Two bridges are closed"),
                       "<p class=\"kicker\">Flood</p><h1>Two bridges are closed</h1>"),
              "Two bridges are closed");
}

TEST(InvisibleCharacters, AreInNoTitle) {
    const std::string dirty = "Donau\u00ADdampf\u200Bschiff\uFEFFfahrt \u2060und\u200E \u202AHafen";
    const std::string clean = "Donaudampfschifffahrt und Hafen";
    EXPECT_EQ(title_of(og_title(dirty), ""), clean);
    EXPECT_EQ(title_of(json_ld(dirty), ""), clean);
    EXPECT_EQ(title_of(title_tag(dirty), ""), clean);
    EXPECT_EQ(title_of("", "<h1>" + dirty + "</h1>"), clean);
    EXPECT_EQ(title_of("", "<h1>Donau&shy;dampf&#8203;schiff<wbr>fahrt und Hafen</h1>"), clean);
    EXPECT_EQ(title_of("", "<h1>Zero\u200Cwidth\u200D joiners</h1>"), "Zerowidth joiners");
    Entry entry;
    entry.title = dirty;
    EXPECT_EQ(title_of("", "", "de", &entry), clean);
}

TEST(InvisibleCharacters, JoinersStayWhereTheScriptNeedsThem) {
    for (const std::string title :
         {"خانه\u200Cهای قدیمی شهر", "श्री\u200Dमान का पुल", "ക്\u200Dഷമ പറഞ്ഞു",
          "The family \U0001F468\u200D\U0001F469\u200D\U0001F467 next door"})
        EXPECT_EQ(clean_title(title), title);
}

TEST(WidgetHeadings, AreNeverTheTitle) {
    for (const std::string_view widget :
         {"More stories",    "Most read",       "Related",           "MOST READ",
          "Lesen Sie auch",  "Meistgelesen",    "À lire aussi",      "Lo más leído",
          "Leia também",     "Leggi anche",     "Lees ook",          "Läs också",
          "Læs også",        "Les også",        "Lue myös",          "Czytaj także",
          "Čtěte také",      "Čítajte aj",      "Kapcsolódó cikkek", "Citește și",
          "Pročitajte još",  "Най-четени",      "Читайте также",     "Читайте також",
          "Διαβάστε επίσης", "İlgili haberler", "اقرأ أيضا",         "مطالب مرتبط",
          "כתבות נוספות",    "यह भी पढ़ें",        "আরও পড়ুন",           "Baca juga",
          "Tin liên quan",   "ข่าวที่เกี่ยวข้อง",     "相关阅读",          "相關新聞",
          "関連記事",        "관련기사"}) {
        const std::string heading = std::string(widget);
        EXPECT_EQ(title_of("", "<h1>" + heading + "</h1><h2>The crane leaves the harbour</h2>"),
                  "The crane leaves the harbour");
        EXPECT_EQ(title_of(title_tag("The crane leaves the harbour | Tagblatt"),
                           "<div><h1>" + heading + "</h1></div>"),
                  "The crane leaves the harbour");
    }
    // An article may be called so.
    EXPECT_EQ(title_of(og_title("Trending"), "<h1>Trending</h1>"), "Trending");
}

Entry untitled(std::string_view html) {
    Entry entry;
    entry.content_html = html;
    entry.url = "https://tagblatt.example/1";
    return entry;
}

TEST(UntitledArticles, AreCalledByTheirFirstWords) {
    const struct {
        std::string_view html, title;
    } cases[] = {
        {"<p>The crane left the harbour. Half of the town came to watch it go, and the school had "
         "given the children the morning off. Nobody knows yet where it will stand.</p>",
         "The crane left the harbour."},
        {"<p>港口的旧起重机周二被拆除。半个城的人都来看热闹，孩子们放了假，没有人知道它以后会放在"
         "哪里，市长说会在月底之前决定。</p>",
         "港口的旧起重机周二被拆除。"},
    };
    for (const auto& c : cases) {
        const Entry entry = untitled(c.html);
        const Extraction made = extract_entry(entry, *html::parse_url(entry.url)).extraction;
        ASSERT_TRUE(std::holds_alternative<Article>(made));
        EXPECT_EQ(std::get<Article>(made).title, c.title);
    }
    std::string endless = "<p>";
    for (int i = 0; i < 60; ++i) endless += "words without any end ";
    const Entry entry = untitled(endless + "</p>");
    const Extraction made = extract_entry(entry, *html::parse_url(entry.url)).extraction;
    ASSERT_TRUE(std::holds_alternative<Article>(made));
    const std::string& title = std::get<Article>(made).title;
    EXPECT_TRUE(title.starts_with("words without any end"));
    EXPECT_TRUE(title.ends_with("…"));
    EXPECT_LE(code_point_count(title), 100U);
}

}  // namespace
}  // namespace heliograph::extract
