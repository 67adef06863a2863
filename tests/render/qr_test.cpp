// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/qr.h"

#include <gtest/gtest.h>
#include <qrcodegen.hpp>
#include <random>
#include <vector>

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

// Codes of one length are made of those before; the library makes each by itself.
TEST(QrCode, IsTheSameWhateverCameBefore) {
    using qrcodegen::QrSegment;
    std::minstd_rand random(11);
    for (const std::size_t length : {1U, 17U, 64U, 200U, 201U}) {
        for (int i = 0; i < 60; ++i) {
            std::vector<std::uint8_t> bytes(length);
            for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random() >> 8);
            const auto code = make_qr_code({reinterpret_cast<const char*>(bytes.data()), length});
            const auto fresh = qrcodegen::QrCode::encodeSegments(
                {QrSegment::makeBytes(bytes)}, qrcodegen::QrCode::Ecc::MEDIUM, 1, 40, 0, false);
            ASSERT_TRUE(code);
            ASSERT_EQ(code->size, fresh.getSize());
            int different = 0;
            for (int y = 0; y < code->size; ++y)
                for (int x = 0; x < code->size; ++x)
                    different += code->at(x, y) != fresh.getModule(x, y) ? 1 : 0;
            EXPECT_EQ(different, 0) << length << ", text " << i;
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
