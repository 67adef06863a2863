// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/section_page.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/utf8.h"
#include "html/dom.h"
#include "html/pager.h"
#include "html/select.h"
#include "html/url.h"
#include "source/plain_text.h"

namespace heliograph::source {
namespace {

using html::Node;

// Siblings of one tag that show which classes they share; fewer show nothing.
constexpr int kMinSiblings = 3;
// Of them so many in a hundred share a class that belongs to the place, not to one of them.
constexpr int kSharedPercent = 60;
// Elements round a link that tell its place; pages of news have some thirty.
constexpr std::size_t kMaxDepth = 100;
// Longer titles count no more: what is longer is a summary.
constexpr double kFullTitle = 40;
// Mean length of titles below which links are a menu: "World", "Sport and leisure".
constexpr double kShortestTitle = 12;
constexpr std::size_t kMaxTitleCodePoints = 300;

// Words of classes and ids, between their "-" and "_", that mark what is no list of articles.
constexpr auto kAdWords = std::to_array<std::string_view>(
    {"ad", "ads", "adv", "advert", "advertisement", "advertorial", "banner", "promo", "promoted",
     "sponsor", "sponsored", "partner", "outbrain", "taboola"});
constexpr auto kAsideWords = std::to_array<std::string_view>(
    {"aside", "breadcrumb", "breadcrumbs", "footer", "menu", "nav", "navbar", "navigation",
     "popular", "related", "share", "sidebar", "social", "trending", "widget", "widgets"});

bool has_word(std::string_view names, std::span<const std::string_view> words) {
    const std::string lower = ascii_lower(names);
    for (std::size_t begin = 0; begin < lower.size();) {
        const std::size_t end = std::min(lower.find_first_of(" \t\n\r\f-_", begin), lower.size());
        if (std::ranges::find(words, std::string_view(lower).substr(begin, end - begin)) !=
            words.end())
            return true;
        begin = end + 1;
    }
    return false;
}

bool is_ad(Node node) {
    return has_word(node.class_name(), kAdWords) || has_word(node.id(), kAdWords);
}

bool is_aside(Node node) {
    switch (node.tag()) {
        case LXB_TAG_NAV:
        case LXB_TAG_ASIDE:
        case LXB_TAG_FOOTER:
            return true;
        case LXB_TAG_BODY:
        case LXB_TAG_HTML:
        case LXB_TAG_MAIN:
            return false;
        default:
            return has_word(node.class_name(), kAsideWords) || has_word(node.id(), kAsideWords);
    }
}

bool is_heading(html::Tag tag) {
    return tag == LXB_TAG_H1 || tag == LXB_TAG_H2 || tag == LXB_TAG_H3 || tag == LXB_TAG_H4 ||
           tag == LXB_TAG_H5 || tag == LXB_TAG_H6;
}

// Letters as wide as Latin ones: a Han letter says as much as two or three of those.
double width(std::string_view text) {
    double out = 0;
    for (std::size_t at = 0; at < text.size();) out += is_cjk(next_code_point(text, at)) ? 2.5 : 1;
    return out;
}

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> words(std::string_view names) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin < names.size();) {
        const std::size_t end = std::min(names.find_first_of(" \t\n\r\f", begin), names.size());
        if (end > begin) out.push_back(names.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

// A link of the page.
struct Link {
    Node node;
    std::string url;  // canonical
    std::string href;
    std::string title;
    std::string place;  // see Places::of
    Node item;          // what it is one of many of; null when it stands alone
    bool in_heading = false;
    bool in_aside = false;
    bool is_ad = false;
    bool is_elsewhere = false;  // on another site
};

// Where links stand, as a text that is the same for the links of one list.
class Places {
  public:
    // Elements that hold links, counted by parent and tag, with their classes.
    void count(Node element) {
        const Node parent = element.parent();
        if (!parent) return;
        Kind& kind = kinds_[key(parent, element.tag())];
        ++kind.count;
        for (const std::string_view word : words(element.class_name())) ++kind.classes[word];
    }

    // From the body down to the link. At and above the lowest element that has likes beside it:
    // tag, id and the classes that it shares with them; below it, inside one item, tags alone.
    std::string of(Node link, Node& item) const {
        std::vector<Node> path;  // from the link up
        for (Node node = link; node && node.is_element() && path.size() < kMaxDepth;
             node = node.parent())
            path.push_back(node);
        std::size_t lowest = path.size();
        for (std::size_t i = 1; i < path.size(); ++i) {
            if (count_of(path[i]) >= kMinSiblings) {
                lowest = i;
                break;
            }
        }
        // A list of bare links: <div><a><a><a></div>.
        if (lowest == path.size() && count_of(link) >= kMinSiblings) lowest = 0;
        if (lowest < path.size()) item = path[lowest];
        std::string out;
        for (std::size_t i = path.size(); i-- > 0;) {
            out += '/';
            out += std::to_string(path[i].tag());
            if (i >= lowest) append_names(out, path[i]);
        }
        return out;
    }

  private:
    struct Kind {
        int count = 0;
        std::unordered_map<std::string_view, int> classes;  // of the document
    };
    static std::pair<const void*, html::Tag> key(Node parent, html::Tag tag) {
        return {parent.raw(), tag};
    }
    [[nodiscard]] const Kind* kind_of(Node element) const {
        const auto found = kinds_.find(key(element.parent(), element.tag()));
        return found == kinds_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] int count_of(Node element) const {
        const Kind* kind = kind_of(element);
        return kind == nullptr ? 0 : kind->count;
    }

    void append_names(std::string& out, Node element) const {
        const Kind* kind = kind_of(element);
        const bool has_likes = kind != nullptr && kind->count >= kMinSiblings;
        if (!has_likes && !element.id().empty() && !has_digit(element.id()))
            out.append("#").append(element.id());
        std::vector<std::string_view> shared;
        for (const std::string_view word : words(element.class_name())) {
            if (has_digit(word)) continue;
            if (has_likes && kind->classes.at(word) * 100 < kind->count * kSharedPercent) continue;
            shared.push_back(word);
        }
        std::ranges::sort(shared);
        for (const std::string_view word : shared) out.append(".").append(word);
    }

    std::map<std::pair<const void*, html::Tag>, Kind> kinds_;
};

// The links of a page, each with what is known of it.
class PageLinks {
  public:
    PageLinks(const html::Document& document, const Url& page, const Url& base)
        : root_(document.root()), page_(page), base_(base) {}

    // `among`: only these elements and what is in them; empty: the whole page.
    std::vector<Link> find(const std::vector<Node>& among) {
        const std::vector<Node> all = among.empty() ? std::vector{root_} : among;
        std::unordered_set<const void*> seen;
        for (const Node top : all) {
            for (Node node = top; node && links_.size() < kMaxPageLinks; node = node.next_in(top)) {
                if (node.is_element() && node.tag() == LXB_TAG_A && seen.insert(node.raw()).second)
                    add(node);
            }
        }
        mark_elements();
        for (Link& link : links_) {
            look_round(link);
            link.title = title_of(link);
        }
        return std::move(links_);
    }

  private:
    void add(Node node) {
        const std::string_view href = trim(node.attribute(LXB_DOM_ATTR_HREF));
        if (href.empty() || href.starts_with('#')) return;
        const auto url = html::parse_url(href, &base_);
        if (!url) return;
        Link link;
        link.node = node;
        link.href = url->href;
        link.url = html::canonical_form(*url).href;
        if (link.url == html::canonical_form(page_).href) return;
        link.is_elsewhere = !is_same_site(url->host);
        links_.push_back(std::move(link));
    }

    // "www.a.example" and "sport.a.example" are one site, told by the longer name's end.
    [[nodiscard]] bool is_same_site(std::string_view host) const {
        std::string_view own = page_.host;
        if (own.starts_with("www.")) own.remove_prefix(4);
        if (host.starts_with("www.")) host.remove_prefix(4);
        return host == own || host.ends_with("." + std::string(own)) ||
               own.ends_with("." + std::string(host));
    }

    // Counts the elements that hold links, and remembers of each whether all go to one address.
    void mark_elements() {
        for (std::size_t i = 0; i < links_.size(); ++i) {
            const auto [known, is_new] = numbers_.emplace(links_[i].url, numbers_.size() + 1);
            const std::size_t number = known->second;
            for (Node node = links_[i].node; node && node.is_element(); node = node.parent()) {
                std::size_t& held = holds_[node.raw()];
                if (held == 0) places_.count(node);
                // What holds it knows of this address already, or is mixed.
                if (held == number || held == kMixed) break;
                held = held == 0 ? number : kMixed;
            }
        }
    }

    void look_round(Link& link) {
        link.place = places_.of(link.node, link.item);
        const std::string relation = ascii_lower(link.node.attribute("rel"));
        link.is_ad = relation.find("sponsored") != relation.npos;
        std::size_t depth = 0;
        for (Node node = link.node; node && node.is_element() && depth < kMaxDepth;
             node = node.parent(), ++depth) {
            const int flags = flags_of(node);
            link.in_heading |= (flags & kInHeading) != 0;
            link.in_aside |= (flags & kInAside) != 0;
            link.is_ad |= (flags & kInAd) != 0;
        }
    }

    // Of the element alone.
    int flags_of(Node node) {
        const auto [known, is_new] = flags_.emplace(node.raw(), 0);
        if (is_new)
            known->second = (is_heading(node.tag()) ? kInHeading : 0) |
                            (is_aside(node) ? kInAside : 0) | (is_ad(node) ? kInAd : 0);
        return known->second;
    }

    static Node heading_in(Node top) {
        for (Node node = top; node; node = node.next_in(top))
            if (node.is_element() && is_heading(node.tag())) return node;
        return {};
    }

    // The link's own words; the heading in it where it is a whole card; the heading beside it where
    // all links of the item lead to the same article ("Read more").
    std::string title_of(const Link& link) {
        std::string title;
        if (const Node inside = heading_in(link.node)) {
            title = inside.text_content();
        } else if (!link.in_heading) {
            title = title_beside(link.node);
        }
        if (title.empty()) title = link.node.text_content();
        if (title.empty()) title = picture_text(link.node);
        return shorten(title, kMaxTitleCodePoints);
    }

    // The heading in the largest element round the link whose links all lead where it does.
    const std::string& title_beside(Node link) {
        Node top = link;
        while (top.parent() && top.parent().is_element() && top.parent().tag() != LXB_TAG_BODY &&
               holds_.at(top.parent().raw()) != kMixed)
            top = top.parent();
        const auto [known, is_new] = headings_.emplace(top.raw(), std::string());
        if (is_new) {
            if (const Node heading = heading_in(top)) known->second = heading.text_content();
        }
        return known->second;
    }

    static std::string picture_text(Node top) {
        for (Node node = top; node; node = node.next_in(top))
            if (node.is_element() && node.tag() == LXB_TAG_IMG)
                return collapse_space(node.attribute(LXB_DOM_ATTR_ALT));
        return {};
    }

    static constexpr std::size_t kMixed = static_cast<std::size_t>(-1);
    static constexpr int kInHeading = 1;
    static constexpr int kInAside = 2;
    static constexpr int kInAd = 4;

    Node root_;
    const Url& page_;
    const Url& base_;
    std::vector<Link> links_;
    Places places_;
    std::unordered_map<std::string, std::size_t> numbers_;  // of addresses, from 1
    std::unordered_map<const void*, std::size_t> holds_;    // the address inside, or kMixed
    std::unordered_map<const void*, int> flags_;
    std::unordered_map<const void*, std::string> headings_;  // beside links
};

// The links of one place, by how much they look like a list of articles.
double score(const std::vector<const Link*>& links) {
    std::unordered_set<std::string_view> urls;
    std::unordered_set<std::string_view> titles;
    double total = 0;
    std::size_t headings = 0;
    std::size_t asides = 0;
    for (const Link* link : links) {
        if (!titles.insert(link->title).second || !urls.insert(link->url).second) continue;
        total += std::min(width(link->title), kFullTitle);
        headings += link->in_heading ? 1 : 0;
        asides += link->in_aside ? 1 : 0;
    }
    const auto count = static_cast<double>(std::min(urls.size(), titles.size()));
    if (count < kMinListed || total / count < kShortestTitle) return 0;
    // Headings are what editors call a title; "most read" is a list too, but a lesser one.
    const double heading_bonus = static_cast<double>(headings) * 2 > count ? 1.5 : 1;
    const double aside_malus = static_cast<double>(asides) * 2 > count ? 0.2 : 1;
    return total * heading_bonus * aside_malus;
}

std::optional<DateTime> date_in(Node item) {
    for (Node node = item; node; node = node.next_in(item)) {
        if (!node.is_element() || node.tag() != LXB_TAG_TIME) continue;
        const std::string_view written = node.attribute("datetime");
        if (auto date = parse_date_time(written)) return date;
        if (auto date = parse_date_time(node.text_content())) return date;
    }
    return std::nullopt;
}

std::string language_of(Node root) {
    for (Node node = root.first_child(); node; node = node.next())
        if (node.is_element()) return std::string(trim(node.attribute("lang")));
    return {};
}

Feed feed_of(const std::vector<const Link*>& links) {
    Feed feed;
    feed.kind = SourceKind::kPage;
    // Links to one article: its picture, its title, "read more". The longest of its titles is
    // taken.
    std::unordered_map<std::string_view, std::size_t> known;
    std::unordered_map<const void*, std::optional<DateTime>> dates;  // of items
    for (const Link* link : links) {
        const auto [found, is_new] = known.emplace(link->url, feed.entries.size());
        if (is_new) feed.entries.emplace_back().url = link->href;
        Entry& entry = feed.entries[found->second];
        if (code_point_count(link->title) > code_point_count(entry.title))
            entry.title = link->title;
        if (!entry.published && link->item) {
            const auto [date, is_unread] = dates.emplace(link->item.raw(), std::nullopt);
            if (is_unread) date->second = date_in(link->item);
            entry.published = date->second;
        }
    }
    return feed;
}

// --- the next page of the list

// Links of a pager that are looked at; long lists have some twenty.
constexpr std::size_t kMaxPagerLinks = 200;

struct PagerLink {
    Url url;
    html::PagerLabel label;
    bool is_marked = false;  // rel="next"
};

// Links to pages of the same host that are marked or called like those of a pager.
std::vector<PagerLink> pager_links(Node root, const Url& page, const Url& base) {
    std::vector<PagerLink> out;
    for (Node node = root; node && out.size() < kMaxPagerLinks; node = node.next_in(root)) {
        if (!node.is_element() || (node.tag() != LXB_TAG_LINK && node.tag() != LXB_TAG_A)) continue;
        const auto relations = words(node.attribute("rel"));
        const bool is_marked = std::ranges::any_of(relations, [](std::string_view word) {
            return equals_ignoring_ascii_case(word, "next");
        });
        if (!is_marked && node.tag() == LXB_TAG_LINK) continue;
        const html::PagerLabel label = html::read_pager_label(node);
        if (!is_marked && label.word != html::PagerWord::kNext &&
            label.word != html::PagerWord::kNumber)
            continue;
        auto url = html::parse_url(trim(node.attribute(LXB_DOM_ATTR_HREF)), &base);
        if (!url || url->host != page.host || *url == page) continue;
        out.push_back({.url = *std::move(url), .label = label, .is_marked = is_marked});
    }
    return out;
}

// The last number of at most three digits in path and query, "" when there is none; and what is
// before it.
std::pair<std::string_view, std::string_view> split_number(std::string_view address) {
    std::size_t end = address.size();
    while (end > 0 && !(address[end - 1] >= '0' && address[end - 1] <= '9')) --end;
    std::size_t begin = end;
    while (begin > 0 && address[begin - 1] >= '0' && address[begin - 1] <= '9') --begin;
    if (end - begin > 3) return {address, {}};
    return {address.substr(0, begin), address.substr(begin, end - begin)};
}

int to_number(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

// Whether an address is one of the pages of the list by its looks: it stands in the folder of the
// page and differs in a number, "/news/" and "/news/list_7_2.html", or in its query alone.
bool is_of_list(const Url& page, const Url& url) {
    if (page.path == url.path) return page.query != url.query;
    const std::string folder = page.path.substr(0, page.path.rfind('/') + 1);
    return url.path.starts_with(folder) && !split_number(url.path).second.empty();
}

// The number of the page by its address; 1 when it has none.
int number_of_page(const Url& page, const Url& other) {
    const auto [before, digits] = split_number(page.path);
    const auto [other_before, other_digits] = split_number(other.path);
    return !digits.empty() && before == other_before ? to_number(digits) : 1;
}

// Returns the page before this one in time: "older posts", or page 2 of page 1. By rel="next"; else
// by its words ("next page", in the languages of the news); else by the numbers of a pager.
std::string older_page(Node root, const Url& page, const Url& base) {
    const std::vector<PagerLink> links = pager_links(root, page, base);
    for (const PagerLink& link : links)
        if (link.is_marked) return link.url.href;
    using html::PagerWord;
    using html::PartStep;
    const auto step_to = [&](const Url& url) { return html::part_relation(page, url).step; };
    for (const PagerLink& link : links) {
        if (link.label.word != PagerWord::kNext) continue;
        if (step_to(link.url) != PartStep::kNone || is_of_list(page, link.url))
            return link.url.href;
    }
    // A pager has more than one number.
    const auto numbers = std::ranges::count_if(
        links, [](const PagerLink& link) { return link.label.word == PagerWord::kNumber; });
    for (const PagerLink& link : links) {
        if (link.label.word != PagerWord::kNumber) continue;
        const html::PartRelation relation = html::part_relation(page, link.url);
        if (relation.step != PartStep::kNone) {
            // "?page=1" may be the first page, or the second of those that are counted from 0.
            if (link.label.number == relation.part || relation.step == PartStep::kNextMarked)
                return link.url.href;
            continue;
        }
        const int next = number_of_page(page, link.url) + 1;
        if (numbers >= 2 && link.label.number == next && is_of_list(page, link.url) &&
            to_number(split_number(link.url.path).second) == next)
            return link.url.href;
    }
    return {};
}

Url base_of(Node root, const Url& page) {
    for (Node node = root; node; node = node.next_in(root)) {
        if (node.is_element() && node.tag() == LXB_TAG_BASE &&
            node.has_attribute(LXB_DOM_ATTR_HREF))
            return html::parse_url(trim(node.attribute(LXB_DOM_ATTR_HREF)), &page).value_or(page);
        if (node.is_element() && node.tag() == LXB_TAG_BODY) break;
    }
    return page;
}

std::string title_of_page(Node root) {
    for (Node node = root; node; node = node.next_in(root)) {
        if (node.is_element() && node.tag() == LXB_TAG_TITLE && node.first_child() &&
            node.first_child().is_text())
            return collapse_space(node.first_child().text());
        if (node.is_element() && node.tag() == LXB_TAG_BODY) break;
    }
    return {};
}

// Without a rule: the links of the best place.
std::vector<const Link*> best_list(const std::vector<Link>& links) {
    std::map<std::string_view, std::vector<const Link*>> places;
    for (const Link& link : links) {
        if (link.is_ad || link.is_elsewhere || link.title.empty()) continue;
        places[link.place].push_back(&link);
    }
    const std::vector<const Link*>* best = nullptr;
    double most = 0;
    for (const auto& [place, candidates] : places) {
        const double value = score(candidates);
        // Of two that are as good, the one that the page has first.
        const bool is_better = value > most || (best != nullptr && value == most && value > 0 &&
                                                candidates.front() < best->front());
        if (!is_better) continue;
        best = &candidates;
        most = value;
    }
    return best == nullptr ? std::vector<const Link*>{} : *best;
}

}  // namespace

Result<Feed> read_section_page(std::string_view page, const Url& url, const std::string& rule) {
    html::Document document;
    document.parse(page);
    const Node root = document.root();
    const Url base = base_of(root, url);
    std::vector<Node> among;
    if (!rule.empty()) {
        auto selected = html::select(root, rule);
        if (!selected) return std::unexpected(std::move(selected).error());
        if (selected->empty())
            return fail(ErrorCode::kMalformed,
                        fmt::format("its rule links = '{}' matches nothing on "
                                    "the page",
                                    rule));
        among = *std::move(selected);
    }
    const std::vector<Link> links = PageLinks(document, url, base).find(among);
    std::vector<const Link*> chosen;
    if (rule.empty()) {
        chosen = best_list(links);
    } else {
        for (const Link& link : links) chosen.push_back(&link);
    }
    if (chosen.empty())
        return fail(ErrorCode::kMalformed,
                    rule.empty()
                        ? std::string("no list of articles shows on the page; say which "
                                      "links to take with links = \"CSS selector\"")
                        : fmt::format("what its rule links = '{}' matches has no links", rule));
    Feed feed = feed_of(chosen);
    feed.title = title_of_page(root);
    feed.language = language_of(root);
    feed.older = older_page(root, url, base);
    if (!document.is_complete())
        add_warning(feed, "the page is too large or deep to be read whole");
    return feed;
}

}  // namespace heliograph::source
