// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/site_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/date.h"
#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using enum SiteRuleKind;

// A page whose text stands in what looks like a box of related things.
constexpr std::string_view kPage =
    "<!DOCTYPE html><html><head><title>Sections | Daily</title></head><body>"
    "<h1>Sections</h1><p class=head>The lock keeper retires</p><span class=who>Mara Lind</span>"
    "<b class=day title=x>3 May 2026</b>"
    "<div class=main><p>Buy our calendar of bridges, printed on heavy paper, with a picture for "
    "every month and a page for notes, and we shall send it to you without any cost at all.</p>"
    "<img src='/calendar.jpg' alt='A calendar' width=600 height=400></div>"
    "<div class=related><p>For forty years she opened the gates at six, in rain or in "
    "frost, and closed them when the last barge had passed; on Friday she did so for the last "
    "time.</p><img src='/lock.jpg' alt='The lock' width=600 height=400>"
    "<p class=promo>Subscribe to our letter about the river, which comes on Fridays, and "
    "never miss a thing that happens on it, in it, or beside it.</p><p>Her successor, a machine, "
    "begins on Monday. It needs no sleep, the office says, and no lunch.</p></div></body></html>";

ExtractedPage extract(std::vector<SiteRule> rules, std::string_view page = kPage) {
    const SiteRules site{.host = "daily.example", .file = "x.toml", .rules = std::move(rules)};
    return extract_page({.bytes = page,
                         .url = html::parse_url("https://daily.example/lock").value(),
                         .transport_charset = {},
                         .rules = &site});
}

Article article_of(const ExtractedPage& page) { return std::get<Article>(page.extraction); }

TEST(SiteRules, SayWhatIsTheArticle) {
    const ExtractedPage page = extract({{kKeep, ".related", 1, 8},
                                        {kDrop, ".promo", 2, 8},
                                        {kTitle, ".head", 3, 9},
                                        {kAuthor, ".who", 4, 10},
                                        {kDate, ".day", 5, 8}});
    const Article article = article_of(page);
    const std::string text = html::plain_text(article.body);
    EXPECT_THAT(text, StartsWith("For forty years"));
    EXPECT_TRUE(text.ends_with("and no lunch.")) << text;
    EXPECT_THAT(text, Not(HasSubstr("Subscribe")));
    EXPECT_THAT(article.body, Not(HasSubstr("calendar")));
    EXPECT_EQ(article.title, "The lock keeper retires");
    EXPECT_THAT(article.authors, ElementsAre("Mara Lind"));
    ASSERT_TRUE(article.published);
    EXPECT_THAT(format_rfc3339(*article.published), StartsWith("2026-05-03"));
    for (const char* field : {"title", "authors", "published", "body"})
        EXPECT_EQ(article.evidence.at(field).source, "site rule") << field;
    EXPECT_THAT(page.notes.rule_matches, ElementsAre(1, 1, 1, 1, 1));
}

TEST(SiteRules, ThatMatchNothingChangeNothingAndSaySo) {
    const ExtractedPage with = extract({{kKeep, ".gone", 1, 8}, {kTitle, "h7", 2, 9}});
    const Article without = article_of(extract({}));
    EXPECT_EQ(article_of(with).body, without.body);
    EXPECT_EQ(article_of(with).title, without.title);
    EXPECT_EQ(article_of(with).evidence, without.evidence);
    EXPECT_THAT(with.notes.rule_matches, ElementsAre(0, 0));
}

TEST(SiteRules, OfOneKindTheFirstThatMatchesIsUsed) {
    const ExtractedPage page =
        extract({{kKeep, ".old", 1, 9}, {kKeep, ".related", 1, 17}, {kKeep, ".main", 1, 29}});
    EXPECT_THAT(html::plain_text(article_of(page).body), StartsWith("For forty years"));
    EXPECT_THAT(page.notes.rule_matches, ElementsAre(0, 1, 0));
}

TEST(SiteRules, KeepSeveralPlacesInTheOrderOfThePage) {
    const ExtractedPage page = extract({{kKeep, ".promo, .main", 1, 8}});
    EXPECT_THAT(html::plain_text(article_of(page).body),
                testing::MatchesRegex("Buy our calendar(.|\n)*Subscribe to our letter(.|\n)*"));
    EXPECT_THAT(article_of(page).body, Not(HasSubstr("forty years")));
}

TEST(SiteRules, TheHeadlineIsNotInTheTextThatIsKept) {
    const ExtractedPage page = extract({{kKeep, "body > *", 1, 8}, {kTitle, ".head", 2, 9}});
    EXPECT_THAT(article_of(page).body, HasSubstr("forty years"));
    const ExtractedPage all = extract(
        {{kKeep, "main", 1, 8}},
        "<main><h1>The lock keeper retires</h1><p>For forty years she opened the gates at six, in "
        "rain or in frost, and closed them when the last barge had passed; on Friday she did so "
        "for the last time, and nobody sang.</p></main>");
    EXPECT_EQ(article_of(all).title, "The lock keeper retires");
    EXPECT_THAT(article_of(all).body, StartsWith("<p>For forty"));
}

TEST(SiteRules, WhatIsDroppedIsGoneFromTheMetadataToo) {
    const ExtractedPage page = extract({{kDrop, "h1, title", 1, 8}});
    // Without a title an article is called by its first words.
    EXPECT_EQ(article_of(page).evidence.at("title").source, "text");
    EXPECT_THAT(article_of(page).title, Not(HasSubstr("Sections")));
}

TEST(SiteRules, AWholePageCannotBeDroppedNorBeATitle) {
    const ExtractedPage page =
        extract({{kDrop, "html", 1, 8}, {kDrop, "body", 2, 8}, {kTitle, "head, body", 3, 9}});
    EXPECT_EQ(article_of(page).title, article_of(extract({})).title);
    EXPECT_THAT(page.notes.rule_matches, ElementsAre(0, 0, 0));
    EXPECT_TRUE(std::holds_alternative<Refusal>(extract({{kDrop, "*", 1, 8}}).extraction));
}

}  // namespace
}  // namespace heliograph::extract
