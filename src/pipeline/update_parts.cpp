// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that takes in what a source's document lists, and asks for the documents that
// it is made of: the sitemaps of an index, the feeds of an outline.
#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "html/url.h"
#include "pipeline/cadence.h"
#include "pipeline/request.h"
#include "pipeline/title_rules.h"
#include "pipeline/update_run.h"
#include "source/document.h"

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

// Documents of one source in one run: an index of a large paper has a sitemap a day for years. What
// is left is asked for by the next runs, since what was read and has not changed is passed over.
constexpr std::size_t kMaxPartsOfARun = 1000;
// An index of indexes of sitemaps.
constexpr int kMaxDepth = 2;
// Instead of a depth: the older pages of a list follow each other.
constexpr int kOlderPage = -1;

// False for what has no date.
bool is_before(const std::optional<DateTime>& date, std::chrono::sys_seconds since) {
    return date && date->utc < since;
}

// By what the index says of it; a day alone lasts until its end.
bool is_unchanged(const SourcePart& part, const store::SourceState& known) {
    if (!part.updated || !known.succeeded || known.failures > 0) return false;
    const auto last_moment = part.updated->utc + (part.updated->has_time ? 0h : 24h);
    return last_moment < *known.succeeded;
}

}  // namespace

Result<Feed> Update::read_document(const Source& source, const store::SourceState& state,
                                   const fetch::Fetched& answer) {
    return source::parse_source(
        answer.body, answer.url, answer.charset,
        {.links = source.links, .fields = source.fields, .before = state.kind});
}

std::vector<std::optional<DateTime>> Update::discover_entries(const Source& source,
                                                              const Feed& feed, const Url& base) {
    std::vector<std::optional<DateTime>> news;
    for (const Entry& entry : feed.entries) {
        if (options_.since &&
            is_before(entry.published ? entry.published : entry.updated, *options_.since))
            continue;
        const auto url = html::parse_url(entry.url, &base);
        if (!url) {
            report_.notes.push_back(
                {source.name, fmt::format("item '{}' left out: '{}' is not an address of the web",
                                          entry.title, entry.url)});
            continue;
        }
        Entry known = entry;
        if (known.language.empty()) known.language = feed.language;
        if (known.language.empty()) known.language = source.language;
        const std::string address = html::canonical_form(*url).href;
        const store::Discovery told = store_.discover(address, source.url, known, clock_.now());
        // Whether a source has fallen silent is seen from what it tells, whoever told it first.
        if (told.is_news_here) news.push_back(known.published ? known.published : known.updated);
        if (told.is_new) {
            ++report_.found;
            settle_variant(*url);
        }
        apply_title_rules(source, address, known, told.is_new);
    }
    return news;
}

// Only what was not read yet: an article that is there stays when a rule comes.
void Update::apply_title_rules(const Source& source, const std::string& address, const Entry& entry,
                               bool is_new) {
    const std::string why = excluded_because(source, entry.title);
    if (is_new && why.empty()) return;
    auto row = store_.address(address);
    if (!row || row->source != source.url) return;
    if (!why.empty() && row->fate == Fate::kPending) {
        row->fate = Fate::kExcluded;
        row->reason = why;
        row->next_attempt.reset();
        store_.save_address(*row);
        ++report_.refused[Fate::kExcluded];
    } else if (why.empty() && row->fate == Fate::kExcluded && !entry.title.empty()) {
        store_.reopen(address, entry, clock_.now());
    }
}

void Update::ask_parts(SourceRun& run, std::vector<SourcePart> parts, int depth) {
    const Source& source = *run.source;
    // The newest first, those without a date before them.
    std::ranges::stable_sort(parts, [](const SourcePart& a, const SourcePart& b) {
        return b.updated && (!a.updated || a.updated->utc > b.updated->utc);
    });
    for (const SourcePart& part : parts) {
        const auto url = html::parse_url(part.url);
        if (!url || !run.parts.insert(url->href).second) continue;
        auto state = store_.source(part.url).value_or(store::SourceState{});
        if (options_.since ? is_before(part.updated, *options_.since) : is_unchanged(part, state))
            continue;
        if (run.parts_asked == kMaxPartsOfARun) {
            report_.notes.push_back(
                {source.name, fmt::format("more than {} documents to read: the rest are for the "
                                          "next runs",
                                          kMaxPartsOfARun)});
            break;
        }
        ++run.parts_asked;
        ++run.parts_open;
        state.url = part.url;
        state.name = source.name;
        state.section = source.section;
        fetch::FetchRequest asked = request_of(source, *url);
        asked.accept = kAcceptSources;
        asked.max_body_bytes = source::kMaxSourceBytes;
        if (!options_.since)
            asked.validators = {.etag = state.etag, .last_modified = state.last_modified};
        fetcher_.submit(std::move(asked), [this, &run, depth, state = std::move(state)](
                                              Result<fetch::Fetched> answer) mutable {
            take_part(run, std::move(state), depth, std::move(answer));
            if (--run.parts_open == 0) queue_due(run);
        });
    }
}

void Update::ask_older(SourceRun& run, const Feed& feed) {
    if (!options_.since || feed.older.empty()) return;
    const bool reaches_further =
        !feed.entries.empty() && std::ranges::none_of(feed.entries, [&](const Entry& entry) {
            return is_before(entry.published ? entry.published : entry.updated, *options_.since);
        });
    if (reaches_further) ask_parts(run, {{.url = feed.older, .updated = {}}}, kOlderPage);
}

void Update::take_part(SourceRun& run, store::SourceState state, int depth,
                       Result<fetch::Fetched> answer) {
    const Source& source = *run.source;
    state.checked = clock_.now();
    if (answer && answer->status == 304) {
        state.succeeded = state.checked;
        state.failures = 0;
        state.problem.clear();
        store_.save_source(state);
        return;
    }
    // Behind the oldest page there is none.
    if (depth == kOlderPage && answer && answer->status == 404) return;
    if (answer && answer->status != 200) {
        answer = fail(ErrorCode::kNotFound,
                      fmt::format("'{}' answered with HTTP status {}", state.url, answer->status));
    }
    auto feed = answer ? read_document(source, state, *answer)
                       : Result<Feed>(std::unexpected(answer.error()));
    if (!feed) {
        ++state.failures;
        state.problem = feed.error().message;
        store_.save_source(state);
        report_.failures.push_back({source.name, state.problem});
        return;
    }
    for (const std::string& warning : feed->warnings) report_.notes.push_back({state.url, warning});
    state.succeeded = state.checked;
    state.failures = 0;
    state.problem.clear();
    state.kind = feed->kind;
    state.items = feed->entries.size();
    const bool has_parts = !feed->parts.empty();
    // An answer of "not modified" must not hide parts that were not read.
    state.etag = has_parts ? std::string() : answer->validators.etag;
    state.last_modified = has_parts ? std::string() : answer->validators.last_modified;
    store_.transaction([&] {
        const auto news = discover_entries(source, *feed, answer->url);
        if (auto whole = store_.source(source.url); whole && !news.empty()) {
            whole->changed = state.checked;
            add_news(whole->news, news, clock_.now());
            store_.save_source(*whole);
        }
        store_.save_source(state);
    });
    ask_older(run, *feed);
    if (has_parts && depth < kMaxDepth && depth != kOlderPage)
        ask_parts(run, std::move(feed->parts), depth + 1);
}

}  // namespace heliograph::pipeline
