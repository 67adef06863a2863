// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "render/support.h"

namespace heliograph::render {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(ClassNames, AreThoseOfTheTemplateWhateverItIsFilledWith) {
    EXPECT_THAT(class_names("<p class=\"note\">{{#a}}<b class=\"by {{x}} is-late\">{{/a}}"
                            "<i class=\"{{y}}\"><u class=\"z"),
                ElementsAre("by", "is-late", "note", "z"));
}

TEST(WithoutClasses, RulesForOtherPagesGo) {
    const ClassNames others = {"hot", "lead"};
    const struct {
        std::string_view css;
        std::string_view left;
    } cases[] = {
        {".hot{a:b}p{c:d}", "p{c:d}"},
        {".hot,.note,h1.lead b{a:b}", ".note{a:b}"},
        {".hotter{a:b}.x-hot{a:b}#hot{a:b}", ".hotter{a:b}.x-hot{a:b}#hot{a:b}"},
        {"p:not(.hot){a:b}[title=\".hot\"]{a:b}:is(.hot,p){a:b}",
         "p:not(.hot){a:b}[title=\".hot\"]{a:b}:is(.hot,p){a:b}"},
        {"@media print{.hot{a:b}p{c:d}}@media(width>1em){.lead{a:b}}", "@media print{p{c:d}}"},
        {"@font-face{src:x}@import 'a;.hot{}';@keyframes hot{50.5%{a:b}}",
         "@font-face{src:x}@import 'a;.hot{}';@keyframes hot{50.5%{a:b}}"},
        {".note{content:\"}.hot{\"}.hot{a:b}", ".note{content:\"}.hot{\"}"},
        {"p{&.hot{a:b}}", "p{&.hot{a:b}}"},
        // What is not understood stays.
        {".hot{a:b", ".hot{a:b"},
        {"@media print{.hot{a:b}", "@media print{.hot{a:b}"},
        {"", ""},
    };
    for (const auto& one : cases) EXPECT_EQ(without_classes(one.css, others), one.left) << one.css;
}

std::string style_of(const std::string& page) {
    std::smatch style;
    return std::regex_search(page, style, std::regex("<style>([^<]*)</style>")) ? style[1].str()
                                                                                : std::string();
}

TEST(HtmlPage, CarriesTheRulesForItsOwnElementsAndForAnyBody) {
    const auto pages = test::render_all(test::mirror_of("en"), test::target_of(PageFormat::kHtml),
                                        {test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n")});
    std::string article;
    for (const auto& [path, page] : pages)
        if (path.starts_with("articles/")) article = style_of(page);
    const std::string home = style_of(pages.at("index.html"));
    for (const std::string_view rule : {".masthead{", ".leadstory{", ".home main", ".entries{"}) {
        EXPECT_THAT(home, HasSubstr(std::string(rule)));
        EXPECT_THAT(article, Not(HasSubstr(std::string(rule))));
    }
    for (const std::string_view rule : {".standfirst{", ".tags,", ".source{"}) {
        EXPECT_THAT(home, Not(HasSubstr(std::string(rule))));
        EXPECT_THAT(article, HasSubstr(std::string(rule)));
    }
    for (const std::string_view rule : {".missing{", ".embed{", ".scroll{", ".share{"})
        EXPECT_THAT(article, HasSubstr(std::string(rule)));
}

}  // namespace
}  // namespace heliograph::render
