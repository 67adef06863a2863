// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/publisher.h"

namespace heliograph::publish {
namespace {

using testing::ElementsAre;

FileDigest digest(const std::string& hash, std::uint64_t size = 10) { return {hash, size}; }

std::vector<std::string> paths(const Plan& plan) {
    std::vector<std::string> out;
    for (const Change& change : plan.changes) out.push_back(change.path);
    return out;
}

TEST(Plan, IsTheDifferenceOfWhatWasBuiltAndWhatIsThere) {
    const Manifest built = {{"all/index.html", digest("same")},
                            {"articles/a.html", digest("new")},
                            {"articles/b.html", digest("added", 7)}};
    const Manifest published = {{"all/index.html", digest("same")},
                                {"articles/a.html", digest("old")},
                                {"articles/c.html", digest("gone")}};
    const Plan plan = make_plan(built, published);
    EXPECT_THAT(plan.changes,
                ElementsAre(Change{"articles/a.html", ChangeKind::kChange, digest("new")},
                            Change{"articles/b.html", ChangeKind::kAdd, digest("added", 7)},
                            Change{"articles/c.html", ChangeKind::kRemove, {}}));
    EXPECT_EQ(plan.bytes, 17U);
    EXPECT_FALSE(plan.empty());
}

TEST(Plan, IsEmptyWhenNothingChanged) {
    const Manifest same = {{"index.html", digest("x")}};
    EXPECT_TRUE(make_plan(same, same).empty());
    EXPECT_TRUE(make_plan({}, {}).empty());
}

TEST(Plan, PutsWhatIsLinkedToBeforeWhatLinksToIt) {
    const Manifest built = {{"README.md", digest("1")},
                            {"all/README.md", digest("2")},
                            {"articles/2026/11/a.md", digest("3")},
                            {"media/ab/picture.webp", digest("4")},
                            {"sections/news/README.md", digest("5")}};
    const Manifest published = {{"articles/2026/10/old.md", digest("6")}};
    EXPECT_THAT(paths(make_plan(built, published)),
                ElementsAre("media/ab/picture.webp", "articles/2026/11/a.md", "all/README.md",
                            "sections/news/README.md", "README.md", "articles/2026/10/old.md"));
}

}  // namespace
}  // namespace heliograph::publish
