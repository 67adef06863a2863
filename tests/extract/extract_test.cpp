// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/extract.h"
#include "base/date.h"
#include "base/utf8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kParagraphs =
    "<p>The old harbour crane, which had stood idle since the storm of last winter, was lifted "
    "from its rails on Tuesday, and half of the town came to watch it go.</p>"
    "<p>Nobody could say, when asked, where it would be set up again; the port said only that it "
    "had been sold, that the price was fair, and that the buyer wished to stay unnamed.</p>"
    "<p>For the children on the quay it was a holiday: school had been closed for the morning, "
    "and the bakers gave away what they had left.</p>";

Extraction extract(std::string_view html) {
    Page page{.bytes = html, .url = {}, .transport_charset = {}};
    page.url = *html::parse_url("https://daily.example/2026/11/crane.html");
    return extract_article(page);
}

std::string body_of(std::string_view html) {
    const Extraction extraction = extract(html);
    const Article* article = std::get_if<Article>(&extraction);
    return article == nullptr ? "refused: " + std::get<Refusal>(extraction).reason : article->body;
}

std::string page_of(std::string_view content) {
    return "<!DOCTYPE html><html lang=\"en\"><head><title>Crane leaves | Daily</title></head><body>"
           "<nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/world\">World</a></li></ul>"
           "</nav><main><h1>Crane leaves</h1><div>" +
           std::string(content) +
           "</div></main><footer><p>© Daily Example, all rights "
           "reserved.</p></footer></body></html>";
}

TEST(Extract, TakesTheArticleAndNothingElse) {
    const Extraction extraction = extract(page_of(kParagraphs));
    const auto& article = std::get<Article>(extraction);
    EXPECT_EQ(article.title, "Crane leaves");
    EXPECT_EQ(article.language, "en");
    EXPECT_EQ(html::plain_text(article.body).find("The old harbour crane"), 0U);
    EXPECT_THAT(article.body, HasSubstr("what they had left.</p>\n"));
    EXPECT_THAT(article.body, Not(HasSubstr("Home")));
    EXPECT_THAT(article.body, Not(HasSubstr("rights")));
}

TEST(Extract, NoCharacterOfALongTitleIsCut) {
    std::string title = "a";  // so that the characters of two bytes end at odd places
    while (title.size() < 1200) title += "ж";
    const Extraction extraction =
        extract("<!DOCTYPE html><html lang=ru><head><title>" + title +
                "</title></head><body><main>" + std::string(kParagraphs) + "</main></body></html>");
    const std::string& found = std::get<Article>(extraction).title;
    EXPECT_TRUE(is_utf8(found)) << found;
    EXPECT_THAT(found, testing::StartsWith("aжж"));
}

TEST(Extract, AStandfirstThatTheBodyBeginsWithIsNoneBesideIt) {
    constexpr std::string_view kStandfirst =
        "The port sells its last crane, and half of the town comes to watch it go.";
    const auto standfirst_of = [&](std::string_view before) {
        const Extraction extraction = extract(
            "<!DOCTYPE html><html lang=en><head><title>Crane leaves</title></head><body><header>"
            "<h1>Crane leaves</h1><div class=dek>" +
            std::string(kStandfirst) + "</div></header><article>" + std::string(before) +
            std::string(kParagraphs) + "</article></body></html>");
        return std::get<Article>(extraction).standfirst;
    };
    EXPECT_EQ(standfirst_of(""), kStandfirst);
    EXPECT_EQ(standfirst_of("<p>" + std::string(kStandfirst) +
                            " It was built in 1911, after "
                            "plans from Leith, when the harbour was new.</p>"),
              "");
}

TEST(Extract, ACountOfCommentsIsNoFirstWordOfAParagraph) {
    const std::string body = body_of(page_of(
        std::string(kParagraphs) +
        "<p><a href=\"#c4\" class=\"comments_count\"> 12 </a>The rails are to stay, the port said, "
        "and the <span class=\"comment\">last word</span> on the quay is not spoken yet.</p>"));
    EXPECT_THAT(body, HasSubstr("<p>The rails are to stay"));
    EXPECT_THAT(body, HasSubstr("last word"));
}

TEST(Extract, TheLongFormOfAnAbbreviationIsNoWordOfTheText) {
    const std::string body = body_of(page_of(
        std::string(kParagraphs) +
        "<p>The <abbr title=\"Harbour School Board\">HSB<span><span>Harbour School "
        "Board</span></span></abbr> had closed the schools, as the <abbr title=\"Harbour School "
        "Board\">H<b>SB</b></abbr> does once a year, and nobody minded.</p>"));
    EXPECT_THAT(body, HasSubstr(">HSB</abbr> had closed"));
    EXPECT_THAT(body, HasSubstr(">H<strong>SB</strong></abbr> does once"));
}

TEST(Extract, LinesThatOnlyLeadToOtherArticlesAreNone) {
    const auto with = [](std::string_view line) {
        return body_of(page_of(std::string(kParagraphs) + "<p>" + std::string(line) + "</p>" +
                               std::string(kParagraphs.substr(0, kParagraphs.find("<p>Nobody"))) +
                               "<p>It had been the tallest thing in town, and the first that one "
                               "saw of it from the sea, coming home.</p>"));
    };
    EXPECT_THAT(with("MORE: <a href=\"/rails\">What becomes of the rails of the harbour</a>"),
                Not(HasSubstr("rails of the harbour")));
    EXPECT_THAT(with("Lesen Sie auch: <a href=\"/rails\">Was aus den Schienen wird</a>"),
                Not(HasSubstr("Schienen")));
    EXPECT_THAT(with("One thing is sure, said the <a href=\"/port\">port</a>: more cranes will "
                     "follow, and more: <a href=\"/x\">they</a> will be higher."),
                HasSubstr("more cranes will follow"));
}

TEST(Extract, BylinesDatelinesAndCaptionsWithoutPicturesAreNoText) {
    const std::string paragraphs(kParagraphs);
    const std::string body =
        body_of(page_of("<p>By Ana Ruiz</p><p>Published on 4 March 2026, 10:15</p>" + paragraphs +
                        "<div><p>The crane on Monday. Photo: Bo Lind</p></div>" + paragraphs +
                        "<p>4 March 2026 was a Wednesday, and by noon nobody on the quay spoke of "
                        "anything else.</p><blockquote><p>It is gone.</p>— Ana (@ana) March 4, "
                        "2026</blockquote>" +
                        paragraphs));
    for (const char* gone : {"By Ana", "Published", "Photo:"})
        EXPECT_THAT(body, Not(HasSubstr(gone)));
    EXPECT_THAT(body, HasSubstr("was a Wednesday"));
    EXPECT_THAT(body, HasSubstr("(@ana) March 4"));
}

TEST(Extract, ALineWithACreditRightUnderAPictureIsItsCaption) {
    const std::string paragraphs(kParagraphs);
    const std::string picture = "<p><img src=/a/one.jpg><img src=/a/two.jpg></p>";
    const std::string body =
        body_of(page_of(paragraphs + "<p><img src=/a/lead.jpg width=900 height=600></p>" + picture +
                        "<p>The crane on Monday. Photo: Bo Lind</p>" + paragraphs +
                        "<p><img src=/a/three.jpg>The quay (Photo: Ana Ruiz).</p>" + paragraphs));
    EXPECT_THAT(body, HasSubstr("/a/two.jpg\"><figcaption>The crane on Monday. Photo: Bo Lind"
                                "</figcaption></figure>"));
    EXPECT_THAT(body, HasSubstr("/a/three.jpg\"><figcaption>The quay (Photo: Ana Ruiz)."
                                "</figcaption></figure>"));
    EXPECT_THAT(body, HasSubstr("/a/one.jpg\"></figure>"));
    EXPECT_EQ(body.find("Bo Lind"), body.rfind("Bo Lind"));
}

TEST(Extract, WhoSignsBelowATextIsItsAuthor) {
    const auto authors_of = [](std::string_view end) {
        const Extraction extraction = extract(
            "<!DOCTYPE html><html "
            "lang=zh><head><title>港口的旧起重机被拆除</title></head><body><main>"
            "<h1>港口的旧起重机被拆除</"
            "h1><p>港口的旧起重机被拆除，半个城的人都来看热闹，孩子们放了假，"
            "面包师傅把剩下的面包都送给了他们。</"
            "p><p>没有人知道起重机会在哪里重新立起来，港口只说它已经"
            "卖掉，价钱公道，买主不愿意透露姓名" +
            std::string(end) + "</p></main></body></html>");
        return std::get<Article>(extraction).authors;
    };
    EXPECT_THAT(authors_of("。（张巨峰）"), testing::ElementsAre("张巨峰"));
    EXPECT_THAT(authors_of("。(记者 李楠)"), testing::ElementsAre("李楠"));
    for (const char* end : {"。（完）", "。（图略）", "（张巨峰）。", "。）", "。（）"})
        EXPECT_THAT(authors_of(end), testing::IsEmpty()) << end;
}

// A page whose text a script brings, with the text for machines in JSON-LD.
std::string page_for_machines(std::string_view json_body, std::string_view more = "") {
    return "<!DOCTYPE html><html lang=en><head><title>Crane leaves</title><script "
           "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Crane "
           "leaves\",\"articleBody\":\"" +
           std::string(json_body) + "\"" + std::string(more) +
           "}</script></head><body><div id=app><p>The crane, on Monday. Photo: Ana "
           "Reis</p></div></body></html>";
}

constexpr std::string_view kLines[] = {
    "The old harbour crane, which had stood idle since the storm of last winter, was lifted from "
    "its rails on Tuesday, and half of the town came to watch it go.",
    "Nobody could say, when asked, where it would be set up again; the port said only that it had "
    "been sold, that the price was fair, and that the buyer wished to stay unnamed.",
    "For the children on the quay it was a holiday: school had been closed for the morning, and "
    "the bakers &amp; the cooks gave away what they had left, 2 < 3 rolls a child, and tea, and "
    "whatever else was still warm at noon, until the last of the children had gone home, and "
    "somebody swept the quay."};

TEST(Extract, ABodyForMachinesStandsInForOneThatAScriptWouldBring) {
    const std::string expected = "<p>" + std::string(kLines[0]) + "</p>\n<p>" +
                                 std::string(kLines[1]) + "</p>\n<p>For the children";
    const auto join = [](std::string_view begin, std::string_view end) {
        std::string out;
        for (const std::string_view line : kLines) out.append(begin).append(line).append(end);
        return out;
    };
    for (const std::string& body : {join("", "\\n"), join("<p class='a' onclick='x()'>", "</p>"),
                                    join("&lt;p class='a'&gt;", "&lt;/p&gt;")}) {
        const std::string made = body_of(page_for_machines(body));
        EXPECT_THAT(made, HasSubstr(expected)) << body;
        EXPECT_THAT(made, HasSubstr("bakers &amp; the cooks gave away")) << body;
        EXPECT_THAT(made, HasSubstr("swept the quay.</p>")) << body;
        EXPECT_THAT(made, Not(HasSubstr("onclick"))) << body;
    }
    const Extraction made = extract(page_for_machines(join("", "\\n")));
    EXPECT_EQ(std::get<Article>(made).evidence.at("body").source, "json-ld");
}

TEST(Extract, ABodyForMachinesOpensNoPaywallAndReplacesNoText) {
    const std::string body = std::string(kLines[0]) + "\\n" + std::string(kLines[1]) + "\\n" +
                             std::string(kLines[2]) + "\\nAnd so on.";
    const Extraction paywalled = extract(page_for_machines(body, ",\"isAccessibleForFree\":false"));
    ASSERT_TRUE(std::holds_alternative<Refusal>(paywalled));
    EXPECT_EQ(std::get<Refusal>(paywalled).fate, Fate::kPaywalled);

    std::string whole = page_for_machines(body);
    whole.insert(whole.find("<div id=app>"), "<article>" + std::string(kParagraphs) + "</article>");
    EXPECT_THAT(body_of(whole), Not(HasSubstr("And so on")));
}

TEST(Extract, ASavedPageSaysItselfWhereItWas) {
    const std::string page =
        "<!DOCTYPE html><html><head><title>Crane leaves</title>"
        "<link rel=\"canonical\" href=\"https://daily.example/2026/11/crane.html\"></head><body>"
        "<article><h1>Crane leaves</h1>" +
        std::string(kParagraphs) +
        "<p>More on the <a href=\"../port.html\">port</a>, its cranes, and what becomes of them "
        "when nobody wants them any longer.</p></article></body></html>";
    const Extraction extraction =
        extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    EXPECT_THAT(std::get<Article>(extraction).body,
                HasSubstr("<a href=\"https://daily.example/2026/port.html\">port</a>"));
}

TEST(Extract, ResolvesAddressesByTheBaseOfThePage) {
    const std::string page = page_of(
        "<p>It was the second to go: <a href=\"crane.html\">another one left in October</a>, "
        "when the port sold the oldest of the three, which had stood there since 1931.</p>" +
        std::string(kParagraphs));
    const std::string with_base = "<base href=\"/archive/\">" + page.substr(15);
    EXPECT_THAT(body_of(with_base), HasSubstr("href=\"https://daily.example/archive/crane.html\""));
}

TEST(Extract, APageFromNowhereKeepsWhatHasAWholeAddress) {
    const std::string page =
        page_of(std::string(kParagraphs) +
                "<p><img src=\"https://img.example/quay.jpg\" alt=\"The quay\"></p>"
                "<p><img src=\"/crane.jpg\"> The port's <a href=\"https://port.example/\">own "
                "account</a> of the day is as short as its answers were on the quay.</p>");
    const Extraction extraction =
        extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    const auto& article = std::get<Article>(extraction);
    EXPECT_THAT(article.body,
                HasSubstr("<img alt=\"The quay\" src=\"https://img.example/quay.jpg\""));
    EXPECT_THAT(article.body, HasSubstr("<a href=\"https://port.example/\">own account</a>"));
    EXPECT_THAT(article.body, Not(HasSubstr("crane.jpg")));
}

TEST(Extract, RefusesPagesWithoutAnArticle) {
    const struct {
        std::string_view page;
        Fate fate;
    } cases[] = {
        {"", Fate::kNotAnArticle},
        {"\xFF\xD8\xFF\xE0\x10JFIF", Fate::kNotAnArticle},
        {"<title>Daily</title><div id=root></div><script>start()</script>", Fate::kNotAnArticle},
        {"<h1>Soon</h1><p>Wait.</p>", Fate::kTooShort},
        {"<meta property=og:image content=https://daily.example/a.jpg><h1>Crane leaves town</h1>"
         "<div id=root></div>",
         Fate::kTooShort},
        {"<h1>Members</h1><p>Log in to read.</p><script type=application/ld+json>"
         "{\"@type\":\"NewsArticle\",\"headline\":\"Members\",\"isAccessibleForFree\":false}"
         "</script>",
         Fate::kPaywalled},
    };
    for (const auto& c : cases) {
        const Extraction extraction = extract(c.page);
        const auto* refusal = std::get_if<Refusal>(&extraction);
        ASSERT_NE(refusal, nullptr) << c.page;
        EXPECT_EQ(refusal->fate, c.fate) << c.page;
        EXPECT_NE(refusal->reason, "");
    }
    // What is known of it is told all the same.
    const Extraction short_page = extract(
        "<h1>Crane leaves town</h1><time datetime=2026-11-04>4 November 2026</time><p>Soon.</p>");
    const auto& refusal = std::get<Refusal>(short_page);
    EXPECT_EQ(refusal.title, "Crane leaves town");
    ASSERT_TRUE(refusal.published);
    EXPECT_EQ(format_utc(refusal.published->utc).substr(0, 10), "2026-11-04");
}

TEST(Extract, ReadsTheFullTextOfAFeed) {
    Entry entry;
    entry.title = "Crane leaves";
    entry.content_html = std::string(kParagraphs) + "<script>x()</script>";
    const Url url = *html::parse_url("https://daily.example/2026/11/crane.html");
    const Extraction extraction = extract_entry(entry, url).extraction;
    const auto& article = std::get<Article>(extraction);
    EXPECT_EQ(article.title, "Crane leaves");
    EXPECT_THAT(article.body, HasSubstr("harbour crane"));
    EXPECT_THAT(article.body, Not(HasSubstr("x()")));
}

TEST(Extract, KeepsFiguresAndPlaceholdersInTheirPlaces) {
    const std::string body = body_of(page_of(
        "<img src=\"/i/lead-1200x800.jpg\" width=1200 height=800 alt=\"The lead\">" +
        std::string(kParagraphs) +
        "<figure><img src=\"data:image/gif;base64,R0\" data-src=\"/i/crane-800x600.jpg\" alt=\"A "
        "crane\"><figcaption>The crane, before.</figcaption></figure>" +
        "<iframe src=\"https://player.video.example/embed/7\" title=\"The lift\"></iframe>" +
        std::string(kParagraphs)));
    EXPECT_THAT(body, HasSubstr("<figure><img alt=\"A crane\" "
                                "src=\"https://daily.example/i/crane-800x600.jpg\"><figcaption>The "
                                "crane, before.</figcaption></figure>\n"));
    EXPECT_THAT(body,
                HasSubstr("<figure data-embed=\"video\"><a "
                          "href=\"https://player.video.example/embed/7\">The lift</a></figure>\n"));
}

TEST(ExtractPage, NotesWhatStandsBesideTheArticle) {
    const std::string page =
        "<title>The crane leaves</title><meta property=og:site_name content=Daily>"
        "<meta property=article:section content=Harbour><link rel=amphtml href=/amp/crane>"
        "<link rel=next href=/crane?page=2><script type=application/ld+json>"
        "{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script><h1>The crane "
        "leaves</h1>" +
        std::string(kParagraphs);
    const ExtractedPage extracted =
        extract_page({.bytes = page,
                      .url = *html::parse_url("https://daily.example/crane"),
                      .transport_charset = "utf-8"});
    const auto& article = std::get<Article>(extracted.extraction);
    EXPECT_EQ(article.site_name, "Daily");
    EXPECT_EQ(article.section, "Harbour");
    EXPECT_EQ(article.is_accessible_for_free, false);
    EXPECT_EQ(extracted.notes.amp_url, "https://daily.example/amp/crane");
    EXPECT_EQ(extracted.notes.next_page_url, "https://daily.example/crane?page=2");
    EXPECT_EQ(extract_page({.bytes = "%PDF-1.4", .url = {}, .transport_charset = {}}).notes.amp_url,
              "");
}

}  // namespace
}  // namespace heliograph::extract
