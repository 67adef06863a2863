// SPDX-License-Identifier: GPL-3.0-or-later
// Text behind the article that belongs to another one.
#include "extract/following_text.h"

#include <gtest/gtest.h>

#include <string>

#include "html/dom.h"

namespace heliograph::extract {
namespace {

std::string prose(const std::string& subject, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += "<p>" + subject +
               ", dark since the great storm of October, was lit again on "
               "Sunday, in front of what its keeper called half the coast.</p>";
    return out;
}

// First words of the blocks that are left; the headline of the page is its first <h1> or <h2>.
std::string left_of(const std::string& html) {
    html::Document document;
    document.parse(html);
    const PageTable table(document);
    std::vector<bool> keep(table.blocks.size(), true);
    html::Node title;
    for (const Row& row : table.rows)
        if (!title && (row.tag == LXB_TAG_H1 || row.tag == LXB_TAG_H2)) title = row.node;
    drop_following_text(table, title, keep);
    std::string out;
    for (std::size_t b = 0; b < keep.size(); ++b) {
        if (!keep[b]) continue;
        const std::string text = table.text_of(table.blocks[b], 1'000);
        out += text.substr(0, text.find_first_of(" ,")) + " ";
    }
    return out;
}

TEST(FollowingText, OfAnotherArticleIsDropped) {
    const std::string expected = "One Lamp Lamp Lamp Lamp Lamp Lamp ";
    for (const std::string& page :
         {"<main><article><h1>One</h1>" + prose("Lamp", 6) + "</article><article><h1>Two</h1>" +
              prose("Goat", 12) + "</article></main>",
          "<div class=item><h1 class=t>One</h1><div>" + prose("Lamp", 6) +
              "</div></div><hr><div class=item><h1 class=t>Two</h1><div>" + prose("Goat", 3) +
              "</div></div>",
          "<div class=x><section><header><h2><a href=/1>One</a></h2></header>" + prose("Lamp", 6) +
              "</section><section><header><h2><a href=/2>Two</a></h2><time>May</time></header>" +
              prose("Goat", 3) + "</section></div>",
          "<main><article><h1>One</h1>" + prose("Lamp", 6) + "</article><div class=modal><div>" +
              prose("Goat", 2) + "</div></div></main>"})
        EXPECT_EQ(left_of(page), expected) << page.substr(0, 40);
}

TEST(FollowingText, OfTheSameArticleStays) {
    for (const std::string& page :
         {"<main><article class=part><h1>One</h1>" + prose("Lamp", 6) +
              "</article><article class=part>" + prose("Lamp", 2) + "</article></main>",
          "<main><article><h1>One</h1>" + prose("Lamp", 3) + "</article><div class=rest>" +
              prose("Lamp", 5) + "</div></main>",
          "<main><article><h1>One</h1><p>Short.</p></article><div>" + prose("Lamp", 8) +
              "</div></main>",
          "<main><article><h1>One</h1>" + prose("Lamp", 6) +
              "</article><div class=article-body><div>" + prose("Lamp", 2) + "</div></div></main>",
          "<div><section><h2>One</h2>" + prose("Lamp", 4) + "</section><section><h2>Lamp</h2>" +
              prose("Lamp", 4) + "</section></div>"}) {
        const std::string left = left_of(page);
        EXPECT_GE(left.size(), std::string("One Lamp Lamp Lamp Lamp Lamp Lamp Lamp Lamp ").size())
            << page.substr(0, 60) << '\n'
            << left;
    }
}

}  // namespace
}  // namespace heliograph::extract
