// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/next_part.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "html/url.h"

namespace heliograph::extract {
namespace {

using html::PagerWord;
using html::PartStep;

// Parts of one article; a higher number is an id, or belongs to a forum.
constexpr int kMaxPartOfArticle = 60;

struct Candidate {
    Url url;
    html::PagerLabel label;
    bool is_marked = false;  // rel="next", or a class of that name
};

std::vector<Candidate> candidates_of(const PageFacts& facts, const Url& base) {
    std::vector<Candidate> out;
    const auto add = [&](std::string_view href, html::PagerLabel label, bool is_marked) {
        if (auto url = html::parse_url(href, &base))
            out.push_back({.url = *std::move(url), .label = label, .is_marked = is_marked});
    };
    if (const std::string_view href = facts.link("next"); !href.empty())
        add(href, {.word = facts.has_titled_next ? PagerWord::kNone : PagerWord::kBare}, true);
    for (const PagerLink& link : facts.pager_links) add(link.href, link.label, link.is_marked);
    return out;
}

// Whether the page has a pager of this text: links that are called by their numbers, or an address
// of its own that is the text's without a number.
bool has_pager(const PageFacts& facts, const std::vector<Candidate>& candidates, const Url& here,
               const Url& base, int next) {
    for (const std::string_view rel : {"canonical", "prev", "first", "start"}) {
        const auto url = html::parse_url(facts.link(rel), &base);
        // The article before has a number that is one less, too, but that is no sign.
        if (url && !(*url == here) && html::is_first_part_of(*url, here)) return true;
    }
    return std::ranges::any_of(candidates, [&](const Candidate& candidate) {
        return candidate.label.word == PagerWord::kNumber && candidate.label.number != next &&
               !(candidate.url == here) && html::same_parted_text(here, candidate.url);
    });
}

}  // namespace

std::string find_next_part(const PageFacts& facts, const Url& here, const Url& base) {
    const std::vector<Candidate> candidates = candidates_of(facts, base);
    for (const Candidate& candidate : candidates)
        if (candidate.label.word == PagerWord::kWhole && html::is_whole_of(here, candidate.url))
            return candidate.url.href;

    const auto is_next = [&](const Candidate& candidate) {
        const html::PartRelation relation = html::part_relation(here, candidate.url);
        if (relation.step == PartStep::kNone || relation.part > kMaxPartOfArticle) return false;
        const PagerWord word = candidate.label.word;
        if (word == PagerWord::kNumber && candidate.label.number != relation.part) return false;
        switch (relation.step) {
            case PartStep::kSecondMarked:
            case PartStep::kNextMarked:
                return word != PagerWord::kNone || candidate.is_marked;
            case PartStep::kZeroBased:
            case PartStep::kSecond:
                // Text that is a headline names another article.
                return word != PagerWord::kNone;
            case PartStep::kNext:
                return word == PagerWord::kNumber ||
                       (word != PagerWord::kNone &&
                        has_pager(facts, candidates, here, base, relation.part));
            case PartStep::kNone:
                break;
        }
        return false;
    };
    const auto next = std::ranges::find_if(candidates, is_next);
    return next != candidates.end() ? next->url.href : std::string();
}

}  // namespace heliograph::extract
