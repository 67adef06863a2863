// SPDX-License-Identifier: GPL-3.0-or-later
// Program code in articles, as highlighters write it.
#include "extract/code_block.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "extract/extract.h"
#include "html/dom.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kParagraph =
    "<p>The tide tables are computed by a small program, which the harbour master wrote in one "
    "winter and has not changed, he says, in any of the years since then. Part {}.</p>";

std::string paragraph(int part) { return fmt::format(fmt::runtime(kParagraph), part); }

std::string body_of(const std::string& content) {
    const std::string page =
        "<!DOCTYPE html><html lang=en><head><title>How the tables are made | Daily</title></head>"
        "<body><nav><a href='/'>Home</a></nav><main><article><h1>How the tables are made</h1>" +
        content + "</article></main><footer><p>All rights reserved.</p></footer></body></html>";
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/tables.html").value(),
                         .transport_charset = "utf-8"});
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) return "refused";
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    return article->body;
}

TEST(Code, EachLineOfAHighlighterIsOneLine) {
    const std::string_view expected = "<pre>def tide(t):\n\n    return t * 2\nprint(tide(3))</pre>";
    const struct {
        std::string_view name;
        std::string_view markup;
    } cases[] = {
        {"plain", "<pre><code>def tide(t):\n\n    return t * 2\nprint(tide(3))\n</code></pre>"},
        {"br", "<pre>def tide(t):<br><br>    return t * 2<br>print(tide(3))</pre>"},
        {"div",
         "<pre><div>def tide(t):</div><div></div><div>    return t * 2</div><div>"
         "print(tide(3))</div></pre>"},
        {"div with br",
         "<pre><code><div class=token-line><span>def</span> tide(t):</div><div "
         "class=token-line><br></div><div class=token-line>    return t * 2</div>"
         "<div class=token-line>print(tide(3))</div></code></pre>"},
        {"shiki without line feeds",
         "<pre class=shiki><code><span class=line><span>def tide(t):</span></span><span "
         "class=line></span><span class=line><span>    return</span> t * 2</span><span "
         "class=line>print(tide(3))</span></code></pre>"},
        {"shiki with line feeds",
         "<pre class=shiki><code><span class=line>def tide(t):</span>\n<span class=line></span>\n"
         "<span class=line>    return t * 2</span>\n<span class=line>print(tide(3))</span></code>"
         "</pre>"},
        {"line feeds within lines",
         "<pre><code><span class='line'><span class=cl>def tide(t):\n</span></span><span "
         "class=line><span class=cl>\n</span></span><span class=line>    return t * 2\n</span>"
         "<span class=line>print(tide(3))\n</span></code></pre>"},
        {"code in each line",
         "<pre><code>def tide(t):</code><code></code><code>    return t * 2"
         "</code><code>print(tide(3))</code></pre>"},
        {"list of lines",
         "<pre><ol><li>def tide(t):</li><li></li><li>    return t * 2</li><li>"
         "print(tide(3))</li></ol></pre>"},
        {"numbers in spans",
         "<pre><code><span class=line-number>1</span>def tide(t):\n<span class=line-number>2</span>"
         "\n<span class=line-number>3</span>    return t * 2\n<span class=line-number>4</span>"
         "print(tide(3))</code></pre>"},
        {"numbers with flex lines",
         "<pre><code><span class=line><span class=ln>1</span><span class=cl>def tide(t):\n</span>"
         "</span><span class=line><span class=ln>2</span><span class=cl>\n</span></span><span "
         "class=line><span class=ln>3</span><span class=cl>    return t * 2\n</span></span><span "
         "class=line><span class=ln>4</span><span class=cl>print(tide(3))</span></span></code>"
         "</pre>"},
        {"copy button",
         "<pre><button>Copy</button><div class=copy-btn>Copy</div><code>def tide(t):"
         "\n\n    return t * 2\nprint(tide(3))</code></pre>"},
        {"two cells of a table",
         "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2\n3\n4"
         "</pre></div></td><td class=code><div class=highlight><pre>def tide(t):\n\n    return t * "
         "2\nprint(tide(3))\n</pre></div></td></tr></table>"},
        {"a row for each line",
         "<table class='code-table'><tr><td class=blob-num data-line-number=1></td><td "
         "class=blob-code>def tide(t):</td></tr><tr><td class=blob-num data-line-number=2></td><td "
         "class=blob-code></td></tr><tr><td class=blob-num data-line-number=3></td><td "
         "class=blob-code>    return t * 2</td></tr><tr><td class=blob-num data-line-number=4></td>"
         "<td class=blob-code>print(tide(3))</td></tr></table>"},
        {"a table within pre",
         "<pre><code><table class=hljs-ln><tbody><tr><td class=hljs-ln-numbers><div "
         "class=hljs-ln-n data-line-number=1></div></td><td class=hljs-ln-code>def tide(t):</td>"
         "</tr><tr><td class=hljs-ln-numbers>2</td><td class=hljs-ln-code></td></tr><tr><td "
         "class=hljs-ln-numbers>3</td><td class=hljs-ln-code>    return t * 2</td></tr><tr><td "
         "class=hljs-ln-numbers>4</td><td class=hljs-ln-code>print(tide(3))</td></tr></tbody>"
         "</table></code></pre>"},
        {"gutter",
         "<table class=syntaxhighlighter><tr><td class=gutter><div class='line "
         "number1'>1</div><div "
         "class='line number2'>2</div><div class='line number3'>3</div><div class='line number4'>4"
         "</div></td><td class=code><div class=container><div class='line number1'><code>def"
         "</code> tide(t):</div><div class='line number2'></div><div class='line number3'>    "
         "return t * 2</div><div class='line "
         "number4'>print(tide(3))</div></div></td></tr></table>"},
    };
    for (const auto& c : cases) {
        const std::string body =
            body_of(paragraph(0) + paragraph(1) + std::string(c.markup) + paragraph(2));
        EXPECT_THAT(body, HasSubstr(expected)) << c.name;
        EXPECT_THAT(body, Not(HasSubstr("Copy"))) << c.name;
    }
}

TEST(Code, TabsStay) {
    EXPECT_THAT(body_of(paragraph(0) + "<pre>all:\n\tcc tide.c\n\t\t-o tide</pre>" + paragraph(1)),
                HasSubstr("<pre>all:\n\tcc tide.c\n\t\t-o tide</pre>"));
}

TEST(Code, OfAnyLengthBetweenKeptBlocksIsKept) {
    std::string content = paragraph(0);
    for (int i = 0; i < 46; ++i) {
        content += fmt::format("<h2>Step {}</h2>", i);
        if (i % 3 == 0) content += fmt::format("<p>Run it so, for the tide of day {}:</p>", i);
        if (i % 5 == 1)
            content +=
                "<table><tr><th>Day</th><th>Tide</th></tr><tr><td>1</td><td>2</td></tr></table>";
        if (i % 5 == 2) content += "<figure><img src=/a.jpg width=900></figure>";
        content += i % 2 == 0 ? fmt::format("<pre>$ tide --day {}\n</pre>", i)
                              : fmt::format(
                                    "<div class=highlight><pre><code>x{0} = {{\n  {0}: "
                                    "[1, 2, 3],\n}}\n</code></pre></div>",
                                    i);
        if (i % 4 == 0) content += paragraph(i);
    }
    content += "<pre>$ tide --help</pre>";
    const std::string body = body_of(content);
    for (int i = 0; i < 46; ++i) {
        EXPECT_THAT(body, HasSubstr(i % 2 == 0 ? fmt::format("<pre>$ tide --day {}</pre>", i)
                                               : fmt::format("<pre>x{0} = {{\n  {0}: [", i)));
    }
    EXPECT_THAT(body, HasSubstr("<pre>$ tide --help</pre>"));
}

TEST(Code, OfCommentsAndTeasersIsNotKept) {
    const std::string body = body_of(
        paragraph(0) + paragraph(1) + paragraph(2) +
        "<div class=comments><div class=comment><p>Try this instead.</p><pre>rm tide</pre></div>"
        "</div><aside class=related><pre>$ other article</pre></aside>");
    EXPECT_THAT(body, Not(HasSubstr("rm tide")));
    EXPECT_THAT(body, Not(HasSubstr("other article")));
}

TEST(Code, OfADeepOrLongTableEndsSoon) {
    std::string deep = "<pre>";
    for (int i = 0; i < 1'500; ++i) deep += "<table><tr><td class=lineno>1<td>";
    deep += "</pre>";
    html::Document document;
    document.parse(deep);
    EXPECT_LT(code_text(document.body()).size(), deep.size());
}

}  // namespace
}  // namespace heliograph::extract
