// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that want more than to be read: tests/data/extract/attacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "extract/extract.h"
#include "html/article_builder.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

namespace fs = std::filesystem;

// The first words of an article that is there whatever stands below it.
constexpr std::string_view kFirst = "The old harbour crane, which had stood idle";
constexpr std::string_view kText =
    "<p>The old harbour crane, which had stood idle since the storm of last winter, was lifted "
    "from its rails on Tuesday, and half of the town came to watch it go.</p>"
    "<p>Nobody could say, when asked, where it would be set up again; the port said only that it "
    "had been sold, that the price was fair, and that the buyer wished to stay unnamed.</p>"
    "<p>For the children on the quay it was a holiday: school had been closed for the morning, "
    "and the bakers gave away what they had left.</p>";

const Url& page_url() {
    static const Url url = html::parse_url("https://daily.example/2026/11/crane.html").value();
    return url;
}

// "\xHH" stands for a byte.
std::string decode_bytes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\\x") && i + 3 < text.size()) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 2, 2)), nullptr, 16));
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::vector<std::string> attacks_of(const fs::path& file) {
    std::vector<std::string> out;
    const std::string text = read_file(file);
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find("\n%%\n"), rest.size());
        std::string_view attack = rest.substr(0, end);
        while (attack.ends_with('\n')) attack.remove_suffix(1);
        out.push_back(decode_bytes(attack));
        rest.remove_prefix(std::min(end + 4, rest.size()));
    }
    return out;
}

std::string page_of(std::string_view title, std::string_view above, std::string_view below,
                    std::string_view head = "") {
    std::string page = "<!DOCTYPE html><html lang=en><head><title>Crane leaves | Daily</title>";
    page.append(head).append("</head><body><main><h1>").append(title).append("</h1><div>");
    page.append(above).append(kText).append(below);
    return page + "</div></main><footer><p>All rights reserved.</p></footer></body></html>";
}

void expect_harmless(const Extraction& extraction) {
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) return;
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    EXPECT_EQ(html::rebuild_article_html(article->body), article->body);
    EXPECT_FALSE(article->title.empty());
    const auto expect_address = [](const std::string& text) {
        const auto url = html::parse_url(text);
        EXPECT_TRUE(url && url->href == text && text.starts_with("http")) << text;
    };
    expect_address(article->url);
    expect_address(article->canonical_url);
    if (article->lead_image) expect_address(article->lead_image->url);
}

bool has_first_words(const Extraction& extraction) {
    const auto* article = std::get_if<Article>(&extraction);
    return article != nullptr && article->body.contains(kFirst);
}

class Attacks : public testing::TestWithParam<std::string> {};

TEST_P(Attacks, EndAsArticleHtmlOrNotAtAll) {
    const fs::path folder = fs::path(HELIOGRAPH_TEST_DATA) / "extract/attacks";
    for (const std::string& attack : attacks_of(folder / GetParam())) {
        SCOPED_TRACE(attack);
        const auto extract = [](const std::string& page) {
            return extract_article(
                {.bytes = page, .url = page_url(), .transport_charset = "utf-8"});
        };
        const Extraction below = extract(page_of("Crane leaves", "", attack + std::string(kText)));
        expect_harmless(below);
        EXPECT_TRUE(has_first_words(below));
        const std::string quoted = html::escape_attribute(attack);
        for (const std::string& page : {
                 page_of("Crane leaves", attack, ""),
                 page_of("Crane leaves", "<p>The town was glad, " + attack + ", it said.</p>", ""),
                 page_of(attack, "", ""),
                 page_of("Crane leaves", "", "", attack),
                 page_of("Crane leaves", "",
                         "<img src=\"" + quoted + "\" alt=\"" + quoted +
                             "\" width=640 height=" + "480><p><a href=\"" + quoted + "\" title=\"" +
                             quoted + "\">A link that stands in the text</a> of the article.</p>"),
                 attack + page_of("Crane leaves", "", ""),
             })
            expect_harmless(extract(page));
        // A feed's own text, and what a feed says beside it.
        Entry entry;
        entry.url = "https://daily.example/2026/11/crane.html";
        entry.title = attack;
        entry.content_html = std::string(kText) + attack + std::string(kText);
        entry.image_url = attack;
        expect_harmless(extract_entry(entry, page_url()).extraction);
        // Whoever gets article HTML from elsewhere builds it anew.
        const std::string rebuilt = html::rebuild_article_html(to_valid_utf8(attack));
        EXPECT_EQ(test::ArticleCheck::fault_of(rebuilt), "");
    }
}

std::vector<std::string> files() {
    std::set<std::string> names;
    for (const auto& entry :
         fs::directory_iterator(fs::path(HELIOGRAPH_TEST_DATA) / "extract/attacks"))
        if (entry.path().extension() == ".txt") names.insert(entry.path().filename().string());
    return {names.begin(), names.end()};
}

INSTANTIATE_TEST_SUITE_P(OfEachClass, Attacks, testing::ValuesIn(files()), [](const auto& one) {
    std::string name;
    for (const char c : one.param.substr(0, one.param.find('.')))
        if (c != '-') name += c;
    return name;
});

TEST(ArticleCheck, SeesWhatIsNotArticleHtml) {
    for (const std::string_view bad :
         {"<p>x</p>",
          "x\n",
          "<p>x\n",
          "<p>x</p>\n\n",
          "<div>x</div>\n",
          "<p></p>\n",
          "<p onclick=\"x\">x</p>\n",
          "<p>a & b</p>\n",
          "<p>a > b</p>\n",
          "<p><p>x</p></p>\n",
          "<p><a href=\"javascript:x\">x</a></p>\n",
          "<p><a href=\"/x\">x</a></p>\n",
          "<p><img src=\"https://a.example/x\"></p>\n",
          "<h3>x</h3>\n",
          "<P>x</P>\n",
          "<p><em><em>x</em></em></p>\n",
          "<ul>x</ul>\n",
          "<p>a  b</p>\n",
          "<p>a\x01</p>\n",
          "<figure data-embed=\"x\"><a href=\"https://a.example/\">x</a></figure>\n",
          "<table><tr><td>x</td></tr></table>\n",
          "<p><script>x</script></p>\n",
          "<p lang=\"en\" dir=\"ltr\">x</p>\n",
          "<p><b>x</b></p>\n"})
        EXPECT_NE(test::ArticleCheck::fault_of(bad), "") << bad;
    for (const std::string_view good :
         {"", "<p>x &amp; y</p>\n", "<h2>x</h2>\n<h3>y</h3>\n",
          "<ul><li>x</li><li><p>y</p><p>z</p></li></ul>\n",
          "<table><tbody><tr><td></td><td>x</td></tr></tbody></table>\n",
          "<figure><img alt=\"\" src=\"https://a.example/x\"><figcaption>y</figcaption></figure>\n",
          "<pre>a\n  b</pre>\n", "<p>a<br>b</p>\n"})
        EXPECT_EQ(test::ArticleCheck::fault_of(good), "") << good;
}

}  // namespace
}  // namespace heliograph::extract
