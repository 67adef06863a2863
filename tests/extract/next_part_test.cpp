// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/next_part.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "extract/extract.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

// The path of the next part of the page at `path`, whose body has `links` below its text and whose
// head has `head`; empty when there is none.
std::string next_of(std::string_view path, std::string_view links, std::string_view head = "") {
    const Url site = html::parse_url("https://daily.example/").value();
    std::string text;
    for (int i = 0; i < 5; ++i)
        text +=
            "<p>The old harbour crane, which had stood idle since the storm of last winter, was "
            "lifted from its rails on day " +
            std::to_string(i) + ", and half of the town came to watch it go.</p>";
    const std::string page = "<!DOCTYPE html><title>The crane leaves</title>" + std::string(head) +
                             "<h1>The crane leaves</h1><article>" + text + "</article>" +
                             std::string(links);
    const ExtractedPage extracted = extract_page(
        {.bytes = page, .url = html::parse_url(path, &site).value(), .transport_charset = "utf-8"});
    const std::string& next = extracted.notes.next_page_url;
    return next.starts_with("https://daily.example") ? next.substr(21) : next;
}

TEST(NextPart, IsFoundByItsWordsAndItsAddress) {
    const struct {
        std::string_view path;
        std::string_view links;
        std::string_view next;
    } cases[] = {
        {"/n77.htm", "<a href=n77-p2.htm>下一页</a>", "/n77-p2.htm"},
        {"/n77-p2.htm", "<a href=n77.htm>上一页</a><a href=n77-p3.htm>下一页</a>", "/n77-p3.htm"},
        {"/a.html", "<div class=pages><b>1</b><a href=a_2.html>2</a><a href=a_3.html>3</a></div>",
         "/a_2.html"},
        {"/a_2.html", "<a href=a.html>1</a><b>2</b><a href=a_3.html>3</a>", "/a_3.html"},
        {"/a_2.html", "<a href=a.html>1</a><b>2</b><a href=a_3.html>»</a><a href=a_3.html>次へ</a>",
         "/a_3.html"},
        {"/a", "<a href=/a?page=2>Weiter</a>", "/a?page=2"},
        {"/a?page=2", "<a href=/a?page=3><span>Trang sau</span></a>", "/a?page=3"},
        {"/a", "<nav><a href=/a/2/ aria-label='Next page'>»</a></nav>", "/a/2/"},
        {"/a", "<a href=/a?page=1>2</a><a href=/a?page=2>3</a>", "/a?page=1"},  // from 0
        {"/7-2.shtml", "<a href=7.shtml>1</a><a href=7-3.shtml>التالي</a>", "/7-3.shtml"},
        {"/a", "<a rel=next href=/a?page=2>2</a>", "/a?page=2"},
        {"/a", "<a class=next href='/a/page/2'>Lees verder op de volgende bladzijde</a>",
         "/a/page/2"},
        {"/a?id=7", "<a href='?id=7&p=2'>Далее</a>", "/a?id=7&p=2"},
    };
    for (const auto& c : cases) EXPECT_EQ(next_of(c.path, c.links), c.next) << c.links;
    EXPECT_EQ(next_of("/a", "", "<link rel=next href=/a?page=2>"), "/a?page=2");
    EXPECT_EQ(next_of("/a/2", "", "<link rel=prev href=/a><link rel=next href=/a/3>"), "/a/3");
    EXPECT_EQ(next_of("/a/2", "<a href=/a/3>הבא</a>", "<link rel=canonical href=/a>"), "/a/3");
}

TEST(NextPart, ThePageWithAllPartsComesFirst) {
    EXPECT_EQ(next_of("/a", "<a href=/a?page=2>2</a><a href=/a?page=all>View all</a>"),
              "/a?page=all");
    EXPECT_EQ(
        next_of("/n77.htm", "<a href=n77-2.htm>下一页</a><a href=n77_all.htm>在本页阅读全文</a>"),
        "/n77_all.htm");
    EXPECT_EQ(next_of("/a?page=all", "<a href=/a?page=2>2</a><a href=/a?page=all>View all</a>"),
              "");
    EXPECT_EQ(next_of("/a", "<a href=/a?page=2>2</a><a href=/news/all>View all</a>"), "/a?page=2");
}

TEST(NextPart, TheNextArticleIsNone) {
    const struct {
        std::string_view path;
        std::string_view links;
        std::string_view head;
    } cases[] = {
        {"/crane", "<a rel=next href=/port>Next</a>", ""},
        {"/crane", "<a class=next href=/port>The port opens</a>", "<link rel=next href=/port>"},
        {"/77.html", "<a href=78.html>下一篇</a>", ""},
        {"/77.html", "<a rel=next href=78.html>Next</a><a rel=prev href=76.html>Previous</a>", ""},
        {"/node/12", "<a href=/node/13>Next</a><a href=/node/11>Previous</a>",
         "<link rel=prev href=/node/11><link rel=next href=/node/13>"},
        {"/harbour-news", "<a rel=next href=/harbour-news-2>More news from the harbour</a>", ""},
        {"/harbour-news", "",
         "<link rel=next title='More news from the harbour' href=/harbour-news-2>"},
        {"/a", "<div class=comments><a href=/a?page=2>Next</a></div>", ""},
        {"/a", "<a href='/a?page=2#comments'>Next</a>", ""},
        {"/a", "<a href=/news?page=2>Next</a><a href=/news?page=2>2</a>", ""},
        {"/a?page=2", "<a href=/a>1</a><b>2</b><a href=/a>Previous</a>", ""},
        {"/2026/11/29/a", "<a href=/2026/11/30>30</a><a href=/2026/11/29/>29</a>", ""},
        {"/a", "<a href='javascript:next()'>Next</a><a href=#2>2</a>", ""},
        {"/a", "<a href=/a-2>The crane leaves, part two of the story</a>", ""},
        {"/a", "<a href='https://other.example/a?page=2'>Next</a>", ""},
    };
    for (const auto& c : cases)
        EXPECT_EQ(next_of(c.path, c.links, c.head), "") << c.links << c.head;
}

}  // namespace
}  // namespace heliograph::extract
