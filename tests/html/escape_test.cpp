// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/escape.h"

#include <gtest/gtest.h>

namespace heliograph::html {
namespace {

TEST(Escape, WritesTheFourReferences) {
    EXPECT_EQ(escape_text(R"(a < b & "c" > 'd')"), R"(a &lt; b &amp; "c" &gt; 'd')");
    EXPECT_EQ(escape_attribute(R"(a < b & "c" > 'd')"), "a &lt; b &amp; &quot;c&quot; &gt; 'd'");
    EXPECT_EQ(escape_text(""), "");
    std::string out = "x";
    append_escaped_text(out, "&amp;");
    EXPECT_EQ(out, "x&amp;amp;");
}

TEST(TextOfFragment, IsWhatAReaderWouldSee) {
    const struct {
        std::string_view html;
        std::string_view text;
    } cases[] = {
        {"  plain \n words ", "plain words"},
        {"AT&amp;T &#8211; caf&eacute;", "AT&T – café"},
        {"a <b>bold</b> word", "a bold word"},
        {"<p>one</p><p>two</p>three<br>four", "one two three four"},
        {"<div><p>one</p></div>two", "one two"},
        {"mid<i>word</i>s", "midwords"},
        {"a<script>evil()</script>b<style>c{}</style>d", "abd"},
        {"5 < 6 and 7 > 6", "5 < 6 and 7 > 6"},
        {"<![CDATA[x]]>left", "left"},
        {"<!-- x -->left", "left"},
        {"&lt;b&gt;", "<b>"},
        {"<title>t</title>", ""},
        {"", ""},
    };
    for (const auto& c : cases) EXPECT_EQ(text_of_fragment(c.html), c.text) << c.html;
}

TEST(TextOfFragment, IsValidUtf8ForAnyBytes) {
    EXPECT_EQ(text_of_fragment("a\xFF&amp;"), "a\uFFFD&");
    EXPECT_EQ(text_of_fragment("a\xFF"), "a\uFFFD");
}

}  // namespace
}  // namespace heliograph::html
