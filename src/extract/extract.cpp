// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/extract.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "extract/block_model.h"
#include "extract/body_writer.h"
#include "extract/entry_times.h"
#include "extract/hidden_text.h"
#include "extract/machine_body.h"
#include "extract/metadata.h"
#include "extract/notices.h"
#include "extract/page_state.h"
#include "extract/page_table.h"
#include "extract/selection.h"
#include "extract/signature.h"
#include "extract/site_rules.h"
#include "extract/text_fold.h"
#include "extract/text_weight.h"
#include "extract/title_text.h"
#include "extract/trace.h"
#include "extract/unscripted_body.h"
#include "html/article_html.h"
#include "html/charset.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

// Below this a page has no text worth a page of its own; about 25 English words.
constexpr std::size_t kMinBodyWeight = 120;

// A body that the page gives for machines is taken from this length on, in bytes, and when it is
// this many times longer than what the page shows: a caption, a teaser, a notice that scripts are
// off.
constexpr std::size_t kMinMachineBody = 600;
constexpr std::size_t kMachineBodyTimes = 4;
// It is also taken when it is this much longer than what was chosen from the markup, in hundredths,
// and contains this share of those lines: the markup was read in part.
constexpr std::size_t kMachineBodyPercent = 150;
constexpr double kMinShareFound = 0.7;
// Where rules and classifier agree on less than this share, the body of the markup may be a part of
// the article.
constexpr double kUnsure = 0.3;
// It is all there, but nobody saw it beside what readers see.
constexpr double kConfidenceOfMachineBody = 0.7;
// Beside a body of more bytes nobody looks for another in the state of a page: to read that takes
// longer than all else.
constexpr std::size_t kMaxBytesBesideState = 1500;

std::size_t weight_of_html(std::string_view article_html) {
    return text_weight(html::plain_text(article_html));
}

// Bytes of HTML for one byte of text, tags included, in all but a few articles.
constexpr std::size_t kBytesOfWeight = 8;

// The blocks that begin in the first `bytes`, each of which ends with a line.
std::string_view beginning_of(std::string_view article_html, std::size_t bytes) {
    return article_html.substr(0, article_html.find("\n<", bytes));
}

// A name below a text may be of who is quoted or pictured there.
constexpr double kSureOfSignature = 0.5;
// The first words of a text were not written as a title.
constexpr double kConfidenceOfMadeTitle = 0.2;
// HTML that holds them.
constexpr std::size_t kBytesOfMadeTitle = 4'000;

// Where the body says what the standfirst does, its readers would read it twice.
constexpr std::size_t kBytesOfStandfirst = 100;  // that are looked for, of words in lower case

bool begins_with(std::string_view article_html, std::string_view standfirst) {
    std::string words = folded(standfirst);
    words.resize(std::min(words.size(), kBytesOfStandfirst));
    const std::size_t room = kBytesOfWeight * (standfirst.size() + kBytesOfStandfirst);
    return !words.empty() &&
           folded(html::plain_text(beginning_of(article_html, room))).contains(words);
}

bool has_picture_or_embed(std::string_view article_html) {
    return article_html.contains("<img ") || article_html.contains(" data-embed=");
}

// The first bytes of images, PDF and archives, that servers send under the address of a page.
bool is_binary(std::string_view bytes) {
    for (const std::string_view magic :
         {std::string_view("\xFF\xD8\xFF"), std::string_view("\x89PNG"), std::string_view("GIF8"),
          std::string_view("%PDF-"), std::string_view("PK\x03\x04"), std::string_view("\x1F\x8B"),
          std::string_view("RIFF")})
        if (bytes.starts_with(magic)) return true;
    return false;
}

PageNotes notes_of(const Metadata& metadata) {
    return {.amp_url = metadata.amp_url,
            .shown_lead_url = metadata.shown_lead_url,
            .data_images = {},
            .next_page_url = metadata.next_page_url,
            .sketch = {},
            .rule_matches = {},
            .confidence_signals = {}};
}

// The first paragraph of a body that is long enough to be found again; empty when it has none.
std::string beginning_of_text(std::string_view article_html) {
    constexpr std::size_t kLeastBytes = 40;
    const std::string text = html::plain_text(article_html);
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line.size() >= kLeastBytes) return std::string(line);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return {};
}

// The share of the lines of `article_html` whose first words stand in `text`. Short lines, which
// stand anywhere, are not counted. 0 when there is none, or when `text` is too long to search.
double share_found(std::string_view article_html, std::string_view text) {
    constexpr std::size_t kMinBytes = 40;
    constexpr std::size_t kMaxLines = 100;
    constexpr std::size_t kMaxTextBytes = 500'000;
    if (text.size() > kMaxTextBytes) return 0;
    const std::string all = folded(text);
    const std::string lines = html::plain_text(article_html);
    std::size_t count = 0;
    std::size_t found = 0;
    for (std::string_view rest = lines; !rest.empty() && count < kMaxLines;) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.size() < kMinBytes) continue;
        std::string words = folded(line);
        words.resize(std::min(words.size(), kMinBytes));
        ++count;
        if (all.contains(words)) ++found;
    }
    return count == 0 ? 0 : static_cast<double>(found) / static_cast<double>(count);
}

// Whether a body for machines of that weight is the article and the markup shows a part of it.
bool is_part_of(const std::string& article_html, std::size_t weight, double agreement,
                std::string_view machine_text, std::size_t machine_weight) {
    return weight * kMachineBodyTimes < machine_weight ||
           (agreement < kUnsure && weight * kMachineBodyPercent < machine_weight * 100 &&
            share_found(article_html, machine_text) >= kMinShareFound);
}

// `utf8` is the page that the document was made of; empty where it is none.
Extraction extract_document(const html::Document& document, std::string_view utf8,
                            Metadata metadata, const Page& page, RuledPage& rules,
                            PageNotes& notes) {
    Trace* const trace = page.trace;
    PageTable table(document, utf8);
    // A set of frames has no body that could hold a row.
    if (table.rows.empty()) return Refusal{Fate::kNotAnArticle, "the page has no text"};
    const std::optional<PageTable> whole = trace != nullptr ? std::optional(table) : std::nullopt;
    remove_hidden_text(table, metadata.title_node);
    if (whole) trace_hidden_text(*trace, *whole, table);
    name_cookie_notices(table, metadata.title_node);
    const std::string machine_body = collapse_space(metadata.json_ld_body);
    const Clues clues{.title = metadata.title,
                      .body = machine_body,
                      .title_node = metadata.title_node,
                      .byline_node = metadata.byline_node,
                      .standfirst_node = metadata.standfirst_node,
                      .authors = metadata.authors,
                      .lead_caption = metadata.lead_image
                                          ? std::string_view(metadata.lead_image->caption)
                                          : std::string_view()};
    Selection selection = select_blocks(
        table, clues, page.model != nullptr ? *page.model : BlockModel::built_in(), trace);
    const bool is_ruled = rules.choose(table, metadata, selection);
    if (is_ruled) trace_step(trace, "site rule", selection.keep);
    if (!is_ruled) {
        keep_entry_times(table, selection);
        trace_step(trace, "times of entries", selection.keep);
    }
    if (page.templates != nullptr) {
        notes.sketch = sketch_of(table, selection, metadata.url.host);
        const auto learned = page.templates->find(notes.sketch.host);
        if (learned != page.templates->end() && !is_ruled)
            learned->second.take_from(table, selection);
        trace_step(trace, "host template", selection.keep);
    }
    if (metadata.authors.empty()) {
        metadata.authors = signature_of(table, selection, metadata.language);
        if (!metadata.authors.empty()) {
            metadata.evidence["authors"] = {"text", kSureOfSignature};
            trace_reason(trace, "authors",
                         "nothing else names an author, and this name stands below the text");
        }
    }
    trace_metadata(trace, metadata);
    Article article;
    article.url = std::move(metadata.url.href);
    WrittenBody written =
        write_body(table, selection, metadata.base_url,
                   metadata.lead_image ? &*metadata.lead_image : nullptr, metadata.shown_lead_url);
    article.body = std::move(written.html);
    notes.data_images = std::move(written.data_images);
    trace_blocks(trace, table, selection, metadata, article.body);
    std::size_t weight = weight_of_html(article.body);
    const bool may_be_replaced = !is_ruled && metadata.is_accessible_for_free != false;
    bool is_for_machines = false;
    if (may_be_replaced && machine_body.size() >= kMinMachineBody && machine_body.size() > weight) {
        WrittenBody body = write_machine_body(metadata.json_ld_body, metadata.base_url);
        const std::size_t all = weight_of_html(body.html);
        is_for_machines =
            is_part_of(article.body, weight, selection.agreement, html::plain_text(body.html), all);
        if (is_for_machines) {
            article.body = std::move(body.html);
            notes.data_images = std::move(body.data_images);
            weight = all;
            trace_remark(trace,
                         "The page shows a part of the articleBody of its JSON-LD. The body was "
                         "taken from there.");
        }
    }
    bool is_of_state = false;
    if (may_be_replaced &&
        (article.body.size() < kMaxBytesBesideState || selection.agreement < kUnsure)) {
        const std::string beginning = beginning_of_text(article.body);
        std::string state = body_of_state(utf8, {.title = metadata.title, .beginning = beginning});
        if (state.empty()) state = unscripted_body(utf8, beginning, weight >= kMinBodyWeight);
        if (!state.empty()) {
            WrittenBody body = write_machine_body(state, metadata.base_url);
            const std::size_t all = weight_of_html(body.html);
            is_of_state =
                all >= kMinMachineBody && is_part_of(article.body, weight, selection.agreement,
                                                     html::plain_text(body.html), all);
            if (is_of_state) {
                article.body = std::move(body.html);
                notes.data_images = std::move(body.data_images);
                weight = all;
                trace_remark(trace,
                             "The page shows much less text than the state that it holds "
                             "for its script. The body was taken from there.");
            }
        }
    }
    // A page that is only a film is an article too.
    bool is_of_embed = false;
    if (weight < kMinBodyWeight && !is_ruled && !metadata.title.empty() && metadata.title_node &&
        !article.body.contains(" data-embed=")) {
        const std::string embed = write_main_embed(
            table, metadata.base_url, article.body.empty() ? HasText::kNo : HasText::kYes);
        is_of_embed = !embed.empty();
        article.body.insert(0, embed);
    }
    is_of_embed = is_of_embed || (weight < kMinBodyWeight &&
                                  (article.body.contains("<figure data-embed=\"video\"") ||
                                   article.body.contains("<figure data-embed=\"audio\"")));
    const bool has_media = has_picture_or_embed(article.body);
    const auto refuse = [&](Fate fate, std::string reason) {
        return Refusal{.fate = fate,
                       .reason = std::move(reason),
                       .title = std::move(metadata.title),
                       .published = metadata.published};
    };
    if (weight < kMinBodyWeight && metadata.is_accessible_for_free == false)
        return refuse(Fate::kPaywalled, "the page says that its text is not free");
    if (weight == 0 && table.blocks.empty() && !has_media)
        return refuse(Fate::kNotAnArticle, "the page has no text");
    // A picture with a line below it is an article of its kind; a headline alone is the frame of a
    // page whose text a script would bring.
    if (weight < kMinBodyWeight && !has_media && (weight == 0 || !metadata.lead_image))
        return refuse(Fate::kTooShort, "the page has too little text");
    if (metadata.title.empty()) {
        metadata.title =
            made_title(html::plain_text(beginning_of(article.body, kBytesOfMadeTitle)));
        metadata.evidence["title"] = {"text", kConfidenceOfMadeTitle};
    }
    if (metadata.title.empty()) return refuse(Fate::kNotAnArticle, "the page has no title");
    article.canonical_url = std::move(metadata.canonical_url);
    article.title = std::move(metadata.title);
    article.authors = std::move(metadata.authors);
    article.published = metadata.published;
    article.updated = metadata.updated;
    article.language = std::move(metadata.language);
    article.lead_image = std::move(metadata.lead_image);
    if (!begins_with(article.body, metadata.standfirst))
        article.standfirst = std::move(metadata.standfirst);
    else
        metadata.evidence.erase("standfirst");
    article.tags = std::move(metadata.tags);
    article.section = std::move(metadata.section);
    article.site_name = std::move(metadata.site_name);
    article.is_accessible_for_free = metadata.is_accessible_for_free;
    article.evidence = std::move(metadata.evidence);
    const char* source = is_ruled          ? "site rule"
                         : is_of_state     ? "page state"
                         : is_for_machines ? "json-ld"
                         : is_of_embed     ? "embed"
                                           : "markup";
    const bool is_written_out = is_of_state || is_for_machines;
    if (!is_written_out && !is_ruled)
        notes.confidence_signals = std::move(selection.confidence_signals);
    article.evidence["body"] = {
        document.is_complete() ? source : std::string(source) + ", cut off at a limit",
        is_written_out ? kConfidenceOfMachineBody : selection.confidence};
    return article;
}

}  // namespace

ExtractedPage extract_page(const Page& page) {
    if (is_binary(page.bytes))
        return {.extraction = Refusal{Fate::kNotAnArticle, "this is no HTML page"}, .notes = {}};
    std::string room;
    html::CharsetHints hints = page.transport_charset;
    hints.language = page.entry != nullptr && !page.entry->language.empty()
                         ? std::string_view(page.entry->language)
                         : page.source_language;
    hints.host_charset = page.host_charset;
    const std::string_view text =
        html::decode_page_into(room, page.bytes.substr(0, html::kMaxPageBytes), hints);
    // One a thread, for its memory.
    thread_local html::Document document;
    document.parse(text, html::Code::kLeaveOut);
    RuledPage rules(page.rules, document);
    Metadata metadata = read_metadata(document, page.url, page.entry, page.trace);
    rules.fill(metadata);
    ExtractedPage out{.extraction = {}, .notes = notes_of(metadata)};
    out.extraction = extract_document(document, text, std::move(metadata), page, rules, out.notes);
    out.notes.rule_matches = rules.matches();
    return out;
}

Extraction extract_article(const Page& page) { return extract_page(page).extraction; }

ExtractedPage extract_entry(const Entry& entry, const Url& url) {
    thread_local html::Document document;
    document.parse(to_valid_utf8(entry.content_html), html::Code::kLeaveOut);
    RuledPage no_rules(nullptr, document);
    ExtractedPage out{.extraction = {}, .notes = {}};
    out.extraction = extract_document(
        document, {}, read_metadata(document, url, &entry),
        {.bytes = {}, .url = url, .transport_charset = {}, .entry = &entry}, no_rules, out.notes);
    return out;
}

}  // namespace heliograph::extract
