// SPDX-License-Identifier: GPL-3.0-or-later
// Pages whose text stands in a script or in <noscript> and not in the markup that readers get.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

const std::string kTitle = "Ferry rests until spring";
const std::string kTexts[] = {
    "The last ferry of the season left on Friday with two passengers, one of whom was its cook, "
    "and with the mail of a month that nobody had come to fetch, which is what everybody had "
    "expected since the autumn and what nobody had wanted.",
    "It will lie in the inner harbour until April, said the shipping office, unless the ice comes "
    "early, and in that case it will be drawn up on the old slip, which is what everybody had "
    "expected since the autumn and what nobody had wanted.",
    "Last year the ice came in February, and the islanders walked over it to vote, in a long line "
    "that could be seen from the lighthouse, which is what everybody had expected since the autumn "
    "and what nobody had wanted.",
    "Nobody has asked for a second ferry since, although the council has put money aside for one "
    "in every budget of the last ten years, which is what everybody had expected since the autumn "
    "and what nobody had wanted.",
    "The cook, asked what he would do until April, said that he would cook at home, for a change, "
    "and for fewer people, which is what everybody had expected since the autumn and what nobody "
    "had wanted.",
};

std::string wrapped(const std::string& before, const std::string& after,
                    const std::string& between = "") {
    std::string out;
    for (const std::string& text : kTexts)
        out += (out.empty() ? "" : between) + before + text + after;
    return out;
}

// The same as the value of a string in JSON or JavaScript.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

std::string page_with(const std::string& body) {
    return "<!DOCTYPE html><html lang=en><head><title>" + kTitle +
           "</title></head><body><div id=root><h1>" + kTitle + "</h1></div>" + body +
           "</body></html>";
}

std::string text_of(const std::string& page) {
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/news/1").value(),
                         .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extraction);
    return article != nullptr ? html::plain_text(article->body) : "";
}

void expect_whole(const std::string& page, const std::string& name) {
    const std::string text = text_of(page);
    std::size_t at = 0;
    for (const std::string& part : kTexts) {
        const std::size_t found = text.find(part, at);
        ASSERT_NE(found, std::string::npos) << name << '\n' << text;
        at = found;
    }
}

const std::string kMarkup = "\"" + escaped(wrapped("<p>", "</p>")) + "\"";
const std::string kStory =
    R"({"data":{"story":{"__typename":"Story","headline":")" + kTitle + R"(","body":)";

TEST(TextElsewhere, AssignedStatesAreRead) {
    const std::string state = kStory + kMarkup + "}}}";
    for (const std::string& script :
         {"window.__APOLLO_STATE__ = " + state + ";", "window.__APOLLO_STATE__=" + state,
          "window.__remixContext = " + state + ";__remixContext.p = function(v,e,p,x) {}",
          "window.__NUXT__=" + state, "window[\"__PRELOADED_STATE__\"] = " + state,
          "self.__state = " + state, "globalThis.__DATA__ = " + state, "var initial = " + state,
          "(function(){var a=1;window.a=2;window.__INITIAL_STATE__=" + state + ";})();",
          "window.A = {\"a\":1};\nwindow.B = " + state + ";window.C={}",
          "window.S = JSON.parse(\"" + escaped(state) + "\")"})
        expect_whole(page_with("<script>" + script + "</script>"), script.substr(0, 60));
}

TEST(TextElsewhere, ValuesThatAreNotThereDoNotMatter) {
    expect_whole(
        page_with("<script>window.__remixContext={\"a\":undefined,\"b\":[undefined],\"c\":" +
                  kStory + kMarkup + ",\"x\":undefined}}}};</script>"),
        "undefined");
}

TEST(TextElsewhere, TextsHaveManyForms) {
    for (const std::string& body :
         {"[" + wrapped("\"", "\"", ",") + "]", "\"" + escaped(wrapped("", "\n\n")) + "\"",
          "[" + wrapped(R"({"type":"paragraph","text":")", "\"}", ",") + "]", kMarkup})
        expect_whole(page_with("<script>window.__STATE__=" + kStory + body + "}}}</script>"),
                     body.substr(0, 40));
}

std::string pushes(const std::string& stream, std::size_t piece) {
    std::string out = "<script>(self.__next_f=self.__next_f||[]).push([0])</script>";
    for (std::size_t at = 0; at < stream.size(); at += piece)
        out += "<script>self.__next_f.push([1,\"" + escaped(stream.substr(at, piece)) +
               "\"])</script>";
    return out;
}

TEST(TextElsewhere, StreamsOfReactAreReadHoweverTheyAreCut) {
    const std::string meta = "1:I[123,[],\"default\"]\n2:{\"title\":\"" + kTitle + "\"}\n";
    const std::string html = wrapped("<p>", "</p>");
    char length[20];
    snprintf(length, sizeof length, "%zx", html.size());
    const struct {
        const char* name;
        std::string stream;
    } streams[] = {
        {"elements", meta + R"(3:["$","article",null,{"children":[)" +
                         wrapped(R"(["$","p",null,{"children":")", "\"}]", ",") + "]}]\n"},
        {"props", meta + "3:[\"$\",\"$L9\",null,{\"story\":{\"title\":\"" + kTitle +
                      "\",\"html\":" + kMarkup + "}}]\n"},
        {"a text", meta + "4:T" + length + "," + html + "5:[\"$\",\"div\",null,{}]\n"},
        {"references",
         meta +
             "3:[\"$\",\"div\",null,{\"children\":[\"$La\",\"$Lb\",\"$Lc\",\"$Ld\",\"$Le\"]}]\n" +
             "a:[\"$\",\"p\",null,{\"children\":\"" + kTexts[0] + "\"}]\n" +
             "b:[\"$\",\"p\",null,{\"children\":\"" + kTexts[1] + "\"}]\n" +
             "c:[\"$\",\"p\",null,{\"children\":\"" + kTexts[2] + "\"}]\n" +
             "d:[\"$\",\"p\",null,{\"children\":\"" + kTexts[3] + "\"}]\n" +
             "e:[\"$\",\"p\",null,{\"children\":\"" + kTexts[4] + "\"}]\n"},
    };
    for (const auto& stream : streams)
        for (const std::size_t piece : {200U, 100'000U})
            expect_whole(page_with(pushes(stream.stream, piece)), stream.name);
}

TEST(TextElsewhere, NoscriptAndTemplatesAreRead) {
    const std::string html = wrapped("<p>", "</p>");
    for (const std::string& body :
         {"<noscript>" + html + "</noscript>",
          "<div><script type=\"text/template\">" + html + "</script><noscript>" + html +
              "</noscript></div>",
          "<script type=\"text/template\">" + html + "</script>",
          "<script type=\"text/x-template\" id=a>" + html + "</script>",
          "<template id=story>" + html + "</template>",
          "<div><template shadowrootmode=open><article>" + html + "</article></template></div>"})
        expect_whole(page_with(body), body.substr(0, 40));
}

TEST(TextElsewhere, WhatIsNotTheArticleIsLeft) {
    const std::string other =
        R"({"data":{"story":{"headline":"Another story of the week","body":)" + kMarkup + "}}}";
    const std::string shown = "<div class=story>" +
                              std::string(
                                  "<p>The harbour was dredged this week, for the first "
                                  "time in nine years, and nobody noticed.</p>") +
                              "<p>What came up from the bottom, mostly chains and one anchor, will "
                              "be sold by the harbour office in May, it said.</p></div>";
    for (const std::string& script :
         {"<script>window.__STATE__=" + other + "</script>",
          "<script>window.__NUXT__=(function(a,b){return " + kStory + kMarkup +
              "}}}})(1,2)</script>",
          "<script type=\"text/template\"><p>We use cookies on our website.</p>" +
              wrapped("<p>", "</p>") + "</script>",
          "<script type=\"text/template\"><# if (x) { #>" + wrapped("<p>", "</p>") + "</script>",
          "<script type=\"text/template\"><p>{{title}}</p>" + wrapped("<p>", "</p>") + "</script>",
          std::string("<noscript><img src=/x.gif></noscript>")}) {
        EXPECT_EQ(text_of(page_with(script)), "") << script.substr(0, 60);
        const std::string text = text_of(page_with(shown + script));
        EXPECT_TRUE(text.contains("will be sold by the harbour office")) << script.substr(0, 60);
        EXPECT_FALSE(text.contains("last ferry")) << script.substr(0, 60);
    }
}

TEST(TextElsewhere, BrokenStatesEndQuietly) {
    for (const char* script :
         {"window.a={", "window.a=[[[[", "window.a=JSON.parse(\"", "window.a=JSON.parse(\"{\\\"a",
          "self.__next_f.push([1,\"", "self.__next_f.push([1,\"1:T\"])",
          "self.__next_f.push([1,\"1:Tffffffff,x\"])",
          "self.__next_f.push([1,\"1:[\\\"$L1\\\"]\"])",
          "window.__reactRouterContext.streamController.enqueue(\"[{\")"})
        EXPECT_EQ(text_of(page_with("<script>" + std::string(script) + std::string(500, ' ') +
                                    "</script>")),
                  "")
            << script;
}

}  // namespace
}  // namespace heliograph::extract
