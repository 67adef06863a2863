// SPDX-License-Identifier: GPL-3.0-or-later
// Images that a page holds in data: URLs become files like those that are fetched.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string base64(std::string_view bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8U | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) out += kLetters[bits >> (count - 6) & 63U];
    }
    if (count > 0) out += kLetters[bits << (6 - count) & 63U];
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::string figure(std::string_view file, std::string_view alt) {
    return fmt::format("<figure><img alt=\"{}\" src=\"data:image/jpeg;base64,{}\"></figure>", alt,
                       base64(read_file(fmt::format("{}/media/{}", HELIOGRAPH_TEST_DATA, file))));
}

std::string page_of(std::string_view body, std::string_view head = "") {
    return fmt::format(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A walk | The "
        "Loopback</title>{}</head><body><main><article><h1>A walk</h1>{}</article></main></body>"
        "</html>",
        head, body);
}

Answer answer_of(std::string page) {
    return {.headers = {{"content-type", "text/html; charset=utf-8"}}, .body = std::move(page)};
}

std::string article_of(const Operator& us) {
    std::string out;
    for (const auto& [path, bytes] : us.files("site"))
        if (path.starts_with("articles/") && path.ends_with(".html")) out += bytes;
    return out;
}

// The addresses of the <img> elements, in order.
std::vector<std::string> images_of(const std::string& page) {
    std::vector<std::string> out;
    for (std::size_t at = page.find("<img src=\""); at != std::string::npos;
         at = page.find("<img src=\"", at + 1)) {
        const std::size_t begin = at + 10;
        out.push_back(page.substr(begin, page.find('"', begin) - begin));
    }
    return out;
}

TEST(DataImages, AreStoredOnceAndShownInOrder) {
    Newsroom newsroom;
    newsroom.announce("/walk.html", "A walk");
    newsroom.server().on("/walk.html",
                         answer_of(page_of(paragraphs(1) + figure("gps.jpg", "The gate") +
                                           paragraphs(2) + figure("wide.jpg", "The quay") +
                                           figure("gps.jpg", "The gate") + paragraphs(3))));
    newsroom.announce("/talk.html", "A talk");
    newsroom.server().on("/talk.html",
                         answer_of(page_of(paragraphs(4) + figure("gps.jpg", "The gate again") +
                                           paragraphs(5) + paragraphs(6))));
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("new        2 articles, 2 pictures"));
    std::size_t shown = 0;
    for (const auto& [path, bytes] : us.files("site")) {
        EXPECT_THAT(bytes, Not(HasSubstr("data-image.invalid"))) << path;
        EXPECT_THAT(bytes, Not(HasSubstr("SECRETCAMERA"))) << path;
        if (!path.starts_with("articles/") || !bytes.contains("The quay")) continue;
        ++shown;
        const std::size_t gate = bytes.find("alt=\"The gate\"");
        const std::size_t quay = bytes.find("alt=\"The quay\"");
        EXPECT_LT(gate, bytes.find("Paragraph 1 of story 2")) << path;
        EXPECT_LT(bytes.find("Paragraph 5 of story 2"), quay) << path;
        EXPECT_EQ(bytes.find("alt=\"The gate\"", gate + 1), std::string::npos) << path;
    }
    EXPECT_EQ(shown, 1U);
    // A check of the pages stores nothing new.
    us.now += 86'400;
    const Outcome second = us.run({"run", "--once"});
    EXPECT_EQ(second.status, 0) << second.out << second.err;
    EXPECT_THAT(second.out, Not(HasSubstr("no picture")));
}

TEST(DataImages, OfLaterPagesAreStoredToo) {
    Newsroom newsroom;
    newsroom.announce("/walk.html", "A walk");
    newsroom.server().on("/walk.html",
                         answer_of(page_of(paragraphs(1) + figure("gps.jpg", "The gate"),
                                           "<link rel=next href=\"/walk-2.html\">")));
    newsroom.server().on(
        "/walk-2.html",
        answer_of(page_of(paragraphs(2) + figure("wide.jpg", "The quay") + paragraphs(3))));
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once"});
    EXPECT_THAT(run.out, HasSubstr("new        1 articles, 2 pictures")) << run.err;
    const std::string article = article_of(us);
    EXPECT_THAT(article, AllOf(HasSubstr("alt=\"The gate\""), HasSubstr("alt=\"The quay\"")));
    EXPECT_EQ(images_of(article).size(), 2U);
}

TEST(DataImages, ThatCannotBeDecodedAreReportedAndLeaveTheirText) {
    Newsroom newsroom;
    newsroom.announce("/walk.html", "A walk");
    // One with the beginning of a PNG, and one that is broken as text.
    const std::string png = base64(
        std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24) + std::string(3'000, 'x'));
    newsroom.server().on(
        "/walk.html",
        answer_of(page_of(fmt::format("{}<p><img alt=\"The old gate\" src=\"data:image/png;base64,"
                                      "{}\"></p>{}<p><img alt=\"The new gate\" "
                                      "src=\"data:image/png;base64,!{}\"></p>{}",
                                      paragraphs(1), png, paragraphs(2), png, paragraphs(3)))));
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once", "--verbose"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    const std::size_t note = run.out.find("no picture of a data: URL");
    ASSERT_NE(note, std::string::npos) << run.out;
    EXPECT_NE(run.out.find("no picture of a data: URL", note + 1), std::string::npos) << run.out;
    const std::string article = article_of(us);
    EXPECT_THAT(article, AllOf(HasSubstr("The old gate"), HasSubstr("The new gate"),
                               Not(HasSubstr("data-image.invalid"))));
    EXPECT_TRUE(images_of(article).empty());
}

TEST(DataImages, StayInWhatExtractPrints) {
    const Operator us;
    const std::string file = (us.folder() / "walk.html").string();
    const std::string gate = figure("gps.jpg", "The gate");
    write_file_atomically(file, page_of(paragraphs(1) + gate + paragraphs(2) + paragraphs(3)));
    Operator runner;
    const std::string url = gate.substr(gate.find("data:"), 400);
    for (const char* format : {"html", "jsonl"}) {
        const Outcome run = runner.run({"extract", "--format", format, file});
        EXPECT_EQ(run.status, 0) << run.err;
        EXPECT_THAT(run.out, AllOf(HasSubstr(url), Not(HasSubstr(".invalid")))) << format;
    }
    const Outcome markdown = runner.run({"extract", file});
    EXPECT_THAT(markdown.out,
                AllOf(HasSubstr("The gate"), Not(HasSubstr(".invalid")), Not(HasSubstr("base64"))));
}

}  // namespace
}  // namespace heliograph::test
