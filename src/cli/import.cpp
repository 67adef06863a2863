// SPDX-License-Identifier: GPL-3.0-or-later
// The command import: articles from pages that somebody saved before.
#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <memory>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "cli/terminal_progress.h"
#include "html/url.h"
#include "pipeline/archive.h"
#include "pipeline/update.h"
#include "store/store.h"

namespace heliograph::cli {
namespace {

// "a.example" of "https://www.a.example/feed": hosts of one publisher share it.
std::string site_of(const std::string& address) {
    const auto url = html::parse_url(address);
    if (!url) return {};
    return url->host.starts_with("www.") ? url->host.substr(4) : url->host;
}

// The source that stands for each page: its site's, or the one that the operator named.
std::map<std::string, std::string> match(const std::vector<Entry>& pages,
                                         const std::vector<Source>& sources,
                                         const std::string& named,
                                         std::map<std::string, std::size_t>& without) {
    std::map<std::string, std::string> out;
    for (const Entry& page : pages) {
        const std::string site = site_of(page.url);
        const auto source = std::ranges::find_if(sources, [&](const Source& s) {
            return named.empty() ? site_of(s.url) == site : s.name == named || s.url == named;
        });
        if (source == sources.end()) {
            ++without[site];
        } else {
            out[page.url] = source->url;
        }
    }
    return out;
}

}  // namespace

int import_pages(const CommonOptions& common, const ImportOptions& options) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto archive = pipeline::Archive::open(options.path);
    if (!archive) {
        complain(archive.error().message);
        return kNothingDone;
    }
    std::map<std::string, std::size_t> without;
    const auto source_of =
        match(archive->pages(), session->config.sources, options.source, without);
    for (const auto& [site, count] : without)
        complain(
            fmt::format("{} pages of '{}' left out: no source of the configuration is of that "
                        "site; add one, or name one with --source",
                        count, site));
    if (source_of.empty()) {
        if (archive->pages().empty())
            complain(fmt::format("there are no pages in '{}'", options.path.string()));
        return kBadUsage;
    }
    Config config = session->config;
    std::erase_if(config.sources, [&](const Source& source) {
        return std::ranges::none_of(source_of,
                                    [&](const auto& pair) { return pair.second == source.url; });
    });
    for (Source& source : config.sources)
        source.path = std::filesystem::absolute(options.path).string();
    const auto lock = lock_state(*session);
    if (!lock) return kNothingDone;
    const auto clock = make_clock();
    const auto log = make_log(common);
    const std::unique_ptr<pipeline::Progress> progress =
        common.quiet ? std::unique_ptr<pipeline::Progress>(std::make_unique<pipeline::NoProgress>())
                     : std::make_unique<TerminalProgress>();
    store::Store store(session->workspace.state);
    RunSummary summary;
    pipeline::UpdateOptions update_options;
    update_options.wanted = [&](const Source& source, const Entry& page) {
        const auto found = source_of.find(page.url);
        return found != source_of.end() && found->second == source.url;
    };
    summary.update = pipeline::update(config, store, *clock, *log, *progress, update_options);
    if (common.json) {
        fmt::print("{}", to_json(summary));
    } else if (!common.quiet || summary.has_failures()) {
        fmt::print("{}", to_text(summary, common.verbose));
    }
    return summary.has_failures() || !without.empty() ? kSomeFailed : kDone;
}

}  // namespace heliograph::cli
