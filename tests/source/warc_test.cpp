// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/warc.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>
#include <string>
#include <vector>

#include "source/http_message.h"

namespace heliograph::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstd(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

std::string record(std::string_view type, std::string_view url, std::string_view block,
                   std::string_view version = "1.0") {
    return fmt::format(
        "WARC/{}\r\nWARC-Type: {}\r\nwarc-target-uri: {}\r\nWARC-Date: 2026-11-14T08:30:00Z\r\n"
        "Content-Type: application/http;\r\n msgtype=response\r\nContent-Length: "
        "{}\r\n\r\n{}\r\n\r\n",
        version, type, url, block.size(), block);
}

std::string answer(std::string_view body, std::string_view more = "") {
    return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{}\r\n{}",
                       more, body);
}

// Records of all kinds, some of which are passed over.
std::vector<std::string> records() {
    return {
        record("warcinfo", "", "software: by hand\r\n"),
        record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"),
        record("response", "<https://a.example/1>", answer("<p>one")),
        record("response", "https://a.example/2",
               answer("3\r\ntwo\r\n4;x=y\r\n too\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
               "1.1"),
        record("response", "https://a.example/3",
               answer(gzip("three"), "content-encoding: gzip\r\n")),
        record("metadata", "https://a.example/3", "via: x\r\n"),
        record("response", "https://a.example/4", "HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n"),
        record("resource", "https://a.example/5", "five"),
        record("revisit", "https://a.example/6", ""),
        record("response", "dns:a.example", "20261114\r\n")};
}

ReadBytes reader_of(std::string bytes, std::size_t at_once = 1 << 20) {
    return [bytes = std::move(bytes), at = std::size_t{0}, at_once](std::span<char> out) mutable {
        const std::size_t count = std::min({out.size(), at_once, bytes.size() - at});
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, out.begin());
        at += count;
        return count;
    };
}

struct All {
    std::vector<WarcAnswer> answers;
    std::string error;
};
All read_all(WarcReader reader) {
    All out;
    while (true) {
        auto next = reader.next();
        if (!next) {
            out.error = next.error().message;
            return out;
        }
        if (!*next) return out;
        out.answers.push_back(std::move(**next));
    }
}

std::vector<std::string> bodies(const All& all) {
    std::vector<std::string> out;
    for (const WarcAnswer& one : all.answers)
        out.push_back(fmt::format("{} {} {}{}", one.url, one.status, one.location, one.body));
    return out;
}

std::string joined(std::string (*pack)(std::string_view)) {
    std::string out;
    for (const std::string& one : records()) out += pack(one);
    return out;
}
std::string plain(std::string_view bytes) { return std::string(bytes); }

const auto kExpected = ElementsAre(
    "https://a.example/1 200 <p>one", "https://a.example/2 200 two too",
    "https://a.example/3 200 three", "https://a.example/4 301 /1", "https://a.example/5 200 five");

TEST(Warc, GivesTheAnswersHoweverItIsPackedAndInWhateverPiecesItComes) {
    for (const std::string& file :
         {joined(plain), joined(gzip), joined(zstd), gzip(joined(plain)), zstd(joined(plain))}) {
        for (const std::size_t at_once : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
            const All all = read_all(WarcReader(reader_of(file, at_once), {}));
            EXPECT_EQ(all.error, "");
            EXPECT_THAT(bodies(all), kExpected);
            EXPECT_EQ(format_rfc3339(*all.answers.at(0).date), "2026-11-14T08:30:00Z");
        }
    }
}

TEST(Warc, EachAnswerIsFoundAgainAtItsPosition) {
    for (const std::string& file :
         {joined(plain), joined(gzip), joined(zstd), gzip(joined(plain)), zstd(joined(plain))}) {
        const All all = read_all(WarcReader(reader_of(file, 100), {}));
        for (const WarcAnswer& one : all.answers) {
            WarcReader again(reader_of(file.substr(one.position.offset)), one.position);
            const auto found = again.next();
            ASSERT_TRUE(found && *found);
            EXPECT_EQ((*found)->url, one.url);
            EXPECT_EQ((*found)->body, one.body);
            EXPECT_EQ((*found)->position, one.position);
        }
    }
}

TEST(Warc, CutAnywhereGivesWhatStandsBeforeAndSaysSo) {
    const std::string file = joined(gzip);
    std::size_t most = 0;
    for (std::size_t length = 1; length < file.size(); length += 3) {
        const All all = read_all(WarcReader(reader_of(file.substr(0, length)), {}));
        EXPECT_GE(all.answers.size(), most);
        most = all.answers.size();
    }
    EXPECT_EQ(most, 5U);
    const All cut = read_all(WarcReader(reader_of(joined(plain).substr(0, 700)), {}));
    EXPECT_THAT(cut.error, HasSubstr("breaks off"));
}

TEST(Warc, WhatIsNoneIsSaid) {
    EXPECT_THAT(read_all(WarcReader(reader_of("<html>"), {})).error, HasSubstr("where none does"));
    EXPECT_THAT(
        read_all(WarcReader(reader_of("WARC/1.0\r\nWARC-Type: response\r\n\r\n"), {})).error,
        HasSubstr("how long"));
    EXPECT_TRUE(is_warc(reader_of(joined(zstd))));
    EXPECT_FALSE(is_warc(reader_of("url,title\n")));
    EXPECT_FALSE(is_warc(reader_of("")));
    // An answer of a thousand times its packed size.
    const std::string bomb =
        record("response", "https://a.example/b",
               answer(gzip(std::string(8 << 20, 'x')), "Content-Encoding: gzip\r\n"));
    WarcReader reader(reader_of(bomb + record("response", "https://a.example/1", answer("x"))), {});
    const auto next = reader.next();
    ASSERT_TRUE(next && *next);
    EXPECT_EQ((*next)->url, "https://a.example/1");
    EXPECT_EQ(reader.passed_over(), 1U);
}

TEST(HttpAnswer, CodingsThatWereUndoneBeforeAreBelievedByTheBytes) {
    const auto body = [](std::string_view message) {
        const auto read = parse_http_answer(message, 1 << 20);
        return read ? read->body : read.error().message;
    };
    EXPECT_EQ(body(answer("plain", "Content-Encoding: gzip\r\n")), "plain");
    EXPECT_EQ(body(answer("<p>plain", "Transfer-Encoding: chunked\r\n")), "<p>plain");
    EXPECT_EQ(body(answer("plain", "Content-Encoding: br\r\n")), "plain");
    EXPECT_EQ(body(answer(gzip(zstd("twice")), "Content-Encoding: zstd, gzip\r\n")), "twice");
    EXPECT_EQ(body(answer(std::string("\x0b\x02\x80hello\x03", 9), "Content-Encoding: br\r\n")),
              "hello");
    EXPECT_THAT(body(answer("x", "Content-Encoding: rot13\r\n")),
                HasSubstr("'rot13' is not known"));
    EXPECT_THAT(body("nothing"), HasSubstr("no answer of HTTP"));
}

}  // namespace
}  // namespace heliograph::source
