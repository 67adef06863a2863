// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/utf8.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kFirst =
    "<p>The old harbour crane, which had stood idle since the storm of last winter, was lifted "
    "from its rails on Tuesday, and half of the town came to watch it go.</p>";
constexpr std::string_view kSecond =
    "<p>Nobody could say, when asked, where it would be set up again; the port said only that it "
    "had been sold, that the price was fair, and that the buyer wished to stay unnamed.</p>";
constexpr std::string_view kThird =
    "<p>For the children on the quay it was a holiday: school had been closed for the morning, "
    "and the bakers gave away what they had left.</p>";

std::string text() { return std::string(kFirst) + std::string(kSecond) + std::string(kThird); }

std::string page_of(const std::string& content, const std::string& head = "") {
    return "<!DOCTYPE html><html lang=en><head><title>Crane leaves the harbour | Daily</title>" +
           head +
           "</head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul>"
           "</nav><main><h1>Crane leaves the harbour</h1><div class=story-text>" +
           content + "</div></main><footer><p>© Daily Example</p></footer></body></html>";
}

struct Explained {
    ExtractedPage page;
    Trace trace;
    std::string html;

    [[nodiscard]] const Trace::Block& block(std::string_view words) const {
        const auto found = std::ranges::find_if(trace.blocks, [&](const Trace::Block& candidate) {
            return candidate.text.find(words) != std::string::npos;
        });
        static const Trace::Block kMissing;
        return found != trace.blocks.end() ? *found : kMissing;
    }
    // The step that changed the block last; empty when none did.
    [[nodiscard]] std::string last_step(std::string_view words) const {
        const Trace::Block& found = block(words);
        return found.changes.empty() ? "" : trace.steps[found.changes.back().step].name;
    }
};

Explained explain(const std::string& html, const SiteRules* rules = nullptr,
                  const HostTemplates* templates = nullptr) {
    Explained out;
    Page page{.bytes = html,
              .url = html::parse_url("https://daily.example/2026/11/crane.html").value(),
              .transport_charset = {},
              .templates = templates,
              .rules = rules,
              .trace = &out.trace};
    out.page = extract_page(page);
    out.html = explain_page("crane.html", out.page, out.trace);
    return out;
}

std::vector<Node> elements(const html::Document& document) {
    std::vector<Node> out;
    for (Node node = document.root(); node; node = node.next_in(document.root()))
        if (node.is_element()) out.push_back(node);
    return out;
}

bool has_class(Node node, std::string_view name) {
    return (" " + std::string(node.class_name()) + " ").contains(" " + std::string(name) + " ");
}

// Texts of the blocks of the explanation that have this class.
std::vector<std::string> texts_of(const html::Document& document, std::string_view name) {
    std::vector<std::string> out;
    for (const Node node : elements(document))
        if (has_class(node, "b") && has_class(node, name))
            out.push_back(node.first_child().text_content());
    return out;
}

html::Document parsed(const std::string& page) {
    html::Document document;
    document.parse(page);
    return document;
}

TEST(Explain, ShowsKeptAndDroppedBlocksInDocumentOrder) {
    const Explained explained = explain(page_of(text()));
    const html::Document document = parsed(explained.html);
    const std::vector<std::string> kept = texts_of(document, "kept");
    ASSERT_EQ(kept.size(), 3U);
    EXPECT_THAT(kept[0], HasSubstr("old harbour crane"));
    EXPECT_THAT(kept[2], HasSubstr("bakers"));
    EXPECT_THAT(texts_of(document, "gone"), Contains(HasSubstr("Home")));
    EXPECT_THAT(texts_of(document, "gone"), Contains(HasSubstr("Daily Example")));
    EXPECT_THAT(texts_of(document, "else"), Contains("Crane leaves the harbour"));
}

TEST(Explain, RecordsNothingAndChangesNothingWithoutATrace) {
    const std::string html = page_of(text());
    const Explained explained = explain(html);
    const Extraction plain =
        extract_article({.bytes = html,
                         .url = html::parse_url("https://daily.example/2026/11/crane.html").value(),
                         .transport_charset = {}});
    EXPECT_EQ(std::get<Article>(plain).body, std::get<Article>(explained.page.extraction).body);
}

TEST(Explain, AStepIsRecordedWithTheBlocksThatItChanged) {
    Trace trace;
    trace_step(&trace, "first", {true, true, false});
    trace_step(&trace, "second", {true, false, true});
    trace_step(&trace, "third", {true, false, true});
    trace_step(nullptr, "fourth", {false, false, false});
    ASSERT_EQ(trace.steps.size(), 3U);
    EXPECT_EQ(trace.steps[0].kept, 2U);
    EXPECT_EQ(trace.steps[1].kept, 1U);
    EXPECT_EQ(trace.steps[1].dropped, 1U);
    EXPECT_EQ(trace.steps[2].kept + trace.steps[2].dropped, 0U);
    ASSERT_EQ(trace.changes[1].size(), 2U);
    EXPECT_EQ(trace.changes[1][1].step, 1U);
    EXPECT_FALSE(trace.changes[1][1].is_kept);
}

TEST(Explain, ADroppedBlockNamesAStepOrStandsOutsideOfTheContainer) {
    const Explained explained = explain(page_of(
        std::string(kFirst) + "<p>Advertisement</p>" + std::string(kSecond) +
            "<div class=related><a href=/x>The crane of the other harbour</a></div>" +
            "<p>Read more: <a href=/y>Why the other crane was sold as well last year</a></p>" +
            std::string(kThird) +
            "<p>Mara Lind, a reporter, covers the harbours and rivers of the north.</p>"
            "<p>Sign up for our newsletter and get the best stories of the week in your inbox.</p>",
        "<meta name=author content='Mara Lind'>"));
    EXPECT_TRUE(explained.block("Home").changes.empty());
    for (const std::string_view words :
         {"Advertisement", "the other harbour", "Read more", "Mara Lind", "Sign up"}) {
        const Trace::Block& block = explained.block(words);
        EXPECT_FALSE(block.is_kept) << words;
        ASSERT_FALSE(block.changes.empty()) << words;
        EXPECT_FALSE(block.changes.back().is_kept) << words;
    }
    EXPECT_EQ(explained.block("Sign up").kind, "newsletter prompt");
}

TEST(Explain, ListsEveryStepOfTheSelection) {
    const Explained explained = explain(page_of(text()));
    std::vector<std::string> steps;
    for (const Trace::Step& step : explained.trace.steps) steps.push_back(step.name);
    for (const std::string_view step :
         {"container", "foreign boxes", "edges", "classifier", "keep together", "tables",
          "hidden text", "repeats", "links to other articles", "boilerplate", "bylines", "captions",
          "author notes", "labels", "times of entries"})
        EXPECT_THAT(steps, Contains(step));
}

TEST(Explain, NamesTheSiteRuleAndTheHostTemplate) {
    const SiteRules rules{.host = "daily.example",
                          .file = "x.toml",
                          .rules = {{SiteRuleKind::kKeep, ".other", 1, 1}}};
    const std::string page =
        page_of(text()) + "<div class=other><p>Only this is the text, the operator says.</p></div>";
    EXPECT_EQ(explain(page, &rules).last_step("Only this is the text"), "site rule");
    EXPECT_EQ(explain(page, &rules).last_step("The old harbour crane"), "site rule");
    const HostTemplates templates;
    const Explained with_templates = explain(page_of(text()), nullptr, &templates);
    EXPECT_EQ(with_templates.trace.steps.back().name, "host template");
}

TEST(Explain, ShowsScoreWeightLinksAndPathOfABlock) {
    const Explained explained = explain(page_of(text()));
    const Trace::Block& block = explained.block("old harbour crane");
    EXPECT_GT(block.score, 0.4F);
    EXPECT_GT(block.weight, 100U);
    ASSERT_GE(block.path.size(), 2U);
    EXPECT_EQ(block.path.back().tag, "p");
    EXPECT_EQ(block.path[block.path.size() - 2].names, ".story-text");
    EXPECT_THAT(block.path[block.path.size() - 2].hints, HasSubstr("body"));
    EXPECT_THAT(explained.html, HasSubstr("story-text"));
    EXPECT_THAT(explained.html, HasSubstr("classifier 0."));
}

TEST(Explain, ShowsTheCandidatesOfAFieldAndTheWinner) {
    const Explained explained =
        explain(page_of("<p class=byline>By Mara Lind</p><time datetime=2026-11-03>3 November "
                        "2026</time>" +
                            text(),
                        "<meta property=og:title content='Crane leaves the harbour'>"
                        "<meta property=og:image content=/crane.jpg>"
                        "<meta name=author content='Mara Lind'>"
                        "<meta property=article:published_time content=2026-11-03T08:00:00Z>"));
    for (const std::string_view field : {"title", "authors", "published", "lead_image"}) {
        int chosen = 0;
        int all = 0;
        for (const Trace::Candidate& candidate : explained.trace.candidates) {
            if (candidate.field != field) continue;
            ++all;
            chosen += candidate.is_chosen ? 1 : 0;
        }
        EXPECT_GE(all, 1) << field;
        EXPECT_EQ(chosen, 1) << field;
        const auto value = std::ranges::find(explained.trace.fields, field, &Trace::Field::name);
        ASSERT_NE(value, explained.trace.fields.end()) << field;
        EXPECT_FALSE(value->value.empty()) << field;
        EXPECT_FALSE(value->reason.empty()) << field;
        EXPECT_FALSE(value->evidence.source.empty()) << field;
    }
    const html::Document document = parsed(explained.html);
    EXPECT_TRUE(std::ranges::any_of(elements(document), [](Node node) {
        return node.id() == "field-title" &&
               node.text_content().find("most support") != std::string::npos;
    }));
}

TEST(Explain, SaysWhenTheTextCameFromElsewhere) {
    std::string body;
    for (int i = 0; i < 12; ++i)
        body += "Paragraph " + std::to_string(i) +
                " of the whole story, which the page leaves to its script, as many do now. ";
    const Explained explained = explain(
        "<!DOCTYPE html><html lang=en><head><title>Crane leaves</title><script "
        "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Crane leaves\","
        "\"articleBody\":\"" +
        body + "\"}</script></head><body><h1>Crane leaves</h1><p>Loading.</p></body></html>");
    ASSERT_EQ(explained.trace.remarks.size(), 1U);
    EXPECT_THAT(explained.trace.remarks.front(), HasSubstr("JSON-LD"));
    EXPECT_THAT(explained.html, HasSubstr("Paragraph 11 of the whole story"));
}

TEST(Explain, ExplainsAPageWithoutAnArticle) {
    const Explained explained = explain("<!DOCTYPE html><title>Empty</title><p>Hello.</p>");
    ASSERT_TRUE(std::holds_alternative<Refusal>(explained.page.extraction));
    EXPECT_THAT(explained.html, HasSubstr("No article"));
    EXPECT_THAT(explained.html, HasSubstr("Hello."));
    EXPECT_THAT(explain("<frameset></frameset>").html, HasSubstr("No article"));
}

TEST(Explain, NothingOfAHostilePageBecomesMarkup) {
    const std::string attack =
        "\"'></p></style></title><script>alert(1)</script><img src=x "
        "onerror=alert(1)><a href=javascript:alert(1)>x</a>";
    std::string escaped;
    html::Document unused;
    for (const char c : attack) {
        switch (c) {
            case '<':
                escaped += "&lt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped += c;
        }
    }
    const std::string page = "<!DOCTYPE html><html lang=\"" + escaped + "\"><head><title>" +
                             escaped + "</title><meta property=og:title content=\"" + escaped +
                             "\"><meta name=author content=\"By " + escaped +
                             "\"><meta property=og:image content=\"/" + escaped +
                             "\"></head><body><h1>" + escaped + "</h1><article id=\"" + escaped +
                             "\" class=\"" + escaped + "\"><x\"><p>" + escaped + "</p>" + text() +
                             "</article></body></html>";
    Explained explained = explain(page);
    explained.html =
        explain_page("a<script>alert(2)</script>\"'.html", explained.page, explained.trace);
    const html::Document document = parsed(explained.html);
    for (const Node node : elements(document)) {
        for (const std::string_view name :
             {"script", "img", "a", "iframe", "link", "base", "form", "object", "svg"})
            EXPECT_NE(node.name(), name);
        node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            EXPECT_FALSE(node.attribute_name(id).starts_with("on"));
            EXPECT_EQ(value.find("alert"), std::string_view::npos);
        });
    }
    EXPECT_TRUE(is_utf8(explained.html));
}

TEST(Explain, ThePageMakesNoRequestAndForbidsScripts) {
    const Explained explained = explain(page_of(text() + "<img src=/a.jpg width=600 height=400>"));
    const html::Document document = parsed(explained.html);
    bool has_policy = false;
    for (const Node node : elements(document)) {
        EXPECT_FALSE(node.has_attribute("src")) << node.name();
        EXPECT_FALSE(node.has_attribute("href")) << node.name();
        has_policy = has_policy || (node.name() == "meta" &&
                                    node.attribute("content").starts_with("default-src 'none'"));
    }
    EXPECT_TRUE(has_policy);
    EXPECT_THAT(explained.html, Not(HasSubstr("url(")));
}

TEST(Explain, BlocksTakeTheDirectionOfTheirText) {
    const Explained explained =
        explain(page_of("<p>غادرت الرافعة القديمة الميناء صباح الثلاثاء، "
                        "وجاء نصف سكان المدينة لمشاهدتها وهي ترحل.</p>" +
                        text()));
    const html::Document document = parsed(explained.html);
    std::size_t blocks = 0;
    for (const Node node : elements(document)) {
        if (!has_class(node, "t")) continue;
        ++blocks;
        EXPECT_EQ(node.attribute("dir"), "auto");
    }
    EXPECT_GE(blocks, 4U);
}

TEST(Explain, APageOfManyBlocksGivesABoundedExplanation) {
    std::string page = "<!DOCTYPE html><title>Many blocks here</title>";
    for (std::size_t i = 0; i < kMaxTracedBlocks + 500; ++i) page += "<p>x";
    const Explained explained = explain(page);
    EXPECT_EQ(explained.trace.blocks.size(), kMaxTracedBlocks);
    EXPECT_THAT(explained.html, HasSubstr("500 more blocks are not shown"));
}

TEST(Explain, ADeepPageKeepsTheElementThatExplainsADroppedBlock) {
    std::string page = "<!DOCTYPE html><title>Crane leaves</title><h1>Crane leaves</h1><article>" +
                       text() + "<div class=sidebar>";
    for (int i = 0; i < 300; ++i) page += "<div>";
    const Explained explained = explain(page + "Deep down</article>");
    const Trace::Block& block = explained.block("Deep down");
    EXPECT_LT(block.path.size(), 12U);
    EXPECT_TRUE(std::ranges::any_of(block.path, &Trace::Box::is_foreign));
}

TEST(Explain, ShowsTheTextThatReadersDoNotSee) {
    const Explained explained =
        explain(page_of(text() + "<div hidden><p>Only machines read this sentence.</p></div>"));
    ASSERT_EQ(explained.trace.hidden_texts.size(), 1U);
    EXPECT_THAT(explained.html, HasSubstr("Only machines read this sentence."));
}

}  // namespace
}  // namespace heliograph::extract
