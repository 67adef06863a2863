// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/media.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "base/media_type.h"
#include "base/utf8.h"
#include "extract/short_words.h"
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
// Of the names of signs, in bytes without the end: "icon-play-alt-white".
constexpr std::size_t kLongestSignName = 40;
// Elements between a picture and the link round it.
constexpr int kMaxLinkLevels = 5;
// Candidates of one srcset that are looked at; real ones have up to 20.
constexpr int kMaxCandidates = 100;

// Attributes that hold several sizes of one picture.
constexpr auto kSrcsetNames = std::to_array<std::string_view>(
    {"data-srcset", "data-lazy-srcset", "data-src-set", "data-original-set", "srcset"});
// Attributes from which a script loads the picture.
constexpr auto kSourceNames = std::to_array<std::string_view>(
    {"data-src",      "data-lazy-src",  "data-lazysrc",  "data-original",  "data-original-src",
     "data-orig-src", "data-actualsrc", "data-real-src", "data-defer-src", "data-delayed-url",
     "data-cfsrc",    "data-ezsrc",     "data-full-src", "data-src-large", "data-large",
     "data-url",      "data-echo",      "data-lazy",     "data-img-src",   "data-hi-res-src",
     "data-image",    "lazy-src",       "lazysrc",       "original"});
// Attributes with another size than the one that readers see, often the file of the camera.
constexpr auto kOtherSizeNames =
    std::to_array<std::string_view>({"data-large-file", "data-orig-file", "data-img-url"});
// Attributes from which a script takes the background picture of a box.
constexpr auto kBackgroundNames = std::to_array<std::string_view>(
    {"data-bg", "data-background", "data-background-image", "data-bg-image", "data-bg-src",
     "data-bg-url", "data-bgset", "data-lazy-background", "data-lazy-bg", "data-background-src",
     "data-image-src"});
// A candidate of this declared width, in pixels, or less is a blurred preview.
constexpr int kMaxPreviewWidth = 100;
// Replaces "{width}" in an address that a script would complete.
constexpr std::string_view kFilledWidth = "1200";
// Nodes of a <noscript> that are searched for its picture.
constexpr int kMaxNoscriptNodes = 40;
// Wrappers between a picture and its <noscript>.
constexpr int kMaxWrapperLevels = 3;
// Siblings that are searched for the <noscript> of a picture.
constexpr int kMaxSiblings = 6;
// Bytes of a style attribute that are searched for a background.
constexpr std::size_t kMaxStyleBytes = 6'000;

bool is_space_byte(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// Returns the last part of the path of an address in lower case, without the query.
std::string file_name_of(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t slash = url.find_last_of('/');
    return ascii_lower(url.substr(slash == std::string_view::npos ? 0 : slash + 1, 80));
}

// Whether an address shows nothing: an empty picture until a script loads the real one.
bool is_placeholder(std::string_view url) {
    if (url.empty() || starts_with_ignoring_ascii_case(url, "data:") || url.starts_with("about:") ||
        url.starts_with("#") || url.starts_with("blob:") ||
        starts_with_ignoring_ascii_case(url, "javascript:"))
        return true;
    const std::string name = file_name_of(url);
    // A counter: "pixel_d65d017?a=...", never "pixel_9_review.jpg".
    if (name.starts_with("pixel") && !name.contains('.')) return true;
    static constexpr std::string_view kBeginnings[] = {
        "blank.",  "spacer.", "placeholder", "1x1",      "transparent", "loading.",
        "pixel.",  "lazy.",   "empty.",      "grey.gif", "gray.",       "clear.gif",
        "dot.gif", "loader.", "spinner.",    "lqip.",    "trans.gif"};
    return std::ranges::any_of(
        kBeginnings, [&](std::string_view beginning) { return name.starts_with(beginning); });
}

// Returns the number at the front of `text` that ends before something else than a digit; 0 when
// there is none.
int leading_number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Whether the address itself says that the picture is tiny: "crane-20x15.jpg", "/w_30/",
// "?w=16&blur=50".
bool has_preview_size(std::string_view url) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < url.size();) {
        if (!is_digit(url[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < url.size() && is_digit(url[i])) ++i;
        const std::size_t digits = i - begin;
        if (digits > 4) continue;
        const int number = leading_number(url.substr(begin, digits));
        if (number == 0 || number > kMaxPreviewWidth) continue;
        const char before = begin > 0 ? url[begin - 1] : ' ';
        // "20x15" behind a mark, not the "0x1" of a hash.
        if (i + 1 < url.size() && url[i] == 'x' && is_digit(url[i + 1]) &&
            (before == '-' || before == '_' || before == '/' || before == '=')) {
            const int height = leading_number(url.substr(i + 1));
            if (height > 0 && height <= kMaxPreviewWidth) return true;
        }
        const std::string_view head = url.substr(0, begin);
        for (const std::string_view mark : {"?w=", "&w=", "?width=", "&width=", "/w_", ",w_"})
            if (head.ends_with(mark)) return true;
    }
    return false;
}

// Whether an address may stand in for the real picture. It is used when the element has no other.
bool is_weak(std::string_view url) {
    if (is_placeholder(url) || has_preview_size(url)) return true;
    const std::string name = file_name_of(url);
    if (name.ends_with(".gif") || name.ends_with(".svg")) return true;
    if (std::string_view(url).contains("blur=")) return true;
    static const WordList words(
        "blank|blur|blurred|default|dummy|empty|grey|gray|lazy|lazyload|loader|loading|lqip|"
        "noimage|"
        "ph|pixel|placeholder|preload|preloader|preview|spacer|spinner|transparent");
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find_first_of("-_. ", begin), name.size());
        if (words.contains(std::string_view(name).substr(begin, end - begin))) return true;
        begin = end + 1;
    }
    return false;
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

// Returns the best candidate of the srcset attributes that is no preview.
std::string_view source_of_element(Node node) {
    for (const std::string_view name : kSrcsetNames) {
        const PictureSource best = best_of_srcset(node.attribute(name));
        const bool is_preview = best.width > 0 && best.width <= kMaxPreviewWidth;
        if (!is_preview && !is_placeholder(best.address) && !has_preview_size(best.address))
            return best.address;
    }
    return {};
}

bool is_address(std::string_view value) {
    if (value.find_first_of(" {\"'<") != std::string_view::npos || is_placeholder(value))
        return false;
    return value.starts_with("https://") || value.starts_with("http://") ||
           value.starts_with('/') || leads_to_picture(value);
}

// Finds a source in an attribute of a script that is not in the tables: one that is named for a
// source or an address, such as nitro-lazy-src or data-flickity-lazyload-srcset.
std::string_view source_of_any_name(Node node) {
    std::string_view found;
    node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
        const std::string_view name = node.attribute_name(id);
        if (!found.empty() || name == "src" || name == "srcset" ||
            (!name.contains("src") && !name.contains("lazy") && !name.contains("url") &&
             !name.contains("original")))
            return;
        if (name.contains("share") || name.contains("link") || name.contains("page")) return;
        value = trim(value);
        if (name.ends_with("srcset")) value = best_of_srcset(value).address;
        if (is_address(value)) found = value;
    });
    return found;
}

// Fills in the width that a script would put into an address; empty when something else is missing.
std::string with_width(std::string_view address) {
    std::string out(address);
    for (const std::string_view hole : {"{width}", "{w}", "{size}", "%7Bwidth%7D"}) {
        for (std::size_t at = out.find(hole); at != std::string::npos; at = out.find(hole))
            out.replace(at, hole.size(), kFilledWidth);
    }
    return out.find_first_of("{}") == std::string::npos ? out : std::string();
}

bool is_blank_text(Node node) { return node.is_text() && trim(node.text()).empty(); }

// Returns the only <img> of a <noscript> that holds nothing else; null otherwise.
Node only_image_in(Node noscript) {
    Node image;
    int looked_at = 0;
    for (Node node = noscript.first_child(); node; node = node.next_in(noscript)) {
        if (++looked_at > kMaxNoscriptNodes) return {};
        if (node.is_text() && !is_blank_text(node)) return {};
        if (!node.is_element() || node.tag() != LXB_TAG_IMG) continue;
        if (image) return {};
        image = node;
    }
    if (!image) return {};
    const int width = pixels(image.attribute(LXB_DOM_ATTR_WIDTH));
    const int height = pixels(image.attribute(LXB_DOM_ATTR_HEIGHT));
    // A counter of readers.
    if ((width > 0 && width <= 2) || (height > 0 && height <= 2)) return {};
    return image;
}

// Returns the next element sibling in that direction that is no other size and no script; null when
// text or too many nodes stand between.
template <typename Step>  // Node(Node)
Node neighbour(Node node, Step&& step) {
    int looked_at = 0;
    for (node = step(node); node && looked_at < kMaxSiblings; node = step(node), ++looked_at) {
        if (node.is_text() && !is_blank_text(node)) return {};
        if (node.is_element() && node.tag() != LXB_TAG_SOURCE && node.tag() != LXB_TAG_SCRIPT)
            return node;
    }
    return {};
}

Node next_neighbour(Node node) {
    return neighbour(node, [](Node n) { return n.next(); });
}
Node previous_neighbour(Node node) {
    return neighbour(node, [](Node n) { return n.previous(); });
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

Node noscript_image_of(Node image) {
    Node node = image;
    for (int level = 0; level < kMaxWrapperLevels; ++level) {
        for (const Node beside : {next_neighbour(node), previous_neighbour(node)}) {
            if (!beside || beside.tag() != LXB_TAG_NOSCRIPT) continue;
            if (const Node twin = only_image_in(beside)) return twin;
        }
        const Node outer = node.parent();
        if (!outer || !outer.is_element()) return {};
        switch (outer.tag()) {
            case LXB_TAG_A:
            case LXB_TAG_DIV:
            case LXB_TAG_PICTURE:
            case LXB_TAG_SPAN:
                break;
            default:
                return {};
        }
        if (next_neighbour(node) || previous_neighbour(node)) return {};
        node = outer;
    }
    return {};
}

Node image_of_noscript(Node noscript) {
    const Node inner = only_image_in(noscript);
    if (!inner) return {};
    for (const Node beside : {previous_neighbour(noscript), next_neighbour(noscript)}) {
        if (!beside) continue;
        Node node = beside;
        for (int level = 0; level < kMaxWrapperLevels && node; ++level) {
            if (node.is_element() && node.tag() == LXB_TAG_IMG)
                return noscript_image_of(node) == inner ? node : Node{};
            Node child = node.first_child();
            while (child && !(child.is_element() && child.tag() != LXB_TAG_SOURCE))
                child = child.next();
            node = child;
        }
    }
    return {};
}

std::string background_source(Node box) {
    for (const std::string_view name : kBackgroundNames) {
        std::string_view value = trim(box.attribute(name));
        if (value.empty()) continue;
        if (name == "data-bgset") value = best_of_srcset(value).address;
        if (value.starts_with("url(") && value.ends_with(')'))
            value = trim(value.substr(4, value.size() - 5));
        while (!value.empty() && (value.front() == '"' || value.front() == '\''))
            value.remove_prefix(1);
        while (!value.empty() && (value.back() == '"' || value.back() == '\''))
            value.remove_suffix(1);
        if (is_address(value)) return std::string(value);
    }
    for (const std::string_view name : {"data-src", "data-original", "data-lazy-src"}) {
        const std::string_view value = trim(box.attribute(name));
        if (!value.empty() && is_address(value) && leads_to_picture(value))
            return std::string(value);
    }
    const std::string_view style = box.attribute("style").substr(0, kMaxStyleBytes);
    if (style.empty()) return {};
    const std::string lower = ascii_lower(style);
    for (std::size_t at = lower.find("background"); at != std::string::npos;
         at = lower.find("background", at + 1)) {
        const std::size_t end = std::min(lower.find("background", at + 10), lower.size());
        const std::size_t open = lower.find("url(", at);
        if (open == std::string::npos || open > end) continue;
        const std::size_t close = style.find(')', open);
        if (close == std::string_view::npos) break;
        std::string_view value = trim(style.substr(open + 4, close - open - 4));
        if (!value.empty() && (value.front() == '"' || value.front() == '\''))
            value = value.substr(1, value.size() - std::min<std::size_t>(value.size(), 2));
        if (is_address(value) && !is_weak(value)) return std::string(value);
    }
    return {};
}

bool is_background_picture(Node box) {
    if (box.attribute("role") == "img") return true;
    static const WordList words(
        "hero|lead|lede|cover|featured|figure|photo|picture|image|img|foto|bild|visual|poster|"
        "illustration|headerimage|thumb|thumbnail|lazyload|lazy|bg|background");
    bool found = false;
    const std::string_view names = box.class_name().substr(0, 300);
    for_each_word_of_names(names, [&](std::size_t begin, std::size_t end) {
        found = found || words.contains(ascii_lower(names.substr(begin, end - begin)));
    });
    return found;
}

std::string image_source(Node image) {
    if (image.tag() != LXB_TAG_IMG) return background_source(image);
    if (const std::string_view url = source_of_element(image); !url.empty())
        return std::string(url);
    std::string filled;
    for (const std::string_view name : kSourceNames) {
        const std::string_view url = trim(image.attribute(name));
        // "true", say, is none.
        if (is_placeholder(url) || url.find_first_of("./") == std::string_view::npos) continue;
        if (url.find_first_of(" {\"<") == std::string_view::npos) return std::string(url);
        if (filled.empty() && url.find_first_of(" \"<") == std::string_view::npos)
            filled = with_width(url);
    }
    const std::string_view src = trim(image.attribute(LXB_DOM_ATTR_SRC));
    if (!src.empty() && !is_weak(src)) {
        // What readers without scripts are shown is the picture.
        if (const Node twin = noscript_image_of(image)) {
            const std::string_view other = trim(twin.attribute(LXB_DOM_ATTR_SRC));
            if (!other.empty() && !is_weak(other)) return std::string(other);
        }
        return std::string(src);
    }
    for (const auto read : {source_of_element, source_of_any_name}) {
        std::string_view found;
        for_each_source_element(image, [&](Node node) {
            if (found.empty()) found = read(node);
        });
        if (!found.empty()) return std::string(found);
    }
    if (!filled.empty()) return filled;
    if (const Node twin = noscript_image_of(image)) {
        if (std::string found = image_source(twin); !found.empty()) return found;
    }
    // A weak one is better than none.
    return is_placeholder(src) ? std::string() : std::string(src);
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
             "t.me/", "telegram", "reddit.com", "weibo", "vk.com", "x.com/", "bsky.app",
             "threads.net", "threads.com", "mastodon", "truthsocial"}))
        return "post";
    return "other";
}

}  // namespace heliograph::extract
