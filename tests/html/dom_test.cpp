// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/dom.h"

#include <gtest/gtest.h>

#include <string>

namespace heliograph::html {
namespace {

// The tree as tags and texts in order: "html(head() body(p('a')))"
std::string tree_of(Node node) {
    if (node.is_text()) return "'" + std::string(node.text()) + "'";
    std::string out = "(";
    for (Node child = node.first_child(); child; child = child.next()) out += tree_of(child);
    return out + ")";
}

std::string tree_of(std::string_view html, Code code) {
    Document document;
    document.parse(html, code);
    return tree_of(document.root());
}

TEST(Document, ReadsAPageTheSameWhateverWasReadBefore) {
    // Only where there is no doctype may a table stand in a paragraph.
    const std::string strict = "<!doctype html><p>a<table><tr><td>b</table></p>";
    Document document;
    document.parse("<p>a<table><tr><td>b</table></p>");
    document.parse(strict);
    EXPECT_EQ(tree_of(document.root()), tree_of(strict, Code::kKeep));
}

TEST(Document, LeavesOutTheTextOfScriptsAndStylesAlone) {
    const struct {
        std::string page;
        std::string without;  // the page that has the same tree
    } cases[] = {
        {"<p>a<script>if (a<b) c();</script>b", "<p>a<script></script>b"},
        {"<STYLE media=print>p { color: red }</Style >b", "<style media=print></style>b"},
        {"<script>'" + std::string(20'000, 'x') + "'</script><p>b", "<script></script><p>b"},
        {"<script>never closed", "<script>never closed"},
        // Linked data is kept, other data is not.
        {"<script type='application/ld+json'>{}</script>", "<script>{}</script>"},
        {"<script type=\"application/LD+JSON\">[1]</script>", "<script>[1]</script>"},
        {"<script type=\"application/json\">[1]</script>", "<script></script>"},
        {"<script type=application/ld+json>" + std::string(9'000, ' ') +
             "{\"a\":\"<style>\"}</script>",
         "<script>" + std::string(9'000, ' ') + "{\"a\":\"<style>\"}</script>"},
        // An end tag may be none after the beginning of a comment: all up to it is kept.
        {"<script><!-- <script> </script> --> x</script><p>b",
         "<script><!-- <script> </script> --> x</script><p>b"},
        {"<script><!-- <script> --> </script><p>b", "<script><!-- <script> --> </script><p>b"},
        // These only look like scripts.
        {"<!-- <script> --><p>a</p><!-- </script> -->", "<!-- - --><p>a</p><!-- - -->"},
        {"<p title='<script>'>a</p><b>b</b></script>", "<p>a</p><b>b</b>"},
        {"<textarea><script></textarea><p>a</script>", "<textarea><script></textarea><p>a"},
        {"<stylesheet>a</stylesheet>", "<x>a</x>"},
        // In a drawing <style> is an element like others.
        {"<svg><style>a<b>c</b></style></svg>d", "<svg><style>a<b>c</b></style></svg>d"},
        {"<table><script>a</script><tr><td>b", "<table><script></script><tr><td>b"},
        // Shapes of drawings.
        {"<svg viewBox='0 0 9 9'><path d=\"M0 0\"/><g><circle r=2 /></g></svg>b",
         "<svg viewBox='0 0 9 9'></svg>b"},
        {"<p>a<SVG><linearGradient id=g></linearGradient></SVG>b", "<p>a<svg></svg>b"},
        {"<svg/>b<path>c</svg>", "<svg/>b<path>c</svg>"},
        // Text of the page in a drawing, or what looks so, is kept.
        {"<svg><path/><p>a</p></svg>b", "<svg><path/><p>a</p></svg>b"},
        {"<svg><title>a</title><foreignObject><p>b</p></foreignObject></svg>",
         "<svg><title>a</title><foreignObject><p>b</p></foreignObject></svg>"},
        {"<svg><path d=\"></svg>\"/></svg>b", "<svg><path d=\"></svg>\"/></svg>b"},
        {"<svg><path d='></svg>'/></svg>b", "<svg><path d='></svg>'/></svg>b"},
        {"<svg><path>never closed <p>b", "<svg><path>never closed <p>b"},
        {"<p>a<script>", "<p>a<script></script>"},
        {"<p>a<svg>", "<p>a<svg></svg>"},
        {"<p>a<select><optgroup><option>b</option><option value=c>c</select><p>d",
         "<p>a<select><optgroup>bc</select><p>d"},
        {"<p>a</option><p>b", "<p>a<p>b"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(tree_of(c.page, Code::kLeaveOut), tree_of(c.without, Code::kKeep));
}

TEST(Document, ElementsLeftOpenInNoscriptEndWithIt) {
    const struct {
        std::string page;
        std::string same;  // the page that has the same tree
    } cases[] = {
        {"<body><noscript><div></noscript><p>b", "<body><noscript><div></div></noscript><p>b"},
        {"<p>a<noscript><p>Scripts, please</noscript><p>b",
         "<p>a<noscript><p>Scripts, please</p></noscript><p>b"},
        {"<body><noscript><table><tr></noscript><p>b",
         "<body><noscript><table><tr></tr></table></noscript><p>b"},
        {"<table><tr><td><noscript><ul><li></noscript>a<td>b",
         "<table><tr><td><noscript><ul><li></li></ul></noscript>a<td>b"},
        {"<body><noscript><img></noscript></noscript><p>b", "<body><noscript><img></noscript><p>b"},
        {"<body><noscript><svg><g></noscript><p>b",
         "<body><noscript><svg><g></g></svg></noscript><p>b"},
        {"<head><noscript><style>a</style></noscript><meta></head><p>b",
         "<head><noscript><style>a</style></noscript><meta></head><p>b"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(tree_of(c.page, Code::kKeep), tree_of(c.same, Code::kKeep)) << c.page;
}

TEST(Document, LeavesOutCodeWhereverAPieceOfThePageEnds) {
    // Pages are handed to the parser in pieces; a tag may lie across their border.
    for (std::size_t before = 4'060; before < 4'110; ++before) {
        const std::string text(before, 'a');
        EXPECT_EQ(
            tree_of("<p>" + text + "<script>x<y</script>b", Code::kLeaveOut).ends_with("'b'))))"),
            true)
            << before;
    }
}

}  // namespace
}  // namespace heliograph::html
