// SPDX-License-Identifier: GPL-3.0-or-later
// Records how a page was read, for `heliograph extract --explain`. Every function takes a pointer
// to a trace that is null in ordinary runs; then it does nothing.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page_table.h"
#include "model/article.h"

namespace heliograph::extract {

struct Metadata;
struct Selection;

// All texts are valid UTF-8 and cut at a limit; none of them is escaped.
struct Trace {
    // A step of the selection, with the number of blocks that it changed.
    struct Step {
        std::string name;
        std::size_t kept = 0;
        std::size_t dropped = 0;
    };

    // A step that changed the state of a block.
    struct Change {
        std::uint16_t step = 0;  // in `steps`
        bool is_kept = false;
    };

    // An element round a block.
    struct Box {
        std::string tag;
        std::string names;        // class and id as written
        std::string hints;        // what the names mean: "side, share"
        bool is_hidden = false;   // by its own attributes
        bool is_foreign = false;  // the container rules left it out as a whole
    };

    // Where the page shows a block although the selection dropped it.
    enum class Role : std::uint8_t { kNone, kAsTitle, kAsByline, kAsStandfirst, kAsCaption };

    struct Block {
        std::string text;       // its beginning
        std::vector<Box> path;  // outermost first; the last few elements
        std::uint32_t weight = 0;
        double link_share = 0;
        float score = -1;  // of the classifier; below 0: it was not asked
        bool is_prose = false;
        bool is_kept = false;
        Role role = Role::kNone;
        std::string kind;  // of boilerplate; empty: none was found
        std::vector<Change> changes;
    };

    // A value that a field could have had.
    struct Candidate {
        std::string field;
        std::string value;
        std::string source;
        double weight = 0;  // of its source and place
        double score = 0;   // with the support of the others
        bool is_chosen = false;
    };

    // The value of a field in the end.
    struct Field {
        std::string name;
        std::string value;
        Evidence evidence;
        std::string reason;  // why this value won; empty when nothing is recorded
    };

    std::vector<Step> steps;
    std::vector<Block> blocks;       // in document order, kMaxTracedBlocks at most
    std::size_t blocks_of_page = 0;  // all of them
    std::size_t elements_of_page = 0;
    std::vector<Candidate> candidates;  // by field, in the order in which they were found
    std::vector<Field> fields;
    std::map<std::string, std::string> reasons;  // by field
    std::vector<std::string> remarks;            // other decisions, in order
    std::vector<std::string> hidden_texts;       // left out before anything was chosen

    // While the page is read: a block each.
    std::vector<bool> keep;
    std::vector<std::vector<Change>> changes;
    std::vector<float> scores;
    std::vector<bool> foreign_rows;
};

// A page of hostile size must not make an explanation of gigabytes.
inline constexpr std::size_t kMaxTracedBlocks = 10'000;

void record_step(Trace& trace, std::string_view name, const std::vector<bool>& keep);

// Records which blocks the step that just ran kept or dropped, by comparing `keep` with its state
// after the step before.
inline void trace_step(Trace* trace, std::string_view name, const std::vector<bool>& keep) {
    if (trace != nullptr) record_step(*trace, name, keep);
}

// Records the probabilities that the classifier gave to `blocks`.
void trace_scores(Trace* trace, std::span<const std::uint32_t> blocks,
                  std::span<const float> probabilities);

// Records the boxes that the container rules left out.
void trace_foreign_rows(Trace* trace, const std::vector<bool>& dropped_rows);

// Records a value that a field could have; its text is cut at a limit.
void trace_candidate(Trace* trace, Trace::Candidate candidate);

// Records why a value won, or another decision about the whole page.
void trace_reason(Trace* trace, std::string_view field, std::string_view reason);
void trace_remark(Trace* trace, std::string_view remark);

// Records the blocks of `whole` that are not in `visible`, which was made from it.
void trace_hidden_text(Trace& trace, const PageTable& whole, const PageTable& visible);

// Records the values of all fields, with their evidence.
void trace_metadata(Trace* trace, const Metadata& metadata);

// Records the blocks with their elements and their state in the end. `article_html` is the body
// that was written, where captions are found again.
void trace_blocks(Trace* trace, const PageTable& table, const Selection& selection,
                  const Metadata& metadata, std::string_view article_html);

}  // namespace heliograph::extract
