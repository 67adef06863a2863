// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Hash, GivesThePublishedSha256Values) {
    // FIPS 180-4, appendix B.1.
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, WritesBase32InTheRfc4648Alphabet) {
    Sha256 digest{};
    const std::string_view foobar = "foobar";  // RFC 4648 section 10: "MZXW6YTBOI======"
    std::ranges::copy(foobar, digest.begin());
    EXPECT_EQ(base32(digest, 9), "mzxw6ytbo");
    EXPECT_EQ(base32(digest, 51).size(), 51U);
}

TEST(Hash, FingerprintPartsDoNotRunIntoEachOther) {
    EXPECT_NE(Fingerprint().add("ab").add("c").hex(), Fingerprint().add("a").add("bc").hex());
    EXPECT_EQ(Fingerprint().add("ab").add(7).hex(), Fingerprint().add("ab").add("7").hex());
}

TEST(Sha256, IsTheSameForTextsThatBeginAlike) {
    std::string text(8192, 'a');
    EXPECT_EQ(sha256_hex_of_alike(text), sha256_hex(text));
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 20; ++i) {
            for (const std::size_t length : {0U, 1U, 63U, 64U, 5000U}) {
                text.assign(8192, static_cast<char>('a' + i));
                text.append(length, 'z');
                EXPECT_EQ(sha256_hex_of_alike(text), sha256_hex(text)) << i << ' ' << length;
            }
        }
    }
}

}  // namespace
}  // namespace heliograph
