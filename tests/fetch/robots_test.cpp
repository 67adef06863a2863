// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/robots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "html/url.h"

namespace heliograph::fetch {
namespace {

using testing::ElementsAre;

Url at(std::string_view path) {
    const auto base = html::parse_url("https://site.example/");
    return *html::parse_url(path, &*base);
}

bool allows(std::string_view robots, std::string_view path) {
    return Robots::parse(robots, "Heliograph").allows(at(path));
}

TEST(Robots, ProductTokenIsTheBeginningOfTheUserAgent) {
    EXPECT_EQ(product_token("Heliograph/0.1 (+https://a.example/)"), "Heliograph");
    EXPECT_EQ(product_token("My-News_Mirror 2"), "My-News_Mirror");
    EXPECT_EQ(product_token("2bot"), "");
    EXPECT_EQ(product_token(""), "");
}

TEST(Robots, TheGroupThatNamesUsCountsAndOnlyIt) {
    constexpr std::string_view kText =
        "User-agent: *\nDisallow: /\n\n"
        "user-agent: HELIOGRAPH/2.0\nDisallow: /private\n\n"
        "User-agent: otherbot\nDisallow: /news\n";
    EXPECT_TRUE(allows(kText, "/news/1"));
    EXPECT_FALSE(allows(kText, "/private/1"));
    EXPECT_FALSE(Robots::parse(kText, "Stranger").allows(at("/news/1")));
}

TEST(Robots, GroupsOfTheSameNameAreJoined) {
    constexpr std::string_view kText =
        "User-agent: heliograph\nDisallow: /a\n"
        "User-agent: x\nDisallow: /x\n"
        "User-agent: heliograph\nDisallow: /b\n";
    EXPECT_FALSE(allows(kText, "/a"));
    EXPECT_FALSE(allows(kText, "/b"));
    EXPECT_TRUE(allows(kText, "/x"));
}

TEST(Robots, SeveralNamesShareAGroupWhateverStandsBetween) {
    constexpr std::string_view kText =
        "User-agent: a\nCrawl-delay: 5\nSitemap: /map.xml\n# comment\n\nUser-agent: heliograph\n"
        "Disallow: /both\n";
    EXPECT_FALSE(allows(kText, "/both"));
    EXPECT_FALSE(Robots::parse(kText, "a").allows(at("/both")));
}

TEST(Robots, ANameIsNotPartOfAnother) {
    EXPECT_TRUE(allows("User-agent: helio\nDisallow: /\n", "/x"));
    EXPECT_TRUE(allows("User-agent: heliographer\nDisallow: /\n", "/x"));
}

TEST(Robots, TheLongestMatchDecides) {
    const struct {
        std::string_view rules;
        std::string_view path;
        bool allowed;
    } cases[] = {
        {"Disallow: /", "/x", false},
        {"Disallow:", "/x", true},
        {"Allow: /p\nDisallow: /", "/page", true},
        {"Disallow: /\nAllow: /p", "/page", true},
        {"Allow: /folder\nDisallow: /folder", "/folder/page", true},  // as long: allowed
        {"Allow: /page\nDisallow: /*.htm", "/page.htm", false},       // the longer pattern
        {"Allow: /$\nDisallow: /", "/", true},
        {"Allow: /$\nDisallow: /", "/page.htm", false},
        // RFC 9309 section 5.2
        {"Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
         "/example/page/disallowed.gif", false},
        // Wild cards (RFC 9309 section 2.2.3)
        {"Disallow: /*.php$", "/a/b.php", false},
        {"Disallow: /*.php$", "/a/b.php?x=1", true},
        {"Disallow: /*.php$", "/a.php/b.php", false},
        {"Disallow: /this/*/exactly", "/this/and/that/exactly-so", false},
        {"Disallow: /this/*/exactly", "/this/exactly", true},
        {"Disallow: *", "/x", false},
        {"Disallow: /fish*", "/fishing", false},
        {"Disallow: /a**b$", "/axxb", false},
        {"Disallow: /a$b", "/a$b", true},  // "$" in the middle is an octet no address has as such
        {"Disallow: /?id=", "/?id=3", false},
        {"Disallow: /a", "/A", true},
        // Encodings compare alike (section 2.2.2)
        {"Disallow: /foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84", false},
        {"Disallow: /foo/bar/%E3%83%84", "/foo/bar/\xE3\x83\x84", false},
        {"Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false},
        {"Disallow: /a%3cd.html", "/a%3Cd.html", false},
        {"Disallow: /a%2fb", "/a/b", true},
        {"Disallow: /file-with-a-%2A.html", "/file-with-a-*.html", false},
        {"Disallow: /foo-%24", "/foo-$", false},
        // Written by hand
        {"  DISALLOW : /x # not this", "/x", false},
        {"Disallow /x", "/x", true},
        {"Dissallow: /x", "/x", true},
    };
    for (const auto& c : cases)
        EXPECT_EQ(allows("User-agent: *\n" + std::string(c.rules), c.path), c.allowed)
            << c.rules << " | " << c.path;
}

TEST(Robots, RobotsTxtItselfIsAlwaysAllowed) {
    EXPECT_TRUE(allows("User-agent: *\nDisallow: /", "/robots.txt"));
}

TEST(Robots, ReadsEveryLineEndAndAByteOrderMark) {
    EXPECT_FALSE(allows("\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r\nDisallow: /b", "/a"));
    EXPECT_FALSE(allows("\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r\nDisallow: /b", "/b"));
}

TEST(Robots, RulesBeforeAnyGroupAndForeignBytesMeanNothing) {
    EXPECT_TRUE(allows("Disallow: /\n", "/x"));
    EXPECT_TRUE(allows("", "/x"));
    EXPECT_TRUE(allows("<html><body>Not found</body></html>", "/x"));
    EXPECT_TRUE(allows(std::string_view("\0\xFF:\n:\n", 6), "/x"));
}

TEST(Robots, SitemapsBelongToNoGroup) {
    const auto robots = Robots::parse(
        "Sitemap: https://a.example/1.xml\nUser-agent: x\nDisallow: /\nsitemap:/2.xml#top\n"
        "Sitemap:\n",
        "Heliograph");
    EXPECT_THAT(robots.sitemaps(), ElementsAre("https://a.example/1.xml", "/2.xml"));
}

TEST(Robots, ReadsNoMoreThanItsLimit) {
    std::string text = "User-agent: *\nDisallow: /first\n";
    text.resize(kMaxRobotsBytes, '\n');
    text += "Disallow: /beyond\n";
    EXPECT_FALSE(allows(text, "/first"));
    EXPECT_TRUE(allows(text, "/beyond"));
}

TEST(Robots, HostilePatternsTakeNoTime) {
    std::string text = "User-agent: *\n";
    while (text.size() < kMaxRobotsBytes) {
        text += "Disallow: /";
        for (int i = 0; i < 200; ++i) text += "*aaaaaaaab";
        text += "$\n";
    }
    const auto robots = Robots::parse(text, "Heliograph");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(robots.allows(at("/" + std::string(8'000, 'a'))));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{1});
}

TEST(Robots, ReadsTheCrawlDelayOfTheGroupThatCounts) {
    using namespace std::chrono_literals;
    const struct {
        const char* text;
        std::chrono::milliseconds delay;
    } cases[] = {
        {"User-agent: *\nCrawl-delay: 10\n", 10s},
        {"User-agent: *\ncrawl-delay: 0.5 # s\nDisallow: /a\n", 500ms},
        {"User-agent: *\nCrawl-delay: 10\nUser-agent: heliograph\nCrawl-delay: 2\n", 2s},
        {"User-agent: heliograph\nDisallow: /x\nUser-agent: *\nCrawl-delay: 10\n", 0s},
        {"User-agent: *\nCrawl-delay: 86400\n", kMaxCrawlDelay},
        {"User-agent: *\nCrawl-delay: -1\n", 0s},
        {"User-agent: *\nCrawl-delay: nan\n", 0s},
        {"User-agent: *\nCrawl-delay: soon\n", 0s},
        {"Crawl-delay: 10\n", 0s},
    };
    for (const auto& c : cases)
        EXPECT_EQ(Robots::parse(c.text, "Heliograph").crawl_delay(), c.delay) << c.text;
}

}  // namespace
}  // namespace heliograph::fetch
