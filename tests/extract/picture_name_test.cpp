// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/picture_name.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace heliograph::extract {
namespace {

TEST(PictureName, IsWhatAllSizesShare) {
    const struct {
        std::string_view address;
        std::string_view name;
    } cases[] = {
        {"https://daily.example/2026/11/bridge-at-dawn-1024x683.jpg", "bridge-at-dawn"},
        {"https://daily.example/bridge-at-dawn_1200.jpg?w=300", "bridge-at-dawn"},
        {"https://daily.example/w1200_h630_bridge-at-dawn.webp", "bridge-at-dawn"},
        {"https://cdn.example/media/4f2e1d0c9b8a/0_192_4000_2400/master/4000.jpg", "4f2e1d0c9b8a"},
        {"https://cdn.example/4f2e1d0c9b8a/1200x800", "4f2e1d0c9b8a"},
        {"https://img.example/resize?url=https%3A%2F%2Fdaily.example%2Fbridge-at-dawn.jpg&w=9",
         "bridge-at-dawn"},
        {"https://daily.example/original.jpg", ""},
        {"", ""},
    };
    for (const auto& one : cases) EXPECT_EQ(name_in_address(one.address), one.name) << one.address;
}

TEST(PictureKey, IsOneForAllCutsOfAPicture) {
    const std::string_view same[][2] = {
        {"https://a.example/harbour-300x200.jpg", "https://a.example/x/Harbour-1024x683.webp?w=1"},
        {"https://a.example/harbour-view-scaled.jpg", "https://a.example/harbour-view.jpg"},
        {"https://a.example/4f2e1d0c9b8a?w=300", "https://a.example/4f2e1d0c9b8a?w=900"},
        {"https://a.example/106113553/1920/1440/image.jpg",
         "https://a.example/106113553/1024/image.jpg"},
        {"https://a.example/480/bridge-at-dawn.jpg", "https://a.example/1024/bridge-at-dawn.jpg"},
        {"https://cdn.example/0123456789abcdef01234567/640.jpg",
         "https://cdn.example/0123456789abcdef01234567/1200.jpg"},
        {"https://cdn.example/0123456789abcdef01234567/0_1_40_24/master/500.jpg",
         "https://cdn.example/0123456789abcdef01234567/9_1_40_24/master/500.jpg"},
    };
    for (const auto& pair : same) EXPECT_EQ(picture_key(pair[0]), picture_key(pair[1])) << pair[0];
}

TEST(PictureKey, IsNeverOneForTwoPictures) {
    const std::string_view others[][2] = {
        {"https://a.example/2026/1.jpg", "https://a.example/2026/2.jpg"},
        {"https://a.example/gallery-of-cranes/1.jpg", "https://a.example/gallery-of-cranes/2.jpg"},
        {"https://a.example/cranes/1.jpg", "https://a.example/gulls/1.jpg"},
        {"https://a.example/harbour-view-121.jpg", "https://a.example/harbour-view-122.jpg"},
        {"https://a.example/02sh/product-image.fit_lpad.size_672x378.v17.jpg",
         "https://a.example/02kO/product-image.fit_lpad.size_672x378.v16.jpg"},
        {"https://a.example/106113552/1920/1440/image.jpg",
         "https://a.example/106113553/1920/1440/image.jpg"},
        {"https://a.example/11aa22bb/original.jpg", "https://a.example/33cc44dd/original.jpg"},
        {"https://a.example/11aa22bb/master/4000.jpg",
         "https://a.example/33cc44dd/master/4000.jpg"},
        {"https://a.example/20261129_101500.jpg", "https://a.example/20261129_101501.jpg"},
        {"https://a.example/image.jpg", "https://b.example/image.jpg"},
        {"https://a.example/p?id=1", "https://a.example/p?id=2"},
        {"https://a.example/getimage?id=1", "https://a.example/getimage?id=2"},
        {"https://a.example/thumbs/show.php?id=1", "https://a.example/thumbs/show.php?id=2"},
    };
    for (const auto& pair : others)
        EXPECT_NE(picture_key(pair[0]), picture_key(pair[1])) << pair[0];
    EXPECT_EQ(picture_key(""), "");
}

}  // namespace
}  // namespace heliograph::extract
