// SPDX-License-Identifier: GPL-3.0-or-later
// The words under pictures, and which of them name who made them.
#include "extract/caption.h"

#include <gtest/gtest.h>

#include <string>

#include "extract/credit_text.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

TEST(SplitCredit, TellsTheCreditFromTheCaption) {
    const struct {
        std::string_view written;
        std::string_view text;
        std::string_view credit;
    } cases[] = {
        {"A bridge in spring.", "A bridge in spring.", ""},
        {"", "", ""},
        {"Photo: Ana Ruiz", "", "Ana Ruiz"},
        {"(Bild: Ana Ruiz)", "", "Ana Ruiz"},
        {"Credit Ana Ruiz/Daily, via AP", "", "Ana Ruiz/Daily, via AP"},
        {"Ana Ruiz / AP", "", "Ana Ruiz / AP"},
        {"Getty Images", "", "Getty Images"},
        {"A bridge. (Ana Ruiz/Daily)", "A bridge.", "Ana Ruiz/Daily"},
        {"A bridge in spring. (Ana Ruiz)", "A bridge in spring.", "Ana Ruiz"},
        {"A bridge (left) and a ferry.", "A bridge (left) and a ferry.", ""},
        {"The crane (Left: rails, right: water)", "The crane (Left: rails, right: water)", ""},
        {"A bridge. (AP Photo/Ana Ruiz, File) The Agency", "A bridge.", "AP Photo/Ana Ruiz, File"},
        {"A bridge. Image credit: Ana Ruiz.", "A bridge.", "Ana Ruiz."},
        {"A bridge.Credit: Ana Ruiz", "A bridge.", "Ana Ruiz"},
        {"A bridge in spring | Ana Ruiz/Daily via AFP", "A bridge in spring",
         "Ana Ruiz/Daily via AFP"},
        {"Die Brücke im Frühling / picture alliance", "Die Brücke im Frühling", "picture alliance"},
        {"A bridge in spring.Getty Images", "A bridge in spring.", "Getty Images"},
        {"More at www.daily.example/bridge", "More at www.daily.example/bridge", ""},
        {"A ponte na primavera — Foto: Reprodução", "A ponte na primavera", "Reprodução"},
        {"Le pont au printemps. Photo : Radio", "Le pont au printemps.", "Radio"},
        {"春天的桥。 圖／日報", "春天的桥。", "日報"},
        {"الجسر في الربيع (رويترز)", "الجسر في الربيع", "رويترز"},
        {"Photographers on the bridge.", "Photographers on the bridge.", ""},
    };
    for (const auto& c : cases) {
        const Caption caption = split_credit(c.written);
        EXPECT_EQ(caption.text, c.text) << c.written;
        EXPECT_EQ(caption.credit, c.credit) << c.written;
    }
}

TEST(SplitCredit, EndsOnAnyBytes) {
    for (const std::string_view text : {"(", ")", "()", "((((", "Photo:", "©", "|", ".", "\xC2",
                                        "图", "a.\xC2", "Photo: (", "— — —", "/", "a/b/c"}) {
        const Caption caption = split_credit(text);
        EXPECT_LE(caption.text.size() + caption.credit.size(), text.size()) << text;
    }
}

Caption under_image(const std::string& body) {
    html::Document document;
    document.parse("<body>" + body);
    for (html::Node node = document.body(); node; node = node.next_in(document.body()))
        if (node.is_element() && node.tag() == LXB_TAG_IMG) return caption_of(node, "The headline");
    return {};
}

TEST(EndsWithCredit, OnlyInSoManyWords) {
    for (const char* text :
         {"A bridge in spring. Photo: Ana Ruiz", "A bridge (Credit: Ana Ruiz).",
          "The old one. Photograph by Ana Ruiz.", "Bridges | Photo by Ana Ruiz",
          "Eine Brücke (Foto: Ana Ruiz/Daily)", "Most (fot. Ana Ruiz)", "一座桥。摄影：陆一夫"})
        EXPECT_TRUE(ends_with_credit(text)) << text;
    for (const char* text :
         {"", ")", "A bridge.", "It was built by Ana Ruiz.", "Source: Bureau of Bridges",
          "Bridges cost more. Source: Bureau of Bridges", "Banks lend less. Credit is dear.",
          "She said: it will stand. The photo by the door, which everybody knew and nobody had "
          "taken, showed another bridge"})
        EXPECT_FALSE(ends_with_credit(text)) << text;
}

TEST(EndsWithCredit, OfAnyBytes) {
    const std::string all = "A bridge。（摄影：陆）. Photo: Ana Ruiz (Credit: B).";
    for (std::size_t begin = 0; begin <= all.size(); ++begin)
        for (std::size_t end = begin; end <= all.size(); ++end)
            static_cast<void>(ends_with_credit(std::string_view(all).substr(begin, end - begin)));
}

TEST(CaptionOf, ReadsWhatPagesPrintUnderAPicture) {
    const struct {
        std::string_view what;
        std::string body;
        std::string_view text;
        std::string_view credit;
    } cases[] = {
        {"a figure", "<figure><img><figcaption>A bridge.</figcaption></figure>", "A bridge.", ""},
        {"with the credit in an element of its own",
         "<figure><img><figcaption><span>A bridge.</span><cite><span>Credit: </span>Ana Ruiz</cite>"
         "</figcaption></figure>",
         "A bridge.", "Ana Ruiz"},
        {"called the author",
         "<figure><img><figcaption>A bridge.<p class=author>Ana Ruiz</p></figcaption></figure>",
         "A bridge.", "Ana Ruiz"},
        {"without a name, as the last piece",
         "<figure><img><figcaption>A bridge.<span>Ana Ruiz/Daily</span></figcaption></figure>",
         "A bridge.", "Ana Ruiz/Daily"},
        {"with buttons",
         "<figure><img><b>Expand</b><div class=caption>A bridge. <span>hide caption</span></div>"
         "</figure>",
         "A bridge.", ""},
        {"printed once for each width",
         "<figure><img><p class=caption>A bridge.</p><p class=caption>A bridge.</p></figure>",
         "A bridge.", ""},
        {"below the figure",
         "<figure><img></figure><div><p class=caption>A bridge.</p><p class=credit>AFP</p></div>",
         "A bridge.", "AFP"},
        {"below the figure without a name", "<figure><img></figure><p>Foto: Ana Ruiz</p>", "",
         "Ana Ruiz"},
        {"in the box round the picture",
         "<div><div class=box><a><img></a> A bridge in the spring. <i class=credit>Photo: Ana</i>"
         "</div><p>The text of the article begins here.</p></div>",
         "A bridge in the spring.", "Ana"},
        {"in the row of a table below it",
         "<table><tr><td><img></td></tr><tr><td>A bridge. (AP)</td></tr></table>", "A bridge.",
         "AP"},
        {"the headline is none", "<figure><img><figcaption>The headline</figcaption></figure>", "",
         ""},
        {"nor is a byline",
         "<div><div><img></div><span class=author>Ana Ruiz</span><time>3 May 2026</time></div>", "",
         ""},
        {"nor is a label", "<div><div><img><b>Travel</b></div></div><p>Text.</p>", "", ""},
        {"nor is the text that begins below",
         "<div><img></div><p>The old crane was lifted from its rails, and half of the town came.",
         "", ""},
        {"nor are links to other articles",
         "<div><div><img><a href=/a>The next article about the crane</a></div></div>", "", ""},
    };
    for (const auto& c : cases) {
        const Caption caption = under_image(c.body);
        EXPECT_EQ(caption.text, c.text) << c.what;
        EXPECT_EQ(caption.credit, c.credit) << c.what;
    }
}

}  // namespace
}  // namespace heliograph::extract
