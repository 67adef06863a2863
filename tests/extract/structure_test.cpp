// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in an article beside its paragraphs: galleries, posts, players, entries with times.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <regex>

#include "base/date.h"
#include "base/file.h"
#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kText[] = {
    "The old harbour crane, which had stood idle since the storm of last winter, was lifted from "
    "its rails on Tuesday, and half of the town came to watch it go.",
    "Nobody could say, when asked, where it would be set up again; the port said only that it had "
    "been sold, that the price was fair, and that the buyer wished to stay unnamed.",
    "For the children on the quay it was a holiday: school had been closed for the morning, and "
    "the bakers gave away what they had left.",
};

std::string paragraph(std::size_t number) { return fmt::format("<p>{}</p>", kText[number % 3]); }

// The body of an article of that content between paragraphs.
std::string body_of(const std::string& content, const std::string& head = "") {
    const std::string page =
        "<!DOCTYPE html><html lang=en><head><title>Crane leaves | Daily</title>" + head +
        "</head><body><nav><a href='/'>Home</a></nav><main><article><h1>Crane leaves</h1>" +
        paragraph(0) + content + paragraph(1) + paragraph(2) +
        "</article></main><footer><p>All rights reserved.</p></footer></body></html>";
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/crane.html").value(),
                         .transport_charset = "utf-8"});
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) return "refused";
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    return article->body;
}

TEST(Structure, EachPictureOfAGalleryHasItsCaption) {
    // The first picture of a page may be its lead image, which is not in the body.
    struct Design {
        std::string_view begin, item, end;
    };
    const Design designs[] = {
        {"", "<figure><img src=/{0}.jpg alt=v><figcaption>Caption {0}</figcaption></figure>", ""},
        {"<figure class=gallery>",
         "<figure><img src=/{0}.jpg alt=v><figcaption>Caption {0}</figcaption></figure>",
         "</figure>"},
        {"<ul>",
         "<li><figure><img src=/{0}.jpg alt=v><figcaption>Caption {0}</figcaption></figure></li>",
         "</ul>"},
        {"<div class=slider>",
         "<div class=slide><img data-src=/{0}.jpg src='data:image/gif;base64,R0lGODlh' alt=v>"
         "<div class=caption>Caption {0}</div></div>",
         "</div>"},
    };
    for (const Design& design : designs) {
        std::string content(design.begin);
        for (int i = 1; i <= 10; ++i) content += fmt::format(fmt::runtime(design.item), i);
        const std::string body = body_of(content + std::string(design.end));
        std::size_t last = 0;
        for (int i = 2; i <= 10; ++i) {
            const std::size_t at = body.find(fmt::format(
                "<img alt=\"v\" src=\"https://daily.example/{0}.jpg\"><figcaption>Caption "
                "{0}</figcaption></figure>",
                i));
            EXPECT_NE(at, std::string::npos) << i << " of " << design.item << '\n' << body;
            EXPECT_GT(at, last);
            last = at;
        }
        EXPECT_THAT(body, HasSubstr("stay unnamed"));
    }
}

// The picture that comes before it is the page's lead image, so that this one stays in the body.
std::string body_with_picture(std::string_view box) {
    return body_of("<figure><img src=/lead.jpg alt=l width=900></figure>" + paragraph(2) +
                   std::string(box));
}

TEST(Structure, PicturesOfTheTextStayInBoxesWithForeignNames) {
    constexpr std::string_view kCaptioned =
        "<figure><img alt=\"v\" src=\"https://daily.example/a.jpg\"><figcaption>The crane";
    constexpr std::string_view kBare = "<img alt=\"v\" src=\"https://daily.example/a.jpg\">";
    const struct {
        std::string_view html, expected;
    } boxes[] = {
        {"<div class='wp-caption aligncenter'><img src=/a.jpg alt=v>"
         "<p class=wp-caption-text>The crane, lifted</p></div>",
         kCaptioned},
        {"<figure class='wp-caption alignnone'><a href=#large><img src=/a.jpg alt=v></a>"
         "<figcaption>The crane, lifted</figcaption></figure>",
         kCaptioned},
        {"<div class='caption body-width'><img src=/a.jpg alt=v><span>The crane</span></div>",
         kCaptioned},
        {"<figure class='fig--has-shares border-bottom'><img src=/a.jpg alt=v>"
         "<figcaption>The crane, lifted</figcaption></figure>",
         kCaptioned},
        {"<table class=tr-caption-container><tbody><tr><td><img src=/a.jpg alt=v></td></tr>"
         "<tr><td class=tr-caption>The crane, lifted</td></tr></tbody></table>",
         kCaptioned},
        {"<div class='elementor-widget elementor-widget-image'><div class=widget-container>"
         "<img src=/a.jpg alt=v></div></div>",
         kBare},
        {"<div class='mb-4 margin-bottom'><img class=hidden-xs src=/a.jpg alt=v></div>", kBare},
    };
    for (const auto& box : boxes) {
        const std::string body = body_with_picture(box.html);
        EXPECT_THAT(body, HasSubstr(std::string(box.expected))) << box.html;
        EXPECT_THAT(body, HasSubstr("stay unnamed")) << box.html;
    }
}

TEST(Structure, PicturesOfSomethingElseGoWithTheirBox) {
    for (const std::string_view box : {
             "<div class=widget><a href=/shop/><img src=/a.jpg alt=v></a></div>",
             "<div class='related widget'><img src=/a.jpg alt=v></div>",
             "<div class='ad margin-bottom'><img src=/a.jpg alt=v></div>",
             "<div class='author widget'><img src=/a.jpg alt=v> Ann Lee</div>",
             "<aside class=caption><img src=/a.jpg alt=v></aside>",
             "<div class=widget><img src=/a.jpg alt=v><a href=/more/>Ten more cranes that you "
             "should see before the end of the year</a></div>",
         }) {
        EXPECT_THAT(body_with_picture(box), Not(HasSubstr("a.jpg"))) << box;
    }
}

TEST(Structure, PostsKeepTheirTextAndAddress) {
    const struct {
        std::string_view html;
        std::string_view expected;
    } cases[] = {
        {"<blockquote class=twitter-tweet><p lang=en dir=ltr>The crane is moving.</p>&mdash; Port "
         "(@port) <a href='https://twitter.com/port/status/1'>November 3, 2026</a></blockquote>"
         "<script async src='https://platform.twitter.com/widgets.js'></script>",
         "<blockquote data-embed=\"post\"><p dir=\"ltr\" lang=\"en\">The crane is moving.</p><p>— "
         "Port (@port) <a href=\"https://twitter.com/port/status/1\">November 3, "
         "2026</a></p></blockquote>"},
        {"<blockquote class=instagram-media "
         "data-instgrm-permalink='https://www.instagram.com/p/a/'>"
         "<div><a href='https://www.instagram.com/p/a/'>View this post</a><p><a "
         "href='https://www.instagram.com/p/a/'>A post shared by Port</a></p></div></blockquote>",
         "<blockquote data-embed=\"post\"><p><a href=\"https://www.instagram.com/p/a/\">View this "
         "post</a></p><p><a href=\"https://www.instagram.com/p/a/\">A post shared by "
         "Port</a></p></blockquote>"},
        {"<blockquote class=tiktok-embed cite='https://www.tiktok.com/@port/video/7'><section><a "
         "href='https://www.tiktok.com/@port'>@port</a> The crane dances</section></blockquote>",
         "<p><a href=\"https://www.tiktok.com/@port/video/7\">https://www.tiktok.com/@port/video/7"
         "</a></p></blockquote>"},
        {"<div class='fb-post' data-href='https://www.facebook.com/port/posts/1'></div>",
         "<figure data-embed=\"post\"><a "
         "href=\"https://www.facebook.com/port/posts/1\">www.facebook.com</a></figure>"},
        {"<amp-twitter data-tweetid=12 layout=responsive></amp-twitter>",
         "<figure data-embed=\"post\"><a "
         "href=\"https://twitter.com/i/status/12\">twitter.com</a></figure>"},
    };
    for (const auto& c : cases) EXPECT_THAT(body_of(std::string(c.html)), HasSubstr(c.expected));
}

TEST(Structure, WhatPlaysIsAPlaceholderWithKindTitleAndAddress) {
    const struct {
        std::string_view html;
        std::string_view expected;
    } cases[] = {
        {"<iframe src='https://www.youtube.com/embed/x' title='The lift' width=560 height=315>"
         "</iframe>",
         "<figure data-embed=\"video\"><a href=\"https://www.youtube.com/embed/x\">The "
         "lift</a></figure>"},
        {"<lite-youtube videoid=abc playlabel='The descent'></lite-youtube>",
         "<figure data-embed=\"video\"><a href=\"https://www.youtube.com/watch?v=abc\">The "
         "descent</a></figure>"},
        {"<figure><video poster=/v.jpg controls><source src=/v.mp4></video><figcaption>The lift, "
         "from the tower</figcaption></figure>",
         "<figure data-embed=\"video\"><a href=\"https://daily.example/v.mp4\">daily.example</a>"
         "<figcaption>The lift, from the tower</figcaption></figure>"},
        {"<audio controls src=/a.mp3 title='A sound'></audio>",
         "<figure data-embed=\"audio\"><a href=\"https://daily.example/a.mp3\">A "
         "sound</a></figure>"},
        {"<div class='flourish-embed' data-src='visualisation/12'></div>",
         "<figure data-embed=\"chart\"><a "
         "href=\"https://public.flourish.studio/visualisation/12\">"},
        {"<iframe src='https://www.facebook.com/plugins/post.php?href=x' height=250></iframe>",
         "<figure data-embed=\"post\"><a "
         "href=\"https://www.facebook.com/plugins/post.php?href=x\">"},
        {"<iframe src='https://daily.example/quiz/login-names/' height=250></iframe>",
         "<figure data-embed=\"other\"><a href=\"https://daily.example/quiz/login-names/\">"},
        {"<iframe data-src='https://maps.example/maps/embed?pb=1' width=600 height=400></iframe>",
         "<figure data-embed=\"map\"><a href=\"https://maps.example/maps/embed?pb=1\">"},
    };
    for (const auto& c : cases) EXPECT_THAT(body_of(std::string(c.html)), HasSubstr(c.expected));
    for (const std::string_view nothing : {
             "<lite-youtube videoid='\"><script>'></lite-youtube>",
             "<lite-youtube></lite-youtube>",
             "<div class='fb-post' data-href='javascript:alert(1)'></div>",
             "<div class='fb-post'></div>",
             "<iframe src='https://ads.example/1' width=1 height=1></iframe>",
             "<iframe src='https://ads.example/1' width=300 height=250></iframe>",
             "<iframe src='/market/content_inside_ad.html' width=300 height=250></iframe>",
             "<iframe src='/register/form.html' width=300 height=250></iframe>",
             "<iframe src='https://www.facebook.com/plugins/likebox.php?href=x' height=250 "
             "allowfullscreen></iframe>",
             "<iframe src='https://widget.weibo.com/relationship/bulkfollow.php?uids=1' "
             "height=489></iframe>",
         })
        EXPECT_THAT(body_of(std::string(nothing)), Not(HasSubstr("data-embed"))) << nothing;
}

TEST(Structure, TheEntriesOfALiveBlogKeepTheirTimes) {
    std::string marked = "<div>";
    std::string plain = "<ul>";
    for (int hour = 14; hour > 9; --hour) {
        marked += fmt::format(
            "<div><div><time datetime='2026-11-03T{0}:15:00Z'>{0}:15</time></div><h2>Hour "
            "{0}</h2>{1}</div>",
            hour, paragraph(static_cast<std::size_t>(hour)));
        plain += fmt::format("<li><span>{}:15</span><div>{}</div></li>", hour,
                             paragraph(static_cast<std::size_t>(hour)));
    }
    const std::string with_time = body_of(marked + "</div>");
    const std::string with_clock = body_of(plain + "</ul>");
    for (int hour = 14; hour > 9; --hour) {
        EXPECT_THAT(with_time, HasSubstr(fmt::format("<p><time datetime=\"2026-11-03T{0}:15:00Z\">"
                                                     "{0}:15</time></p>\n<h2>Hour {0}</h2>",
                                                     hour)));
        EXPECT_THAT(with_clock, HasSubstr(fmt::format("<li><p>{}:15</p><p>", hour)));
    }
}

TEST(Structure, TheRealImageWinsOverADataUrlBesideIt) {
    const std::string picture = "data:image/png;base64," + std::string(4'000, 'A');
    const std::string page =
        "<!DOCTYPE html><title>Crane leaves</title><main><h1>Crane leaves</h1>" + paragraph(0) +
        paragraph(1) +
        // A placeholder, however long, of a picture that is loaded later.
        "<img src='" + picture + "' data-src=/later.jpg alt='Later'>" + paragraph(2) + "</main>";
    const ExtractedPage extracted =
        extract_page({.bytes = page,
                      .url = html::parse_url("https://daily.example/crane.html").value(),
                      .transport_charset = "utf-8"});
    const auto& article = std::get<Article>(extracted.extraction);
    EXPECT_TRUE(extracted.notes.data_images.empty());
    EXPECT_THAT(article.body, Not(HasSubstr("data:")));
    EXPECT_THAT(article.body, Not(HasSubstr(".invalid")));
    EXPECT_TRUE(article.body.contains("later.jpg") ||
                (article.lead_image && article.lead_image->url.contains("later.jpg")));
}

TEST(Structure, ParagraphsThatAreNeverClosedStandSideBySide) {
    std::string content;
    for (std::size_t i = 0; i < 200; ++i)
        content += fmt::format("<p>Paragraph {}: {}", i, kText[i % 3]);
    const std::string body = body_of(content);
    std::size_t count = 0;
    for (std::size_t at = body.find("<p>Paragraph "); at != std::string::npos;
         at = body.find("<p>Paragraph ", at + 1))
        ++count;
    EXPECT_EQ(count, 200U);
    EXPECT_LE(body.size() * 10, html::plain_text(body).size() * 13);
}

TEST(Structure, EmptySpansThatAStyleSheetMakesBreaksAreBreaks) {
    const std::string body =
        body_of("<div>The lamp was lit.<span class='id-r br' data-pos=3></span>Nobody came." +
                std::string("<span class=br></span> <span class=br></span>The gulls did.") +
                "<span class=brand></span> All of them.</div>");
    EXPECT_THAT(body, HasSubstr("lit.<br>Nobody came.</p>\n<p>The gulls did. All of them."));
}

TEST(Structure, LinesOfSignsDivideAndLabelsOfAdvertisementsAreGone) {
    const std::string body =
        body_of("<p>* * *</p><p>ADVERTISEMENT</p><div>Story continues below</div><p>広告</p>");
    EXPECT_THAT(body, HasSubstr("</p>\n<hr>\n<p>Nobody"));
    for (const char* gone : {"*", "ADVERTISEMENT", "continues below", "広告"})
        EXPECT_THAT(body, Not(HasSubstr(gone))) << gone;
}

TEST(Structure, LinksToOtherArticlesBetweenTheTextAreGoneInManyLanguages) {
    for (const std::string_view words :
         {"Read also", "Lesen Sie auch", "Baca juga", "ये भी पढ़ें", "আরও পড়ুন", "Xem thêm",
          "Čtěte také", "Pročitajte i", "Читайте також", "קראו גם", "اقرأ أيضا", "延伸閱讀",
          "関連記事"}) {
        const std::string body =
            body_of("<p>The crane was sold.</p><p>" + std::string(words) +
                    ": <a href=/gulls>Gulls back in the lighthouse of Skerry Bank</a></p>");
        EXPECT_THAT(body, HasSubstr("The crane was sold.")) << words;
        EXPECT_THAT(body, Not(HasSubstr("Gulls back"))) << words;
    }
}

TEST(Structure, WhatIsHiddenBetweenTheTextIsGone) {
    const std::string hidden =
        "Cheap tickets, weather, boats: this is here for machines, not for you.";
    for (const char* way : {"style='display:none'", "style='Visibility : hidden'", "hidden"}) {
        const std::string body = body_of(fmt::format("<p {}>{}</p>", way, hidden) + paragraph(1));
        EXPECT_THAT(body, Not(HasSubstr("Cheap tickets"))) << way;
    }
    // A whole text is shown by a script.
    const std::string page =
        "<title>Crane leaves</title><h1>Crane leaves</h1><p>Loading.</p>"
        "<article style='display:none'>" +
        paragraph(0) + paragraph(1) + paragraph(2) + "</article>";
    const Extraction made = extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    ASSERT_TRUE(std::holds_alternative<Article>(made));
    EXPECT_THAT(std::get<Article>(made).body, HasSubstr("half of the town"));
}

TEST(Structure, NothingIsDividedFromNothing) {
    const std::string page = "<title>Crane leaves</title><article><h1>Crane leaves</h1><p>———</p>" +
                             paragraph(0) + paragraph(1) + paragraph(2) + "<p>___</p></article>";
    const Extraction made = extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    ASSERT_TRUE(std::holds_alternative<Article>(made));
    const std::string& body = std::get<Article>(made).body;
    EXPECT_THAT(body, HasSubstr("half of the town"));
    for (const char* sign : {"<hr>", "_", "—"}) EXPECT_THAT(body, Not(HasSubstr(sign))) << sign;
}

// A cell without a number is none of a line between paragraphs.
TEST(Structure, SignsInATableStay) {
    EXPECT_THAT(body_of("<table><tr><th>Year</th><th>Ships</th></tr><tr><td>1998</td><td>212</td>"
                        "</tr><tr><td>1999</td><td>---</td></tr></table>"),
                HasSubstr("<td>---</td>"));
}

// A new design of a site has other names for everything and the same articles.
TEST(Structure, TheLeadImageIsNotShownAgainInAnotherCut) {
    const std::string one(40, 'a');
    const std::string other(40, 'b');
    const std::string head =
        "<meta property=og:image content=/ap_16342669033405_wide-" + one + ".jpg>";
    const auto picture = [](const std::string& name) {
        return "<figure><img src=/" + name + ".jpg alt=v width=900 height=600></figure>";
    };
    EXPECT_THAT(
        body_of(paragraph(2) + picture("ap_16342669033405-" + other + "-s1200") + paragraph(0),
                head),
        Not(HasSubstr("<img")));
    EXPECT_THAT(body_of(paragraph(2) + picture("galaxy-s24") + paragraph(0),
                        "<meta property=og:image content=/galaxy-s23.jpg>"),
                HasSubstr("<img"));
    // A hash alone is the name of another picture.
    EXPECT_THAT(body_of(paragraph(2) + picture("media_" + other) + paragraph(0),
                        "<meta property=og:image content=/media_" + one + ".jpg>"),
                HasSubstr("<img"));
}

TEST(Structure, TheLeadImageIsKnownByItsFolderWhereItsNameIsShort) {
    const std::string page =
        "<!DOCTYPE html><title>Crane leaves</title><meta property=og:image "
        "content='https://daily.example/2026/tea.jpg'><main><h1>Crane leaves</h1>" +
        paragraph(0) + "<img src=/2026/tea.jpg alt=a>" + paragraph(1) +
        "<img src=/2025/tea.jpg alt=b>" + paragraph(2) + "</main>";
    const auto extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/crane.html").value(),
                         .transport_charset = "utf-8"});
    EXPECT_EQ(html::image_urls(std::get<Article>(extraction).body),
              std::vector<std::string>{"https://daily.example/2025/tea.jpg"});
}

TEST(Structure, ASmallPictureThatOpensTheLargeOneIsThatOne) {
    const auto body_of_link = [](std::string_view link, std::string_view picture) {
        return body_with_picture(
            fmt::format("<p><a href={}><img {} alt=v></a></p>", link, picture));
    };
    constexpr std::string_view kLarge = "<img alt=\"v\" src=\"https://daily.example/large.jpg\">";
    EXPECT_THAT(body_of_link("/large.jpg", "src=/a-150x150.jpg width=150 height=150"),
                AllOf(HasSubstr(std::string(kLarge)), Not(HasSubstr("<a "))));
    // One that a script would load.
    EXPECT_THAT(body_of_link("/large.jpg?v=2", "src='data:image/gif;base64,R0lGODlh'"),
                HasSubstr("large.jpg?v=2"));
    // Large enough: only the link goes.
    EXPECT_THAT(body_of_link("/large.jpg", "src=/a.jpg width=1024 height=683"),
                AllOf(HasSubstr("https://daily.example/a.jpg"), Not(HasSubstr("large.jpg"))));
    for (const std::string_view page : {"/wiki/File:Crane.png", "/s1600-h/crane.jpg", "/cranes/"})
        EXPECT_THAT(body_of_link(page, "src=/a.jpg width=300"),
                    HasSubstr("https://daily.example/a.jpg"))
            << page;
}

TEST(Structure, PicturesOfScriptsThatWeDoNotKnowAreFound) {
    constexpr std::string_view kDot = "src='data:image/gif;base64,R0lGODlh'";
    for (const std::string_view attribute :
         {"nitro-lazy-src=/a.jpg", "data-lzl-src=https://daily.example/a.jpg",
          "data-flickity-lazyload-srcset='/a-small.jpg 300w, /a.jpg 1200w'", "original=/a.jpg"})
        EXPECT_THAT(body_with_picture(fmt::format("<p><img {} {} alt=v></p>", kDot, attribute)),
                    HasSubstr("<img alt=\"v\" src=\"https://daily.example/a.jpg\">"))
            << attribute;
    for (const std::string_view attribute :
         {"data-source=photo", "data-url-template='/a.jpg?w={w}'", "data-lazy=true",
          "data-src-error=/blank.gif", "data-share='/a.jpg'"})
        EXPECT_THAT(body_with_picture(fmt::format("<p><img {} {} alt=v></p>", kDot, attribute)),
                    Not(HasSubstr("<img")))
            << attribute;
}

TEST(Structure, SignsOfThePageAreNoPictures) {
    for (const char* name : {"icon_print.gif", "arrow-down.svg", "close.svg", "pin-it-icon.png",
                             "icon-play-alt-white.svg", "zoom_in_24.png", "vkontakte.jpg"})
        EXPECT_THAT(body_with_picture(fmt::format("<p><img src=/{} alt=v></p>", name)),
                    Not(HasSubstr(name)));
    for (const char* name : {"print.jpg", "arrow-festival.png", "24.png", "close-up.gif"})
        EXPECT_THAT(body_with_picture(fmt::format("<p><img src=/{} alt=v></p>", name)),
                    HasSubstr(name));
}

TEST(Structure, ATableOfFactsIsWhole) {
    // Cells that look like the text stand beside cells that look like labels.
    const std::string rows =
        "<tr><th colspan=2>The crane</th></tr>"
        "<tr><td>Built</td><td>1911, in the yard of the port, after plans from Leith</td></tr>"
        "<tr><td>Weight</td><td>82 t</td></tr><tr><td>Reach</td><td>24 m</td></tr>"
        "<tr><td>Price</td><td>€41,000</td></tr><tr><td>Owner</td><td>Not named</td></tr>";
    for (const std::string box : {"<div class=specs>", "<figure class=wp-block-table>", "<div>"}) {
        const std::string end = box.starts_with("<div") ? "</div>" : "</figure>";
        const std::string body =
            body_of(paragraph(2) + box + "<table>" + rows + "</table>" + end + paragraph(0));
        EXPECT_THAT(body, HasSubstr("<table>")) << box;
        for (const char* cell : {"The crane", "Built", "1911", "82 t", "Reach", "41,000", "Owner"})
            EXPECT_THAT(body, HasSubstr(cell)) << box;
    }
}

TEST(Structure, APostInAnEmbedBlockStays) {
    const std::string body = body_of(
        paragraph(2) +
        "<figure class='wp-block-embed is-provider-twitter'><div class=wp-block-embed__wrapper>"
        "<blockquote class=twitter-tweet><p>It floats!</p>&mdash; Port (@port) "
        "<a href=https://twitter.com/port/status/7>May 2</a></blockquote></div></figure>" +
        paragraph(0));
    EXPECT_THAT(body, AllOf(HasSubstr("<blockquote data-embed=\"post\">"), HasSubstr("It floats!"),
                            HasSubstr("https://twitter.com/port/status/7")));
}

TEST(Structure, PicturesBesideChosenTextInAForeignBoxStay) {
    const std::string body = body_with_picture("<div class=widget-html>" + paragraph(1) +
                                               "<div><img src=/a.jpg alt=v></div>" + paragraph(2) +
                                               "</div>" + paragraph(0));
    EXPECT_THAT(body, HasSubstr("<img alt=\"v\" src=\"https://daily.example/a.jpg\">"));
}

TEST(Structure, NamesOfClassesDoNotDecide) {
    const std::regex names("\\b(class|id)=\"([^\"]*)\"");
    const auto renamed = [&](const std::string& page) {
        std::string out;
        auto begin = page.cbegin();
        for (std::sregex_iterator it(page.begin(), page.end(), names), end; it != end; ++it) {
            out.append(begin, page.cbegin() + it->position());
            std::string value = it->str(2);
            for (char& c : value)  // no word of any language
                if (c != ' ') c = "qxzjkv"[static_cast<unsigned char>(c) % 6];
            out += it->str(1) + "=\"" + value + '"';
            begin = page.cbegin() + it->position() + it->length();
        }
        return out.append(begin, page.cend());
    };
    const auto read = [](const std::string& page) {
        return extract_article({.bytes = page, .url = {}, .transport_charset = {}});
    };
    std::size_t pages = 0;
    std::size_t same_bodies = 0;
    for (const auto& file :
         fs::recursive_directory_iterator(fs::path(HELIOGRAPH_SOURCE_DIR) / "demo/newsroom")) {
        if (file.path().extension() != ".html") continue;
        const std::string bytes = read_file(file.path());
        // Front pages and frames are no articles.
        if (!bytes.contains("NewsArticle") && !bytes.contains("article:published_time")) continue;
        const Extraction one = read(bytes);
        const Extraction other = read(renamed(bytes));
        const auto* before = std::get_if<Article>(&one);
        ASSERT_NE(before, nullptr);
        SCOPED_TRACE(file.path().string());
        const auto* after = std::get_if<Article>(&other);
        ASSERT_NE(after, nullptr);
        ++pages;
        EXPECT_EQ(after->title, before->title);
        EXPECT_EQ(after->authors, before->authors);
        EXPECT_EQ(after->published, before->published);
        EXPECT_EQ(after->language, before->language);
        EXPECT_EQ(after->lead_image, before->lead_image);
        // A line may come or go: a banner of the house, a dateline.
        const double sizes = static_cast<double>(html::plain_text(after->body).size()) /
                             static_cast<double>(html::plain_text(before->body).size());
        EXPECT_GT(sizes, 0.9);
        EXPECT_LT(sizes, 1.1);
        if (after->body == before->body) ++same_bodies;
    }
    ASSERT_GT(pages, 20U);
    EXPECT_GE(same_bodies * 10, pages * 7) << same_bodies << " of " << pages;
}

}  // namespace
}  // namespace heliograph::extract
