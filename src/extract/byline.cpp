// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/name_words.h"
#include "extract/reporter_names.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/trace.h"
#include "extract/word_list.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxSpots = 80;
// Elements between headline and byline; beyond it a name is of another article
// as likely as not.
constexpr double kFarElements = 300;
// "（记者 X）": who says so in the text knows more than its metadata, that name
// the paper.
constexpr double kReporterInText = 1.2;
// Bytes of a Korean line that names its reporter at the front: "(서울=예시)
// 김민지 기자 = ...".
constexpr std::size_t kMaxKoreanCredit = 160;

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
        // An agency beside people is where the text came from.
        const bool has_person = std::ranges::any_of(names, [](const std::string& name) {
            // Initials ("det/dpa") are hardly more than the agency.
            const bool is_full = name.contains(' ') || name.size() > 5;
            return is_full && !is_agency(folded(name)) && !is_agencies(folded(name));
        });
        for (std::string& name : names) {
            if (node && is_section(name)) continue;
            const std::string folded_name = folded(name);
            if (is_topic(folded_name) || is_agencies(folded_name)) continue;
            if (has_person && is_agency(folded_name)) continue;
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

    AuthorChoice choose(Trace* trace) const {
        const Claim* best = nullptr;
        double best_score = 0;
        std::vector<double> scores;
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
            if (trace != nullptr) scores.push_back(score);
            if (best == nullptr || score > best_score) {
                best = &claim;
                best_score = score;
            }
        }
        if (best == nullptr) return {};
        trace_candidates(trace, *best, scores);
        AuthorChoice choice{.names = best->names,
                            .node = best->node,
                            .evidence = {best->source, std::min(0.97, 0.3 + 0.3 * best_score)}};
        for (const Claim& claim : claims_) {
            if (!choice.node && claim.node && claim.key == best->key) choice.node = claim.node;
        }
        return choice;
    }

  private:
    void trace_candidates(Trace* trace, const Claim& best,
                          const std::vector<double>& scores) const {
        if (trace == nullptr) return;
        for (std::size_t i = 0; i < claims_.size(); ++i)
            trace_candidate(trace, {.field = "authors",
                                    .value = fmt::format("{}", fmt::join(claims_[i].names, "; ")),
                                    .source = claims_[i].source,
                                    .weight = claims_[i].weight,
                                    .score = scores[i],
                                    .is_chosen = &claims_[i] == &best});
        trace_reason(trace, "authors",
                     "the highest weight of source and place, with the sources that agree");
    }

    // A single word that is a folder of the page's own address: "World" of
    // /world/2026/crane.
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

// The script that tells whose forms of credits to look for.
enum class Script : std::uint8_t { kOther, kChinese, kJapanese, kKorean };

Script script_of(std::string_view text) {
    bool has_han = false;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (c >= 0x3041 && c <= 0x30FA) return Script::kJapanese;
        if (c >= 0xAC00 && c <= 0xD7A3) return Script::kKorean;
        has_han = has_han || (c >= 0x4E00 && c <= 0x9FFF);
    }
    return has_han ? Script::kChinese : Script::kOther;
}

// The script of the text around the headline.
Script script_of_page(const PageFacts& facts, const std::vector<Line>& lines) {
    const std::string_view language = facts.html_lang.substr(0, 2);
    if (equals_ignoring_ascii_case(language, "ja")) return Script::kJapanese;
    if (equals_ignoring_ascii_case(language, "ko")) return Script::kKorean;
    bool has_han = false;
    for (const Line& line : lines) {
        if (line.distance < 1) continue;
        const Script script = script_of(line.text);
        if (script == Script::kJapanese || script == Script::kKorean) return script;
        has_han = has_han || script == Script::kChinese;
    }
    return has_han ? Script::kChinese : Script::kOther;
}

std::vector<std::string> east_asian_reporters(Script script, std::string_view text) {
    switch (script) {
        case Script::kChinese:
            return chinese_reporters(text, CreditPlace::kBeginning);
        case Script::kJapanese:
            return japanese_reporters(text, CreditPlace::kBeginning);
        case Script::kKorean:
            return korean_reporters(first_bytes(text, kMaxKoreanCredit));
        case Script::kOther:
            break;
    }
    return {};
}

bool is_joint_or_mark(std::string_view piece) {
    const std::string key = folded(piece);
    return key.empty() || key == "and" || key == "und" || key == "et" || key == "y" || key == "e" ||
           key == "og" || key == "och" || key == "i" || key == "и" || key == "και" || key == "ve" ||
           key == "en" || key == "dan" || key == "và" || key == "و";
}

// A line that begins as a byline, up to the element that is no part of it: of
// "By", "Ana Ruiz", "and", "Bo Lind", "Politics" the first four. Empty when no
// element begins so.
std::string byline_of_pieces(const std::vector<std::string>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!starts_as_byline(pieces[i])) continue;
        std::string line = pieces[i];
        // "By" alone leads to the next element; a single word may be half of a
        // name.
        std::size_t next = i + 1;
        if (next < pieces.size() && names_in_byline(line).empty()) line += " " + pieces[next++];
        if (const std::vector<std::string> names = names_in_byline(line);
            next < pieces.size() && names.size() == 1 && !names[0].contains(' ') &&
            !pieces[next].contains(' ') && looks_like_name(pieces[next]) &&
            static_cast<unsigned char>(names[0].front()) < 0xE0 && !is_topic(folded(pieces[next])))
            line += " " + pieces[next++];
        while (next < pieces.size()) {
            const std::string_view piece = pieces[next];
            // "Von Ana Ruiz am" needs its date to end at the name.
            const bool is_date = piece.front() >= '0' && piece.front() <= '9';
            const bool goes_on = is_date || is_joint_or_mark(piece) || piece.starts_with(',') ||
                                 piece.starts_with('&') || line.ends_with(',') ||
                                 line.ends_with('&') ||
                                 is_joint_or_mark(line.substr(line.rfind(' ') + 1));
            if (!goes_on) break;
            line += (piece.starts_with(',') ? "" : " ") + std::string(piece);
            ++next;
            if (is_date) break;
        }
        return line;
    }
    return {};
}

// A name alone beside a date, as bylines without "By" are: "Nguyễn Minh Anh",
// "Thứ sáu, 3/5/2024".
std::vector<std::string> name_beside_date(const Line& line) {
    constexpr std::size_t kMaxBytes = 120;
    if (line.text.size() > kMaxBytes || !find_date(line.text, DateOrder::kDayFirst)) return {};
    for (const std::string_view text :
         {std::string_view(line.text),
          line.pieces.empty() ? std::string_view() : std::string_view(line.pieces.front())}) {
        if (text.empty()) continue;
        std::vector<std::string> names = names_in_byline(text);
        const bool are_names = !names.empty() && std::ranges::all_of(names, is_vietnamese_name);
        if (are_names) return names;
    }
    return {};
}

// Every word begins with a capital, or is a particle of names ("van", "de la").
bool is_capitalised_name(std::string_view name) {
    static const WordList particles(
        "van|von|de|der|den|di|da|do|dos|das|del|della|du|la|le|el|al|bin|ibn|"
        "ben|af|av|ter|ten|te|"
        "zu|zur|zum|y|e|i|und|und|het|st|san|mac|o|d|l|abu|bint|ap|och");
    bool has_case = false;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        const std::string_view word = name.substr(begin, end - begin);
        begin = end + 1;
        if (word.empty()) continue;
        std::size_t i = 0;
        const char32_t c = next_code_point(word, i);
        const bool is_capital = lower(c) != c;
        has_case = has_case || is_capital;
        const bool has_alphabet_with_case = c < 0x530;
        if (has_alphabet_with_case && !is_capital && !particles.contains(lowered(word)) &&
            c != '\'' && c != '(' && c != '"')
            return false;
    }
    return true;
}

// The names of an element: of its links to authors if it has some, else of its
// text.
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
    if (const Script script = script_of(text); script != Script::kOther) {
        names = east_asian_reporters(script, text);
        if (!names.empty()) return names;
    }
    if (!text.empty() && pieces.size() > 1) {
        names = names_in_byline(byline_of_pieces(pieces));
        const bool are_names =
            !names.empty() && std::ranges::all_of(names, [](const std::string& name) {
                return looks_like_name(name) && word_count(name) >= 2;
            });
        if (are_names) return names;
    }
    // A name first, and behind it a section, a place or a date in elements of
    // their own.
    if (pieces.size() > 1 && std::all_of(pieces.begin() + 1, pieces.end(), is_no_part_of_names)) {
        names = names_in_byline(pieces.front());
        if (names.size() == 1 && word_count(names[0]) >= 2 && looks_like_name(names[0]))
            return names;
    }
    names.clear();
    if (!text.empty()) names = names_in_byline(text);
    // Name, role and a link to follow in elements of their own run together in
    // the text: then the first of them that is a name of usual length.
    const bool ran_together =
        names.empty() || std::ranges::any_of(names, [](const std::string& name) {
            return word_count(name) > 3 || !looks_like_name(name);
        });
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
                            Node headline, const Entry* entry, Trace* trace) {
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

    const Script script = script_of_page(facts, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        const double near = std::max(0.2, 1.0 - 0.025 * std::abs(line.distance));
        if (line.distance > 0 && line.distance < 20 && script != Script::kOther) {
            if (std::vector<std::string> names = east_asian_reporters(script, line.text);
                !names.empty()) {
                const bool is_own_line = !line.is_long && line.text.size() < kMaxKoreanCredit;
                chooser.add(std::move(names), kReporterInText * near, "text",
                            is_own_line && script != Script::kChinese ? line.node : Node{});
                continue;
            }
        }
        if (line.is_long || line.distance > 40 || line.text.size() > 160) continue;
        std::vector<std::string> names;
        Node node = line.node;
        const std::string in_pieces = byline_of_pieces(line.pieces);
        if (!in_pieces.empty()) {
            names = names_in_byline(in_pieces);
        } else if (script != Script::kOther && script_of(line.text) != Script::kOther &&
                   line.text.find(':') == std::string::npos && !line.text.contains("：") &&
                   !line.text.contains("/") && !line.text.contains("／")) {
            // Words such as 記者 begin many words; those readers above know the names
            // behind them.
        } else if (starts_as_byline(line.text) || has_byline_behind_date(line.text) ||
                   has_byline_segment(line.text)) {
            names = names_in_byline(line.text);
            // "Written by" in one line, the name in the next.
            if (names.empty() && line.text.size() < 30 && i + 1 < lines.size() &&
                lines[i + 1].text.size() < 80) {
                names = names_in_byline(lines[i + 1].text);
                node = lines[i + 1].node;
            }
        }
        if (names.empty() && line.distance > 0 && line.distance < 8) names = name_beside_date(line);
        std::erase_if(names, [](const std::string& name) {
            // "By continuing you agree", "By Role": no name, or none of a person.
            // Only the scripts that write without spaces have names of one word.
            return !looks_like_name(name) || !is_capitalised_name(name) ||
                   (name.find(' ') == std::string::npos &&
                    static_cast<unsigned char>(name.front()) < 0xE0);
        });
        if (names.empty() || names.size() > 8) continue;
        chooser.add(std::move(names), 0.6 * near, "text", node);
    }
    return chooser.choose(trace);
}

}  // namespace heliograph::extract
