// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/trace.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/date.h"
#include "base/utf8.h"
#include "extract/metadata.h"
#include "extract/notices.h"
#include "extract/phrases.h"
#include "extract/selection.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

// Enough to recognise a paragraph.
constexpr std::size_t kMaxTextBytes = 600;
constexpr std::size_t kMaxNameBytes = 80;
constexpr std::size_t kMaxValueBytes = 600;
// The elements next to a block tell what it stands in.
constexpr std::size_t kMaxPath = 6;
// Elements further out that are shown because they explain why a block was dropped.
constexpr std::size_t kMaxOuterPath = 3;
// A caption is compared with the lines of the body up to this length.
constexpr std::size_t kMaxCaptionText = 4'000;
// Candidates of all fields together; a page names some hundred at most.
constexpr std::size_t kMaxCandidates = 1'000;
// Enough to see what kind of text a page hides.
constexpr std::size_t kMaxHiddenTexts = 200;

struct Hint {
    Names bit;
    std::string_view name;
};

constexpr auto kHints = std::to_array<Hint>({
    {kNav, "navigation"},     {kFoot, "footer"},        {kSide, "side"},
    {kRelated, "related"},    {kComment, "comments"},   {kShare, "share"},
    {kMeta, "dateline"},      {kCaption, "caption"},    {kAd, "advertisement"},
    {kTags, "tags"},          {kConsent, "consent"},    {kHiddenName, "hidden"},
    {kNewsletter, "letters"}, {kWidget, "widget"},      {kAuthor, "author"},
    {kHeader, "header"},      {kGood, "content"},       {kSubject, "article"},
    {kBodyName, "body"},      {kStandfirst, "summary"}, {kEmbed, "embed"},
    {kGallery, "gallery"},    {kPaywall, "paywall"},    {kCode, "code"},
    {kTitleName, "title"},
});

std::string hints_of(Names names) {
    std::string out;
    for (const Hint& hint : kHints) {
        if ((names & hint.bit) == 0) continue;
        if (!out.empty()) out += ", ";
        out += hint.name;
    }
    return out;
}

std::string cut(std::string_view text, std::size_t max_bytes) {
    const std::string whole = to_valid_utf8(text);
    const std::string_view begin = first_bytes(whole, max_bytes);
    return begin.size() < whole.size() ? std::string(begin) + "…" : whole;
}

Trace::Box box_of(const Row& row) {
    Trace::Box box;
    box.tag = cut(row.node.name(), kMaxNameBytes);
    const auto add = [&](char mark, std::string_view names) {
        if (names.empty()) return;
        if (!box.names.empty()) box.names += ' ';
        box.names += mark;
        box.names += cut(collapse_space(first_bytes(names, 4 * kMaxNameBytes)), kMaxNameBytes);
    };
    add('#', row.node.id());
    add('.', row.node.class_name());
    box.hints = hints_of(row.names);
    box.is_hidden = row.is_hidden;
    return box;
}

std::string_view name_of(Notice notice) {
    switch (notice) {
        case Notice::kNone:
            return "";
        case Notice::kCookies:
            return "cookie notice";
        case Notice::kInvitation:
            return "newsletter prompt";
        case Notice::kColophon:
            return "copyright line";
    }
    return "";
}

std::string date_text(const std::optional<DateTime>& time) {
    return time ? format_rfc3339(*time) : std::string();
}

}  // namespace

void record_step(Trace& trace, std::string_view name, const std::vector<bool>& keep) {
    trace.keep.resize(keep.size());
    trace.changes.resize(keep.size());
    Trace::Step step{.name = std::string(name)};
    for (std::size_t b = 0; b < keep.size(); ++b) {
        if (keep[b] == trace.keep[b]) continue;
        trace.changes[b].push_back(
            {.step = static_cast<std::uint16_t>(trace.steps.size()), .is_kept = keep[b]});
        ++(keep[b] ? step.kept : step.dropped);
    }
    trace.keep = keep;
    trace.steps.push_back(std::move(step));
}

void trace_scores(Trace* trace, std::span<const std::uint32_t> blocks,
                  std::span<const float> probabilities) {
    if (trace == nullptr) return;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (trace->scores.size() <= blocks[i]) trace->scores.resize(blocks[i] + 1, -1);
        trace->scores[blocks[i]] = probabilities[i];
    }
}

void trace_foreign_rows(Trace* trace, const std::vector<bool>& dropped_rows) {
    if (trace != nullptr) trace->foreign_rows = dropped_rows;
}

void trace_reason(Trace* trace, std::string_view field, std::string_view reason) {
    if (trace != nullptr) trace->reasons[std::string(field)] = reason;
}

void trace_remark(Trace* trace, std::string_view remark) {
    if (trace != nullptr) trace->remarks.push_back(cut(remark, kMaxValueBytes));
}

void trace_candidate(Trace* trace, Trace::Candidate candidate) {
    if (trace == nullptr || trace->candidates.size() >= kMaxCandidates) return;
    candidate.value = cut(candidate.value, kMaxValueBytes);
    trace->candidates.push_back(std::move(candidate));
}

void trace_hidden_text(Trace& trace, const PageTable& whole, const PageTable& visible) {
    std::unordered_set<const void*> seen;
    for (const Block& block : visible.blocks) seen.insert(visible.texts[block.first_text].raw());
    for (const Block& block : whole.blocks) {
        if (trace.hidden_texts.size() >= kMaxHiddenTexts) return;
        if (!seen.contains(whole.texts[block.first_text].raw()))
            trace.hidden_texts.push_back(cut(whole.text_of(block, kMaxCaptionText), kMaxTextBytes));
    }
}

void trace_metadata(Trace* trace, const Metadata& metadata) {
    if (trace == nullptr) return;
    const auto add = [&](const char* name, std::string value) {
        const auto evidence = metadata.evidence.find(name);
        const auto reason = trace->reasons.find(name);
        trace->fields.push_back(
            {.name = name,
             .value = cut(value, kMaxValueBytes),
             .evidence = evidence != metadata.evidence.end() ? evidence->second : Evidence{},
             .reason = reason != trace->reasons.end() ? reason->second : std::string()});
    };
    add("title", metadata.title);
    add("authors", fmt::format("{}", fmt::join(metadata.authors, "; ")));
    add("published", date_text(metadata.published));
    add("updated", date_text(metadata.updated));
    add("lead_image", metadata.lead_image ? metadata.lead_image->url : std::string());
    add("lead_image_caption", metadata.lead_image ? metadata.lead_image->caption : std::string());
    add("lead_image_credit", metadata.lead_image ? metadata.lead_image->credit : std::string());
    add("standfirst", metadata.standfirst);
    add("language", metadata.language);
    add("site_name", metadata.site_name);
    add("section", metadata.section);
    add("tags", fmt::format("{}", fmt::join(metadata.tags, "; ")));
    add("canonical_url", metadata.canonical_url);
    add("next_page_url", metadata.next_page_url);
    add("amp_url", metadata.amp_url);
}

void trace_blocks(Trace* trace, const PageTable& table, const Selection& selection,
                  const Metadata& metadata, std::string_view article_html) {
    if (trace == nullptr) return;
    trace->blocks_of_page = table.blocks.size();
    trace->elements_of_page = table.rows.size();
    trace->foreign_rows.resize(table.rows.size());
    trace->scores.resize(table.blocks.size(), -1);
    trace->changes.resize(table.blocks.size());

    std::unordered_set<std::string> lines;  // of the body as it was written
    const std::string written = html::plain_text(article_html);
    for (std::string_view rest = written; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        lines.insert(collapse_space(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }

    struct Place {
        std::uint32_t row;
        Trace::Role role;
    };
    const Place places[] = {{table.row_of(metadata.title_node), Trace::Role::kAsTitle},
                            {table.row_of(metadata.byline_node), Trace::Role::kAsByline},
                            {table.row_of(metadata.standfirst_node), Trace::Role::kAsStandfirst}};
    const auto role_of = [&](const Block& block, std::string_view text) {
        for (const Place& place : places)
            if (place.row != kNoRow && table.contains(place.row, block.row)) return place.role;
        const bool is_caption =
            metadata.lead_image && !text.empty() && metadata.lead_image->caption == text;
        return is_caption || lines.contains(std::string(text)) ? Trace::Role::kAsCaption
                                                               : Trace::Role::kNone;
    };

    for (std::size_t b = 0; b < std::min(table.blocks.size(), kMaxTracedBlocks); ++b) {
        const Block& block = table.blocks[b];
        const std::string text = table.text_of(block, kMaxCaptionText);
        Trace::Block out{.text = cut(text, kMaxTextBytes),
                         .path = {},
                         .weight = block.weight,
                         .link_share = block.link_share(),
                         .score = trace->scores[b],
                         .is_prose = is_prose(block),
                         .is_kept = b < selection.keep.size() && selection.keep[b],
                         .role = Trace::Role::kNone,
                         .kind = std::string(name_of(notice_of(fold(text)))),
                         .changes = std::move(trace->changes[b])};
        if (!out.is_kept) out.role = role_of(block, text);
        std::size_t level = 0;
        for (std::uint32_t r = block.row; r != kNoRow; r = table.rows[r].parent, ++level) {
            const std::uint32_t parent = table.rows[r].parent;
            const bool is_foreign =
                trace->foreign_rows[r] && (parent == kNoRow || !trace->foreign_rows[parent]);
            const bool is_shown = level < kMaxPath || ((is_foreign || table.rows[r].is_hidden) &&
                                                       out.path.size() < kMaxPath + kMaxOuterPath);
            if (!is_shown) continue;
            out.path.push_back(box_of(table.rows[r]));
            out.path.back().is_foreign = is_foreign;
        }
        std::ranges::reverse(out.path);
        trace->blocks.push_back(std::move(out));
    }
    trace->changes.clear();
}

}  // namespace heliograph::extract
