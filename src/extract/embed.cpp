// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/embed.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/media.h"
#include "extract/names.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;

// Frames below this, and without a title, count readers.
constexpr int kMinPixels = 64;
// Names and numbers of players are short; what is longer is something else.
constexpr std::size_t kMaxIdBytes = 100;

// An element that a script fills: what it is called (its own name, or a class), the attribute that
// says what with, and what that is the end of. An empty beginning: the attribute is an address.
struct StandIn {
    std::string_view name;
    std::string_view attribute;
    std::string_view beginning;
    std::string_view kind;
};
constexpr StandIn kStandIns[] = {
    {"amp-audio", "src", "", "audio"},
    {"amp-brid-player", "data-video", "", "video"},
    {"amp-dailymotion", "data-videoid", "https://www.dailymotion.com/video/", "video"},
    {"amp-facebook", "data-href", "", "post"},
    {"amp-iframe", "src", "", ""},
    {"amp-instagram", "data-shortcode", "https://www.instagram.com/p/", "post"},
    {"amp-twitter", "data-tweetid", "https://twitter.com/i/status/", "post"},
    {"amp-video", "src", "", "video"},
    {"amp-vimeo", "data-videoid", "https://vimeo.com/", "video"},
    {"amp-youtube", "data-videoid", "https://www.youtube.com/watch?v=", "video"},
    {"fb-post", "data-href", "", "post"},
    {"fb-video", "data-href", "", "video"},
    {"flourish-embed", "data-src", "https://public.flourish.studio/", "chart"},
    {"infogram-embed", "data-id", "https://infogram.com/", "chart"},
    {"lite-vimeo", "videoid", "https://vimeo.com/", "video"},
    {"lite-youtube", "videoid", "https://www.youtube.com/watch?v=", "video"},
    {"youtube-player", "data-id", "https://www.youtube.com/watch?v=", "video"},
    {"youtube-video", "data-id", "https://www.youtube.com/watch?v=", "video"},
};

// Classes of quotations that the networks' scripts look for.
constexpr std::string_view kPostClasses[] = {
    "bluesky-embed",   "fb-xfbml-parse-ignore", "instagram-media", "mastodon-embed",
    "reddit-embed-bq", "text-post-media",       "tiktok-embed",    "twitter-tweet",
    "twitter-video",   "imgur-embed-pub",       "reddit-card",     "telegram-post"};
// Attributes in which quotations of posts have their address.
constexpr std::string_view kPostAddresses[] = {"data-instgrm-permalink", "data-text-post-permalink",
                                               "data-post-url", "cite"};

template <typename Test>  // bool(std::string_view)
bool any_class(Node element, Test&& test) {
    std::string_view rest = element.class_name().substr(0, 500);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(" \t\n\r\f"), rest.size());
        if (end > 0 && test(rest.substr(0, end))) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::string title_of(Node element, const Url& url) {
    for (const std::string_view name : {"title", "aria-label", "playlabel", "data-title"}) {
        std::string title = collapse_space(element.attribute(name));
        if (!title.empty()) return title;
    }
    return url.host;
}

// Parts of addresses, without endings, of frames that readers press, not read.
constexpr std::string_view kButtons[] = {
    "bulkfollow",   "button", "credentials", "follow",       "follow_button", "like",
    "likebox",      "login",  "logon",       "registration", "register",      "share",
    "share_button", "signin", "signup",      "subscribe",    "tweet_button"};
// What Facebook frames that is more than a button or a box to follow somebody.
constexpr std::string_view kPlugins[] = {"/plugins/comment_embed.php", "/plugins/post.php",
                                         "/plugins/video.php"};

bool is_button(const Url& url) {
    if (url.host.ends_with("facebook.com") && url.path.starts_with("/plugins/"))
        return std::ranges::find(kPlugins, url.path) == std::end(kPlugins);
    std::string_view rest = url.path;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        if (std::ranges::find(kButtons, part.substr(0, part.find('.'))) != std::end(kButtons))
            return true;
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    return false;
}

// Whether the words of an address say that it is an advertisement's or of another part of a page.
bool is_named_foreign(const Url& url) {
    std::string words = url.host + url.path;
    std::ranges::replace_if(words, [](char c) { return c == '.' || c == '/' || c == '%'; }, ' ');
    return (read_names(words) & (kAd | kComment | kConsent | kNewsletter | kRelated)) != 0;
}

bool is_web(const Url& url) { return url.scheme == "https" || url.scheme == "http"; }

std::string_view address_of(Node element) {
    for (const std::string_view name : {"data-src", "src", "data-lazy-src", "data-url", "data"}) {
        const std::string_view address = trim(element.attribute(name));
        if (address.starts_with("http") || address.starts_with('/')) return address;
    }
    for (Node child = element.first_child(); child; child = child.next()) {
        if (!child.is_element() || child.tag() != LXB_TAG_SOURCE) continue;
        const std::string_view address = trim(child.attribute(LXB_DOM_ATTR_SRC));
        if (!address.empty()) return address;
    }
    return {};
}

}  // namespace

std::optional<Embed> read_embed(Node element, const Url& base) {
    const std::string_view address = address_of(element);
    const auto url = html::parse_url(address, &base);
    if (address.empty() || !url || !is_web(*url) || is_button(*url)) return std::nullopt;
    const html::Tag tag = element.tag();
    std::string_view kind = tag == LXB_TAG_VIDEO   ? "video"
                            : tag == LXB_TAG_AUDIO ? "audio"
                                                   : kind_of_embed(url->href);
    // Of all things that are framed only films are asked to fill the screen.
    if (kind == "other" && element.has_attribute("allowfullscreen")) kind = "video";
    const auto is_small_and_nameless = [&] {
        return trim(element.attribute(LXB_DOM_ATTR_TITLE)).empty() &&
               pixels(element.attribute(LXB_DOM_ATTR_HEIGHT)) < kMinPixels;
    };
    if (kind == "other" && (is_small_and_nameless() || is_named_foreign(*url))) return std::nullopt;
    return Embed{.kind = kind, .url = url->href, .title = title_of(element, *url)};
}

std::optional<Embed> read_stand_in(Node element, const Url& base) {
    const bool is_made_up = element.tag() >= LXB_TAG__LAST_ENTRY;
    if (!is_made_up && element.class_name().empty()) return std::nullopt;
    const StandIn* found = nullptr;
    const auto is_known = [&](std::string_view name) {
        found = std::ranges::find(kStandIns, name, &StandIn::name);
        if (found == std::end(kStandIns)) found = nullptr;
        return found != nullptr;
    };
    if (!(is_made_up && is_known(element.name())) && !any_class(element, is_known))
        return std::nullopt;
    const std::string_view value = trim(element.attribute(found->attribute));
    if (value.empty()) return std::nullopt;
    std::string address(found->beginning);
    if (!address.empty()) {
        if (value.size() > kMaxIdBytes || !std::ranges::all_of(value, [](char c) {
                return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' ||
                       c == '_' || c == '/';
            }))
            return std::nullopt;
    }
    address += value;
    const auto url = html::parse_url(address, &base);
    if (!url || !is_web(*url)) return std::nullopt;
    return Embed{.kind = found->kind.empty() ? kind_of_embed(url->href) : found->kind,
                 .url = url->href,
                 .title = title_of(element, *url)};
}

bool is_social_post(Node blockquote) {
    return blockquote.has_attribute("data-instgrm-permalink") ||
           any_class(blockquote, [](std::string_view name) {
               return std::ranges::find(kPostClasses, name) != std::end(kPostClasses);
           });
}

std::string post_address(Node blockquote, const Url& base) {
    for (const std::string_view name : kPostAddresses) {
        const std::string_view value = trim(blockquote.attribute(name));
        const auto url = html::parse_url(value, &base);
        if (!value.empty() && url && is_web(*url)) return url->href;
    }
    return {};
}

}  // namespace heliograph::extract
