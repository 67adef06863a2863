// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/standalone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::render {
namespace {

using testing::HasSubstr;

TEST(ToMarkdown, ShowsPicturesWhereThePublisherHasThem) {
    Article article;
    article.title = "Crane leaves";
    article.canonical_url = "https://daily.example/crane.html";
    article.body =
        "<p>First <a href=\"https://daily.example/more\"><img alt=\"a [crane]\" "
        "src=\"https://daily.example/a.jpg\"></a> and last</p>\n"
        "<figure><img alt=\"b\" src=\"https://daily.example/b.jpg\"><figcaption>The "
        "rails</figcaption></figure>\n";
    const std::string markdown = to_markdown(article);
    EXPECT_THAT(markdown, HasSubstr("# Crane leaves\n"));
    // In a line of text too, and in a link.
    EXPECT_THAT(markdown, HasSubstr("First [![a \\[crane\\]](https://daily.example/a.jpg)]"
                                    "(https://daily.example/more) and last"));
    EXPECT_THAT(markdown, HasSubstr("![b](https://daily.example/b.jpg)\\\n*The rails*"));
}

}  // namespace
}  // namespace heliograph::render
