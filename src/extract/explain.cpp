// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/explain.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "base/utf8.h"
#include "extract/confidence.h"
#include "html/article_html.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

using html::append_escaped_text;
using html::escape_text;
using Role = Trace::Role;

// A probability from which a dropped block may well be a fault; red instead of grey.
constexpr float kDoubtfulScore = 0.2F;
// Dropped blocks in a row that no step ever kept are folded into one line from this number on.
constexpr std::size_t kLeastFolded = 4;
// Blocks on both sides of a kept one that are never folded.
constexpr std::size_t kContext = 2;
// The text of a body that was not taken from the blocks.
constexpr std::size_t kMaxBodyBytes = 100'000;

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--soft:#5c5c5c;--rule:#d6d6d6;"
    "--kept:#177a37;--kept-box:#e9f6ed;--lost:#b3261e;--lost-box:#fdeceb;--gone:#8a8a8a;"
    "--gone-box:#f5f5f5;--else:#1a5fb4;--else-box:#e9f1fb;--mark:#fff1b8}"
    "@media (prefers-color-scheme:dark){:root{--paper:#161616;--ink:#e6e6e6;--soft:#a5a5a5;"
    "--rule:#3a3a3a;--kept:#5fcf82;--kept-box:#15261b;--lost:#ff8a80;--lost-box:#2e1a19;"
    "--gone:#858585;--gone-box:#1e1e1e;--else:#8ab8f5;--else-box:#17222f;--mark:#4a3f12}}"
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0 auto;padding:1rem;max-width:64rem;background:var(--paper);color:var(--ink);"
    "font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem}"
    "h2{font-size:1.1rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--rule)}"
    "p{margin:0 0 .4rem}ul{margin:.4rem 0;padding-inline-start:1.3rem}"
    "code,.path{font-family:ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace;"
    "font-size:.8rem}"
    ".soft,.line,.path,summary small{color:var(--soft)}.line,.path{font-size:.8rem;margin:0}"
    ".path{direction:ltr;text-align:left}.path b{color:var(--ink);font-weight:600}"
    ".path i{font-style:normal;background:var(--mark);color:var(--ink);border-radius:3px;"
    "padding:0 .25em}"
    "table{border-collapse:collapse;width:100%;font-size:.875rem;margin:.3rem 0 .8rem}"
    "th,td{text-align:start;vertical-align:top;padding:.3rem .5rem;"
    "border-bottom:1px solid var(--rule)}th{font-weight:600;color:var(--soft)}"
    "td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "tr.won td{background:var(--kept-box)}"
    ".field{margin:0 0 .9rem}.field>p{margin:0}.field b{font-weight:600}"
    "details{margin:.2rem 0}summary{cursor:pointer;font-size:.875rem;color:var(--soft)}"
    ".b{margin:0 0 .35rem;padding:.4rem .7rem;border-inline-start:.35rem solid var(--gone);"
    "background:var(--gone-box)}.b p.t{margin:0 0 .15rem}"
    ".kept{border-color:var(--kept);background:var(--kept-box)}.kept .s{color:var(--kept)}"
    ".lost{border-color:var(--lost);background:var(--lost-box)}.lost .s{color:var(--lost)}"
    ".else{border-color:var(--else);background:var(--else-box)}.else .s{color:var(--else)}"
    ".gone .t{color:var(--soft)}.s{font-weight:700}"
    ".run{margin:0 0 .35rem;padding:.3rem .7rem;border-inline-start:.35rem dotted var(--gone);"
    "background:var(--gone-box)}.run .b{margin-top:.35rem;padding-inline-start:.5rem}"
    ".key span{display:inline-block;margin-inline-end:1rem;padding-inline-start:.5rem;"
    "border-inline-start:.35rem solid var(--gone)}.key .kept,.key .lost,.key .else,.key .gone"
    "{background:none}.key .kept{border-color:var(--kept)}.key .lost{border-color:var(--lost)}"
    ".key .else{border-color:var(--else)}"
    "@media (max-width:40rem){body{padding:.7rem}table.c thead{display:none}"
    "table.c tr{display:block;padding:.3rem 0;border-bottom:1px solid var(--rule)}"
    "table.c td{display:inline;border:0;padding:0 .3rem 0 0}table.c td:first-child{display:block}"
    "table.c td.n{color:var(--soft)}table.c td.n::before{content:attr(data-l) \" \"}}";

struct StepText {
    std::string_view name;
    std::string_view text;
};

// What each step does; a step that is not listed is shown by its name alone.
constexpr auto kSteps = std::to_array<StepText>({
    {"container", "The rules find the element where paragraphs score best."},
    {"foreign boxes", "The rules leave out boxes that their tag, names or links mark as foreign."},
    {"edges", "The rules cut what stands before the first and behind the last sentence."},
    {"classifier", "The classifier gives each block near the text a probability."},
    {"keep together", "Parts of a likely list, quotation, heading or run of paragraphs return."},
    {"tables", "A table of facts stays or goes as a whole."},
    {"whole body", "Rows, lists and openings of a body of which most was kept return."},
    {"lines below the title", "A brief below the title wins over a longer text elsewhere."},
    {"prompts and notes", "Consent boxes, appeals, hover cards and notes inside the text."},
    {"code", "Code between kept blocks returns."},
    {"hidden text", "Text that readers cannot see."},
    {"following text", "Another text that follows the article."},
    {"repeats", "Text that the page prints a second time."},
    {"links to other articles", "Lines that only lead elsewhere: \"Read more: ...\"."},
    {"boilerplate", "Cookie notices, newsletter prompts, copyright lines."},
    {"bylines", "Lines between title and text that say only who wrote it or when."},
    {"captions", "Captions of pictures that are not in the page, or of the lead image."},
    {"author notes", "Lines at the end about the author."},
    {"labels", "Labels of advertisements, and ornaments that divide nothing."},
    {"rules alone", "The classifier left next to nothing: the choice of the rules stands."},
    {"times of entries", "The times over the entries of a live blog return."},
    {"site rule", "The operator's rule says what the text is."},
    {"host template", "Text that other pages of this host have too."},
});

std::string_view text_of_step(std::string_view name) {
    const auto step = std::ranges::find(kSteps, name, &StepText::name);
    return step != kSteps.end() ? step->text : std::string_view();
}

enum class State : std::uint8_t { kKept, kElsewhere, kDoubtful, kDropped };

std::string_view class_of(State state) {
    switch (state) {
        case State::kKept:
            return "kept";
        case State::kElsewhere:
            return "else";
        case State::kDoubtful:
            return "lost";
        case State::kDropped:
            break;
    }
    return "gone";
}

std::string_view name_of(Role role) {
    switch (role) {
        case Role::kAsTitle:
            return "shown as the title";
        case Role::kAsByline:
            return "shown as the byline";
        case Role::kAsStandfirst:
            return "shown as the standfirst";
        case Role::kAsCaption:
            return "shown elsewhere, as a caption or a part of another block";
        case Role::kNone:
            break;
    }
    return "";
}

class ExplainWriter {
  public:
    ExplainWriter(std::string_view name, const ExtractedPage& page, const Trace& trace)
        : name_(name),
          page_(page),
          trace_(trace),
          classifier_(static_cast<std::size_t>(
              std::ranges::find(trace.steps, "classifier", &Trace::Step::name) -
              trace.steps.begin())) {}

    std::string write() {
        out_ =
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<meta name=\"referrer\" content=\"no-referrer\"><title>How heliograph read ";
        append_escaped_text(out_, name_);
        out_ += "</title><style>";
        out_ += kStyle;
        out_ += "</style></head>\n<body><main>\n";
        write_summary();
        write_fields();
        write_steps();
        write_blocks();
        out_ += "</main></body></html>\n";
        return std::move(out_);
    }

  private:
    // Dropped blocks that the rules alone left out are what most of a page consists of. One that
    // the rules kept and a later step dropped, and every dropped one that reads like prose or that
    // the classifier found possible, may be a fault.
    [[nodiscard]] State state_of(const Trace::Block& block) const {
        if (block.is_kept) return State::kKept;
        if (block.role != Role::kNone) return State::kElsewhere;
        const bool is_dropped_late =
            !block.changes.empty() && block.changes.back().step >= classifier_;
        return block.is_prose || is_dropped_late || block.score >= kDoubtfulScore ? State::kDoubtful
                                                                                  : State::kDropped;
    }

    [[nodiscard]] const Article* article() const { return std::get_if<Article>(&page_.extraction); }

    void write_summary() {
        out_ += "<header><h1>";
        if (const Article* found = article()) {
            out_ += "<bdi>" + escape_text(found->title) + "</bdi></h1>\n";
        } else {
            const auto& refusal = std::get<Refusal>(page_.extraction);
            out_ += fmt::format("No article: {}</h1>\n<p>Reason: {}.</p>\n",
                                escape_text(to_string(refusal.fate)), escape_text(refusal.reason));
        }
        out_ += "<p class=\"soft\"><bdi>" + escape_text(name_) + "</bdi></p>\n";
        if (const Article* found = article()) {
            const auto body = found->evidence.find("body");
            if (body != found->evidence.end())
                out_ += fmt::format("<p>Body from <b>{}</b>, confidence <b>{:.2f}</b>.</p>\n",
                                    escape_text(body->second.source), body->second.confidence);
        }
        if (const auto& signals = page_.notes.confidence_signals; !signals.empty()) {
            out_ += "<details><summary>What the confidence was computed from</summary><ul>";
            for (std::size_t i = 0; i < std::min(signals.size(), kSignalNames.size()); ++i)
                out_ += fmt::format("<li>{}: {:.2f}</li>", kSignalNames[i], signals[i]);
            out_ += "</ul></details>\n";
        }
        std::array<std::size_t, 4> blocks{};
        std::array<std::uint64_t, 4> weight{};
        for (const Trace::Block& block : trace_.blocks) {
            const auto state = static_cast<std::size_t>(state_of(block));
            ++blocks[state];
            weight[state] += block.weight;
        }
        const std::uint64_t all =
            std::max<std::uint64_t>(1, weight[0] + weight[1] + weight[2] + weight[3]);
        const auto key = [&](State state, std::string_view label) {
            const auto i = static_cast<std::size_t>(state);
            out_ += fmt::format("<span class=\"{}\">{}: {} ({} % of the letters)</span>",
                                class_of(state), label, blocks[i], weight[i] * 100 / all);
        };
        out_ += fmt::format("<p>{} blocks of text in {} elements.</p>\n<p class=\"key\">",
                            trace_.blocks_of_page, trace_.elements_of_page);
        key(State::kKept, "Kept");
        key(State::kElsewhere, "Shown elsewhere");
        key(State::kDoubtful, "Dropped, worth a look");
        key(State::kDropped, "Dropped");
        out_ += "</p>\n";
        if (!trace_.remarks.empty()) {
            out_ += "<ul>";
            for (const std::string& remark : trace_.remarks)
                out_ += "<li>" + escape_text(remark) + "</li>";
            out_ += "</ul>\n";
        }
        if (!trace_.hidden_texts.empty()) {
            out_ += fmt::format(
                "<details id=\"hidden\"><summary>{} blocks that readers do not see were left "
                "out</summary>\n",
                trace_.hidden_texts.size());
            for (const std::string& text : trace_.hidden_texts)
                out_ += "<div class=\"b gone\"><p class=\"t\" dir=\"auto\">" + escape_text(text) +
                        "</p></div>\n";
            out_ += "</details>\n";
        }
        if (!page_.notes.rule_matches.empty()) {
            out_ += "<p>Elements that each site rule matched:";
            for (const std::uint32_t count : page_.notes.rule_matches)
                out_ += fmt::format(" {}", count);
            out_ += ".</p>\n";
        }
        if (const Article* found = article(); found != nullptr && is_body_replaced()) {
            const std::string text = html::plain_text(found->body);
            out_ += "<details><summary>The text of the article</summary><pre dir=\"auto\">";
            append_escaped_text(out_, first_bytes(text, kMaxBodyBytes));
            out_ += "</pre></details>\n";
        }
        out_ += "</header>\n";
    }

    [[nodiscard]] bool is_body_replaced() const {
        const auto body = article()->evidence.find("body");
        return body != article()->evidence.end() && (body->second.source.starts_with("json-ld") ||
                                                     body->second.source.starts_with("page state"));
    }

    void write_fields() {
        out_ += "<section id=\"metadata\"><h2>Metadata</h2>\n";
        for (const Trace::Field& field : trace_.fields) {
            if (field.value.empty() && !has_candidates(field.name)) continue;
            out_ += fmt::format("<div class=\"field\" id=\"field-{0}\"><p><b>{0}</b>: ",
                                escape_text(field.name));
            if (field.value.empty()) {
                out_ += "<span class=\"soft\">none</span></p>";
            } else {
                out_ += "<bdi>" + escape_text(field.value) + "</bdi></p><p class=\"line\">";
                if (!field.evidence.source.empty())
                    out_ +=
                        fmt::format("from {}, confidence {:.2f}",
                                    escape_text(field.evidence.source), field.evidence.confidence);
                if (!field.reason.empty()) out_ += ": " + escape_text(field.reason);
                out_ += "</p>";
            }
            write_candidates(field.name);
            out_ += "</div>\n";
        }
        out_ += "</section>\n";
    }

    [[nodiscard]] bool has_candidates(std::string_view field) const {
        return std::ranges::any_of(trace_.candidates, [&](const Trace::Candidate& candidate) {
            return candidate.field == field;
        });
    }

    void write_candidates(std::string_view field) {
        std::vector<const Trace::Candidate*> all;
        for (const Trace::Candidate& candidate : trace_.candidates)
            if (candidate.field == field) all.push_back(&candidate);
        if (all.empty()) return;
        const bool has_scores =
            std::ranges::any_of(all, [](const auto* candidate) { return candidate->score != 0; });
        if (has_scores)
            std::ranges::stable_sort(
                all, [](const auto* a, const auto* b) { return a->score > b->score; });
        out_ += fmt::format(
            "<details><summary>{} candidate{}</summary><table class=\"c\"><thead><tr><th>value</th>"
            "<th>source</th>{}</tr></thead><tbody>",
            all.size(), all.size() == 1 ? "" : "s",
            has_scores ? "<th class=\"n\">weight</th><th class=\"n\">score</th>" : "");
        for (const Trace::Candidate* candidate : all) {
            out_ += candidate->is_chosen ? "<tr class=\"won\"><td><b>chosen:</b> " : "<tr><td>";
            out_ += "<bdi>" + escape_text(candidate->value) + "</bdi></td><td>" +
                    escape_text(candidate->source) + "</td>";
            if (has_scores)
                out_ += fmt::format(
                    "<td class=\"n\" data-l=\"weight\">{:.2f}</td>"
                    "<td class=\"n\" data-l=\"score\">{:.2f}</td>",
                    candidate->weight, candidate->score);
            out_ += "</tr>";
        }
        out_ += "</tbody></table></details>";
    }

    void write_steps() {
        out_ +=
            "<section id=\"steps\"><h2>Steps</h2>\n<table><thead><tr><th>step</th>"
            "<th class=\"n\">kept</th><th class=\"n\">dropped</th></tr></thead><tbody>\n";
        std::string idle;  // steps that changed nothing
        for (const Trace::Step& step : trace_.steps) {
            if (step.kept == 0 && step.dropped == 0) {
                idle += (idle.empty() ? "" : ", ") + escape_text(step.name);
                continue;
            }
            out_ += fmt::format(
                "<tr><td><b>{}</b> <span class=\"soft\">{}</span></td><td class=\"n\">{}</td>"
                "<td class=\"n\">{}</td></tr>\n",
                escape_text(step.name), escape_text(text_of_step(step.name)),
                step.kept == 0 ? std::string("–") : fmt::format("+{}", step.kept),
                step.dropped == 0 ? std::string("–") : fmt::format("−{}", step.dropped));
        }
        out_ += "</tbody></table>";
        if (!idle.empty())
            out_ += "<p class=\"line\">Without effect on this page: " + idle + ".</p>";
        out_ += "</section>\n";
    }

    void write_blocks() {
        out_ += "<section id=\"blocks\"><h2>Blocks, in the order of the page</h2>\n";
        const std::vector<Trace::Block>& blocks = trace_.blocks;
        std::vector<bool> is_near(blocks.size(), false);
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            if (state_of(blocks[b]) == State::kDropped) continue;
            const std::size_t end = std::min(b + kContext + 1, blocks.size());
            for (std::size_t i = b > kContext ? b - kContext : 0; i < end; ++i) is_near[i] = true;
        }
        for (std::size_t b = 0; b < blocks.size();) {
            std::size_t end = b;
            while (end < blocks.size() && !is_near[end]) ++end;
            if (end - b < kLeastFolded) {
                write_block(blocks[b]);
                ++b;
                continue;
            }
            out_ += fmt::format(
                "<details class=\"run\"><summary>{} dropped blocks: <bdi>{}</bdi> …</summary>\n",
                end - b, escape_text(first_bytes(blocks[b].text, 60)));
            for (; b < end; ++b) write_block(blocks[b]);
            out_ += "</details>\n";
        }
        if (trace_.blocks_of_page > blocks.size())
            out_ += fmt::format("<p>{} more blocks are not shown.</p>\n",
                                trace_.blocks_of_page - blocks.size());
        out_ += "</section>\n";
    }

    void write_block(const Trace::Block& block) {
        const State state = state_of(block);
        out_ += fmt::format("<div class=\"b {}\"><p class=\"t\" dir=\"auto\">", class_of(state));
        append_escaped_text(out_, block.text);
        out_ += "</p><p class=\"line\"><span class=\"s\">";
        out_ += verdict_of(block, state);
        out_ += fmt::format("</span> · weight {} · links {:.0f} %", block.weight,
                            100 * block.link_share);
        if (block.score >= 0) out_ += fmt::format(" · classifier {:.2f}", block.score);
        if (block.is_prose) out_ += " · prose";
        if (!block.kind.empty()) out_ += " · " + escape_text(block.kind);
        if (block.changes.size() > 1 || (state == State::kElsewhere && !block.changes.empty()))
            out_ += " · " + history_of(block);
        out_ += "</p><p class=\"path\">";
        for (std::size_t i = 0; i < block.path.size(); ++i) {
            if (i > 0) out_ += " › ";
            write_box(block.path[i]);
        }
        out_ += "</p></div>\n";
    }

    [[nodiscard]] std::string name_of_step(const Trace::Change& change) const {
        return escape_text(trace_.steps[change.step].name);
    }

    [[nodiscard]] std::string verdict_of(const Trace::Block& block, State state) const {
        if (state == State::kElsewhere) return std::string(name_of(block.role));
        if (block.changes.empty())
            return block.is_kept ? "kept" : "dropped: outside of the container";
        const Trace::Change& last = block.changes.back();
        // The classifier confirms what the rules chose without changing it.
        if (block.is_kept && last.step < classifier_ && block.score >= 0)
            return "kept by rules and classifier";
        return (block.is_kept ? "kept by " : "dropped by ") + name_of_step(last);
    }

    // "container +, edges −, classifier +"
    [[nodiscard]] std::string history_of(const Trace::Block& block) const {
        std::string out;
        for (const Trace::Change& change : block.changes) {
            if (!out.empty()) out += ", ";
            out += name_of_step(change) + (change.is_kept ? " +" : " −");
        }
        return out;
    }

    void write_box(const Trace::Box& box) {
        out_ += "<b>" + escape_text(box.tag) + "</b>" + escape_text(box.names);
        if (!box.hints.empty()) out_ += " <i>" + escape_text(box.hints) + "</i>";
        if (box.is_hidden) out_ += " <i>hidden</i>";
        if (box.is_foreign) out_ += " <i>foreign box</i>";
    }

    std::string_view name_;
    const ExtractedPage& page_;
    const Trace& trace_;
    const std::size_t classifier_;  // the number of its step
    std::string out_;
};

}  // namespace

std::string explain_page(std::string_view name, const ExtractedPage& page, const Trace& trace) {
    return ExplainWriter(name, page, trace).write();
}

}  // namespace heliograph::extract
