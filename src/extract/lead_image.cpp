// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/lead_image.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/caption.h"
#include "extract/class_words.h"
#include "extract/media.h"
#include "extract/picture_name.h"
#include "extract/text_fold.h"
#include "extract/trace.h"
#include "extract/word_list.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxUrlBytes = 4'000;
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
// A text of this length may be a standfirst or the first paragraph.
constexpr std::size_t kLineBytes = 100;
// Standfirsts of one article.
constexpr int kMaxStandfirsts = 1;
// Elements before the headline among which it may stand too, over it.
constexpr std::size_t kAboveElements = 30;
// Elements between a picture and its <figure>.
constexpr int kFigureLevels = 9;

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

Node enclosing(Node node, html::Tag tag, int levels) {
    for (; node && levels > 0; node = node.parent(), --levels) {
        if (node.is_element() && node.tag() == tag) return node;
    }
    return {};
}

std::string absolute(std::string_view address, const Url& base) {
    if (address.empty() || address.size() > kMaxUrlBytes) return {};
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
    const int declared_width = pixels(facts.meta("og:image:width"));
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
    Node node;            // the <img> or a box with a background; null when there is none
    std::string address;  // as the page writes it
    int width = 0;        // in pixels; 0 when nothing says it
    Caption caption;
    bool is_in_figure = false;
};

// Returns the largest width that the page says for a candidate of the picture.
int largest_width(Node image) {
    int width = 0;
    for (const PictureSource& source : picture_sources(image))
        width = std::max(width, source.width);
    return width;
}

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
        shown = {.node = spot.node, .address = {}, .width = 0, .caption = std::move(caption)};
        for (const PictureSource& source : picture_sources(spot.node)) {
            if (!source.address.contains(key) || source.width <= shown.width) continue;
            shown.address = source.address;
            shown.width = source.width;
        }
        if (!is_empty(shown.caption)) break;
    }
    return shown;
}

// How much text stands between the headline and the picture.
enum class Between : std::uint8_t {
    kNothing,  // a byline, a date, a standfirst
    kLines,    // perhaps the first paragraphs
    kProse,    // a paragraph of the text, or so much that this cannot be known
};

Between text_between(const PageFacts& facts, Node headline, Node picture) {
    if (!headline || !picture) return Between::kProse;
    int looked_at = 0;
    int lines = 0;
    for (Node node = headline; node; node = node.next_in(facts.body)) {
        if (node == picture) return lines > kMaxStandfirsts ? Between::kLines : Between::kNothing;
        if (++looked_at > kMaxNodesBetween) break;
        if (!node.is_text()) continue;
        const std::size_t bytes = trim(node.text()).size();
        if (bytes > kProseBytes) return Between::kProse;
        if (bytes > kLineBytes) ++lines;
    }
    return Between::kProse;
}

// Whether a box with a background may be the picture of the article: it is in a figure, or named
// for a picture.
bool may_lead(Node node) {
    return node.tag() == LXB_TAG_IMG || enclosing(node, LXB_TAG_FIGURE, kFigureLevels) ||
           is_background_picture(node);
}

// Finds the first large picture at or behind the headline.
Shown find_leading(const PageFacts& facts, const LinkedData& linked, std::size_t headline_order,
                   std::string_view title) {
    for (const Spot& spot : facts.images) {
        if (spot.order + kAboveElements < headline_order) continue;
        if (spot.order > headline_order + kNearElements) break;
        if ((spot.zone & (kRoleComment | kRoleAside | kRoleBio | kRoleAd | kRoleHidden)) != 0 ||
            (spot.roles & kRoleLogo) != 0 || !may_lead(spot.node))
            continue;
        const int width = pixels(spot.node.attribute(LXB_DOM_ATTR_WIDTH));
        if (width > 0 && width < kMinWidth) continue;
        Shown shown{.node = spot.node,
                    .address = image_source(spot.node),
                    .width = std::max(width, largest_width(spot.node)),
                    .caption = caption_of(spot.node, title)};
        if (!shown.address.empty() &&
            (is_sign(shown.address) || is_site_default(shown.address, linked)))
            continue;
        shown.is_in_figure = static_cast<bool>(enclosing(spot.node, LXB_TAG_FIGURE, kFigureLevels));
        // A picture of unknown size is a large one where it has a figure or a caption.
        if (shown.width < kMinWidth && !shown.is_in_figure && is_empty(shown.caption) &&
            spot.node.tag() == LXB_TAG_IMG)
            continue;
        if (spot.order < headline_order && !shown.is_in_figure && spot.node.tag() == LXB_TAG_IMG)
            continue;
        if (shown.address.empty() && is_empty(shown.caption)) continue;
        return shown;
    }
    return {};
}

}  // namespace

std::optional<ImageChoice> choose_lead_image(const PageFacts& facts, const LinkedData& linked,
                                             const Url& url, Node headline, std::string_view title,
                                             const Entry* entry, Trace* trace) {
    const std::vector<Claim> claims = collect_claims(facts, linked, url, entry);
    for (std::size_t i = 0; trace != nullptr && i < claims.size(); ++i)
        trace_candidate(trace, {.field = "lead_image",
                                .value = claims[i].address,
                                .source = claims[i].source,
                                .is_chosen = i == 0});
    const std::size_t headline_order = facts.order_of(headline);
    ImageChoice choice;
    Shown shown;
    if (!claims.empty()) {
        const Claim& first = claims.front();
        choice.image.url = first.address;
        const std::string_view key = name_in_address(first.address);
        const bool agreed = std::ranges::count_if(claims, [&](const Claim& other) {
                                return name_in_address(other.address) == key;
                            }) > 1;
        choice.evidence = {first.source, agreed ? 0.9 : 0.75};
        trace_reason(trace, "lead_image", "the first that the metadata name, without logos");
        if (!key.empty()) shown = find_shown(facts, key, title);
        if (first.width > 0 && first.width < kGoodWidth && shown.width > first.width) {
            if (std::string href = absolute(shown.address, url); !href.empty())
                choice.image.url = std::move(href);
        }
        if (!shown.node) {
            // Metadata often name a cut for other sites that the page does not show. The picture
            // between headline and text is then mostly the same one.
            shown = find_leading(facts, linked, headline_order, title);
            const Between between = text_between(facts, headline, shown.node);
            const bool has_words = !is_empty(shown.caption) && between != Between::kProse;
            const bool is_large =
                (shown.is_in_figure || shown.width >= kGoodWidth) && between == Between::kNothing;
            if (!has_words && !is_large) shown = {};
            if (std::string href = absolute(shown.address, url);
                !href.empty() && picture_key(href) != picture_key(first.address))
                choice.shown_url = std::move(href);
        }
    } else {
        shown = find_leading(facts, linked, headline_order, title);
        if (!shown.node || shown.address.empty()) return std::nullopt;
        choice.image.url = absolute(shown.address, url);
        if (choice.image.url.empty()) return std::nullopt;
        choice.evidence = {"markup", is_empty(shown.caption) ? 0.45 : 0.6};
        trace_reason(trace, "lead_image",
                     "no metadata name one: the first large picture near the headline");
    }
    choice.node = shown.node;
    if (choice.node) {
        choice.image.alt = collapse_space(choice.node.attribute(LXB_DOM_ATTR_ALT));
        if (choice.image.alt.empty() && choice.node.tag() != LXB_TAG_IMG)
            choice.image.alt = collapse_space(choice.node.attribute("aria-label"));
        if (choice.image.alt.empty())
            if (const Node twin = noscript_image_of(choice.node))
                choice.image.alt = collapse_space(twin.attribute(LXB_DOM_ATTR_ALT));
        choice.image.caption = std::move(shown.caption.text);
        choice.image.credit = std::move(shown.caption.credit);
        const Node figure = enclosing(choice.node, LXB_TAG_FIGURE, kFigureLevels);
        choice.words_evidence = {"markup", figure ? 0.9 : 0.75};
        if (figure) choice.node = figure;
    }
    if (choice.image.caption.empty() && choice.image.credit.empty()) {
        // The page prints nothing: what the metadata say of it is all that there is. Many repeat
        // the text for who cannot see the picture, or the headline, there: no caption.
        for (const LinkedData::Image& image : linked.images) {
            if (name_in_address(image.url) != name_in_address(choice.image.url)) continue;
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
