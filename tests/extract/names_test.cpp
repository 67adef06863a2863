// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/names.h"

#include <gtest/gtest.h>

namespace heliograph::extract {
namespace {

TEST(Names, OfAnyLengthAreFoundWholeOnly) {
    for (const char* word :
         {"ad", "ads", "adslot", "advert", "adsense", "adwrapper", "advertisement"})
        EXPECT_EQ(read_names(word), kAd) << word;
    for (const char* word :
         {"a", "adz", "zds", "adzlot", "adslotz", "adzense", "zdwrapper", "adwrapzer",
          "advertzsement", "advertisemenz", "advertisementadvertisement"})
        EXPECT_EQ(read_names(word), 0U) << word;
}

TEST(Names, AreReadWordByWord) {
    for (const char* names :
         {"ad", "ad1", "ad-slot", "adSlot", "topAd", "AD", "box ad", "ad_300x250"})
        EXPECT_EQ(read_names(names) & kAd, kAd) << names;
    for (const char* names : {"lead", "adult", "headline", "", "-", "a d"})
        EXPECT_EQ(read_names(names) & kAd, 0U) << names;
    EXPECT_EQ(read_names("articleBody") & kBodyName, kBodyName);
    EXPECT_EQ(read_names("article") & kBodyName, 0U);
    EXPECT_EQ(read_names("article body") & kBodyName, 0U) << "two names say less than one";
}

// Classes that set the look of an element, and such that say what is in it or not.
TEST(Names, OfMeasuresAndOfContentsAreNone) {
    for (const char* names : {"c-margin-bottom-m", "padding-bottom", "borderBottom"})
        EXPECT_EQ(read_names(names) & kFoot, 0U) << names;
    EXPECT_EQ(read_names("overflow-hidden") & kHiddenName, 0U);
    for (const char* names : {"has-sidebar", "no-sidebar", "with-comments", "post has-ads"})
        EXPECT_EQ(read_names(names) & (kSide | kComment | kAd), 0U) << names;
    EXPECT_EQ(read_names("page-bottom margin") & kFoot, kFoot);
    EXPECT_EQ(read_names("margin bottom") & kFoot, kFoot) << "two names";
    EXPECT_EQ(read_names("is-hidden") & kHiddenName, kHiddenName);
    EXPECT_EQ(read_names("no-js sidebar") & kSide, kSide);
}

// Bundlers make names of random letters and digits.
TEST(Names, OfChanceSayNothing) {
    for (const char* names : {"css-1ad9x", "sc-bAdQz", "sc-1x2ad", "jsx-77ad", "_3ads2"})
        EXPECT_EQ(read_names(names) & kAd, 0U) << names;
}

}  // namespace
}  // namespace heliograph::extract
