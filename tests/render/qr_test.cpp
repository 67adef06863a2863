// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/qr.h"

#include <gtest/gtest.h>
#include <random>

#include "render/support.h"

namespace heliograph::render {
namespace {

TEST(QrPng, IsReadBackByAnotherProgram) {
    for (const std::string& address :
         {std::string("https://m.example/"),
          std::string("https://host.example/us/mirror/blob/main/articles/2026/11/k3v9x0q2ma.md"),
          "https://m.example/" + std::string(300, 'a') + "?b=c&d=%E4%B8%AD"}) {
        const auto code = make_qr_code(address);
        ASSERT_TRUE(code);
        EXPECT_EQ(test::run_on("zbarimg -q --raw {} 2>/dev/null", qr_png(*code), ".png"),
                  address + "\n");
    }
}

// The mask is not chosen by the text: whatever that is, the code must be easy to read.
TEST(QrPng, OfManyAddressesIsReadBack) {
    std::minstd_rand random(7);
    for (int i = 0; i < 60; ++i) {
        std::string address = "https://mirror.example/articles/2026/11/";
        for (int k = 0; k < 10 + i * 3; ++k)
            address += "0123456789abcdefghijklmnopqrstuvwxyz"[random() % 36];
        EXPECT_EQ(test::run_on("zbarimg -q --raw {} 2>/dev/null", qr_png(*make_qr_code(address)),
                               ".png"),
                  address + "\n");
    }
}

TEST(QrCode, IsNotMadeOfTextThatNoCodeHolds) {
    EXPECT_FALSE(make_qr_code(""));
    EXPECT_TRUE(make_qr_code(std::string(2331, 'x')));
    EXPECT_FALSE(make_qr_code(std::string(2332, 'x')));
}

}  // namespace
}  // namespace heliograph::render
