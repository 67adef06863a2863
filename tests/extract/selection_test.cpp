// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/selection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "extract/block_features.h"
#include "extract/block_model.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

const std::string kFirst =
    "The ferry to the northern islands, which had been laid up since the spring, sailed again on "
    "Monday with forty passengers, eleven sheep and the post of half a year.";
const std::string kSecond =
    "Its captain, asked what had been wrong with it, said that nothing had: there had been no "
    "money for oil, and now, for some weeks at least, there was.";
const std::string kFooter =
    "Harbour Gazette is printed in the old customs house, and all that stands in it, pictures "
    "included, may be read aloud but not sold.";

std::string page() {
    return "<body><ul><li><a href=\"/\">Home</a><li><a href=\"/sea\">Sea</a></ul><div><h1>Ferry "
           "sails</h1><div class=\"story\"><p>" +
           kFirst + "</p><p>" + kSecond + "</p></div></div><footer><p>" + kFooter +
           "</p></footer></body>";
}

std::string kept_text(const PageTable& table, const Selection& selection) {
    std::string out;
    for (std::size_t b = 0; b < selection.keep.size(); ++b)
        if (selection.keep[b]) out += table.text_of(table.blocks[b], 1000) + "\n";
    return out;
}

// A judge that says the same of every block.
BlockModelFile stubborn(const char* value) {
    return *BlockModelFile::parse("1 1 0\nleaf " + std::string(value) + "\n0\n");
}

TEST(PageTable, TellsMadeUpElementsApartByTheirNamesOnEveryPage) {
    html::Document one;
    html::Document other;
    one.parse("<x-story>a</x-story><x-teaser>b</x-teaser>");
    other.parse("<x-menu>c</x-menu><x-teaser>b</x-teaser><x-story>a</x-story>");
    const PageTable first(one);
    const PageTable second(other);
    EXPECT_EQ(first.rows[1].signature, second.rows[3].signature);
    EXPECT_EQ(first.rows[2].signature, second.rows[2].signature);
    EXPECT_NE(first.rows[1].signature, first.rows[2].signature);
}

TEST(PageTable, NamesOfTheBodySayWhatThePageIs) {
    html::Document document;
    document.parse("<body class=\"sidebar-left footer-on-bottom\"><div class=sidebar>Sea</div>");
    const PageTable table(document);
    EXPECT_EQ(table.rows[0].names, 0U);
    EXPECT_EQ(table.rows[1].names, kSide);
}

TEST(PageTable, ALinkOfAHeadingToItselfIsNone) {
    html::Document document;
    document.parse(
        "<h2 id=a><a href='#a'>Gulls</a></h2><h2><a href='/b#a'>Bridge</a></h2>"
        "<li><a href='#a'>Gulls</a></li>");
    const PageTable table(document);
    EXPECT_EQ(table.blocks[0].link_weight, 0U);
    EXPECT_GT(table.blocks[1].link_weight, 0U);
    EXPECT_GT(table.blocks[2].link_weight, 0U);
}

TEST(SelectByRules, TakesTheParagraphsBelowTheTitle) {
    html::Document document;
    document.parse(page());
    const PageTable table(document);
    const Selection selection = select_by_rules(table, {.title = "Ferry sails"});
    EXPECT_EQ(kept_text(table, selection), kFirst + "\n" + kSecond + "\n");
}

// What the rules keep of a short report and of what stands below it.
std::string kept_above(const std::string& below) {
    html::Document document;
    document.parse("<body><div><h1>Ferry sails</h1><p>" + kFirst + "</p><p>" + kSecond +
                   "</p></div>" + below + "</body>");
    const PageTable table(document);
    const auto title = std::ranges::find(table.rows, html::Tag{LXB_TAG_H1}, &Row::tag);
    return kept_text(table,
                     select_by_rules(table, {.title = "Ferry sails", .title_node = title->node}));
}

TEST(SelectByRules, AShortReportIsNotTheBeginningsOfOthers) {
    std::string teasers;
    for (const char* headline : {"Crane leaves the harbour", "Gulls back in the lighthouse",
                                 "A bridge to nowhere opens", "Eleven sheep found at sea"})
        teasers += "<li><a href=/a>" + std::string(headline) + "</a><div>" + kFooter + kSecond +
                   "</div></li>";
    EXPECT_EQ(kept_above("<ul>" + teasers + "</ul>"), kFirst + "\n" + kSecond + "\n");
}

TEST(SelectByRules, AShortReportIsNotTheLongerRulesOfItsComments) {
    std::string rules;
    for (int i = 0; i < 6; ++i) rules += "<p>" + kFooter + kSecond + "</p>";
    EXPECT_EQ(kept_above("<div class=comment-rules>" + rules + "</div>"),
              kFirst + "\n" + kSecond + "\n");
}

TEST(SelectByRules, ABoxRoundTheTitleMayBeCalledAnything) {
    html::Document document;
    std::string other;  // one long text, where all named so is none
    while (other.size() < 3 * (kFirst.size() + kSecond.size()))
        other += "The old customs house is open to all who can read. ";
    document.parse("<body><div id=comments_page><div class=name>Ferry sails</div><p>" + kFirst +
                   "</p><p>" + kSecond + "</p></div><div><div><div><div><div><p>" + other +
                   "</p></div></div></div></div></div></body>");
    const PageTable table(document);
    html::Node title;
    for (const Row& row : table.rows)
        if (row.node.class_name() == "name") title = row.node;
    const Selection selection =
        select_by_rules(table, {.title = "Ferry sails", .title_node = title});
    EXPECT_EQ(kept_text(table, selection), kFirst + "\n" + kSecond + "\n");
}

TEST(SelectBlocks, IsWhatTheJudgeSaysAndFallsBackOnTheRules) {
    html::Document document;
    document.parse(page());
    const PageTable table(document);
    const Clues clues{.title = "Ferry sails"};
    const BlockModelFile all = stubborn("5");
    const BlockModelFile none = stubborn("-5");
    const Selection with_all = select_blocks(table, clues, all.model());
    EXPECT_NE(kept_text(table, with_all).find("Harbour Gazette"), std::string::npos);
    EXPECT_EQ(table.rows[with_all.root].tag, LXB_TAG_BODY);
    EXPECT_LT(with_all.agreement, 1);
    EXPECT_GT(with_all.agreement, 0.3);
    const Selection with_none = select_blocks(table, clues, none.model());
    EXPECT_EQ(kept_text(table, with_none), kFirst + "\n" + kSecond + "\n");
    EXPECT_EQ(with_none.agreement, 0);
    EXPECT_LT(with_none.confidence, 0.1);
}

TEST(SelectBlocks, JudgeAndRulesAgreeOnAPlainPage) {
    html::Document document;
    document.parse(page());
    const PageTable table(document);
    const Selection selection =
        select_blocks(table, {.title = "Ferry sails"}, BlockModel::built_in());
    EXPECT_EQ(kept_text(table, selection), kFirst + "\n" + kSecond + "\n");
    EXPECT_EQ(selection.agreement, 1);
    EXPECT_GT(selection.confidence, 0.8);
}

TEST(SelectBlocks, OfAnEmptyPageIsEmpty) {
    html::Document document;
    document.parse("");
    const PageTable table(document);
    const Selection selection = select_blocks(table, {}, BlockModel::built_in());
    EXPECT_TRUE(selection.keep.empty());
    EXPECT_LT(selection.confidence, 0.1);
}

TEST(BlocksToJudge, AreTheChosenAndWhatIsNearToProse) {
    std::string links;
    for (int i = 0; i < 40; ++i) links += "<p><a href=\"/x\">Link</a></p>";
    html::Document document;
    document.parse("<body>" + links + "<p>" + kFirst + "</p>" + links + "</body>");
    const PageTable table(document);
    const std::vector<std::uint32_t> blocks = blocks_to_judge(table, select_by_rules(table, {}));
    EXPECT_TRUE(std::ranges::is_sorted(blocks));
    EXPECT_TRUE(std::ranges::binary_search(blocks, 40U));
    EXPECT_LT(blocks.size(), 20U);
}

TEST(BlockFeatures, AreFiniteNumbersForEveryBlock) {
    html::Document document;
    document.parse(page());
    const PageTable table(document);
    const Clues clues{.title = "Ferry sails", .body = kFirst};
    const Selection rules = select_by_rules(table, clues);
    std::vector<std::uint32_t> all(table.blocks.size());
    for (std::uint32_t b = 0; b < all.size(); ++b) all[b] = b;
    const std::vector<Features> features = block_features(table, clues, rules, all);
    ASSERT_EQ(features.size(), table.blocks.size());
    for (const Features& row : features)
        EXPECT_TRUE(std::ranges::all_of(row, [](float value) { return std::isfinite(value); }));
}

}  // namespace
}  // namespace heliograph::extract
