// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/chinese.h"

#include <gtest/gtest.h>

namespace heliograph::script {
namespace {

TEST(Chinese, ChoosesByTheWordWhereOneCharacterStandsForSeveral) {
    const auto traditional = Converter::open(Chinese::kTraditional);
    ASSERT_TRUE(traditional) << traditional.error().message;
    EXPECT_EQ(traditional->convert("头发发展，皇后在后面"), "頭髮發展，皇后在後面");
    EXPECT_EQ(traditional->convert("<p title=\"汉字\">A &amp; 国</p>"),
              "<p title=\"漢字\">A &amp; 國</p>");
    EXPECT_EQ(traditional->convert("latin \xff 国"), "latin \xff 国");
    const auto simplified = Converter::open(Chinese::kSimplified);
    ASSERT_TRUE(simplified) << simplified.error().message;
    EXPECT_EQ(simplified->convert("頭髮發展，皇后在後面"), "头发发展，皇后在后面");
}

}  // namespace
}  // namespace heliograph::script
