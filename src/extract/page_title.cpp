// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_title.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/site_names.h"
#include "extract/text_fold.h"
#include "extract/title_text.h"
#include "extract/trace.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

using html::Node;

// Headlines are below 300 characters in any language; what is longer is a wrapper of more.
constexpr std::size_t kMaxTitleBytes = 900;
constexpr std::size_t kMaxTitleWords = 60;
// Headings looked at: the headline is among the first.
constexpr std::size_t kMaxHeadings = 60;
// A heading below it does not even tell where an article begins.
constexpr double kLikelyPrior = 0.5;
// Steps of breadcrumbs are names of sections.
constexpr std::size_t kMaxCrumbWords = 3;
// Elements looked at for a headline that is in no heading.
constexpr int kMaxElementsSearched = 20'000;

// --- what votes

struct Claim {
    std::string text;  // without the site's name
    std::string key;   // folded
    std::string_view source;
    double weight = 0;
    // Folded runs of the parts of what was written; the last is its last part.
    std::vector<std::string> runs;
};

struct Heading {
    std::string text;
    std::string key;
    HeadingText parts;
    Node node;
    double prior = 0;
    double support = 0;
    bool is_logo = false;      // the site's name, or part of its head
    std::string_view witness;  // the best claim that agrees
};

bool contains_words(std::string_view text, std::string_view words) {
    for (std::size_t at = text.find(words); at != std::string_view::npos;
         at = text.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' '))
            return true;
    }
    return false;
}

// The words of a folded text in order of the alphabet. Point into it.
using Words = std::vector<std::string_view>;

Words words_of(std::string_view text) {
    Words out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::ranges::sort(out);
    return out;
}

// Share of the words of both that are in both; 0 when that is less than half.
double overlap(const Words& x, const Words& y) {
    if (2 * std::min(x.size(), y.size()) < std::max(x.size(), y.size())) return 0;
    std::size_t both = 0;
    for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
        if (x[i] == y[j]) ++both;
        const bool advance_x = x[i] <= y[j];
        const bool advance_y = y[j] <= x[i];
        if (advance_x) ++i;
        if (advance_y) ++j;
    }
    const std::size_t all = x.size() + y.size() - both;
    return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

// How far a claim agrees with a heading, 0 to 1; each with its words.
double agreement(const Claim& claim, const Words& claim_words, std::string_view key,
                 const Words& key_words) {
    if (key.empty()) return 0;
    if (claim.key == key) return 1;
    if (std::ranges::find(claim.runs, key) != claim.runs.end()) return 0.95;
    const std::string_view a = claim.key;
    const bool contained = contains_words(key, a) || contains_words(a, key);
    const double shorter = static_cast<double>(std::min(a.size(), key.size()));
    const double longer = static_cast<double>(std::max(a.size(), key.size()));
    if (contained && shorter * 2.5 > longer) return 0.7;
    if (shorter * 4 < longer) return contained && shorter > 12 ? 0.3 : 0;
    const double shared = overlap(claim_words, key_words);
    return shared >= 0.5 ? 0.3 + 0.5 * shared : contained && shorter > 12 ? 0.3 : 0;
}

bool has_ellipsis(std::string_view text) {
    return text.ends_with("…") || text.ends_with("...") || text.ends_with("..");
}

// True when its letters are capitals only, and there are some.
bool is_shouting(std::string_view text) {
    bool capital = false;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (lower(c) != c) {
            capital = true;
        } else if (c >= 'a' && c <= 'z') {
            return false;
        } else if (c > 0xDE && c < 0x530 && is_word_character(c)) {
            return false;
        }
    }
    return capital;
}

// True when a word of some length is also in a claim or in the address.
bool shares_word(std::string_view key, const std::vector<Claim>& claims, const Url& url) {
    const std::string path = folded(url.path);
    while (!key.empty()) {
        const std::size_t end = std::min(key.find(' '), key.size());
        const std::string_view word = key.substr(0, end);
        key.remove_prefix(std::min(end + 1, key.size()));
        if (word.size() < 5) continue;
        if (contains_words(path, word)) return true;
        for (const Claim& claim : claims) {
            if (contains_words(claim.key, word)) return true;
        }
    }
    return false;
}

// Folded, each run of the parts of a title; the last is its last part.
std::vector<std::string> runs_of(std::string_view title) {
    std::vector<std::string> runs;
    const std::vector<TitlePart> parts = parts_of(title);
    for (std::size_t first = 0; first < parts.size(); ++first) {
        for (std::size_t last = first; last < parts.size(); ++last)
            runs.push_back(folded(run_of(title, parts, first, last)));
    }
    return runs;
}

// A title without the way to the page before it: "Home > City > Crane leaves" -> "Crane leaves".
std::string without_breadcrumbs(std::string title, const SiteNames& site) {
    const std::vector<TitlePart> parts = parts_of(title);
    if (parts.size() < 2 || !is_home_word(folded(run_of(title, parts, 0, 0)))) return title;
    std::size_t first = 1;
    while (first + 1 < parts.size() &&
           (parts.size() > 2 || site.is_section(run_of(title, parts, first, first))) &&
           word_count(run_of(title, parts, first, first)) <= kMaxCrumbWords)
        ++first;
    return std::string(run_of(title, parts, first, parts.size() - 1));
}

std::vector<Claim> collect_claims(const PageFacts& facts, const LinkedData& linked,
                                  const SiteNames& site, const Entry* entry) {
    std::vector<Claim> claims;
    const auto add = [&](std::string_view text, std::string_view source, double weight) {
        text = trim(first_bytes(text, kMaxTitleBytes));
        if (text.empty()) return;
        const std::string plain = clean_title(
            text.find('&') != std::string_view::npos ? html::unescape(text) : std::string(text));
        if (site.equals(plain)) return;
        const TitleOrigin origin =
            source == "markup" ? TitleOrigin::kTitleTag : TitleOrigin::kHeadline;
        Claim claim{.text = without_breadcrumbs(without_site(plain, site, origin), site),
                    .key = {},
                    .source = source,
                    .weight = weight,
                    .runs = {}};
        if (site.matches(claim.text)) return;
        claim.key = folded(claim.text);
        if (claim.key.empty()) return;
        claim.runs = runs_of(plain);
        claims.push_back(std::move(claim));
    };
    add(linked.headline, "json-ld", 1.0);
    if (linked.has_article && linked.headline.empty()) add(linked.name, "json-ld", 0.6);
    if (entry != nullptr) add(entry->title, "feed", 1.0);
    add(facts.meta("og:title"), "open-graph", 0.9);
    add(facts.meta("twitter:title"), "meta", 0.5);
    for (const std::string_view key : {"parsely-title", "sailthru.title", "headline", "title",
                                       "dc.title", "dcterms.title", "hdl", "article:title"})
        add(facts.meta(key), "meta", 0.4);
    add(facts.title_tag, "markup", 0.8);
    return claims;
}

// True for a heading that is a link to the site's front page.
bool leads_home(Node heading) {
    Node link = heading.parent();
    if (!link || !link.is_element() || link.tag() != LXB_TAG_A) {
        link = heading.first_child();
        while (link && !(link.is_element() && link.tag() == LXB_TAG_A)) link = link.next();
    }
    if (!link) return false;
    std::string_view href = trim(link.attribute(LXB_DOM_ATTR_HREF));
    // Of an archive's address the part behind its own.
    if (const std::size_t at = href.rfind("//"); at != std::string_view::npos) {
        href = href.substr(at + 2);
        href = href.substr(std::min(href.find('/'), href.size()));
        if (href.empty()) return true;
    }
    return href == "/" || href.starts_with("/index.") || href == "index.html" || href == "./" ||
           href == "../";
}

// Over the articles of a day stands the day.
bool is_date(std::string_view text) {
    // "Wednesday, the 30th of September 2020" has most.
    constexpr std::size_t kMaxDateBytes = 80;
    if (text.size() > kMaxDateBytes || text.find_first_of("0123456789") == std::string_view::npos)
        return false;
    const auto date = find_date(text, DateOrder::kDayFirst);
    return date && word_count(text.substr(0, date->begin)) + word_count(text.substr(date->end)) < 2;
}

// True for breadcrumbs: three short steps or more, or two of which the first leads home.
bool is_breadcrumbs(std::string_view text) {
    const std::vector<TitlePart> parts = parts_of(text);
    if (parts.size() < 2) return false;
    if (is_home_word(folded(run_of(text, parts, 0, 0)))) return true;
    if (parts.size() < 3) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (word_count(run_of(text, parts, i, i)) > kMaxCrumbWords) return false;
    }
    const std::string_view mark = text.substr(parts[0].end, 4);
    return mark.contains('>') || mark.contains("»") || mark.contains("›");
}

// True when metadata say just these words.
bool is_claimed(const std::vector<Claim>& claims, std::string_view key) {
    return std::ranges::any_of(claims, [&](const Claim& claim) { return claim.key == key; });
}

std::vector<Heading> collect_headings(const PageFacts& facts, const SiteNames& site,
                                      const std::vector<Claim>& claims) {
    std::vector<Heading> headings;
    std::size_t main_headings = 0;
    for (const Spot& spot : facts.headings) {
        if (headings.size() >= kMaxHeadings) break;
        const html::Tag tag = spot.node.tag();
        // A logo, a navigation's title, a heading of readers' comments.
        if ((spot.roles & (kRoleHidden | kRoleComment)) != 0 && tag != LXB_TAG_H1) continue;
        Heading heading;
        heading.parts = read_heading(spot.node, facts.html_lang, kMaxTitleBytes);
        heading.text = heading.parts.text;
        if (heading.text.empty() || heading.text.size() > kMaxTitleBytes ||
            word_count(heading.text) > kMaxTitleWords || site.matches(heading.text))
            continue;
        // Two elements without a space between are two words all the same.
        heading.key =
            folded(heading.parts.with_kicker.empty() ? heading.text : heading.parts.with_kicker);
        if (heading.key.empty() || is_date(heading.text)) continue;
        if ((is_widget_heading(heading.key) || is_breadcrumbs(heading.text)) &&
            !is_claimed(claims, heading.key))
            continue;
        heading.node = spot.node;
        const bool named_headline = spot.property == "headline" || spot.property == "name headline";
        switch (tag) {
            case LXB_TAG_H1:
                heading.prior = 1.2;
                break;
            case LXB_TAG_H2:
                heading.prior = 0.5;
                break;
            case LXB_TAG_H3:
                heading.prior = 0.3;
                break;
            default:
                heading.prior = 0.1;
        }
        if (named_headline) heading.prior += 0.5;
        if ((spot.roles & kRoleTitle) != 0) heading.prior += 0.2;
        heading.is_logo = (spot.roles & (kRoleSite | kRoleLogo)) != 0;
        if (heading.is_logo) heading.prior -= 0.8;
        if ((spot.zone & (kRoleAside | kRoleComment)) != 0) heading.prior -= 0.5;
        if ((spot.zone & kRoleSite) != 0) heading.prior -= 0.3;
        const std::size_t words = word_count(heading.text);
        if (words < 2) heading.prior -= 0.5;
        // Sections and sites have short names, headlines are sentences.
        heading.prior += 0.05 * static_cast<double>(std::min<std::size_t>(words, 8));
        if (leads_home(spot.node)) heading.prior -= 0.8;
        // Of several the first is the most likely, of lists of headlines none.
        if (tag == LXB_TAG_H1) heading.prior -= 0.05 * static_cast<double>(main_headings++);
        headings.push_back(std::move(heading));
    }
    return headings;
}

// A text of its own in the page that is exactly one of `keys`, for pages without headings; a text
// node. A motto of the site may be part of the title too, and stands over the page or below it: of
// several of some length the last in the upper half, below it only one of twice the length.
// The last of `keys` is the whole title: where it is shown, it is the headline.
Node find_shown(Node body, const std::vector<std::string>& keys) {
    struct Shown {
        Node text;
        std::size_t length;
        std::size_t place;  // bytes of text before it
    };
    std::vector<Shown> shown;
    std::vector<bool> is_found(keys.size());
    std::size_t place = 0;
    int searched = 0;
    for (Node node = body; node && searched < kMaxElementsSearched; ++searched) {
        if (node.is_element() && html::is_unseen(node.tag())) {
            node = node.next_past(body);
            continue;
        }
        if (node.is_text()) {
            const std::string_view text = trim(node.text());
            if (text.size() > 8 && text.size() < kMaxTitleBytes && node.parent() &&
                node.parent().tag() != LXB_TAG_A) {
                const auto found = std::ranges::find(keys, folded(text));
                const auto index = static_cast<std::size_t>(found - keys.begin());
                if (found != keys.end() && !is_found[index]) {
                    if (index + 1 == keys.size()) return node;
                    is_found[index] = true;
                    shown.push_back({node, text.size(), place});
                }
            }
            place += text.size();
        }
        node = node.next_in(body);
    }
    Shown best{.text = {}, .length = 0, .place = 0};
    for (const Shown& each : shown) {
        const bool is_low = each.place > place / 2;
        if (!best.text || (is_low ? each.length > 2 * best.length : 2 * each.length > best.length))
            best = each;
    }
    return best.text;
}

std::size_t count_marks(std::string_view text) {
    std::size_t marks = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (!is_word_character(c) && !is_space(c)) ++marks;
    }
    return marks;
}

// The text of a heading that is the headline. A heading may hold more: a kicker before it, a
// section behind it. Takes the part that a claim names word for word, and the mark that a claim has
// between kicker and headline.
std::string headline_part(const Heading& heading, const std::vector<Claim>& claims) {
    if (heading.parts.has_parts) {
        const std::string joined = compact(heading.text);
        const std::size_t marks = count_marks(heading.text);
        for (const Claim& claim : claims) {
            if (compact(claim.text) != joined) continue;
            // Metadata that run kicker and headline together are no better than the heading.
            const bool may_be_glued = !heading.parts.with_kicker.empty() &&
                                      (heading.parts.is_named_kicker || claim.source == "markup") &&
                                      count_marks(claim.text) <= marks;
            if (!may_be_glued) return claim.text;
        }
    }
    for (const Claim& claim : claims) {
        if (claim.key == heading.key) continue;
        if (word_count(claim.text) < 4 || claim.text.size() * 3 < heading.text.size()) continue;
        const std::size_t at = heading.text.find(claim.text);
        if (at == std::string::npos) continue;
        // A kicker before it or a standfirst behind it stands in an element of its own.
        const bool at_end = at + claim.text.size() == heading.text.size();
        const bool has_parts = heading.node.first_child() && heading.node.first_child().next();
        if (has_parts && (at_end || at == 0)) return claim.text;
        const std::vector<TitlePart> parts = parts_of(heading.text);
        for (std::size_t first = 0; first < parts.size(); ++first) {
            for (std::size_t last = first; last < parts.size(); ++last) {
                if (run_of(heading.text, parts, first, last) == claim.text) return claim.text;
            }
        }
    }
    if (!heading.parts.with_kicker.empty()) return heading.parts.with_kicker;
    return heading.text;
}

// Headings and claims vote; `headings` get their support.
TitleChoice decide(const PageFacts& facts, const Url& url, const std::vector<Claim>& claims,
                   std::vector<Heading>& headings, Trace* trace) {
    std::vector<Words> claim_words;
    for (const Claim& claim : claims) claim_words.push_back(words_of(claim.key));
    Heading* best = nullptr;
    for (Heading& heading : headings) {
        double best_weight = 0;
        const Words key_words = words_of(heading.key);
        double agreed = 0;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const Claim& claim = claims[i];
            // Many metadata say the same as the one before.
            const bool same =
                i > 0 && claim.key == claims[i - 1].key && claim.runs == claims[i - 1].runs;
            if (!same) agreed = agreement(claim, claim_words[i], heading.key, key_words);
            // Titles end with what the logo says.
            if (heading.is_logo && agreed < 1 && !claim.runs.empty() &&
                claim.runs.back() == heading.key)
                agreed = 0;
            const double part = claim.weight * agreed;
            heading.support += part;
            if (part > best_weight) {
                best_weight = part;
                heading.witness = claim.source;
            }
        }
        if (best == nullptr || heading.prior + heading.support > best->prior + best->support)
            best = &heading;
    }

    double claimed = 0;  // what all claims together weigh
    for (const Claim& claim : claims) claimed += claim.weight;

    // The metadata may have a headline of their own, for search engines. The first <h1> stands
    // against them when it is a sentence that shares a word with them or with the address.
    if (best != nullptr && best->support <= 0.25 * claimed && !claims.empty()) {
        for (Heading& heading : headings) {
            if (heading.node.tag() != LXB_TAG_H1) continue;
            if (heading.prior > 1.2 && word_count(heading.text) >= 4 &&
                shares_word(heading.key, claims, url)) {
                heading.support = 0.3 * claimed;
                best = &heading;
                trace_remark(trace,
                             "The headings and the metadata name different titles. The first <h1> "
                             "counts: it is a sentence that shares a word with the others.");
            }
            break;
        }
    }

    if (best != nullptr && (best->support > 0.25 * claimed || claims.empty())) {
        TitleChoice choice{.text = headline_part(*best, claims),
                           .node = best->node,
                           .place = {},
                           .evidence = {"markup", claims.empty() ? 0.5 : 0.7}};
        trace_reason(trace, "title",
                     claims.empty() ? "the likeliest heading, and no metadata names a title"
                                    : "the heading with the most support from the metadata");
        if (claimed > 0) choice.evidence.confidence = 0.6 + 0.4 * best->support / (claimed + 0.5);
        const std::string key = folded(choice.text);
        for (const Claim& claim : claims) {
            // Capitals are a matter of dress; a headline of the same words in usual letters is
            // how it was written.
            if (claim.key == key && is_shouting(choice.text) && !is_shouting(claim.text))
                choice.text = claim.text;
        }
        return choice;
    }

    // No heading says what the metadata say. The claim that most others share.
    const Claim* chosen = nullptr;
    double chosen_weight = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const Claim& claim = claims[i];
        double weight = claim.weight;
        for (std::size_t j = 0; j < claims.size(); ++j) {
            if (j == i) continue;
            weight +=
                claims[j].weight * agreement(claims[j], claim_words[j], claim.key, claim_words[i]);
        }
        if (has_ellipsis(claim.text)) weight *= 0.5;
        if (chosen == nullptr || weight > chosen_weight) {
            chosen = &claim;
            chosen_weight = weight;
        }
    }
    if (chosen == nullptr) {
        if (best == nullptr) return {};
        trace_reason(trace, "title", "the likeliest heading, although the metadata disagree");
        return {.text = headline_part(*best, claims),
                .node = best->node,
                .place = {},
                .evidence = {"markup", 0.4}};
    }
    trace_reason(trace, "title",
                 "no heading says what the metadata say: the title that most of them share");
    TitleChoice choice{.text = chosen->text,
                       .node = {},
                       .place = {},
                       .evidence = {std::string(chosen->source), 0.5 + 0.1 * chosen_weight}};
    choice.evidence.confidence = std::min(choice.evidence.confidence, 0.85);
    // A title with parts: the one that stands in the page as a text of its own is the headline,
    // else the longest.
    const std::vector<TitlePart> parts = parts_of(choice.text);
    if (parts.size() > 1 || claims.size() == 1) {
        const Node root = facts.body;
        std::vector<std::string> keys = runs_of(chosen->text);
        // "Agency: The crane leaves the harbour", where only the latter is shown.
        if (const std::size_t colon = chosen->text.find(": "); colon != std::string::npos)
            keys.push_back(folded(std::string_view(chosen->text).substr(colon + 2)));
        std::erase(keys, chosen->key);
        keys.push_back(chosen->key);
        if (const Node shown = root ? find_shown(root, keys) : Node(); shown) {
            trace_reason(trace, "title",
                         "the part of the metadata's title that the page shows as a text");
            choice.node = shown.parent();
            choice.text = clean_title(shown.text());
        }
    }
    return choice;
}

void trace_candidates(Trace* trace, const std::vector<Claim>& claims,
                      const std::vector<Heading>& headings, const TitleChoice& choice) {
    if (trace == nullptr) return;
    for (const Claim& claim : claims)
        trace_candidate(trace, {.field = "title",
                                .value = claim.text,
                                .source = std::string(claim.source),
                                .weight = claim.weight,
                                .score = claim.weight,
                                .is_chosen = !choice.node && claim.text == choice.text});
    for (const Heading& heading : headings)
        trace_candidate(trace, {.field = "title",
                                .value = heading.text,
                                .source = std::string(heading.node.name()),
                                .weight = heading.prior,
                                .score = heading.prior + heading.support,
                                .is_chosen = choice.node && heading.node == choice.node});
}

}  // namespace

TitleChoice choose_title(const PageFacts& facts, const LinkedData& linked, const SiteNames& site,
                         const Url& url, const Entry* entry, Trace* trace) {
    const std::vector<Claim> claims = collect_claims(facts, linked, site, entry);
    std::vector<Heading> headings = collect_headings(facts, site, claims);
    TitleChoice choice = decide(facts, url, claims, headings, trace);
    trace_candidates(trace, claims, headings, choice);
    choice.place = choice.node;
    // Better a title that is also said to be the site's name than none.
    if (choice.text.empty() && !facts.title_tag.empty())
        choice = {.text = clean_title(facts.title_tag),
                  .node = {},
                  .place = {},
                  .evidence = {"markup", 0.3}};
    if (!choice.place) {
        double best = kLikelyPrior;
        for (std::size_t i = 0; i < headings.size(); ++i) {
            // Of a list of headlines the first.
            const double score =
                headings[i].prior + headings[i].support - 0.2 * static_cast<double>(i);
            if (score > best) choice.place = headings[i].node;
            best = std::max(best, score);
        }
    }
    return choice;
}

}  // namespace heliograph::extract
