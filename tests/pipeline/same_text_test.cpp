// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/same_text.h"

#include <gtest/gtest.h>
#include <string>

namespace heliograph::pipeline {
namespace {

TEST(SameText, SeesACorrectedTextAndTellsAnotherApart) {
    const std::string text =
        "The harbour was quiet when the first boats came in, and nobody on the quay spoke for a "
        "while. According to the council, the repair of the old bridge will cost less than feared.";
    const std::string other =
        "She had kept the letters in a tin box, sorted by year, and read them aloud only once. In "
        "the afternoon the wind turned, as the fishermen had said it would, and the fog lifted.";
    std::string corrected = text;
    corrected.replace(corrected.find("quiet"), 5, "very quiet indeed");
    EXPECT_TRUE(is_same_text(text, corrected));
    EXPECT_TRUE(is_same_text(text, text + other)) << "it grew";
    EXPECT_FALSE(is_same_text(text, other));
    EXPECT_FALSE(is_same_text("Short.", "Short."));
    EXPECT_FALSE(is_same_text("", text));
}

}  // namespace
}  // namespace heliograph::pipeline
