// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/article_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::html {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ArticleReader, GivesEachToken) {
    ArticleReader reader("<p lang=\"de\">a &amp; b<br>c</p>\n<hr>\n");
    ArticleToken token;
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.kind, ArticleToken::Kind::kStart);
    EXPECT_EQ(token.name, "p");
    EXPECT_EQ(attribute_value(token, "lang"), "de");
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.kind, ArticleToken::Kind::kText);
    EXPECT_EQ(token.text, "a &amp; b");
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.name, "br");
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.text, "c");
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.kind, ArticleToken::Kind::kEnd);
    EXPECT_EQ(token.name, "p");
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(token.name, "hr");
    EXPECT_FALSE(reader.next(token));
    EXPECT_TRUE(reader.ok());
}

TEST(ArticleReader, StopsAtWhatIsNotArticleHtml) {
    for (const auto* text :
         {"<p", "<>", "<P>", "<p class=x>", "<p class='x'>", "<p class=\"x>", "<p  x=\"y\">",
          "</p x=\"y\">", "<!-- x -->", "<br/>", "<a href=\"x\"href=\"y\">"}) {
        ArticleReader reader(text);
        ArticleToken token;
        while (reader.next(token)) {
        }
        EXPECT_FALSE(reader.ok()) << text;
        EXPECT_FALSE(reader.next(token)) << text;
    }
}

TEST(AttributeValue, IsDecodedAndFoundByItsWholeName) {
    ArticleReader reader(
        R"(<img alt="a &quot;b&quot; &lt;c&gt;" src="https://a.example/?a=1&amp;b=2">)");
    ArticleToken token;
    ASSERT_TRUE(reader.next(token));
    EXPECT_EQ(attribute_value(token, "alt"), "a \"b\" <c>");
    EXPECT_EQ(attribute_value(token, "src"), "https://a.example/?a=1&b=2");
    EXPECT_EQ(attribute_value(token, "rc"), "");
    EXPECT_EQ(attribute_value(token, "title"), "");
}

TEST(Unescape, DecodesTheFourReferencesOnce) {
    EXPECT_EQ(unescape("&amp;lt; &lt;&gt;&quot; &nbsp; & x"), "&lt; <>\" &nbsp; & x");
}

TEST(PlainText, HasABlankLineBetweenBlocksAndNoCaptions) {
    EXPECT_EQ(plain_text("<h2>Head</h2>\n<p>one <em>two</em><br>three &amp; four</p>\n"
                         "<figure><img src=\"https://a.example/1.jpg\"><figcaption>no</figcaption>"
                         "</figure>\n<ul><li>a</li><li>b</li></ul>\n"
                         "<blockquote><p>quote</p></blockquote>\n"),
              "Head\n\none two\nthree & four\n\na\nb\n\nquote");
    EXPECT_EQ(plain_text("<table><caption>no</caption><tbody><tr><th>x</th><td>1</td></tr>"
                         "<tr><th>y</th><td>2</td></tr></tbody></table>\n"),
              "x\t1\ny\t2");
    EXPECT_EQ(plain_text("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都</p>\n"),
              "東京都");
    EXPECT_EQ(plain_text("<pre>a\n  b\n\nc</pre>\n"), "a\n  b\n\nc");
    EXPECT_EQ(plain_text(""), "");
}

TEST(ImageUrls, AreInOrderWithoutDoubles) {
    EXPECT_THAT(image_urls("<figure><img src=\"https://a.example/2.jpg\"></figure>\n"
                           "<p>x<img alt=\"\" src=\"https://a.example/1.jpg?a=1&amp;b=2\"></p>\n"
                           "<figure><img src=\"https://a.example/2.jpg\"></figure>\n"),
                ElementsAre("https://a.example/2.jpg", "https://a.example/1.jpg?a=1&b=2"));
    EXPECT_THAT(image_urls("<p>x</p>\n"), IsEmpty());
}

}  // namespace
}  // namespace heliograph::html
