// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/whole_body.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "extract/embed.h"
#include "extract/notices.h"
#include "extract/phrases.h"
#include "extract/picture_box.h"

namespace heliograph::extract {
namespace {

// A box with less than this share of the chosen prose is not completed: it may be a quote or a
// note.
constexpr double kMinShareOfBox = 0.15;

// Link share from which a line leads elsewhere, and the same for a whole list, whose entries may
// have a link each beside a price or a date.
constexpr double kMaxLinksOfLine = 0.5;
constexpr double kMaxLinksOfList = 0.6;

// Link share from which a line is nothing but a link.
constexpr double kMinLinksOfLink = 0.9;

// A gap between chosen paragraphs with a larger share of links leads to other articles.
constexpr double kMaxLinksOfGap = 0.4;

// Lines that make a list. Two may be a byline and a date.
constexpr std::size_t kMinLines = 3;

// Longer lines are paragraphs, and are decided one by one.
constexpr std::uint32_t kMaxLineWeight = 150;

// Bytes of a line that phrases are looked for in.
constexpr std::size_t kPhraseBytes = 300;

// Likelihood from which text is added that stands where the chosen text stands. Far below the
// classifier's own threshold, because the place is evidence too.
constexpr float kMinBetween = 0.05F;    // between chosen paragraphs
constexpr float kMinAfter = 0.05F;      // a paragraph like the chosen ones, below the last of them
constexpr float kMinBefore = 0.15F;     // a paragraph above the first chosen one
constexpr float kMinOfSection = 0.15F;  // a section between chosen ones
constexpr float kMinOfListBefore = 0.1F;  // a list above the first chosen paragraph
constexpr float kMinOfBox = 0.3F;         // a box that does not look like a list
constexpr float kMinOfTwin = 0.1F;        // a box of the same form

// Elements that hold a paragraph of a box; the box itself is further up.
bool is_leaf(html::Tag tag) {
    switch (tag) {
        case LXB_TAG_P:
        case LXB_TAG_LI:
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_DL:
        case LXB_TAG_DD:
        case LXB_TAG_DT:
        case LXB_TAG_PRE:
        case LXB_TAG_BLOCKQUOTE:
            return true;
        default:
            return is_heading(tag);
    }
}

// Whether tag or names of an element say that it is no text of the article.
bool is_named_foreign(const Row& row) {
    if (row.is_hidden || row.is_unread) return true;
    switch (row.tag) {
        case LXB_TAG_NAV:
        case LXB_TAG_FOOTER:
        case LXB_TAG_ASIDE:
        case LXB_TAG_FIGURE:
        case LXB_TAG_FIGCAPTION:
        case LXB_TAG_FORM:
        case LXB_TAG_DIALOG:
        case LXB_TAG_FIELDSET:
        case LXB_TAG_LABEL:
            return true;
        default:
            break;
    }
    if (row.is_body_property || (row.names & kBodyName) != 0) return false;
    return (row.names & kForeignNames) != 0;
}

// Whether an element is a figure round text: a quotation, code or a table instead of a picture.
bool is_figure_of_text(const PageTable& table, std::uint32_t r) {
    const Row& row = table.rows[r];
    if (row.tag != LXB_TAG_FIGURE) return false;
    constexpr std::uint32_t kMaxRows = 8;  // figures in each other must not cost their square
    for (std::uint32_t i = r + 1; i < std::min(row.end, r + kMaxRows); ++i) {
        const html::Tag tag = table.rows[i].tag;
        if (tag == LXB_TAG_BLOCKQUOTE || tag == LXB_TAG_PRE || tag == LXB_TAG_TABLE) return true;
    }
    return false;
}

// Whether a line begins like the heading of the page's tail. `folded` are its first words.
bool is_tail_line(const Block& block, std::string_view folded) {
    constexpr std::uint32_t kMaxWeight = 80;
    return block.weight < kMaxWeight && !block.ends_with_stop && begins_tail(folded);
}

// Whether a line says that it is no text of the article.
bool is_boilerplate(const PageTable& table, const Block& block) {
    const std::string folded = fold(table.text_of(block, kPhraseBytes));
    return folded.empty() || is_interjection(folded) || is_advertising_label(folded) ||
           is_tail_line(block, folded) || notice_of(folded) != Notice::kNone ||
           is_line_under_picture(table, block);
}

// Whether a block reads like a sentence, or a short one that no comma divides.
bool is_sentence(const Block& block) {
    constexpr std::uint32_t kMinWeight = 12;
    return is_prose(block) || (block.ends_with_stop && block.weight >= kMinWeight &&
                               block.link_share() <= kMaxLinksOfLine);
}

// A child of a box: an element with its blocks, or one line between <br> elements.
struct Unit {
    std::uint32_t row = kNoRow;  // of the child element; of the box where the text has no element
    std::uint32_t begin = 0;     // blocks
    std::uint32_t end = 0;
    bool is_loose = false;  // text without an element of its own
};

class Completion {
  public:
    Completion(const PageTable& table, const Clues& clues, const std::vector<float>& likelihood,
               std::vector<bool>& keep)
        : table_(table), clues_(clues), likelihood_(likelihood), keep_(keep) {}

    void run() {
        std::unordered_map<std::uint32_t, std::uint32_t> prose_of;  // by box
        std::uint64_t all = 0;
        for (std::uint32_t b = 0; b < keep_.size(); ++b) {
            if (!keep_[b] || !is_sentence(table_.blocks[b])) continue;
            prose_of[box_of(b)] += table_.blocks[b].weight;
            all += table_.blocks[b].weight;
        }
        std::vector<std::uint32_t> boxes;
        for (const auto& [box, prose] : prose_of)
            if (static_cast<double>(prose) >= kMinShareOfBox * static_cast<double>(all))
                boxes.push_back(box);
        std::ranges::sort(boxes);
        add_twins(boxes);
        for (const std::uint32_t box : boxes) complete(box);
        complete_column(boxes);
    }

  private:
    [[nodiscard]] bool holds_one_line(std::uint32_t r) const {
        return table_.rows[r].end_block - table_.rows[r].first_block == 1;
    }

    // Whether the next element, or the one before, has the same tag and class, and no label of an
    // advertisement.
    [[nodiscard]] bool has_twin_beside(std::uint32_t r) const {
        const Row& row = table_.rows[r];
        const Row& outer = table_.rows[row.parent];
        const auto is_twin = [&](const Row& other) {
            return other.parent == row.parent && other.tag == row.tag &&
                   other.signature == row.signature && other.end_block > other.first_block &&
                   !is_boilerplate(table_, table_.blocks[other.first_block]);
        };
        if (row.end < outer.end && is_twin(table_.rows[row.end])) return true;
        html::Node before = row.node.previous();
        while (before && !before.is_element()) before = before.previous();
        const std::uint32_t other = table_.row_of(before);
        return other != kNoRow && is_twin(table_.rows[other]);
    }

    // The element that the block's paragraph stands in beside others.
    [[nodiscard]] std::uint32_t box_of(std::uint32_t b) const {
        std::uint32_t r = table_.blocks[b].row;
        const auto shares_row = [&](std::uint32_t other) {
            return other < table_.blocks.size() && table_.blocks[other].row == r;
        };
        // Lines of one paragraph that <br> divides.
        if (shares_row(b + 1) || (b > 0 && shares_row(b - 1))) return r;
        // Text right in a <div> is a paragraph of what is round it.
        if (!is_leaf(table_.rows[r].tag) && table_.rows[r].parent != kNoRow && holds_one_line(r))
            r = table_.rows[r].parent;
        while (table_.rows[r].parent != kNoRow && is_leaf(table_.rows[r].tag))
            r = table_.rows[r].parent;
        // A wrapper round each paragraph, as content management systems make them.
        for (std::uint32_t wrapper = r;
             table_.rows[wrapper].parent != kNoRow && holds_one_line(wrapper);
             wrapper = table_.rows[wrapper].parent)
            if (has_twin_beside(wrapper)) r = table_.rows[wrapper].parent;
        return r;
    }

    [[nodiscard]] std::vector<Unit> units_of(std::uint32_t box) const {
        std::vector<Unit> units;
        const Row& row = table_.rows[box];
        for (std::uint32_t b = row.first_block; b < row.end_block;) {
            std::uint32_t r = table_.blocks[b].row;
            if (r == box) {
                units.push_back({.row = box, .begin = b, .end = b + 1, .is_loose = true});
                ++b;
                continue;
            }
            if (!table_.contains(box, r)) {  // the box is an inline element in the block
                ++b;
                continue;
            }
            while (table_.rows[r].parent != box) r = table_.rows[r].parent;
            const std::uint32_t end = std::max(table_.rows[r].end_block, b + 1);
            units.push_back({.row = r, .begin = b, .end = end});
            b = end;
        }
        return units;
    }

    [[nodiscard]] bool is_kept(const Unit& unit) const {
        for (std::uint32_t b = unit.begin; b < unit.end; ++b)
            if (keep_[b]) return true;
        return false;
    }

    [[nodiscard]] bool is_kept_text(const Unit& unit) const {
        for (std::uint32_t b = unit.begin; b < unit.end; ++b)
            if (keep_[b] && is_sentence(table_.blocks[b])) return true;
        return false;
    }

    [[nodiscard]] double link_share(const Unit& unit) const {
        const std::uint32_t weight =
            table_.weight_before[unit.end] - table_.weight_before[unit.begin];
        const std::uint32_t links =
            table_.link_weight_before[unit.end] - table_.link_weight_before[unit.begin];
        return weight == 0 ? 0 : static_cast<double>(links) / weight;
    }

    [[nodiscard]] std::uint32_t weight(const Unit& unit) const {
        return table_.weight_before[unit.end] - table_.weight_before[unit.begin];
    }

    // The mean over the blocks that the classifier was asked about, by weight; kNotAsked for none.
    [[nodiscard]] float mean_likelihood(std::uint32_t begin, std::uint32_t end) const {
        double sum = 0;
        double asked = 0;
        for (std::uint32_t b = begin; b < end; ++b) {
            if (likelihood_[b] == kNotAsked) continue;
            sum += static_cast<double>(likelihood_[b]) * table_.blocks[b].weight;
            asked += table_.blocks[b].weight;
        }
        return asked == 0 ? kNotAsked : static_cast<float>(sum / asked);
    }

    // Whether the unit, or an element inside that holds most of it, is no text of the article.
    [[nodiscard]] bool is_foreign(const Unit& unit) const {
        if (unit.is_loose) return false;
        const Row& row = table_.rows[unit.row];
        for (std::uint32_t r = unit.row; r < row.end; ++r)
            if (2 * table_.weight(table_.rows[r]) >= table_.weight(row) &&
                is_named_foreign(table_.rows[r]) && !is_figure_of_text(table_, r))
                return true;
        return false;
    }

    // Whether the page's tail begins with this unit: another headline, or "Related stories".
    [[nodiscard]] bool begins_tail_of_page(const Unit& unit) const {
        if (!unit.is_loose && table_.rows[unit.row].tag == LXB_TAG_H1) return true;
        const Block& block = table_.blocks[unit.begin];
        return is_tail_line(block, fold(table_.text_of(block, kPhraseBytes)));
    }

    // Whether the names of a box say that it stands below articles. Pictures and advertisements
    // stand between paragraphs too.
    [[nodiscard]] bool is_of_tail(const Unit& unit) const {
        constexpr Names kTailNames =
            kFoot | kRelated | kComment | kShare | kTags | kNewsletter | kAuthor | kNav;
        if (unit.is_loose) return false;
        const Row& row = table_.rows[unit.row];
        return row.tag == LXB_TAG_FOOTER || row.tag == LXB_TAG_NAV || row.tag == LXB_TAG_FORM ||
               (is_foreign(unit) && (row.names & kTailNames) != 0);
    }

    // Two units that the page prints alike.
    [[nodiscard]] bool is_like(const Unit& a, const Unit& b) const {
        if (a.is_loose || b.is_loose) return a.is_loose == b.is_loose;
        return table_.rows[a.row].tag == table_.rows[b.row].tag &&
               table_.rows[a.row].signature == table_.rows[b.row].signature;
    }

    [[nodiscard]] bool is_unit_heading(const Unit& unit) const {
        return !unit.is_loose && is_heading(table_.rows[unit.row].tag);
    }

    // Whether the unit is an element with others inside that are no list, table or quote: it may be
    // a widget of the page.
    [[nodiscard]] bool is_box(const Unit& unit) const {
        return !unit.is_loose && unit.end - unit.begin >= 2 &&
               !is_leaf(table_.rows[unit.row].tag) && table_.rows[unit.row].tag != LXB_TAG_TABLE;
    }

    // Whether a box of several lines ends with a link of its own line: "Become a member".
    [[nodiscard]] bool ends_with_call(const Unit& unit) const {
        return is_box(unit) && table_.blocks[unit.end - 1].link_share() >= kMinLinksOfLink;
    }

    // Whether a small box that the classifier doubts ends with a call to do something: the rest of
    // an appeal whose other lines say who asks.
    [[nodiscard]] bool is_appeal(const Unit& unit) const {
        constexpr std::uint32_t kMaxWeight = 400;
        constexpr float kMaxLikelihood = 0.6F;
        if (!ends_with_call(unit) || weight(unit) > kMaxWeight) return false;
        for (std::uint32_t b = unit.begin; b < unit.end; ++b)
            if (likelihood_[b] > kMaxLikelihood) return false;
        return true;
    }

    void drop_unit(const Unit& unit) {
        for (std::uint32_t b = unit.begin; b < unit.end; ++b) keep_[b] = false;
    }

    // Whether blocks look like the lines of a list: made of few kinds of elements, most of them no
    // links, and longer than the labels of buttons and votes.
    [[nodiscard]] bool look_like_list(std::uint32_t begin, std::uint32_t end) const {
        constexpr std::uint32_t kMaxLabelWeight = 6;
        std::vector<std::uint32_t> kinds;
        std::uint32_t links = 0;
        for (std::uint32_t b = begin; b < end; ++b) {
            kinds.push_back(table_.rows[table_.blocks[b].row].signature);
            if (table_.blocks[b].link_share() >= kMinLinksOfLink) ++links;
        }
        std::ranges::sort(kinds);
        const auto count =
            static_cast<std::uint32_t>(std::ranges::unique(kinds).begin() - kinds.begin());
        const std::uint32_t lines = end - begin;
        return lines >= kMinLines && (count == 1 || 2 * count <= lines) &&
               10 * links <= 4 * lines &&
               table_.weight_before[end] - table_.weight_before[begin] > kMaxLabelWeight * lines;
    }

    // Whether a unit may be added to the text round it. The writer shows posts of social networks
    // that were not chosen.
    [[nodiscard]] bool may_be_text(const Unit& unit) const {
        if (!unit.is_loose && table_.rows[unit.row].tag == LXB_TAG_BLOCKQUOTE &&
            is_social_post(table_.rows[unit.row].node))
            return false;
        return !is_box(unit) ||
               (!ends_with_call(unit) && (mean_likelihood(unit.begin, unit.end) >= kMinOfBox ||
                                          look_like_list(unit.begin, unit.end)));
    }

    // Whether each block of the unit is a short line.
    [[nodiscard]] bool has_lines_only(const Unit& unit) const {
        for (std::uint32_t b = unit.begin; b < unit.end; ++b)
            if (table_.blocks[b].weight > kMaxLineWeight) return false;
        return true;
    }

    void keep_unit(const Unit& unit) {
        for (std::uint32_t b = unit.begin; b < unit.end; ++b)
            if (!keep_[b] && !is_boilerplate(table_, table_.blocks[b])) keep_[b] = true;
    }

    // Returns the first and the last unit with chosen text; the first is units.size() without any.
    [[nodiscard]] std::pair<std::size_t, std::size_t> kept_range(
        const std::vector<Unit>& units) const {
        std::size_t first = units.size();
        std::size_t last = 0;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (!is_kept_text(units[i])) continue;
            first = std::min(first, i);
            last = i;
        }
        return {first, last};
    }

    // Adds what belongs to the chosen text in one box.
    void complete(std::uint32_t box) {
        const std::vector<Unit> units = units_of(box);
        auto [first, last] = kept_range(units);
        if (first == units.size()) return;
        for (const Unit& unit : units)
            if (is_appeal(unit)) drop_unit(unit);
        last = add_paragraphs_after(units, last);
        first = add_paragraphs_before(units, first);
        add_between(units, first, last);
        add_list_before(units, first);
        add_list_after(units, last);
    }

    // Adds the sections between chosen ones, at each level from the boxes up to the element that
    // holds all of them.
    void complete_column(const std::vector<std::uint32_t>& boxes) {
        if (boxes.empty()) return;
        std::uint32_t column = boxes.front();
        for (const std::uint32_t box : boxes)
            while (!table_.contains(column, box)) column = table_.rows[column].parent;
        std::vector<std::uint32_t> levels;
        for (const std::uint32_t box : boxes)
            for (std::uint32_t r = box; r != column;) {
                r = table_.rows[r].parent;
                levels.push_back(r);
            }
        std::ranges::sort(levels);
        const auto [begin, end] = std::ranges::unique(levels);
        levels.erase(begin, end);
        for (const std::uint32_t level : levels) {
            const std::vector<Unit> units = units_of(level);
            const auto [first, last] = kept_range(units);
            for (std::size_t i = first + 1; i < last; ++i) {
                const Unit& unit = units[i];
                if (is_foreign(unit) || ends_with_call(unit) || link_share(unit) > kMaxLinksOfLine)
                    continue;
                if (mean_likelihood(unit.begin, unit.end) >= kMinOfSection) keep_unit(unit);
            }
        }
    }

    void add_between(const std::vector<Unit>& units, std::size_t first, std::size_t last) {
        for (std::size_t begin = first + 1; begin < last;) {
            std::size_t end = begin;
            while (end < last && !is_kept_text(units[end])) ++end;
            if (end > begin) fill_gap(units, begin, end);
            begin = end + 1;
        }
    }

    // Adds what stands between two chosen paragraphs.
    void fill_gap(const std::vector<Unit>& units, std::size_t begin, std::size_t gap_end) {
        const bool leads_elsewhere = links_of(units, begin, gap_end) > kMaxLinksOfGap;
        for (std::size_t i = begin; i < gap_end;) {
            if (is_foreign(units[i])) {
                ++i;
                continue;
            }
            std::size_t end = i + 1;
            while (end < gap_end && is_like(units[i], units[end]) && !is_foreign(units[end])) ++end;
            // A run of lines is decided as one.
            const bool is_run =
                end - i >= kMinLines && look_like_list(units[i].begin, units[end - 1].end);
            const float likely = mean_likelihood(units[i].begin, units[end - 1].end);
            const bool is_likely = likely == kNotAsked || likely >= kMinBetween;
            for (; i < end; ++i)
                if (is_run || (!leads_elsewhere && is_likely && may_be_text(units[i]) &&
                               link_share(units[i]) <= kMaxLinksOfLine))
                    keep_unit(units[i]);
        }
    }

    [[nodiscard]] double links_of(const std::vector<Unit>& units, std::size_t begin,
                                  std::size_t end) const {
        const std::uint32_t b = units[begin].begin;
        const std::uint32_t e = units[end - 1].end;
        const std::uint32_t all = table_.weight_before[e] - table_.weight_before[b];
        return all == 0 ? 0
                        : static_cast<double>(table_.link_weight_before[e] -
                                              table_.link_weight_before[b]) /
                              all;
    }

    // Adds the rest of a run of paragraphs whose beginning was chosen. Returns the index of its
    // last unit, which is `last` when there are none.
    std::size_t add_paragraphs_after(const std::vector<Unit>& units, std::size_t last) {
        constexpr std::size_t kMinOfRun = 5;  // from which on a run needs no other evidence
        std::size_t chosen = 0;
        for (std::size_t i = 0; i <= last; ++i)
            if (is_kept_text(units[i]) && is_like(units[i], units[last])) ++chosen;
        for (std::size_t i = last + 1; i < units.size(); ++i) {
            const Unit& unit = units[i];
            if (begins_tail_of_page(unit)) break;
            if (is_foreign(unit) || unit.end - unit.begin != 1 ||
                !is_sentence(table_.blocks[unit.begin]) || !is_like(unit, units[last]))
                continue;
            if (is_boilerplate(table_, table_.blocks[unit.begin])) break;
            const float likely = likelihood_[unit.begin];
            if (chosen < kMinOfRun && likely != kNotAsked && likely < kMinAfter) break;
            keep_[unit.begin] = true;
            last = i;
        }
        return last;
    }

    // The first unit below the title.
    [[nodiscard]] std::size_t first_below_title(const std::vector<Unit>& units) const {
        const std::uint32_t title = table_.row_of(clues_.title_node);
        std::size_t i = 0;
        if (title != kNoRow)
            while (i < units.size() && units[i].begin < table_.rows[title].end_block) ++i;
        return i;
    }

    // Adds paragraphs above the first chosen one. Returns the index of the first of them.
    std::size_t add_paragraphs_before(const std::vector<Unit>& units, std::size_t first) {
        const std::size_t begin = first_below_title(units);
        for (std::size_t i = first; i-- > begin;) {
            const Unit& unit = units[i];
            if (is_foreign(unit)) break;
            if (unit.end - unit.begin != 1) continue;
            const Block& block = table_.blocks[unit.begin];
            if (!is_like(unit, units[first]) || !block.ends_with_stop ||
                block.link_share() > kMaxLinksOfLine || is_boilerplate(table_, block))
                continue;
            const float likely = likelihood_[unit.begin];
            if (likely != kNotAsked && likely < kMinBefore) continue;
            keep_[unit.begin] = true;
            first = i;
        }
        return first;
    }

    // Whether units[begin, end), which are alike, are the lines of a list.
    [[nodiscard]] bool is_list(const std::vector<Unit>& units, std::size_t begin,
                               std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i)
            if (!has_lines_only(units[i]) || is_foreign(units[i])) return false;
        return look_like_list(units[begin].begin, units[end - 1].end) &&
               links_of(units, begin, end) <= kMaxLinksOfList;
    }

    // The end of the run of units like units[begin].
    [[nodiscard]] std::size_t end_of_run(const std::vector<Unit>& units, std::size_t begin,
                                         std::size_t end) const {
        std::size_t i = begin + 1;
        while (i < end && is_like(units[begin], units[i])) ++i;
        return i;
    }

    // Adds lists between the title and the first chosen paragraph, with the headings over them.
    void add_list_before(const std::vector<Unit>& units, std::size_t first) {
        for (std::size_t i = first_below_title(units); i < first;) {
            const std::size_t begin = i;
            i = end_of_run(units, begin, first);
            if (is_unit_heading(units[begin]) || !is_list(units, begin, i)) continue;
            const float likely = mean_likelihood(units[begin].begin, units[i - 1].end);
            if (likely != kNotAsked && likely < kMinOfListBefore) continue;
            keep_list(units, begin, i);
        }
    }

    // Adds lists below the last chosen paragraph, up to the page's tail.
    void add_list_after(const std::vector<Unit>& units, std::size_t last) {
        std::size_t end = last + 1;
        while (end < units.size() && !begins_tail_of_page(units[end]) && !is_of_tail(units[end]))
            ++end;
        for (std::size_t i = last + 1; i < end;) {
            const std::size_t begin = i;
            i = end_of_run(units, begin, end);
            if (is_unit_heading(units[begin]) || is_foreign(units[begin])) continue;
            if (!is_list(units, begin, i)) break;
            keep_list(units, begin, i);
        }
    }

    // Keeps the lines of a list, and the heading right above it.
    void keep_list(const std::vector<Unit>& units, std::size_t begin, std::size_t end) {
        if (begin > 0 && is_unit_heading(units[begin - 1]) &&
            table_.rows[units[begin - 1].row].tag != LXB_TAG_H1)
            keep_unit(units[begin - 1]);
        for (std::size_t i = begin; i < end; ++i) keep_unit(units[i]);
    }

    // Adds boxes with prose that have the form of a chosen one and stand under the same ancestor:
    // an advertisement or a picture divided the text.
    void add_twins(std::vector<std::uint32_t>& boxes) {
        if (boxes.empty()) return;
        std::unordered_map<std::uint32_t, std::uint32_t> prose_of;
        for (std::uint32_t b = 0; b < keep_.size(); ++b)
            if (is_prose(table_.blocks[b])) prose_of[box_of(b)] += table_.blocks[b].weight;
        std::vector<std::uint32_t> twins;
        for (const auto& [box, prose] : prose_of) {
            if (std::ranges::binary_search(boxes, box)) continue;
            if (std::ranges::any_of(boxes,
                                    [&](std::uint32_t known) { return is_twin(known, box); }))
                twins.push_back(box);
        }
        std::ranges::sort(twins);
        for (const std::uint32_t box : twins) {
            const Row& row = table_.rows[box];
            if (is_named_foreign(row) || table_.link_share(row) > kMaxLinksOfLine) continue;
            if (mean_likelihood(row.first_block, row.end_block) < kMinOfTwin) continue;
            for (std::uint32_t b = row.first_block; b < row.end_block; ++b)
                if (box_of(b) == box && !is_boilerplate(table_, table_.blocks[b]) &&
                    (is_prose(table_.blocks[b]) ||
                     is_heading(table_.rows[table_.blocks[b].row].tag)))
                    keep_[b] = true;
            boxes.push_back(box);
        }
        std::ranges::sort(boxes);
    }

    [[nodiscard]] bool is_twin(std::uint32_t a, std::uint32_t b) const {
        constexpr int kMaxLevels = 8;  // boxes that a grid puts round each part
        const Row* x = &table_.rows[a];
        const Row* y = &table_.rows[b];
        if (x->tag != y->tag || x->depth != y->depth || x->tag == LXB_TAG_LI) return false;
        const bool is_alike = x->signature == y->signature ||
                              (x->is_body_property && y->is_body_property) ||
                              ((x->names & kBodyName) != 0 && (y->names & kBodyName) != 0);
        if (!is_alike) return false;
        for (int level = 0; level < kMaxLevels; ++level) {
            if (x->tag == LXB_TAG_ARTICLE || y->tag == LXB_TAG_ARTICLE) return false;
            if (x->parent == kNoRow || y->parent == kNoRow) return false;
            if (x->parent == y->parent) return true;
            x = &table_.rows[x->parent];
            y = &table_.rows[y->parent];
        }
        return false;
    }

    const PageTable& table_;
    const Clues& clues_;
    const std::vector<float>& likelihood_;
    std::vector<bool>& keep_;
};

}  // namespace

void complete_body(const PageTable& table, const Clues& clues, const std::vector<float>& likelihood,
                   std::vector<bool>& keep) {
    Completion(table, clues, likelihood, keep).run();
}

namespace {

// Marks the lines below block `begin` in an element that are no links, boilerplate or foreign
// boxes. Ends with the first line that begins the page's tail. Returns their weight.
std::uint32_t lines_of(const PageTable& table, std::uint32_t region, std::uint32_t begin,
                       std::vector<bool>& lines) {
    std::uint32_t weight = 0;
    std::uint32_t foreign_end = 0;  // the first row below a foreign box
    const Row& row = table.rows[region];
    std::uint32_t r = region;
    for (std::uint32_t b = std::max(begin, row.first_block); b < row.end_block; ++b) {
        const Block& block = table.blocks[b];
        for (; r < row.end && r <= block.row; ++r)
            if (r != region && r >= foreign_end && is_named_foreign(table.rows[r]))
                foreign_end = table.rows[r].end;
        if (block.row < foreign_end || block.link_share() > kMaxLinksOfLine) continue;
        if (is_tail_line(block, fold(table.text_of(block, kPhraseBytes)))) break;
        if (is_boilerplate(table, block)) continue;
        lines[b] = true;
        weight += block.weight;
    }
    return weight;
}

// The region below the title is looked for until it has this much text: some lines of a list.
constexpr std::uint32_t kMinRegionWeight = 120;

// How much more text than the chosen one the region must have to replace it.
constexpr std::uint32_t kTimesChosen = 2;

}  // namespace

void prefer_lines_below_title(const PageTable& table, const Clues& clues, std::vector<bool>& keep) {
    const std::uint32_t title = table.row_of(clues.title_node);
    if (title == kNoRow) return;
    const std::uint32_t begin = table.rows[title].end_block;
    std::uint32_t r = table.rows[title].parent;
    const auto weight_below = [&](std::uint32_t region) {
        const Row& row = table.rows[region];
        const std::uint32_t from = std::clamp(begin, row.first_block, row.end_block);
        return table.weight_before[row.end_block] - table.weight_before[from] -
               (table.link_weight_before[row.end_block] - table.link_weight_before[from]);
    };
    while (r != kNoRow && table.rows[r].tag != LXB_TAG_BODY && weight_below(r) < kMinRegionWeight)
        r = table.rows[r].parent;
    if (r == kNoRow || table.rows[r].tag == LXB_TAG_BODY) return;
    // What was chosen from the region itself stays; a box named "comments" in it is none of it.
    std::uint32_t chosen = 0;
    for (std::uint32_t b = 0; b < keep.size(); ++b) {
        if (!keep[b]) continue;
        bool is_foreign = !table.contains(r, table.blocks[b].row);
        for (std::uint32_t i = table.blocks[b].row; !is_foreign && i != r; i = table.rows[i].parent)
            is_foreign = is_named_foreign(table.rows[i]);
        // Single lines that were chosen are a part of the list.
        if (!is_foreign && is_sentence(table.blocks[b])) return;
        if (is_foreign) chosen += table.blocks[b].weight;
    }
    std::vector<bool> lines(keep.size(), false);
    const std::uint32_t weight = lines_of(table, r, begin, lines);
    if (weight >= kMinRegionWeight && weight >= kTimesChosen * chosen) keep = std::move(lines);
}

void drop_legal_footers(const PageTable& table, html::Node title, std::vector<bool>& keep) {
    constexpr int kMaxLines = 12;  // paragraphs of a legal text
    const std::uint32_t title_row = table.row_of(title);
    std::vector<std::uint32_t> kept_before(keep.size() + 1, 0);
    for (std::size_t b = 0; b < keep.size(); ++b)
        kept_before[b + 1] = kept_before[b] + (keep[b] ? 1 : 0);
    int looked_at = 0;
    for (auto b = static_cast<std::uint32_t>(keep.size()); b-- > 0 && looked_at < kMaxLines;) {
        if (!keep[b]) continue;
        if (kept_before[b] == 0) return;
        ++looked_at;
        const std::string text = table.text_of(table.blocks[b], kPhraseBytes);
        if (!text.starts_with("©") && !is_copyright_line(fold(text))) continue;
        // The largest box that begins with this line.
        std::uint32_t box = table.blocks[b].row;
        const auto begins_here = [&](std::uint32_t r) {
            return r != kNoRow && kept_before[table.rows[r].first_block] == kept_before[b] &&
                   (title_row == kNoRow || !table.contains(r, title_row));
        };
        while (begins_here(table.rows[box].parent)) box = table.rows[box].parent;
        const std::uint32_t end = table.rows[box].end_block;
        if (kept_before.back() != kept_before[end]) continue;  // the article goes on below
        for (std::uint32_t i = b; i < end; ++i) keep[i] = false;
    }
}

}  // namespace heliograph::extract
