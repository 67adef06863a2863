// SPDX-License-Identifier: GPL-3.0-or-later
// Whole pages, kept beside their articles: tests/data/render/CASE/{article.json,body.html} and the
// pages made of them. HELIOGRAPH_UPDATE_GOLDEN=1 writes the pages anew.
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/file.h"
#include "render/support.h"

namespace heliograph::render {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Article read_article(const fs::path& folder) {
    const json in = json::parse(read_file(folder / "article.json"));
    Article article =
        test::article_of(in.at("id"), in.at("title"), read_file(folder / "body.html"));
    article.publisher = in.at("publisher");
    article.sections = in.at("sections");
    article.url = in.at("url");
    article.authors = in.at("authors");
    article.language = in.at("language");
    article.standfirst = in.value("standfirst", "");
    article.published = parse_date_time(in.value("published", ""));
    article.updated = parse_date_time(in.value("updated", ""));
    if (in.contains("lead_image")) {
        const json& image = in["lead_image"];
        article.lead_image = {.url = image.at("url"),
                              .alt = image.value("alt", ""),
                              .caption = image.value("caption", ""),
                              .credit = image.value("credit", "")};
    }
    return article;
}

Assets read_assets(const fs::path& folder) {
    Assets assets;
    const json in = json::parse(read_file(folder / "article.json"));
    for (const json& picture : in.value("pictures", json::array())) {
        assets[picture.at("url")] = test::asset_of(picture.at("hash").get<std::string>().front(),
                                                   picture.at("width"), picture.at("height"));
    }
    return assets;
}

TEST(Golden, PagesAreAsTheyWere) {
    const bool update = std::getenv("HELIOGRAPH_UPDATE_GOLDEN") != nullptr;
    std::size_t cases = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(HELIOGRAPH_TEST_DATA) / "render")) {
        const fs::path& folder = entry.path();
        ++cases;
        const json in = json::parse(read_file(folder / "article.json"));
        const Article article = read_article(folder);
        for (const PageFormat format : {PageFormat::kHtml, PageFormat::kMarkdown}) {
            const Renderer renderer = test::open_renderer(test::mirror_of(in.at("mirror_language")),
                                                          test::target_of(format));
            const test::Files files = test::render_one(renderer, article, read_assets(folder));
            const std::string& page = files.at(renderer.article_path(test::summary_of(article)));
            const fs::path expected =
                folder / (format == PageFormat::kHtml ? "expected.html" : "expected.md");
            if (update) {
                write_file_atomically(expected, page);
            } else {
                EXPECT_EQ(page, read_file_if_exists(expected).value_or("(no such file)"))
                    << expected;
            }
        }
    }
    EXPECT_GE(cases, 5U);
}

}  // namespace
}  // namespace heliograph::render
