// SPDX-License-Identifier: GPL-3.0-or-later
// Sources told by their content; feeds themselves have feed_test.cpp.
#include "source/document.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <string>

#include "html/url.h"
#include "source/decoded_stream.h"

namespace heliograph::source {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Url kUrl = *html::parse_url("https://news.example/world/index");

Feed read(std::string_view bytes, const ReadingRules& rules = {}, std::string_view charset = {}) {
    auto feed = parse_source(bytes, kUrl, charset, rules);
    EXPECT_TRUE(feed) << (feed ? "" : feed.error().message);
    return feed ? std::move(*feed) : Feed{};
}

std::string refusal(std::string_view bytes, const ReadingRules& rules = {}) {
    const auto feed = parse_source(bytes, kUrl, {}, rules);
    EXPECT_FALSE(feed);
    return feed ? "" : feed.error().message;
}

std::vector<std::string> urls(const Feed& feed) {
    std::vector<std::string> out;
    for (const Entry& entry : feed.entries) out.push_back(entry.url);
    return out;
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// ---------------------------------------------------------------- JSON Feed

TEST(JsonFeed, GivesWhatTheOtherFeedsGive) {
    const Feed feed = read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "News",
        "language": "en", "next_url": "feed2.json", "authors": [{"name": "The desk"}], "items": [
        {"id": "1", "url": "/a", "title": "AT&amp;T \ud83d\ude00", "content_html": "<p>x</p>",
         "summary": "a < b", "date_published": "2026-11-14T08:30:00+08:00",
         "date_modified": "2026-11-15", "tags": ["one", "two"], "image": "/a.jpg",
         "authors": [{"name": "Jo"}]},
        {"id": "https://news.example/b", "content_text": "one\n\ntwo <3"},
        {"id": "https://news.example/b"}, {"id": "no address", "title": "T"}]})");
    EXPECT_EQ(feed.kind, SourceKind::kFeed);
    EXPECT_EQ(feed.older, "https://news.example/world/feed2.json");
    EXPECT_THAT(urls(feed), ElementsAre("https://news.example/a", "https://news.example/b"));
    const Entry& a = feed.entries.at(0);
    EXPECT_EQ(a.title, "AT&T \xF0\x9F\x98\x80");
    EXPECT_EQ(a.content_html, "<p>x</p>");
    EXPECT_EQ(a.summary_html, "a &lt; b");
    EXPECT_EQ(format_rfc3339(*a.published), "2026-11-14T08:30:00+08:00");
    EXPECT_EQ(format_rfc3339(*a.updated), "2026-11-15");
    EXPECT_THAT(a.tags, ElementsAre("one", "two"));
    EXPECT_THAT(a.authors, ElementsAre("Jo"));
    EXPECT_EQ(a.image_url, "https://news.example/a.jpg");
    EXPECT_EQ(feed.entries.at(1).content_html, "<p>one<p>two &lt;3");
    EXPECT_THAT(feed.entries.at(1).authors, ElementsAre("The desk"));
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("'T' left out: it has no address"),
                                           HasSubstr("1 items repeat")));
}

TEST(JsonFeed, CutOffGivesTheItemsBefore) {
    const Feed feed = read(R"({"version":"https://jsonfeed.org/version/1","items":[
        {"url":"https://a.example/1","title":"One"},{"url":"https://a.example/2","ti)");
    EXPECT_THAT(urls(feed), ElementsAre("https://a.example/1", "https://a.example/2"));
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("beyond line 2")));
}

TEST(JsonFeed, OtherJsonIsRefusedWithAHint) {
    EXPECT_THAT(refusal(R"({"items": [{"url": "https://a.example/1"}]})"),
                HasSubstr("it is JSON but no JSON Feed: say with fields"));
}

// ---------------------------------------------------------------- sitemaps

constexpr std::string_view kSitemap = R"(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/a?x=1&amp;y=2 </loc><lastmod>2026-11-14T08:00:00Z</lastmod>
  <image:image><image:loc>https://news.example/a.jpg</image:loc></image:image></url>
<url><loc>https://news.example/b</loc><news:news><news:publication><news:name>N</news:name>
  <news:language>zh-cn</news:language></news:publication>
  <news:publication_date>2026-11-15T00:10:00+08:00</news:publication_date>
  <news:title>头条 &amp;amp; 二条</news:title><news:keywords>世界, 经济</news:keywords></news:news></url>
<url><loc>https://news.example/b</loc></url><url><priority>1</priority></url></urlset>)";

TEST(Sitemap, GivesPagesDatesAndWhatNewsSitemapsAdd) {
    const Feed feed = read(kSitemap);
    EXPECT_EQ(feed.kind, SourceKind::kSitemap);
    EXPECT_THAT(urls(feed),
                ElementsAre("https://news.example/a?x=1&y=2", "https://news.example/b"));
    EXPECT_EQ(format_rfc3339(*feed.entries.at(0).updated), "2026-11-14T08:00:00Z");
    EXPECT_EQ(feed.entries.at(0).image_url, "https://news.example/a.jpg");
    const Entry& news = feed.entries.at(1);
    EXPECT_EQ(news.title, "头条 & 二条");
    EXPECT_EQ(news.language, "zh-cn");
    EXPECT_EQ(format_rfc3339(*news.published), "2026-11-15T00:10:00+08:00");
    EXPECT_THAT(news.tags, ElementsAre("世界", "经济"));
    EXPECT_THAT(feed.warnings, Contains(HasSubstr("a page left out: it has no address")));
}

TEST(Sitemap, PackedOneReadsTheSameInAnyNumberOfMembers) {
    const std::string whole = gzip(kSitemap);
    EXPECT_EQ(urls(read(whole)), urls(read(kSitemap)));
    const std::string parts = gzip(kSitemap.substr(0, 200)) + gzip(kSitemap.substr(200));
    EXPECT_EQ(urls(read(parts)), urls(read(kSitemap)));
    EXPECT_THAT(refusal(whole.substr(0, whole.size() / 2)), HasSubstr("end too early"));
    std::string damaged = whole;
    damaged[40] = static_cast<char>(damaged[40] ^ 0x55);
    EXPECT_THAT(refusal(damaged), HasSubstr("damaged"));
}

TEST(Sitemap, PackedBombIsRefused) {
    EXPECT_THAT(refusal(gzip(std::string(30 << 20, ' '))), HasSubstr("decompression bomb"));
}

TEST(Sitemap, IndexGivesItsParts) {
    const Feed feed = read(R"(<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>https://news.example/s1.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap>
        <sitemap><loc>/s2.xml</loc></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>)");
    EXPECT_EQ(feed.kind, SourceKind::kSitemapIndex);
    ASSERT_THAT(feed.parts, SizeIs(2));
    EXPECT_EQ(feed.parts[0].url, "https://news.example/s1.xml.gz");
    EXPECT_TRUE(feed.parts[0].updated);
    EXPECT_EQ(feed.parts[1].url, "https://news.example/s2.xml");
}

TEST(Sitemap, MalformedOneGivesEveryReadablePage) {
    const Feed feed = read(
        "<urlset><url><loc>https://news.example/a?b&c&nbsp;</loc></url>"
        "<url><loc>https://news.example/2</loc></url><url><loc>https://news.ex");
    EXPECT_THAT(urls(feed), ElementsAre(HasSubstr("/a?b&c"), "https://news.example/2"));
    EXPECT_THAT(feed.warnings, Contains(HasSubstr("cut")));
}

TEST(Outline, GivesItsFeeds) {
    const Feed feed = read(R"(<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head>
        <body><outline text="Folder"><outline type="rss" text="A" xmlUrl="https://a.example/feed"/>
        </outline><outline text="B" xmlUrl="https://b.example/rss" htmlUrl="https://b.example/"/>
        </body></opml>)");
    EXPECT_EQ(feed.kind, SourceKind::kOutline);
    ASSERT_THAT(feed.parts, SizeIs(2));
    EXPECT_EQ(feed.parts[1].url, "https://b.example/rss");
}

// ---------------------------------------------------------------- arrays

TEST(Array, OfAScriptIsReadByTheDeclaredMapping) {
    const ReadingRules rules{.links = {}, .fields = {{"url", "3"}, {"title", "1"}, {"date", "2"}}};
    const Feed feed = read(
        "/* made by hand */ var y={}; x=[[1,\"A \\\"big\\\" day\",\"2026-11-14\","
        "\"pages/a b/Über.html\"],\n[2,'二','2026-11-15 08:00','/二.html',],"
        "[3,\"no address\",\"\"],];",
        rules);
    EXPECT_EQ(feed.kind, SourceKind::kArray);
    EXPECT_THAT(urls(feed), ElementsAre("https://news.example/world/pages/a%20b/%C3%9Cber.html",
                                        "https://news.example/%E4%BA%8C.html"));
    EXPECT_EQ(feed.entries.at(0).title, "A \"big\" day");
    EXPECT_EQ(format_rfc3339(*feed.entries.at(0).published), "2026-11-14");
    EXPECT_EQ(feed.entries.at(1).title, "二");
    EXPECT_THAT(feed.warnings, ElementsAre(HasSubstr("element 3 of the array left out")));
}

TEST(Array, OfObjectsIsFoundWhereverItStands) {
    const ReadingRules rules{.links = {},
                             .fields = {{"url", "link.href"}, {"title", "t"}, {"date", "when"}}};
    const Feed feed = read(R"({"ok": true, "tags": ["a"], "data": {"rows": [
        {"t": "One", "link": {"href": "/1"}, "when": 1794645000},
        {"t": "Two", "link": {"href": "/2"}, "when": 1794645000000}]}})",
                           rules);
    EXPECT_THAT(urls(feed), ElementsAre("https://news.example/1", "https://news.example/2"));
    EXPECT_EQ(format_rfc3339(*feed.entries.at(0).published), "2026-11-14T08:30:00Z");
    EXPECT_EQ(feed.entries.at(1).published, feed.entries.at(0).published);
}

TEST(Array, InAScriptOfAPageIsFoundToo) {
    const Feed feed = read(
        "<!doctype html><script>function f(a){return a[0]} var list = "
        "[['/1','One'],['/2','Two']];</script>",
        {.links = {}, .fields = {{"url", "0"}, {"title", "1"}}});
    EXPECT_THAT(urls(feed), ElementsAre("https://news.example/1", "https://news.example/2"));
}

TEST(Array, CutOffGivesWhatStandsBefore) {
    const Feed feed =
        read("x=[[1,\"/1\"],[2,\"/2\"],[3,\"/3", {.links = {}, .fields = {{"url", "1"}}});
    EXPECT_THAT(urls(feed), Contains("https://news.example/1"));
    EXPECT_THAT(feed.warnings, Contains(HasSubstr("cannot be read beyond line 1")));
    EXPECT_THAT(refusal("x=5;", {.links = {}, .fields = {{"url", "1"}}}),
                HasSubstr("no array in it whose elements have an address"));
}

// ---------------------------------------------------------------- lists

TEST(List, EachLineIsHandledOrReportedWithItsNumber) {
    const Feed feed = read(
        "url,title\n"
        "https://a.example/1,Plain\n"
        "\n"
        "https://a.example/2,\"Commas, \"\"quotes\"\"\"\n"
        "https://a.example/3,No quotes, but commas\n"
        "https://a.example/1,Again\n"
        "daily.example/4,No scheme\n"
        "pages/5.html,A page of ours\n"
        "file:///srv/6.html,Another\n"
        "# a remark\n"
        "just words,nothing\n"
        "https://a.example/7,\"never closed\n"
        "https://a.example/8?a=1&utm_source=x,Last\r\n");
    EXPECT_EQ(feed.kind, SourceKind::kList);
    EXPECT_THAT(urls(feed),
                ElementsAre("https://a.example/1", "https://a.example/2", "https://a.example/3",
                            "https://daily.example/4", "https://a.example/7",
                            "https://a.example/8?a=1&utm_source=x"));
    EXPECT_EQ(feed.entries.at(1).title, "Commas, \"quotes\"");
    EXPECT_EQ(feed.entries.at(2).title, "No quotes, but commas");
    EXPECT_EQ(feed.entries.at(4).title, "never closed");
    EXPECT_THAT(feed.warnings,
                ElementsAre("line 6: 'https://a.example/1' left out: line 2 has it already",
                            HasSubstr("line 7: 'daily.example/4' has no https://: taken as"),
                            HasSubstr("line 8: 'pages/5.html' left out: it is a page of this"),
                            HasSubstr("line 9: 'file:///srv/6.html' left out"),
                            HasSubstr("line 11: left out: there is no address"),
                            "line 12: a quotation mark is never closed"));
}

TEST(List, TakesOtherOrdersAndSeparators) {
    EXPECT_EQ(read("\"One, two\",https://a.example/1\n").entries.at(0).title, "One, two");
    EXPECT_EQ(read("https://a.example/1\tOne, two\nhttps://a.example/2\tB\n").entries.at(0).title,
              "One, two");
    EXPECT_EQ(read("标题;url\n一;https://a.example/1\n").entries.at(0).url, "https://a.example/1");
    EXPECT_EQ(read("https://a.example/1\nhttps://a.example/2").entries.size(), 2U);
    const Feed dated = read(
        "title,url,date\nT,https://a.example/1,2026-11-14\nU,https://a.example/2,"
        "soon\n");
    EXPECT_TRUE(dated.entries.at(0).published);
    EXPECT_THAT(dated.warnings, ElementsAre("line 3: 'soon' is no date that is understood"));
}

TEST(List, TextWithoutAddressesIsNone) {
    EXPECT_THAT(refusal("Dear Mr. Smith,\nplease call.\n"), HasSubstr("text that begins with"));
}

// ---------------------------------------------------------------- section pages

// Thirty posts among a menu, a side column, advertisements and a footer.
std::string section_page(std::string_view item) {
    std::string page =
        "<!doctype html><html lang=\"en\"><head><title>World</title></head><body>"
        "<div class=top><ul class=menu>";
    for (int i = 0; i < 12; ++i)
        page += fmt::format("<li><a href=\"/section-{0}/\">Section of things {0}</a></li>", i);
    page += "</ul></div><div class=wrap><div class=content>";
    for (int i = 1; i <= 30; ++i) {
        std::string post(item);
        for (std::size_t at = post.find("{n}"); at != post.npos; at = post.find("{n}"))
            post.replace(at, 3, std::to_string(i));
        page += post;
        if (i % 10 == 0)
            page += "<div class=\"post ad-slot\"><h2><a href=\"/offer/" + std::to_string(i) +
                    "\">Ten things that you must buy before winter</a></h2></div>"
                    "<div class=post><h2><a href=\"https://ads.example/" +
                    std::to_string(i) +
                    "\">A trip that you will never forget at all</a></h2></div>";
    }
    page += "</div><div class=right><h3>Most read</h3><ul>";
    for (int i = 40; i < 50; ++i)
        page += fmt::format(
            "<li><a href=\"/2026/old-{0}\">An old story that many people read {0}</a></li>", i);
    page += "</ul></div></div><div class=bottom>";
    for (int i = 0; i < 40; ++i) page += fmt::format("<a href=\"/about/{0}\">About {0}</a>", i);
    return page + "</div></body></html>";
}

class SectionPage : public testing::TestWithParam<std::string_view> {};

TEST_P(SectionPage, GivesExactlyItsThirtyPosts) {
    const Feed feed = read(section_page(GetParam()));
    EXPECT_EQ(feed.kind, SourceKind::kPage);
    ASSERT_THAT(feed.entries, SizeIs(30));
    for (int i = 1; i <= 30; ++i) {
        EXPECT_EQ(feed.entries[static_cast<std::size_t>(i - 1)].url,
                  fmt::format("https://news.example/2026/story-{}", i));
        EXPECT_EQ(feed.entries[static_cast<std::size_t>(i - 1)].title,
                  fmt::format("The council decides on matter {}", i));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Designs, SectionPage,
    testing::Values(
        // A picture, a title in a heading, a summary, "read more", who, where.
        "<div class=\"post post-{n} odd{n}\"><a href=\"/2026/story-{n}\"><img src=x "
        "alt=x></a><h2><a "
        "href=\"/2026/story-{n}\">The council decides on matter {n}</a></h2><p>Much was said on "
        "both sides of the hall.</p><a href=\"/2026/story-{n}\">Read more</a> <a "
        "href=\"/author/jo\">Josephine Longname-Smythe of the desk</a> <a href=\"/tag/x\">Local "
        "politics and budget</a></div>",
        // Bare list items with a date.
        "<li><time datetime=\"2026-11-14\">14 Nov</time> <a href=\"/2026/story-{n}\">The council "
        "decides on matter {n}</a></li>",
        // A whole card is the link.
        "<article><a href=\"/2026/story-{n}\"><img src=x><h3>The council decides on matter "
        "{n}</h3><p>Much was said on both sides.</p><span>3 min</span></a></article>",
        // The title is no link.
        "<section class=teaser><h3>The council decides on matter {n}</h3><p>Much was said.</p><a "
        "href=\"/2026/story-{n}\">Read more</a></section>",
        // Renamed classes, nested rows.
        "<div class=\"r8x\"><div class=\"k{n}\"><div><span><a "
        "href=\"/2026/story-{n}\">The "
        "council decides on matter {n}</a></span></div></div></div>"));

TEST(SectionPageTitle, DatesStandBesideTheLinks) {
    const Feed feed =
        read(section_page("<li><time datetime=\"2026-11-{n}\">x</time><a "
                          "href=\"/2026/story-{n}\">The council decides "
                          "on matter {n}</a></li>"));
    EXPECT_EQ(format_rfc3339(*feed.entries.at(11).published), "2026-11-12");
}

TEST(SectionPageRule, TakesTheLinksOfACssSelector) {
    const std::string page =
        "<!doctype html><div id=a><a href=/1>One</a><a href=/2>Two</a></div><p class=lead><a "
        "href=/3>Three</a></p><a rel=\"next\" href=\"?page=2\">Older</a>";
    EXPECT_THAT(
        urls(read(page, {.links = "#a a, .lead", .fields = {}})),
        ElementsAre("https://news.example/1", "https://news.example/2", "https://news.example/3"));
    EXPECT_EQ(read(page, {.links = "#a > a", .fields = {}}).older,
              "https://news.example/world/index?page=2");
    EXPECT_THAT(refusal(page, {.links = ".gone", .fields = {}}),
                HasSubstr("its rule links = '.gone' matches nothing"));
    EXPECT_THAT(refusal(page, {.links = "a[", .fields = {}}), HasSubstr("is no CSS selector"));
}

TEST(SectionPageOlder, IsFoundWithoutRel) {
    const struct {
        std::string_view pager;
        std::string_view older;
    } cases[] = {
        // The page is https://news.example/world/index.
        {"<a href='?page=2'>下一页</a>", "https://news.example/world/index?page=2"},
        {"<a href=/world/page/2>Older posts</a>", "https://news.example/world/page/2"},
        {"<a href=index_2.html>下一頁 &gt;</a>", "https://news.example/world/index_2.html"},
        {"<a href=list_14_2.html>次へ</a>", "https://news.example/world/list_14_2.html"},
        {"<a href='?start=20'>Следующая</a>", "https://news.example/world/index?start=20"},
        {"<b>1</b><a href='?page=2'>2</a><a href='?page=3'>3</a>",
         "https://news.example/world/index?page=2"},
        {"<b>1</b><a href='?page=1'>2</a><a href='?page=2'>3</a>",
         "https://news.example/world/index?page=1"},
        {"<a href='?page=1'>1</a><a href='?page=2'>2</a>",
         "https://news.example/world/index?page=2"},
        {"<b>1</b><a href=list_7_2.shtml>2</a><a href=list_7_3.shtml>3</a>",
         "https://news.example/world/list_7_2.shtml"},
        {"<a title='Next page' href='?page=2'><i></i></a>",
         "https://news.example/world/index?page=2"},
        // A next article, a next slide, pages of another list, of another site.
        {"<a href=/2026/story-44>Next story: the harbour</a>", ""},
        {"<a href='#'>Next</a><a href='javascript:next()'>下一页</a>", ""},
        {"<a href=/sport/page/2>Next</a>", ""},
        {"<a href=/2025/>2025</a><a href=/2026/11/02>2</a><a href=/2026/11/03>3</a>", ""},
        {"<a href='https://other.example/world/page/2'>Next</a>", ""},
    };
    for (const auto& c : cases) {
        const std::string page =
            section_page("<li><a href=\"/2026/story-{n}\">The council decides on matter {n}</a>") +
            "<div class=pager>" + std::string(c.pager) + "</div>";
        EXPECT_EQ(read(page).older, c.older) << c.pager;
    }
}

TEST(SectionPageRule, APageWithoutAListIsRefused) {
    EXPECT_THAT(
        refusal("<!doctype html><title>Access denied</title><p>Go away. <a href=/>Home</a>"),
        AllOf(HasSubstr("an HTML page, 'Access denied'"), HasSubstr("no list of articles shows")));
}

// ---------------------------------------------------------------- the rest

TEST(ParseSource, StillReadsFeedsAndSaysWhatIsNone) {
    EXPECT_EQ(
        read("<rss><channel><item><link>https://a.example/1</link></item></channel></rss>").kind,
        SourceKind::kFeed);
    EXPECT_THAT(refusal(""), HasSubstr("empty"));
    EXPECT_THAT(refusal("\x89PNG\r\n"), HasSubstr("a PNG image"));
    EXPECT_THAT(refusal("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), HasSubstr("not a feed"));
}

}  // namespace
}  // namespace heliograph::source
