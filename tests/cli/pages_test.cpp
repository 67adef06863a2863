// SPDX-License-Identifier: GPL-3.0-or-later
// Articles that their publishers cut into pages.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kOnEach = "This sentence, a note of the house, stands on every page.";

// Page n of an article; it leads to the next one as long as there are more.
std::string page_of(int number, int pages) {
    return fmt::format(
        "<!doctype html><html lang=en><head><title>A long story | The Loopback</title>{}</head>"
        "<body><main><article><h1>A long story</h1><p>{}</p>{}</article></main></body></html>",
        number < pages ? fmt::format("<link rel=next href=\"/long.html?page={}\">", number + 1)
                       : "",
        kOnEach, paragraphs(number));
}

int number_of(const ReceivedRequest& request) {
    const std::size_t at = request.target.find("page=");
    return at == std::string::npos ? 1 : std::stoi(request.target.substr(at + 5));
}

std::string article_of(const Operator& us) {
    std::string out;
    for (const auto& [path, bytes] : us.files("site"))
        if (path.starts_with("articles/")) out += bytes;
    return out;
}

TEST(LaterPages, AreReadOnceEachAndJoined) {
    Newsroom newsroom;
    newsroom.announce("/long.html", "A long story");
    newsroom.server().on("/long.html", [](const ReceivedRequest& request) {
        return Answer{.headers = {{"content-type", "text/html"}},
                      .body = page_of(number_of(request), 3)};
    });
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_EQ(newsroom.server().count("/long.html"), 3U);
    const std::string article = article_of(us);
    std::size_t last = 0;
    for (int page = 1; page <= 3; ++page) {
        const std::size_t at = article.find(fmt::format("Paragraph 5 of story {}.", page));
        ASSERT_NE(at, std::string::npos) << page;
        EXPECT_GT(at, last);
        last = at;
    }
    const std::string on_each = "<p>" + std::string(kOnEach);
    EXPECT_NE(article.find(on_each), std::string::npos);
    EXPECT_EQ(article.find(on_each), article.rfind(on_each));
    // A second run has nothing to do, and a source that tells of page 2 tells nothing new.
    newsroom.announce("/long.html?page=2", "A long story, page 2");
    us.now += 3600;
    EXPECT_EQ(us.run({"run", "--once"}).status, 0);
    EXPECT_EQ(newsroom.server().count("/long.html"), 3U);
    const auto ledger = us.ledger();
    EXPECT_THAT(ledger.at(newsroom.server().url("/long.html?page=2")), HasSubstr("duplicate"));
}

TEST(LaterPages, ThatCannotBeHadLeaveTheBeginning) {
    Newsroom newsroom;
    newsroom.announce("/long.html", "A long story");
    newsroom.server().on("/long.html", [](const ReceivedRequest& request) {
        const int number = number_of(request);
        return Answer{.status = number == 3 ? 500 : 200,
                      .headers = {{"content-type", "text/html"}},
                      .body = page_of(number, 5)};
    });
    Operator us;
    us.configure(newsroom.source());
    const Outcome run = us.run({"run", "--once", "--verbose"});
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("new        1 articles"), HasSubstr("page=3': HTTP status 500")));
    EXPECT_THAT(article_of(us),
                AllOf(HasSubstr("Paragraph 5 of story 2."), Not(HasSubstr("of story 3."))));
}

TEST(LaterPages, WithoutAnEndEndAtALimit) {
    Newsroom newsroom;
    newsroom.announce("/long.html", "A long story");
    newsroom.server().on("/long.html", [](const ReceivedRequest& request) {
        return Answer{.headers = {{"content-type", "text/html"}},
                      .body = page_of(number_of(request), 1'000'000)};
    });
    Operator us;
    us.configure(newsroom.source());
    EXPECT_EQ(us.run({"update"}).status, 0);
    EXPECT_EQ(newsroom.server().count("/long.html"), 31U);
}

}  // namespace
}  // namespace heliograph::test
