// SPDX-License-Identifier: GPL-3.0-or-later
// What a host's pages have in common is learned from run to run.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kNote =
    "<p>This newspaper is printed by those who read it, and paid by nobody else: who wants to help "
    "may come to the office on any day.</p>";

// No sentence of it is in another one's.
std::string text_of(int number, const std::string& design) {
    std::string out;
    for (int i = 0; i < 12; ++i)
        out += fmt::format(
            "<div class=\"{0}-{1}\"><p class=\"{0}-text-{1}\">Report {2} part {3} says that the "
            "water rose by {3} hands, that the bridge of {2} held, and that nobody of the {3} "
            "families was hurt.</p></div>",
            design, std::string(static_cast<std::size_t>(i) + 1, 'q'), number * 101,
            i * 37 + number);
    return out + std::string(kNote);
}

std::string page_of(const Operator& us, const std::string& words) {
    for (const auto& [path, bytes] : us.files("site"))
        if (path.starts_with("articles/") && bytes.contains(words)) return bytes;
    return "";
}

class Templates : public testing::Test {
  protected:
    Templates() { us.configure(newsroom.source()); }

    void write(int count, const std::string& design) {
        for (int i = 0; i < count; ++i) {
            ++number_;
            newsroom.publish({.path = fmt::format("/{:03}.html", number_),
                              .title = fmt::format("Report {}", number_),
                              .text = text_of(number_, design),
                              .has_picture = false});
        }
    }
    std::string run() {
        us.now += 3600;
        return us.run({"run", "--once"}).out;
    }
    std::string publish(int count, const std::string& design) {
        write(count, design);
        return run();
    }

    Newsroom newsroom;
    Operator us;

  private:
    int number_ = 0;
};

TEST_F(Templates, WhatRepeatsLeavesAndANewDesignIsToldOf) {
    EXPECT_THAT(publish(8, "old"), Not(HasSubstr("redesign")));
    EXPECT_THAT(publish(1, "old"), Not(HasSubstr("redesign")));
    const std::string ninth = page_of(us, "Report 909 part");
    EXPECT_THAT(ninth, HasSubstr("hands"));
    EXPECT_THAT(ninth, Not(HasSubstr("This newspaper is printed")));
    EXPECT_THAT(publish(2, "new"), Not(HasSubstr("redesign")));
    EXPECT_THAT(publish(2, "new"),
                testing::AllOf(HasSubstr("redesign   1 hosts"), HasSubstr("127.0.0.1: the last")));
    EXPECT_THAT(publish(2, "new"), Not(HasSubstr("redesign")));
}

// A first run takes the pages in no order of time: two designs beside one another are no news.
TEST_F(Templates, TwoDesignsOfAHostThatIsNewAreNoRedesign) {
    write(8, "new");
    write(4, "old");
    EXPECT_THAT(run(), testing::AllOf(HasSubstr("12 "), Not(HasSubstr("redesign"))));
}

}  // namespace
}  // namespace heliograph::test
