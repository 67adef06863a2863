// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that nobody means to be read: each a way to make an extractor slow or large. Made here, as
// they would be megabytes to keep.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::test {

struct HostilePage {
    std::string_view name;
    std::function<std::string()> make;  // a page of its own is large: one at a time
};

namespace hostile {

inline constexpr std::size_t kMegabyte = 1024 * 1024;

inline std::string repeat(std::string_view piece, std::size_t count) {
    std::string out;
    out.reserve(piece.size() * count);
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
}

inline std::string page(std::string body, std::string_view head = "") {
    return "<!DOCTYPE html><html lang=\"en\"><head><title>A headline of some words</title>" +
           std::string(head) + "</head><body><h1>A headline of some words</h1>" + std::move(body);
}

// "<div1>", "<div2>": what cannot be told apart by repetition.
inline std::string numbered(std::string_view before, std::string_view after, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += before;
        out += std::to_string(i);
        out += after;
    }
    return out;
}

}  // namespace hostile

inline std::vector<HostilePage> hostile_pages() {
    using namespace hostile;
    constexpr std::string_view kSentence =
        "The ferry, which had not sailed since spring, left the quay at noon with forty people. ";
    return {
        {"a hundred thousand nested elements",
         [] { return page(repeat("<div>", 100'000) + "x" + repeat("</div>", 100'000)); }},
        {"nested inline elements", [] { return page(repeat("<span><b>", 100'000) + "x"); }},
        {"nested lists", [] { return page(repeat("<ul><li>word ", 100'000)); }},
        {"nested quotes with text",
         [=] { return page(repeat("<blockquote><p>" + std::string(kSentence), 20'000)); }},
        {"nested tables", [] { return page(repeat("<table><tr><td>cell ", 50'000)); }},
        {"a million attributes of one element",
         [] { return page("<div" + numbered(" a", "=1", 1'000'000) + ">text</div>"); }},
        {"a million attributes, a few an element",
         [] { return page(numbered("<p a=1 b=2 c=3 d=4 data-x", "=5>word</p>", 200'000)); }},
        {"fifty megabytes of one text", [=] { return page(repeat(kSentence, 600'000)); }},
        {"fifty megabytes of paragraphs",
         [=] { return page(repeat("<p>" + std::string(kSentence) + "</p>", 550'000)); }},
        {"text without a space", [] { return page("<p>" + std::string(20 * kMegabyte, 'x')); }},
        {"text of spaces", [] { return page("<p>a" + std::string(20 * kMegabyte, ' ') + "b"); }},
        {"line breaks alone", [] { return page("<p>" + repeat("a<br>", 2'000'000)); }},
        {"unclosed tables", [] { return page(repeat("<table>text", 100'000)); }},
        {"text in tables where none may be",
         [] { return page("<table>" + repeat("<tr>text<td>cell", 200'000)); }},
        {"a table of a million cells",
         [] { return page("<table>" + repeat("<tr>" + repeat("<td>1", 1'000), 1'000)); }},
        {"cells that span",
         [] { return page("<table>" + repeat("<tr><td colspan=1000 rowspan=65534>1", 100'000)); }},
        {"unclosed formatting, a new paragraph each",
         [] { return page(repeat("<b><i><u><p>word ", 50'000)); }},
        {"unclosed formatting with attributes that differ",
         [] { return page(numbered("<font color=", "><p>word", 50'000)); }},
        {"misnested formatting",
         [] { return page(repeat("<a href=/><b><p></a></b>word<i><div></i></div>", 50'000)); }},
        {"unclosed links", [] { return page(repeat("<a href=/one>word<p>", 100'000)); }},
        {"abbreviations in each other",
         [=] { return page(repeat("<abbr title=\"x\">", 400) + repeat(kSentence, 400'000)); }},
        {"lines with credits, without a picture",
         [=] {
             return page("<div>" + numbered(std::string(kSentence) + "<br>A bridge ",
                                            ". Photo: Ana Ruiz<br>", 60'000));
         }},
        {"notices of cookies, deep down",
         [] {
             return page(repeat("<div>", 380) +
                         numbered("<p>We use cookies on this website, ", "</p>", 200'000));
         }},
        {"a giant attribute",
         [] { return page("<p title=\"" + std::string(20 * kMegabyte, 'x') + "\">word"); }},
        {"giant class names",
         [] {
             return page(repeat("<p class=\"" + repeat("article-body ", 1'000) + "\">word", 1'500));
         }},
        {"a giant address",
         [] {
             return page("<a href=\"https://a.example/" + std::string(20 * kMegabyte, '/') +
                         "\">word</a>");
         }},
        {"a giant srcset",
         [] {
             return page("<img srcset=\"" + numbered("https://a.example/", ".jpg 100w, ", 500'000) +
                         "\">");
         }},
        {"many pictures",
         [] { return page(numbered("<img src=https://a.example/", ".jpg>", 300'000)); }},
        {"a picture in the page of twenty megabytes",
         [=] {
             return page("<img src=\"data:image/png;base64," + std::string(20 * kMegabyte, 'A') +
                         "\"><p>" + std::string(kSentence));
         }},
        {"many headings",
         [] { return page(numbered("<h2>Heading of some words ", "</h2>", 200'000)); }},
        {"many bylines and dates",
         [] {
             return page(
                 numbered("<p class=\"byline author date\">By Ann Lee, 3 May 20", "</p>", 150'000));
         }},
        {"many meta elements",
         [] {
             return page("<p>text",
                         numbered("<meta name=author content=\"Ann Lee ", "\">", 150'000));
         }},
        {"a huge list in JSON-LD",
         [] {
             return page("<p>text",
                         "<script type=\"application/ld+json\">{\"@type\":"
                         "\"NewsArticle\",\"author\":[" +
                             repeat("{\"name\":\"Ann Lee\"},", 800'000) + "{}]}</script>");
         }},
        {"deep JSON-LD",
         [] {
             return page("<p>text", "<script type=\"application/ld+json\">" +
                                        repeat("{\"@graph\":[", 1'000'000) + "</script>");
         }},
        {"JSON-LD that refers in circles",
         [] {
             return page("<p>text",
                         "<script type=\"application/ld+json\">{\"@graph\":[" +
                             repeat("{\"@id\":\"#a\",\"author\":{\"@id\":\"#a\"}},", 100'000) +
                             "{}]}</script>");
         }},
        {"broken JSON-LD",
         [] {
             return page(
                 "<p>text",
                 repeat("<script type=\"application/ld+json\">{\"a\":\"</script>", 100'000));
         }},
        {"programs without end",
         [] { return page("<p>text" + repeat("<script>if (a < b) /* <", 500'000)); }},
        {"programs with comments that hide their ends",
         [] { return page("<p>text" + repeat("<script><!-- <script></script>", 300'000)); }},
        {"comments", [] { return page("<p>text" + repeat("<!-- a --><!--", 1'000'000)); }},
        {"character references",
         [] { return page("<p>" + repeat("&amp;&#x4e2d;&notit;", 1'000'000)); }},
        {"tags of letters nobody uses", [] { return page(numbered("<x", ">word", 500'000)); }},
        {"drawings_in_drawings", [] { return page("<p>text" + repeat("<svg>", 1'000'000)); }},
        {"drawings_never_closed",
         [] { return page("<p>text" + repeat("<svg><path '", 1'000'000)); }},
        {"drawings_that_seem_to_end",
         [] { return page("<p>text" + repeat("<svg><path d='></svg>", 400'000)); }},
        {"short_scripts", [] { return page("<p>text" + repeat("<script></script>", 500'000)); }},
        {"scripts_never_closed", [] { return page("<p>text" + repeat("<script>", 1'000'000)); }},
        {"drawings", [] { return page("<svg>" + repeat("<g><path d=\"M0 0\">", 300'000)); }},
        {"templates in templates", [] { return page(repeat("<template><p>word", 100'000)); }},
        {"choices", [] { return page("<select>" + repeat("<option>word", 500'000)); }},
        {"zero bytes", [] { return page("<p>a" + std::string(10 * kMegabyte, '\0')); }},
        {"bytes that are no text",
         [] { return page("<p>" + std::string(10 * kMegabyte, '\xE4')); }},
        {"ruby upon ruby", [] { return page(repeat("<ruby>a<rt>b", 200'000)); }},
        {"definition lists", [] { return page("<dl>" + repeat("<dt>a<dd>b<dl>", 100'000)); }},
        {"lists of links",
         [] { return page(numbered("<li><a href=/", ">A headline</a>", 300'000)); }},
        {"figures in figures",
         [] { return page(repeat("<figure><img src=/a.jpg><figcaption>A caption, ", 50'000)); }},
        {"frames",
         [] {
             return page(numbered("<iframe src=https://video.example/embed/", " title=a></iframe>",
                                  150'000));
         }},
    };
}

}  // namespace heliograph::test
