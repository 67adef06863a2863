// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/host_template.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

// A note of the house, in the middle of each text and like any other paragraph of it.
constexpr std::string_view kNote =
    "This newspaper is printed by those who read it, and paid by nobody else: who wants to help "
    "may come to the office on any day, and bring a friend.";

// An article that no other number has a sentence of.
std::string article(int number, std::string_view note) {
    const std::string n = fmt::format("number {}{}{}", number, number * 7, number * 13);
    return fmt::format(
        "<p>The ferry of {0}, which had been laid up since the spring, sailed again on Monday with "
        "forty passengers, eleven sheep and the post of half a year.</p><p>Its captain, asked what "
        "had been wrong with {0}, said that nothing had: there had been no money for oil, and now, "
        "for some weeks at least, there was.</p><p>{1}</p><p>Whoever waits on the quay of {0} "
        "knows "
        "that the ship comes late, that it is cold there, and that nobody sells tea.</p><p>He "
        "declined.</p>",
        n, note);
}

ExtractedPage read(int number, const HostTemplates* templates, std::string_view note = kNote,
                   std::string_view design = "") {
    const std::string page = fmt::format(
        "<!DOCTYPE html><html lang=en><head><title>Ferry {0}</title></head><body><main {2}>"
        "<h1>Ferry {0}</h1>{1}</main></body></html>",
        number, article(number, note), design);
    return extract_page(
        {.bytes = page,
         .url = html::parse_url(fmt::format("https://www.daily.example/{}", number)).value(),
         .transport_charset = "utf-8",
         .templates = templates});
}

std::string body_of(const ExtractedPage& page) { return std::get<Article>(page.extraction).body; }

HostTemplates learned(int pages) {
    HostTemplates templates;
    for (int i = 1; i <= pages; ++i)
        templates["daily.example"].learn(read(i, &templates).notes.sketch);
    return templates;
}

TEST(HostTemplate, TakesOutWhatStandsOnTwoOtherPages) {
    const HostTemplates two = learned(2);
    const std::string body = body_of(read(9, &two));
    EXPECT_THAT(body, Not(HasSubstr("This newspaper")));
    EXPECT_THAT(body, HasSubstr("The ferry of"));
    EXPECT_THAT(body, HasSubstr("nobody sells tea"));
    // A short line is written more than twice by chance.
    EXPECT_THAT(body, HasSubstr("He declined."));
}

TEST(HostTemplate, OnOneOtherPageItIsNoTemplate) {
    const HostTemplates one = learned(1);
    const HostTemplates none;
    const std::string alone = body_of(read(9, nullptr));
    EXPECT_THAT(alone, HasSubstr("This newspaper"));
    EXPECT_EQ(body_of(read(9, &one)), alone);
    EXPECT_EQ(body_of(read(9, &none)), alone);
}

TEST(HostTemplate, AnArticleReadAgainTeachesNothingAgainstItself) {
    HostTemplates templates;
    for (int i = 0; i < 5; ++i) templates["daily.example"].learn(read(9, &templates).notes.sketch);
    EXPECT_EQ(templates["daily.example"].pages(), 1U);
    EXPECT_EQ(body_of(read(9, &templates)), body_of(read(9, nullptr)));
}

TEST(HostTemplate, APageOfWhichItWouldTakeALargePartIsLeftAlone) {
    HostTemplates templates;
    // Two pages that quote the whole of it below texts of their own.
    for (int i = 1; i <= 2; ++i) {
        std::string all;
        for (int other = 1; other <= 4; ++other) all += article(i * 100 + other, kNote);
        templates["daily.example"].learn(read(i, &templates, all + article(9, "")).notes.sketch);
    }
    EXPECT_EQ(body_of(read(9, &templates)), body_of(read(9, nullptr)));
}

TEST(HostTemplate, AnotherHostsTemplateIsNotUsed) {
    HostTemplates other;
    other["weekly.example"] = learned(3)["daily.example"];
    EXPECT_EQ(body_of(read(9, &other)), body_of(read(9, nullptr)));
}

TEST(HostTemplate, KeepsTheLastPagesOnly) {
    const HostTemplates many = learned(static_cast<int>(HostTemplate::kMaxPages) + 5);
    EXPECT_EQ(many.at("daily.example").pages(), HostTemplate::kMaxPages);
}

// An element of each of many classes.
std::string note_in(const std::string& design) {
    std::string out(kNote);
    for (int i = 0; i < 40; ++i) out += fmt::format("<b class=\"{}{}\">.</b>", design, i);
    return out;
}

TEST(HostTemplate, SeesANewDesignOnce) {
    HostTemplate host;
    const HostTemplates none;
    int number = 0;
    const auto learn = [&](const std::string& design) {
        return host.learn(read(++number, &none, note_in(design)).notes.sketch);
    };
    for (int i = 0; i < 8; ++i) EXPECT_FALSE(learn("old"));
    // A special is no new design.
    EXPECT_FALSE(learn("special"));
    EXPECT_FALSE(learn("special"));
    EXPECT_FALSE(learn("old"));
    EXPECT_FALSE(learn("new"));
    host = HostTemplate::read(host.write());
    EXPECT_FALSE(learn("new"));
    EXPECT_TRUE(learn("new"));
    for (int i = 0; i < 8; ++i) EXPECT_FALSE(learn("new"));
}

TEST(HostTemplate, IsReadAsItWasWritten) {
    const HostTemplates templates = learned(3);
    const std::string written = templates.at("daily.example").write();
    HostTemplates again;
    again["daily.example"] = HostTemplate::read(written);
    EXPECT_EQ(again["daily.example"].write(), written);
    EXPECT_EQ(body_of(read(9, &again)), body_of(read(9, &templates)));
    for (const std::string_view damaged : {"x", "1 2", "2 1 ;;\n", "-1 ;;\n", ";;zzzzzzzzzzzz \n"})
        EXPECT_EQ(HostTemplate::read(damaged).write(), "") << damaged;
    EXPECT_EQ(HostTemplate::read("").pages(), 0U);
}

}  // namespace
}  // namespace heliograph::extract
