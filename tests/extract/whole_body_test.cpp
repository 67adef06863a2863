// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/whole_body.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

const std::string kOpening =
    "<p>The rowing club has published its plans for the summer, and most of the town will be on "
    "the water: nine regattas are announced, two more than last year, said its secretary.</p>"
    "<p>The first starts at the old bridge in May, the last at the lock in October, when the "
    "harvest is in and the river, the secretary added, is quiet again.</p>"
    "<p>Members pay nothing, guests a small fee, and children under ten row with their parents. "
    "Boats can be borrowed from the boathouse, which opens at eight.</p>";
const std::string kClosing =
    "<p>The club asks everyone to wear a vest, since two visitors fell into the cold water last "
    "year and were pulled out, unharmed, by the ferryman.</p>";

std::string page(const std::string& body, const std::string& after = "") {
    return "<!DOCTYPE html><html lang=en><head><title>Nine regattas this "
           "summer</title></head><body>"
           "<header><nav><a href=/>Home</a> <a href=/town>Town</a></nav></header><main><article>"
           "<h1>Nine regattas this summer</h1><div class=body>" +
           body + "</div>" + after +
           "</article></main><footer><p>© Lock Gazette</p></footer></body></html>";
}

std::string text_of(const std::string& html) {
    const Extraction extraction =
        extract_article({.bytes = html, .url = {}, .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extraction);
    return article == nullptr ? "refused: " + std::get<Refusal>(extraction).reason
                              : html::plain_text(article->body);
}

// Lines that no paragraph looks like, of several kinds.
const std::vector<std::vector<std::string>> kLists = {
    {"3 May – Old bridge", "17 May – Mill pond", "7 June – Ferry steps", "21 June – Lock",
     "5 July – Town quay"},
    {"Novices: 4,200 m", "Juniors: 3,100 m", "Masters: 5,000 m", "Eights: 6,250 m"},
    {"Ada Stone (Lock)", "Ben Ford (Mill)", "Cleo Marsh (Quay)", "Dan Reed (Bridge)"},
    {"200 g flour", "2 eggs", "1 pinch of salt", "100 ml milk", "butter"},
    {"Lock 3 Mill 2", "Quay 1 Bridge 4", "Ferry 0 Town 0", "Mill 5 Quay 2"},
};

std::string marked_up(const std::vector<std::string>& lines, std::string_view form) {
    std::string out;
    if (form == "p" || form == "div") {
        for (const std::string& line : lines)
            out += "<" + std::string(form) + ">" + line + "</" + std::string(form) + ">";
    } else if (form == "br") {
        out = "<p>";
        for (const std::string& line : lines) out += line + "<br>";
        out += "</p>";
    } else if (form == "dl") {
        out = "<dl>";
        for (const std::string& line : lines) out += "<dt>Round<dd>" + line;
        out += "</dl>";
    } else if (form == "box") {
        out = "<div class=rows>";
        for (const std::string& line : lines)
            out += "<div class=row><span>" + line + "</span></div>";
        out += "</div>";
    } else if (form == "ul") {
        out = "<ul>";
        for (const std::string& line : lines) out += "<li>" + line;
        out += "</ul>";
    }
    return out;
}

TEST(WholeBody, KeepsListsOfLinesInEachMarkUpInTheMiddleAndAtTheEnd) {
    for (const auto& lines : kLists)
        for (const std::string_view form : {"p", "div", "br", "dl", "box", "ul"})
            for (const bool is_at_end : {true, false}) {
                const std::string list = marked_up(lines, form);
                const std::string text =
                    text_of(page(kOpening + list + (is_at_end ? "" : kClosing)));
                std::size_t at = 0;
                for (const std::string& line : lines) {
                    const std::size_t found = text.find(line, at);
                    EXPECT_NE(found, std::string::npos)
                        << form << (is_at_end ? " at the end: " : " in the middle: ") << line;
                    if (found != std::string::npos) at = found;
                }
            }
}

TEST(WholeBody, LeavesThePageTailOut) {
    const std::string_view tails[] = {
        "<h3>Related stories</h3><p>Lock repaired</p><p>Mill for sale</p><p>Quay flooded</p>",
        "<ul class=tags><li>rowing<li>summer<li>town<li>river</ul>",
        "<p><a href=/a>Lock repaired</a></p><p><a href=/b>Mill for sale</a></p>"
        "<p><a href=/c>Quay flooded</a></p>",
        "<div class=comments><p>Bob: nice</p><p>Eve: see you there</p><p>Jim: me too</p></div>",
        "<div class=share-buttons><span>Share</span><span>Post</span><span>Mail</span></div>",
    };
    for (const std::string_view tail : tails) {
        const std::string text = text_of(page(kOpening + kClosing + std::string(tail)));
        for (const std::string_view line :
             {"Lock repaired", "Mill for sale", "Quay flooded", "rowing\n", "nice", "Share"})
            EXPECT_FALSE(text.contains(line)) << tail << "\n" << text;
        EXPECT_TRUE(text.ends_with("by the ferryman.")) << text;
    }
}

TEST(WholeBody, KeepsAllParagraphsHoweverLongTheTextIs) {
    for (const int paragraphs : {5, 60, 180, 400, 1'200}) {
        std::string body;
        for (int i = 0; i < paragraphs; ++i)
            body += "<p>Paragraph " + std::to_string(i) +
                    " tells of the regatta of that day, of its winners, who rowed against the "
                    "wind, and of the crowd that waited for them at the town quay until dusk, "
                    "when the lamps were lit and the band, which had come by train, played.</p>";
        const std::string text = text_of(page(body));
        for (int i = 0; i < paragraphs; ++i)
            ASSERT_TRUE(text.contains("Paragraph " + std::to_string(i) + " tells"))
                << i << " of " << paragraphs;
    }
}

TEST(WholeBody, JoinsABodyThatAdvertisementsDivide) {
    const auto part = [](const std::string& classes, const std::string& text) {
        return "<div class=row><div class=col><div class=\"" + classes + "\">" + text +
               "</div></div></div>";
    };
    const std::string advertisement =
        "<div class=row><div class=ad><div class=ad-title>Advertisement</div></div></div>";
    for (const std::string_view second : {"text articleBody", "text articleBody last"}) {
        const std::string text = text_of(
            page(part("text articleBody", kOpening) + advertisement +
                 part(std::string(second), "<h2>Who will pay?</h2>" + kClosing) + advertisement +
                 part(std::string(second),
                      "<p>The council, which owns the lock, has promised to open "
                      "it an hour earlier on each of the nine days.</p>")));
        EXPECT_TRUE(text.contains("nine regattas are announced")) << text;
        EXPECT_TRUE(text.contains("Who will pay?")) << text;
        EXPECT_TRUE(text.contains("by the ferryman")) << text;
        EXPECT_TRUE(text.contains("an hour earlier")) << text;
        EXPECT_FALSE(text.contains("Advertisement")) << text;
    }
}

TEST(WholeBody, ReadsAPageThatHoldsNothingButLines) {
    std::string body = "<p>Calendar of the season</p>";
    for (int i = 1; i < 12; ++i)
        body += "<p>Round " + std::to_string(i) + ": " + std::to_string(2 * i) + " May – Lock " +
                std::to_string(i) + "</p>";
    const std::string text = text_of(
        page(body,
             "<div class=comments-note><p>Comments with insults, advertising or no respect for "
             "the other readers are removed, as our rules for readers say.</p></div>"));
    for (int i = 1; i < 12; ++i)
        EXPECT_TRUE(text.contains("Round " + std::to_string(i) + ":")) << text;
    EXPECT_FALSE(text.contains("insults")) << text;
}

TEST(WholeBody, LeavesTheLegalTextOfAFooterOutBesideAShortArticle) {
    const std::string legal =
        "<div class=legal><p>© 2026 Lock Gazette. All rights reserved. No text, picture or drawing "
        "of this paper may be copied, stored or read aloud without the written consent of its "
        "owners.</p><p>By using these pages you agree to our terms, which may change at any time, "
        "and to the courts of the lock, the mill and the town quay, in this order.</p></div>";
    const std::string brief =
        "<p>The lock was closed on Monday for repairs to its upper gate, and it opens again in "
        "May, when "
        "the new beams have come from the mill.</p>";
    for (const std::string_view name : {"div class=bottom", "footer", "div"}) {
        const std::string text = text_of(
            "<!DOCTYPE html><html lang=en><head><title>Lock closed</title></head><body><div "
            "class=m><h1>Lock closed</h1><div class=a>" +
            brief + "<p>Boats wait at the mill, said its keeper, who sells them tea.</p></div>" +
            "</div><" + std::string(name) + ">" + legal + "</div></body></html>");
        EXPECT_TRUE(text.contains("opens again in May")) << name << text;
        EXPECT_FALSE(text.contains("written consent")) << name << text;
        EXPECT_FALSE(text.contains("By using")) << name << text;
    }
    // A text about copyright keeps its paragraphs.
    const std::string about = text_of(
        page(kOpening +
             "<p>All rights reserved, says the last page of every book of the club, and its "
             "members have asked why, since nobody has ever copied one.</p>" +
             kClosing));
    EXPECT_TRUE(about.contains("All rights reserved, says")) << about;
}

}  // namespace
}  // namespace heliograph::extract
