// SPDX-License-Identifier: GPL-3.0-or-later
// Frames, players and posts of networks: a placeholder or the post's text, never nothing.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "extract/extract.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kParagraph =
    "<p>The choir of the fishermen sang on the quay on Sunday evening, and those who had come "
    "from the hills to hear it stayed, as every year, until the last boat had left. Part {}.</p>";

std::string paragraph(int part) { return fmt::format(fmt::runtime(kParagraph), part); }

Extraction extraction_of(const std::string& content, const std::string& head = "") {
    const std::string page =
        "<!DOCTYPE html><html lang=en><head><title>The choir sang again | Daily</title>" + head +
        "</head><body><nav><a href='/'>Home</a></nav><main><article><h1>The choir sang again</h1>" +
        content + "</article></main><footer><p>All rights reserved.</p></footer></body></html>";
    return extract_article({.bytes = page,
                            .url = html::parse_url("https://daily.example/choir.html").value(),
                            .transport_charset = "utf-8"});
}

std::string body_of(const std::string& content) {
    const Extraction extraction =
        extraction_of(paragraph(0) + paragraph(1) + content + paragraph(2) + paragraph(3));
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) return "refused";
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    return article->body;
}

TEST(Embeds, LeaveAPlaceholderWithKindAndAddress) {
    const struct {
        std::string_view markup, kind, address;
    } cases[] = {
        {"<iframe data-src='https://www.youtube.com/embed/abcdefghijk' title=Choir></iframe>",
         "video", "https://www.youtube.com/embed/abcdefghijk"},
        {"<iframe src=about:blank data-lazy-src='//player.vimeo.com/video/77'></iframe>", "video",
         "https://player.vimeo.com/video/77"},
        {"<iframe data-cookieblock-src='https://www.dailymotion.com/embed/video/x77'></iframe>",
         "video", "https://www.dailymotion.com/embed/video/x77"},
        {"<iframe data-unknown-src='https://open.spotify.com/embed/track/77'></iframe>", "audio",
         "https://open.spotify.com/embed/track/77"},
        {"<div class=lazy-frame data-iframe-src='https://www.google.com/maps/embed?pb=7'></div>",
         "map", "https://www.google.com/maps/embed?pb=7"},
        {"<iframe src='https://things.example/embed/42' width=600 height=400></iframe>", "other",
         "https://things.example/embed/42"},
        {"<iframe src='https://things.example/embed/43' width='100%'></iframe>", "other",
         "https://things.example/embed/43"},
        {"<lite-youtube videoid=abcdefghijk></lite-youtube>", "video",
         "https://www.youtube.com/watch?v=abcdefghijk"},
        {"<amp-youtube data-videoid=abcdefghijk></amp-youtube>", "video",
         "https://www.youtube.com/watch?v=abcdefghijk"},
        {"<div class=player data-youtube-id=abcdefghijk></div>", "video",
         "https://www.youtube.com/watch?v=abcdefghijk"},
        {"<div class=youtube data-embed=abcdefghijk><div class=play-button></div></div>", "video",
         "https://www.youtube.com/watch?v=abcdefghijk"},
        {"<div data-vimeo-id=77></div>", "video", "https://vimeo.com/77"},
        {"<video-js data-account=123 data-player=default data-embed=default data-video-id=456>"
         "</video-js>",
         "video", "https://players.brightcove.net/123/default_default/index.html?videoId=456"},
        {"<video data-account=123 data-player=abC data-video-id=456 class=video-js></video>",
         "video", "https://players.brightcove.net/123/abC_default/index.html?videoId=456"},
        {"<div id=botr_aB3dEf_xY9z_div></div>", "video",
         "https://cdn.jwplayer.com/players/aB3dEf-xY9z.html"},
        {"<script src='https://cdn.jwplayer.com/players/aB3dEf-xY9z.js'></script>", "video",
         "https://cdn.jwplayer.com/players/aB3dEf-xY9z.html"},
        {"<div id=jwplayer_1></div><script>jwplayer('jwplayer_1').setup({})</script>", "video",
         "https://daily.example/choir.html"},
        {"<div id=kaltura_player_77></div>", "video", "https://daily.example/choir.html"},
        {"<object data='/v/x.swf' type='application/x-shockwave-flash'><param name=movie "
         "value='/v/x.swf'></object>",
         "video", "https://daily.example/v/x.swf"},
        {"<object width=400 height=300><param name=movie value='/v/y.swf'><embed src='/v/y.swf'>"
         "</object>",
         "video", "https://daily.example/v/y.swf"},
        {"<embed src='/v/z.pdf' type='application/pdf' width=600 height=800>", "other",
         "https://daily.example/v/z.pdf"},
        {"<video poster=/p.jpg controls><source data-src=/v/choir.mp4></video>", "video",
         "https://daily.example/v/choir.mp4"},
        {"<video poster=/p.jpg controls></video>", "video", "https://daily.example/choir.html"},
        {"<audio controls><source src=/a/choir.mp3></audio>", "audio",
         "https://daily.example/a/choir.mp3"},
        {"<div id=datawrapper-vis-aBcDe><script src='https://datawrapper.dwcdn.net/aBcDe/embed.js'>"
         "</script></div>",
         "chart", "https://datawrapper.dwcdn.net/aBcDe/"},
        {"<div class=flourish-embed data-src='visualisation/77'></div>", "chart",
         "https://public.flourish.studio/visualisation/77"},
        {"<script src='https://gist.github.com/ann/77.js'></script>", "other",
         "https://gist.github.com/ann/77"},
        {"<script async src='https://telegram.org/js/telegram-widget.js?22' "
         "data-telegram-post='harbour/55'></script>",
         "post", "https://t.me/harbour/55"},
        {"<iframe src='https://social.example/@ada/111/embed' class=mastodon-embed></iframe>",
         "post", "https://social.example/@ada/111"},
        {"<div id=vk_post_-1_22></div><script>VK.Widgets.Post('vk_post_-1_22',-1,22)</script>",
         "post", "https://vk.com/wall-1_22"},
        {"<div class=fb-post data-href='https://www.facebook.com/harbour/posts/77'></div>", "post",
         "https://www.facebook.com/harbour/posts/77"},
        {"<div data-tweet-id=77></div>", "post", "https://twitter.com/i/status/77"},
        {"<iframe src='https://embed.bsky.app/embed/did:plc:a/app.bsky.feed.post/7'></iframe>",
         "post", "https://embed.bsky.app/embed/did:plc:a/app.bsky.feed.post/7"},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(
            body_of(std::string(c.markup)),
            HasSubstr(fmt::format("<figure data-embed=\"{}\"><a href=\"{}\">", c.kind, c.address)))
            << c.markup;
    }
}

TEST(Embeds, OfAdvertisementsCountersAndConsentLeaveNothing) {
    for (const std::string_view markup :
         {"<iframe src='https://ads.example/slot?id=7' width=300 height=250></iframe>",
          "<iframe src='https://x.doubleclick.net/a' width=300 height=250></iframe>",
          "<iframe src='https://www.googletagmanager.com/ns.html?id=7' height=0 width=0 "
          "style='display:none;visibility:hidden'></iframe>",
          "<iframe src='https://count.example/p' width=1 height=1></iframe>",
          "<iframe src='https://things.example/p' style='display: none'></iframe>",
          "<iframe src='https://www.google.com/recaptcha/api2/anchor' width=300 "
          "height=80></iframe>",
          "<iframe src='https://consent.example/box' width=600 height=400></iframe>",
          "<iframe src='https://daily.example/newsletter/form' width=600 height=400></iframe>",
          "<iframe src='https://www.facebook.com/plugins/like.php?href=x' width=300></iframe>",
          "<iframe></iframe>", "<iframe src='javascript:0'></iframe>",
          "<script src='https://cdn.example/app.js'></script>", "<div id=player7></div>",
          "<div data-src='/im/crane.jpg'></div>"})
        EXPECT_THAT(body_of(std::string(markup)), Not(HasSubstr("data-embed"))) << markup;
}

TEST(Embeds, QuotedPostsKeepTheirTextAndLink) {
    const struct {
        std::string_view markup, link;
    } cases[] = {
        {"<div class=fb-post data-href='https://www.facebook.com/harbour/posts/77'><blockquote "
         "cite='https://www.facebook.com/harbour/posts/77'><p>Words of the harbour</p>Posted by <a "
         "href='https://facebook.com/harbour'>Harbour</a> on <a "
         "href='https://www.facebook.com/harbour/posts/77'>Friday</a></blockquote></div>",
         "https://www.facebook.com/harbour/posts/77"},
        {"<blockquote class=twitter-tweet><p>Words of the harbour</p>&mdash; Ada (@ada) <a "
         "href='https://twitter.com/ada/status/77'>May 4</a></blockquote>",
         "https://twitter.com/ada/status/77"},
        {"<blockquote class=mastodon-embed data-embed-url='https://social.example/@ada/1/embed'><a "
         "href='https://social.example/@ada/1'>Words of the harbour</a></blockquote>",
         "https://social.example/@ada/1"},
        {"<blockquote cite='https://t.me/harbour/55'><p>Words of the harbour</p></blockquote>",
         "https://t.me/harbour/55"},
        {"<blockquote class=bluesky-embed data-bluesky-uri='at://did:plc:a/app.bsky.feed.post/7'>"
         "<p>Words of the harbour</p></blockquote>",
         "https://bsky.app/profile/did:plc:a/post/7"},
        {"<blockquote cite='https://www.tiktok.com/@ada/video/77' class=tiktok-embed><section>"
         "Words of the harbour</section></blockquote>",
         "https://www.tiktok.com/@ada/video/77"},
        {"<blockquote class=text-post-media data-text-post-permalink="
         "'https://www.threads.net/@ada/post/77'><p>Words of the harbour</p></blockquote>",
         "https://www.threads.net/@ada/post/77"},
        {"<blockquote class=reddit-embed-bq><a href='https://www.reddit.com/r/sea/comments/77/'>"
         "Words of the harbour</a> by <a "
         "href='https://www.reddit.com/user/ada'>ada</a></blockquote>",
         "https://www.reddit.com/r/sea/comments/77/"},
        {"<blockquote cite='https://vk.com/wall-1_22'><p>Words of the harbour</p></blockquote>",
         "https://vk.com/wall-1_22"},
    };
    for (const auto& c : cases) {
        const std::string body = body_of(std::string(c.markup));
        EXPECT_THAT(body, HasSubstr("<blockquote data-embed=\"post\">")) << c.markup << body;
        EXPECT_THAT(body, HasSubstr("Words of the harbour")) << c.markup;
        EXPECT_THAT(body, HasSubstr(fmt::format("href=\"{}\"", c.link))) << c.markup << body;
    }
}

TEST(Embeds, APageThatIsOnlyAFilmIsAnArticle) {
    const std::string_view players[] = {
        "<iframe src='https://www.youtube.com/embed/abcdefghijk' title=Choir></iframe>",
        "<div class=video><video controls poster=/p.jpg><source src=/v/choir.mp4></video></div>",
        "<video-js data-account=123 data-video-id=456></video-js>",
        "<div id=jwplayer_1></div>",
    };
    for (const std::string_view player : players) {
        for (const std::string_view text : {"", "<p>The choir on Sunday.</p>"}) {
            const Extraction extraction = extraction_of(std::string(player) + std::string(text));
            const auto* article = std::get_if<Article>(&extraction);
            ASSERT_NE(article, nullptr) << player << text;
            EXPECT_EQ(article->title, "The choir sang again");
            EXPECT_THAT(article->body, HasSubstr("<figure data-embed=\"video\">")) << player;
            EXPECT_EQ(article->body.contains("on Sunday"), !text.empty()) << player;
            EXPECT_EQ(article->evidence.at("body").source, "embed") << player;
        }
    }
    EXPECT_TRUE(std::holds_alternative<Refusal>(extraction_of("")));
    EXPECT_TRUE(std::holds_alternative<Refusal>(
        extraction_of("<iframe src='https://ads.example/x' width=300 height=250></iframe>")));
}

}  // namespace
}  // namespace heliograph::extract
