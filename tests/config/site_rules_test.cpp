// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/site_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::config {
namespace {

TEST(SiteRules, ReadsOneSelectorOrAList) {
    const auto rules = parse_site_rules(
        "keep = \"article\"\ndrop = [\".box\",\n        \"#more\"]\n", "daily.example.toml");
    ASSERT_TRUE(rules) << rules.error().message;
    std::vector<std::string> read;
    for (const SiteRule& rule : rules->rules) read.push_back(to_string(*rules, rule));
    EXPECT_THAT(read, testing::ElementsAre("daily.example.toml:1:8: keep 'article'",
                                           "daily.example.toml:2:9: drop '.box'",
                                           "daily.example.toml:3:9: drop '#more'"));
}

TEST(SiteRules, NamesEachMistakeWithItsPlace) {
    std::string many = "drop = [";
    for (std::size_t i = 0; i <= kMaxSiteRules; ++i) many += "'p',";
    many += "]";
    const struct {
        std::string toml;
        std::string_view message;
    } cases[] = {
        {"keep = 'a'\ntitel = 'b'", "x.toml:2:1: unknown key 'titel'; did you mean 'title'?"},
        {"keep = 1", "x.toml:1:8: 'keep' must be a CSS selector in quotes, or a list of them"},
        {"drop = ['']", "x.toml:1:9: 'drop' must be a CSS selector in quotes, or a list of them"},
        {"drop = [['a']]",
         "x.toml:1:9: 'drop' must be a CSS selector in quotes, or a list of them"},
        {"", "x.toml:1:1: there is no rule in it"},
        {"drop = []", "x.toml:1:1: there is no rule in it"},
        {many, "x.toml:1:1: 201 rules; 200 are the most for one site"},
    };
    for (const auto& c : cases) {
        const auto rules = parse_site_rules(c.toml, "x.toml");
        ASSERT_FALSE(rules) << c.toml;
        EXPECT_EQ(rules.error().message, c.message);
    }
    const auto broken = parse_site_rules("keep = 'a'\nkeep", "x.toml");
    ASSERT_FALSE(broken);
    EXPECT_THAT(broken.error().message, testing::StartsWith("x.toml:2:"));
}

}  // namespace
}  // namespace heliograph::config
