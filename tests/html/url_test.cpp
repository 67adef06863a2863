// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/url.h"

#include <gtest/gtest.h>

namespace heliograph::html {
namespace {

TEST(ParseUrl, SerialisesByTheWhatwgRules) {
    const struct {
        std::string_view text;
        std::string_view href;
    } cases[] = {
        {"https://Example.ORG", "https://example.org/"},
        {"  http://a.example:80/x y?q=ü#part ", "http://a.example/x%20y?q=%C3%BC"},
        {"https://a.example:8443/b/../c", "https://a.example:8443/c"},
        {"https://bücher.example/", "https://xn--bcher-kva.example/"},
        {"http://[::1]:8080/", "http://[::1]:8080/"},
        {"https:\\\\a.example\\b", "https://a.example/b"},
        {"https://a.example/新闻", "https://a.example/%E6%96%B0%E9%97%BB"},
    };
    for (const auto& c : cases) {
        const auto url = parse_url(c.text);
        ASSERT_TRUE(url) << c.text;
        EXPECT_EQ(url->href, c.href);
    }
}

TEST(ParseUrl, AStrayPercentDoesNotSwallowTheQuery) {
    const auto url = parse_url("https://a.example/100%?id=1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->path, "/100%25");
    EXPECT_EQ(url->query, "id=1");
    EXPECT_EQ(parse_url("https://a.example/a%=?id=1")->query, "id=1");
    EXPECT_EQ(parse_url("https://a.example/a%2\t?id=1")->query, "id=1");
    EXPECT_EQ(parse_url("https://a.example/a%zzb")->href, "https://a.example/a%zzb");
}

TEST(ParseUrl, GivesTheParts) {
    const auto url = parse_url("https://a.example:8443/b/c?d=e&f#g");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "a.example");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/b/c");
    EXPECT_EQ(url->query, "d=e&f");
    EXPECT_EQ(url->origin(), "https://a.example:8443");
    EXPECT_EQ(parse_url("http://a.example")->port, 80);
    EXPECT_EQ(parse_url("https://a.example")->port, 443);
}

TEST(ParseUrl, ResolvesAgainstABase) {
    const auto base = parse_url("https://a.example/news/today.html?x=1");
    ASSERT_TRUE(base);
    const struct {
        std::string_view text;
        std::string_view href;
    } cases[] = {
        {"more.html", "https://a.example/news/more.html"},
        {"../img/1.jpg", "https://a.example/img/1.jpg"},
        {"/", "https://a.example/"},
        {"//cdn.example/p.png", "https://cdn.example/p.png"},
        {"?page=2", "https://a.example/news/today.html?page=2"},
        {"#top", "https://a.example/news/today.html?x=1"},
        {"", "https://a.example/news/today.html?x=1"},
    };
    for (const auto& c : cases) {
        const auto url = parse_url(c.text, &*base);
        ASSERT_TRUE(url) << c.text;
        EXPECT_EQ(url->href, c.href) << c.text;
    }
}

TEST(ParseUrl, WholeAddressesNeedNoBase) {
    const Url unknown;
    EXPECT_EQ(parse_url("https://a.example/b", &unknown).value().href, "https://a.example/b");
    EXPECT_FALSE(parse_url("/b", &unknown));
}

TEST(ParseUrl, RefusesOtherSchemesAndNonsense) {
    const auto base = parse_url("https://a.example/");
    for (const auto* text : {"javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
                             "mailto:a@b.example", "ftp://a.example/", "file:///etc/passwd",
                             "https://", "http://a b/", "https://a.example:99999/", "http://[::1"})
        EXPECT_FALSE(parse_url(text, &*base)) << text;
    EXPECT_FALSE(parse_url("relative"));
    EXPECT_FALSE(parse_url("https://a.example/" + std::string(20'000, 'a')));
}

TEST(ParseUrl, ReadsBytesThatAreNotUtf8) {
    EXPECT_EQ(parse_url("https://a.example/\xFF")->href, "https://a.example/%EF%BF%BD");
}

TEST(CanonicalForm, TakesTrackingParametersOff) {
    const struct {
        std::string_view text;
        std::string_view href;
    } cases[] = {
        {"https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"},
        {"https://a.example/x?id=7&fbclid=abc&page=2", "https://a.example/x?id=7&page=2"},
        {"https://a.example/x?UTM_Source=rss&b=%26", "https://a.example/x?b=%26"},
        {"https://a.example/x?", "https://a.example/x"},
        {"https://a.example/x?spmid=1&gclidx", "https://a.example/x?spmid=1&gclidx"},
        {"https://a.example/x?_ga=2.1&yclid=3&igshid=4&mc_cid=5&mc_eid=6&msclkid=7&dclid=8",
         "https://a.example/x"},
        {"https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"},
    };
    for (const auto& c : cases) {
        const Url once = canonical_form(*parse_url(c.text));
        EXPECT_EQ(once.href, c.href);
        EXPECT_EQ(parse_url(once.href)->query, once.query);
        EXPECT_EQ(canonical_form(once), once);
    }
}

TEST(SameSite, IsARegistrableDomain) {
    const struct {
        const char* a;
        const char* b;
        bool same;
    } cases[] = {
        {"https://www.a.example/x", "http://m.a.example/y", true},
        {"https://a.co.uk/", "https://www.a.co.uk/", true},
        {"https://a.co.uk/", "https://b.co.uk/", false},
        {"https://a.github.io/", "https://b.github.io/", false},
        {"https://a.github.io/", "https://github.io/", false},
        {"https://a.example/", "https://b.example/", false},
        {"https://a.example/", "https://a.example:8443/", true},
        {"http://127.0.0.1/", "http://127.0.0.1/x", true},
        {"http://127.0.0.1:1/", "http://127.0.0.1:2/", false},
        {"http://10.0.0.1/", "http://11.0.0.1/", false},
        {"http://[::1]/", "http://[::2]/", false},
        {"http://localhost/", "http://localhost:81/", false},
        {"http://com/", "http://a.com/", false},
    };
    for (const auto& c : cases)
        EXPECT_EQ(same_site(*parse_url(c.a), *parse_url(c.b)), c.same) << c.a << ' ' << c.b;
}

TEST(IdentityKey, IsOneForTheVariantsOfAnArticleAndAnotherForAnother) {
    const auto key = [](const char* url) { return identity_key(*parse_url(url)); };
    const std::string article = key("https://www.a.example/news/story-1.html?id=7");
    for (const char* variant : {
             "http://www.a.example/news/story-1.html?id=7",
             "https://a.example/news/story-1.html?id=7&utm_source=x",
             "https://m.a.example/news/story-1.html?id=7",
             "https://amp.a.example/news/story-1.html?id=7",
             "https://www.a.example/news/story-1.amp.html?id=7",
             "https://www.a.example/amp/news/story-1.html?id=7",
             "https://www.a.example/news/story-1.html/amp?id=7",
             "https://www.a.example/news/story-1.html/amp/?id=7",
             "https://www.a.example/news/story-1.html?id=7&outputType=amp",
             "https://www.a.example/news/story-1.html?print=1&id=7",
             "https://www.a.example/print/news/story-1.html?id=7",
         })
        EXPECT_EQ(key(variant), article) << variant;
    for (const char* other : {
             "https://www.a.example/news/story-1.html?id=8",
             "https://www.a.example/news/story-2.html?id=7",
             "https://sport.a.example/news/story-1.html?id=7",
             "https://www.a.example:8443/news/story-1.html?id=7",
             "https://www.b.example/news/story-1.html?id=7",
             "https://www.a.example/amp",
         })
        EXPECT_NE(key(other), article) << other;
    EXPECT_NE(key("https://a.example/amp"), key("https://a.example/"));
    EXPECT_NE(key("https://a.example/print"), key("https://a.example/"));
    EXPECT_NE(key("https://m.example/x"), key("https://example/x"));
}

}  // namespace
}  // namespace heliograph::html
