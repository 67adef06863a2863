// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this room share: articles, a small mirror, and programs that judge pages.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"
#include "model/config.h"
#include "render/renderer.h"

namespace heliograph::render::test {

// Paths and bytes, as the sink got them. A path that comes twice fails the test.
using Files = std::map<std::string, std::string>;

[[nodiscard]] Mirror mirror_of(std::string language);
[[nodiscard]] Target target_of(PageFormat format);
[[nodiscard]] Renderer open_renderer(const Mirror& mirror, const Target& target);

[[nodiscard]] Article article_of(std::string id, std::string title, std::string body);
[[nodiscard]] ArticleSummary summary_of(const Article& article);
[[nodiscard]] Asset asset_of(char digit, int width, int height);

[[nodiscard]] Files render_one(const Renderer& renderer, const Article& article,
                               const Assets& assets = {});
// Articles, lists and, so that links have an end, an empty file for each picture.
[[nodiscard]] Files render_all(const Mirror& mirror, const Target& target,
                               const std::vector<Article>& articles, const Assets& assets = {});
void write_all(const Files& files, const std::filesystem::path& folder);

// Runs a program of the system on `input`, which it gets as the file that stands for {} in the
// command; gives its standard output. Fails the test when it does not end with 0.
[[nodiscard]] std::string run_on(std::string_view command, std::string_view input,
                                 std::string_view suffix = ".txt");

// Markdown to HTML as Git hosts do it.
[[nodiscard]] std::string cmark_gfm(std::string_view markdown);
// What a reader sees of HTML, white space collapsed, readings of ruby left out.
[[nodiscard]] std::string seen_text(std::string html);

}  // namespace heliograph::render::test
