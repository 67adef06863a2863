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
    {"datawrapper-embed", "data-src", "", "chart"},
    {"flourish-embed", "data-src", "https://public.flourish.studio/", "chart"},
    {"infogram-embed", "data-id", "https://infogram.com/", "chart"},
    {"lite-vimeo", "videoid", "https://vimeo.com/", "video"},
    {"lite-youtube", "videoid", "https://www.youtube.com/watch?v=", "video"},
    {"lite-youtube-embed", "data-id", "https://www.youtube.com/watch?v=", "video"},
    {"twitter-tweet-rendered", "data-tweet-id", "https://twitter.com/i/status/", "post"},
    {"youtube", "data-id", "https://www.youtube.com/watch?v=", "video"},
    {"youtube", "data-embed", "https://www.youtube.com/watch?v=", "video"},
    {"youtube-embed", "data-id", "https://www.youtube.com/watch?v=", "video"},
    {"youtube-lazy", "data-id", "https://www.youtube.com/watch?v=", "video"},
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

// Attributes in which frames and players have their address, also when a script or a consent
// manager sets it later.
constexpr std::string_view kAddressNames[] = {"data-src",
                                              "src",
                                              "data-lazy-src",
                                              "data-url",
                                              "data",
                                              "data-iframe",
                                              "data-iframe-src",
                                              "data-original",
                                              "data-embed-url",
                                              "data-frame-src",
                                              "data-litespeed-src",
                                              "data-cookieblock-src",
                                              "data-src-cmplz",
                                              "data-cmp-src",
                                              "data-consent-src",
                                              "data-lazy",
                                              "data-embed-src",
                                              "data-video-src"};
// Nodes of a player that are searched for its address.
constexpr int kMaxInside = 60;
// Parts of addresses of advertisements, counters, consent, captchas and comments. They are checked
// where nothing says what a frame shows.
constexpr std::string_view kForeignParts[] = {"doubleclick",      "googlesyndication",
                                              "googletagmanager", "adservice",
                                              "adsystem",         "adnxs",
                                              "adform.",          "adserver",
                                              "criteo",           "taboola",
                                              "outbrain",         "teads.",
                                              "smartadserver",    "pubmatic",
                                              "openx.",           "rubicon",
                                              "recaptcha",        "hcaptcha",
                                              "disqus",           "scorecardresearch",
                                              "quantserve",       "hotjar",
                                              "cookiebot",        "onetrust",
                                              "trustarc",         "privacy-mgmt",
                                              "sourcepoint",      "usercentrics",
                                              "didomi",           "list-manage",
                                              "sharethis",        "addthis",
                                              "addtoany",         "facebook.com/tr",
                                              "tinypass",         "/ads/",
                                              "safeframe",        "captcha"};

bool is_address(std::string_view value) {
    return starts_with_ignoring_ascii_case(value, "http") || value.starts_with('/');
}

std::string_view address_of(Node element) {
    for (const std::string_view name : kAddressNames) {
        const std::string_view address = trim(element.attribute(name));
        if (is_address(address)) return address;
    }
    std::string_view found;
    element.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
        value = trim(value);
        if (found.empty() && (value.starts_with("http") || value.starts_with("//")) &&
            element.attribute_name(id).contains("src") && !value.contains(' '))
            found = value;
    });
    if (!found.empty()) return found;
    // <source>, <param name="movie">, an older player as the content of a newer one.
    int looked_at = 0;
    for (Node node = element.first_child(); node && looked_at < kMaxInside;
         node = node.next_in(element), ++looked_at) {
        if (!node.is_element()) continue;
        std::string_view address;
        if (node.tag() == LXB_TAG_PARAM) {
            const std::string name = ascii_lower(node.attribute("name"));
            if (name == "movie" || name == "src" || name == "url" || name == "filename")
                address = node.attribute("value");
        } else if (node.tag() == LXB_TAG_SOURCE || node.tag() == LXB_TAG_EMBED ||
                   node.tag() == LXB_TAG_IFRAME || node.tag() == LXB_TAG_OBJECT) {
            for (const std::string_view name : {"src", "data-src", "data"})
                if (address.empty()) address = node.attribute(name);
        }
        address = trim(address);
        if (!address.empty() && !address.starts_with("data:") && !address.starts_with("blob:"))
            return address;
    }
    return {};
}

// Whether the element itself says that nobody sees it.
bool is_unseen_frame(Node element) {
    if (element.has_attribute("hidden")) return true;
    const std::string style = ascii_lower(element.attribute("style").substr(0, 500));
    if (style.contains("display:none") || style.contains("display: none") ||
        style.contains("visibility:hidden") || style.contains("visibility: hidden"))
        return true;
    for (const lxb_dom_attr_id_t id : {LXB_DOM_ATTR_WIDTH, LXB_DOM_ATTR_HEIGHT}) {
        const std::string_view value = trim(element.attribute(id));
        if (!value.empty() && !value.contains('%') && value != "auto" &&
            pixels(value) < kMinPixels && value.front() >= '0' && value.front() <= '9')
            return true;
    }
    return false;
}

bool is_foreign(const Url& url) {
    return std::ranges::any_of(kForeignParts,
                               [&](std::string_view part) { return url.href.contains(part); });
}

// Returns the kind of a player by its tag and the type that it declares; empty when they say
// nothing.
std::string_view kind_of_player(Node element, const Url& url) {
    const html::Tag tag = element.tag();
    if (tag == LXB_TAG_VIDEO) return "video";
    if (tag == LXB_TAG_AUDIO) return "audio";
    if (tag != LXB_TAG_OBJECT && tag != LXB_TAG_EMBED) return {};
    const std::string type = ascii_lower(element.attribute("type"));
    if (type.contains("audio")) return "audio";
    if (type.contains("flash") || type.contains("video") || url.path.ends_with(".swf"))
        return "video";
    return {};
}

std::optional<Embed> read_player_attributes(Node element, const Url& base);

}  // namespace

std::optional<Embed> read_embed(Node element, const Url& base) {
    const std::string_view address = address_of(element);
    const html::Tag tag = element.tag();
    if (address.empty() && tag == LXB_TAG_VIDEO)
        if (auto embed = read_player_attributes(element, base)) return embed;
    std::optional<Url> url;
    if (!address.empty()) url = html::parse_url(address, &base);
    if (!url || !is_web(*url)) {
        // A player whose script knows the address: the page itself shows it.
        if ((tag != LXB_TAG_VIDEO && tag != LXB_TAG_AUDIO) || !is_web(base)) return std::nullopt;
        url = base;
    }
    if (is_button(*url)) return std::nullopt;
    std::string_view kind = kind_of_player(element, *url);
    if (kind.empty()) kind = kind_of_embed(url->href);
    // Of all things that are framed only films are asked to fill the screen.
    if (kind == "other" && element.has_attribute("allowfullscreen")) kind = "video";
    const bool has_title = !trim(element.attribute(LXB_DOM_ATTR_TITLE)).empty();
    if (kind == "other" &&
        ((!has_title && is_unseen_frame(element)) || is_named_foreign(*url) || is_foreign(*url)))
        return std::nullopt;
    std::string title = title_of(element, *url);
    // A post that is framed: its own address is that without the last part.
    constexpr std::string_view kFrame = "/embed";
    if (url->href.contains("/@") && url->href.ends_with(kFrame)) {
        kind = "post";
        url->href.resize(url->href.size() - kFrame.size());
    }
    return Embed{.kind = kind, .url = url->href, .title = std::move(title)};
}

namespace {

// An attribute with the number of a film or post, and the beginning of its address.
struct NumberName {
    std::string_view attribute;
    std::string_view beginning;
    std::string_view kind;
};
constexpr std::string_view kYoutube = "https://www.youtube.com/watch?v=";
constexpr NumberName kNumberNames[] = {
    {"data-youtube-id", kYoutube, "video"},
    {"data-youtubeid", kYoutube, "video"},
    {"data-youtube-video-id", kYoutube, "video"},
    {"data-youtube", kYoutube, "video"},
    {"data-yt-id", kYoutube, "video"},
    {"data-ytid", kYoutube, "video"},
    {"data-vimeo-id", "https://vimeo.com/", "video"},
    {"data-dailymotion-id", "https://www.dailymotion.com/video/", "video"},
    {"data-tweet-id", "https://twitter.com/i/status/", "post"},
    {"data-tweetid", "https://twitter.com/i/status/", "post"},
    {"data-telegram-post", "https://t.me/", "post"},
};

// Whether a value is a number or name that can stand in an address.
bool is_plain_id(std::string_view value) {
    return !value.empty() && value.size() <= kMaxIdBytes && std::ranges::all_of(value, [](char c) {
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' ||
               c == '_' || c == '/' || c == '.' || c == ':';
    });
}

std::optional<Embed> embed_at(std::string_view kind, const std::string& address, Node element) {
    const auto url = html::parse_url(address);
    if (!url || !is_web(*url)) return std::nullopt;
    return Embed{.kind = kind, .url = url->href, .title = title_of(element, *url)};
}

// Reads the id of a box that a network's script fills: "vk_post_-1_22", "botr_MEDIA_PLAYER_div".
std::optional<Embed> read_box_id(Node element, const Url& base) {
    std::string_view id = element.id();
    if (id.size() > kMaxIdBytes) return std::nullopt;
    constexpr std::string_view kVkPost = "vk_post_";
    if (id.starts_with(kVkPost) && is_plain_id(id.substr(kVkPost.size())))
        return embed_at("post", "https://vk.com/wall" + std::string(id.substr(kVkPost.size())),
                        element);
    constexpr std::string_view kBotr = "botr_";
    if (id.starts_with(kBotr) && is_plain_id(id)) {
        id.remove_prefix(kBotr.size());
        const std::string_view media = id.substr(0, id.find('_'));
        id.remove_prefix(std::min(media.size() + 1, id.size()));
        const std::string_view player = id.substr(0, id.find('_'));
        if (!media.empty() && !player.empty())
            return embed_at("video",
                            "https://cdn.jwplayer.com/players/" + std::string(media) + "-" +
                                std::string(player) + ".html",
                            element);
    }
    // Players whose scripts know the address: the page itself shows them.
    static constexpr std::string_view kPlayers[] = {
        "jwplayer", "jw-player", "kaltura_player", "kaltura-player", "kplayer",    "flowplayer",
        "video-js", "videojs",   "brightcove",     "bcplayer",       "theoplayer", "plyr"};
    const std::string lower = ascii_lower(id);
    const auto is_player_name = [](std::string_view name) {
        return std::ranges::any_of(
            kPlayers, [&](std::string_view player) { return name.starts_with(player); });
    };
    const bool is_player_box =
        is_player_name(lower) ||
        (element.tag() >= LXB_TAG__LAST_ENTRY && is_player_name(element.name())) ||
        (element.tag() == LXB_TAG_DIV && any_class(element, [&](std::string_view name) {
             return std::ranges::find(kPlayers, name) != std::end(kPlayers);
         }));
    if (!is_player_box || !is_web(base)) return std::nullopt;
    return Embed{.kind = "video", .url = base.href, .title = title_of(element, base)};
}

// Reads what attributes say that a script would turn into a player.
std::optional<Embed> read_player_attributes(Node element, const Url& base) {
    const std::string_view account = trim(element.attribute("data-account"));
    const std::string_view video = trim(element.attribute("data-video-id"));
    if (is_plain_id(account) && is_plain_id(video)) {
        const auto part = [&](std::string_view name) {
            const std::string_view value = trim(element.attribute(name));
            return is_plain_id(value) ? std::string(value) : std::string("default");
        };
        return embed_at("video",
                        "https://players.brightcove.net/" + std::string(account) + "/" +
                            part("data-player") + "_" + part("data-embed") +
                            "/index.html?videoId=" + std::string(video),
                        element);
    }
    for (const NumberName& known : kNumberNames) {
        const std::string_view value = trim(element.attribute(known.attribute));
        if (is_plain_id(value))
            return embed_at(known.kind, std::string(known.beginning) + std::string(value), element);
    }
    // A box that becomes a frame.
    for (const std::string_view name :
         {"data-iframe-src", "data-iframe", "data-embed-url", "data-embed-src", "data-video-url",
          "data-oembed-url", "data-src"}) {
        const std::string_view value = trim(element.attribute(name));
        if (value.empty() || !is_address(value)) continue;
        const auto url = html::parse_url(value, &base);
        if (!url || !is_web(*url) || is_foreign(*url) || is_button(*url) ||
            leads_to_picture(url->href))
            continue;
        const std::string_view kind = kind_of_embed(url->href);
        if (kind == "other" && name == "data-src") continue;
        return Embed{.kind = kind, .url = url->href, .title = title_of(element, *url)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Embed> read_script(Node script, const Url& base) {
    if (const std::string_view post = trim(script.attribute("data-telegram-post"));
        is_plain_id(post))
        return embed_at("post", "https://t.me/" + std::string(post), script);
    const std::string_view address = trim(script.attribute(LXB_DOM_ATTR_SRC));
    if (address.empty()) return std::nullopt;
    // Scripts that write what they are named for in their place: a part of their host, the end of
    // their path and what stands there in the address for readers.
    static constexpr struct {
        std::string_view host, end, instead, kind;
    } kScripts[] = {
        {"dwcdn.net", "/embed.js", "/", "chart"},    {"jwplayer.com", ".js", ".html", "video"},
        {"jwplatform.com", ".js", ".html", "video"}, {"gist.github.com", ".js", "", "other"},
        {"asciinema.org", ".js", "", "video"},
    };
    for (const auto& known : kScripts) {
        if (!address.contains(known.host)) continue;
        const auto url = html::parse_url(address, &base);
        if (!url || !is_web(*url) || !url->host.ends_with(known.host) ||
            !url->path.ends_with(known.end) ||
            (known.kind == "video" && !url->path.contains("/players/") && known.end == ".js" &&
             known.instead == ".html"))
            continue;
        std::string href = url->href.substr(0, url->href.find_first_of("?#"));
        href.resize(href.size() - known.end.size());
        return embed_at(known.kind, href + std::string(known.instead), script);
    }
    return std::nullopt;
}

std::optional<Embed> read_stand_in(Node element, const Url& base) {
    if (auto embed = read_player_attributes(element, base)) return embed;
    const bool is_made_up = element.tag() >= LXB_TAG__LAST_ENTRY;
    if (!is_made_up && element.class_name().empty()) return read_box_id(element, base);
    const StandIn* found = nullptr;
    const auto is_known = [&](std::string_view name) {
        found = std::ranges::find_if(kStandIns, [&](const StandIn& known) {
            return known.name == name && element.has_attribute(known.attribute);
        });
        if (found == std::end(kStandIns)) found = nullptr;
        return found != nullptr;
    };
    if (!(is_made_up && is_known(element.name())) && !any_class(element, is_known))
        return read_box_id(element, base);
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

namespace {

// Hosts of networks whose posts articles quote.
constexpr std::string_view kNetworks[] = {
    "bsky.app", "facebook.com", "instagram.com", "linkedin.com", "ok.ru",           "reddit.com",
    "t.me",     "threads.com",  "threads.net",   "tiktok.com",   "truthsocial.com", "twitter.com",
    "vk.com",   "vk.ru",        "weibo.com",     "x.com"};

// Whether an address is that of a post of a network, not of the network itself.
bool is_post_address(std::string_view address) {
    if (!starts_with_ignoring_ascii_case(address, "http")) return false;
    const auto url = html::parse_url(address);
    if (!url || url->path.size() < 2) return false;
    const bool is_network = std::ranges::any_of(kNetworks, [&](std::string_view network) {
        return url->host == network || (url->host.ends_with(network) &&
                                        url->host[url->host.size() - network.size() - 1] == '.');
    });
    // "/@ada/111": Mastodon and its relatives, at any host.
    const std::size_t last = url->path.find_last_of('/');
    const bool is_fediverse =
        url->path.starts_with("/@") && last > 1 && last + 1 < url->path.size() &&
        url->path.find_first_not_of("0123456789", last + 1) == std::string::npos;
    return is_network || is_fediverse;
}

constexpr std::string_view kBlueskyUri = "data-bluesky-uri";  // at://DID/app.bsky.feed.post/KEY

}  // namespace

bool is_social_post(Node blockquote) {
    const auto is_post_class = [](std::string_view name) {
        return std::ranges::find(kPostClasses, name) != std::end(kPostClasses) ||
               name == "fb-post" || name == "vk-post" || name == "social-post";
    };
    if (any_class(blockquote, is_post_class)) return true;
    const Node outer = blockquote.parent();
    if (outer && outer.is_element() && any_class(outer, is_post_class)) return true;
    for (const std::string_view name :
         {"data-instgrm-permalink", "data-text-post-permalink", "data-telegram-post"})
        if (blockquote.has_attribute(name)) return true;
    if (blockquote.has_attribute(kBlueskyUri)) return true;
    return is_post_address(trim(blockquote.attribute("cite")));
}

std::string post_address(Node blockquote, const Url& base) {
    for (const std::string_view name : kPostAddresses) {
        const std::string_view value = trim(blockquote.attribute(name));
        const auto url = html::parse_url(value, &base);
        if (!value.empty() && url && is_web(*url)) return url->href;
    }
    if (const std::string_view post = trim(blockquote.attribute("data-telegram-post"));
        is_plain_id(post))
        return "https://t.me/" + std::string(post);
    std::string_view uri = trim(blockquote.attribute(kBlueskyUri));
    constexpr std::string_view kScheme = "at://";
    constexpr std::string_view kFeed = "/app.bsky.feed.post/";
    if (const std::size_t feed = uri.find(kFeed);
        uri.starts_with(kScheme) && feed != std::string_view::npos) {
        const std::string_view author = uri.substr(kScheme.size(), feed - kScheme.size());
        const std::string_view key = uri.substr(feed + kFeed.size());
        if (is_plain_id(author) && is_plain_id(key))
            return "https://bsky.app/profile/" + std::string(author) + "/post/" + std::string(key);
    }
    return {};
}

}  // namespace heliograph::extract
