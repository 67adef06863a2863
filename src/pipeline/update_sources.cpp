// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that asks the sources what there is.
#include <fmt/format.h>
#include <utility>

#include "html/url.h"
#include "pipeline/request.h"
#include "pipeline/update_run.h"
#include "source/feed.h"

namespace heliograph::pipeline {

void Update::ask_source(SourceRun& run) {
    const Source& source = *run.source;
    store::SourceState state = store_.source(source.url).value_or(store::SourceState{});
    state.url = source.url;
    state.name = source.name;
    state.section = source.section;
    const auto url = html::parse_url(source.url);
    if (!url) {
        source_failed(source, std::move(state),
                      "'" + source.url + "' is not an address of the web");
        return;
    }
    fetch::FetchRequest asked = request_of(source, *url);
    asked.accept =
        "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, "
        "*/*;q=0.5";
    asked.validators = {.etag = state.etag, .last_modified = state.last_modified};
    fetcher_.submit(std::move(asked),
                    [this, &run, state = std::move(state)](Result<fetch::Fetched> answer) mutable {
                        take_feed(run, std::move(state), std::move(answer));
                    });
}

void Update::take_feed(SourceRun& run, store::SourceState state, Result<fetch::Fetched> answer) {
    const Source& source = *run.source;
    state.checked = clock_.now();
    if (!answer) {
        source_failed(source, std::move(state), answer.error().message);
    } else if (answer->status == 304) {
        state.succeeded = state.checked;
        state.failures = 0;
        state.problem.clear();
        store_.save_source(state);
    } else if (answer->status != 200) {
        source_failed(source, std::move(state),
                      fmt::format("'{}' answered with HTTP status {}", source.url, answer->status));
    } else if (auto feed = source::parse_feed(answer->body, answer->url, answer->charset); !feed) {
        source_failed(source, std::move(state), feed.error().message);
    } else {
        if (answer->moved_to) {
            report_.notes.push_back(
                {source.name,
                 fmt::format("'{}' has moved for good to '{}'; write that into the configuration",
                             source.url, answer->moved_to->href)});
        }
        state.succeeded = state.checked;
        state.failures = 0;
        state.problem.clear();
        state.etag = answer->validators.etag;
        state.last_modified = answer->validators.last_modified;
        discover(source, state, *feed, answer->url);
    }
    for (store::DueAddress& due : store_.due(source.url, clock_.now()))
        run.waiting.push_back(std::move(due));
}

void Update::source_failed(const Source& source, store::SourceState state,
                           const std::string& reason) {
    ++state.failures;
    state.problem = reason;
    store_.save_source(state);
    report_.failures.push_back({source.name, reason});
    log_.warning(fmt::format("source '{}': {}", source.name, reason));
}

void Update::discover(const Source& source, const store::SourceState& state, const Feed& feed,
                      const Url& base) {
    for (const std::string& warning : feed.warnings)
        report_.notes.push_back({source.name, warning});
    if (feed.entries.empty())
        report_.notes.push_back({source.name, fmt::format("'{}' lists no articles", source.url)});
    // Together: validators that are stored mean that every entry is in the ledger.
    store_.transaction([&] {
        store::SourceState saved = state;
        for (const Entry& entry : feed.entries) {
            const auto url = html::parse_url(entry.url, &base);
            if (!url) {
                report_.notes.push_back(
                    {source.name,
                     fmt::format("item '{}' left out: '{}' is not an address of the web",
                                 entry.title, entry.url)});
                continue;
            }
            Entry known = entry;
            if (known.language.empty()) known.language = feed.language;
            if (known.language.empty()) known.language = source.language;
            if (store_.discover(html::canonical_form(*url).href, source.url, known, clock_.now())) {
                ++report_.found;
                saved.changed = saved.checked;
            }
        }
        store_.save_source(saved);
    });
}

}  // namespace heliograph::pipeline
