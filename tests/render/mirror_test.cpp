// SPDX-License-Identifier: GPL-3.0-or-later
// A whole small mirror: its links, lists, archives, and what other programs make of it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <regex>
#include <set>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"
#include "html/article_html.h"
#include "html/dom.h"
#include "html/url.h"
#include "lint/lint.h"
#include "render/hot.h"
#include "render/support.h"
#include "support/temporary_directory.h"

namespace heliograph::render {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr PageFormat kFormats[] = {PageFormat::kHtml, PageFormat::kMarkdown};

TEST(ArticlePage, SaysThePublishersSectionAndThatTheTextIsNotFree) {
    for (const PageFormat format : kFormats) {
        const Mirror mirror = test::mirror_of("en");
        const Renderer renderer = test::open_renderer(mirror, test::target_of(format));
        const auto page_of = [&](const Article& article) {
            std::string all;
            for (const auto& [path, bytes] : test::render_one(renderer, article))
                if (!path.ends_with(".png")) all += bytes;
            return all;
        };
        Article article = test::article_of("k3v9x0q2ma", "The lock", "<p>Text.</p>\n");
        article.section = "River life";
        article.is_accessible_for_free = true;
        EXPECT_THAT(page_of(article), HasSubstr("River life"));
        EXPECT_THAT(page_of(article), Not(HasSubstr("not free to read")));
        article.is_accessible_for_free = false;
        EXPECT_THAT(page_of(article), HasSubstr("not free to read"));
        // The menu says it already.
        ASSERT_FALSE(mirror.sections.empty());
        article.sections = {mirror.sections[0].key};
        article.section = mirror.sections[0].name;
        Article plain = article;
        plain.section.clear();
        EXPECT_EQ(page_of(article), page_of(plain));
    }
}

std::string home(PageFormat format) {
    return format == PageFormat::kHtml ? "index.html" : "README.md";
}
std::string extension(PageFormat format) { return format == PageFormat::kHtml ? ".html" : ".md"; }

// Articles an hour apart, every third one in both sections, one in ten with a picture.
std::vector<Article> many_articles(int count, Assets* assets = nullptr) {
    std::vector<Article> articles;
    for (int i = 0; i < count; ++i) {
        Article article = test::article_of(
            fmt::format("id{:08}", i), fmt::format("Article {} [of] *many*", i),
            "<p>Text with <a href=\"https://other.example/?a=1&amp;b=2\">a link</a>.</p>\n");
        const auto time = parse_date_time("2026-09-01T00:00:00Z")->utc + std::chrono::hours{i};
        article.published = DateTime{.utc = time, .offset = {}, .has_time = true};
        article.captured = article.first_captured = time + std::chrono::minutes{5};
        article.sections = i % 3 == 0   ? std::vector<std::string>{"tech", "world"}
                           : i % 3 == 1 ? std::vector<std::string>{"tech"}
                                        : std::vector<std::string>{"world"};
        if (assets != nullptr && i % 10 == 0) {
            article.lead_image = {
                .url = "https://daily.example/i.jpg", .alt = "A view", .caption = "", .credit = ""};
            (*assets)["https://daily.example/i.jpg"] = test::asset_of('c', 640, 480);
        }
        articles.push_back(std::move(article));
    }
    return articles;
}

test::Files render(PageFormat format, int count, const std::string& language = "en") {
    Assets assets;
    const auto articles = many_articles(count, &assets);
    return test::render_all(test::mirror_of(language), test::target_of(format), articles, assets);
}

// Addresses of <a href> and <img src>, as a parser sees them.
std::vector<std::string> links_of(std::string_view page) {
    html::Document document;
    document.parse(page);
    std::vector<std::string> links;
    std::vector<html::Node> open = {document.root()};
    while (!open.empty()) {
        const html::Node node = open.back();
        open.pop_back();
        for (html::Node child = node.first_child(); child; child = child.next())
            open.push_back(child);
        if (!node.is_element()) continue;
        for (const auto* name : {"href", "src"}) {
            const std::string link(node.attribute(name));
            if (!link.empty() && !link.starts_with("data:")) links.push_back(link);
        }
    }
    return links;
}

bool leads_away(const std::string& link) { return std::regex_search(link, std::regex("^[a-z]+:")); }

std::string as_html(PageFormat format, const std::string& page) {
    return format == PageFormat::kHtml ? page : test::cmark_gfm(page);
}

TEST(Mirror, HasNoDeadLinkAndReachesEveryPageInFourSteps) {
    for (const PageFormat format : kFormats) {
        const test::Files files = render(format, 260);
        std::map<std::string, int> steps = {{home(format), 0}};
        std::deque<std::string> next = {home(format)};
        while (!next.empty()) {
            const std::string path = next.front();
            next.pop_front();
            for (const std::string& link : links_of(as_html(format, files.at(path)))) {
                if (leads_away(link)) continue;
                ASSERT_FALSE(link.starts_with('/')) << path << " " << link;
                const std::string target =
                    (fs::path(path).parent_path() / link).lexically_normal().generic_string();
                ASSERT_TRUE(files.contains(target)) << path << " links to " << link;
                if (!steps.emplace(target, steps[path] + 1).second) continue;
                if (target.ends_with(extension(format))) next.push_back(target);
            }
        }
        for (const auto& [path, bytes] : files) {
            // These are for programs, which know where to look.
            if (path == ".nojekyll" || path == "robots.txt" || path.ends_with(".xml") ||
                path.ends_with(".json"))
                continue;
            EXPECT_TRUE(steps.contains(path)) << path << " cannot be reached";
            if (path.ends_with(extension(format))) {
                EXPECT_LE(steps[path], 4) << path;
            }
        }
    }
}

// A Git host, a fork of it under another owner, name and branch, a folder of a disk, a web server's
// sub-path: none is where the configuration thinks the mirror is.
TEST(Mirror, HasNoDeadLinkWhereverReadersFindIt) {
    constexpr std::string_view kPlaces[] = {
        "https://git.example/us/mirror/blob/main/",
        "https://forks.example/them/copy/src/branch/trunk/",
        "http://disk.example/C:/Users/a%20reader/mirror/",
        "http://library.example:8080/shelf/7/",
    };
    for (const PageFormat format : kFormats) {
        Target target = test::target_of(format);
        target.link_suffix = "?{id}";
        const test::Files files =
            test::render_all(test::mirror_of("ar"), target, many_articles(120, nullptr));
        std::size_t followed = 0;
        for (const auto& [path, bytes] : files) {
            if (!path.ends_with(extension(format))) continue;
            const std::vector<std::string> links = links_of(as_html(format, bytes));
            for (const std::string_view place : kPlaces) {
                const auto page = html::parse_url(std::string(place) + path);
                ASSERT_TRUE(page);
                for (const std::string& link : links) {
                    if (leads_away(link)) continue;
                    const auto url = html::parse_url(link, &*page);
                    ASSERT_TRUE(url) << link;
                    std::string found = url->href;
                    ASSERT_TRUE(found.starts_with(place)) << path << " leaves by " << link;
                    found = found.substr(place.size());
                    found.resize(std::min(found.find_first_of("?#"), found.size()));
                    ASSERT_TRUE(files.contains(found)) << path << " links to " << link;
                    ++followed;
                }
            }
        }
        EXPECT_GT(followed, 1000U);
    }
}

TEST(Mirror, KeepsFullArchivePagesWhenNewsComes) {
    for (const PageFormat format : kFormats) {
        const test::Files before = render(format, 260);
        const test::Files after = render(format, 420);
        std::size_t kept = 0;
        std::size_t added = 0;
        for (const auto& [path, bytes] : after) {
            const bool is_page =
                path.find("/archive/") != std::string::npos && !path.ends_with(home(format));
            if (!is_page) continue;
            const auto old = before.find(path);
            if (old == before.end()) {
                ++added;
                continue;
            }
            ++kept;
            EXPECT_EQ(old->second, bytes) << path;
        }
        EXPECT_GE(kept, 6U);
        EXPECT_GE(added, 4U);
    }
}

TEST(Mirror, ListsEachArticleOfASectionOnceNewestFirst) {
    const test::Files files = render(PageFormat::kHtml, 260);
    for (const std::string folder : {"sections/world/", "sections/tech/", "all/"}) {
        std::vector<std::string> listed;
        std::vector<std::string> pages = {files.at(folder + "index.html")};
        for (int number = 99; number > 0; --number) {
            const auto page = files.find(fmt::format("{}archive/0/{}.html", folder, number));
            if (page != files.end()) pages.push_back(page->second);
        }
        const std::regex entry("<li[^>]*><a href=\"([^\"]*articles/[^\"]*)\"");
        for (const std::string& page : pages)
            for (std::sregex_iterator i(page.begin(), page.end(), entry), end; i != end; ++i)
                listed.push_back((*i)[1].str().substr((*i)[1].str().find("articles/")));
        EXPECT_EQ(std::set<std::string>(listed.begin(), listed.end()).size(), listed.size());
        EXPECT_EQ(listed.size(), folder == "all/"              ? 260U
                                 : folder == "sections/world/" ? 173U
                                                               : 174U);
        EXPECT_TRUE(std::ranges::is_sorted(listed, std::greater{}));
    }
}

TEST(Mirror, NeverShowsAMachineKey) {
    Mirror mirror = test::mirror_of("en");
    mirror.sections = {{.key = "zz-machine-key", .name = "Readable"}};
    Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
    article.sections = {"yy-former-key", "zz-machine-key"};
    for (const PageFormat format : kFormats) {
        for (const auto& [path, page] :
             test::render_all(mirror, test::target_of(format), {article})) {
            if (!path.ends_with(extension(format))) continue;
            EXPECT_THAT(test::seen_text(as_html(format, page)),
                        Not(testing::ContainsRegex("(yy|zz)-[a-z]+-key [^/]")))
                << path;
            EXPECT_THAT(page, Not(HasSubstr("yy-former-key")));
            EXPECT_THAT(page, Not(HasSubstr(">zz-machine-key<")));
        }
    }
}

TEST(Mirror, IsTheSameBytesEachTime) {
    for (const PageFormat format : kFormats) EXPECT_EQ(render(format, 120), render(format, 120));
}

TEST(Mirror, IsWholeWithoutArticlesAndWithoutSections) {
    for (const PageFormat format : kFormats) {
        EXPECT_THAT(render(format, 0).at(home(format)), HasSubstr("No articles yet"));
        Mirror mirror = test::mirror_of("en");
        mirror.sections.clear();
        Article article = test::article_of("k3v9x0q2ma", "Only one", "<p>x</p>\n");
        article.sections.clear();
        const test::Files files = test::render_all(mirror, test::target_of(format), {article});
        EXPECT_THAT(files.at(home(format)), HasSubstr("Only one"));
    }
}

TEST(Mirror, PrintsTheAddressOfEachPageAndItsCodeSaysTheSame) {
    const test::Files files = render(PageFormat::kMarkdown, 16);
    const std::string base = test::target_of(PageFormat::kMarkdown).base_url;
    std::size_t codes = 0;
    for (const auto& [path, page] : files) {
        if (!path.ends_with(".md")) continue;
        EXPECT_THAT(page, HasSubstr("<" + base + path + ">"));
        const std::string picture = "qr/" + path.substr(0, path.size() - 3) + ".png";
        EXPECT_EQ(test::run_on("zbarimg -q --raw {} 2>/dev/null", files.at(picture), ".png"),
                  base + path + "\n");
        ++codes;
    }
    EXPECT_GE(codes, 20U);
}

TEST(Mirror, ShowsItsCodesInABrowser) {
    const test::Files files = render(PageFormat::kHtml, 3);
    const heliograph::test::TemporaryDirectory folder;
    const std::string base = test::target_of(PageFormat::kHtml).base_url;
    const std::regex drawing("<svg.*</svg>");
    for (const auto& [path, page] : files) {
        if (!path.ends_with(".html") || path.starts_with("sections/")) continue;
        std::smatch svg;
        ASSERT_TRUE(std::regex_search(page, svg, drawing)) << path;
        const fs::path picture = folder.path() / "code.png";
        const std::string made = test::run_on(
            fmt::format(
                "chromium --headless --no-sandbox --disable-gpu "
                "--disable-background-networking --user-data-dir={} --window-size=400,400 "
                "--screenshot={} file://{{}} 2>/dev/null && zbarimg -q --raw {} 2>/dev/null",
                (folder.path() / "profile").string(), picture.string(), picture.string()),
            "<!doctype html><body style=\"margin:0\">" + svg.str(), ".html");
        EXPECT_EQ(made, base + path + "\n");
    }
}

TEST(Mirror, ReadsWellInATerminal) {
    const test::Files files = render(PageFormat::kHtml, 3);
    const std::string home_text =
        test::run_on("w3m -dump -cols 60 -T text/html {}", files.at("index.html"), ".html");
    EXPECT_THAT(home_text, HasSubstr("Example mirror"));
    EXPECT_THAT(home_text, HasSubstr("Article 2 [of] *many*"));
    const std::string text = test::run_on("w3m -dump -cols 60 -T text/html {}",
                                          files.at("articles/2026/09/id00000001.html"), ".html");
    EXPECT_THAT(text, HasSubstr("Article 1 [of] *many*"));
    EXPECT_THAT(text, HasSubstr("Text with a link."));
    EXPECT_THAT(text, HasSubstr("https://mirror.example/articles/2026/09/id00000001.html"));
    EXPECT_THAT(text, Not(HasSubstr("default-src")));
}

TEST(Mirror, HasPagesOfTagsThatSeveralArticlesHaveAndOfMonths) {
    for (const PageFormat format : kFormats) {
        std::vector<Article> articles = many_articles(7);
        for (Article& article : articles) article.tags = {"#Deep_Sea", "once " + article.id};
        articles[3].tags = {"新闻", "新闻"};
        const test::Files files =
            test::render_all(test::mirror_of("en"), test::target_of(format), articles);
        const std::string page = files.at("articles/2026/09/id00000001" + extension(format));
        EXPECT_THAT(page, HasSubstr("../../../tags/deep-sea/" + home(format)));
        EXPECT_THAT(page, HasSubstr("once id00000001"));
        EXPECT_THAT(files.at("tags/deep-sea/" + home(format)), HasSubstr("id00000006"));
        EXPECT_THAT(files.at("tags/" + home(format)), HasSubstr("deep sea"));
        EXPECT_THAT(files.at("months/2026/09/" + home(format)), HasSubstr("id00000003"));
        for (const auto& [path, bytes] : files)
            EXPECT_EQ(path.find("once"), std::string::npos) << path;
    }
}

TEST(Mirror, ListsManyTagsApartByTheirFirstCharacter) {
    for (const PageFormat format : kFormats) {
        std::vector<Article> articles = many_articles(3);
        const auto files_with = [&](int tags) {
            for (Article& article : articles) {
                article.tags = {"\u6c34"};
                for (int i = 1; i < tags; ++i) article.tags.push_back(fmt::format("deep {}", i));
            }
            return test::render_all(test::mirror_of("en"), test::target_of(format), articles);
        };
        const std::string by_initial = "tags/_by/d" + extension(format);
        const test::Files few = files_with(150);
        EXPECT_FALSE(few.contains(by_initial));
        EXPECT_THAT(few.at("tags/" + home(format)), HasSubstr("tags/deep-149/" + home(format)));
        const test::Files many = files_with(151);
        EXPECT_THAT(many.at(by_initial), HasSubstr("tags/deep-150/" + home(format)));
        EXPECT_THAT(many.at("tags/" + home(format)), HasSubstr("tags/_by/d" + extension(format)));
        EXPECT_THAT(many.at("tags/" + home(format)), Not(HasSubstr("tags/deep-1")));
    }
}

TEST(Mirror, HasFeedsAndSitemapsThatOtherProgramsRead) {
    Assets assets;
    std::vector<Article> articles = many_articles(60, &assets);
    articles[59].title = "A <b>title</b> & \x01 \"more\" ]]>";
    articles[59].body = "<p>]]> &amp;lt; <strong>x</strong></p>\n";
    articles[58].authors.clear();
    articles[57].published.reset();
    Mirror mirror = test::mirror_of("ar");
    for (const PageFormat format : kFormats) {
        const test::Files files =
            test::render_all(mirror, test::target_of(format), articles, assets);
        for (const std::string folder : {"all/", "sections/world/"}) {
            const std::string& atom = files.at(folder + "atom.xml");
            const auto count = [&](const std::string& what) {
                return std::stoi(
                    test::run_on("xmllint --xpath \"count(" + what + ")\" {}", atom, ".xml"));
            };
            const std::string entry = "/*[local-name()='feed']/*[local-name()='entry']";
            EXPECT_EQ(count(entry), 40);
            // RFC 4287 section 4.1.2: exactly one id, title and updated, at least one author.
            for (const auto* name : {"id", "title", "updated"}) {
                const std::string child = fmt::format("*[local-name()='{}']", name);
                EXPECT_EQ(count(fmt::format("{}[count({})=1]", entry, child)), 40) << name;
                EXPECT_EQ(count(fmt::format("/*[count({})=1]", child)), 1) << name;
            }
            EXPECT_EQ(count(entry + "[*[local-name()='author']/*[local-name()='name']]"), 40);
            EXPECT_EQ(count(entry + "/*[local-name()='content']"),
                      format == PageFormat::kHtml ? 40 : 0);
            EXPECT_EQ(count(fmt::format("{}[not(*[local-name()='id'] = preceding-sibling::*/"
                                        "*[local-name()='id'])]",
                                        entry)),
                      40);
            // Each item has an id and one of the contents (JSON Feed 1.1, "Items").
            EXPECT_EQ(test::run_on("python3 -c \"import json,sys; f=json.load(open(sys.argv[1])); "
                                   "print(f['version'], len(f['items']), all('id' in i and "
                                   "('content_html' in i or 'content_text' in i) and "
                                   "i['url'].startswith('https://') for i in f['items']))\" {}",
                                   files.at(folder + "feed.json")),
                      "https://jsonfeed.org/version/1.1 40 True\n");
        }
    }
    const test::Files files =
        test::render_all(mirror, test::target_of(PageFormat::kHtml), articles, assets);
    EXPECT_THAT(test::run_on("xmllint --xpath \"string(//*[local-name()='entry'][1]/"
                             "*[local-name()='content'])\" {}",
                             files.at("all/atom.xml"), ".xml"),
                HasSubstr("<p>]]> &amp;lt; <strong>x</strong></p>"));
    EXPECT_THAT(files.at("sitemaps/1.xml"),
                HasSubstr("<loc>https://mirror.example/articles/2026/09/id00000000.html</loc>"));
    EXPECT_EQ(test::run_on("xmllint --xpath \"count(//*[local-name()='url'])\" {}",
                           files.at("sitemaps/1.xml"), ".xml"),
              "61\n");
    EXPECT_EQ(test::run_on("xmllint --xpath \"count(//*[local-name()='sitemap'])\" {}",
                           files.at("sitemap.xml"), ".xml"),
              "1\n");
    EXPECT_THAT(files.at("robots.txt"), HasSubstr("Sitemap: https://mirror.example/sitemap.xml"));
    EXPECT_EQ(test::run_on("python3 -c \"import json,sys; m=json.load(open(sys.argv[1])); "
                           "print(m['dir'], m['start_url'])\" {}",
                           files.at("manifest.webmanifest")),
              "rtl index.html\n");
    EXPECT_EQ(test::run_on("xmllint --noout {}", files.at("icon.svg"), ".svg"), "");
}

TEST(Mirror, PutsArticlesWhereThePatternSays) {
    Target target = test::target_of(PageFormat::kHtml);
    target.article_path = "pages/{section}/{dd}/{id}";
    target.link_suffix = "?v={id}";
    const test::Files files = test::render_all(test::mirror_of("en"), target, many_articles(4));
    ASSERT_TRUE(files.contains("pages/tech/01/id00000000.html"));
    ASSERT_TRUE(files.contains("pages/world/01/id00000002.html"));
    EXPECT_THAT(files.at("index.html"),
                HasSubstr("\"pages/world/01/id00000002.html?v=id00000002\""));
    EXPECT_THAT(files.at("pages/world/01/id00000002.html"),
                HasSubstr("../../../sections/world/index.html"));
    EXPECT_THAT(files.at("pages/world/01/id00000002.html"),
                HasSubstr("https://mirror.example/pages/world/01/id00000002.html<"));
}

// The paths that differ.
std::set<std::string> differences(const test::Files& a, const test::Files& b) {
    std::set<std::string> out;
    for (const auto& [path, bytes] : a)
        if (!b.contains(path) || b.at(path) != bytes) out.insert(path);
    for (const auto& [path, bytes] : b)
        if (!a.contains(path)) out.insert(path);
    return out;
}

TEST(Announcements, StandOnHomeAndListsAndTouchNoArticleAndNoArchivePage) {
    for (const PageFormat format : kFormats) {
        const Target target = test::target_of(format);
        const auto articles = many_articles(120);
        Mirror mirror = test::mirror_of("en");
        const test::Files none = test::render_all(mirror, target, articles);
        mirror.announcements = {
            {.text = "We <moved>", .url = "https://new.example/", .is_sampled = false},
            {.text = "Sampled one", .url = {}, .is_sampled = true},
            {.text = "Sampled two", .url = {}, .is_sampled = true}};
        const test::Files some = test::render_all(mirror, target, articles);
        EXPECT_EQ(some, test::render_all(mirror, target, articles));
        for (const std::string& path : differences(none, some)) {
            EXPECT_FALSE(path.starts_with("articles/")) << path;
            EXPECT_EQ(path.find("/archive/"), std::string::npos) << path;
            const std::string seen = test::seen_text(as_html(format, some.at(path)));
            EXPECT_THAT(seen, HasSubstr("We <moved>"));
            EXPECT_NE(seen.find("Sampled one") == std::string::npos,
                      seen.find("Sampled two") == std::string::npos);
        }
        EXPECT_TRUE(differences(none, some).contains(home(format)));
        EXPECT_TRUE(differences(none, some).contains("sections/tech/" + home(format)));
    }
}

TEST(Companions, HaveOnePageEachAndANewAddressChangesThatAlone) {
    for (const PageFormat format : kFormats) {
        const Target target = test::target_of(format);
        Mirror mirror = test::mirror_of("en");
        mirror.companions = {{.key = "one", .name = "One", .url = "https://one.example/?a=1&b=2"},
                             {.key = "two", .name = "Two", .url = "https://two.example/"}};
        const test::Files before = test::render_all(mirror, target, many_articles(9));
        const std::string page = "go/one" + extension(format);
        EXPECT_THAT(test::seen_text(as_html(format, before.at(page))),
                    HasSubstr("https://one.example/?a=1&b=2"));
        EXPECT_THAT(before.at(home(format)), HasSubstr(page));
        mirror.companions[0].url = "https://new.example/";
        EXPECT_THAT(differences(before, test::render_all(mirror, target, many_articles(9))),
                    testing::ElementsAre(page));
        mirror.companions[1].key = "three";
        for (const std::string& path :
             differences(before, test::render_all(mirror, target, many_articles(9))))
            EXPECT_FALSE(path.starts_with("articles/")) << path;
    }
}

TEST(Offline, AddsOneOwnScriptToEachPageAndTheListOfMirrors) {
    Mirror mirror = test::mirror_of("en");
    mirror.offline = true;
    mirror.companions = {
        {.key = "m", .name = "M", .url = "https://m.example/", .is_mirror = true},
        {.key = "n", .name = "N", .url = "https://n.example/", .is_mirror = false}};
    const test::Files files =
        test::render_all(mirror, test::target_of(PageFormat::kHtml), many_articles(9));
    for (const auto& [path, page] : files) {
        if (!path.ends_with(".html")) continue;
        std::string script = "<script src=\"";
        for (const char c : path)
            if (c == '/') script += "../";
        EXPECT_THAT(page, HasSubstr(script + "offline.js\" defer></script>")) << path;
        EXPECT_EQ(page.find("<script"), page.rfind("<script")) << path;
        EXPECT_THAT(page, HasSubstr("connect-src 'self'; script-src 'self'; worker-src 'self';"));
        for (const lint::Finding& finding :
             lint::check_file({.path = path, .bytes = page},
                              [&files](const std::string& other) { return files.contains(other); }))
            ADD_FAILURE() << path << " " << finding.what;
    }
    EXPECT_THAT(files.at("mirrors.json"), testing::AllOf(HasSubstr("https://m.example/"),
                                                         Not(HasSubstr("https://n.example/"))));
    EXPECT_THAT(files.at("worker.js"), HasSubstr("web/src/worker.ts"));
    const test::Files without = test::render_all(
        test::mirror_of("en"), test::target_of(PageFormat::kHtml), many_articles(1));
    for (const auto& [path, page] : without) EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_FALSE(without.contains("worker.js"));
}

TEST(OwnTheme, ReplacesFilesOneByOne) {
    const Target target = test::target_of(PageFormat::kHtml);
    const Mirror mirror = test::mirror_of("pt");
    const auto page_of = [&](std::string name, std::string text) {
        const ThemeFiles files{.place = "t/", .files = {{std::move(name), std::move(text)}}};
        auto renderer = Renderer::open(mirror, target, files);
        if (!renderer) return renderer.error().message;
        const Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
        return test::render_one(*renderer, article)
            .at(renderer->article_path(test::summary_of(article)));
    };
    EXPECT_THAT(page_of("html/style.css", "p{color:red}"),
                testing::AllOf(HasSubstr("<style>p{color:red}</style>"), HasSubstr("Copied")));
    EXPECT_THAT(page_of("html/foot.mustache", "bye\n"), HasSubstr("</main>\nbye"));
    EXPECT_THAT(page_of("html/foot.mustache", "a\nb\n{{#x}}c\n"),
                testing::StartsWith("t/html/foot.mustache:3: "));
    EXPECT_THAT(page_of("html/stile.css", ""),
                HasSubstr("'t/html/stile.css' is no file of a theme"));
    EXPECT_THAT(page_of("texts/pt.txt", "home = Entrada\nby"),
                HasSubstr("t/texts/pt.txt:2: not of the form"));
    EXPECT_THAT(page_of("texts/pt.txt", "home = Entrada\n"),
                testing::AllOf(HasSubstr("t/texts/pt.txt: no text for 'all', "), HasSubstr("'by'"),
                               Not(HasSubstr("'home'"))));
}

TEST(PlainTheme, IsAnotherLookOfTheSamePages) {
    const ThemeFiles plain = Renderer::built_in_theme("plain");
    ASSERT_FALSE(plain.files.empty());
    EXPECT_TRUE(Renderer::built_in_theme("none").files.empty());
    const auto renderer =
        Renderer::open(test::mirror_of("en"), test::target_of(PageFormat::kHtml), plain);
    ASSERT_TRUE(renderer) << renderer.error().message;
    const Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
    const std::string page =
        test::render_one(*renderer, article).at(renderer->article_path(test::summary_of(article)));
    EXPECT_EQ(page.find("--paper"), std::string::npos);
    const Renderer usual =
        test::open_renderer(test::mirror_of("en"), test::target_of(PageFormat::kHtml));
    const std::string usual_page =
        test::render_one(usual, article).at(usual.article_path(test::summary_of(article)));
    EXPECT_EQ(page.substr(page.find("<body")), usual_page.substr(usual_page.find("<body")));
    EXPECT_NE(renderer->generation(), usual.generation());
}

TEST(Hot, CountsCoverageByOtherPublishersAndPicksAndTellsAStoryOnce) {
    std::vector<ArticleSummary> newest;
    const auto add = [&](const std::string& id, const std::string& title,
                         const std::string& publisher, int hours_ago) {
        ArticleSummary article = test::summary_of(test::article_of(id, title, "<p>x</p>\n"));
        article.publisher = publisher;
        article.published->utc -= std::chrono::hours{hours_ago};
        newest.push_back(article);
    };
    add("fresh", "Weather stays mild over the northern islands", "A", 0);
    add("b1", "Harbour bridge closes after storm damages pillars", "B", 10);
    add("c1", "Storm damages pillars: harbour bridge closes", "C", 12);
    add("pick", "An old orchard bears fruit once again", "A", 60);
    add("zh1", "青岚山天文台首次整夜开放", "D", 70);
    add("zh2", "青岚山天文台首次整夜向市民开放", "E", 71);
    add("old", "Library extends its opening hours", "A", 72);
    std::vector<std::string> ids;
    for (const ArticleSummary& article : rank_hot(newest, std::span(&newest[3], 1), 9))
        ids.push_back(article.id);
    EXPECT_THAT(ids, testing::ElementsAre("b1", "pick", "fresh", "zh1", "old"));
    EXPECT_EQ(rank_hot(newest, {}, 2).size(), 2U);
}

TEST(Page, SaysWhereItIsFromAndWhenItWasCopied) {
    Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
    article.updated = parse_date_time("2026-11-14T09:45:00+08:00");
    for (const PageFormat format : kFormats) {
        const Renderer renderer =
            test::open_renderer(test::mirror_of("en"), test::target_of(format));
        const std::string page = test::seen_text(
            as_html(format, test::render_one(renderer, article)
                                .at(renderer.article_path(test::summary_of(article)))));
        for (const auto* fact :
             {"Example Daily", "Ada Example", "Bo Sample", "Published 2026-11-14 08:30 +08:00",
              "Updated 2026-11-14 09:45 +08:00", "Copied 2026-11-14 01:00 UTC",
              "https://daily.example/2026/k3v9x0q2ma"})
            EXPECT_THAT(page, HasSubstr(fact));
    }
}

TEST(HtmlPage, LoadsItsFirstPictureAtOnceAndSaysWhatItIsAbout) {
    const Renderer renderer =
        test::open_renderer(test::mirror_of("en"), test::target_of(PageFormat::kHtml));
    Assets assets = {{"https://a.example/1.jpg", test::asset_of('1', 640, 480)},
                     {"https://a.example/2.jpg", test::asset_of('2', 640, 480)}};
    Article article = test::article_of(
        "k3v9x0q2ma", "T",
        "<p>x</p>\n<figure><img src=\"https://a.example/2.jpg\" alt=\"b\"></figure>\n");
    article.lead_image = {
        .url = "https://a.example/1.jpg", .alt = "a", .caption = "", .credit = ""};
    ArticleSummary summary = test::summary_of(article);
    summary.excerpt = "A \"quoted\" " + std::string(300, 'x');
    std::string page;
    renderer.render_article({.article = article,
                             .summary = summary,
                             .assets = assets,
                             .earlier = {},
                             .linked_tags = {}},
                            [&](File file) { page = std::move(file.bytes); });
    EXPECT_THAT(page, HasSubstr(R"(alt="a" width="640" height="480">)"));
    EXPECT_THAT(page, HasSubstr(R"(alt="b" width="640" height="480" loading="lazy">)"));
    EXPECT_THAT(page, testing::ContainsRegex(
                          "<meta name=\"description\" content=\"A &quot;quoted&quot; x+…\">"));
}

TEST(HtmlPage, OffersTheSizesAndFormatsOfAPicture) {
    const Renderer renderer =
        test::open_renderer(test::mirror_of("en"), test::target_of(PageFormat::kHtml));
    Asset asset = test::asset_of('1', 1200, 800);
    const std::string large = asset_path(asset);
    Article article = test::article_of(
        "k3v9x0q2ma", "T",
        "<p>x</p>\n<figure><img src=\"https://a.example/1.jpg\" alt=\"b\"></figure>\n");
    const auto page_with = [&](const Asset& one) {
        const auto files = test::render_one(renderer, article, {{"https://a.example/1.jpg", one}});
        return files.at(renderer.article_path(test::summary_of(article)));
    };
    asset.others = {test::asset_of('2', 480, 320)};
    const std::string small = asset_path(asset.others[0]);
    EXPECT_THAT(page_with(asset),
                testing::ContainsRegex("<img src=\"[./]*" + large + "\" srcset=\"[./]*" + large +
                                       " 1200w, [./]*" + small + " 480w\" sizes=\"[^\"]+\" alt"));

    asset.media_type = "image/jpeg";  // its smaller one has the other format
    const std::string page = page_with(asset);
    EXPECT_THAT(page, testing::ContainsRegex("<picture><source type=\"image/webp\" "
                                             "srcset=\"[./]*" +
                                             small + " 480w\" sizes=\"[^\"]+\"><img src=\"[./]*" +
                                             large + "\" alt=\"b\"[^>]*></picture>"));
}

TEST(HtmlPage, OfHomeAsksForNoLargerPicturesThanItShows) {
    Assets assets;
    std::vector<Article> articles = many_articles(4);
    for (Article& article : articles) {
        const std::string url = "https://a.example/" + article.id;
        article.lead_image = LeadImage{.url = url, .alt = "a", .caption = {}, .credit = {}};
        Asset asset = test::asset_of(article.id.back(), 1200, 800);
        asset.others = {test::asset_of('9', 480, 320)};
        assets.emplace(url, asset);
    }
    const test::Files files = test::render_all(
        test::mirror_of("en"), test::target_of(PageFormat::kHtml), articles, assets);
    const std::string& page = files.at("index.html");
    const std::size_t lead = page.find("sizes=\"(min-width:38rem) 36rem, ");
    const std::size_t column = page.find("sizes=\"(min-width:62rem) 29rem, 50vw\"");
    ASSERT_NE(lead, std::string::npos);
    ASSERT_NE(column, std::string::npos);
    EXPECT_LT(lead, column);
    EXPECT_EQ(page.find("36rem", lead + 40), std::string::npos);
}

TEST(ArticlePage, LeadsToWhatIsHotAndToItsSections) {
    for (const PageFormat format : kFormats) {
        Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
        const Mirror mirror = test::mirror_of("en");
        article.sections = {mirror.sections[0].key};
        const Renderer renderer = test::open_renderer(mirror, test::target_of(format));
        const test::Files files = test::render_one(renderer, article);
        const std::string& page = files.at(renderer.article_path(test::summary_of(article)));
        EXPECT_THAT(page, HasSubstr("/../hot/" + home(format)));
        EXPECT_THAT(page, HasSubstr("/../sections/" + article.sections[0] + "/" + home(format)));
    }
}

TEST(Page, HasTheLanguageAndDirectionOfItsArticle) {
    Article article = test::article_of("k3v9x0q2ma", "عنوان", "<p>نص</p>\n");
    article.language = "ar";
    for (const PageFormat format : kFormats) {
        const Renderer renderer =
            test::open_renderer(test::mirror_of("en"), test::target_of(format));
        const std::string page = test::render_one(renderer, article)
                                     .at(renderer.article_path(test::summary_of(article)));
        if (format == PageFormat::kHtml) {
            EXPECT_THAT(page, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
        } else {
            // Inside of the <div> Markdown is still Markdown.
            EXPECT_THAT(test::cmark_gfm(page),
                        HasSubstr("<div dir=\"rtl\" lang=\"ar\">\n<h1>عنوان</h1>"));
        }
    }
}

TEST(Generation, ChangesWithWhatArticlesPagesShowAndWithNothingElse) {
    const Mirror mirror = test::mirror_of("en");
    const Target target = test::target_of(PageFormat::kHtml);
    const std::string generation = test::open_renderer(mirror, target).generation();
    EXPECT_EQ(test::open_renderer(mirror, target).generation(), generation);
    Mirror other = mirror;
    other.description = other.contact = "other";
    EXPECT_EQ(test::open_renderer(other, target).generation(), generation);
    other = mirror;
    other.title = "other";
    EXPECT_NE(test::open_renderer(other, target).generation(), generation);
    other = mirror;
    other.language = "ar";
    EXPECT_NE(test::open_renderer(other, target).generation(), generation);
    other = mirror;
    other.sections[0].name = "other";
    EXPECT_NE(test::open_renderer(other, target).generation(), generation);
    Target moved = target;
    moved.base_url = "https://other.example/";
    EXPECT_NE(test::open_renderer(mirror, moved).generation(), generation);
    EXPECT_NE(test::open_renderer(mirror, test::target_of(PageFormat::kMarkdown)).generation(),
              generation);
}

TEST(ArticleFiles, AreTheFilesThatRenderingMakes) {
    const Article article = test::article_of("k3v9x0q2ma", "T", "<p>x</p>\n");
    for (const PageFormat format : kFormats) {
        const Renderer renderer =
            test::open_renderer(test::mirror_of("en"), test::target_of(format));
        std::set<std::string> made;
        for (const auto& [path, bytes] : test::render_one(renderer, article)) made.insert(path);
        const auto named = renderer.article_files(test::summary_of(article));
        EXPECT_EQ(std::set<std::string>(named.begin(), named.end()), made);
    }
}

TEST(Home, LeadsWithAPictureFromAStoryOfItsOwnLanguageIfItCan) {
    Assets assets;
    std::vector<Article> articles = many_articles(12, &assets);  // pictures: 0 and 10
    const auto lead = [&](const std::string& language) {
        const test::Files files = test::render_all(
            test::mirror_of(language), test::target_of(PageFormat::kHtml), articles, assets);
        const std::string& page = files.at("index.html");
        const std::size_t title = page.find(">Article ", page.find("leadstory\"")) + 9;
        return page.substr(title, page.find(' ', title) - title);
    };
    EXPECT_EQ(lead("en"), "10");
    articles[10].language = "ar";
    EXPECT_EQ(lead("en"), "0");
    EXPECT_EQ(lead("en-GB"), "0");
    EXPECT_EQ(lead("ru"), "10");
}

TEST(Home, TellsTheLeadOnceAboveItsSectionUnlessItIsAllThereIs) {
    for (const auto& [count, told] : {std::pair{12, 1}, {1, 2}}) {
        Assets assets;
        std::vector<Article> articles = many_articles(count, &assets);
        Mirror mirror = test::mirror_of("en");
        mirror.sections.resize(1);
        for (Article& article : articles) article.sections = {mirror.sections[0].key};
        const test::Files files =
            test::render_all(mirror, test::target_of(PageFormat::kHtml), articles, assets);
        const std::string& page = files.at("index.html");
        const std::size_t link = page.find("<h2><a href=\"", page.find("leadstory\"")) + 13;
        const std::string lead = page.substr(link, page.find('"', link) - link);
        const std::size_t sections = page.find("class=\"sections\"");
        EXPECT_EQ(page.find(lead, sections) != std::string::npos, told == 2) << lead;
        EXPECT_NE(page.find("class=\"entries\"", sections), std::string::npos);
    }
}

TEST(Home, OfMarkdownStaysBelowWhatGitHostsShow) {
    Mirror mirror = test::mirror_of("en");
    mirror.sections.clear();
    std::vector<Article> articles;
    for (int i = 0; i < 200; ++i) {
        mirror.sections.push_back(
            {.key = fmt::format("s{}", i), .name = fmt::format("Section {}", i)});
        for (int k = 0; k < 3; ++k) {
            Article article = test::article_of(fmt::format("id{:04}{:04}", i, k),
                                               std::string(1000, 'x') + " y", "<p>x</p>\n");
            article.sections = {fmt::format("s{}", i)};
            articles.push_back(std::move(article));
        }
    }
    const auto files = test::render_all(mirror, test::target_of(PageFormat::kMarkdown), articles);
    EXPECT_LT(files.at("README.md").size(), 500'000U);
}

}  // namespace
}  // namespace heliograph::render
