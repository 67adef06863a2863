// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/selection.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "extract/block_features.h"
#include "extract/block_model.h"
#include "extract/byline_text.h"
#include "extract/code_block.h"
#include "extract/confidence.h"
#include "extract/credit_text.h"
#include "extract/data_table.h"
#include "extract/date_text.h"
#include "extract/following_text.h"
#include "extract/foreign_boxes.h"
#include "extract/notices.h"
#include "extract/phrases.h"
#include "extract/picture_box.h"
#include "extract/repeats.h"
#include "extract/text_fold.h"
#include "extract/trace.h"
#include "extract/whole_body.h"

namespace heliograph::extract {
namespace {

// An element that by its tag or names does not belong to the text round it.
bool is_bad(const PageTable& table, const Row& row) {
    if (row.is_hidden) return true;
    switch (row.tag) {
        case LXB_TAG_NAV:
        case LXB_TAG_FOOTER:
        case LXB_TAG_ASIDE:
        case LXB_TAG_FIGCAPTION:
        case LXB_TAG_FORM:
        case LXB_TAG_DIALOG:
        case LXB_TAG_FIELDSET:
        case LXB_TAG_LABEL:
            return true;
        case LXB_TAG_BODY:
        case LXB_TAG_MAIN:
        case LXB_TAG_ARTICLE:
            return false;
        case LXB_TAG_P:
            // A dateline or a byline, never a text of sentences.
            return (row.names & kMeta) != 0 && table.prose(row) == 0;
        case LXB_TAG_BLOCKQUOTE:
            // "social-post" is a post, not a bar to share one.
            return (row.names & kForeignNames & ~kShare) != 0;
        default:
            break;
    }
    if (row.is_body_property || (row.names & kBodyName) != 0) return false;
    return (row.names & kForeignNames) != 0;
}

// Whether all text of the block is in the element, which may be an inline one.
bool is_whole_block(const PageTable& table, std::uint32_t r, const Block& block) {
    const auto is_inside = [&](html::Node node) {
        for (html::Node i = node.parent(); i && i.mark() > r; i = i.parent())
            if (i == table.rows[r].node) return true;
        return false;
    };
    return is_inside(table.texts[block.first_text]) && is_inside(table.texts[block.end_text - 1]);
}

// Whether the content of a row inside of an article with that much prose is none of the article's;
// what holds a good part of the prose cannot be.
bool looks_foreign(const PageTable& table, const Row& row, std::uint32_t prose) {
    if (is_bad(table, row) && table.prose(row) * 5 < prose * 2) return true;
    if (table.weight(row) == 0 || table.link_share(row) <= 0.6) return false;
    switch (row.tag) {
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_DL:
            return true;
        case LXB_TAG_DIV:
        case LXB_TAG_SECTION:
        case LXB_TAG_TABLE:
            return row.end_block - row.first_block >= 2;
        default:
            return false;
    }
}

// Marks the rows inside of `root` whose content is none of the article's, and their blocks.
void drop_rows(const PageTable& table, std::uint32_t root, std::vector<bool>& dropped_rows,
               std::vector<bool>& keep) {
    const std::uint32_t prose = table.prose(table.rows[root]);
    for (std::uint32_t r = root + 1; r < table.rows[root].end;) {
        const Row& row = table.rows[r];
        if (!looks_foreign(table, row, prose)) {
            ++r;
            continue;
        }
        for (std::uint32_t b = row.first_block; b < row.end_block; ++b)
            if (html::is_block(row.tag) || is_whole_block(table, r, table.blocks[b]))
                keep[b] = false;
        for (std::uint32_t i = r; i < row.end; ++i) dropped_rows[i] = true;
        r = row.end;
    }
}

// Whether a line that is a link stands right above, in the same element: what it leads to begins
// so, and this is its beginning.
bool is_teaser(const PageTable& table, const Block& block) {
    constexpr std::uint32_t kLeastWeightOfHeadline = 15;
    constexpr double kLeastLinksOfHeadline = 0.9;
    if (&block == table.blocks.data()) return false;
    const Block& before = *(&block - 1);
    if (before.weight < kLeastWeightOfHeadline || before.link_share() < kLeastLinksOfHeadline)
        return false;
    const std::uint32_t parent = table.rows[block.row].parent;
    return before.row == parent || table.rows[before.row].parent == parent;
}

// What a teaser scores, beside a paragraph: a page of short news has more of them than of its own.
constexpr float kPartOfTeaser = 0.1F;

// The first block below the element; a number larger than any when the page has none.
std::uint32_t end_of(const PageTable& table, html::Node element) {
    const std::uint32_t r = table.row_of(element);
    return r == kNoRow ? kNoRow : table.rows[r].end_block;
}

// Names of what is never an article; others may be round one, such as "paywall".
constexpr Names kNeverText = kComment | kFoot | kRelated | kConsent | kNewsletter | kNav | kAd;

// Prose between the title and something that looks foreign which may be a whole article, so that
// the other is none even if it is the longer one: rules for comments below a short report.
constexpr std::uint32_t kEnoughText = 200;

// C1: paragraphs score for what they stand in, less the further up. Null: no title is known.
std::uint32_t best_container(const PageTable& table, html::Node title) {
    std::vector<float> score(table.rows.size(), 0);
    std::vector<bool> bad(table.rows.size(), false);
    const std::uint32_t all = table.prose_before.back();
    const std::uint32_t end_of_title = end_of(table, title);
    const std::uint32_t title_row = table.row_of(title);
    const auto is_below_text = [&](const Row& row) {
        return row.first_block >= end_of_title && (row.names & kNeverText) != 0 &&
               table.prose_before[row.first_block] - table.prose_before[end_of_title] >=
                   kEnoughText;
    };
    for (std::size_t r = 1; r < table.rows.size(); ++r) {
        const Row& row = table.rows[r];
        // A box that holds the title is round the article whatever it is called.
        const bool has_title =
            row.tag == LXB_TAG_DIV && title_row != kNoRow && r < title_row && title_row < row.end;
        bad[r] = bad[row.parent] || (!has_title && is_bad(table, row) &&
                                     (table.prose(row) * 2 < all || is_below_text(row)));
    }
    for (const Block& block : table.blocks) {
        if (!is_prose(block) || bad[block.row]) continue;
        float points = 1.0F + static_cast<float>(std::min<int>(block.commas, 6)) * 0.5F +
                       std::min(static_cast<float>(block.weight) / 100.0F, 3.0F);
        points *= 1.0F - static_cast<float>(block.link_share());
        if (is_teaser(table, block)) points *= kPartOfTeaser;
        std::uint32_t r = block.row;
        const html::Tag tag = table.rows[r].tag;
        if (tag == LXB_TAG_P || tag == LXB_TAG_LI || is_heading(tag) || tag == LXB_TAG_PRE ||
            tag == LXB_TAG_BLOCKQUOTE)
            r = table.rows[r].parent;
        for (int level = 0; level < 6 && r != kNoRow; ++level) {
            score[r] += points;
            points *= 0.8F;
            r = table.rows[r].parent;
        }
    }
    std::uint32_t best = 0;
    float best_score = -1;
    for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        if (score[r] <= 0) continue;
        const float points =
            score[r] * (1.0F - static_cast<float>(table.link_share(table.rows[r])));
        if (points > best_score) {
            best_score = points;
            best = r;
        }
    }
    return best;
}

// The smallest block-level element that has all of a list or table in it.
std::uint32_t whole_structure(const PageTable& table, std::uint32_t r) {
    for (std::uint32_t i = r; i != kNoRow; i = table.rows[i].parent) {
        switch (table.rows[i].tag) {
            case LXB_TAG_LI:
            case LXB_TAG_DD:
            case LXB_TAG_DT:
                r = table.rows[i].parent == kNoRow ? i : table.rows[i].parent;
                continue;
            default:
                break;
        }
        if (i != r) break;
    }
    return r;
}

struct Edges {
    std::uint32_t begin;
    std::uint32_t end;
};

// The last block of prose that stands where most of the kept prose under a row stands.
std::uint32_t last_of_main_place(const PageTable& table, const Row& root,
                                 const std::vector<bool>& keep) {
    struct Prose {
        std::uint32_t weight = 0;
        std::uint32_t last = 0;
    };
    std::unordered_map<std::uint64_t, Prose> places;
    Prose most;
    for (std::uint32_t b = root.first_block; b < root.end_block; ++b) {
        const Block& block = table.blocks[b];
        if (!keep[b] || !is_prose(block)) continue;
        Prose& prose = places[table.place_of(block)];
        prose.weight += block.weight;
        prose.last = b;
        if (prose.weight >= most.weight) most = prose;
    }
    return most.last;
}

void trim_edges(const PageTable& table, std::string_view title, Selection& selection) {
    const Row& root = table.rows[selection.root];
    std::vector<bool>& keep = selection.keep;
    const auto& blocks = table.blocks;
    const std::string folded_title = fold(title);
    std::uint32_t prose = 0;
    std::uint32_t first_prose = root.end_block;
    for (std::uint32_t b = root.first_block; b < root.end_block; ++b)
        if (keep[b] && is_prose(blocks[b])) {
            prose += blocks[b].weight;
            first_prose = std::min(first_prose, b);
        }
    // The head: up to the title nothing; then only what reads like text.
    std::uint32_t head = root.first_block;
    std::uint32_t seen = 0;
    for (std::uint32_t b = root.first_block; b < root.end_block && seen * 3 < prose; ++b) {
        if (!keep[b]) continue;
        const html::Tag tag = table.rows[blocks[b].row].tag;
        const bool is_title =
            tag == LXB_TAG_H1 || (blocks[b].weight < 250 && !folded_title.empty() &&
                                  fold(table.text_of(blocks[b], 600)) == folded_title);
        if (is_title && seen * 5 < prose) head = b + 1;
        if (is_prose(blocks[b])) seen += blocks[b].weight;
    }
    for (std::uint32_t b = root.first_block; b < head; ++b) keep[b] = false;
    for (std::uint32_t b = head; b < first_prose; ++b) {
        const html::Tag tag = table.rows[blocks[b].row].tag;
        if (is_heading(tag) && b + 1 == first_prose) continue;
        if (!(blocks[b].ends_with_stop && blocks[b].weight >= 25)) keep[b] = false;
    }
    // The tail: from the words over what comes after, unless the text goes on below them where most
    // of it stands.
    const std::uint32_t last_in_place = last_of_main_place(table, root, keep);
    seen = 0;
    bool is_cut = false;
    for (std::uint32_t b = head; b < root.end_block; ++b) {
        if (is_cut) {
            keep[b] = false;
            continue;
        }
        if (!keep[b]) continue;
        const Block& block = blocks[b];
        if (block.weight < 80) {
            const std::string folded = fold(table.text_of(block, 120));
            if (is_interjection(folded) && (block.weight < 20 || block.link_share() > 0.5)) {
                keep[b] = false;
                continue;
            }
            if (begins_tail(folded) && !block.ends_with_stop) {
                if (seen * 100 >= prose * 65 && b >= last_in_place &&
                    (block.weight < 40 || is_heading(table.rows[block.row].tag))) {
                    keep[b] = false;
                    is_cut = true;
                    continue;
                }
                if (block.link_share() > 0.3) keep[b] = false;
            }
        }
        if (block.link_share() > 0.8 && block.weight > 12 && !is_heading(table.rows[block.row].tag))
            keep[b] = false;
        if (is_prose(block)) seen += block.weight;
    }
    // What is left at the end and is no sentence.
    for (std::uint32_t b = root.end_block; b > head; --b) {
        if (!keep[b - 1]) continue;
        const Block& block = blocks[b - 1];
        const html::Tag tag = table.rows[block.row].tag;
        if (is_prose(block) || tag == LXB_TAG_LI || tag == LXB_TAG_TD || tag == LXB_TAG_PRE) break;
        if (!is_heading(tag) && block.ends_with_stop && block.link_share() < 0.4) break;
        keep[b - 1] = false;
    }
}

// From which probability on a block is kept. Below one half: a paragraph lost is worse for a reader
// than a line too many. Above the text stand standfirst, byline and date, which have places of
// their own, so the first block must be surer.
constexpr float kLeastProbability = 0.42F;
constexpr float kLeastOfFirst = 0.45F;

// A block stays with the likely whole that it is part of: with a list, a table or code, so that no
// item is torn out; as the heading of kept text; and where the rules keep it too, with the
// paragraphs that stand as it does. A quotation or a post goes or stays as one: its last line says
// whose it is.
constexpr double kLeastOfWholeStructure = 0.35;  // what its blocks have on average
constexpr double kLeastOfTableInside = 0.08;     // of a table between paragraphs
constexpr double kLeastOfWholePlace = 0.4;

// Every table of facts goes or stays as one, by what its blocks that were judged have on average:
// one with holes says something else.
constexpr double kLeastOfTable = 0.2;
constexpr double kMostLinksOfTable = 0.6;
constexpr float kLeastOfHeading = 0.1F;
constexpr double kMostLinksOfHeading = 0.5;

// A body below this, about 25 English words, is no answer of the judge.
constexpr std::uint32_t kLeastWeight = 120;

std::uint32_t kept_weight(const PageTable& table, const std::vector<bool>& keep) {
    std::uint32_t weight = 0;
    for (std::size_t b = 0; b < keep.size(); ++b)
        if (keep[b]) weight += table.blocks[b].weight;
    return weight;
}

// The weight that both keep as a share of what either keeps.
double overlap(const PageTable& table, const std::vector<bool>& a, const std::vector<bool>& b) {
    std::uint64_t both = 0;
    std::uint64_t either = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] && b[i]) both += table.blocks[i].weight;
        if (a[i] || b[i]) either += table.blocks[i].weight;
    }
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

bool is_list(html::Tag tag) { return tag == LXB_TAG_UL || tag == LXB_TAG_OL || tag == LXB_TAG_DL; }

// The innermost table, quotation or preformatted text round a block, or the outermost of lists in
// each other; kNoRow when it is in none.
std::uint32_t structure_of(const PageTable& table, std::uint32_t r, std::uint32_t root) {
    std::uint32_t list = kNoRow;
    for (; r != kNoRow && r != root; r = table.rows[r].parent) {
        const html::Tag tag = table.rows[r].tag;
        if (is_list(tag)) {
            list = r;
        } else if (list != kNoRow && tag != LXB_TAG_LI && tag != LXB_TAG_DD) {
            break;
        } else if (tag == LXB_TAG_TABLE || tag == LXB_TAG_BLOCKQUOTE || tag == LXB_TAG_PRE) {
            return r;
        }
    }
    return list;
}

// Takes back what the judge, who sees one block at a time, tore out of a whole.
void keep_together(const PageTable& table, const Selection& rules,
                   const std::vector<std::uint32_t>& blocks, const std::vector<float>& judged,
                   std::vector<bool>& keep) {
    struct Whole {
        double weight = 0;
        double judged = 0;
        float best = 0;

        [[nodiscard]] bool is_likely(double least) const { return judged >= least * weight; }
    };
    std::unordered_map<std::uint32_t, Whole> structures;
    std::unordered_map<std::uint64_t, Whole> places;
    const auto structure = [&](const Block& block) {
        return structure_of(table, block.row, rules.root);
    };
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Block& block = table.blocks[blocks[i]];
        const auto count = [&](Whole& whole) {
            whole.weight += block.weight;
            whole.judged += static_cast<double>(judged[i]) * block.weight;
            whole.best = std::max(whole.best, judged[i]);
        };
        if (rules.keep[blocks[i]] && is_prose(block)) count(places[table.place_of(block)]);
        if (const std::uint32_t r = structure(block); r != kNoRow) count(structures[r]);
    }
    std::uint32_t last_prose = 0;
    for (const std::uint32_t b : blocks)
        if (keep[b] && is_prose(table.blocks[b])) last_prose = b;
    bool has_begun = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::uint32_t b = blocks[i];
        const Block& block = table.blocks[b];
        has_begun = has_begun || (keep[b] && is_prose(block));
        if (keep[b]) continue;
        if (const std::uint32_t r = structure(block); r != kNoRow) {
            const Whole& whole = structures[r];
            const html::Tag tag = table.rows[r].tag;
            const double least = tag == LXB_TAG_TABLE && has_begun && b < last_prose
                                     ? kLeastOfTableInside
                                     : kLeastOfWholeStructure;
            keep[b] = tag == LXB_TAG_BLOCKQUOTE ? whole.best >= kLeastProbability
                                                : whole.is_likely(least);
        }
        if (rules.keep[b] && is_prose(block) &&
            places[table.place_of(block)].is_likely(kLeastOfWholePlace))
            keep[b] = true;
    }
    const auto is_headline = [&](std::uint32_t b) {
        return is_heading(table.rows[table.blocks[b].row].tag);
    };
    has_begun = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::uint32_t b = blocks[i];
        has_begun = has_begun || (keep[b] && is_prose(table.blocks[b]));
        if (has_begun && judged[i] >= kLeastOfHeading && is_headline(b) &&
            table.blocks[b].link_share() < kMostLinksOfHeading && b + 1 < keep.size() &&
            keep[b + 1] && !is_headline(b + 1))
            keep[b] = true;
    }
}

// Makes whole what was chosen of a table, or nothing.
void keep_tables_whole(const PageTable& table, const std::vector<std::uint32_t>& blocks,
                       const std::vector<float>& judged, std::vector<bool>& keep) {
    for (auto block = blocks.begin(); block != blocks.end(); ++block) {
        std::uint32_t r = table.blocks[*block].row;
        while (r != kNoRow && table.rows[r].tag != LXB_TAG_TABLE) r = table.rows[r].parent;
        if (r == kNoRow) continue;
        // Blocks to judge are in order, so those of a table come one after the other.
        const Row& row = table.rows[r];
        double weight = 0;
        double likely = 0;
        bool is_whole = true;
        for (; block != blocks.end() && *block < row.end_block; ++block) {
            const double own = table.blocks[*block].weight;
            weight += own;
            likely +=
                own * static_cast<double>(judged[static_cast<std::size_t>(block - blocks.begin())]);
            is_whole = is_whole && keep[*block];
        }
        --block;
        if (!is_data_table(table, row)) continue;
        const bool stays = is_whole || (likely >= kLeastOfTable * weight &&
                                        table.link_share(row) < kMostLinksOfTable);
        std::fill(keep.begin() + row.first_block, keep.begin() + row.end_block, stays);
    }
}

// Takes out the lines between paragraphs that only lead to other articles: "Read more: ...".
void drop_ways_out(const PageTable& table, std::vector<bool>& keep) {
    constexpr std::uint32_t kMaxWeight = 250;
    constexpr double kLeastLinks = 0.6;
    constexpr std::size_t kMaxBytesBeforeColon = 40;  // of the longest phrases, in Cyrillic
    for (std::size_t b = 0; b < keep.size(); ++b) {
        const Block& block = table.blocks[b];
        if (!keep[b] || block.weight >= kMaxWeight || block.link_share() < kLeastLinks ||
            is_heading(table.rows[block.row].tag))
            continue;
        const std::string folded = fold(table.text_of(block, kMaxWeight));
        const std::string_view words = std::string_view(folded).substr(0, kMaxBytesBeforeColon);
        if (!words.contains(':') && !words.contains("：")) continue;
        if (begins_tail(folded) || is_interjection(folded)) keep[b] = false;
    }
}

// Whether a row is in a table of facts, unlike one that lays out the page.
bool is_cell_of_data(const PageTable& table, std::uint32_t r) {
    while (r != kNoRow && table.rows[r].tag != LXB_TAG_TABLE) r = table.rows[r].parent;
    return r != kNoRow && is_data_table(table, table.rows[r]);
}

// Whether a line holds a date and hardly anything else: "Published on 3 May 2026, 14:15".
bool is_dateline(std::string_view text) {
    constexpr std::size_t kMaxWordsBesideDate = 5;  // "Published on", an hour, a zone
    const auto date = find_date(text, DateOrder::kDayFirst);
    return date && word_count(text.substr(0, date->begin)) + word_count(text.substr(date->end)) <=
                       kMaxWordsBesideDate;
}

// Drops lines between the title and the text that only name the author or the date. Two datelines
// in a row are entries of a calendar and stay.
void drop_bylines(const PageTable& table, std::vector<bool>& keep) {
    constexpr int kMaxBlocks = 3;
    constexpr std::uint32_t kMaxWeight = 120;
    constexpr std::size_t kMaxWordsOfByline = 8;
    int looked_at = 0;
    std::vector<std::size_t> datelines;
    for (std::size_t b = 0; b < keep.size() && looked_at < kMaxBlocks; ++b) {
        const Block& block = table.blocks[b];
        if (!keep[b]) continue;
        ++looked_at;
        if (block.weight > kMaxWeight || is_heading(table.rows[block.row].tag) ||
            is_cell_of_data(table, block.row) ||
            table.stands_in(block, {LXB_TAG_BLOCKQUOTE, LXB_TAG_LI, LXB_TAG_DT, LXB_TAG_DD}))
            continue;
        const std::string text = table.text_of(block, 4 * kMaxWeight);
        const bool is_byline = !block.ends_with_stop && starts_as_byline(text) &&
                               word_count(text) <= kMaxWordsOfByline &&
                               !names_in_byline(text).empty();
        if (is_byline)
            keep[b] = false;
        else if (is_dateline(text))
            datelines.push_back(b);
    }
    if (datelines.size() == 1) keep[datelines.front()] = false;
}

// Takes out lines under pictures that are not in the page, since a script would bring them, and
// what is said under the lead image.
void drop_captions(const PageTable& table, std::string_view lead_caption, std::vector<bool>& keep) {
    for (std::uint32_t b = 0; b < keep.size(); ++b) {
        const Block& block = table.blocks[b];
        if (!keep[b] || !is_line_under_picture(table, block)) continue;
        const bool is_of_lead =
            !lead_caption.empty() && table.text_of(block, kMaxCaptionBytes).contains(lead_caption);
        if (is_of_lead || picture_above(table, b) == kNoRow) keep[b] = false;
    }
}

// Takes out the labels of advertisements, which readers see none of, and what divides the text from
// nothing.
void drop_labels(const PageTable& table, std::vector<bool>& keep) {
    // Longer than any label or ornament, in weight.
    constexpr std::uint32_t kMaxLabelWeight = 80;
    bool has_text_before = false;
    std::size_t end = keep.size();
    for (std::size_t b = 0; b < keep.size(); ++b) {
        if (!keep[b]) continue;
        const Block& block = table.blocks[b];
        if (block.weight < kMaxLabelWeight && !is_heading(table.rows[block.row].tag)) {
            const std::string text = table.text_of(block, 2 * kMaxLabelWeight);
            if (is_ornament(text)) {
                keep[b] = has_text_before;
                continue;
            }
            if (is_advertising_label(fold(text))) {
                keep[b] = false;
                continue;
            }
        }
        has_text_before = true;
        end = b + 1;
    }
    std::fill(keep.begin() + static_cast<std::ptrdiff_t>(end), keep.end(), false);
}

// Takes out what readers do not see between what they do: words for machines. Where most of the
// text is hidden a script would show it.
void drop_hidden(const PageTable& table, std::vector<bool>& keep) {
    std::vector<bool> is_hidden(table.rows.size(), false);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const Row& row = table.rows[r];
        is_hidden[r] = row.is_hidden || (row.parent != kNoRow && is_hidden[row.parent]);
    }
    std::uint64_t hidden = 0;
    std::uint64_t seen = 0;
    for (std::size_t b = 0; b < keep.size(); ++b)
        if (keep[b]) (is_hidden[table.blocks[b].row] ? hidden : seen) += table.blocks[b].weight;
    if (hidden == 0 || hidden >= seen) return;
    for (std::size_t b = 0; b < keep.size(); ++b)
        if (is_hidden[table.blocks[b].row]) keep[b] = false;
}

// Makes root the smallest structure round all kept blocks, and drops what is round none of them and
// looks as if it belonged to something else, but for pictures and posts of the text.
void frame(const PageTable& table, Selection& selection) {
    const std::vector<bool>& keep = selection.keep;
    std::vector<std::uint32_t> kept_before(keep.size() + 1, 0);
    std::uint32_t root = kNoRow;
    for (std::size_t b = 0; b < keep.size(); ++b) {
        kept_before[b + 1] = kept_before[b] + (keep[b] ? 1 : 0);
        if (!keep[b]) continue;
        if (root == kNoRow) root = table.blocks[b].row;
        while (!table.contains(root, table.blocks[b].row)) root = table.rows[root].parent;
    }
    if (root == kNoRow) return;
    if (html::Tag tag = table.rows[root].tag;
        (tag == LXB_TAG_P || is_heading(tag)) && table.rows[root].parent != kNoRow)
        root = table.rows[root].parent;
    selection.root = whole_structure(table, root);
    selection.dropped_rows.assign(table.rows.size(), false);
    const std::uint32_t prose = table.prose(table.rows[selection.root]);
    for (std::uint32_t r = selection.root + 1; r < table.rows[selection.root].end;) {
        const Row& row = table.rows[r];
        if (kept_before[row.end_block] > kept_before[row.first_block] ||
            !looks_foreign(table, row, prose) || is_media_of_text(table, row)) {
            ++r;
            continue;
        }
        for (std::uint32_t i = r; i < row.end; ++i) selection.dropped_rows[i] = true;
        r = row.end;
    }
}

}  // namespace

Selection select_by_rules(const PageTable& table, const Clues& clues, Trace* trace) {
    Selection selection;
    selection.keep.assign(table.blocks.size(), false);
    selection.dropped_rows.assign(table.rows.size(), false);
    if (table.blocks.empty()) return selection;
    selection.root = whole_structure(table, best_container(table, clues.title_node));
    const Row& root = table.rows[selection.root];
    for (std::uint32_t b = root.first_block; b < root.end_block; ++b) selection.keep[b] = true;
    trace_step(trace, "container", selection.keep);
    drop_rows(table, selection.root, selection.dropped_rows, selection.keep);
    trace_step(trace, "foreign boxes", selection.keep);
    trim_edges(table, clues.title, selection);
    trace_step(trace, "edges", selection.keep);
    trace_foreign_rows(trace, selection.dropped_rows);
    selection.confidence = 0.5;
    return selection;
}

Selection select_blocks(const PageTable& table, const Clues& clues, const BlockModel& model,
                        Trace* trace) {
    Selection rules = select_by_rules(table, clues, trace);
    const std::vector<std::uint32_t> blocks = blocks_to_judge(table, rules);
    const std::vector<float> judged = model.judge(block_features(table, clues, rules, blocks));
    Selection selection = rules;
    bool has_begun = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        has_begun = has_begun || judged[i] >= kLeastOfFirst;
        selection.keep[blocks[i]] = has_begun && judged[i] >= kLeastProbability;
    }
    trace_scores(trace, blocks, judged);
    trace_step(trace, "classifier", selection.keep);
    keep_together(table, rules, blocks, judged, selection.keep);
    trace_step(trace, "keep together", selection.keep);
    keep_tables_whole(table, blocks, judged, selection.keep);
    trace_step(trace, "tables", selection.keep);
    std::vector<float> likelihood(table.blocks.size(), kNotAsked);
    for (std::size_t i = 0; i < blocks.size(); ++i) likelihood[blocks[i]] = judged[i];
    complete_body(table, clues, likelihood, selection.keep);
    trace_step(trace, "whole body", selection.keep);
    prefer_lines_below_title(table, clues, selection.keep);
    trace_step(trace, "lines below the title", selection.keep);
    drop_hidden(table, selection.keep);
    trace_step(trace, "hidden text", selection.keep);
    drop_following_text(table, clues.title_node, selection.keep);
    trace_step(trace, "following text", selection.keep);
    drop_repeats(table, selection.keep);
    trace_step(trace, "repeats", selection.keep);
    drop_ways_out(table, selection.keep);
    trace_step(trace, "links to other articles", selection.keep);
    drop_legal_footers(table, clues.title_node, selection.keep);
    drop_notices(table, clues.title, selection.keep);
    trace_step(trace, "boilerplate", selection.keep);
    drop_foreign_boxes(table, clues.title, clues.title_node, selection.keep);
    trace_step(trace, "prompts and notes", selection.keep);
    drop_bylines(table, selection.keep);
    trace_step(trace, "bylines", selection.keep);
    drop_captions(table, clues.lead_caption, selection.keep);
    trace_step(trace, "captions", selection.keep);
    drop_author_notes(table, clues.authors, selection.keep);
    trace_step(trace, "author notes", selection.keep);
    drop_labels(table, selection.keep);
    trace_step(trace, "labels", selection.keep);
    keep_code(table, selection.keep);
    trace_step(trace, "code", selection.keep);
    const std::uint32_t weight = kept_weight(table, selection.keep);
    const bool is_by_rules = weight < kLeastWeight && kept_weight(table, rules.keep) > weight;
    const ConfidenceSignals signals =
        confidence_signals(table, is_by_rules ? rules.keep : selection.keep, blocks, judged);
    const double agreement = overlap(table, rules.keep, selection.keep);
    if (is_by_rules) {
        rules.agreement = agreement;
        rules.confidence = confidence_of(signals);
        rules.confidence_signals.assign(signals.begin(), signals.end());
        trace_step(trace, "rules alone", rules.keep);
        return rules;
    }
    selection.agreement = agreement;
    selection.confidence = confidence_of(signals);
    selection.confidence_signals.assign(signals.begin(), signals.end());
    frame(table, selection);
    return selection;
}

}  // namespace heliograph::extract
