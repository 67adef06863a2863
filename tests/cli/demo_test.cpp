// SPDX-License-Identifier: GPL-3.0-or-later
// The demo newsroom, mirrored by the whole program, against what its makers wrote down of it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/operator.h"
#include "html/article_html.h"
#include "html/url.h"
#include "store/store.h"
#include "support/test_server.h"

namespace heliograph::test {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A port that was free a moment ago.
std::string free_port() { return std::to_string(TestServer().port()); }

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to);
}

// What stands between the tags of the top level, by element.
struct Body {
    std::size_t paragraphs = 0;
    std::vector<std::string> captions;
};

Body look_at(std::string_view article_html) {
    Body body;
    html::ArticleReader reader(article_html);
    html::ArticleToken token;
    std::size_t depth = 0;
    std::optional<std::string> caption;
    while (reader.next(token)) {
        const bool is_void = token.name == "br" || token.name == "hr" || token.name == "img";
        if (token.kind == html::ArticleToken::Kind::kText) {
            if (caption) *caption += html::unescape(token.text);
        } else if (token.kind == html::ArticleToken::Kind::kStart) {
            if (depth == 0 && token.name == "p") ++body.paragraphs;
            if (token.name == "figcaption") caption = "";
            if (!is_void) ++depth;
        } else {
            if (token.name == "figcaption") body.captions.push_back(*std::exchange(caption, {}));
            --depth;
        }
    }
    return body;
}

std::string moment(const std::optional<DateTime>& time) {
    return time ? format_utc(time->utc) : "";
}

// Everything the makers wrote down of an article, against what was made of it.
void expect_as_written(const Article& article, const json& expected) {
    EXPECT_EQ(article.title, collapse_space(expected.at("title").get<std::string>()));
    EXPECT_EQ(article.authors, expected.at("authors").get<std::vector<std::string>>());
    // "zh-CN" and "zh-Hans" are the same language here.
    EXPECT_EQ(article.language.substr(0, 2),
              expected.at("language").get<std::string>().substr(0, 2));
    EXPECT_EQ(moment(article.published),
              moment(parse_date_time(expected.at("published").get<std::string>())));
    if (expected.contains("updated")) {
        EXPECT_EQ(moment(article.updated),
                  moment(parse_date_time(expected.at("updated").get<std::string>())));
    }
    if (expected.contains("tags")) {
        EXPECT_EQ(article.tags, expected.at("tags").get<std::vector<std::string>>());
    }

    const std::string text = html::plain_text(article.body);
    EXPECT_THAT(text, StartsWith(expected.at("first_words").get<std::string>()));
    EXPECT_THAT(text, EndsWith(expected.at("last_words").get<std::string>()));

    Body body = look_at(article.body);
    std::size_t images = html::image_urls(article.body).size();
    if (const auto& lead = article.lead_image) {
        ++images;
        if (!lead->caption.empty()) body.captions.insert(body.captions.begin(), lead->caption);
    }
    EXPECT_EQ(body.paragraphs, expected.at("paragraphs").get<std::size_t>()) << article.body;
    EXPECT_EQ(images, expected.at("images").get<std::size_t>());
    // A credit may follow the caption.
    const auto captions = expected.at("captions").get<std::vector<std::string>>();
    ASSERT_EQ(body.captions.size(), captions.size());
    for (std::size_t i = 0; i < captions.size(); ++i)
        EXPECT_THAT(body.captions[i], StartsWith(captions[i]));

    const std::string all = article.title + '\n' + article.standfirst + '\n' + article.body;
    for (const json& other : expected.at("must_not"))
        EXPECT_THAT(all, Not(HasSubstr(other.get<std::string>())));
    for (const json& embed : expected.value("embeds", json::array())) {
        EXPECT_THAT(article.body,
                    HasSubstr(fmt::format("<figure data-embed=\"{}\"><a href=\"{}\">{}</a>",
                                          embed.at("kind").get<std::string>(),
                                          embed.at("url").get<std::string>(),
                                          embed.at("title").get<std::string>())));
    }
    for (const json& post : expected.value("social", json::array())) {
        const std::size_t begin = article.body.find("<blockquote data-embed=\"post\">");
        ASSERT_NE(begin, std::string::npos);
        const std::string quote =
            article.body.substr(begin, article.body.find("</blockquote>", begin) - begin);
        for (const char* part : {"text", "author", "date", "url"})
            EXPECT_THAT(quote, HasSubstr(post.at(part).get<std::string>()));
    }
}

TEST(Demo, MirrorsTheWholeNewsroomAsItsMakersExpect) {
    Operator us;
    const std::string port = free_port();
    const std::string demo = std::string(HELIOGRAPH_SOURCE_DIR) + "/demo";
    const Outcome run = us.run(
        {"demo", "--no-serve", "--newsroom", demo, "--output", "out", "--newsroom-port", port});
    ASSERT_EQ(run.status, 0) << run.out << run.err;
    std::string text = read_file(demo + "/expected.json");
    replace_all(text, "{{port}}", port);
    store::Store store(us.folder() / "out/state");
    for (const json& expected : json::parse(text)) {
        const std::string url = expected.at("url");
        SCOPED_TRACE(url);
        const auto row = store.address(html::canonical_form(*html::parse_url(url)).href);
        ASSERT_TRUE(row.has_value());
        ASSERT_EQ(row->fate, Fate::kPublished) << row->reason;
        expect_as_written(*store.article(row->article), expected);
    }
}

TEST(Demo, EmptiesNoFolderButItsOwn) {
    Operator us;
    write_file_atomically(us.folder() / "precious/letter.txt", "dear");
    const Outcome run =
        us.run({"demo", "--no-serve", "--newsroom", std::string(HELIOGRAPH_SOURCE_DIR) + "/demo",
                "--output", "precious"});
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(read_file(us.folder() / "precious/letter.txt"), "dear");
    EXPECT_EQ(us.run({"demo", "--newsroom", "nowhere"}).status, 2);
}

}  // namespace
}  // namespace heliograph::test
