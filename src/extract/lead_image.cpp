// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/lead_image.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/caption.h"
#include "extract/class_words.h"
#include "extract/media.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxUrlBytes = 4'000;
// A shorter name is that of many files.
constexpr std::size_t kMinKeyBytes = 6;
// Places where a page shows one picture that are looked at.
constexpr int kMaxPlaces = 6;
// Elements behind the headline among which a picture may lead the article.
constexpr std::size_t kNearElements = 120;
// Smaller pictures are portraits, icons, previews.
constexpr int kMinWidth = 300;
// A picture that metadata offer at less than this is a preview: a larger one of the page is better.
constexpr int kGoodWidth = 600;
// Nodes between a headline and the picture that leads the article.
constexpr int kMaxNodesBetween = 800;
// A text of this length is no standfirst and no byline.
constexpr std::size_t kProseBytes = 500;
// Elements before the headline among which it may stand too, over it.
constexpr std::size_t kAboveElements = 30;

bool is_site_default(std::string_view address, const LinkedData& linked) {
    if (address.empty() || address.starts_with("data:")) return true;
    if (!linked.publisher_logo.empty() && address == linked.publisher_logo) return true;
    // Words of the path, from its last folder on.
    std::string_view name =
        address.substr(0, std::min(address.find_first_of("?#"), address.size()));
    if (name.ends_with(".svg") || name.ends_with(".ico")) return true;
    static const WordList words(
        "logo|logos|placeholder|default|defaults|noimage|nopic|blank|spacer|favicon|sprite|avatar|"
        "gravatar|fallback|dummy|pixel|transparent|opengraph|ogimage");
    const std::size_t slash = name.rfind('/');
    const std::string key = folded(slash == std::string_view::npos ? name : name.substr(slash + 1));
    std::size_t count = 0;
    bool found = false;
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        found = found || words.contains(std::string_view(key).substr(begin, end - begin));
        ++count;
        begin = end + 1;
    }
    // "new-logo-for-the-national-railways.jpg" is a picture of a logo.
    return found && count <= 4;
}

// A name without size marks and extension: "bridge-1024x683.jpg" is "bridge".
std::string_view without_size(std::string_view name) {
    // "w1200_h630_x10_y20_bridge"
    while (true) {
        const std::size_t mark = name.find('_');
        if (mark == std::string_view::npos || mark < 3 || mark > 6) break;
        if (std::string_view("whxy").find(name.front()) == std::string_view::npos ||
            name.substr(1, mark - 1).find_first_not_of("0123456789") != std::string_view::npos)
            break;
        name.remove_prefix(mark + 1);
    }
    if (const std::size_t dot = name.rfind('.');
        dot != std::string_view::npos && name.size() - dot < 6)
        name = name.substr(0, dot);
    // "bridge.fill.size_1200x675.v1"
    if (const std::size_t size = name.find(".size_"); size != std::string_view::npos)
        name = name.substr(0, size);
    if (name.ends_with(".fill")) name.remove_suffix(5);
    // "-1024x683", "_1200", "@2x", "-scaled"
    for (bool again = true; again;) {
        again = false;
        if (name.ends_with("-scaled")) {
            name.remove_suffix(7);
            again = true;
        }
        const std::size_t mark = name.find_last_of("-_@");
        if (mark == std::string_view::npos || mark < 5) break;
        const std::string_view size = name.substr(mark + 1);
        const bool is_size =
            !size.empty() && size.size() <= 9 &&
            size.find_first_not_of("0123456789xXw") == std::string_view::npos &&
            (size.find('x') != std::string_view::npos || size.size() == 3 || size.size() == 4);
        if (is_size) {
            name = name.substr(0, mark);
            again = true;
        }
    }
    return name;
}

// The part of an address that all sizes and cuts of one picture share: the name of its file, or of
// the folder where files are called "original" or "1200x800". Points into the address; empty when
// it has no name of its own.
std::string_view image_key(std::string_view address) {
    // A server that scales has the address of the picture in its own.
    const std::string_view path = address.substr(0, std::min(address.find('?'), address.size()));
    const bool is_file = path.ends_with(".jpg") || path.ends_with(".jpeg") ||
                         path.ends_with(".png") || path.ends_with(".webp") ||
                         path.ends_with(".JPG") || path.ends_with(".gif");
    if (is_file) address = path;
    for (const std::string_view scheme : {"https://", "http://", "https%3A%2F%2F"}) {
        if (address.find("http", 1) == std::string_view::npos) break;  // nearly always
        if (const std::size_t inner = address.rfind(scheme);
            inner != std::string_view::npos && inner > 0)
            address = address.substr(inner);
    }
    address = address.substr(0, std::min(address.find_first_of("?#&"), address.size()));
    while (!address.empty()) {
        while (address.ends_with('/')) address.remove_suffix(1);
        const std::size_t slash = address.rfind('/');
        const std::size_t escaped =
            address.contains('%') ? address.rfind("%2F") : std::string_view::npos;
        std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
        if (escaped != std::string_view::npos && escaped + 3 > begin) begin = escaped + 3;
        const std::string_view name = without_size(address.substr(begin));
        static const WordList generic(
            "original|default|rendition|renditions|image|images|large|medium|small|header|"
            "thumbnail|thumb|hero-image|facebook|twitter|photo|cover|poster|teaser|desktop|mobile");
        const bool is_size =
            name.find_first_not_of("0123456789xX,:_-.") == std::string_view::npos &&
            (name.size() < 6 || name.contains('x'));
        if (name.size() >= kMinKeyBytes && !generic.contains(name) && !is_size) return name;
        if (begin == 0) break;
        address = address.substr(0, begin - 1);
        // The host is no name of a picture.
        if (address.ends_with("/") || !address.contains("//")) break;
        const std::size_t host = address.find("//") + 2;
        if (address.find('/', host) == std::string_view::npos) break;
    }
    return {};
}

int number_of(std::string_view text) {
    int value = 0;
    for (const char c : trim(text)) {
        if (c < '0' || c > '9' || value > 100'000) break;
        value = value * 10 + (c - '0');
    }
    return value;
}

struct Source {
    std::string_view address;
    int width = 0;  // 0: not said
};

// The largest picture of a srcset: "a.jpg 300w, b.jpg 900w", "a.jpg, b.jpg 2x".
Source best_of_set(std::string_view set) {
    Source best;
    set = set.substr(0, 8 * kMaxUrlBytes);
    while (!set.empty()) {
        const std::size_t begin = set.find_first_not_of(" \t\r\n,");
        if (begin == std::string_view::npos) break;
        set.remove_prefix(begin);
        const std::size_t space = std::min(set.find_first_of(" \t\r\n"), set.size());
        std::string_view address = set.substr(0, space);
        set.remove_prefix(space);
        std::string_view size;
        if (address.ends_with(',')) {
            address.remove_suffix(1);
        } else {
            const std::size_t comma = std::min(set.find(','), set.size());
            size = trim(set.substr(0, comma));
            set.remove_prefix(comma);
        }
        int width = number_of(size);
        if (size.ends_with('x')) width *= 500;  // a density: a plain picture is some 500 wide
        if (best.address.empty() || width > best.width) best = {address, width};
    }
    return best;
}

// Every address that an <img> has: its own, those of scripts that load it late, of <picture>.
std::vector<Source> sources_of(Node image) {
    std::vector<Source> sources;
    const auto add = [&](Node node) {
        const int width = number_of(node.attribute(LXB_DOM_ATTR_WIDTH));
        for (const std::string_view name :
             {"src", "data-src", "data-lazy-src", "data-original", "data-url", "data-image",
              "data-full-src", "data-hi-res-src", "data-large-file", "data-orig-file",
              "data-img-url"}) {
            const std::string_view address = trim(node.attribute(name));
            if (!address.empty() && !address.starts_with("data:") && address.size() < kMaxUrlBytes)
                sources.push_back({address, name == "src" ? width : 0});
        }
        for (const std::string_view name : {"srcset", "data-srcset", "data-lazy-srcset"}) {
            if (const Source best = best_of_set(node.attribute(name)); !best.address.empty())
                sources.push_back(best);
        }
    };
    add(image);
    if (const Node parent = image.parent();
        parent && parent.is_element() && parent.tag() == LXB_TAG_PICTURE) {
        for (Node source = parent.first_child(); source; source = source.next()) {
            if (source.is_element() && source.tag() == LXB_TAG_SOURCE) add(source);
        }
    }
    return sources;
}

Node enclosing(Node node, html::Tag tag, int levels) {
    for (; node && levels > 0; node = node.parent(), --levels) {
        if (node.is_element() && node.tag() == tag) return node;
    }
    return {};
}

std::string absolute(std::string_view address, const Url& base) {
    if (address.size() > kMaxUrlBytes) return {};
    const auto url = html::parse_url(address, &base);
    return url ? url->href : std::string{};
}

struct Claim {
    std::string address;  // absolute
    const char* source;
    int width = 0;
};

// What metadata name, best first, without logos and placeholders.
std::vector<Claim> collect_claims(const PageFacts& facts, const LinkedData& linked, const Url& url,
                                  const Entry* entry) {
    std::vector<Claim> claims;
    const auto claim = [&](std::string_view address, const char* source, int width = 0) {
        address = trim(address);
        if (address.size() > kMaxUrlBytes || is_site_default(address, linked)) return;
        if (width > 0 && width < 200) return;
        if (std::string href = absolute(address, url); !href.empty())
            claims.push_back({std::move(href), source, width});
    };
    const int declared_width = number_of(facts.meta("og:image:width"));
    claim(facts.meta("og:image"), "open-graph", declared_width);
    claim(facts.meta("og:image:url"), "open-graph", declared_width);
    claim(facts.meta("og:image:secure_url"), "open-graph", declared_width);
    for (const LinkedData::Image& image : linked.images) claim(image.url, "json-ld");
    claim(facts.meta("twitter:image"), "meta");
    claim(facts.meta("twitter:image:src"), "meta");
    claim(facts.link("image_src"), "meta");
    claim(facts.meta("sailthru.image.full"), "meta");
    claim(facts.meta("parsely-image-url"), "meta");
    if (entry != nullptr) claim(entry->image_url, "feed");
    claim(facts.meta("image"), "microdata");
    claim(facts.meta("thumbnailurl"), "meta");
    return claims;
}

bool is_empty(const Caption& caption) { return caption.text.empty() && caption.credit.empty(); }

// A picture of the page.
struct Shown {
    Node node;  // the <img>; null when there is none
    Source best;
    Caption caption;
};

// True when an attribute of the <img>, or of a <source> beside it, has `key` in it.
bool has_key(Node image, std::string_view key) {
    const auto in = [&](Node node) {
        bool found = false;
        node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            found = found || (id != LXB_DOM_ATTR_ALT && value.contains(key));
        });
        return found;
    };
    if (in(image)) return true;
    const Node parent = image.parent();
    if (!parent || !parent.is_element() || parent.tag() != LXB_TAG_PICTURE) return false;
    for (Node source = parent.first_child(); source; source = source.next()) {
        if (source.is_element() && source.tag() == LXB_TAG_SOURCE && in(source)) return true;
    }
    return false;
}

// Where the page shows the picture of that key: of several places the first with a caption.
Shown find_shown(const PageFacts& facts, std::string_view key, std::string_view title) {
    Shown shown;
    int places = 0;
    for (const Spot& spot : facts.images) {
        if ((spot.zone & kRoleComment) != 0 || !has_key(spot.node, key)) continue;
        // Small ones in lists of other articles show it too.
        if ((spot.zone & kRoleAside) != 0 && shown.node) continue;
        if (++places > kMaxPlaces) break;
        Caption caption = caption_of(spot.node, title);
        if (shown.node && is_empty(caption)) continue;
        shown = {.node = spot.node, .best = {}, .caption = std::move(caption)};
        for (const Source& source : sources_of(spot.node)) {
            if (source.address.contains(key) && source.width > shown.best.width)
                shown.best = source;
        }
        if (!is_empty(shown.caption)) break;
    }
    return shown;
}

// True when a paragraph of the text stands between the headline and the picture, or so much that
// this cannot be told.
bool has_prose_between(const PageFacts& facts, Node headline, Node picture) {
    if (!headline) return true;
    int looked_at = 0;
    for (Node node = headline; node; node = node.next_in(facts.body)) {
        if (node == picture) return false;
        if (++looked_at > kMaxNodesBetween) break;
        if (node.is_text() && trim(node.text()).size() > kProseBytes) return true;
    }
    return true;
}

// The first large picture at or behind the headline.
Shown find_leading(const PageFacts& facts, const LinkedData& linked, std::size_t headline_order,
                   std::string_view title) {
    for (const Spot& spot : facts.images) {
        if (spot.order + kAboveElements < headline_order) continue;
        if (spot.order > headline_order + kNearElements) break;
        if ((spot.zone & (kRoleComment | kRoleAside | kRoleBio | kRoleAd | kRoleHidden)) != 0 ||
            (spot.roles & kRoleLogo) != 0)
            continue;
        const int width = number_of(spot.node.attribute(LXB_DOM_ATTR_WIDTH));
        if (width > 0 && width < kMinWidth) continue;
        const std::vector<Source> sources = sources_of(spot.node);
        Source best;
        if (!sources.empty()) best = *std::ranges::max_element(sources, {}, &Source::width);
        if (!best.address.empty() &&
            (is_sign(best.address) || is_site_default(best.address, linked)))
            continue;
        Shown shown{.node = spot.node, .best = best, .caption = caption_of(spot.node, title)};
        const bool in_figure = static_cast<bool>(enclosing(spot.node, LXB_TAG_FIGURE, 8));
        // A picture of unknown size is a large one where it has a figure or a caption.
        if (width == 0 && best.width < kMinWidth && !in_figure && is_empty(shown.caption)) continue;
        if (spot.order < headline_order && !in_figure) continue;
        if (best.address.empty() && is_empty(shown.caption)) continue;
        return shown;
    }
    return {};
}

}  // namespace

std::optional<ImageChoice> choose_lead_image(const PageFacts& facts, const LinkedData& linked,
                                             const Url& url, Node headline, std::string_view title,
                                             const Entry* entry) {
    const std::vector<Claim> claims = collect_claims(facts, linked, url, entry);
    const std::size_t headline_order = facts.order_of(headline);
    ImageChoice choice;
    Shown shown;
    if (!claims.empty()) {
        const Claim& first = claims.front();
        choice.image.url = first.address;
        const std::string_view key = image_key(first.address);
        const bool agreed = std::ranges::count_if(claims, [&](const Claim& other) {
                                return image_key(other.address) == key;
                            }) > 1;
        choice.evidence = {first.source, agreed ? 0.9 : 0.75};
        if (!key.empty()) shown = find_shown(facts, key, title);
        if (first.width > 0 && first.width < kGoodWidth && shown.best.width > first.width) {
            if (std::string href = absolute(shown.best.address, url); !href.empty())
                choice.image.url = std::move(href);
        }
        if (!shown.node) {
            // Readers see it under another name where a captioned picture stands between headline
            // and text.
            shown = find_leading(facts, linked, headline_order, title);
            if (is_empty(shown.caption) || has_prose_between(facts, headline, shown.node))
                shown = {};
        }
    } else {
        shown = find_leading(facts, linked, headline_order, title);
        if (!shown.node || shown.best.address.empty()) return std::nullopt;
        choice.image.url = absolute(shown.best.address, url);
        if (choice.image.url.empty()) return std::nullopt;
        choice.evidence = {"markup", is_empty(shown.caption) ? 0.45 : 0.6};
    }
    choice.node = shown.node;
    if (choice.node) {
        choice.image.alt = collapse_space(choice.node.attribute(LXB_DOM_ATTR_ALT));
        choice.image.caption = std::move(shown.caption.text);
        choice.image.credit = std::move(shown.caption.credit);
        const Node figure = enclosing(choice.node, LXB_TAG_FIGURE, 8);
        choice.words_evidence = {"markup", figure ? 0.9 : 0.75};
        if (figure) choice.node = figure;
    }
    if (choice.image.caption.empty() && choice.image.credit.empty()) {
        // The page prints nothing: what the metadata say of it is all that there is. Many repeat
        // the text for who cannot see the picture, or the headline, there: no caption.
        for (const LinkedData::Image& image : linked.images) {
            if (image_key(image.url) != image_key(choice.image.url)) continue;
            Caption said = split_credit(image.caption);
            if (said.text == choice.image.alt || said.text == title) said.text.clear();
            if (said.credit.empty()) said.credit = cleaned_credit(image.credit);
            if (is_empty(said)) continue;
            choice.image.caption = std::move(said.text);
            choice.image.credit = std::move(said.credit);
            choice.words_evidence = {"json-ld", 0.6};
            break;
        }
    }
    if (choice.image.alt.empty())
        choice.image.alt = collapse_space(html::unescape(facts.meta("og:image:alt")));
    return choice;
}

}  // namespace heliograph::extract
