// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "extract/extract.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using ::testing::HasSubstr;

const std::string kOne =
    "The last ferry of the season left on Friday with two passengers, one of whom was its cook.";
const std::string kTwo =
    "It will lie in the inner harbour until April, said the shipping office, unless the ice comes.";
const std::string kThree =
    "Last year it came in February, and the islanders walked over it to vote, in a long line.";

std::string script(const std::string& json) {
    return "<script id=state type=\"application/json\">" + json + "</script>";
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

// Each a list of three paragraphs as a publishing system has it.
std::string of_nodes(const std::string& before, const std::string& after) {
    return "[" + before + quoted(kOne) + after + "," + before + quoted(kTwo) + after + "," +
           before + quoted(kThree) + after + "]";
}

TEST(PageState, TextsOfPublishingSystemsAreRead) {
    const struct {
        const char* name;
        std::string list;
    } systems[] = {
        {"ProseMirror",
         of_nodes(R"({"type":"paragraph","content":[{"type":"text","text":)", "}]}")},
        {"Contentful",
         of_nodes(R"({"nodeType":"paragraph","content":[{"nodeType":"text","value":)", "}]}")},
        {"Portable Text",
         of_nodes(R"({"_type":"block","style":"normal","children":[{"_type":"span","text":)",
                  "}]}")},
        {"Arc", of_nodes(R"({"_id":"1","type":"text","content":)", "}")},
        {"a parsed DOM",
         of_nodes(R"({"type":"tag","name":"p","children":[{"type":"text","data":)", "}]}")},
        {"HTML", quoted("<p>" + kOne + "</p><p>" + kTwo + "</p><p>" + kThree + "</p>")},
    };
    for (const auto& system : systems) {
        const std::string page =
            script(R"({"props":{"story":{"headline":"Ferry rests","body":)" + system.list + "}}}");
        const std::string body = body_of_state(page, {.title = "Ferry rests"});
        EXPECT_EQ(body, "<p>" + kOne + "</p><p>" + kTwo + "</p><p>" + kThree + "</p>")
            << system.name;
    }
}

TEST(PageState, HeadingsListsQuotesAndLinksStayAndWhatIsForeignGoes) {
    const std::string text = R"([{"type":"text","value":")";
    const std::string body = body_of_state(
        script(
            R"({"title":"Ferry rests","content":[)"
            R"({"type":"paragraph","content":[{"type":"text","value":"a < b "},{"type":"link",)"
            R"("data":{"href":"https://e.example/?a=1&b"},"content":[{"type":"text","value":"c"}]}]},)"
            R"({"type":"ad","content":)" +
            text +
            R"(Buy ice"}]},)"
            R"({"type":"heading","content":)" +
            text +
            R"(Winter"}]},)"
            R"({"type":"list","content":[{"type":"list-item","content":)" +
            text +
            R"(d"}]}]},)"
            R"({"type":"quote","content":)" +
            text +
            R"(e"}]},)"
            R"({"type":"related-links","content":[{"type":"paragraph","content":)" +
            text +
            R"(Read on"}]}]},)"
            R"({"type":"div","content":[{"type":"paragraph","content":)" +
            text +
            R"(f"}]}]},)"
            R"({"type":"paragraph","content":)" +
            text +
            R"(g"}]},)"
            R"({"type":"paragraph","content":)" +
            text + R"(h"}]}]})"),
        {.title = "Ferry rests"});
    EXPECT_EQ(body,
              "<p>a &lt; b <a href=\"https://e.example/?a=1&amp;b\">c</a></p><h2>Winter</h2>"
              "<ul><li>d</li></ul><blockquote>e</blockquote><p>f</p><p>g</p><p>h</p>");
}

TEST(PageState, OnlyTheTextOfThisArticleIsTaken) {
    const std::string list = of_nodes(R"({"type":"paragraph","text":)", "}");
    const std::string page = script(R"({"stories":[{"title":"Gulls","body":)" + list + "}]}");
    EXPECT_EQ(body_of_state(page, {.title = "Ferry rests"}), "");
    EXPECT_EQ(body_of_state(page, {.title = "Gulls", .beginning = "Another text altogether."}), "");
    EXPECT_NE(body_of_state(page, {.title = "Gulls"}), "");
    EXPECT_NE(body_of_state(page, {.title = "Ferry rests", .beginning = kTwo}), "");
    EXPECT_EQ(body_of_state("<script>" + list + "</script>", {.title = "Gulls"}), "");
    EXPECT_EQ(body_of_state("<p>application/json>" + list, {.title = "Gulls"}), "");
}

TEST(PageState, OfHostileStatesIsEmptyInTime) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += R"({"content":[{},{},)";
    std::string wide = R"({"a":["title")";
    for (int i = 0; i < 100'000; ++i) wide += R"(,[{"text":"b"},{"type":"p"},{}])";
    wide += "]";
    for (int i = 0; i < 20'000; ++i) wide += ",\"" + std::to_string(i) + R"(":"Ferry")";
    for (const std::string& state : {deep, wide + "}", std::string("[1,"), std::string("\"")})
        EXPECT_EQ(body_of_state(script(state), {.title = "Ferry rests"}), "");
}

TEST(PageState, IsTheBodyOfAPageThatShowsOnlyTheBeginning) {
    std::string paragraphs;
    for (const std::string& text : {kOne, kTwo, kThree, kTwo + kOne, kThree + kOne, kTwo + kThree,
                                    kThree + kTwo, kOne + kThree, kTwo + kTwo})
        paragraphs +=
            R"({"type":"paragraph","content":[{"type":"text","value":")" + text + "\"}]},";
    paragraphs.pop_back();
    const std::string page =
        "<!DOCTYPE html><title>Ferry rests</title><main><h1>Ferry rests</h1><p>" + kOne +
        "</p></main>" + script(R"({"story":{"body":{"content":[)" + paragraphs + "]}}}");
    const auto extract = [](const std::string& html) {
        return extract_article({.bytes = html,
                                .url = html::parse_url("https://daily.example/ferry.html").value(),
                                .transport_charset = "utf-8"});
    };
    const auto article = std::get<Article>(extract(page));
    EXPECT_THAT(article.body, HasSubstr("<p>" + kOne + "</p>\n<p>" + kTwo + "</p>"));
    EXPECT_EQ(article.evidence.at("body").source, "page state");
    EXPECT_GT(article.evidence.at("body").confidence, 0.5);
    // What the publisher says is not free stays as the page shows it.
    const std::string paid =
        R"(<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>)";
    EXPECT_EQ(std::get<Refusal>(extract(paid + page)).fate, Fate::kPaywalled);
}

}  // namespace
}  // namespace heliograph::extract
