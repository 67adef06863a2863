// SPDX-License-Identifier: GPL-3.0-or-later
// What a page says of its article: the rules of docs/metadata.md, by example.
#include "extract/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "extract/byline_text.h"
#include "extract/date_text.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kProse =
    "<p>The old harbour crane, which had stood idle since the storm of last winter, was lifted "
    "from "
    "its rails, and half of the town came to watch it go.</p>";

struct Read {
    html::Document document;
    Metadata metadata;

    Read(const std::string& head, const std::string& body, std::string_view language = "en",
         std::string_view address = "https://daily.example/crane")
        : document() {
        document.parse("<!DOCTYPE html><html lang=\"" + std::string(language) + "\"><head>" + head +
                       "</head><body>" + body + "</body></html>");
        metadata = read_metadata(document, *html::parse_url(address), nullptr);
    }
};

std::string published(const std::string& head, const std::string& below_headline,
                      std::string_view language = "en") {
    const Read read(head,
                    "<h1>The crane leaves the harbour</h1>" + below_headline + std::string(kProse),
                    language);
    return read.metadata.published ? format_utc(read.metadata.published->utc).substr(0, 10) : "";
}

TEST(Dates, ThePageIsReadAsItsReadersReadIt) {
    const std::string meta =
        "<meta property=\"article:published_time\" content=\"2022-03-17T16:52:00+00:00\">";
    const struct {
        std::string_view what;
        std::string head;
        std::string body;
        std::string_view day;
    } cases[] = {
        {"metadata", meta, "", "2022-03-17"},
        {"a shown day of a change, named so around it", meta,
         "<div class=\"updated_at\">Updated on <time "
         "datetime=\"2026-01-16T16:38:32Z\">Jan. 16, 2026</time></div>",
         "2022-03-17"},
        {"a shown day of a change, named so itself", meta,
         "<span class=\"updated\">2025-11-03</span>", "2022-03-17"},
        {"a theme that names the only day both", "",
         "<span class=\"published updated\">3 November 2025</span>", "2025-11-03"},
        {"what the newsroom tells its readers beats its metadata",
         "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
         "\"datePublished\":\"Aug 21, 2025\"}</script>",
         "<div>Published <span>Apr 26, 2023</span></div>"
         "<div>Updated <span>Aug 21, 2025</span></div>",
         "2023-04-26"},
        {"of two metadata of one rank the earlier",
         "<meta name=\"published-time\" content=\"2026-03-09T08:45:32Z\">"
         "<meta name=\"published-date\" content=\"2021-02-16\">",
         "", "2021-02-16"},
        {"a day of publication that is that of the change to the second gives way",
         "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"datePublished\":"
         "\"2026-01-02T03:04:05Z\",\"dateModified\":\"2026-01-02T03:04:05Z\"}</script>"
         "<meta name=\"pubdate\" content=\"2024-05-06\">",
         "<time>May 6, 2024</time>", "2024-05-06"},
        {"a day in the post of another, quoted, is not the day of the article",
         "<meta name=\"pubdate\" content=\"2018-05-23\">",
         "<blockquote><p>A post by Ana on <time datetime=\"2018-03-27\">March 27, 2018</time></p>"
         "</blockquote>",
         "2018-05-23"},
        {"nor is the day on which its author joined", "",
         "<dl><dd>Registered: 18.09.2008</dd></dl><p>Post by Ana, 21.01.2009, 05:42</p>",
         "2009-01-21"},
        {"a day of its own line beats one in a caption", "",
         "<div>Pensioners protest in the rain near the town hall of Orleans, in the middle of "
         "France, "
         "on the evening of January 16, 2020, in a picture by our reader Ana Ruiz.</div>"
         "<p>January 18, 2020</p>",
         "2020-01-18"},
        {"a day of change is better than the days of other articles", "",
         "<p class=\"last-modified\">Last Modified: August 08, 2023</p>" + std::string(40, ' ') +
             [] {
                 std::string far;
                 for (int i = 0; i < 300; ++i) far += "<p><b>More of the harbour.</b></p>";
                 return far + "<p class=\"card-date\">March 05, 2026</p>";
             }(),
         "2023-08-08"},
    };
    for (const auto& c : cases) EXPECT_EQ(published(c.head, c.body), c.day) << c.what;
}

TEST(Dates, OfJoiningIsNone) {
    EXPECT_EQ(published("",
                        "<span class=\"date\" title=\"10:46 AM - 20 Mar 2007\">Joined March "
                        "2007</span>"),
              "");
    EXPECT_EQ(published("",
                        "<span class=\"date\" title=\"10:46 AM - 20 Mar 2007\">20 "
                        "March</span>"),
              "2007-03-20");
}

TEST(Dates, PersianMonthsMayBeTypedWithArabicLetters) {
    EXPECT_EQ(published("", "<span class=\"date\">2 تير 1399</span>", "fa"), "2020-06-22");
    EXPECT_EQ(published("", "<span class=\"date\">۲ تیر ۱۳۹۹</span>", "fa"), "2020-06-22");
}

TEST(Dates, KeepTheZoneTheyWereWrittenIn) {
    const Read read(
        "<meta property=\"article:published_time\" content=\"2026-03-04T23:30:00-05:00\">",
        "<h1>The crane leaves the harbour</h1>" + std::string(kProse));
    ASSERT_TRUE(read.metadata.published);
    EXPECT_EQ(format_utc(read.metadata.published->utc), "2026-03-05T04:30:00Z");
    EXPECT_EQ(read.metadata.published->offset, std::chrono::minutes{-300});
}

TEST(Dates, AreReadFromAddressesInTheirUsualForms) {
    const struct {
        std::string_view path;
        std::string_view day;  // empty: none
    } cases[] = {
        {"/2026/03/04/crane", "2026-03-04"},
        {"/news/2026-03-04-crane", "2026-03-04"},
        {"/20260304/crane.html", "2026-03-04"},
        {"/2026/mar/04/crane", "2026-03-04"},
        {"/blog/2023/october/03/crane", "2023-10-03"},
        {"/energy/2015/08/150803-crane", "2015-08-03"},
        {"/2015/08/150903-crane", ""},  // of another month: a number
        {"/2026/03/12345-crane", ""},
        {"/web/20160218174457/http://crane.example/2010/05/04/a", "2010-05-04"},
    };
    for (const auto& c : cases) {
        const auto time = date_in_path(c.path);
        EXPECT_EQ(time ? format_utc(time->utc).substr(0, 10) : "", c.day) << c.path;
    }
}

TEST(Titles, AreTheHeadlineAmongTheHeadings) {
    std::string menu = "<ul>";
    for (int i = 0; i < 400; ++i)
        menu += "<li class=\"item-title navigation\"><a href=\"/" + std::to_string(i) +
                "\">Item of the menu</a></li>";
    menu += "</ul>";
    const struct {
        std::string_view what;
        std::string head;
        std::string body;
        std::string_view title;
    } cases[] = {
        {"behind a menu whose hundreds of items are called titles",
         "<meta property=\"og:title\" content=\"Crane leaving the harbour\">",
         menu + "<h1>The crane leaves the harbour</h1>", "The crane leaves the harbour"},
        {"under the day of a journal", "<title>daily.example Coding by ear</title>",
         "<h1>daily.example</h1><h2>December 16, 2025</h2><h3 class=\"title\">Coding by ear</h3>",
         "Coding by ear"},
        {"under the name of an archived site", "<title>Time to talk » Digital cinemas</title>",
         "<h1><a href=\"/web/2014/http://time.example/\">Time to talk</a></h1>"
         "<h2>Digital cinemas</h2>",
         "Digital cinemas"},
        {"that its page calls an application, under the logo",
         "<meta name=\"application-name\" content=\"Crane leaves\">"
         "<meta property=\"og:title\" content=\"Crane leaves\"><title>Crane leaves</title>",
         "<h1><a href=\"/en\">daily <span>back to the daily's home</span></a> news</h1>"
         "<div><h1>Crane leaves</h1></div>",
         "Crane leaves"},
        {"where the logo is a heading and the headline none",
         "<title>The crane leaves the harbour :: Day by Day</title>",
         "<h1 class=\"logo\">Day by Day</h1><p class=\"big\">The crane leaves the harbour</p>",
         "The crane leaves the harbour"},
        {"in a cell of a table, with the text right below it",
         "<title>Harbour - The crane leaves the harbour</title>",
         "<table><tr><td>The crane leaves the harbour<br>It had stood idle.</td></tr></table>",
         "The crane leaves the harbour"},
        {"above a site's name and motto at the end of the page",
         "<title>Harbour crane leaves - Everything about small towns</title>",
         "<b>Harbour crane leaves</b>" + std::string(kProse) + std::string(kProse) +
             "<b>Everything about small towns</b>",
         "Harbour crane leaves"},
        {"behind an agency's name", "<title>Agency: Harbour crane leaves town</title>",
         "<b>Harbour crane leaves town</b>", "Harbour crane leaves town"},
        {"with a colon of its own", "<title>Harbour: the crane leaves town</title>",
         "<b>Harbour: the crane leaves town</b>", "Harbour: the crane leaves town"},
        {"below a motto", "<title>News that everyone has to read - Harbour crane leaves</title>",
         "<b>News that everyone has to read</b><div><b>Harbour crane leaves</b></div>",
         "Harbour crane leaves"},
        {"before the site's name and its motto",
         "<title>Harbour crane leaves | Daily.example - everything about small towns</title>", "",
         "Harbour crane leaves"},
        {"after a section and the site's name",
         "<title>News - Daily.example - The crane leaves the harbour</title>", "",
         "The crane leaves the harbour"},
        {"even when all say that it is the site's name",
         "<meta property=\"og:site_name\" content=\"Crane leaves\"><title>Crane leaves</title>",
         "<div>Crane leaves</div>", "Crane leaves"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(Read(c.head, c.body + std::string(kProse)).metadata.title, c.title) << c.what;
}

TEST(Dates, StandBelowTheLikeliestHeadingWhereNoneIsTheTitle) {
    const Read read("<title>A word that the page does not show</title>",
                    "<h2>The next generation of cranes built on rails for performance</h2>"
                    "<p>Ana Ruiz</p><small>December 17, 2025</small>" +
                        std::string(kProse));
    ASSERT_TRUE(read.metadata.published);
    EXPECT_EQ(format_utc(read.metadata.published->utc).substr(0, 10), "2025-12-17");
}

TEST(Authors, ByIsNoPartOfAName) {
    for (const std::string byline :
         {"By Ana Ruiz", "ByAna Ruiz", "By<span>by Ana Ruiz</span>", "Von Ana Ruiz",
          "作者：Ana Ruiz", "Ana Ruiz, Politics Editor"}) {
        const Read read("", "<h1>The crane leaves the harbour</h1><div class=\"byline\">" + byline +
                                "</div>" + std::string(kProse));
        EXPECT_THAT(read.metadata.authors, ElementsAre("Ana Ruiz")) << byline;
    }
}

TEST(Authors, ABylineIsSplitWhereOneNameEnds) {
    const struct {
        std::string_view byline;
        std::vector<std::string> names;
    } cases[] = {
        {"By Ana Ruiz and Bo Lind", {"Ana Ruiz", "Bo Lind"}},
        {"Por José Volta e Pinto", {"José Volta e Pinto"}},
        {"Por José Volta e Ana Pinto", {"José Volta", "Ana Pinto"}},
        {"Por Ana e Paulo", {"Ana", "Paulo"}},
        {"Por Ana Ruiz, em São Paulo", {"Ana Ruiz"}},
        {"By Perry Bacon Jr.", {"Perry Bacon Jr."}},
        {"By Ana Ruiz.", {"Ana Ruiz"}},
        {"부산=선수민 기자", {"선수민"}},
    };
    for (const auto& c : cases) EXPECT_EQ(names_in_byline(c.byline), c.names) << c.byline;
}

TEST(Authors, AReporterNamedInTheTextBeatsThePaper) {
    const Read read(
        "<meta name=\"author\" content=\"每日\">",
        "<h1>港口的旧起重机被拆除</h1><p>每日讯（记者 陆一夫）11月25日，港口的旧起重机被"
        "拆除，半个城的人都来看热闹，孩子们放了假。</p>",
        "zh");
    EXPECT_THAT(read.metadata.authors, ElementsAre("陆一夫"));
}

TEST(Authors, OfALineOfChineseMetadataAreTheNamesOnly) {
    const Read read(
        "",
        "<b>港口的旧起重机被拆除</b><div>2003年03月04日 15:20　来源：每日　作者：陆一夫　"
        "【字号 大 中 小】</div>" +
            std::string(kProse),
        "zh");
    EXPECT_THAT(read.metadata.authors, ElementsAre("陆一夫"));
}

TEST(Authors, AFolderOfThePagesOwnPathIsNone) {
    const std::string byline =
        "<h1>The crane leaves the harbour</h1><div class=\"author\">"
        "<a href=\"/wanda\">Wanda</a></div>" +
        std::string(kProse);
    const Read section("", byline, "en", "https://daily.example/wanda/2026/crane");
    EXPECT_THAT(section.metadata.authors, IsEmpty());
    // Elsewhere it may be a name, and a name of two words is one even on its own pages.
    const Read elsewhere("", byline, "en", "https://daily.example/2026/wanda");
    EXPECT_THAT(elsewhere.metadata.authors, ElementsAre("Wanda"));
    const Read column("",
                      "<h1>The crane leaves the harbour</h1><div class=\"byline\">By Ana Ruiz"
                      "</div>" +
                          std::string(kProse),
                      "en", "https://daily.example/ana-ruiz/crane");
    EXPECT_THAT(column.metadata.authors, ElementsAre("Ana Ruiz"));
}

TEST(Metadata, EachFieldSaysWhereItIsFrom) {
    const Read read(
        "<title>The crane leaves the harbour | Daily</title>"
        "<meta property=\"og:title\" content=\"The crane leaves the harbour\">"
        "<meta property=\"og:image\" content=\"https://daily.example/crane.jpg\">"
        "<link rel=\"canonical\" href=\"/crane\"><link rel=\"amphtml\" href=\"/amp/crane\">"
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"The crane "
        "leaves the harbour\",\"datePublished\":\"2026-03-04T10:00:00Z\",\"author\":{\"@type\":"
        "\"Person\",\"name\":\"Ana Ruiz\"},\"isAccessibleForFree\":\"False\"}</script>"
        "<script type=\"application/ld+json\">{\"@type\":\"BreadcrumbList\",\"itemListElement\":"
        "[{\"name\":\"Daily\"},{\"item\":{\"name\":\"Harbour\"}},{\"name\":\"The crane "
        "leaves the harbour\"}]}</script><meta property=\"og:site_name\" content=\"Daily\">",
        "<h1>The crane leaves the harbour</h1><figure><img src=\"/crane.jpg\"><figcaption>The "
        "crane. Photo: Bo Lind</figcaption></figure>" +
            std::string(kProse));
    const Metadata& metadata = read.metadata;
    EXPECT_EQ(metadata.evidence.at("title").source, "markup");
    EXPECT_EQ(metadata.evidence.at("authors").source, "json-ld");
    EXPECT_EQ(metadata.evidence.at("published").source, "json-ld");
    EXPECT_EQ(metadata.evidence.at("lead_image").source, "open-graph");
    EXPECT_EQ(metadata.evidence.at("canonical_url").source, "markup");
    EXPECT_EQ(metadata.canonical_url, "https://daily.example/crane");
    EXPECT_EQ(metadata.amp_url, "https://daily.example/amp/crane");
    EXPECT_EQ(metadata.evidence.at("language").source, "markup");
    EXPECT_EQ(metadata.section, "Harbour");
    EXPECT_EQ(metadata.evidence.at("section").source, "json-ld");
    EXPECT_EQ(metadata.evidence.at("site_name").source, "open-graph");
    EXPECT_EQ(metadata.evidence.at("is_accessible_for_free").source, "json-ld");
    EXPECT_EQ(metadata.is_accessible_for_free, false);
    EXPECT_EQ(metadata.lead_image->caption, "The crane.");
    EXPECT_EQ(metadata.evidence.at("lead_image_caption").source, "markup");
    EXPECT_EQ(metadata.lead_image->credit, "Bo Lind");
    EXPECT_EQ(metadata.evidence.at("lead_image_credit").source, "markup");
    for (const auto& [field, evidence] : metadata.evidence) {
        EXPECT_GT(evidence.confidence, 0) << field;
        EXPECT_LE(evidence.confidence, 1) << field;
    }
}

}  // namespace
}  // namespace heliograph::extract
