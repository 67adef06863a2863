// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/support.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <algorithm>
#include <array>
#include <cstdio>
#include <regex>
#include <stdexcept>

#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "support/temporary_directory.h"

namespace heliograph::render::test {

Mirror mirror_of(std::string language) {
    Mirror mirror;
    mirror.title = "Example mirror";
    mirror.language = std::move(language);
    mirror.description = "News of three papers, kept within reach.";
    mirror.contact = "mailto:desk@mirror.example";
    mirror.sections = {{.key = "world", .name = "World"}, {.key = "tech", .name = "Technology"}};
    return mirror;
}

Target target_of(PageFormat format) {
    Target target;
    target.name = "test";
    target.format = format;
    target.base_url = format == PageFormat::kHtml ? "https://mirror.example/"
                                                  : "https://host.example/us/mirror/blob/main/";
    return target;
}

Renderer open_renderer(const Mirror& mirror, const Target& target) {
    auto renderer = Renderer::open(mirror, target);
    if (!renderer) throw std::runtime_error(renderer.error().message);
    return *std::move(renderer);
}

Article article_of(std::string id, std::string title, std::string body) {
    Article article;
    article.id = std::move(id);
    article.publisher = "Example Daily";
    article.sections = {"world"};
    article.url = "https://daily.example/2026/" + article.id;
    article.canonical_url = article.url;
    article.title = std::move(title);
    article.authors = {"Ada Example", "Bo Sample"};
    article.published = parse_date_time("2026-11-14T08:30:00+08:00");
    article.language = "en";
    article.body = std::move(body);
    article.captured = parse_date_time("2026-11-14T01:00:00Z")->utc;
    article.first_captured = article.captured;
    return article;
}

ArticleSummary summary_of(const Article& article) {
    ArticleSummary summary;
    summary.id = article.id;
    summary.publisher = article.publisher;
    summary.sections = article.sections;
    summary.title = article.title;
    summary.published = article.published;
    summary.language = article.language;
    summary.tags = article.tags;
    summary.revision = article.revision;
    summary.excerpt = article.standfirst.empty()
                          ? shorten(collapse_space(html::plain_text(article.body)), 200)
                          : article.standfirst;
    if (article.lead_image) {
        summary.lead_image_url = article.lead_image->url;
        summary.lead_image_alt = article.lead_image->alt;
    }
    summary.captured = article.captured;
    summary.first_captured = article.first_captured;
    summary.fingerprint = sha256_hex(article.body);
    return summary;
}

Asset asset_of(char digit, int width, int height) {
    Asset asset;
    asset.hash = std::string(64, digit);
    asset.media_type = "image/webp";
    asset.extension = "webp";
    asset.width = width;
    asset.height = height;
    asset.size = 1;
    return asset;
}

namespace {

Sink sink_into(Files& files) {
    return [&files](File file) {
        const std::string path = file.path;
        EXPECT_TRUE(files.emplace(path, std::move(file.bytes)).second) << path << " comes twice";
    };
}

}  // namespace

Files render_one(const Renderer& renderer, const Article& article, const Assets& assets) {
    Files files;
    renderer.render_article({.article = article,
                             .summary = summary_of(article),
                             .assets = assets,
                             .earlier = {},
                             .linked_tags = {}},
                            sink_into(files));
    return files;
}

Files render_all(const Mirror& mirror, const Target& target, const std::vector<Article>& articles,
                 const Assets& assets) {
    const Renderer renderer = open_renderer(mirror, target);
    Files files;
    std::vector<ArticleSummary> summaries;
    for (const Article& article : articles) {
        summaries.push_back(summary_of(article));
    }
    std::ranges::sort(summaries, newer_first);
    const MemoryLists lists(summaries, {});
    const auto has_pages = [&](const ListKey& list) {
        return renderer.has_pages(list, lists.size(list));
    };
    for (const Article& article : articles) {
        ArticleView view{.article = article,
                         .summary = summary_of(article),
                         .assets = assets,
                         .earlier = {},
                         .linked_tags = {}};
        for (const ListKey& list : lists_of(view.summary))
            if (list.kind == ListKind::kTag && has_pages(list)) view.linked_tags.insert(list.name);
        renderer.render_article(view, sink_into(files));
    }
    const auto render_list = [&](const ListKey& list) {
        if (has_pages(list)) renderer.render_list(list, lists, {}, sink_into(files));
    };
    render_list({});
    for (const Section& section : mirror.sections)
        render_list({.kind = ListKind::kSection, .name = section.key});
    for (const ListKind kind : {ListKind::kMonth, ListKind::kTag})
        for (const std::string& name : lists.names(kind)) render_list({.kind = kind, .name = name});
    renderer.render_tags(lists, sink_into(files));
    renderer.render_sitemaps(lists, {}, sink_into(files));
    const auto render_feeds = [&](const ListKey& list) {
        std::vector<ArticleView> newest;
        for (const ArticleSummary& summary : lists.part(list, 0, Renderer::feed_size()))
            newest.push_back({.article = *std::ranges::find(articles, summary.id, &Article::id),
                              .summary = summary,
                              .assets = assets,
                              .earlier = {},
                              .linked_tags = {}});
        renderer.render_feeds(list, newest, sink_into(files));
    };
    render_feeds({});
    for (const Section& section : mirror.sections)
        render_feeds({.kind = ListKind::kSection, .name = section.key});
    renderer.render_fronts(lists, {.picks = {}, .assets = assets}, sink_into(files));
    for (const auto& [url, asset] : assets) files.emplace(asset_path(asset), "");
    return files;
}

void write_all(const Files& files, const std::filesystem::path& folder) {
    for (const auto& [path, bytes] : files) write_file_atomically(folder / path, bytes);
}

std::string run_on(std::string_view command, std::string_view input, std::string_view suffix) {
    const heliograph::test::TemporaryDirectory folder;
    const auto file = folder.path() / ("input" + std::string(suffix));
    write_file_atomically(file, input);
    std::string line(command);
    if (const std::size_t at = line.find("{}"); at != std::string::npos)
        line.replace(at, 2, file.string());
    std::FILE* pipe = ::popen(line.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + line);
    std::string out;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        out.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << line;
    return out;
}

std::string cmark_gfm(std::string_view markdown) {
    return run_on(
        "cmark-gfm --unsafe -e table -e strikethrough -e autolink -e tagfilter -e tasklist {}",
        markdown, ".md");
}

std::string seen_text(std::string html) {
    static const std::regex kReadings("<(rt|rp)>.*?</\\1>");
    return collapse_space(html::text_of_fragment(std::regex_replace(html, kReadings, "")));
}

}  // namespace heliograph::render::test
