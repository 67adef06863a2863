// SPDX-License-Identifier: GPL-3.0-or-later
// What publishers write never becomes more than text, and pages ask no other host for anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "base/hash.h"
#include "html/dom.h"
#include "html/escape.h"
#include "render/support.h"

namespace heliograph::render {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kAttacks[] = {
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</title></style></textarea><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "](https://evil.example/) ![",
    "<https://evil.example/>",
    "`<img src=x onerror=alert(1)>`",
    "\\`<img src=x onerror=alert(1)>",
    "*/ } body { background: url(https://evil.example/) }",
    "{{{body}}} {{> head}} {{#menu}}",
    "&lt;script&gt;",
    "<!--",
    "]]><svg onload=alert(1)>",
    "--\n\n<script>alert(1)</script>\n\n",
};

Article attacked(std::string_view attack) {
    const std::string text(attack);
    Article article =
        test::article_of("k3v9x0q2ma", text, "<p>" + html::escape_text(text) + "</p>\n");
    article.publisher = text;
    article.authors = {text, text};
    article.standfirst = text;
    article.section = text;
    article.is_accessible_for_free = false;
    article.lead_image = {
        .url = "https://a.example/" + text, .alt = text, .caption = text, .credit = text};
    article.url = "https://a.example/" + text;
    article.language = text;
    article.body +=
        "<figure><img alt=\"" + html::escape_attribute(text) +
        "\" src=\"https://a.example/x\"></figure>\n<table><tbody><tr><td>" +
        html::escape_text(text) + "</td></tr></tbody></table>\n<p><abbr title=\"" +
        html::escape_attribute(text) + "\">x</abbr><a href=\"javascript:alert(1)\">y</a>" +
        "<a href=\"https://a.example/" + html::escape_attribute(text) + "\">z</a></p>\n";
    return article;
}

// Everything that could run, load, submit or restyle, found by a parser.
void expect_harmless(std::string_view page, std::size_t styles) {
    static html::Document document;
    document.parse(page);
    std::vector<html::Node> open = {document.root()};
    std::size_t style_elements = 0;
    while (!open.empty()) {
        const html::Node node = open.back();
        open.pop_back();
        for (html::Node child = node.first_child(); child; child = child.next())
            open.push_back(child);
        if (!node.is_element()) continue;
        const html::Tag tag = node.tag();
        for (const html::Tag bad :
             {LXB_TAG_SCRIPT, LXB_TAG_IFRAME, LXB_TAG_OBJECT, LXB_TAG_EMBED, LXB_TAG_FORM,
              LXB_TAG_INPUT, LXB_TAG_BASE, LXB_TAG_VIDEO, LXB_TAG_AUDIO, LXB_TAG_TEMPLATE})
            EXPECT_NE(tag, bad);
        if (tag == LXB_TAG_STYLE) ++style_elements;
        const std::string source(node.attribute("src"));
        EXPECT_EQ(source.find(':'), std::string::npos) << source;
        if (tag == LXB_TAG_A) {
            EXPECT_FALSE(std::string(node.attribute("href")).starts_with("javascript"));
        }
        for (const auto* bad : {"onerror", "onload", "onclick", "style", "srcset"})
            EXPECT_FALSE(node.has_attribute(bad)) << bad;
    }
    EXPECT_EQ(style_elements, styles);
}

TEST(Page, MakesNothingButTextOfWhatPublishersWrite) {
    for (const std::string_view attack : kAttacks) {
        const Article article = attacked(attack);
        Mirror mirror = test::mirror_of("en");
        mirror.title = mirror.description = mirror.contact = std::string(attack);
        mirror.sections[0].name = std::string(attack);
        for (const PageFormat format : {PageFormat::kHtml, PageFormat::kMarkdown}) {
            const bool is_html = format == PageFormat::kHtml;
            for (const auto& [path, bytes] :
                 test::render_all(mirror, test::target_of(format), {article})) {
                SCOPED_TRACE(path + " " + std::string(attack));
                if (!path.ends_with(".html") && !path.ends_with(".md")) continue;
                expect_harmless(is_html ? bytes : test::cmark_gfm(bytes), is_html ? 1 : 0);
            }
        }
    }
}

TEST(HtmlPage, AllowsItselfNothingButItsOwnStyleAndPictures) {
    for (const auto& [path, page] :
         test::render_all(test::mirror_of("en"), test::target_of(PageFormat::kHtml),
                          {test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n")})) {
        if (!path.ends_with(".html")) continue;
        std::smatch style;
        ASSERT_TRUE(std::regex_search(page, style, std::regex("<style>([^<]*)</style>"))) << path;
        EXPECT_LT(style[1].length(), 10'000);
        EXPECT_THAT(page,
                    HasSubstr("default-src 'none'; img-src 'self' data:; manifest-src 'self'; "
                              "style-src 'sha256-"));
        EXPECT_THAT(page, HasSubstr("<meta name=\"referrer\" content=\"no-referrer\">"));
        EXPECT_THAT(page, Not(testing::ContainsRegex("<(script|iframe|link rel=\"?(style|pre))")));
        EXPECT_THAT(style[1].str(), Not(HasSubstr("url(")));
    }
}

TEST(HtmlPage, OfAnArticleIsAtMostTwentyKilobytesOverItsText) {
    std::string body;
    for (int i = 0; i < 40; ++i)
        body +=
            "<p>A paragraph of <em>some</em> length, with <a href=\"https://a.example/\">a "
            "link</a>, number " +
            std::to_string(i) + ", as a news article would have it.</p>\n";
    const Article article = test::article_of("k3v9x0q2ma", "A title", body);
    for (const PageFormat format : {PageFormat::kHtml, PageFormat::kMarkdown}) {
        const Renderer renderer =
            test::open_renderer(test::mirror_of("ru"), test::target_of(format));
        const std::string page = test::render_one(renderer, article)
                                     .at(renderer.article_path(test::summary_of(article)));
        EXPECT_LT(page.size(), html::text_of_fragment(body).size() + 20'000);
    }
}

}  // namespace
}  // namespace heliograph::render
