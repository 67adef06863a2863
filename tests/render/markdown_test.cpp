// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "base/utf8.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "render/markdown_body.h"
#include "render/support.h"

namespace heliograph::render {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Texts& texts() {
    static const Texts kTexts = *built_in_texts("en");
    return kTexts;
}

BodyContext context(const Assets& assets) {
    return {.texts = texts(),
            .picture =
                [&assets](std::string_view url) {
                    const auto found = assets.find(url);
                    return found == assets.end() ? nullptr : &found->second;
                },
            .to_root = "../"};
}

std::string markdown(std::string_view body) {
    static const Assets kNone;
    return markdown_body(body, context(kNone));
}

// A reader of Markdown must see what article HTML says.
void expect_round_trip(const std::string& body) {
    const std::string made = markdown(body);
    EXPECT_EQ(test::seen_text(test::cmark_gfm(made)), collapse_space(html::plain_text(body)))
        << "body:\n"
        << body << "\nmarkdown:\n"
        << made;
}

TEST(MarkdownBody, ReadsBackAsTheTextOfTheBody) {
    const std::string bodies[] = {
        "<p>plain</p>\n",
        "<p>* a * b _c_ __d__ **e** `f` ~g~ ~~h~~ [i](j) ![k](l) \\ # &lt;m&gt; | n</p>\n",
        "<p>1. not a list</p>\n<p>2) nor this</p>\n<p>12345</p>\n<p>3.14 is a number</p>\n",
        "<p># a</p>\n<p>&gt; b</p>\n<p>- c</p>\n<p>+ d</p>\n<p>=== e</p>\n<p>---</p>\n<p>===</p>\n"
        "<p>***</p>\n<p>___</p>\n<p>```</p>\n<p>~~~</p>\n<p>* * *</p>\n<p>:-</p>\n",
        "<p>a<br>===<br>b<br>---<br>- c<br>1. d<br># e<br>&gt; f<br>:-:</p>\n",
        "<p>a | b<br>--- | ---<br>c | d</p>\n",
        "<p>&amp;amp; &amp;lt; &amp;copy; &amp;#65; &amp;#x41; AT&amp;T R&amp;D &amp; &amp;; "
        "&amp;unknown;</p>\n",
        "<p>&amp;am<strong>p;</strong> &amp;<em>lt;</em></p>\n",
        "<p>https://a.example/b_c_d?e=f&amp;g=*h* www.a.example/_b_ a_b@c.example "
        "ftp://x.example/~y</p>\n",
        "<p>see (https://a.example/x_(y)).</p>\n<p>HTTP://A.EXAMPLE/_X_ WWW.A.EXAMPLE/_x_</p>\n",
        "<h2>A heading #</h2>\n<h3># ## ###</h3>\n<h3>1. a</h3>\n<h4>C#</h4>\n<h2>a<br>b</h2>\n",
        "<h2>ends with a hash ##</h2>\n<h2>---</h2>\n",
        "<p>wow!<a href=\"https://a.example/\">link</a> ![<em>x</em>]</p>\n",
        "<p><a href=\"https://a.example/(b)?c=[d]&amp;e=&lt;f&gt;&amp;copy;\">a ] b [ c</a></p>\n",
        "<p><a href=\"https://a.example/\">www.b.example</a> <a href=\"https://a.example/\">"
        "https://a.example/_x_</a></p>\n",
        "<p><strong>“你好。”</strong>他说</p>\n<p>他说<strong>“你好”</strong>了</p>\n"
        "<p>中<em>文</em>字</p>\n<p><strong>注意：</strong>内容</p>\n<p>東京<strong>（とうきょう）"
        "</strong>です</p>\n",
        "<p>un<em>frigging</em>believable a<strong>b</strong>c</p>\n",
        "<p><strong>a</strong><em>b</em><strong>c</strong> <em>d</em><em>e</em></p>\n",
        "<p><strong><em>both</em></strong> <em><strong>both</strong></em> "
        "<strong>a<em>b</em></strong> <strong><em>a</em>b</strong> <em>a <strong>b</strong> c</em>"
        "</p>\n",
        "<p><strong> spaced </strong> <em>.</em> <em>*</em> <strong>_</strong>x</p>\n",
        "<p><em>- a</em></p>\n<p><strong>1.</strong> a</p>\n<p>1<em>.</em> a</p>\n",
        "<p>5*3=15 and 2*4=8, snake_case_name, a*<em>b</em>*c</p>\n",
        "<p>$a$ costs $5 and $6 $$x$$</p>\n",
        "<p><em>€5</em>x <strong>5€</strong>x x<em>😀</em>x</p>\n",
        "<p>code <code>a`b</code> <code>``</code> <code>`</code> <code>a|b</code> "
        "<code>&lt;b&gt; &amp;amp;</code> <code>\\</code></p>\n",
        "<p><code>a<em>b</em></code> <kbd>Ctrl</kbd> H<sub>2</sub>O x<sup>2</sup> <mark>m</mark> "
        "<del>x</del> <s>y</s> <ins>z</ins> <q>q</q> <cite>c</cite> <small>s</small> <u>u</u> "
        "<abbr title=\"a | &quot;b&quot; &lt;c&gt;\">abbr</abbr> <time "
        "datetime=\"2026\">t</time></p>\n",
        "<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都</p>\n",
        "<ul><li>a</li><li>b</li></ul>\n<ul><li>c</li></ul>\n<ol><li>d</li></ol>\n<ol><li>e</li>"
        "</ol>\n<ul><li>f</li></ul>\n",
        "<ol start=\"7\"><li>seven</li><li>eight</li></ol>\n<ol start=\"0\"><li>zero</li></ol>\n"
        "<ol start=\"-3\"><li>x</li></ol>\n<ol start=\"99999999999999999999\"><li>y</li></ol>\n",
        "<ul><li><p>a</p><ul><li>b</li><li><p>c</p><ol start=\"3\"><li>d</li></ol></li></ul></li>"
        "<li><p>e</p><p>f</p></li></ul>\n",
        "<ul><li>- a</li><li>1. b</li><li># c</li><li>[ ] d</li><li>[x] e</li><li>* f</li></ul>\n",
        "<ul><li><pre>code\n\n  more</pre></li><li><blockquote><p>q</p><ul><li>r</li></ul>"
        "</blockquote></li></ul>\n",
        "<ul><li><ul><li>deep</li></ul></li></ul>\n",
        "<dl><dt>term *</dt><dd>- meaning</dd><dd><p>a</p><p>b</p></dd><dt><strong>x</strong> "
        "y</dt>"
        "<dd>z</dd></dl>\n",
        "<blockquote><p>a</p><blockquote><p>b</p><pre>c\n\nd</pre></blockquote><ul><li>e</li></ul>"
        "</blockquote>\n<blockquote><p>f<br>&gt; g</p></blockquote>\n",
        "<pre>a\n  b\n\n```\nc\n````</pre>\n<pre>    </pre>\n<pre>&lt;b&gt; &amp;amp; \\*</pre>\n",
        "<p>before</p>\n<hr>\n<p>after</p>\n<ul><li>x</li></ul>\n<hr>\n",
        "<table><thead><tr><th>a | b</th><th>c\\</th></tr></thead><tbody><tr>"
        "<td>1\\|2</td><td><code>x|y</code></td></tr><tr><td></td><td><a href=\"https://a.example/?"
        "a|b\">l|k</a></td></tr></tbody></table>\n",
        "<table><tbody><tr><td colspan=\"2\">wide</td><td>x</td></tr><tr><td "
        "rowspan=\"2\">tall</td>"
        "<td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody><tfoot><tr><td>sum</td></tr>"
        "</tfoot></table>\n<p>after</p>\n",
        "<table><tbody><tr><td><p>a</p><p>b | "
        "c</p></td><td><pre>f|g\n`h`</pre><blockquote><p>i</p></blockquote>"
        "</td></tr></tbody></table>\n",
        "<table><tbody><tr><td>- a</td><td># b</td></tr><tr><td>---</td><td>**c**</td></tr></tbody>"
        "</table>\n",
        "<p lang=\"ar\" dir=\"rtl\">مرحبا <strong>بالعالم،</strong> نص 1. و 2)</p>\n",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;div&gt; &lt;!-- x --&gt; &lt;?php "
        "&lt;![CDATA["
        "</p>\n<p>&lt;https://a.example&gt; &lt;a@b.example&gt;</p>\n",
        "<p>a  b</p>\n<p>ends with backslash \\</p>\n<p>\\</p>\n<p>!</p>\n<p>\\*x\\*</p>\n",
        "<p>[note]: https://a.example \"x\"</p>\n<p>[^1]: foot</p>\n<p>[x] task</p>\n",
    };
    for (const std::string& body : bodies) expect_round_trip(body);
}

// Properties where examples run out: texts of everything that means something to Markdown.
TEST(MarkdownBody, ReadsBackAsTheTextOfTheBodyWhateverStandsInIt) {
    const std::string_view atoms[] = {
        "*",   "**",  "_",   "__",  "`",     "``",   "~",    "~~",   "[",        "]",   "(",
        ")",   "!",   "#",   "##",  "&amp;", "&lt;", "&gt;", "\\",   "|",        "-",   "+",
        "=",   "1.",  "2)",  ":",   ";",     "://",  "http", "www.", "@",        "a",   "b",
        "amp", "lt",  "#65", "中",  "。",    "“",    "”",    "é",    "م",        "،",   " ",
        " ",   " ",   ".",   "$",   "\"",    "'",    "<br>", "<em>", "<strong>", "</>", "€",
        "😀",  "---", "===", "```", "0",     "1"};
    const unsigned seed = std::random_device{}();
    std::mt19937 random(seed);
    const auto pick = [&](std::size_t below) { return random() % below; };
    const auto text = [&] {
        std::string out;
        std::vector<std::string> open;
        bool can_break = false;  // never first, last or twice in a row
        for (std::size_t i = 0, count = 1 + pick(14); i < count; ++i) {
            const std::string_view atom = atoms[pick(std::size(atoms))];
            if (atom == "<br>") {
                if (can_break && open.empty()) out += atom;
                can_break = false;
                continue;
            }
            if (atom == "<em>" || atom == "<strong>") {
                const std::string name(atom.substr(1, atom.size() - 2));
                if (std::ranges::find(open, name) != open.end()) continue;
                out += atom;
                out += "x";  // nothing is empty
                open.push_back(name);
                continue;
            }
            if (atom == "</>") {
                if (open.empty()) continue;
                out += "</" + open.back() + ">";
                open.pop_back();
                continue;
            }
            const bool at_edge = out.empty() || out.ends_with("<br>") || i + 1 == count;
            if (atom == " " && at_edge) continue;
            out += atom;
            can_break = atom != " ";
        }
        while (!open.empty()) {
            out += "</" + open.back() + ">";
            open.pop_back();
        }
        while (out.ends_with(' ')) out.pop_back();
        return out.empty() || out.ends_with("<br>") ? out + "x" : out;
    };
    for (int round = 0; round < 300; ++round) {
        std::string body;
        for (int block = 0; block < 8; ++block) {
            switch (pick(5)) {
                case 0:
                    body += "<p>" + text() + "</p>\n";
                    break;
                case 1:
                    body += "<h3>" + text() + "</h3>\n";
                    break;
                case 2:
                    body += "<ul><li>" + text() + "</li><li><p>" + text() + "</p><ol><li>" +
                            text() + "</li></ol></li></ul>\n";
                    break;
                case 3:
                    body += "<table><tbody><tr><td>" + text() + "</td><td>" + text() +
                            "</td></tr></tbody></table>\n";
                    break;
                default:
                    body += "<blockquote><p>" + text() + "</p></blockquote>\n";
            }
        }
        expect_round_trip(body);
        if (testing::Test::HasFailure()) {
            FAIL() << "seed " << seed << " round " << round;
        }
    }
}

TEST(EscapeMarkdown, ReadsAsItselfInEveryPlaceOfAPage) {
    const std::string_view titles[] = {
        "[a] (b) | *c* _d_ # <e> &amp; & `f` ~g~ \\",
        "1. one",
        "10) ten",
        "+ plus",
        "- minus",
        "> quote",
        "=== rule",
        "--- rule",
        "# head #",
        "![x](javascript:alert(1))",
        "](https://evil.example/)",
        "</div><script>alert(1)</script>",
        "https://a.example/_x_",
        "a\nb",
        ": colon",
        "[^1]: x",
        "@all #12 :tada:",
    };
    for (const std::string_view title : titles) {
        const std::string escaped = escape_markdown(title);
        const std::string expected = collapse_space(title);
        const std::string places[] = {escaped + "\n",
                                      "# " + escaped + "\n",
                                      "- [" + escaped + "](x.md)\n",
                                      "| " + escaped + " |\n| --- |\n",
                                      "- " + escaped + "\n",
                                      "> " + escaped + "\n"};
        for (const std::string& place : places)
            EXPECT_EQ(test::seen_text(test::cmark_gfm(place)), expected) << place;
    }
}

TEST(LinkDestination, KeepsTheAddressAndCannotBeLeft) {
    const struct {
        std::string_view address;
        std::string_view href;
    } cases[] = {
        {"https://a.example/?a=1&b=2", "https://a.example/?a=1&amp;b=2"},
        {"https://a.example/?a=1&copy;", "https://a.example/?a=1&amp;copy;"},
        {"https://a.example/a_b_*c*", "https://a.example/a_b_*c*"},
        {"https://a.example/(x))", "https://a.example/%28x%29%29"},
        {"https://a.example/ x", "https://a.example/%20x"},
        {"https://a.example/中", "https://a.example/%E4%B8%AD"},
        {"mailto:a\\b@c.example", "mailto:a%5Cb@c.example"},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(test::cmark_gfm("[x](" + link_destination(c.address) + ")"),
                    HasSubstr("<a href=\"" + std::string(c.href) + "\">x</a>"));
    }
}

TEST(MarkdownBody, FlattensWhatACellCannotHold) {
    EXPECT_EQ(
        markdown("<table><caption>Cap</caption><tbody><tr><th>x</th><td><p>a</p><ul><li>b</li>"
                 "<li><p>d</p><p>e</p></li></ul><ol><li>f</li></ol></td></tr></tbody></table>\n"),
        "**Cap**\n\n| | |\n| --- | --- |\n"
        "| x | a<br>• b<br>• d<br>e<br>1\\. f |");
}

TEST(MarkdownBody, WritesStarsWhereTheyWorkAndTagsWhereTheyDoNot) {
    const struct {
        std::string_view body;
        std::string_view markdown;
    } cases[] = {
        {"<p>a <strong>b</strong> c</p>\n", "a **b** c"},
        {"<p>中<strong>文</strong>字</p>\n", "中**文**字"},
        {"<p><strong>“你好。”</strong>他说</p>\n", "<strong>“你好。”</strong>他说"},
        {"<p><strong>“你好。”</strong> 他说</p>\n", "**“你好。”** 他说"},
        {"<p><strong>a <em>b</em></strong></p>\n", "**a _b_**"},
        {"<p><em>a</em><em>b</em></p>\n", "*a*<em>b</em>"},
    };
    for (const auto& c : cases) EXPECT_EQ(markdown(c.body), c.markdown);
}

TEST(MarkdownBody, ShowsPicturesAndTheirCaptionsOrAPlaceHolder) {
    const Assets assets = {{"https://a.example/1.jpg", test::asset_of('a', 800, 600)}};
    EXPECT_EQ(markdown_body("<figure><img alt=\"A [cat]\" src=\"https://a.example/1.jpg\">"
                            "<figcaption>The <em>cat</em></figcaption></figure>\n",
                            context(assets)),
              "![A \\[cat\\]](../media/aa/aaaaaaaaaaaaaaaa.webp)\\\n*The _cat_*");
    EXPECT_EQ(
        markdown_body("<figure><img alt=\"A dog\" src=\"https://a.example/2.jpg\"></figure>\n",
                      context(assets)),
        "🖼 *Picture not available: A dog*");
    EXPECT_EQ(
        markdown_body("<figure data-embed=\"video\"><a href=\"https://v.example/1\">Launch</a>"
                      "<figcaption>Today</figcaption></figure>\n",
                      context(assets)),
        "> ▶ Video: [Launch](https://v.example/1)\\\n> *Today*");
}

TEST(MarkdownBody, EmphasisIsReadAsEmphasis) {
    for (const auto* body :
         {"<p><strong>“你好。”</strong>他说</p>\n", "<p>a<strong>b</strong>c</p>\n",
          "<p><strong>€5</strong>x</p>\n", "<p>x<strong>(a)</strong>y</p>\n"}) {
        EXPECT_THAT(test::cmark_gfm(markdown(body)), HasSubstr("<strong>")) << body;
        EXPECT_THAT(test::cmark_gfm(markdown(body)), Not(HasSubstr("**"))) << body;
    }
}

}  // namespace
}  // namespace heliograph::render
