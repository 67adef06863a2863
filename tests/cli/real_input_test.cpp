// SPDX-License-Identifier: GPL-3.0-or-later
// Real pages of real publishers, from the corpus beside the checkout: all are mirrored, or it is
// said why not, and what is published is clean.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/operator.h"
#include "html/article_html.h"
#include "html/dom.h"
#include "html/escape.h"
#include "lint/lint.h"
#include "store/store.h"
#include "support/test_server.h"

namespace heliograph::test {
namespace fs = std::filesystem;
namespace {

const fs::path kCorpus = fs::path(HELIOGRAPH_SOURCE_DIR) / "../shared/corpus/extraction";

struct Saved {
    std::string address;  // http, so that a plain proxy can answer for it
    std::string title;
    fs::path file;
};

std::vector<Saved> unpack_pages(const fs::path& folder) {
    const Outcome unpacked =
        run_program({"sh", "-c",
                     fmt::format("zstd -dc '{0}/readability.tar.zst' | tar x && gzip -dc "
                                 "'{0}/readability.jsonl.gz' > pages.jsonl",
                                 kCorpus.string())},
                    folder);
    EXPECT_EQ(unpacked.status, 0) << unpacked.err;
    std::vector<Saved> pages;
    std::istringstream lines(read_file(folder / "pages.jsonl"));
    for (std::string line; std::getline(lines, line);) {
        const auto record = nlohmann::json::parse(line);
        const std::string id = record.at("id");
        std::string address = record.value("url", fmt::format("http://pages.example/{}.html", id));
        if (address.starts_with("https:")) address.erase(4, 1);
        pages.push_back({.address = address.substr(0, address.find('#')),
                         .title = record.value("title", id),
                         .file = folder / record.at("file").get<std::string>()});
    }
    return pages;
}

std::string without_space(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (!is_space(c)) append_utf8(out, c);
    }
    return out;
}

// What a Git host makes of a Markdown page.
std::string render_gfm(const fs::path& page) {
    const Outcome rendered = run_program({"cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink",
                                          "-e", "strikethrough", "-e", "tagfilter", page.string()},
                                         page.parent_path());
    EXPECT_EQ(rendered.status, 0) << rendered.err;
    return rendered.out;
}

void expect_clean_markdown(const fs::path& clone, const std::string& path, const Article& article,
                           const lint::Exists& exists) {
    SCOPED_TRACE(path);
    const std::string rendered = render_gfm(clone / path);
    html::Document document;
    document.parse(rendered);
    std::vector<std::string> titles;
    for (html::Node node = document.body(); node; node = node.next_in(document.body()))
        if (node.is_element() && node.tag() == LXB_TAG_H1) titles.push_back(node.text_content());
    ASSERT_EQ(titles.size(), 1U);
    EXPECT_EQ(without_space(titles.front()), without_space(article.title));
    // Every block of the text is there, letter by letter: nothing lost, no markup showing. In place
    // of a picture inside a line, such as a formula, stand its own words.
    const std::string text = without_space(document.body().text_content());
    static const std::regex kPicture("<img [^>]*>");
    std::istringstream blocks(html::plain_text(std::regex_replace(article.body, kPicture, "<br>")));
    for (std::string block; std::getline(blocks, block);)
        EXPECT_NE(text.find(without_space(block)), std::string::npos) << block;
    // The page in HTML keeps the contract but for what the Git host adds round it.
    for (const lint::Finding& finding :
         lint::check_file({.path = path + ".html", .bytes = rendered}, exists)) {
        if (finding.what.starts_with("has no ")) continue;  // policies are the host's
        ADD_FAILURE() << finding.what;
    }
}

TEST(RealInput, EveryPageHasAFateAndEveryPublishedPageIsClean) {
    if (!fs::exists(kCorpus)) GTEST_SKIP() << "no corpus beside this checkout";
    const TemporaryDirectory scratch;
    const std::vector<Saved> pages = unpack_pages(scratch.path());
    ASSERT_EQ(pages.size(), 129U);

    // Stands for the whole web: the pages at their addresses, 404 for everything else.
    TestServer web;
    std::map<std::string, fs::path> files;
    std::string feed = "<rss version=\"2.0\"><channel><title>Real pages</title>";
    for (const Saved& page : pages) {
        files[page.address] = page.file;
        feed += fmt::format("<item><title>{}</title><link>{}</link></item>",
                            html::escape_text(html::escape_text(page.title)),
                            html::escape_text(page.address));
    }
    feed += "</channel></rss>";
    web.otherwise([&](const ReceivedRequest& request) -> Answer {
        if (request.target == "http://feeds.example/real.xml")
            return {.headers = {{"content-type", "application/rss+xml"}}, .body = feed};
        const auto file = files.find(request.target);
        if (file == files.end()) return {.status = 404};
        return {.headers = {{"content-type", "text/html"}}, .body = read_file(file->second)};
    });

    Operator us;
    us.configure(
        fmt::format("[[source]]\nname = \"Real pages\"\nurl = \"http://feeds.example/real.xml"
                    "\"\nsection = \"news\"\nproxy = \"{}\"\n",
                    web.origin()));
    const Outcome run = us.run({"run", "--once"});
    EXPECT_LE(run.status, 1) << run.out << run.err;

    const auto ledger = us.ledger();
    EXPECT_GE(ledger.size(), 125U);  // some pages share an address
    std::size_t published = 0;
    for (const auto& [address, fate] : ledger) {
        EXPECT_FALSE(fate.starts_with("pending")) << address;
        if (fate.starts_with("published")) {
            ++published;
        } else {
            EXPECT_GT(fate.size(), fate.find(": ") + 2) << address << " has no reason: " << fate;
        }
    }
    ASSERT_GE(published, 110U) << run.out;

    const Outcome judged = us.run({"lint", "site"});
    EXPECT_EQ(judged.status, 0) << judged.out;

    ASSERT_EQ(run_program({"git", "clone", "-q", "mirror.git", "clone"}, us.folder()).status, 0);
    const fs::path clone = us.folder() / "clone";
    const lint::Exists exists = [&](const std::string& path) { return fs::exists(clone / path); };
    store::Store store(us.folder() / "state");
    std::size_t pages_seen = 0;
    for (const auto& entry : fs::recursive_directory_iterator(clone / "articles")) {
        if (entry.path().extension() != ".md") continue;
        const auto article = store.article(entry.path().stem().string());
        ASSERT_TRUE(article.has_value()) << entry.path();
        expect_clean_markdown(clone, entry.path().lexically_relative(clone).generic_string(),
                              *article, exists);
        ++pages_seen;
    }
    EXPECT_EQ(pages_seen, store.counts().articles);
}

}  // namespace
}  // namespace heliograph::test
