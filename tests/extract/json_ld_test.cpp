// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/json_ld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::extract {
namespace {

using testing::ElementsAre;

LinkedData read(std::vector<std::string_view> scripts,
                std::string_view url = "https://a.example/1") {
    return read_linked_data(scripts, url);
}

TEST(JsonLd, ReadsAnArticle) {
    const LinkedData data = read({R"({"@context":"https://schema.org","@type":"NewsArticle",
        "headline":"Bridge &amp; river","datePublished":"2026-03-01T08:00:00+01:00",
        "author":[{"@type":"Person","name":"Ana Ruiz"},"Bo Lind"],
        "image":{"@type":"ImageObject","url":"https://a.example/b.jpg","caption":"The bridge"},
        "isAccessibleForFree":"False","keywords":"water, bridges"})"});
    EXPECT_TRUE(data.has_article);
    EXPECT_EQ(data.headline, "Bridge & river");
    EXPECT_EQ(data.published, "2026-03-01T08:00:00+01:00");
    ASSERT_EQ(data.authors.size(), 2U);
    EXPECT_EQ(data.authors[0].name, "Ana Ruiz");
    EXPECT_EQ(data.authors[1].name, "Bo Lind");
    ASSERT_EQ(data.images.size(), 1U);
    EXPECT_EQ(data.images[0].caption, "The bridge");
    EXPECT_EQ(data.is_accessible_for_free, false);
    EXPECT_THAT(data.tags, ElementsAre("water", "bridges"));
}

TEST(JsonLd, FollowsReferencesInAGraph) {
    const LinkedData data = read({R"({"@graph":[
        {"@type":"WebSite","@id":"#site","name":"Daily Example"},
        {"@type":"Article","@id":"#a","headline":"One","author":{"@id":"#p"},"image":{"@id":"#i"}},
        {"@type":"Person","@id":"#p","name":"Lee Moss"},
        {"@type":"ImageObject","@id":"#i","url":"https://a.example/i.png"}]})"});
    ASSERT_EQ(data.authors.size(), 1U);
    EXPECT_EQ(data.authors[0].name, "Lee Moss");
    ASSERT_EQ(data.images.size(), 1U);
    EXPECT_EQ(data.images[0].url, "https://a.example/i.png");
    EXPECT_EQ(data.site_name, "Daily Example");
}

TEST(JsonLd, MendsWhatIsBroken) {
    const std::string_view scripts[] = {
        "<!-- {\"@type\":\"Article\",\"headline\":\"Right\"} -->",
        "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Right\"}\n//]]>",
        "{\"@type\":\"Article\",\"headline\":\"Right\",};",
        "[{\"@type\":\"Article\",\"headline\":\"Right\",\"keywords\":[\"a\",,\"b\",]}]",
        "{\"@type\":\"Article\",\"headline\":\"Right\",\"description\":\"two\nlines\tand tab\"}",
        "{\"@type\":\"Article\",\"headline\":\"Right\",\"description\":\"a \"quoted\" word\"}",
        "{\"@type\":\"Article\",\"headline\":\"Right\",\"description\":\"it\\'s\"}",
        "{\"@type\":\"Article\",\"headline\":\"Right\",\"articleBody\":\"cut in the mid",
        "{\"@type\":\"Article\",\"headline\":\"Right\"}}",
        "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Right&quot;}",
        "\"{\\\"@type\\\":\\\"Article\\\",\\\"headline\\\":\\\"Right\\\"}\"",
        "{\"@type\":\"WebPage\"} {\"@type\":\"Article\",\"headline\":\"Wrong\"}",
    };
    for (const std::string_view script : scripts) {
        const LinkedData data = read({script});
        if (script.find("Wrong") == std::string_view::npos) {
            EXPECT_EQ(data.headline, "Right") << script;
        } else {
            EXPECT_EQ(data.headline, "") << script;
        }
    }
}

TEST(JsonLd, ReplacesHalvesOfCharacters) {
    const struct {
        std::string_view written;
        std::string_view read;
    } cases[] = {
        {R"(whole \ud83d\ude00)", "whole \U0001F600"},           {R"(cut \ud83d)", "cut \uFFFD"},
        {R"(\ude00 and \uD83D\uDE00)", "\uFFFD and \U0001F600"}, {R"(\ud83d\u0041)", "\uFFFDA"},
        {R"(no escape: \\ud83d)", R"(no escape: \ud83d)"},
    };
    for (const auto& c : cases) {
        const std::string script = R"({"@type":"Article","headline":"Right","description":")" +
                                   std::string(c.written) + "\"}";
        const LinkedData data = read({script});
        EXPECT_EQ(data.headline, "Right") << script;
        EXPECT_EQ(data.description, c.read) << script;
    }
}

TEST(JsonLd, TakesTheArticleThatNamesThePage) {
    const LinkedData data =
        read({R"([{"@type":"NewsArticle","headline":"Other","url":"https://a.example/2"},
        {"@type":"Article","headline":"This","mainEntityOfPage":{"@id":"http://www.a.example/1/"}}])"});
    EXPECT_EQ(data.headline, "This");
}

TEST(JsonLd, EndsOnHostileInput) {
    const std::string brackets(100'000, '[');
    EXPECT_EQ(read({brackets}).headline, "");
    EXPECT_EQ(
        read(
            {R"({"@graph":[{"@type":"Article","@id":"#a","headline":"x","author":{"@id":"#a"}}]})"})
            .headline,
        "x");
}

}  // namespace
}  // namespace heliograph::extract
