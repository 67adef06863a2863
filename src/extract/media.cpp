// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/media.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "base/media_type.h"
#include "base/utf8.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

using html::Node;

// Wider candidates cost readers on slow lines and show nothing more.
constexpr int kWidestUseful = 2000;
// Of a candidate without a descriptor; those for screens of twice the density are twice as wide.
constexpr int kPlainWidth = 700;
constexpr int kMaxDensity = 100;
constexpr std::size_t kMaxAddressBytes = 4'000;
// A data: URL below this is a dot, a blurred preview or a sign, about a kilobyte of picture.
constexpr std::size_t kLeastPictureBytes = 2'000;
// Of the names of signs, in bytes without the end: "icon-play-alt-white".
constexpr std::size_t kLongestSignName = 40;
// Elements between a picture and the link round it.
constexpr int kMaxLinkLevels = 5;
// Candidates of one srcset that are looked at; real ones have up to 20.
constexpr int kMaxCandidates = 100;

constexpr std::array<std::string_view, 3> kSrcsetNames = {"data-srcset", "data-lazy-srcset",
                                                          "srcset"};
constexpr auto kSourceNames = std::to_array<std::string_view>(
    {"data-src", "data-lazy-src", "data-original", "data-original-src", "data-full-src", "data-url",
     "data-echo", "data-lazy", "data-img-src", "data-hi-res-src", "data-image"});
// Of other sizes than the one that readers see, often of the file as it came from the camera.
constexpr auto kOtherSizeNames =
    std::to_array<std::string_view>({"data-large-file", "data-orig-file", "data-img-url"});

bool is_space_byte(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// A picture of nothing that stands in until a script loads the real one.
bool is_placeholder(std::string_view url) {
    if (url.empty() || url.starts_with("data:") || url.starts_with("about:") ||
        url.starts_with("#") || url.starts_with("javascript:"))
        return true;
    const std::size_t slash = url.find_last_of('/', url.find_first_of("?#"));
    const std::string name =
        ascii_lower(url.substr(slash == std::string_view::npos ? 0 : slash + 1, 40));
    // A counter: "pixel_d65d017?a=...", never "pixel_9_review.jpg".
    if (name.starts_with("pixel") && !name.substr(0, name.find_first_of("?#")).contains('.'))
        return true;
    return name.starts_with("blank.") || name.starts_with("spacer.") ||
           name.starts_with("placeholder") || name.starts_with("1x1") ||
           name.starts_with("transparent") || name.starts_with("loading.") ||
           name.starts_with("pixel.") || name.starts_with("lazy.") ||
           name.starts_with("grey.gif") || name.starts_with("clear.gif");
}

// Calls visit for the <img> and for each <source> beside it in a <picture>.
template <typename Visit>
void for_each_source_element(Node image, Visit&& visit) {
    visit(image);
    const Node parent = image.parent();
    if (!parent || !parent.is_element() || parent.tag() != LXB_TAG_PICTURE) return;
    for (Node child = parent.first_child(); child; child = child.next())
        if (child.is_element() && child.tag() == LXB_TAG_SOURCE) visit(child);
}

std::string_view source_of_element(Node node) {
    for (const std::string_view name : kSrcsetNames) {
        const std::string_view url = best_of_srcset(node.attribute(name)).address;
        if (!is_placeholder(url)) return url;
    }
    return {};
}

bool is_address(std::string_view value) {
    return (value.starts_with("https://") || value.starts_with("http://") ||
            value.starts_with('/')) &&
           value.find_first_of(" {\"'") == std::string_view::npos && !is_placeholder(value);
}

// Of a script that we do not know: what an attribute gives that is named for a source or an
// address, such as nitro-lazy-src or data-flickity-lazyload-srcset.
std::string_view source_of_any_name(Node node) {
    std::string_view found;
    node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
        const std::string_view name = node.attribute_name(id);
        if (!found.empty() || (!name.contains("src") && !name.contains("lazy") &&
                               !name.contains("url") && name != "original"))
            return;
        value = trim(value);
        if (name.ends_with("srcset")) value = best_of_srcset(value).address;
        if (is_address(value)) found = value;
    });
    return found;
}

}  // namespace

PictureSource best_of_srcset(std::string_view srcset) {
    // https://html.spec.whatwg.org/#parse-a-srcset-attribute, leniently.
    PictureSource best;
    for (int i = 0; i < kMaxCandidates; ++i) {
        while (!srcset.empty() && (is_space_byte(srcset.front()) || srcset.front() == ','))
            srcset.remove_prefix(1);
        if (srcset.empty()) break;
        std::size_t end = 0;
        while (end < srcset.size() && !is_space_byte(srcset[end])) ++end;
        std::string_view address = srcset.substr(0, end);
        srcset.remove_prefix(end);
        int width = 0;
        if (address.ends_with(',')) {
            while (address.ends_with(',')) address.remove_suffix(1);
        } else {
            const std::string_view descriptor = trim(srcset.substr(0, srcset.find(',')));
            srcset.remove_prefix(std::min(srcset.find(','), srcset.size()));
            width = pixels(descriptor);
            if (descriptor.ends_with('x')) width = std::min(width, kMaxDensity) * kPlainWidth;
        }
        // The largest of the useful ones, else the smallest of the others.
        const auto rank = [](int w) { return w <= kWidestUseful ? w : 1.0 / w; };
        if (!address.empty() && (best.address.empty() || rank(width) > rank(best.width)))
            best = {address, width};
    }
    return best;
}

std::vector<PictureSource> picture_sources(Node image) {
    std::vector<PictureSource> sources;
    const auto add = [&](std::string_view address, int width) {
        address = trim(address);
        if (!address.empty() && !address.starts_with("data:") && address.size() < kMaxAddressBytes)
            sources.push_back({address, width});
    };
    for_each_source_element(image, [&](Node node) {
        add(node.attribute(LXB_DOM_ATTR_SRC), pixels(node.attribute(LXB_DOM_ATTR_WIDTH)));
        for (const std::string_view name : kSourceNames) add(node.attribute(name), 0);
        for (const std::string_view name : kOtherSizeNames) add(node.attribute(name), 0);
        for (const std::string_view name : kSrcsetNames) {
            const PictureSource best = best_of_srcset(node.attribute(name));
            add(best.address, best.width);
        }
    });
    return sources;
}

std::string image_source(Node image) {
    if (const std::string_view url = source_of_element(image); !url.empty())
        return std::string(url);
    for (const std::string_view name : kSourceNames) {
        const std::string_view url = trim(image.attribute(name));
        // "true", say, is none.
        if (!is_placeholder(url) && !url.starts_with('{') &&
            url.find_first_of("./") != std::string_view::npos)
            return std::string(url);
    }
    const std::string_view src = trim(image.attribute(LXB_DOM_ATTR_SRC));
    if (!is_placeholder(src)) return std::string(src);
    for (const auto read : {source_of_element, source_of_any_name}) {
        std::string_view found;
        for_each_source_element(image, [&](Node node) {
            if (found.empty()) found = read(node);
        });
        if (!found.empty()) return std::string(found);
    }
    return {};
}

std::string_view link_of_picture(Node image) {
    Node node = image.parent();
    for (int level = 0; level < kMaxLinkLevels && node && node.is_element(); ++level) {
        if (node.tag() == LXB_TAG_A) return trim(node.attribute(LXB_DOM_ATTR_HREF));
        node = node.parent();
    }
    return {};
}

bool leads_to_picture(std::string_view address) {
    address = address.substr(0, address.find_first_of("?#"));
    // Pages about pictures: "/wiki/File:Crane.png", Blogger's "/s1600-h/crane.jpg".
    if (address.substr(address.find_last_of('/') + 1).contains(':') || address.contains("-h/"))
        return false;
    return media_type_of(address).starts_with("image/");
}

bool is_picture_inside(Node image) {
    const std::string_view source = trim(image.attribute(LXB_DOM_ATTR_SRC));
    return source.size() >= kLeastPictureBytes &&
           starts_with_ignoring_ascii_case(source, "data:image/");
}

bool is_sign(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    std::string name = ascii_lower(url.substr(url.find_last_of('/') + 1));
    const std::size_t dot = name.find_last_of('.');
    if (dot == std::string::npos || dot > kLongestSignName) return false;
    const std::string_view end = std::string_view(name).substr(dot);
    static const WordList networks(
        "facebook|instagram|linkedin|livejournal|odnoklassniki|pinterest|telegram|twitter|vk|"
        "vkontakte|whatsapp|youtube");
    if (networks.contains(std::string_view(name).substr(0, dot))) return true;
    if (end != ".svg" && end != ".gif" && end != ".png") return false;
    static const WordList words(
        "alt|angle|arrow|atom|black|bookmark|button|btn|cancel|caret|chevron|circle|close|comment|"
        "dark|down|download|email|enlarge|feed|forum|gray|grey|ico|icon|icons|in|it|left|light|"
        "loader|mail|menu|out|outline|pin|play|plus|print|printer|right|rounded|rss|search|share|"
        "small|spinner|star|stars|switch|textsize|white|x|zoom");
    if (name.starts_with("88x31.")) return true;  // the size of buttons, licences' among them
    std::size_t known = 0;
    for (std::size_t begin = 0; begin < dot;) {
        const std::size_t stop = std::min(name.find_first_of("-_ ", begin), dot);
        const std::string_view word = std::string_view(name).substr(begin, stop - begin);
        if (words.contains(word) || networks.contains(word))
            ++known;
        else if (!word.empty() && word.find_first_not_of("0123456789") != std::string_view::npos)
            return false;
        begin = stop + 1;
    }
    return known > 0;
}

int pixels(std::string_view text) {
    int value = 0;
    text = trim(text);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string_view kind_of_embed(std::string_view url) {
    const std::string lower = ascii_lower(url.substr(0, 300));
    const auto has = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words,
                                   [&](std::string_view word) { return lower.contains(word); });
    };
    if (has({"audio", "podcast", "soundcloud", "spotify", "/sound", "radio", "megaphone.fm"}))
        return "audio";
    if (has({"chart", "graph", "datawrapper", "infogram", "flourish", "visuali", "tableau"}))
        return "chart";
    if (has({"/maps", "maps.", "/map/", "openstreetmap"})) return "map";
    if (has({"video", "youtu", "vimeo", "player", "dailymotion", "tube", "/tv/", "rutube",
             "bilibili", ".mp4", ".m3u8", "brightcove", "stream"}))
        return "video";
    if (has({"twitter.com", "/status/", "instagram.com", "tiktok.com", "facebook.com", "/post",
             "t.me/", "telegram", "reddit.com", "weibo", "vk.com"}))
        return "post";
    return "other";
}

}  // namespace heliograph::extract
