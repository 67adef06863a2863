// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that asks the sources what there is.
#include <fmt/format.h>
#include <algorithm>
#include <iterator>
#include <utility>

#include "fetch/cache_control.h"
#include "html/url.h"
#include "pipeline/cadence.h"
#include "pipeline/request.h"
#include "pipeline/update_run.h"
#include "source/document.h"

namespace heliograph::pipeline {

void Update::ask_source(SourceRun& run) {
    const Source& source = *run.source;
    store::SourceState state = store_.source(source.url).value_or(store::SourceState{});
    state.url = source.url;
    state.name = source.name;
    state.section = source.section;
    if (!source.path.empty()) {
        read_here(run, std::move(state));
        return;
    }
    if (!options_.since && state.next_poll && *state.next_poll > clock_.now()) {
        ++report_.not_due;
        if (const Health health = judge(state, clock_.now()); is_alarming(health.condition))
            report_.alarms.push_back({source.name, health.reason});
        queue_due(run);
        return;
    }
    const auto url = html::parse_url(state.moved_to.empty() ? source.url : state.moved_to);
    if (!url) {
        source_failed(source, std::move(state), {},
                      "'" + source.url + "' is not an address of the web");
        return;
    }
    fetch::FetchRequest asked = request_of(source, *url);
    asked.accept = kAcceptSources;
    asked.max_body_bytes = source::kMaxSourceBytes;
    if (!options_.since)
        asked.validators = {.etag = state.etag, .last_modified = state.last_modified};
    fetcher_.submit(std::move(asked),
                    [this, &run, state = std::move(state)](Result<fetch::Fetched> answer) mutable {
                        take_feed(run, std::move(state), std::move(answer));
                    });
}

void Update::queue_due(SourceRun& run) {
    std::ranges::copy(store_.due(run.source->url, clock_.now()), std::back_inserter(run.waiting));
}

void Update::take_feed(SourceRun& run, store::SourceState state, Result<fetch::Fetched> answer) {
    const Source& source = *run.source;
    state.checked = clock_.now();
    PollFacts facts;
    if (answer) {
        facts.max_age = fetch::parse_max_age(answer->cache_control);
        facts.retry_after = answer->retry_after;
        facts.is_gone = answer->status == 410;
    }
    if (!answer && answer.error().code == ErrorCode::kPostponed) {
        report_.notes.push_back({source.name, answer.error().message});
    } else if (!answer) {
        source_failed(source, std::move(state), facts, answer.error().message);
    } else if (answer->status == 304) {
        source_answered(source, state, facts, *answer);
        store_.save_source(state);
    } else if (answer->status != 200) {
        source_failed(source, std::move(state), facts,
                      fmt::format("'{}' answered with HTTP status {}{}", answer->url.href,
                                  answer->status, facts.is_gone ? ": it is gone for good" : ""));
    } else if (auto feed = read_document(source, state, *answer); !feed) {
        source_failed(source, std::move(state), facts, feed.error().message);
    } else {
        // An answer of "not modified" must not hide parts that were not read.
        if (feed->parts.empty()) {
            state.etag = answer->validators.etag;
            state.last_modified = answer->validators.last_modified;
        }
        state.kind = feed->kind;
        state.poll = feed->poll;
        state.items = feed->entries.size() + feed->parts.size();
        if (state.items > 0) {
            state.empty_since.reset();
        } else if (!state.empty_since) {
            state.empty_since = state.checked;
        }
        discover(source, state, *feed, answer->url, [&](store::SourceState& saved) {
            source_answered(source, saved, facts, *answer);
        });
        ask_older(run, *feed);
        ask_parts(run, std::move(feed->parts), 1);
    }
    if (run.parts_open == 0) queue_due(run);
}

// Everything that an answer without fault says of the source itself.
void Update::source_answered(const Source& source, store::SourceState& state, PollFacts facts,
                             const fetch::Fetched& answer) {
    if (answer.moved_to && state.moved_to != answer.moved_to->href) {
        state.moved_to = answer.moved_to->href;
        report_.notes.push_back(
            {source.name,
             fmt::format("'{}' has moved for good to '{}', which is asked from now on; write that "
                         "into the configuration",
                         source.url, state.moved_to)});
    }
    state.succeeded = state.checked;
    state.failures = 0;
    state.failing_since.reset();
    state.problem.clear();
    facts.cadence = learn_cadence(state.news);
    facts.hints = state.poll;
    state.next_poll = next_poll(facts, config_.fetch, *state.checked);
    if (const Health health = judge(state, *state.checked); is_alarming(health.condition))
        report_.alarms.push_back({source.name, health.reason});
}

// A new address that differs from a known article's only in scheme, for phones, AMP or printing is
// not read at all.
void Update::settle_variant(const Url& url) {
    const auto alias = store_.alias(html::identity_key(url));
    if (!alias || !store_.article(alias->article)) return;
    auto row = store_.address(html::canonical_form(url).href);
    if (!row) return;
    row->fate = Fate::kDuplicate;
    row->article = alias->article;
    row->reason = fmt::format("another address of '{}'", alias->url);
    row->next_attempt.reset();
    store_.save_address(*row);
    store_.add_event(row->url, clock_.now(), "duplicate: " + row->reason);
    ++report_.refused[Fate::kDuplicate];
}

void Update::source_failed(const Source& source, store::SourceState state, PollFacts facts,
                           const std::string& reason) {
    if (state.failures == 0) state.failing_since = clock_.now();
    ++state.failures;
    state.problem = reason;
    // The address it had moved to is no better: the next time, the one of the configuration.
    state.moved_to.clear();
    facts.failures = state.failures;
    facts.cadence = learn_cadence(state.news);
    state.next_poll = next_poll(facts, config_.fetch, clock_.now());
    store_.save_source(state);
    report_.failures.push_back({source.name, reason});
    log_.warning(fmt::format("source '{}': {}", source.name, reason));
}

void Update::discover(const Source& source, const store::SourceState& state, const Feed& feed,
                      const Url& base, const std::function<void(store::SourceState&)>& answered) {
    for (const std::string& warning : feed.warnings)
        report_.notes.push_back({source.name, warning});
    if (feed.entries.empty() && feed.parts.empty())
        report_.notes.push_back({source.name, fmt::format("'{}' lists no articles", source.url)});
    // Together: validators that are stored mean that every entry is in the ledger.
    store_.transaction([&] {
        store::SourceState saved = state;
        const auto news = discover_entries(source, feed, base);
        if (!news.empty()) saved.changed = saved.checked;
        add_news(saved.news, news, clock_.now());
        answered(saved);
        store_.save_source(saved);
    });
}

}  // namespace heliograph::pipeline
