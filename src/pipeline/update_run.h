// SPDX-License-Identifier: GPL-3.0-or-later
// One call of update(), for the files that implement it: update.cpp has the order of things,
// update_sources.cpp asks the sources, update_parts.cpp takes in what they list and asks for what
// they are made of, update_archive.cpp reads those of this machine, update_articles.cpp reads what
// they told of, update_pages.cpp the later pages of that.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "fetch/fetcher.h"
#include "model/config.h"
#include "pipeline/archive.h"
#include "pipeline/cadence.h"
#include "pipeline/picture_reader.h"
#include "pipeline/read_page.h"
#include "pipeline/report.h"
#include "pipeline/robots_store.h"
#include "pipeline/site_rule_watch.h"
#include "pipeline/template_watch.h"
#include "pipeline/update.h"
#include "pipeline/worker_pool.h"
#include "store/store.h"

namespace heliograph::pipeline {

// What sources are asked to be.
inline constexpr const char* kAcceptSources =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5";

// What one address needs until its fate is stored.
struct Job {
    const Source* source = nullptr;
    store::LedgerRow row;
    Entry entry;
    fetch::Validators validators;
    Article article;
    store::ArticleParts parts;
    Url url;                              // where its page was read, after redirects
    bool is_from_entry = false;           // see ReadPage
    std::optional<store::Time> captured;  // when an archive's page was saved
    std::size_t pictures_missing = 0;     // under way
    // Of an article in several pages, while they are read: the first one, the bodies of those after
    // it, and their addresses, each once.
    std::unique_ptr<ReadPage> first_page;
    std::vector<std::string> later_bodies;
    std::vector<std::string> page_urls;
};

// One source in this run.
struct SourceRun {
    const Source* source = nullptr;
    std::deque<std::int64_t> waiting;  // for Store::due_address()
    std::size_t rechecks = 0;          // of published addresses, begun
    std::size_t under_way = 0;
    std::unique_ptr<Archive> archive;       // answers instead of the network
    std::unordered_set<std::string> parts;  // addresses of documents that were seen
    std::size_t parts_asked = 0;
    std::size_t parts_open = 0;  // asked for and not answered
};

class Update {
  public:
    Update(const Config& config, store::Store& store, const Clock& clock, Log& log,
           Progress& progress, const UpdateOptions& options)
        : config_(config),
          store_(store),
          clock_(clock),
          log_(log),
          progress_(progress),
          options_(options),
          rule_watch_(store),
          template_watch_(store),
          robots_(store),
          fetcher_(config.fetch, clock, log, &robots_),
          workers_(std::max(1U, std::thread::hardware_concurrency())),
          pictures_(config, store, clock, fetcher_, workers_, report_) {}

    UpdateReport run();

  private:
    void ask_source(SourceRun& run);
    void take_feed(SourceRun& run, store::SourceState state, Result<fetch::Fetched> answer);
    void source_answered(const Source& source, store::SourceState& state, PollFacts facts,
                         const fetch::Fetched& answer);
    void source_failed(const Source& source, store::SourceState state, PollFacts facts,
                       const std::string& reason);
    // `answered` completes the source's record in the transaction that stores the entries.
    void discover(const Source& source, const store::SourceState& state, const Feed& feed,
                  const Url& base, const std::function<void(store::SourceState&)>& answered);
    void queue_due(SourceRun& run);
    void settle_variant(const Url& url);

    static Result<Feed> read_document(const Source& source, const store::SourceState& state,
                                      const fetch::Fetched& answer);
    // Returns the dates of the addresses that were not known. REQUIRES: a transaction.
    std::vector<std::optional<DateTime>> discover_entries(const Source& source, const Feed& feed,
                                                          const Url& base);
    void apply_title_rules(const Source& source, const std::string& address, const Entry& entry,
                           bool is_new);
    void read_here(SourceRun& run, store::SourceState state);
    // False where the network is to be asked.
    bool answer_from_archive(SourceRun& run, Job& job, const Url& url);
    void ask_parts(SourceRun& run, std::vector<SourcePart> parts, int depth);
    // With options_.since: the list's next page into the past, unless it is all older than that.
    void ask_older(SourceRun& run, const Feed& feed);
    void take_part(SourceRun& run, store::SourceState state, int depth,
                   Result<fetch::Fetched> answer);

    void start_jobs();
    static bool is_for_this_run(SourceRun& run, const store::DueAddress& due);
    void start_job(SourceRun& run, store::DueAddress due);
    void take_page(SourceRun& run, Job& job, Result<fetch::Fetched> answer);
    void extract(SourceRun& run, Job& job, std::string bytes, Url url, std::string charset,
                 std::function<void()> otherwise);
    void take_article(SourceRun& run, Job& job, ReadPage read);
    // True when the article goes on on other pages: take_article is called again when they are
    // here.
    bool has_later_pages(SourceRun& run, Job& job, ReadPage& read);
    void ask_page(SourceRun& run, Job& job, const std::string& address);
    void take_later_page(SourceRun& run, Job& job, Result<fetch::Fetched> answer);
    void join_pages_of(SourceRun& run, Job& job);
    void store_article(SourceRun& run, Job& job);
    void failed(SourceRun& run, Job& job, Fate fate, const std::string& reason,
                std::optional<std::chrono::seconds> retry_after = {});
    // Stores the row, with what happened if that is news.
    void gone(SourceRun& run, Job& job);
    void forbidden(SourceRun& run, Job& job, const std::string& reason);
    void settle(SourceRun& run, Job& job, const std::string& event = {});
    std::string published_at(const std::string& id, const std::string& canonical_url);
    [[nodiscard]] std::optional<std::string> known_article(Job& job, std::string& why);
    [[nodiscard]] bool is_superseded(const store::LedgerRow& row);
    void remember_addresses(const Job& job, const std::string& id);
    [[nodiscard]] std::optional<store::Time> next_check(const Job& job) const;
    void done(SourceRun& run, Job& job);

    void work_until_idle();
    bool work_until(std::chrono::steady_clock::time_point end);

    const Config& config_;
    store::Store& store_;
    const Clock& clock_;
    Log& log_;
    Progress& progress_;
    const UpdateOptions& options_;
    UpdateReport report_;
    SiteRuleWatch rule_watch_;
    TemplateWatch template_watch_;
    RobotsStore robots_;
    fetch::Fetcher fetcher_;
    WorkerPool workers_;
    PictureReader pictures_;
    std::vector<SourceRun> runs_;
    // Their addresses are known to callbacks until settle() takes them out.
    std::unordered_map<const Job*, std::unique_ptr<Job>> jobs_;
    std::size_t jobs_done_ = 0;
    std::size_t next_run_ = 0;  // whose turn it is
};

}  // namespace heliograph::pipeline
