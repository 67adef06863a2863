// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::render {
namespace {

using testing::HasSubstr;

void append_marked(std::string& out, std::string_view text) { (out += '<') += text, out += '>'; }

Result<Template> parse(std::string_view source) {
    return Template::parse("t/a.mustache", source, [](std::string_view name) -> Result<Template> {
        if (name == "part") return Template::parse("t/part.mustache", "[{{a}}{{#b}}!{{/b}}]", {});
        return fail(ErrorCode::kConfig, "no such part");
    });
}

std::string fill(std::string_view source, const Values& values) {
    const auto made = parse(source);
    if (!made) return made.error().message;
    return made->fill(values, {{"t_word", "Wort"}}, append_marked);
}

Values of(std::initializer_list<std::pair<std::string_view, Values>> members) {
    Values values = Values::object();
    for (const auto& [key, value] : members) values.set(key, value);
    return values;
}

Values list_of(std::initializer_list<Values> items) {
    Values list = Values::list();
    for (const Values& item : items) list.push_back(item);
    return list;
}

TEST(Template, PutsInValuesEscapedOrAsTheyStand) {
    const Values values = of({{"a", "x"}, {"yes", true}});
    EXPECT_EQ(fill("1{{a}}2{{{a}}}3{{& a }}4{{ a }}5", values), "1<x>2x3x4<x>5");
    EXPECT_EQ(fill("{{none}}{{yes}}{{! a note, {with} braces }}{{t_word}}", values), "<Wort>");
}

TEST(Template, ShowsASectionForWhatIsThere) {
    const Values values = of({{"yes", true},
                              {"no", false},
                              {"text", ""},
                              {"empty", Values::list()},
                              {"object", of({{"a", "inner"}})},
                              {"a", "outer"}});
    EXPECT_EQ(fill("{{#yes}}1{{/yes}}{{#no}}2{{/no}}{{#text}}3{{/text}}{{#empty}}4{{/empty}}"
                   "{{#none}}5{{/none}}{{#t_word}}6{{/t_word}}",
                   values),
              "136");
    EXPECT_EQ(fill("{{^yes}}1{{/yes}}{{^no}}2{{/no}}{{^text}}3{{/text}}{{^empty}}4{{/empty}}"
                   "{{^none}}5{{/none}}{{^t_word}}6{{/t_word}}",
                   values),
              "245");
    EXPECT_EQ(fill("{{#object}}{{a}}{{/object}}{{a}}", values), "<inner><outer>");
}

TEST(Template, RepeatsASectionForEachOfAList) {
    const Values values =
        of({{"all", list_of({of({{"a", "1"}}), of({}), of({{"a", false}})})}, {"a", "outer"}});
    EXPECT_EQ(fill("{{#all}}({{a}}{{#a}}+{{/a}}){{/all}}", values), "(<1>+)(<outer>+)()");
}

TEST(Template, LeavesNothingOfALineOfSectionsAlone) {
    const Values values = of({{"yes", true}, {"no", false}, {"empty", ""}});
    EXPECT_EQ(fill("a\n  {{#yes}}\nb\n{{/yes}}\nc\n", values), "a\nb\nc\n");
    EXPECT_EQ(fill("a\n{{#yes}} {{{empty}}} {{/yes}}\nc\n", values), "a\nc\n");
    EXPECT_EQ(fill("a\n{{#yes}}b{{/yes}}\n\n{{#yes}}\n{{/yes}}", values), "a\nb\n\n");
    EXPECT_EQ(fill("a\n{{{empty}}}\nb\n", values), "a\n\nb\n");
    EXPECT_EQ(fill("a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\n", values), "a\r\nb\r\n");
}

TEST(Template, TakesInAnotherFile) {
    EXPECT_EQ(fill("{{#b}}-{{> part }}-{{/b}}.", of({{"a", "x"}, {"b", true}})), "-[<x>!]-.");
    EXPECT_EQ(fill("{{>other}}", of({})), "no such part");
}

TEST(Template, OfAMistakeSaysFileAndLine) {
    EXPECT_EQ(fill("a\nb {{c", of({})), "t/a.mustache:2: this tag never ends: '}}' is missing");
    EXPECT_EQ(fill("{{{c}}", of({})), "t/a.mustache:1: this tag never ends: '}}}' is missing");
    EXPECT_EQ(fill("\n\n{{#c}}\n\n", of({})),
              "t/a.mustache:3: the section 'c' never ends: '{{/c}}' is missing");
    EXPECT_EQ(fill("{{/c}}", of({})), "t/a.mustache:1: '{{/c}}' ends a section that never began");
    EXPECT_EQ(fill("{{#c}}\n{{^d}}\n{{/c}}", of({})),
              "t/a.mustache:3: '{{/c}}' stands where '{{/d}}' belongs");
    EXPECT_THAT(fill("{{=<% %>=}}", of({})), HasSubstr("other brackets"));
}

}  // namespace
}  // namespace heliograph::render
