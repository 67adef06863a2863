// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/article_builder.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::html {
namespace {

using enum ArticleElement;

const Url& base() {
    static const Url url = *parse_url("https://daily.example/world/story.html");
    return url;
}

// Events in short: "<p>", "</>", "[div]" for a block of no kind, anything else is text.
std::string build(std::string_view events) {
    ArticleBuilder builder(&base());
    while (!events.empty()) {
        if (!events.starts_with('<')) {
            const std::string_view text = events.substr(0, events.find('<'));
            builder.text(unescape(text));
            events.remove_prefix(text.size());
            continue;
        }
        const std::string_view tag = events.substr(1, events.find('>') - 1);
        events.remove_prefix(tag.size() + 2);
        if (tag == "/") {
            builder.close();
        } else if (tag == "div") {
            builder.break_paragraph();
        } else {
            const std::string_view name = tag.substr(0, tag.find(' '));
            const ArticleToken token{.kind = ArticleToken::Kind::kStart,
                                     .name = name,
                                     .text = {},
                                     .attributes = tag.substr(name.size())};
            const auto value = [&](std::string_view attribute) {
                return attribute_value(token, attribute);
            };
            const std::string alt = value("alt"), href = value("href"), src = value("src"),
                              title = value("title"), datetime = value("datetime"),
                              embed = value("data-embed"), lang = value("lang"), dir = value("dir"),
                              start = value("start"), colspan = value("colspan"),
                              rowspan = value("rowspan"), width = value("width"),
                              height = value("height");
            builder.open(*parse_article_element(name), {.alt = alt,
                                                        .colspan = colspan,
                                                        .data_embed = embed,
                                                        .datetime = datetime,
                                                        .dir = dir,
                                                        .height = height,
                                                        .href = href,
                                                        .lang = lang,
                                                        .rowspan = rowspan,
                                                        .src = src,
                                                        .start = start,
                                                        .title = title,
                                                        .width = width});
        }
    }
    return builder.finish();
}

struct Case {
    std::string_view events;
    std::string_view body;
};

void expect_all(std::initializer_list<Case> cases) {
    for (const Case& c : cases) {
        EXPECT_EQ(build(c.events), c.body) << c.events;
        EXPECT_EQ(rebuild_article_html(c.body), c.body);
    }
}

TEST(ArticleBuilder, WritesParagraphsWithCollapsedSpace) {
    expect_all({
        {"<p>  one\n two  </><p> </><p>three</>", "<p>one two</p>\n<p>three</p>\n"},
        {"loose<div>more<p>text</>end", "<p>loose</p>\n<p>more</p>\n<p>text</p>\n<p>end</p>\n"},
        {"<p>　　全角\u00a0空白 </>", "<p>全角\u00a0空白</p>\n"},
        {"<p>a &lt;b&gt; &amp; \"c\"</>", "<p>a &lt;b&gt; &amp; \"c\"</p>\n"},
        {"<p>a\x01\x7f\u0085z</>", "<p>az</p>\n"},
        // A control character between two spaces leaves one of them.
        {"<p>one two \u0096 three \x01"
         "four  \uFFFE  six</>",
         "<p>one two three four six</p>\n"},
        {"<p>one<p>two", "<p>one</p>\n<p>two</p>\n"},
    });
}

TEST(ArticleBuilder, WhatShowsNothingIsNothing) {
    EXPECT_EQ(build("<p>a</><p>\u200d</><p> \u2060<strong>\u200e\u00ad</><br></><p>b</>"),
              "<p>a</p>\n<p>b</p>\n");
    // Beside letters it shapes them.
    EXPECT_EQ(build("<p>\u200fه\u200d</>"), "<p>\u200fه\u200d</p>\n");
}

TEST(ArticleBuilder, KeepsSpacesOutsideOfInlineElements) {
    expect_all({
        {"<p>one <strong> two </>three</>", "<p>one <strong>two</strong> three</p>\n"},
        {"<p>a<em> </>b<em></></>", "<p>a b</p>\n"},
        {"<p><strong>a</><strong>b</></>", "<p><strong>ab</strong></p>\n"},
        {"<p>a<strong><strong>b</></></>", "<p>a<strong>b</strong></p>\n"},
        {"<p>a<strong><br>b</><em><br></>c</>", "<p>a<br><strong>b</strong><br>c</p>\n"},
    });
}

TEST(ArticleBuilder, CarriesInlineElementsThroughBlocks) {
    expect_all({
        {"<a href=\"/x\"><p>one</><p>two</></>",
         "<p><a href=\"https://daily.example/x\">one</a></p>\n"
         "<p><a href=\"https://daily.example/x\">two</a></p>\n"},
        {"<h2>a<p>b</></>", "<h2>a b</h2>\n"},
    });
}

TEST(ArticleBuilder, TurnsDoubledBreaksIntoParagraphs) {
    expect_all({
        {"<p><br>a<br>b<br><br>c<br><br><br>d<br></>", "<p>a<br>b</p>\n<p>c</p>\n<p>d</p>\n"},
        {"<h2>a<br><br>b</>", "<h2>a<br>b</h2>\n"},
        {"<p>a <br> b&amp;</>", "<p>a<br>b&amp;</p>\n"},
    });
}

TEST(ArticleBuilder, PutsHeadingsOnALadder) {
    expect_all({
        {"<h3>a</><h3>b</><h6>c</><h4>d</><h2>e</>",
         "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n<h3>d</h3>\n<h2>e</h2>\n"},
        {"<h2> </><h3>a</>", "<h2>a</h2>\n"},
    });
}

TEST(ArticleBuilder, NestsLists) {
    expect_all({
        {"<ul>loose<li>a<ul><li>b</></></><li> </></>",
         "<ul><li>loose</li><li><p>a</p><ul><li>b</li></ul></li></ul>\n"},
        {"<li>a</><li>b</>", "<p>a</p>\n<p>b</p>\n"},
        {"<ol start=\"3\"><li><p>a</><p>b</></></>",
         "<ol start=\"3\"><li><p>a</p><p>b</p></li></ol>\n"},
        {"<dl><dt>a</><dd>b</>c</>", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>\n"},
        {"<p>a<ul><li>b</></>c</>", "<p>a</p>\n<ul><li>b</li></ul>\n<p>c</p>\n"},
    });
}

TEST(ArticleBuilder, OrdersTheTable) {
    expect_all({
        {"<table><tr><td>a</><td></></><tr><td></></><thead><tr><th>b</></></>"
         "<caption>c</></>",
         "<table><caption>c</caption><tbody><tr><td>a</td><td></td></tr><tr><th>b</th></tr>"
         "</tbody></table>\n"},
        {"<table><thead><tr><th colspan=\"2\">h</></></><tr><td>a</><td>b</></></>",
         "<table><thead><tr><th colspan=\"2\">h</th></tr></thead><tbody><tr><td>a</td><td>b</td>"
         "</tr></tbody></table>\n"},
        {"<table><tr><td><table><tr><td>in</></></>out</></></>",
         "<table><tbody><tr><td><p>in</p><p>out</p></td></tr></tbody></table>\n"},
        {"<table>text</>", "<table><tbody><tr><td>text</td></tr></tbody></table>\n"},
        {"<table><tr><td></></></>", ""},
        {"<tr><td>a</><td>b</></>", "<p>a</p>\n<p>b</p>\n"},
    });
}

TEST(ArticleBuilder, BuildsFiguresRoundPictures) {
    expect_all({
        {"<p><a href=\"/y\"><img src=\"a.jpg\" alt=\"A\"></></>",
         "<figure><img alt=\"A\" src=\"https://daily.example/world/a.jpg\"></figure>\n"},
        {"<figure><img src=\"/a\"><figcaption>one</><img src=\"/b\"><figcaption>two</></>",
         "<figure><img alt=\"\" src=\"https://daily.example/a\"><figcaption>one</figcaption>"
         "</figure>\n<figure><img alt=\"\" src=\"https://daily.example/b\"><figcaption>two"
         "</figcaption></figure>\n"},
        {"<figure><figcaption>above</><img src=\"/a\"></>",
         "<figure><img alt=\"\" src=\"https://daily.example/a\"><figcaption>above</figcaption>"
         "</figure>\n"},
        {"<figure><figcaption>alone</></>", "<p>alone</p>\n"},
        {"<p>See <img src=\"/s.png\" width=\"12\" height=\"10px\"> here</>",
         "<p>See <img alt=\"\" height=\"10\" src=\"https://daily.example/s.png\" width=\"12\"> "
         "here</p>\n"},
        {"<p>a<img src=\"javascript:x\"><img src=\"data:image/gif;base64,AA\"></>", "<p>a</p>\n"},
    });
}

TEST(ArticleBuilder, BuildsEmbedsRoundTheirLink) {
    expect_all({
        {"<figure data-embed=\"video\"><a href=\"https://video.example/1\">The launch</>"
         "<figcaption>c</></>",
         "<figure data-embed=\"video\"><a href=\"https://video.example/1\">The launch</a>"
         "<figcaption>c</figcaption></figure>\n"},
        {"<blockquote data-embed=\"post\"><p>said</></>",
         "<blockquote data-embed=\"post\"><p>said</p></blockquote>\n"},
        {"<figure data-embed=\"video\">text</>", "<p>text</p>\n"},
        {"<blockquote data-embed=\"x\">q</>", "<blockquote><p>q</p></blockquote>\n"},
    });
}

TEST(ArticleBuilder, ChecksAddresses) {
    expect_all({
        {"<p><a href=\"javascript:alert(1)\">a</> <a href=\"#b\">b</> "
         "<a href=\"c?utm_source=x&amp;q=1#top\">c</> <a "
         "href=\"MAILTO:e@d.example?body=x\">d</></>",
         "<p>a b <a href=\"https://daily.example/world/c?q=1\">c</a> "
         "<a href=\"mailto:e@d.example\">d</a></p>\n"},
        {"<p><a href=\"//x.example/\"><a href=\"/y\">in</>out</></>",
         "<p><a href=\"https://x.example/\">inout</a></p>\n"},
    });
}

TEST(ArticleBuilder, KeepsPreformattedTextAsItIs) {
    expect_all({
        {"<pre>\n  a\n\tb <strong>c</>\n\n</>", "<pre>  a\n\tb c</pre>\n"},
        {"<pre>a<br>b<p>c</></>", "<pre>a\nb\nc</pre>\n"},
    });
}

TEST(ArticleBuilder, KeepsRubyAndTime) {
    expect_all({
        {"<p><ruby>漢<rp>(</><rt>かん</><rp>)</></></>",
         "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>\n"},
        {"<p><rt>x</><time datetime=\"2026-11-24\">today</> <time>then</></>",
         "<p>x<time datetime=\"2026-11-24\">today</time> then</p>\n"},
        {"<p lang=\"ar\" dir=\"RTL\">ا<em lang=\"x y\">b</></>",
         "<p dir=\"rtl\" lang=\"ar\">ا<em>b</em></p>\n"},
    });
}

TEST(ArticleBuilder, DropsRulesThatSeparateNothing) {
    expect_all({{"<hr><p>a</><hr><hr><p>b</><hr>", "<p>a</p>\n<hr>\n<p>b</p>\n"}});
}

TEST(ArticleBuilder, LiftsWhatNestsTooDeep) {
    ArticleBuilder builder;
    for (int i = 0; i < 100'000; ++i) {
        builder.open(kBlockquote);
        builder.open(kUl);
        builder.open(kEm);
    }
    builder.text("deep");
    const std::string body = builder.finish();
    EXPECT_EQ(body.find("deep"), body.rfind("deep"));
    EXPECT_EQ(rebuild_article_html(body), body);
}

// Any events in any order.
TEST(ArticleBuilder, IsIdempotentWhateverComes) {
    constexpr std::array kTexts = {"word",  " ",    "two words ", "\n", "\u00a0", "　中文",
                                   "<&\">", "\x02", "a\tb",       "",   " x"};
    constexpr std::array kUrls = {"/a", "javascript:x", "https://x.example/?utm_id=1&y", "#f", ""};
    constexpr std::array kEmbeds = {"", "", "video", "post", "bad"};
    for (unsigned seed = 1; seed <= 4'000; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](const auto& from) { return from[random() % from.size()]; };
        ArticleBuilder builder(&base());
        std::size_t depth = 0;
        std::string events;
        const unsigned count = 1 + random() % 60;
        for (unsigned i = 0; i < count; ++i) {
            switch (random() % 8) {
                case 0:
                case 1:
                    if (depth == 0) break;
                    --depth;
                    builder.close();
                    events += "</>";
                    break;
                case 2:
                case 3: {
                    const std::string_view text = pick(kTexts);
                    events += text;
                    builder.text(text);
                    break;
                }
                case 4:
                    builder.break_paragraph();
                    events += "<div>";
                    break;
                default: {
                    const auto element =
                        static_cast<ArticleElement>(random() % (static_cast<int>(kImg) + 1));
                    events += "<" + std::string(to_string(element)) + ">";
                    builder.open(element, {.alt = pick(kTexts),
                                           .colspan = "2",
                                           .data_embed = pick(kEmbeds),
                                           .datetime = random() % 2 == 0 ? "2026" : "",
                                           .dir = random() % 4 == 0 ? "rtl" : "",
                                           .href = pick(kUrls),
                                           .rowspan = random() % 9 == 0 ? "2" : "",
                                           .src = pick(kUrls),
                                           .title = pick(kTexts)});
                    if (element != kBr && element != kHr && element != kImg) ++depth;
                }
            }
        }
        const std::string body = builder.finish();
        ASSERT_TRUE(is_utf8(body));
        ASSERT_EQ(rebuild_article_html(body), body) << "seed " << seed << ": " << events;
        ArticleReader reader(body);
        std::vector<std::string_view> open;
        for (ArticleToken token; reader.next(token);) {
            if (token.kind == ArticleToken::Kind::kEnd) {
                ASSERT_FALSE(open.empty());
                ASSERT_EQ(open.back(), token.name);
                open.pop_back();
            } else if (token.kind == ArticleToken::Kind::kStart) {
                ASSERT_TRUE(parse_article_element(token.name));
                if (token.name != "br" && token.name != "img" && token.name != "hr")
                    open.push_back(token.name);
            }
        }
        ASSERT_TRUE(reader.ok() && open.empty()) << body;
    }
}

}  // namespace
}  // namespace heliograph::html
