// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_facts.h"

#include <lexbor/dom/interfaces/attr_const.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "extract/class_words.h"

namespace heliograph::extract {
namespace {

using html::Node;
using html::Tag;

// Pages of news have below a hundred of each; a page of thousands must not make later steps slow.
constexpr std::size_t kMaxMetas = 500;
constexpr std::size_t kMaxSpots = 300;
constexpr std::size_t kMaxImages = 1'000;
constexpr std::size_t kMaxScripts = 60;
constexpr std::size_t kMaxPagerLinks = 100;

// Zones that say: what stands here is not of the article.
constexpr std::uint32_t kZoneRoles = kRoleAside | kRoleComment | kRoleHidden | kRoleAd | kRoleBio |
                                     kRoleSite | kRoleTags | kRoleQuote;

void add(std::vector<Spot>& spots, const Spot& spot, std::size_t most = kMaxSpots) {
    if (spots.size() < most) spots.push_back(spot);
}

std::string_view first_text(Node element) {
    const Node child = element.first_child();
    return child && child.is_text() ? child.text() : std::string_view{};
}

// "1", "12": the label of a page; the first one's address has no number.
bool is_number(std::string_view text) {
    text = trim(text);
    return !text.empty() && text.size() <= 3 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether the end of an address may be the number of a part, or a word for all of them. Ids of
// articles are longer than three digits.
bool may_be_part(std::string_view href) {
    constexpr std::size_t kEnd = 24;
    const std::string_view end = href.substr(href.size() - std::min(href.size(), kEnd));
    std::size_t digits = 0;
    for (const char c : end) {
        const bool is_digit = c >= '0' && c <= '9';
        if (!is_digit && digits > 0 && digits <= 3) return true;
        digits = is_digit ? digits + 1 : 0;
    }
    if (digits > 0 && digits <= 3) return true;
    for (const std::string_view word : {"all", "full", "single", "one", "komplett"})
        if (end.contains(word)) return true;
    return false;
}

// One for each word of a list separated by white space.
template <typename Visitor>
void for_each_word(std::string_view list, Visitor&& visit) {
    while (true) {
        const std::size_t begin = list.find_first_not_of(" \t\r\n\f");
        if (begin == std::string_view::npos) return;
        list.remove_prefix(begin);
        const std::size_t end = std::min(list.find_first_of(" \t\r\n\f"), list.size());
        visit(list.substr(0, end));
        list.remove_prefix(end);
    }
}

class Collector {
  public:
    explicit Collector(const html::Document& page)
        : page_(page),
          name_(page.attribute_id("name")),
          itemprop_(page.attribute_id("itemprop")),
          property_(page.attribute_id("property")),
          rel_(page.attribute_id("rel")),
          role_(page.attribute_id("role")),
          style_(page.attribute_id("style")),
          backgrounds_{page.attribute_id("data-bg"), page.attribute_id("data-background"),
                       page.attribute_id("data-background-image"),
                       page.attribute_id("data-bgset")} {}

    PageFacts collect() {
        facts_.body = page_.body();
        const Node root = page_.root();
        for (Node node = root.next_in(root); node;) {
            if (node == zone_end_) leave_zones(node);
            if (!node.is_element()) {
                node = node.next_in(root);
                continue;
            }
            ++order_;
            node = visit(node) ? node.next_in(root) : node.next_past(root);
        }
        return std::move(facts_);
    }

  private:
    // False when what is inside is not to be seen.
    bool visit(Node node) {
        switch (node.tag()) {
            case LXB_TAG_HTML:
                facts_.html_lang = node.attribute(page_.attribute_id("lang"));
                if (facts_.html_lang.empty())
                    facts_.html_lang = node.attribute(page_.attribute_id("xml:lang"));
                return true;
            case LXB_TAG_HEAD:
            case LXB_TAG_BODY:
                return true;
            case LXB_TAG_META:
                visit_meta(node);
                return false;
            case LXB_TAG_BASE:
                // The first one with an address counts: HTML, "document base URL".
                if (facts_.base_href.empty())
                    facts_.base_href = trim(node.attribute(LXB_DOM_ATTR_HREF));
                return false;
            case LXB_TAG_LINK:
                visit_link(node);
                return false;
            case LXB_TAG_TITLE:
                if (facts_.title_tag.empty()) facts_.title_tag = collapse_space(first_text(node));
                return false;
            case LXB_TAG_SCRIPT:
                if (facts_.json_ld.size() < kMaxScripts &&
                    starts_with_ignoring_ascii_case(trim(node.attribute(LXB_DOM_ATTR_TYPE)),
                                                    "application/ld+json"))
                    facts_.json_ld.push_back(first_text(node));
                return false;
            default:
                break;
        }
        if (html::is_unseen(node.tag())) return false;
        visit_shown(node);
        return true;
    }

    void visit_meta(Node node) {
        if (facts_.metas.size() >= kMaxMetas) return;
        std::string_view content;
        std::string_view keys[3];
        node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            if (id == LXB_DOM_ATTR_CONTENT) content = value;
            if (id == name_) keys[0] = value;
            if (id == property_ && property_ != LXB_DOM_ATTR__UNDEF) keys[1] = value;
            if (id == itemprop_ && itemprop_ != LXB_DOM_ATTR__UNDEF) keys[2] = value;
            if (id == LXB_DOM_ATTR_HTTP_EQUIV && keys[0].empty()) keys[0] = value;
        });
        content = trim(content);
        if (content.empty()) return;
        for (const std::string_view key : keys) {
            if (!key.empty()) facts_.metas.push_back({ascii_lower(trim(key)), content});
        }
    }

    [[nodiscard]] bool is_background_name(lxb_dom_attr_id_t id) const {
        return id != LXB_DOM_ATTR__UNDEF &&
               std::ranges::find(backgrounds_, id) != backgrounds_.end();
    }

    void visit_link(Node node) {
        if (facts_.links.size() >= kMaxMetas) return;
        const std::string_view href = trim(node.attribute(LXB_DOM_ATTR_HREF));
        if (href.empty()) return;
        for_each_word(node.attribute(rel_), [&](std::string_view rel) {
            facts_.links.push_back({ascii_lower(rel), href});
            const std::string_view title = node.attribute(LXB_DOM_ATTR_TITLE);
            if (facts_.links.back().key == "next" && !trim(title).empty() &&
                html::read_pager_label(title).word == html::PagerWord::kNone)
                facts_.has_titled_next = true;
        });
    }

    void visit_shown(Node node) {
        Spot spot;
        spot.node = node;
        spot.order = order_;
        spot.zone = zone_;
        std::string_view role;
        std::string_view rel;
        bool has_background = false;
        node.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            if (id == LXB_DOM_ATTR_CLASS || id == LXB_DOM_ATTR_ID) {
                spot.roles |= words_.roles(value);
            } else if (id == itemprop_ && itemprop_ != LXB_DOM_ATTR__UNDEF) {
                spot.property = trim(value);
            } else if (id == property_ && property_ != LXB_DOM_ATTR__UNDEF) {
                if (spot.property.empty()) spot.property = trim(value);
            } else if (id == rel_ && rel_ != LXB_DOM_ATTR__UNDEF) {
                rel = value;
            } else if (id == role_ && role_ != LXB_DOM_ATTR__UNDEF) {
                role = value;
            } else if (id == style_ && style_ != LXB_DOM_ATTR__UNDEF) {
                has_background = has_background || value.contains("url(");
            } else if (is_background_name(id)) {
                has_background = true;
            }
        });
        const Tag tag = node.tag();
        std::uint32_t zone = spot.roles & kZoneRoles;
        if (tag == LXB_TAG_NAV || tag == LXB_TAG_FOOTER || tag == LXB_TAG_ASIDE ||
            role == "navigation" || role == "contentinfo" || role == "complementary")
            zone |= kRoleAside;
        if (tag == LXB_TAG_BLOCKQUOTE) zone |= kRoleQuote;
        // A name on a wrapper of everything ("has-sidebar", "nav-fixed") says nothing of what is
        // inside it.
        if (tag == LXB_TAG_MAIN || tag == LXB_TAG_ARTICLE) zone = 0;

        if (!rel.empty()) {
            for_each_word(rel, [&](std::string_view word) {
                if (word == "author" && spot.property.empty()) spot.property = "author";
            });
        }
        if (tag == LXB_TAG_A && (rel == "tag" || (zone_ & kRoleTags) != 0)) add(facts_.tags, spot);
        // Comments have pagers of their own.
        if (tag == LXB_TAG_A && (zone_ & kRoleComment) == 0)
            visit_pager_link(node, rel == "next" || (spot.roles & kRoleNext) != 0);
        if (has_background && tag != LXB_TAG_IMG && tag != LXB_TAG_BODY)
            add(facts_.images, spot, kMaxImages);
        sort_out(spot);
        if (zone != 0 && (zone & ~zone_) != 0 && node.first_child()) enter_zone(node, zone);
    }

    void visit_pager_link(Node node, bool is_marked) {
        if (facts_.pager_links.size() >= kMaxPagerLinks) return;
        const std::string_view href = trim(node.attribute(LXB_DOM_ATTR_HREF));
        if (href.empty() || href.contains("#comment")) return;
        if (!is_marked && !may_be_part(href) && !is_number(first_text(node))) return;
        const html::PagerLabel label = html::read_pager_label(node);
        if (!is_marked &&
            (label.word == html::PagerWord::kNone || label.word == html::PagerWord::kBare))
            return;
        facts_.pager_links.push_back({.href = href, .label = label, .is_marked = is_marked});
    }

    void sort_out(const Spot& spot) {
        const Tag tag = spot.node.tag();
        const bool heading = tag >= LXB_TAG_H1 && tag <= LXB_TAG_H6;
        // Menus have a title at each of their hundreds of items.
        const bool named_title = (spot.roles & kRoleTitle) != 0 && tag != LXB_TAG_A &&
                                 ((spot.roles | zone_) & kRoleAside) == 0;
        if (heading || spot.property == "headline" || named_title) add(facts_.headings, spot);
        if (tag == LXB_TAG_IMG) {
            add(facts_.images, spot, kMaxImages);
            return;
        }
        const bool author_link =
            tag == LXB_TAG_A && zone_ == 0 &&
            spot.node.attribute(LXB_DOM_ATTR_HREF).find("/author") != std::string_view::npos;
        if ((spot.roles & kRoleAuthor) != 0 || author_link ||
            spot.property.find("author") != std::string_view::npos || spot.property == "creator" ||
            tag == LXB_TAG_ADDRESS)
            add(facts_.bylines, spot);
        if (tag == LXB_TAG_TIME || (spot.roles & kRoleDate) != 0 ||
            spot.property.find("date") != std::string_view::npos)
            add(facts_.dates, spot);
        if ((spot.roles & kRoleStandfirst) != 0 || spot.property == "description" ||
            spot.property == "alternativeHeadline")
            add(facts_.standfirsts, spot);
    }

    void enter_zone(Node node, std::uint32_t zone) {
        if (zones_.size() >= kMaxZones) return;
        zones_.push_back({node.next_past(page_.root()), zone_});
        zone_ |= zone;
        zone_end_ = zones_.back().end;
    }

    void leave_zones(Node node) {
        while (!zones_.empty() && zones_.back().end == node) {
            zone_ = zones_.back().before;
            zones_.pop_back();
        }
        zone_end_ = zones_.empty() ? Node{} : zones_.back().end;
    }

    struct Zone {
        Node end;
        std::uint32_t before;
    };
    // Each adds a role that the zones round it have not, so there are no more than roles.
    static constexpr std::size_t kMaxZones = 32;

    const html::Document& page_;
    const lxb_dom_attr_id_t name_, itemprop_, property_, rel_, role_, style_;
    const std::array<lxb_dom_attr_id_t, 4> backgrounds_;  // from which scripts set a background
    ClassWords words_;
    PageFacts facts_;
    std::size_t order_ = 0;
    std::uint32_t zone_ = 0;
    Node zone_end_;
    std::vector<Zone> zones_;
};

}  // namespace

std::string_view PageFacts::meta(std::string_view key) const {
    for (const Named& named : metas) {
        if (named.key == key) return named.value;
    }
    return {};
}

std::string_view PageFacts::link(std::string_view rel) const {
    for (const Named& named : links) {
        if (named.key == rel) return named.value;
    }
    return {};
}

std::size_t PageFacts::order_of(Node heading) const {
    for (const Spot& spot : headings) {
        if (spot.node == heading) return spot.order;
    }
    return 0;
}

PageFacts collect_facts(const html::Document& page) { return Collector(page).collect(); }

}  // namespace heliograph::extract
