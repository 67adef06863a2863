// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/qr.h"

#include <gtest/gtest.h>
#include <random>
#include <thread>

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
    for (int i = 0; i < 100; ++i) {
        // Some of one length, whose codes are made of each other, and some of others.
        std::string address = "https://mirror.example/articles/2026/11/";
        for (int k = 0; k < (i % 5 == 0 ? 10 + i : 14); ++k)
            address += "0123456789abcdefghijklmnopqrstuvwxyz"[random() % 36];
        EXPECT_EQ(
            test::run_on("zbarimg -q --raw {} 2>/dev/null", qr_png(*make_qr_code(address)), ".png"),
            address + "\n");
    }
}

// Codes of one length are made of those before; a new thread knows none.
TEST(QrCode, IsTheSameWhateverCameBefore) {
    std::minstd_rand random(11);
    for (const std::size_t length : {1U, 17U, 64U, 200U, 201U}) {
        for (int i = 0; i < 60; ++i) {
            std::string text;
            while (text.size() < length) text += static_cast<char>(random() >> 8);
            const auto code = make_qr_code(text);
            std::optional<QrCode> fresh;
            std::thread([&] { fresh = make_qr_code(text); }).join();
            ASSERT_TRUE(code && fresh);
            EXPECT_EQ(code->size, fresh->size);
            EXPECT_TRUE(code->rows == fresh->rows) << length << ", text " << i;
        }
    }
}

TEST(QrCode, IsNotMadeOfTextThatNoCodeHolds) {
    EXPECT_FALSE(make_qr_code(""));
    EXPECT_TRUE(make_qr_code(std::string(2331, 'x')));
    EXPECT_FALSE(make_qr_code(std::string(2332, 'x')));
}

}  // namespace
}  // namespace heliograph::render
