// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/block_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace heliograph::extract {
namespace {

// Two trees: feature 0 at 10 decides between -2 and a look at feature 2; the other always adds 0.5.
constexpr std::string_view kModel =
    "6 2 2\n"
    "0 10 1\n"
    "leaf -2\n"
    "2 0.5 3\n"
    "leaf 1\n"
    "leaf 3\n"
    "leaf 0.5\n"
    "0 5\n";

float chance(float logit) { return 1.0F / (1.0F + std::exp(-logit)); }

TEST(BlockModel, AddsTheLeavesThatTheNumbersLeadTo) {
    const auto file = BlockModelFile::parse(kModel);
    ASSERT_TRUE(file);
    std::vector<Features> blocks(4);
    blocks[0][0] = 10;  // at most: the left one
    blocks[1][0] = 11;
    blocks[2][0] = 11;
    blocks[2][2] = 0.6F;
    blocks[3][0] = -1e30F;
    const std::vector<float> judged = file->model().judge(blocks);
    ASSERT_EQ(judged.size(), 4U);
    EXPECT_FLOAT_EQ(judged[0], chance(-1.5F));
    EXPECT_FLOAT_EQ(judged[1], chance(1.5F));
    EXPECT_FLOAT_EQ(judged[2], chance(3.5F));
    EXPECT_FLOAT_EQ(judged[3], chance(-1.5F));
}

TEST(BlockModel, LeadsBlocksThatAreSettledThroughNoMoreTrees) {
    // Five trees: the first tells blocks apart by a number, the others are one leaf each.
    const auto file =
        BlockModelFile::parse("5 5 1\n0 1 1\nleaf 1\nleaf 3\nleaf -1\nleaf -1\n0\n3\n4\n3\n4\n");
    ASSERT_TRUE(file);
    // More than go side by side, so that those that go on have other neighbours.
    std::vector<Features> blocks(100);
    for (std::size_t b = 0; b < blocks.size(); b += 3) blocks[b][0] = 2;
    const std::vector<float> judged = file->model().judge(blocks);
    for (std::size_t b = 0; b < blocks.size(); ++b)
        EXPECT_FLOAT_EQ(judged[b], b % 3 == 0 ? chance(3) : chance(1 - 4)) << b;
}

TEST(BlockModel, OfNoBlocksSaysNothing) { EXPECT_TRUE(BlockModel::built_in().judge({}).empty()); }

TEST(BlockModel, RefusesWhatIsNoModel) {
    const std::string whole(kModel);
    for (const std::string& text :
         {std::string(), std::string("nodes"), whole.substr(0, 20),
          whole.substr(0, whole.size() - 2), std::string("0 0 0\n"),
          std::string("1 1 99\nleaf 1\n0\n"),
          std::string("3 1 1\n0 1 2\nleaf 1\nleaf 2\n0\n"),              // a way out at the end
          fmt::format("3 1 1\n{} 1 1\nleaf 1\nleaf 2\n0\n", kFeatures),  // there is no such feature
          std::string("3 1 1\n0 1 1\nleaf 1\nleaf 2\n3\n"),              // a root that there is not
          std::string("3 1 1\n0 x 1\nleaf 1\nleaf 2\n0\n")})
        EXPECT_FALSE(BlockModelFile::parse(text)) << text;
}

}  // namespace
}  // namespace heliograph::extract
