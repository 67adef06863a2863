// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds and sitemaps against the rules of their formats, written down in tests/data/schemas.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/date.h"
#include "render/support.h"

namespace heliograph::render {
namespace {

constexpr std::string_view kSchemas = HELIOGRAPH_TEST_DATA "/schemas/";

// Articles that feeds have had trouble with.
std::vector<Article> nasty_articles() {
    std::vector<Article> articles;
    const auto add = [&](std::string title, std::string body) -> Article& {
        Article article = test::article_of(fmt::format("id{:08}", articles.size()),
                                           std::move(title), std::move(body));
        const auto time = parse_date_time("2026-09-01T00:00:00Z")->utc +
                          std::chrono::hours{static_cast<int>(articles.size())};
        article.published = DateTime{.utc = time, .offset = {}, .has_time = true};
        article.captured = article.first_captured = time;
        article.sections = {"world"};
        articles.push_back(std::move(article));
        return articles.back();
    };
    add("A <b>title</b> & \x01 \"more\" ]]>", "<p>]]> &amp;lt; <strong>x</strong></p>\n");
    add("No character of XML: \xEF\xBF\xBE\xEF\xBF\xBF", "<p>\xEF\xBF\xBE</p>\n");
    add("Nobody wrote it", "<p>x</p>\n").authors.clear();
    add("No day", "<p>x</p>\n").published.reset();
    add("Only a day", "<p>x</p>\n").published->has_time = false;
    Article& far = add("From the other side", "<p>x</p>\n");
    far.published->offset = std::chrono::minutes{345};
    add("Many authors", "<p>x</p>\n").authors = {"A & B", "", "<c>"};
    add("Tags", "<p>x</p>\n").tags = {"", "a&b", "\"q\"", "a&b"};
    add("Arabic", "<p>x</p>\n").language = "ar";
    add("No text", "");
    Article& spaced = add("Address", "<p>x</p>\n");
    spaced.url = spaced.canonical_url = "https://daily.example/a?b=1&c=%20";
    return articles;
}

test::Files feeds_of(PageFormat format, FeedText text, const std::vector<Article>& articles) {
    Mirror mirror = test::mirror_of("zh-Hans");
    mirror.feed_text = text;
    return test::render_all(mirror, test::target_of(format), articles);
}

std::string judged_by_schema(std::string_view schema, const std::string& xml) {
    return test::run_on(
        fmt::format("xmllint --noout --relaxng {}{} {{}} 2>&1 | grep -v validates; true", kSchemas,
                    schema),
        xml, ".xml");
}

TEST(Feeds, AreValidWithFullTextWithSummariesAndWithoutArticles) {
    for (const PageFormat format : {PageFormat::kHtml, PageFormat::kMarkdown})
        for (const FeedText text : {FeedText::kFull, FeedText::kSummary})
            for (const auto& articles : {nasty_articles(), std::vector<Article>{}}) {
                const test::Files files = feeds_of(format, text, articles);
                for (const std::string folder : {"all/", "sections/world/"}) {
                    if (!files.contains(folder + "atom.xml")) continue;
                    EXPECT_EQ(judged_by_schema("atom.rng", files.at(folder + "atom.xml")), "");
                    EXPECT_EQ(test::run_on(fmt::format("python3 {}json_feed.py {{}}", kSchemas),
                                           files.at(folder + "feed.json"), ".json"),
                              "");
                }
                ASSERT_TRUE(files.contains("all/atom.xml"));
            }
}

TEST(Feeds, HaveTheWholeTextOrItsBeginningAsConfigured) {
    const auto count = [](FeedText text) {
        const test::Files files = feeds_of(PageFormat::kHtml, text, nasty_articles());
        return test::run_on("xmllint --xpath \"count(//*[local-name()='content'])\" {}",
                            files.at("all/atom.xml"), ".xml");
    };
    EXPECT_EQ(count(FeedText::kFull), "11\n");
    EXPECT_EQ(count(FeedText::kSummary), "0\n");
}

TEST(Feeds, AreRefusedByTheSchemasWhenTheyAreBroken) {
    const test::Files files = feeds_of(PageFormat::kHtml, FeedText::kFull, nasty_articles());
    const auto broken = [&](const std::string& path, std::string_view what, std::string_view with) {
        std::string bytes = files.at(path);
        const std::size_t at = bytes.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        return bytes.replace(at, what.size(), with);
    };
    for (const auto& [what, with] : {std::pair{"<id>https", "<id>x y"},
                                     {"<updated>2026-09-01T", "<updated>2026-09-01 "},
                                     {"<author>", "<writer>x</writer><author>"},
                                     {"rel=\"self\"", "rel=\"\""}})
        EXPECT_NE(judged_by_schema("atom.rng", broken("all/atom.xml", what, with)), "") << what;
    EXPECT_NE(judged_by_schema("sitemap.rng", broken("sitemaps/1.xml", "<loc>h", "<loc>x")), "");
    EXPECT_THAT(test::run_on(fmt::format("python3 {}json_feed.py {{}}", kSchemas),
                             broken("all/feed.json", "\"content_html\"", "\"content\""), ".json"),
                testing::HasSubstr("needs one content"));
}

TEST(Sitemaps, AreValid) {
    const test::Files files = feeds_of(PageFormat::kHtml, FeedText::kFull, nasty_articles());
    EXPECT_EQ(judged_by_schema("sitemap.rng", files.at("sitemap.xml")), "");
    EXPECT_EQ(judged_by_schema("sitemap.rng", files.at("sitemaps/1.xml")), "");
}

}  // namespace
}  // namespace heliograph::render
