// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/lead_image.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"
#include "html/article_html.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxUrlBytes = 4'000;
// Elements of a table that is a picture with its caption.
constexpr int kMaxFigureElements = 20;
constexpr std::size_t kMaxCaptionBytes = 1'500;
constexpr std::size_t kMaxCreditBytes = 200;
// Elements behind the headline among which a picture may lead the article.
constexpr std::size_t kNearElements = 120;
// Smaller pictures are portraits, icons, previews.
constexpr int kMinWidth = 300;
// A picture that metadata offer at less than this is a preview: a larger one of the page is better.
constexpr int kGoodWidth = 600;
// Elements looked at inside a <figure>.
constexpr int kMaxInside = 300;

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

// The name of the file without folder, size marks and extension: what all sizes of one picture
// share. Points into the address.
std::string_view stem(std::string_view address) {
    address = address.substr(0, std::min(address.find_first_of("?#"), address.size()));
    while (address.ends_with('/')) address.remove_suffix(1);
    std::string_view name = address.substr(std::min(address.rfind('/') + 1, address.size()));
    // Some servers put the size last: ".../abc123/rendition/1200".
    if (name.size() < 6) return {};
    if (const std::size_t dot = name.rfind('.');
        dot != std::string_view::npos && name.size() - dot < 6)
        name = name.substr(0, dot);
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
              "data-full-src", "data-hi-res-src", "data-large-file", "data-orig-file"}) {
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

// Phrases before a photographer's name.
std::size_t credit_lead(std::string_view text) {
    static const WordList words(
        "photo by|photo:|photo credit:|photo credit|photo courtesy of|photograph by|photograph:|"
        "photographer:|photos by|photography by|picture:|picture by|image:|image credit:|"
        "image credits:|image by|image courtesy of|image source:|credit:|credits:|courtesy "
        "of|courtesy|"
        "source:|illustration by|illustration:|graphic:|foto:|fotos:|foto di|foto de|foto "
        "von|bild:|"
        "bilder:|quelle:|bildquelle:|©|(c)|crédit :|crédit:|crédits :|crédit photo :|photo :|"
        "foto © |fotografía:|imagen:|crédito:|fonte:|fuente:|zdjęcie:|fot.|źródło:|фото:|фото |"
        "источник:|източник:|φωτογραφία:|φωτό:|kép:|fotó:|kilde:|kuva:|fotoğraf:|"
        "写真：|写真:|撮影：|撮影:|撮影／|画像：|图片来源：|图源：|图片：|图/"
        "|图：|来源：|圖片來源：|圖／|圖:|圖：|攝影：|摄影：|사진=|사진:|"
        "사진 |الصورة:|تصوير:|عکس:|ภาพ:|ảnh:|getty images|ap "
        "photo|afp|reuters|shutterstock|istock");
    std::size_t longest = 0;
    words.for_each_prefix_of(lowered(text.substr(0, 60)), [&](std::string_view word) {
        longest = std::max(longest, word.size());
    });
    return longest;
}

std::string cleaned_credit(std::string_view credit) {
    credit = trim(credit);
    if (credit.starts_with('(') && credit.ends_with(')'))
        credit = credit.substr(1, credit.size() - 2);
    static const WordList agencies("getty images|ap photo|afp|reuters|shutterstock|istock");
    const std::size_t lead = credit_lead(credit);
    bool is_agency = false;
    agencies.for_each_prefix_of(lowered(credit.substr(0, 40)),
                                [&](std::string_view) { is_agency = true; });
    if (lead > 0 && lead < credit.size() && !is_agency) credit = trim(credit.substr(lead));
    while (credit.starts_with(':') || credit.starts_with('-') || credit.starts_with('|'))
        credit = trim(credit.substr(1));
    if (credit.size() > kMaxCreditBytes) return {};
    return std::string(credit);
}

}  // namespace

Caption split_credit(std::string_view caption) {
    caption = trim(caption.substr(0, kMaxCaptionBytes));
    Caption out;
    if (credit_lead(caption) > 0 && caption.size() <= kMaxCreditBytes) {
        out.credit = cleaned_credit(caption);
        return out;
    }
    // The credit begins behind a full stop, a bracket, a bar or a slash; the last such place
    // counts.
    for (std::size_t at = caption.size(); at-- > 1;) {
        const char c = caption[at - 1];
        const bool border =
            c == '(' || c == '|' || c == '/' || c == ']' || c == '[' ||
            (c == ' ' && at >= 2 &&
             (caption[at - 2] == '.' || caption[at - 2] == ')' || caption[at - 2] == '"' ||
              caption[at - 2] == '-' || caption[at - 2] == '!' || caption[at - 2] == '?')) ||
            static_cast<unsigned char>(c) >= 0x80 ||
            static_cast<unsigned char>(caption[at]) == 0xC2;
        if (!border || caption.size() - at > kMaxCreditBytes) continue;
        if (credit_lead(caption.substr(at)) == 0) continue;
        std::string_view credit = caption.substr(at);
        std::string_view text = caption.substr(0, at);
        if (c == '(' || c == '|' || c == '/' || c == '[') text.remove_suffix(1);
        if (credit.ends_with(')') && c == '(') credit.remove_suffix(1);
        if (credit.ends_with(']') && c == '[') credit.remove_suffix(1);
        text = trim(text);
        for (const std::string_view open : {"（", "【", "|", "-", "–"}) {
            if (text.ends_with(open)) text = trim(text.substr(0, text.size() - open.size()));
        }
        for (const std::string_view close : {"）", "】"}) {
            if (credit.ends_with(close)) credit = credit.substr(0, credit.size() - close.size());
        }
        out.text = std::string(text);
        out.credit = cleaned_credit(credit);
        return out;
    }
    out.text = std::string(caption);
    return out;
}

// The row below the picture in a table that has nothing else: how figures were made before
// <figure>. Null when there is none.
Node caption_row(Node image) {
    const Node row = enclosing(image, LXB_TAG_TR, 5);
    const Node table = row ? enclosing(row, LXB_TAG_TABLE, 3) : Node{};
    if (!table) return {};
    int elements = 0;
    for (Node node = table.next_in(table); node; node = node.next_in(table)) {
        if (!node.is_element()) continue;
        if (++elements > kMaxFigureElements || node.tag() == LXB_TAG_TABLE ||
            (node.tag() == LXB_TAG_IMG && node != image))
            return {};
    }
    Node below = row.next();
    while (below && !below.is_element()) below = below.next();
    return below;
}

Caption caption_of(Node image) {
    if (const Node below = caption_row(image)) {
        const std::string text = short_text(below, kMaxCaptionBytes);
        if (!text.empty()) return split_credit(text);
    }
    // The caption's own element: <figcaption>, or one named so near the picture.
    Node place = enclosing(image, LXB_TAG_FIGURE, 8);
    const bool in_figure = static_cast<bool>(place);
    if (!place) {
        place = image.parent();
        // The boxes round the picture alone.
        for (int level = 0; place && level < 3 && place.parent() && place.parent().is_element() &&
                            place.parent().tag() != LXB_TAG_BODY;
             ++level)
            place = place.parent();
    }
    if (!place || !place.is_element()) return {};
    ClassWords words;
    Node caption;
    std::string credit;
    int looked_at = 0;
    int images = 0;
    for (Node node = place.first_child(); node && looked_at < kMaxInside; ++looked_at) {
        if (!node.is_element()) {
            node = node.next_in(place);
            continue;
        }
        if (html::is_unseen(node.tag())) {
            node = node.next_past(place);
            continue;
        }
        if (node.tag() == LXB_TAG_IMG && node != image) ++images;
        const std::uint32_t roles = words.roles(node.class_name()) | words.roles(node.id());
        if ((roles & kRoleCredit) != 0 && credit.empty()) {
            credit = cleaned_credit(short_text(node, kMaxCreditBytes));
        } else if (!caption && (node.tag() == LXB_TAG_FIGCAPTION ||
                                ((roles & kRoleCaption) != 0 && images == 0))) {
            caption = node;
        }
        node = node.next_in(place);
    }
    // Pictures of a gallery share no caption.
    if (!in_figure && images > 0) return {};
    Caption out;
    if (caption) {
        std::string text = short_text(caption, kMaxCaptionBytes);
        // The credit's element is often inside the caption's.
        if (!credit.empty()) {
            if (const std::size_t at = text.rfind(credit); at != std::string::npos) {
                Caption split = split_credit(text);
                if (split.credit.empty() && at + credit.size() == text.size()) {
                    std::string_view rest = trim(std::string_view(text).substr(0, at));
                    while (rest.ends_with('(') || rest.ends_with('|') || rest.ends_with('-') ||
                           rest.ends_with('/'))
                        rest = trim(rest.substr(0, rest.size() - 1));
                    split.text = std::string(rest);
                }
                text = split.text;
            }
            out.text = text;
            out.credit = credit;
        } else {
            out = split_credit(text);
        }
    } else {
        out.credit = credit;
    }
    // "Photo" and "Image" alone say nothing.
    if (word_count(out.text) < 2 && out.text.size() < 8) out.text.clear();
    return out;
}

std::optional<ImageChoice> choose_lead_image(const PageFacts& facts, const LinkedData& linked,
                                             const Url& url, Node headline, const Entry* entry) {
    struct Claim {
        std::string address;
        const char* source;
        int width = 0;
    };
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

    const std::size_t headline_order = facts.order_of(headline);

    ImageChoice choice;
    if (!claims.empty()) {
        const Claim& first = claims.front();
        choice.image.url = first.address;
        const bool agreed = std::ranges::count_if(claims, [&](const Claim& other) {
                                return stem(other.address) == stem(first.address);
                            }) > 1;
        choice.evidence = {first.source, agreed ? 0.9 : 0.75};
        // Where the page shows it.
        const std::string_view wanted = stem(first.address);
        if (!wanted.empty()) {
            for (const Spot& spot : facts.images) {
                if ((spot.zone & (kRoleComment | kRoleAside)) != 0) continue;
                Source best;
                bool matches = false;
                for (const Source& source : sources_of(spot.node)) {
                    if (source.address.find(wanted) == std::string_view::npos) continue;
                    matches = true;
                    if (source.width > best.width) best = source;
                }
                if (!matches) continue;
                choice.node = spot.node;
                if (first.width > 0 && first.width < kGoodWidth && best.width > first.width) {
                    if (std::string href = absolute(best.address, url); !href.empty())
                        choice.image.url = std::move(href);
                }
                break;
            }
        }
        for (const LinkedData::Image& image : linked.images) {
            if (stem(image.url) != wanted || wanted.empty()) continue;
            if (choice.image.caption.empty()) choice.image.caption = image.caption;
            if (choice.image.credit.empty()) choice.image.credit = cleaned_credit(image.credit);
        }
    }
    // Without a word of the metadata: the first large picture behind the headline. Where metadata
    // name one that the page does not show under that name, no other picture's caption is taken.
    if (choice.image.url.empty()) {
        for (const Spot& spot : facts.images) {
            if (spot.order < headline_order) continue;
            if (spot.order > headline_order + kNearElements) break;
            if ((spot.zone & (kRoleComment | kRoleAside | kRoleBio | kRoleAd | kRoleHidden)) != 0 ||
                (spot.roles & kRoleLogo) != 0)
                continue;
            const std::vector<Source> sources = sources_of(spot.node);
            if (sources.empty()) continue;
            const int width = number_of(spot.node.attribute(LXB_DOM_ATTR_WIDTH));
            if (width > 0 && width < kMinWidth) continue;
            const auto best = std::ranges::max_element(sources, {}, &Source::width);
            if (is_site_default(best->address, linked)) continue;
            const bool in_figure = static_cast<bool>(enclosing(spot.node, LXB_TAG_FIGURE, 8));
            if (width == 0 && best->width < kMinWidth && !in_figure) continue;
            choice.image.url = absolute(best->address, url);
            if (choice.image.url.empty()) continue;
            choice.evidence = {"markup", in_figure ? 0.6 : 0.45};
            choice.node = spot.node;
            break;
        }
    }
    if (choice.image.url.empty()) return std::nullopt;
    if (choice.node) {
        choice.image.alt = collapse_space(choice.node.attribute(LXB_DOM_ATTR_ALT));
        Caption caption = caption_of(choice.node);
        if (!caption.text.empty()) choice.image.caption = std::move(caption.text);
        if (!caption.credit.empty()) choice.image.credit = std::move(caption.credit);
        if (const Node figure = enclosing(choice.node, LXB_TAG_FIGURE, 8)) choice.node = figure;
    }
    if (choice.image.alt.empty())
        choice.image.alt = collapse_space(html::unescape(facts.meta("og:image:alt")));
    if (choice.image.credit.empty()) {
        Caption split = split_credit(choice.image.caption);
        choice.image.caption = std::move(split.text);
        choice.image.credit = std::move(split.credit);
    }
    return choice;
}

}  // namespace heliograph::extract
