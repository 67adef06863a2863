// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/article_id.h"

#include <gtest/gtest.h>
#include <set>

namespace heliograph::pipeline {
namespace {

TEST(ArticleId, IsTenCharactersOfTheAddressAndTheSameForEver) {
    const auto never = [](const std::string&) { return false; };
    const std::string id = make_article_id("https://daily.example/2026/11/bridge", never);
    // Part of addresses on every mirror: `printf %s URL | sha256sum | xxd -r -p | base32`.
    EXPECT_EQ(id, "ydretidnwa");
    EXPECT_EQ(make_article_id("https://daily.example/2026/11/bridge", never), id);
    EXPECT_NE(make_article_id("https://daily.example/2026/11/bridge2", never), id);
}

TEST(ArticleId, GrowsUntilItIsFree) {
    std::set<std::string> taken;
    const auto is_taken = [&](const std::string& id) { return taken.contains(id); };
    for (std::size_t length = 10; length < 15; ++length) {
        const std::string id = make_article_id("https://daily.example/", is_taken);
        EXPECT_EQ(id.size(), length);
        taken.insert(id);
    }
}

}  // namespace
}  // namespace heliograph::pipeline
