// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "base/utf8.h"
#include "html/url.h"
#include "source/document.h"

namespace heliograph::source {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Url kFeedUrl = *html::parse_url("https://news.example/rss/feed.xml");

Feed read(std::string_view bytes, std::string_view charset = {}) {
    auto feed = parse_feed(bytes, kFeedUrl, charset);
    EXPECT_TRUE(feed) << (feed ? "" : feed.error().message);
    return feed ? std::move(*feed) : Feed{};
}

std::string rss(std::string_view items) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>News</title>)" +
           std::string(items) + "</channel></rss>";
}

std::string atom(std::string_view entries) {
    return R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title type="html">Le &amp;quot;Jour&amp;quot;</title><author><name>R&#xE9;daction</name></author>)" +
           std::string(entries) + "</feed>";
}

Entry only_item(std::string_view inside) {
    Feed feed = read(rss("<item>" + std::string(inside) + "</item>"));
    EXPECT_THAT(feed.entries, SizeIs(1)) << inside;
    return feed.entries.empty() ? Entry{} : std::move(feed.entries[0]);
}

Entry only_atom_entry(std::string_view inside) {
    Feed feed = read(atom("<entry>" + std::string(inside) + "</entry>"));
    EXPECT_THAT(feed.entries, SizeIs(1)) << inside;
    return feed.entries.empty() ? Entry{} : std::move(feed.entries[0]);
}

std::vector<std::string> urls(const Feed& feed) {
    std::vector<std::string> out;
    for (const Entry& entry : feed.entries) out.push_back(entry.url);
    return out;
}

constexpr std::string_view kLink = "<link>https://news.example/1</link>";

// ---------------------------------------------------------------- RSS

// R1: full text, six namespaces, no guid, no author, many categories, CDATA.
TEST(Rss, GivesFullTextDateAndTagsOfEveryItem) {
    std::string items;
    for (int i = 0; i < 60; ++i) {
        const std::string n = std::to_string(i);
        items += "<item><title><![CDATA[Title " + n + "]]></title><link>https://news.example/" + n +
                 "</link><pubDate>Sat, 14 Nov 2026 08:" + (i < 10 ? "0" : "") + n +
                 ":00 +0800</pubDate><wfw:commentRss>https://news.example/" + n +
                 "/comments</wfw:commentRss><slash:comments>3</slash:comments>";
        for (int tag = 0; tag < 5 + i % 9; ++tag)
            items += "<category><![CDATA[tag & " + std::to_string(tag) + "]]></category>";
        items += "<description><![CDATA[<p>Summary " + n + "</p>]]></description>" +
                 "<content:encoded><![CDATA[<p>Body " + n +
                 " &amp; more</p>]]></content:encoded></item>";
    }
    const Feed feed =
        read(rss("<language>en-GB</language><sy:updatePeriod>hourly</sy:updatePeriod>"
                 "<atom:link href=\"https://news.example/rss\" rel=\"self\"/>" +
                 items));
    EXPECT_EQ(feed.title, "News");
    EXPECT_EQ(feed.language, "en-GB");
    EXPECT_THAT(feed.warnings, IsEmpty());
    ASSERT_THAT(feed.entries, SizeIs(60));
    for (std::size_t i = 0; i < 60; ++i) {
        const Entry& entry = feed.entries[i];
        const std::string n = std::to_string(i);
        EXPECT_EQ(entry.url, "https://news.example/" + n);
        EXPECT_EQ(entry.title, "Title " + n);
        EXPECT_EQ(entry.summary_html, "<p>Summary " + n + "</p>");
        EXPECT_EQ(entry.content_html, "<p>Body " + n + " &amp; more</p>");
        EXPECT_THAT(entry.tags, SizeIs(5 + i % 9));
        EXPECT_EQ(entry.tags[0], "tag & 0");
        EXPECT_THAT(entry.authors, IsEmpty());
        ASSERT_TRUE(entry.published);
        EXPECT_EQ(format_rfc3339(*entry.published),
                  "2026-11-14T08:" + std::string(i < 10 ? "0" : "") + n + ":00+08:00");
    }
}

// R2: Dublin Core, summaries, doubles.
TEST(Rss, KeepsOneItemAnAddressInDocumentOrder) {
    std::string items;
    for (int i = 0; i < 26; ++i) {
        items +=
            "<item><title>T" + std::to_string(i) + "</title><link>https://news.example/" +
            std::to_string(i * 7 % 20) + "#part" + std::to_string(i) +
            "</link><dc:creator>Jane Doe</dc:creator><dc:date>2026-11-14T08:30:00+08:00</dc:date>"
            "<dc:subject>World</dc:subject></item>";
    }
    const Feed feed = read(rss(items));
    ASSERT_THAT(feed.entries, SizeIs(20));
    EXPECT_EQ(feed.entries[0].url, "https://news.example/0");
    EXPECT_EQ(feed.entries[1].url, "https://news.example/7");
    EXPECT_EQ(feed.entries[1].title, "T1");
    EXPECT_THAT(feed.entries[1].authors, ElementsAre("Jane Doe"));
    EXPECT_THAT(feed.entries[1].tags, ElementsAre("World"));
    EXPECT_EQ(format_rfc3339(*feed.entries[1].published), "2026-11-14T08:30:00+08:00");
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("6 items repeat")));
}

TEST(Rss, ReadsTheAddressFromWhereverItIs) {
    const struct {
        std::string_view item;
        std::string_view url;  // empty: the item has none
    } cases[] = {
        {"<link> https://a.example/x </link>", "https://a.example/x"},
        {"<link><![CDATA[https://a.example/?a=1&b=2]]></link>", "https://a.example/?a=1&b=2"},
        {"<link>/x y/é</link>", "https://news.example/x%20y/%C3%A9"},
        {"<guid>https://a.example/g</guid>", "https://a.example/g"},
        {"<guid isPermaLink=\"true\">https://a.example/g</guid>", "https://a.example/g"},
        {"<guid isPermaLink=\"false\">https://a.example/g</guid>", ""},
        {"<guid>12345</guid>", ""},
        {"<guid>https://a.example/g</guid><link>https://a.example/l</link>", "https://a.example/l"},
        {"<link/><guid>https://a.example/g</guid>", "https://a.example/g"},
        {"<link href=\"https://a.example/h\"/>", "https://a.example/h"},
        {"<atom:link href=\"https://a.example/h\"/>", "https://a.example/h"},
        {"<atom:link rel=\"replies\" href=\"https://a.example/h\"/>", ""},
        {"<link>javascript:alert(1)</link>", ""},
        {"<link>tag:a.example,2026:1</link>", ""},
        {"<feedburner:origLink xmlns:feedburner=\"http://rssnamespace.org/feedburner/ext/1.0\">"
         "https://a.example/o</feedburner:origLink><link>https://f.example/l</link>",
         "https://a.example/o"},
    };
    for (const auto& c : cases) {
        const Feed feed =
            read(rss("<item><title>The title</title>" + std::string(c.item) + "</item>"));
        if (c.url.empty()) {
            EXPECT_THAT(feed.entries, IsEmpty()) << c.item;
            EXPECT_THAT(feed.warnings, Contains(HasSubstr("'The title' left out"))) << c.item;
        } else {
            EXPECT_THAT(urls(feed), ElementsAre(c.url)) << c.item;
        }
    }
}

TEST(Rss, ResolvesAgainstTheChannelsAddress) {
    const Feed feed =
        read(rss("<link>https://www.news.example/section/</link>"
                 "<item><link>a/1</link></item>"
                 "<item xml:base=\"https://b.example/x/\"><link>2</link></item>"));
    EXPECT_THAT(urls(feed),
                ElementsAre("https://www.news.example/section/a/1", "https://b.example/x/2"));
}

TEST(Rss, TitlesArePlainTextHoweverTheyAreEscaped) {
    const struct {
        std::string_view xml;
        std::string_view title;
    } cases[] = {
        {"Plain", "Plain"},
        {"AT&amp;T", "AT&T"},
        {"AT&amp;amp;T", "AT&T"},    // escaped twice
        {"It&amp;#8217;s", "It’s"},  // likewise
        {"&amp;quot;No&amp;quot;", "\"No\""},
        {"a &lt; b &gt; c", "a < b > c"},
        {"x&lt;y and I &lt;3 it", "x<y and I <3 it"},
        {"&lt;b&gt;Bold&lt;/b&gt; and &lt;i&gt;it&lt;/i&gt;", "Bold and it"},
        {"<![CDATA[<em>H<sub>2</sub>O</em> &amp; more]]>", "H2O & more"},
        {"<![CDATA[Split]]> in <![CDATA[two]]>", "Split in two"},
        {"caf&eacute;&nbsp;&mdash; &Uuml;ber &hearts;", "café — Über ♥"},
        {"[a] | *b* _c_ # d", "[a] | *b* _c_ # d"},
        {"  much \n\t space ", "much space"},
        {"It&#8217;s &#x4E2D;&#x6587;", "It’s 中文"},
        {"quote &#146;s", "quote ’s"},  // windows-1252, as browsers read it
        {"a&#0;b&#8;c",
         "a\xEF\xBF\xBD"
         "bc"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(only_item("<title>" + std::string(c.xml) + "</title>" + std::string(kLink)).title,
                  c.title)
            << c.xml;
}

TEST(Rss, AuthorsAreNamesNotAddresses) {
    const struct {
        std::string_view xml;
        std::vector<std::string> authors;
    } cases[] = {
        {"<author>jane@a.example (Jane Doe)</author>", {"Jane Doe"}},
        {"<author>Jane Doe &lt;jane@a.example&gt;</author>", {"Jane Doe"}},
        {"<author>jane@a.example</author>", {}},
        {"<author>Jane Doe</author><dc:creator>Jane Doe</dc:creator>"
         "<dc:creator><![CDATA[王小明]]></dc:creator>",
         {"Jane Doe", "王小明"}},
    };
    for (const auto& c : cases)
        EXPECT_EQ(only_item(std::string(c.xml) + std::string(kLink)).authors, c.authors) << c.xml;
}

TEST(Rss, TakesTheBestPicture) {
    const struct {
        std::string_view xml;
        std::string_view url;
    } cases[] = {
        {"<enclosure url=\"/e.jpg\" type=\"image/jpeg\" length=\"1\"/>",
         "https://news.example/e.jpg"},
        {"<enclosure url=\"/e.mp3\" type=\"audio/mpeg\"/>", ""},
        {"<media:thumbnail url=\"/t.jpg\"/>", "https://news.example/t.jpg"},
        {"<media:thumbnail url=\"/t.jpg\"/><enclosure url=\"/e.jpg\" type=\"image/jpeg\"/>",
         "https://news.example/e.jpg"},
        {"<media:group><media:content url=\"/s.jpg\" medium=\"image\" width=\"100\"/>"
         "<media:content url=\"/l.jpg\" type=\"image/jpeg\" width=\"900\"/></media:group>",
         "https://news.example/l.jpg"},
        {"<media:content url=\"/v.mp4\" type=\"video/mp4\"><media:thumbnail url=\"/v.jpg\"/>"
         "</media:content>",
         "https://news.example/v.jpg"},
        {"<media:content url=\"data:image/png;base64,AAAA\" medium=\"image\"/>", ""},
    };
    for (const auto& c : cases)
        EXPECT_EQ(only_item(std::string(c.xml) + std::string(kLink)).image_url, c.url) << c.xml;
}

TEST(Rss, ADateThatCannotBeReadCostsOnlyItself) {
    const Feed feed =
        read(rss("<item>" + std::string(kLink) + "<pubDate>vor drei Tagen</pubDate></item>"));
    ASSERT_THAT(feed.entries, SizeIs(1));
    EXPECT_FALSE(feed.entries[0].published);
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("vor drei Tagen")));
}

TEST(Rss, PrefixesMayBeOthersOrUndeclared) {
    const Feed other = read(
        "<rss xmlns:c=\"http://purl.org/rss/1.0/modules/content/\"><channel><item>"
        "<link>https://a.example/</link><c:encoded>Body</c:encoded></item></channel></rss>");
    EXPECT_EQ(other.entries.at(0).content_html, "Body");
    const Feed undeclared = read(
        "<rss><channel><item><link>https://a.example/</link>"
        "<content:encoded>Body</content:encoded><dc:creator>Jane</dc:creator></item></channel></"
        "rss>");
    EXPECT_EQ(undeclared.entries.at(0).content_html, "Body");
    EXPECT_THAT(undeclared.entries.at(0).authors, ElementsAre("Jane"));
}

TEST(Rss, AnElementOfAnUnknownNamespaceIsNotMistaken) {
    const Entry entry =
        only_item(std::string(kLink) +
                  "<x:title xmlns:x=\"https://x.example/\">Other</x:title>"
                  "<x:link xmlns:x=\"https://x.example/\">https://x.example</x:link>");
    EXPECT_EQ(entry.title, "");
    EXPECT_EQ(entry.url, "https://news.example/1");
}

TEST(Rss, ReadsOlderVersions) {
    const Feed rdf = read(R"(<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example/"><title>RDF</title><link>https://a.example/</link>
<dc:language>ja</dc:language><items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items>
</channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item>
<item rdf:about="https://a.example/2"><title>Two</title><dc:date>2026-11-14</dc:date></item>
</rdf:RDF>)");
    EXPECT_EQ(rdf.title, "RDF");
    EXPECT_EQ(rdf.language, "ja");
    EXPECT_THAT(urls(rdf), ElementsAre("https://a.example/1", "https://a.example/2"));
    EXPECT_FALSE(rdf.entries[1].published->has_time);

    const Feed old = read(
        "<rss version=\"0.91\"><channel><title>Old</title><item><title>One</title>"
        "<link>https://a.example/1</link></item></channel></rss>");
    EXPECT_THAT(urls(old), ElementsAre("https://a.example/1"));
}

TEST(Rss, WithoutItemsIsStillAFeed) {
    EXPECT_THAT(read(rss("")).entries, IsEmpty());
    EXPECT_THAT(read("<rss/>").entries, IsEmpty());
}

// ---------------------------------------------------------------- Atom

TEST(Atom, GivesEveryField) {
    const Feed feed = read(atom(R"(
<entry xml:lang="fr-CA"><id>tag:a.example,2026:1</id><title>Un &amp; deux</title>
<link rel="replies" href="https://a.example/1/replies"/>
<link rel="alternate" type="application/pdf" href="https://a.example/1.pdf"/>
<link rel="alternate" type="text/html" href="https://a.example/1"/>
<link rel="enclosure" type="image/png" href="https://a.example/1.png"/>
<published>2026-11-14T08:30:00Z</published><updated>2026-11-15T00:00:00+01:00</updated>
<author><name>Zo&eacute;</name><email>zoe@a.example</email></author><author><name>Max</name></author>
<category term="monde" label="Le monde"/><category term="eco"/>
<summary>1 &lt; 2</summary><content type="html">&lt;p&gt;Texte&lt;/p&gt;</content></entry>)"));
    EXPECT_EQ(feed.title, "Le \"Jour\"");
    EXPECT_EQ(feed.language, "fr");
    ASSERT_THAT(feed.entries, SizeIs(1));
    const Entry& entry = feed.entries[0];
    EXPECT_EQ(entry.url, "https://a.example/1");
    EXPECT_EQ(entry.guid, "tag:a.example,2026:1");
    EXPECT_EQ(entry.title, "Un & deux");
    EXPECT_EQ(entry.language, "fr-CA");
    EXPECT_EQ(entry.image_url, "https://a.example/1.png");
    EXPECT_EQ(format_rfc3339(*entry.published), "2026-11-14T08:30:00Z");
    EXPECT_EQ(format_rfc3339(*entry.updated), "2026-11-15T00:00:00+01:00");
    EXPECT_THAT(entry.authors, ElementsAre("Zoé", "Max"));
    EXPECT_THAT(entry.tags, ElementsAre("Le monde", "eco"));
    EXPECT_EQ(entry.summary_html, "1 &lt; 2");
    EXPECT_EQ(entry.content_html, "<p>Texte</p>");
}

TEST(Atom, TextHasThreeTypes) {
    const struct {
        std::string_view title;
        std::string_view expected;
    } cases[] = {
        {"<title>Tags like &lt;b&gt; &amp; AT&amp;T</title>", "Tags like <b> & AT&T"},
        {"<title type=\"text\">It&amp;#8217;s</title>", "It’s"},
        {"<title type=\"html\">&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>", "A & B"},
        {"<title type=\"html\"><![CDATA[A <i>B</i>]]></title>", "A B"},
        {"<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">A "
         "<b>B</b></div></title>",
         "A B"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(only_atom_entry(std::string(c.title) + "<link href=\"/1\"/>").title, c.expected)
            << c.title;
}

TEST(Atom, XhtmlContentBecomesHtml) {
    const Entry entry = only_atom_entry(
        "<link href=\"/1\"/><content type=\"xhtml\"><x:div "
        "xmlns:x=\"http://www.w3.org/1999/xhtml\">"
        "<x:p class=\"a&quot;b\">A &lt; <x:em>B</x:em></x:p><x:br/><x:p/></x:div></content>");
    EXPECT_EQ(entry.content_html, "<p class=\"a&quot;b\">A &lt; <em>B</em></p><br><p></p>");
}

TEST(Atom, LinksAreRelativeToXmlBase) {
    const Feed feed = read(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://a.example/x/\">"
        "<entry><link href=\"1\"/></entry>"
        "<entry xml:base=\"y/\"><link href=\"2\"/></entry>"
        "<entry><link xml:base=\"//b.example/z/\" href=\"3\"/></entry></feed>");
    EXPECT_THAT(urls(feed), ElementsAre("https://a.example/x/1", "https://a.example/x/y/2",
                                        "https://b.example/z/3"));
}

TEST(Atom, TakesAuthorsFromTheFeedAndTheAddressFromTheId) {
    const Entry entry = only_atom_entry("<id>https://a.example/1</id><title>T</title>");
    EXPECT_EQ(entry.url, "https://a.example/1");
    EXPECT_THAT(entry.authors, ElementsAre("Rédaction"));
}

TEST(Atom, ReadsVersion03) {
    const Feed feed = read(
        "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>Old</title><entry>"
        "<title mode=\"escaped\" type=\"text/html\">A &amp;amp; B</title>"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/1\"/>"
        "<issued>2026-11-14T08:30:00Z</issued><modified>2026-11-15T08:30:00Z</modified>"
        "<content type=\"text/html\" "
        "mode=\"escaped\">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>");
    ASSERT_THAT(feed.entries, SizeIs(1));
    EXPECT_EQ(feed.entries[0].title, "A & B");
    EXPECT_EQ(feed.entries[0].content_html, "<p>x</p>");
    EXPECT_TRUE(feed.entries[0].published && feed.entries[0].updated);
}

// ---------------------------------------------------------------- broken documents

TEST(BrokenFeed, ReferencesOfHtmlSurvive) {
    const Feed feed =
        read(rss("<item><title>R&eacute;sum&eacute;&hellip;</title>" + std::string(kLink) +
                 "<description>a&nbsp;b &unknown; &copy;</description></item>"));
    EXPECT_EQ(feed.entries.at(0).title, "Résumé…");
    EXPECT_EQ(feed.entries.at(0).summary_html, "a\u00A0b &unknown; ©");
    EXPECT_THAT(feed.warnings, Contains(HasSubstr("5 references")));
}

TEST(BrokenFeed, SignsNobodyEscapedAreText) {
    const Entry entry =
        only_item("<title>AT&T & R&D < 5 &</title><link>https://a.example/?a=1&b=2&copy=3</link>");
    EXPECT_EQ(entry.title, "AT&T & R&D < 5 &");
    EXPECT_EQ(entry.url, "https://a.example/?a=1&b=2&copy=3");
}

TEST(BrokenFeed, HtmlThatNobodyEscapedIsTheText) {
    const Feed feed = read(
        rss("<item><title>A <b>bold</b> one</title><link>https://a.example/1</link>"
            "<description><p>First<br>line &amp; <img src='x.png'><p>second</description></item>"
            "<item><link>https://a.example/2</link></item>"));
    EXPECT_THAT(urls(feed), ElementsAre("https://a.example/1", "https://a.example/2"));
    EXPECT_EQ(feed.entries[0].title, "A bold one");
    EXPECT_EQ(feed.entries[0].summary_html, "<p>First<br>line &amp; <img src='x.png'><p>second");
}

TEST(BrokenFeed, AMissingEndTagCostsOneField) {
    const Feed feed =
        read(rss("<item><title>One<link>https://a.example/1</link></item>"
                 "<item><title>Two</title><link>https://a.example/2</link></item>"
                 "<item><foo><link>https://a.example/3</link></item>"
                 "<item><title>Four</title><link>https://a.example/4</link></item>"));
    EXPECT_THAT(urls(feed), testing::ElementsAre("https://a.example/1", "https://a.example/2",
                                                 "https://a.example/3", "https://a.example/4"));
}

TEST(BrokenFeed, AnElementOfAtomThatIsNeverEndedLosesNoEntry) {
    for (const char* fault :
         {"<title>Two<link href=\"https://a.example/2\"/></entry>",
          "<title>Two</title><author><name>A<link href=\"https://a.example/2\"/></entry>",
          "<link href=\"https://a.example/2\"/><title>Two</title><content type=\"xhtml\"><div "
          "xmlns=\"http://www.w3.org/1999/xhtml\"><p>Text<br></div></content></entry>",
          "<link href=\"https://a.example/2\"/><title>Two</title></div></summary></entry>",
          "<link href=\"https://a.example/2\"/><title>Two</title>"}) {
        const Feed feed = read(
            atom("<entry><title>One</title><link href=\"https://a.example/1\"/></entry><entry>" +
                 std::string(fault) +
                 "<entry><title>Three</title><link href=\"https://a.example/3\"/></entry>"));
        EXPECT_THAT(urls(feed), testing::ElementsAre("https://a.example/1", "https://a.example/2",
                                                     "https://a.example/3"))
            << fault;
        ASSERT_EQ(feed.entries.size(), 3U);
        EXPECT_EQ(feed.entries[1].title, "Two");
        EXPECT_EQ(feed.entries[2].title, "Three");
        EXPECT_THAT(feed.warnings, testing::Not(testing::IsEmpty()));
    }
}

TEST(BrokenFeed, ASitemapKeepsThePlacesThatAreReadable) {
    const auto sitemap = parse_source(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
        "<url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2"
        "<url><loc>https://a.example/3</loc></loc></url><url><loc>https://a.example/4</loc></url>"
        "</urlset>",
        *html::parse_url("https://a.example/sitemap.xml"), {}, {});
    ASSERT_TRUE(sitemap) << sitemap.error().message;
    EXPECT_THAT(urls(*sitemap), testing::ElementsAre("https://a.example/1", "https://a.example/2",
                                                     "https://a.example/3", "https://a.example/4"));
}

TEST(BrokenFeed, AnUnclosedTitleOfTheLastItemLosesNoItem) {
    const Feed feed =
        read(rss("<item><title>One</title><link>https://a.example/1</link></item>"
                 "<item><title>Two<link>https://a.example/2</link>"
                 "<guid>two</guid></item>"));
    ASSERT_THAT(urls(feed), testing::ElementsAre("https://a.example/1", "https://a.example/2"));
    EXPECT_EQ(feed.entries[1].title, "Two");
}

TEST(BrokenFeed, FieldsBehindAnUnclosedFieldAreRead) {
    const Feed feed =
        read(rss("<item><title>One</title><link>https://a.example/1</link><category>Sea\n"
                 "<category>Harbour\n<pubDate>Sat, 07 Nov 2026 21:05:00 +0800</pubDate>"
                 "<description>text</description></item>"));
    ASSERT_EQ(feed.entries.size(), 1U);
    EXPECT_THAT(feed.entries[0].tags, testing::ElementsAre("Sea", "Harbour"));
    EXPECT_EQ(format_rfc3339(*feed.entries[0].published), "2026-11-07T21:05:00+08:00");
    EXPECT_EQ(feed.entries[0].summary_html, "text");
}

TEST(BrokenFeed, ReferencesBehindAFaultSurvive) {
    const Feed feed = read(
        "<rss version=\"2.0\"><channel><item><category>x</item><item><title>A & B &amp; C "
        "&lt;d&gt; "
        "&eacute;</title><link>http://a.example/1</link></item></channel></rss>");
    ASSERT_EQ(feed.entries.size(), 1U);
    EXPECT_EQ(feed.entries[0].title, "A & B & C <d> \u00e9");
}

TEST(BrokenFeed, WhatComesBeforeAndAfterIsLeftOut) {
    const std::string good = rss("<item>" + std::string(kLink) + "</item>");
    EXPECT_THAT(read("\n\n  \t" + good).entries, SizeIs(1));
    EXPECT_THAT(read("\xEF\xBB\xBF\n" + good).entries, SizeIs(1));
    const Feed junk = read("<br />\n<b>Warning</b>: something in feed.php\n" + good);
    EXPECT_THAT(junk.entries, SizeIs(1));
    EXPECT_THAT(junk.warnings, Contains(HasSubstr("before the document")));
    EXPECT_THAT(read(good + "\n<!-- cached --><script>x()</script></body>").entries, SizeIs(1));
}

TEST(BrokenFeed, ControlCharactersDoNotStopIt) {
    const std::string text = rss("<item><title>A\x01\x0B B\x1F</title>" + std::string(kLink) +
                                 "<description><![CDATA[x\x08y]]></description></item>");
    const Feed feed = read(text);
    EXPECT_EQ(feed.entries.at(0).title, "A B");
    EXPECT_EQ(feed.entries.at(0).summary_html, "x y");
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("4 control characters")));
}

TEST(BrokenFeed, ACutEndKeepsWhatIsComplete) {
    std::string items;
    for (int i = 0; i < 5; ++i) {
        items += "<item><link>https://a.example/" + std::to_string(i) +
                 "</link><title>Title</title><content:encoded><![CDATA[<p>Body</p>]]>"
                 "</content:encoded><description>&lt;p&gt;Summary&lt;/p&gt;</description></item>";
    }
    const std::string whole = rss(items);
    const Feed all = read(whole);
    ASSERT_THAT(all.entries, SizeIs(5));
    for (std::size_t length = whole.find("<channel>") + 9; length < whole.size(); ++length) {
        const auto feed = parse_feed(whole.substr(0, length), kFeedUrl, "");
        if (!feed) continue;  // before the first end tag there is nothing
        for (std::size_t i = 0; i < feed->entries.size(); ++i) {
            // Never half an address or half a text.
            EXPECT_EQ(feed->entries[i].url, all.entries.at(i).url) << length;
            EXPECT_THAT(feed->entries[i].content_html, testing::AnyOf("", "<p>Body</p>")) << length;
            EXPECT_THAT(feed->entries[i].summary_html, testing::AnyOf("", "<p>Summary</p>"))
                << length;
        }
        std::size_t complete = 0;
        for (auto at = whole.find("</item>"); at < length - 6; at = whole.find("</item>", at + 1))
            ++complete;
        EXPECT_GE(feed->entries.size(), complete) << length;
        EXPECT_THAT(feed->warnings, Contains(HasSubstr("cut off"))) << length;
    }
    const Feed last = read(whole.substr(0, whole.size() - 40));
    EXPECT_THAT(last.entries, SizeIs(5));
}

TEST(BrokenFeed, EntitiesAreNotExpanded) {
    const Feed feed = read(R"(<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY file SYSTEM "file:///etc/passwd"> <!-- don't ] > -->
<!ENTITY % remote SYSTEM "http://127.0.0.1:1/x.dtd"> %remote;]>
<rss><channel><item><link>https://a.example/1</link><title>x &b; &file; y</title></item></channel></rss>)");
    EXPECT_EQ(feed.entries.at(0).title, "x &b; &file; y");
}

TEST(BrokenFeed, HostileSizesGiveResultsInProportion) {
    const std::size_t size = 500'000;
    const auto repeat = [&](std::string_view text) {
        std::string out = "<rss><channel>";
        while (out.size() < size) out += text;
        return out;
    };
    for (const std::string_view part :
         {"<title>", "<![CDATA[", "<item>", "<title><![CDATA[", "<a b=\"", "<!--", "&", "&a;", "<",
          "<title><b>", "</title>", "<description><![CDATA[]]>", "<item><title></item>"}) {
        const auto feed = parse_feed(repeat(part), kFeedUrl, "");
        if (!feed) continue;
        std::size_t bytes = 0;
        for (const Entry& entry : feed->entries)
            bytes += entry.title.size() + entry.content_html.size() + entry.summary_html.size();
        EXPECT_LE(bytes, size) << part;
        EXPECT_LE(feed->warnings.size(), size / part.size()) << part;
    }
    std::string names = "<rss><channel>";
    for (int i = 0; i < 100'000; ++i) names += "&x" + std::to_string(i) + ";";
    static_cast<void>(parse_feed(names, kFeedUrl, ""));
}

TEST(BrokenFeed, DepthIsBounded) {
    std::string deep = "<rss><channel>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    const Feed feed = read(deep + "</a></rss>");
    EXPECT_THAT(feed.entries, IsEmpty());
    EXPECT_THAT(feed.warnings, Not(IsEmpty()));
}

TEST(BrokenFeed, RandomDamageNeverBreaksUtf8OrOrder) {
    const std::string good =
        rss("<item><title>R&eacute;sum&eacute; 中文</title>" + std::string(kLink) +
            "<description><![CDATA[<p>x</p>]]></description></item>"
            "<item><link>https://a.example/2</link><guid>g</guid></item>") +
        atom("<entry><link href=\"/3\"/></entry>");
    const unsigned seed = std::random_device{}();
    std::mt19937 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        std::string damaged = good;
        for (int i = 0; i < 1 + round % 8; ++i)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        const auto feed = parse_feed(damaged, kFeedUrl, "");
        if (!feed) {
            EXPECT_TRUE(is_utf8(feed.error().message)) << "seed " << seed;
            continue;
        }
        for (const Entry& entry : feed->entries) {
            EXPECT_TRUE(is_utf8(entry.title + entry.summary_html + entry.guid)) << "seed " << seed;
            EXPECT_TRUE(html::parse_url(entry.url)) << "seed " << seed;
        }
    }
}

// ---------------------------------------------------------------- encodings

TEST(FeedEncoding, IsThatOfDeclarationTransportOrBytes) {
    const std::string title_gbk =
        "\xB9\xFA\xBC\xCA\xD0\xC2\xCE\xC5\xD6\xD0\xB9\xFA\xC8\xD5\xB1\xA8";
    const std::string title = "国际新闻中国日报";
    const auto document = [](std::string_view declaration, std::string_view text) {
        return std::string(declaration) + "<rss><channel><title>" + std::string(text) +
               "</title></channel></rss>";
    };
    EXPECT_EQ(read(document("<?xml version='1.0' encoding='GB2312'?>", title_gbk)).title, title);
    EXPECT_EQ(read(document("", title_gbk), "gbk").title, title);
    // The transport says what the server's default is, not what the document has.
    EXPECT_EQ(read(document("<?xml version='1.0' encoding='gbk'?>", title_gbk), "utf-8").title,
              title);
    EXPECT_EQ(read(document("<?xml version='1.0' encoding='utf-8'?>", title_gbk), "gbk").title,
              title);
    EXPECT_EQ(read(document("<?xml version='1.0' encoding='iso-8859-1'?>", title)).title, title);
    EXPECT_EQ(read(document("<?xml version='1.0' encoding='utf-16'?>", title)).title, title);
    EXPECT_EQ(read(document("", title)).title, title);

    std::u16string wide =
        u"<?xml version=\"1.0\"?><rss><channel><title>国际</title></channel></rss>";
    std::string little;
    for (const char16_t c : wide) {
        little += static_cast<char>(c & 0xFF);
        little += static_cast<char>(c >> 8);
    }
    EXPECT_EQ(read("\xFF\xFE" + little).title, "国际");
    EXPECT_EQ(read(little).title, "国际");
}

TEST(FeedEncoding, SomeBadBytesCostOnlyThemselves) {
    std::string items;
    for (int i = 0; i < 40; ++i) {
        items += "<item><title>Zeitung über alles, größer und schöner</title><link>/" +
                 std::to_string(i) + "</link></item>";
    }
    const Feed feed = read(rss("<item><title>Good \xC3\x28</title><link>/x</link></item>" + items));
    ASSERT_THAT(feed.entries, SizeIs(41));
    EXPECT_EQ(feed.entries[0].title, "Good \xEF\xBF\xBD(");
    EXPECT_EQ(feed.entries[40].title, "Zeitung über alles, größer und schöner");
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("1 unreadable")));
}

// ---------------------------------------------------------------- no feed at all

TEST(NoFeed, SaysWhatItLooksLikeInstead) {
    const struct {
        std::string bytes;
        std::string_view words;
    } cases[] = {
        {"", "empty"},
        {" \n\t ", "empty"},
        {"<!DOCTYPE html><html><head><title>Access denied</title>",
         "an HTML page, 'Access denied'"},
        {"\n<!-- x --><HTML><body>Hello</body></HTML>", "an HTML page"},
        {"<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>X</title></head></html>",
         "an HTML page, 'X'"},
        {"<!doctype html><svg><?xml version=\"1.0\"?></svg>", "an HTML page"},
        {"\x89PNG\r\n\x1A\n", "a PNG image"},
        {"\xFF\xD8\xFF\xE0 JFIF", "a JPEG image"},
        {"{\"error\": \"not found\"}", "JSON"},
        {"[1, 2]", "JSON"},
        {"%PDF-1.7", "a PDF document"},
        {"Not found", "'Not found'"},
        {std::string("\0\1\2\3", 4), "binary data"},
        {"<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"></urlset>", "<urlset>"},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "svg"},
    };
    for (const auto& c : cases) {
        const auto feed = parse_feed(c.bytes, kFeedUrl, "");
        ASSERT_FALSE(feed) << c.words;
        EXPECT_EQ(feed.error().code, ErrorCode::kMalformed);
        EXPECT_THAT(feed.error().message,
                    AllOf(HasSubstr(kFeedUrl.href), HasSubstr(std::string(c.words))));
    }
}

TEST(Feed, TellsWhenItIsWorthAskingAgainAndWhoWouldTell) {
    const Feed feed = read(rss(
        "<ttl> 45 </ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour>"
        "</skipHours><skipDays><day>Sunday</day><day>saturday</day><day>Feastday</day></skipDays>"
        "<atom:link rel=\"hub\" href=\"https://hub.example/\"/>"
        "<atom:link rel=\"self\" href=\"/rss/feed.xml\"/>"));
    EXPECT_EQ(feed.poll, (PollHints{.ttl = std::chrono::minutes{45},
                                    .skip_hours = 1U | 1U << 5,
                                    .skip_days = 1U | 1U << 6,
                                    .hub = "https://hub.example/",
                                    .topic = "https://news.example/rss/feed.xml"}));
    EXPECT_EQ(read(atom("<link rel=\"hub\" href=\"https://hub.example/\"/>")).poll.hub,
              "https://hub.example/");
    for (const char* ttl : {"", "0", "-5", "soon", "99999999999999999999"})
        EXPECT_FALSE(read(rss("<ttl>" + std::string(ttl) + "</ttl>")).poll.ttl) << ttl;
}

}  // namespace
}  // namespace heliograph::source
