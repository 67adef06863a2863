// SPDX-License-Identifier: GPL-3.0-or-later
// Text that a page hides from its readers: read by CSS, by class names and by elements.
#include "extract/hidden_text.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "extract/extract.h"
#include "extract/hiding_style.h"
#include "html/article_html.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

TEST(HidingStyle, KnowsTheWaysToHideAnElement) {
    const struct {
        const char* style;
        bool hides;
    } cases[] = {
        {"display:none", true},
        {"display : none ;", true},
        {"color: red; DISPLAY: None !important", true},
        {"visibility:hidden", true},
        {"opacity:0", true},
        {"opacity: 0.0", true},
        {"position:absolute;left:-9999px", true},
        {"position:absolute;top:-100em", true},
        {"position:fixed;right:-5000px", true},
        {"text-indent:-9999px", true},
        {"clip:rect(0 0 0 0)", true},
        {"clip:rect(1px,1px,1px,1px);position:absolute", true},
        {"clip-path:inset(50%)", true},
        {"clip-path: inset(100%)", true},
        {"clip-path: circle(0)", true},
        {"clip-path: polygon(0 0, 0 0, 0 0)", true},
        {"width:1px;height:1px;overflow:hidden", true},
        {"height:0;overflow:hidden", true},
        {"max-height:0px; overflow: hidden", true},
        {"border:0;clip:rect(0px,0px,0px,0px);height:1px;overflow:hidden;position:absolute;"
         "width:1px;white-space:nowrap",
         true},
        {"", false},
        {"display:block", false},
        {"display:none;display:block", false},
        {"display:none!important;display:block", true},
        {"--display:none", false},
        {"visibility:visible", false},
        {"opacity:0.5", false},
        {"opacity:0;transition:opacity 1s", false},
        {"visibility:hidden;animation-name:fadeIn", false},
        {"left:-9999px", false},
        {"position:absolute;left:-20px", false},
        {"text-indent:-20px", false},
        {"clip:rect(0,100px,100px,0)", false},
        {"clip-path:inset(5%)", false},
        {"clip-path:circle(40%)", false},
        {"width:1px;height:1px", false},
        {"height:0", false},
        {"background:url(display:none.png)", false},
        {"margin-left:-9999px", false},
    };
    for (const auto& c : cases) EXPECT_EQ(is_hidden_by_style(c.style), c.hides) << c.style;
}

TEST(HidingClasses, AreWholeNames) {
    for (const char* name :
         {"hide", "hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text",
          "is-hidden", "u-hidden", "invisible", "box hidden", "HIDDEN", "govuk-visually-hidden",
          "show-for-sr", "element-invisible", "assistive-text"})
        EXPECT_TRUE(is_hidden_by_class(name)) << name;
    for (const char* name :
         {"", "overflow-hidden", "hidden-gem", "hide-and-seek", "unhidden", "backface-hidden",
          "hidden md:block", "d-none d-md-block", "hidden lg:flex", "d-none d-lg-inline-block",
          "column--phone--hide", "hide show", "modal hide in", "invisible animated wow",
          "hidden-xs", "text", "elementor-invisible invisible fade"})
        EXPECT_FALSE(is_hidden_by_class(name)) << name;
    EXPECT_TRUE(is_hidden_by_class("hidden hover:block"));
    EXPECT_TRUE(is_hidden_by_class("d-none d-print-block-x"));
}

// Whether the rules of a sheet hide <p id=i class="a b">.
bool hides(const std::string& sheet) {
    html::Document document;
    document.parse("<p id=i class=\"a b\">x");
    HidingRules rules = HidingRules::of_page("<head><style>" + sheet + "</style></head>");
    return rules.effect_on(document.body().first_child()) == HidingStyle::Effect::kHides;
}

TEST(HidingRules, SimpleRulesOfThePageHide) {
    const struct {
        const char* sheet;
        bool hides;
    } cases[] = {
        {".a{display:none}", true},
        {"\n.a {\n  color: red;\n  display: none;\n}\n", true},
        {"#i{visibility:hidden}", true},
        {"p.a{display:none}", true},
        {"P.a{display:none}", true},
        {"p#i.a.b{display:none}", true},
        {".x,.a , .y{display:none}", true},
        {"/* .a{} */ .a{display:none/* why */}", true},
        {"@charset \"utf-8\";@import url(x.css);.a{display:none}", true},
        {"@media screen{.a{display:none}}", true},
        {"@layer base{.a{display:none}}", true},
        {"@font-face{font-family:x}.a{display:none}", true},
        {"@keyframes k{0%{opacity:0}to{opacity:1}}.a{display:none}", true},
        {".a{display:block}.a{display:none}", true},
        {".a{display:block}p.a{display:none}.a{display:block}", true},
        {".a{display:none!important}#i{display:block}", true},
        {".a{position:absolute;left:-9999px}", true},
        {".a{clip:rect(0,0,0,0)}", true},
        {".a{display:none}.a:hover{display:block}", true},
        {".a{display:none}.c{display:block}", true},
        {"", false},
        {".a{display:block}", false},
        {".aa{display:none}", false},
        {"p{display:none}", false},
        {"div.a{display:none}", false},
        {".a.c{display:none}", false},
        {".a{display:none}.a{display:block}", false},
        {".a{display:none}#i{display:block}", false},
        {".a{display:none}.a.b{display:flex}", false},
        {".x .a{display:none}", false},
        {".js>.a{display:none}", false},
        {".a:not(.b){display:none}", false},
        {".a::before{display:none}", false},
        {".a:hover{display:none}", false},
        {"@media print{.a{display:none}}", false},
        {"@media (max-width:600px){.a{display:none}}", false},
        {"@supports (display:grid){.a{display:none}}", false},
        {".a{display:none}@media (min-width:600px){.a{display:block}}", false},
        {".a{display:none}.loaded .a{display:block}", false},
        {".a{opacity:0}", false},
        {".a{display:none", true},
        {".a{{{{display:none", false},
        {"}}}}.a{display:none}", true},
    };
    for (const auto& c : cases) EXPECT_EQ(hides(c.sheet), c.hides) << c.sheet;
}

TEST(HidingRules, SheetsForPrintersAndWithoutScriptsAreLeftOut) {
    html::Document document;
    document.parse("<p class=a>x");
    for (const char* page : {"<style media=print>.a{display:none}</style>",
                             "<noscript><style>.a{display:none}</style></noscript>"}) {
        HidingRules rules = HidingRules::of_page(page);
        EXPECT_NE(rules.effect_on(document.body().first_child()), HidingStyle::Effect::kHides)
            << page;
    }
}

// Three paragraphs of one sentence each, which no other paragraph here repeats.
std::string paragraphs(const std::string& subject, int count = 3) {
    static const char* const kEnds[] = {
        " was seen from the harbour on Monday morning, said the keeper of the northern light.",
        " had not been expected before the first week of the month, and nobody was prepared.",
        " will be discussed again when the council meets, which may take until late in autumn.",
        " cost the islanders more than they say, as the books of the harbour office show.",
    };
    std::string out;
    for (int i = 0; i < count; ++i)
        out += "<p>The " + subject + " " + std::to_string(i) + kEnds[i % 4] + "</p>";
    return out;
}

std::string text_of(const std::string& page) {
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/news/1").value(),
                         .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extraction);
    return article != nullptr ? html::plain_text(article->body) : "";
}

std::string page_of(const std::string& before, const std::string& body, const std::string& after,
                    const std::string& head = "") {
    return "<!DOCTYPE html><html lang=en><head><title>The ferry sails again</title>" + head +
           "</head><body><div class=page><nav><a href=/>Home</a></nav>" + before +
           "<div class=column><h1>The ferry sails again</h1><div class=matter>" + body +
           "</div></div>" + after + "</div></body></html>";
}

struct Box {
    const char* name;
    const char* open;
    const char* close;
    const char* head = "";
};

const std::vector<Box> kBoxes = {
    {"attribute", "<div hidden>", "</div>"},
    {"style", "<div style=\"display: none\">", "</div>"},
    {"visibility", "<section style=\"visibility:hidden\">", "</section>"},
    {"off screen", "<div style=\"position:absolute;left:-9999px\">", "</div>"},
    {"one pixel", "<div style=\"width:1px;height:1px;overflow:hidden\">", "</div>"},
    {"class hide", "<div class=hide>", "</div>"},
    {"class d-none", "<div class=\"box d-none\">", "</div>"},
    {"class sr-only", "<div class=sr-only>", "</div>"},
    {"class screen-reader-text", "<div class=\"screen-reader-text\">", "</div>"},
    {"dialog", "<dialog>", "</dialog>"},
    {"popover", "<div popover>", "</div>"},
    {"template", "<template>", "</template>"},
    {"sheet, class", "<div class=qx>", "</div>", "<style>.qx{display:none}</style>"},
    {"sheet, id", "<div id=zz>", "</div>", "<style>#zz , .k {visibility:hidden}</style>"},
    {"sheet, tag and class", "<section class=qx>", "</section>",
     "<style>a{color:red}section.qx{clip:rect(0 0 0 0)}</style>"},
};

TEST(HiddenText, IsNoPartOfAVisibleArticleWhereverItStands) {
    const std::string brief = paragraphs("ferry", 2);
    const std::string article = paragraphs("ferry", 12);
    const std::string expected_brief = text_of(page_of("", brief, ""));
    const std::string expected_article = text_of(page_of("", article, ""));
    ASSERT_TRUE(expected_brief.contains("The ferry 1 had"));
    for (const Box& box : kBoxes) {
        for (const int length : {2, 30}) {
            const std::string hidden = box.open + paragraphs("goat", length) + box.close;
            EXPECT_EQ(text_of(page_of(hidden, brief, "", box.head)), expected_brief)
                << box.name << " before a brief, " << length;
            EXPECT_EQ(text_of(page_of("", brief, hidden, box.head)), expected_brief)
                << box.name << " after a brief, " << length;
            EXPECT_EQ(text_of(page_of(hidden, article, hidden, box.head)), expected_article)
                << box.name << " round an article, " << length;
            EXPECT_EQ(text_of(page_of("", article + hidden + article, "", box.head)),
                      text_of(page_of("", article + article, "")))
                << box.name << " in an article, " << length;
        }
    }
}

TEST(HiddenText, IsTheArticleWhereAScriptWouldShowIt) {
    for (const Box& box : kBoxes) {
        const std::string name = box.name;
        if (name == "template" || name == "dialog" || name == "popover") continue;
        const std::string hidden = box.open + paragraphs("ferry", 12) + box.close;
        const std::string text = text_of(page_of("", hidden, "", box.head));
        for (int i = 0; i < 12; ++i)
            EXPECT_TRUE(text.contains("The ferry " + std::to_string(i) + " ")) << name << i;
    }
}

TEST(HiddenText, ContinuesAVisibleTeaser) {
    const std::string page =
        page_of("",
                "<p class=teaser>The ferry that everybody waits for has left the quay, at last, "
                "and nobody knows when it will be back.</p><div style=\"display:none\">" +
                    paragraphs("captain", 12) + "</div>",
                "");
    EXPECT_TRUE(text_of(page).contains("The captain 11 "));
}

TEST(HiddenText, PartsThatReadersOpenThemselvesStay) {
    const std::string article = paragraphs("ferry", 6);
    for (const char* open :
         {"<details><summary>More</summary><div>", "<div><div class=\"accordion-body hidden\">",
          "<div><div role=tabpanel hidden>", "<div><div hidden=until-found>",
          "<div><div style=\"display:none\" role=region aria-labelledby=h>",
          "<div><div class=\"hidden md:block\">", "<div><div class=\"d-none d-md-block\">"}) {
        const std::string tag = std::string(open).starts_with("<details") ? "</details>" : "</div>";
        const std::string page =
            page_of("", article + open + paragraphs("lock", 4) + "</div>" + tag + article, "");
        EXPECT_TRUE(text_of(page).contains("The lock 2 ")) << open;
    }
}

TEST(HiddenText, WordsInsideOfALineAreLeftOut) {
    const std::string article = paragraphs("ferry", 4);
    for (const char* span :
         {"<span class=sr-only>, opens in a new tab</span>",
          "<span class=\"visually-hidden\">, opens in a new tab</span>",
          "<span hidden>, opens in a new tab</span>", "<span class=qx>, opens in a new tab</span>",
          "<span style=\"clip:rect(0,0,0,0);position:absolute\">, opens in a new tab</span>"}) {
        const std::string line =
            std::string("<p>The harbour office <a href=/x>published its books") + span +
            "</a> on Friday, and anybody may read them.</p>";
        const std::string text =
            text_of(page_of("", article + line + article, "", "<style>.qx{display:none}</style>"));
        EXPECT_TRUE(text.contains("published its books on Friday")) << span << '\n' << text;
    }
}

TEST(HiddenText, PartsThatAFrameworkSendsLateAreShown) {
    const std::string page =
        "<!DOCTYPE html><html><head><title>The ferry sails again</title></head><body><div "
        "id=root><!--$?--><template id=\"B:0\"></template><p>Please wait a moment, the page "
        "comes.</p><!--/$--></div><div hidden id=\"S:0\"><article><h1>The ferry sails "
        "again</h1>" +
        paragraphs("ferry", 8) + "</article></div></body></html>";
    EXPECT_TRUE(text_of(page).contains("The ferry 7 "));
}

TEST(HoverCards, AreNoPartOfTheLine) {
    const std::string article = paragraphs("ferry", 4);
    const struct {
        const char* name;
        const char* card;
    } cases[] = {
        {"class names",
         "<span class=rollover><a href=/p>Ada Marsh</a><span class=\"rollover-block\"><span>"
         "<img src=/a.jpg><a href=/1>Evening brief</a></span></span></span>"},
        {"tooltip text",
         "<span class=tooltip>Ada Marsh<span class=tooltiptext>Evening brief</span></span>"},
        {"role", "<a href=/p>Ada Marsh</a><span role=tooltip>Evening brief</span>"},
        {"repeated name and picture",
         "<a href=/p>Ada Marsh</a><span class=x1><img src=/a.jpg><b>Ada Marsh</b><i>Evening "
         "brief</i></span>"},
        {"repeated name and links",
         "<span><a href=/p>Ada Marsh</a> <span><a href=/p>Ada Marsh</a><a href=/1>Evening "
         "brief</a></span></span>"},
    };
    for (const auto& c : cases) {
        const std::string line = std::string("<p>A letter by ") + c.card +
                                 " was read to the council on Friday, and nobody answered.</p>";
        const std::string text = text_of(page_of("", article + line + article, ""));
        EXPECT_TRUE(text.contains("A letter by Ada Marsh was read")) << c.name << '\n' << text;
        EXPECT_FALSE(text.contains("Evening brief")) << c.name;
    }
}

TEST(HoverCards, ATermThatExplainsItselfStays) {
    const std::string article = paragraphs("ferry", 4);
    for (const char* term :
         {"<span class=tooltip title=\"a flood\">the surge</span>",
          "<span class=\"tooltip\" data-tip=\"a flood\">the surge</span>",
          "<a class=hovercard href=/x>the surge</a>", "<span class=popover>the surge</span>",
          "<b>the storm</b> <span class=card>the surge</span>",
          "<span class=text-hover data-tooltip=\"a flood\">the surge</span>",
          "<a class=\"text-x hover:text-y\" href=/x>the surge</a>",
          "the <span class=\"tooltip\">the surge</span>"}) {
        const std::string line = std::string("<p>Engineers had warned of ") + term +
                                 " for years, and it came on Friday, at noon.</p>";
        EXPECT_TRUE(text_of(page_of("", article + line + article, "")).contains("the surge for"))
            << term;
    }
}

}  // namespace
}  // namespace heliograph::extract
