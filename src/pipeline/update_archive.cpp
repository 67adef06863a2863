// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that reads sources of this machine: files, and archives of saved pages, which
// answer instead of the network.
#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "html/url.h"
#include "pipeline/archive.h"
#include "pipeline/cadence.h"
#include "pipeline/local_source.h"
#include "pipeline/update_run.h"

namespace heliograph::pipeline {

void Update::read_here(SourceRun& run, store::SourceState state) {
    const Source& source = *run.source;
    if (!Archive::is_there(source.path)) {
        auto answer = read_local_source(source, {.etag = state.etag, .last_modified = {}});
        take_feed(run, std::move(state), std::move(answer));
        return;
    }
    // An import: the source itself is asked for nothing, so nothing is learnt of it.
    const bool is_import = !source.url.starts_with("file:");
    const std::string version = Archive::version(source.path);
    if (!is_import && state.etag == version && store_.due(source.url, clock_.now()).empty()) {
        source_answered(source, state, {}, {});
        store_.save_source(state);
        return;
    }
    auto archive = Archive::open(source.path);
    if (!archive) {
        source_failed(source, std::move(state), {}, archive.error().message);
        return;
    }
    run.archive = std::make_unique<Archive>(*std::move(archive));
    Url base;  // the pages have whole addresses
    base.href = "file:///";
    Feed feed;
    feed.kind = SourceKind::kArchive;
    feed.warnings = run.archive->warnings();
    for (const Entry& page : run.archive->pages())
        if (!options_.wanted || options_.wanted(source, page)) feed.entries.push_back(page);
    state.checked = clock_.now();
    if (is_import) {
        for (const std::string& warning : feed.warnings)
            report_.notes.push_back({source.name, warning});
        store_.transaction([&] { discover_entries(source, feed, base); });
    } else {
        state.etag = version;
        state.kind = feed.kind;
        state.items = feed.entries.size();
        discover(source, state, feed, base,
                 [&](store::SourceState& saved) { source_answered(source, saved, {}, {}); });
    }
    queue_due(run);
}

bool Update::answer_from_archive(SourceRun& run, Job& job, const Url& url) {
    if (!run.archive) return false;
    auto answer = run.archive->answer(url);
    if (!answer) {
        failed(run, job, Fate::kFailed, "the archive does not have it any more");
        return true;
    }
    job.captured = answer->saved;
    take_page(run, job, std::move(answer->fetched));
    return true;
}

}  // namespace heliograph::pipeline
