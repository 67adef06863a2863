// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/content_decoder.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::http {
namespace {

// 15: zlib's format, -15: its inside alone, 15 + 16: gzip.
std::string deflated(std::string_view text, int window_bits, int flush = Z_FINISH) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, flush);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstandard(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

std::string sample_text() {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "<p>Bridge " + std::to_string(i * i * 7919) + "</p>\n";
    return text;
}

struct Decoded {
    std::optional<std::string> text;  // nullopt: damaged
    bool is_whole = false;
};

Decoded decode(std::string_view codings, std::string_view bytes, std::size_t piece_bytes) {
    ContentDecoder decoder(codings);
    std::string out;
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, piece_bytes);
        bytes.remove_prefix(piece.size());
        const bool is_good = decoder.add(piece, [&](std::string_view plain) {
            out += plain;
            return true;
        });
        if (!is_good) return {};
    }
    return {.text = out, .is_whole = decoder.is_whole()};
}

struct Coding {
    std::string_view name;
    std::string text;
    std::string bytes;
    // Trailing bytes without which the text is whole all the same: check sums.
    std::size_t dispensable = 0;
};

std::vector<Coding> codings() {
    const std::string text = sample_text();
    return {
        {"gzip", text, deflated(text, 15 + 16), 8},
        {"X-GZIP", text, deflated(text, 15 + 16), 8},
        {"deflate", text, deflated(text, 15), 4},
        {"deflate", text, deflated(text, -15)},
        {"zstd", text, zstandard(text)},
        // RFC 7932; "hello" in one uncompressed part.
        {"br", "hello", std::string("\x0B\x02\x80hello\x03", 9)},
        {"gzip, zstd", text, zstandard(deflated(text, 15 + 16))},
        {"deflate,identity, gzip", text, deflated(deflated(text, 15), 15 + 16), 8},
    };
}

TEST(ContentDecoder, GivesBackTheTextWhateverThePieces) {
    for (const Coding& coding : codings()) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, coding.bytes.size()}) {
            const Decoded decoded = decode(coding.name, coding.bytes, piece);
            EXPECT_EQ(decoded.text, coding.text) << coding.name << " by " << piece;
            EXPECT_TRUE(decoded.is_whole) << coding.name << " by " << piece;
        }
    }
}

TEST(ContentDecoder, BytesThatEndEarlyAreNotWhole) {
    for (const Coding& coding : codings()) {
        for (std::size_t size = 1; size + coding.dispensable < coding.bytes.size(); ++size) {
            const Decoded decoded = decode(coding.name, coding.bytes.substr(0, size), 512);
            EXPECT_FALSE(decoded.is_whole) << coding.name << " cut at " << size;
        }
    }
}

TEST(ContentDecoder, ACheckSumThatIsMissingIsForgiven) {
    const std::string text = sample_text();
    const std::string bytes = deflated(text, 15 + 16);
    for (const std::size_t missing : {1U, 4U, 8U}) {
        const Decoded decoded = decode("gzip", bytes.substr(0, bytes.size() - missing), 512);
        EXPECT_EQ(decoded.text, text);
        EXPECT_TRUE(decoded.is_whole) << missing;
    }
}

TEST(ContentDecoder, AStreamThatWasFlushedAndNeverClosedIsWhole) {
    const std::string text = sample_text();
    for (const int window_bits : {15 + 16, 15}) {
        const Decoded decoded = decode(window_bits == 15 ? "deflate" : "gzip",
                                       deflated(text, window_bits, Z_SYNC_FLUSH), 100);
        EXPECT_EQ(decoded.text, text);
        EXPECT_TRUE(decoded.is_whole);
    }
}

TEST(ContentDecoder, MembersOfGzipFollowEachOtherAndPaddingIsIgnored) {
    const std::string bytes = deflated("one ", 15 + 16) + deflated("two", 15 + 16) + "\0\0 end";
    for (const std::size_t piece : {std::size_t{1}, bytes.size()}) {
        const Decoded decoded = decode("gzip", bytes, piece);
        EXPECT_EQ(decoded.text, "one two");
        EXPECT_TRUE(decoded.is_whole);
    }
}

TEST(ContentDecoder, DamagedBytesAreRefused) {
    EXPECT_EQ(decode("gzip", "this is no gzip", 100).text, std::nullopt);
    EXPECT_EQ(decode("zstd", "this is no zstd", 100).text, std::nullopt);
    EXPECT_EQ(decode("deflate", "\xFF\xFF\xFF\xFF", 100).text, std::nullopt);
    std::string bytes = deflated(sample_text(), 15 + 16);
    bytes[bytes.size() - 5] ^= 1;  // of the check sum
    EXPECT_EQ(decode("gzip", bytes, 100).text, std::nullopt);
}

TEST(ContentDecoder, NoBytesAreWhole) {
    for (const std::string_view codings : {"", "identity", "gzip", "br", "zstd", "deflate"})
        EXPECT_TRUE(decode(codings, "", 1).is_whole) << codings;
}

TEST(ContentDecoder, UnknownCodingsAndTooManyAreKnownBeforehand) {
    for (const std::string_view codings : {"", "identity", "gzip", " GZIP ,br", "none"})
        EXPECT_TRUE(ContentDecoder(codings).is_known()) << codings;
    for (const std::string_view codings : {"lzma", "gzip, compress", "gzip,gzip,gzip,gzip"})
        EXPECT_FALSE(ContentDecoder(codings).is_known()) << codings;
}

TEST(ContentDecoder, StopsWhereTheTakerStops) {
    ContentDecoder decoder("gzip");
    std::size_t taken = 0;
    EXPECT_FALSE(
        decoder.add(deflated(std::string(10'000'000, ' '), 15 + 16), [&](std::string_view piece) {
            taken += piece.size();
            return taken < 100'000;
        }));
    EXPECT_LT(taken, 300'000U);
}

}  // namespace
}  // namespace heliograph::http
