// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxSpots = 80;
// Elements between headline and byline; beyond it a name is of another article as likely as not.
constexpr double kFarElements = 300;
// "（记者 X）": who says so in the text knows more than its metadata, that name the paper.
constexpr double kReporterInText = 1.2;

struct Claim {
    std::vector<std::string> names;
    std::string key;  // folded names in order of the alphabet
    std::vector<std::string> keys;
    double weight = 0;
    const char* source = "";
    Node node;
};

bool contains_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    return std::ranges::all_of(
        some, [&](const std::string& key) { return std::ranges::find(all, key) != all.end(); });
}

class Chooser {
  public:
    Chooser(const SiteNames& site, const Url& url) : site_(site), path_(url.path) {}

    void add(std::vector<std::string> names, double weight, const char* source, Node node = {}) {
        Claim claim{
            .names = {}, .key = {}, .keys = {}, .weight = weight, .source = source, .node = node};
        const bool only_one = names.size() == 1;
        for (std::string& name : names) {
            if (node && is_section(name)) continue;
            if (site_.matches(name)) {
                // The publisher among people is no author; alone it stands in for one.
                if (!only_one) continue;
                claim.weight *= 0.35;
            }
            std::string key = folded(name);
            if (key.empty() || std::ranges::find(claim.keys, key) != claim.keys.end()) continue;
            if (claim.names.size() >= kMaxNames) break;
            claim.keys.push_back(std::move(key));
            claim.names.push_back(std::move(name));
        }
        if (claim.names.empty()) return;
        // "Staff Writer" stands where a name should be.
        if (std::ranges::all_of(claim.names, [](const std::string& name) { return is_role(name); }))
            claim.weight *= 0.3;
        std::vector<std::string> sorted = claim.keys;
        std::ranges::sort(sorted);
        for (const std::string& key : sorted) claim.key += key + ";";
        claims_.push_back(std::move(claim));
    }

    [[nodiscard]] bool empty() const { return claims_.empty(); }

    AuthorChoice choose() const {
        const Claim* best = nullptr;
        double best_score = 0;
        for (const Claim& claim : claims_) {
            double score = claim.weight;
            std::vector<std::string_view> seen = {claim.source};
            for (const Claim& other : claims_) {
                if (&other == &claim || std::ranges::find(seen, other.source) != seen.end())
                    continue;
                if (other.key == claim.key) {
                    score += other.weight;
                } else if (contains_all(claim.keys, other.keys)) {
                    // The other names some of ours: it may have had room for one only.
                    score += 0.8 * other.weight;
                } else if (contains_all(other.keys, claim.keys)) {
                    score += 0.4 * other.weight;
                } else {
                    continue;
                }
                seen.emplace_back(other.source);
            }
            if (best == nullptr || score > best_score) {
                best = &claim;
                best_score = score;
            }
        }
        if (best == nullptr) return {};
        AuthorChoice choice{.names = best->names,
                            .node = best->node,
                            .evidence = {best->source, std::min(0.97, 0.3 + 0.3 * best_score)}};
        for (const Claim& claim : claims_) {
            if (!choice.node && claim.node && claim.key == best->key) choice.node = claim.node;
        }
        return choice;
    }

  private:
    // A single word that is a folder of the page's own address: "World" of /world/2026/crane.
    [[nodiscard]] bool is_section(std::string_view name) const {
        const std::string key = folded(name);
        if (key.empty() || key.contains(' ')) return false;
        for (std::size_t begin = 0; begin < path_.size();) {
            const std::size_t end = path_.find('/', begin);
            if (end == std::string_view::npos) break;  // the page itself
            if (folded(path_.substr(begin, end - begin)) == key) return true;
            begin = end + 1;
        }
        return false;
    }

    const SiteNames& site_;
    std::string_view path_;
    std::vector<Claim> claims_;
};

// Addresses of pages about people.
bool is_author_link(Node link) {
    const std::string_view href = link.attribute(LXB_DOM_ATTR_HREF);
    for (const std::string_view part :
         {"/author",     "/autor",       "/auteur",  "/people/", "/person/",  "/by/",
          "/staff/",     "/contributor", "/profile", "/writer",  "/reporter", "/columnist",
          "/journalist", "/redaktion/",  "/team/",   "/bio/",    "/byline/",  "/user/",
          "/users/",     "/profil",      "/creator", "/expert",  "/authors/"}) {
        if (href.find(part) != std::string_view::npos) return true;
    }
    return link.attribute("rel").find("author") != std::string_view::npos;
}

// True for one word, as readers' and bloggers' handles are.
bool is_handle(std::string_view name) {
    return name.size() <= 25 && name.find(' ') == std::string_view::npos;
}

// The names of an element: of its links to authors if it has some, else of its text.
std::vector<std::string> names_of(Node node) {
    std::vector<std::string> names;
    std::vector<std::string> pieces;  // its text nodes
    int looked_at = 0;
    for (Node inside = node; inside && looked_at < 200; ++looked_at) {
        if (inside.is_element() && inside.tag() == LXB_TAG_A && is_author_link(inside)) {
            for (std::string& name : names_in_byline(inside.text_content())) {
                if (looks_like_name(name) || is_handle(name)) append(names, {std::move(name)});
            }
            inside = inside.next_past(node);
            continue;
        }
        if (inside.is_element() && html::is_unseen(inside.tag())) {
            inside = inside.next_past(node);
            continue;
        }
        if (inside.is_text() && !trim(inside.text()).empty())
            pieces.push_back(collapse_space(first_bytes(inside.text(), kMaxBylineBytes)));
        inside = inside.next_in(node);
    }
    if (!names.empty() || pieces.empty()) return names;
    const std::string text = short_text(node, kMaxBylineBytes);
    if (!text.empty()) names = names_in_byline(text);
    // Name, role and a link to follow in elements of their own run together in the text: then the
    // first of them that is a name of usual length.
    const bool ran_together =
        names.empty() ||
        std::ranges::any_of(names, [](const std::string& name) { return word_count(name) > 3; });
    if (ran_together && pieces.size() > 1) {
        for (const std::string& piece : pieces) {
            std::vector<std::string> found = names_in_byline(piece);
            const bool good =
                !found.empty() && std::ranges::all_of(found, [](const std::string& name) {
                    return looks_like_name(name) && word_count(name) >= 2 &&
                           word_count(name) <= 4 && !is_role(name);
                });
            if (good) return found;
        }
    }
    return names;
}

// Where a row of Chinese names, apart by spaces, ends: at the first word that is none. A name has
// two to four characters.
std::size_t end_of_han_names(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t length = 0;
        std::size_t i = begin;
        while (i < text.size()) {
            std::size_t next = i;
            const char32_t c = next_code_point(text, next);
            if (is_space(c)) break;
            if (!is_cjk(c) || c == 0x3010) return begin == 0 ? i : end;  // "【字号 大 中 小】"
            ++length;
            i = next;
        }
        if (begin > 0 && (length < 2 || length > 4)) return end;
        end = i;
        while (i < text.size()) {
            std::size_t next = i;
            if (!is_space(next_code_point(text, next))) break;
            i = next;
        }
        begin = i;
    }
    return end;
}

// Chinese agencies name the reporter in brackets in the first line: "（记者 陆一夫）".
std::vector<std::string> names_in_brackets(std::string_view text) {
    for (const std::string_view lead :
         {"（记者", "（記者", "(记者", "(記者", "记者：", "记者:", "記者", "作者：", "作者:"}) {
        const std::size_t at = text.find(lead);
        if (at == std::string_view::npos || at > 200) continue;
        const std::string_view rest = trim(text.substr(at + lead.size()));
        const bool bracket = lead.front() == '(' || lead.starts_with("（");
        std::size_t end = std::min(rest.find_first_of(")"), rest.find("）"));
        if (!bracket)
            end = std::min({end, end_of_han_names(rest), rest.find("／"), rest.find('/')});
        if (end == std::string_view::npos || end > 60) continue;
        std::vector<std::string> names;
        for (std::string& part : split_names(rest.substr(0, end))) {
            // Names apart by spaces: a space in a Chinese name is decoration after one character.
            for (std::size_t begin = 0; begin < part.size();) {
                const std::size_t space = std::min(part.find(' ', begin), part.size());
                std::string name = as_name(std::string_view(part).substr(begin, space - begin));
                const std::size_t length = code_point_count(name);
                if (length >= 2 && length <= 5) names.push_back(std::move(name));
                begin = space + 1;
            }
        }
        if (!names.empty()) return names;
    }
    return {};
}

// "3 May 2026 by Ana Ruiz"
bool has_byline_behind_date(std::string_view text) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit >= 60) return false;
    const std::size_t by = lowered(text).find(" by ");
    return by != std::string::npos && by < 60 && digit < by;
}

}  // namespace

AuthorChoice choose_authors(const PageFacts& facts, const LinkedData& linked,
                            const std::vector<Line>& lines, const SiteNames& site, const Url& url,
                            Node headline, const Entry* entry) {
    Chooser chooser(site, url);
    // --- what the metadata say
    std::vector<std::string> people;
    std::vector<std::string> organisations;
    for (const LinkedData::Author& author : linked.authors)
        append(author.is_organisation ? organisations : people,
               names_in_byline(author.name, Origin::kMetadata));
    if (!people.empty()) {
        chooser.add(people, 1.0, "json-ld");
    } else {
        chooser.add(organisations, 0.5, "json-ld");
    }
    if (entry != nullptr) {
        std::vector<std::string> names;
        for (const std::string& author : entry->authors)
            append(names, names_in_byline(author, Origin::kMetadata));
        chooser.add(std::move(names), 0.9, "feed");
    }
    struct Key {
        std::string_view key;
        double weight;
    };
    static constexpr Key kKeys[] = {{"author", 0.8},
                                    {"article:author", 0.7},
                                    {"og:article:author", 0.7},
                                    {"parsely-author", 0.8},
                                    {"sailthru.author", 0.8},
                                    {"byl", 0.9},
                                    {"dc.creator", 0.7},
                                    {"dcterms.creator", 0.7},
                                    {"dc.contributor", 0.3},
                                    {"citation_author", 0.8},
                                    {"citation_authors", 0.8},
                                    {"dcsext.author", 0.7},
                                    {"cxenseparse:author", 0.8},
                                    {"article:author_name", 0.8},
                                    {"authors", 0.7},
                                    {"rbauthors", 0.6},
                                    {"article.author", 0.7},
                                    {"creator", 0.5},
                                    {"og:author", 0.7},
                                    {"vr:author", 0.7},
                                    {"bt:author", 0.7},
                                    {"twitter:creator", 0.0}};
    for (const Key& key : kKeys) {
        std::vector<std::string> names;
        for (const PageFacts::Named& meta : facts.metas) {
            if (meta.key == key.key && key.weight > 0)
                append(names, names_in_byline(html::unescape(meta.value), Origin::kMetadata));
        }
        chooser.add(std::move(names), key.weight, "meta");
    }
    // "twitter:label1" = "Written by", "twitter:data1" = the name.
    for (const char number : {'1', '2'}) {
        const std::string label = lowered(facts.meta(std::string("twitter:label") + number));
        if (label.find("by") != std::string::npos || label.find("von") != std::string::npos ||
            label.find("par") != std::string::npos || label.find("por") != std::string::npos ||
            label.find("author") != std::string::npos || label.find("autor") != std::string::npos)
            chooser.add(names_in_byline(facts.meta(std::string("twitter:data") + number),
                                        Origin::kMetadata),
                        0.7, "twitter");
    }

    // --- what the page shows
    const std::size_t headline_order = facts.order_of(headline);
    std::size_t looked_at = 0;
    std::vector<std::string> marked;  // itemprop="author", one element a person
    Node marked_node;
    for (const Spot& spot : facts.bylines) {
        if ((spot.zone & (kRoleComment | kRoleHidden)) != 0) continue;
        if ((spot.roles & kRoleComment) != 0) continue;
        if (++looked_at > kMaxSpots) break;
        const double apart = spot.order > headline_order
                                 ? static_cast<double>(spot.order - headline_order)
                                 : 1.5 * static_cast<double>(headline_order - spot.order);
        const double near = std::max(0.2, 1.0 - apart / kFarElements);
        std::vector<std::string> names = names_of(spot.node);
        const bool declared = spot.property == "author" || spot.node.tag() == LXB_TAG_A;
        std::erase_if(names, [&](const std::string& name) {
            return !looks_like_name(name) && !(declared && is_handle(name));
        });
        if (names.empty()) continue;
        double weight = 0.5;
        if ((spot.roles & kRoleByline) != 0) weight = 0.8;
        if (spot.property == "author") {
            weight = 0.8;
            if (apart < kFarElements && (spot.zone & kRoleAside) == 0) {
                if (!marked_node) marked_node = spot.node;
                append(marked, names);
            }
        }
        if ((spot.zone & kRoleAside) != 0) weight *= 0.4;
        if ((spot.zone & kRoleBio) != 0 || (spot.roles & kRoleBio) != 0) weight *= 0.7;
        chooser.add(std::move(names), weight * near, "markup", spot.node);
    }
    if (marked.size() > 1) chooser.add(std::move(marked), 0.8, "markup", marked_node);

    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        const double near = std::max(0.2, 1.0 - 0.025 * std::abs(line.distance));
        if (line.distance > 0 && line.distance < 20) {
            if (std::vector<std::string> names = names_in_brackets(line.text); !names.empty()) {
                chooser.add(std::move(names), kReporterInText * near, "text", {});
                continue;
            }
        }
        if (line.is_long || line.distance > 40 || line.text.size() > 160) continue;
        std::vector<std::string> names;
        Node node = line.node;
        if (starts_as_byline(line.text) || has_byline_behind_date(line.text)) {
            names = names_in_byline(line.text);
            // "Written by" in one line, the name in the next.
            if (names.empty() && line.text.size() < 30 && i + 1 < lines.size() &&
                lines[i + 1].text.size() < 80) {
                names = names_in_byline(lines[i + 1].text);
                node = lines[i + 1].node;
            }
        }
        std::erase_if(names, [](const std::string& name) {
            // "By continuing you agree", "By Role": no name, or none of a person.
            return !looks_like_name(name) || (name.find(' ') == std::string::npos &&
                                              static_cast<unsigned char>(name.front()) < 0x80);
        });
        if (names.empty() || names.size() > 8) continue;
        chooser.add(std::move(names), 0.6 * near, "text", node);
    }
    return chooser.choose();
}

}  // namespace heliograph::extract
