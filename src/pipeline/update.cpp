// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/update.h"

#include <fmt/format.h>
#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>
#include <variant>

#include "base/utf8.h"
#include "extract/extract.h"
#include "fetch/fetcher.h"
#include "html/article_html.h"
#include "html/url.h"
#include "media/picture.h"
#include "pipeline/article_id.h"
#include "pipeline/worker_pool.h"
#include "source/feed.h"

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

// Pages read at once: enough to keep both network and processors busy, few enough that their
// bodies (at most kMaxBodyBytes each, mostly 0.3 MB) fit a small server's memory.
constexpr std::size_t kMaxJobs = 64;
// Of one source, so that a slow publisher cannot take all places.
constexpr std::size_t kMaxJobsOfASource = 16;
// More pictures than any gallery has; a page that lists more is broken or hostile.
constexpr std::size_t kMaxPicturesOfAnArticle = 200;
// Back-off: 15 minutes, doubled each time, up to a day.
constexpr std::chrono::seconds kFirstRetry = 15min;
constexpr std::chrono::seconds kLongestRetry = 24h;
// With the back-off above: an address is given up after about four days, a picture after four
// hours.
constexpr int kMaxAttempts = 10;
constexpr int kMaxPictureAttempts = 5;
// Of an article's text, for lists.
constexpr std::size_t kExcerptCodePoints = 200;

std::optional<store::Time> retry_time(int attempts, int max_attempts, store::Time now,
                                      std::optional<std::chrono::seconds> asked_for = {}) {
    if (attempts >= max_attempts) return std::nullopt;
    const auto doubled = kFirstRetry * (1 << std::min(attempts - 1, 10));
    return now + std::max(std::min(doubled, kLongestRetry), asked_for.value_or(0s));
}

// What one address needs until its fate is stored.
struct Job {
    const Source* source = nullptr;
    store::LedgerRow row;
    Entry entry;
    fetch::Validators validators;
    Article article;
    store::ArticleParts parts;
    std::size_t pictures_missing = 0;  // under way
};

// One source in this run.
struct SourceRun {
    const Source* source = nullptr;
    std::deque<store::DueAddress> waiting;
    std::size_t under_way = 0;
};

struct Read {
    extract::Extraction extraction;
    std::string packed_page;
    std::string excerpt;
    std::vector<std::string> pictures;
};

std::vector<std::string> pictures_of(const Article& article) {
    std::vector<std::string> out;
    if (article.lead_image) out.push_back(article.lead_image->url);
    for (std::string& url : html::image_urls(article.body)) {
        if (std::ranges::find(out, url) == out.end()) out.push_back(std::move(url));
    }
    if (out.size() > kMaxPicturesOfAnArticle) out.resize(kMaxPicturesOfAnArticle);
    return out;
}

// Runs on a worker: the page, or failing that the source's own full text, becomes an article.
Read read_page(const std::string& bytes, const Url& url, const std::string& charset,
               const Entry& entry) {
    Read out{.extraction = extract::extract_article(
                 {.bytes = bytes, .url = url, .transport_charset = charset, .entry = &entry}),
             .packed_page = store::pack(bytes),
             .excerpt = {},
             .pictures = {}};
    if (std::holds_alternative<extract::Refusal>(out.extraction) && !entry.content_html.empty()) {
        auto from_entry = extract::extract_entry(entry, url);
        if (std::holds_alternative<Article>(from_entry)) out.extraction = std::move(from_entry);
    }
    if (const auto* article = std::get_if<Article>(&out.extraction)) {
        const std::string text =
            article->standfirst.empty() ? html::plain_text(article->body) : article->standfirst;
        out.excerpt = shorten(collapse_space(text), kExcerptCodePoints);
        out.pictures = pictures_of(*article);
    }
    return out;
}

class Update {
  public:
    Update(const Config& config, store::Store& store, const Clock& clock, Log& log,
           Progress& progress)
        : config_(config),
          store_(store),
          clock_(clock),
          log_(log),
          progress_(progress),
          fetcher_(config.fetch, clock, log),
          workers_(std::max(1U, std::thread::hardware_concurrency())) {}

    UpdateReport run();

  private:
    void ask_source(SourceRun& run);
    void take_feed(SourceRun& run, store::SourceState state, Result<fetch::Fetched> answer);
    void source_failed(const Source& source, store::SourceState state, const std::string& reason);
    void discover(const Source& source, const store::SourceState& state, const Feed& feed,
                  const Url& base);

    void start_jobs();
    void start_job(SourceRun& run, store::DueAddress due);
    void take_page(SourceRun& run, Job& job, Result<fetch::Fetched> answer);
    void extract(SourceRun& run, Job& job, std::string bytes, Url url, std::string charset,
                 std::function<void()> otherwise);
    void take_article(SourceRun& run, Job& job, Read read);
    void store_article(SourceRun& run, Job& job);
    void failed(SourceRun& run, Job& job, Fate fate, const std::string& reason,
                std::optional<std::chrono::seconds> retry_after = {});
    void settle(SourceRun& run, Job& job);

    void want_picture(const std::string& url, const Source& source, std::function<void()> done);
    void take_picture(const std::string& url, Result<fetch::Fetched> answer);
    void picture_done(const std::string& url, Result<media::Picture> picture);
    void retry_pictures();

    void work_until_idle();
    [[nodiscard]] fetch::FetchRequest request(const Source& source, Url url) const;

    const Config& config_;
    store::Store& store_;
    const Clock& clock_;
    Log& log_;
    Progress& progress_;
    UpdateReport report_;
    fetch::Fetcher fetcher_;
    WorkerPool workers_;
    std::vector<SourceRun> runs_;
    // Their addresses are known to callbacks until settle() takes them out.
    std::unordered_map<const Job*, std::unique_ptr<Job>> jobs_;
    // Pictures under way, each with what waits for it.
    std::unordered_map<std::string, std::vector<std::function<void()>>> pictures_;
    std::size_t jobs_done_ = 0;
    std::size_t next_run_ = 0;  // whose turn it is
};

UpdateReport Update::run() {
    report_.sources = config_.sources.size();
    runs_.reserve(config_.sources.size());  // callbacks hold references
    for (const Source& source : config_.sources)
        runs_.push_back({.source = &source, .waiting = {}, .under_way = 0});
    for (SourceRun& run : runs_) ask_source(run);
    work_until_idle();
    retry_pictures();
    work_until_idle();
    progress_.finish();
    return std::move(report_);
}

void Update::work_until_idle() {
    while (true) {
        workers_.drain();
        start_jobs();
        std::size_t waiting = 0;
        for (const SourceRun& run : runs_) waiting += run.waiting.size();
        progress_.show("articles", jobs_done_, jobs_done_ + jobs_.size() + waiting);
        if (fetcher_.active() > 0) {
            // A worker's result waits at most this long for the network's turn to end.
            fetcher_.run(workers_.pending() > 0 ? 5ms : 200ms);
        } else if (workers_.pending() > 0) {
            workers_.wait(200ms);
        } else if (jobs_.empty() && waiting == 0) {
            return;
        }
    }
}

fetch::FetchRequest Update::request(const Source& source, Url url) const {
    fetch::FetchRequest out;
    out.url = std::move(url);
    out.proxy = source.proxy;
    out.allow_private = source.allow_private;
    return out;
}

// ---------------------------------------------------------------- sources

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
    fetch::FetchRequest asked = request(source, *url);
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

// ---------------------------------------------------------------- articles

void Update::start_jobs() {
    // One of each source in turn, until a whole round starts none.
    for (std::size_t idle = 0; idle < runs_.size() && jobs_.size() < kMaxJobs;) {
        SourceRun& run = runs_[next_run_++ % runs_.size()];
        if (run.waiting.empty() || run.under_way >= kMaxJobsOfASource) {
            ++idle;
            continue;
        }
        idle = 0;
        store::DueAddress due = std::move(run.waiting.front());
        run.waiting.pop_front();
        start_job(run, std::move(due));
    }
}

void Update::start_job(SourceRun& run, store::DueAddress due) {
    auto owned = std::make_unique<Job>();
    Job& job = *owned;
    job.source = run.source;
    job.row = std::move(due.row);
    job.entry = std::move(due.entry);
    jobs_.emplace(&job, std::move(owned));
    ++run.under_way;
    const auto url = html::parse_url(job.row.url);
    if (!url) {
        failed(run, job, Fate::kFailed, "not an address of the web");
        return;
    }
    fetch::FetchRequest asked = request(*run.source, *url);
    if (job.row.fate == Fate::kPublished) {
        asked.validators = {.etag = job.row.etag, .last_modified = job.row.last_modified};
    }
    fetcher_.submit(std::move(asked), [this, &run, &job](Result<fetch::Fetched> answer) {
        take_page(run, job, std::move(answer));
    });
}

void Update::take_page(SourceRun& run, Job& job, Result<fetch::Fetched> answer) {
    job.row.checked = clock_.now();
    // A page that cannot be had does not matter when the source told the whole text.
    const auto from_entry_or = [&](std::function<void()> otherwise) {
        const auto url = html::parse_url(job.row.url);
        if (job.entry.content_html.empty() || job.row.fate == Fate::kPublished || !url)
            return otherwise();
        extract(run, job, {}, *url, {}, std::move(otherwise));
    };
    if (!answer) {
        const Fate fate =
            answer.error().code == ErrorCode::kRefused ? Fate::kBlocked : Fate::kFailed;
        from_entry_or([this, &run, &job, fate, reason = answer.error().message] {
            failed(run, job, fate, reason);
        });
        return;
    }
    const int status = answer->status;
    if (status == 304) {
        ++report_.unchanged;
        job.row.next_attempt.reset();
        job.row.attempts = 0;
        settle(run, job);
    } else if (status == 200) {
        job.validators = answer->validators;
        extract(run, job, std::move(answer->body), answer->url, answer->charset, nullptr);
    } else {
        const std::string reason = fmt::format("HTTP status {}", status);
        if (status == 404 || status == 410) {
            failed(run, job, Fate::kGone, reason, answer->retry_after);
        } else {
            const Fate fate = status == 401 || status == 402 || status == 403 || status == 451
                                  ? Fate::kBlocked
                                  : Fate::kFailed;
            from_entry_or([this, &run, &job, fate, reason, wait = answer->retry_after] {
                failed(run, job, fate, reason, wait);
            });
        }
    }
}

// `otherwise` is called instead of storing a refusal; null: the refusal is stored.
void Update::extract(SourceRun& run, Job& job, std::string bytes, Url url, std::string charset,
                     std::function<void()> otherwise) {
    workers_.submit(
        [bytes = std::move(bytes), url = std::move(url), charset = std::move(charset),
         &entry = job.entry] { return read_page(bytes, url, charset, entry); },
        [this, &run, &job, otherwise = std::move(otherwise)](Read read) {
            if (otherwise && std::holds_alternative<extract::Refusal>(read.extraction)) {
                otherwise();
            } else {
                take_article(run, job, std::move(read));
            }
        });
}

void Update::take_article(SourceRun& run, Job& job, Read read) {
    if (const auto* refusal = std::get_if<extract::Refusal>(&read.extraction)) {
        // A page that was an article yesterday and is none today keeps its article.
        if (job.row.fate == Fate::kPublished) {
            report_.notes.push_back(
                {job.row.url, "kept as it was; the page now: " + refusal->reason});
        } else {
            job.row.fate = refusal->fate;
            job.row.reason = refusal->reason;
            ++report_.refused[refusal->fate];
            report_.notes.push_back(
                {job.row.url, fmt::format("{}: {}", to_string(refusal->fate), refusal->reason)});
        }
        job.row.next_attempt.reset();
        job.row.attempts = 0;
        settle(run, job);
        return;
    }
    job.article = std::get<Article>(std::move(read.extraction));
    job.parts = {.packed_page = std::move(read.packed_page),
                 .pictures = std::move(read.pictures),
                 .excerpt = std::move(read.excerpt)};
    if (job.article.language.empty()) job.article.language = job.entry.language;
    if (job.article.language.empty()) job.article.language = job.source->language;
    job.article.publisher = job.source->name;
    job.article.captured = clock_.now();
    job.pictures_missing = 1;  // held until all are asked for, since some may be done at once
    const auto one_less = [this, &run, &job] {
        if (--job.pictures_missing == 0) store_article(run, job);
    };
    for (const std::string& picture : job.parts.pictures) {
        ++job.pictures_missing;
        want_picture(picture, *job.source, one_less);
    }
    one_less();
}

void Update::store_article(SourceRun& run, Job& job) {
    Article& article = job.article;
    store::LedgerRow& row = job.row;
    store_.transaction([&] {
        if (const auto canonical = html::parse_url(article.canonical_url)) {
            article.canonical_url = html::canonical_form(*canonical).href;
        } else {
            article.canonical_url = row.url;
        }
        row.next_attempt.reset();
        row.attempts = 0;
        row.reason.clear();
        row.etag = job.validators.etag;
        row.last_modified = job.validators.last_modified;
        const auto known = store_.article_id_of(article.canonical_url);
        const auto tombstone = store_.tombstone_of(article.canonical_url);
        if (tombstone) {
            row.fate = tombstone->is_withdrawn ? Fate::kWithdrawn : Fate::kExpired;
            row.article = tombstone->id;
            row.reason = tombstone->reason;
            ++report_.refused[row.fate];
            report_.notes.push_back({row.url, "left the mirror before: " + row.reason});
        } else if (known && row.article != *known) {
            row.fate = Fate::kDuplicate;
            row.article = *known;
            row.reason = "the same article as '" + article.canonical_url + "'";
            ++report_.refused[row.fate];
            report_.notes.push_back({row.url, "duplicate: " + row.reason});
        } else {
            if (!row.article.empty()) {
                // Stored before: the id stays, even if the publisher now names another address.
                article.id = row.article;
                if (const auto before = store_.article(article.id))
                    article.canonical_url = before->canonical_url;
            } else {
                article.id = make_article_id(article.canonical_url, [&](const std::string& id) {
                    return store_.article(id).has_value();
                });
            }
            switch (store_.save_article(article, job.parts)) {
                case store::Saved::kNew:
                    ++report_.added;
                    break;
                case store::Saved::kUpdated:
                    ++report_.updated;
                    break;
                case store::Saved::kUnchanged:
                    ++report_.unchanged;
                    break;
            }
            row.fate = Fate::kPublished;
            row.article = article.id;
        }
        store_.save_address(row);
    });
    ++jobs_done_;
    --run.under_way;
    jobs_.erase(&job);
}

void Update::failed(SourceRun& run, Job& job, Fate fate, const std::string& reason,
                    std::optional<std::chrono::seconds> retry_after) {
    store::LedgerRow& row = job.row;
    row.checked = clock_.now();
    ++row.attempts;
    row.next_attempt = retry_time(row.attempts, kMaxAttempts, *row.checked, retry_after);
    // What is published stays published; what went wrong is told all the same.
    if (row.fate != Fate::kPublished) row.fate = fate;
    row.reason = reason;
    report_.failures.push_back({row.url, reason});
    log_.warning(fmt::format("'{}': {}", row.url, reason));
    settle(run, job);
}

void Update::settle(SourceRun& run, Job& job) {
    store_.save_address(job.row);
    ++jobs_done_;
    --run.under_way;
    jobs_.erase(&job);
}

// ---------------------------------------------------------------- pictures

void Update::want_picture(const std::string& url, const Source& source,
                          std::function<void()> done) {
    if (const auto under_way = pictures_.find(url); under_way != pictures_.end()) {
        under_way->second.push_back(std::move(done));
        return;
    }
    const auto known = store_.picture(url);
    if (known && (known->asset || !known->next_attempt || *known->next_attempt > clock_.now()))
        return done();
    pictures_[url].push_back(std::move(done));
    const auto parsed = html::parse_url(url);
    if (!parsed) {
        picture_done(
            url, Result<media::Picture>(fail(ErrorCode::kMalformed, "not an address of the web")));
        return;
    }
    fetch::FetchRequest asked = request(source, *parsed);
    asked.accept = "image/webp, image/avif, image/*;q=0.9, */*;q=0.1";
    asked.max_body_bytes = media::kMaxPictureBytes;
    // A picture is part of the page that its publisher let us read; the hosts that only serve
    // pictures mostly forbid robots everything.
    asked.robots = fetch::RobotsPolicy::kIgnore;
    fetcher_.submit(std::move(asked), [this, url](Result<fetch::Fetched> answer) {
        take_picture(url, std::move(answer));
    });
}

void Update::take_picture(const std::string& url, Result<fetch::Fetched> answer) {
    if (answer && answer->status != 200) {
        answer = fail(ErrorCode::kRefused, fmt::format("HTTP status {}", answer->status));
    }
    if (!answer) {
        picture_done(url, Result<media::Picture>(std::unexpected(std::move(answer).error())));
        return;
    }
    workers_.submit(
        [this, bytes = std::move(answer->body)] {
            auto picture = media::make_picture(bytes, {});
            // Before the record of it: a record means that the blob is there.
            if (picture) store_.save_blob(picture->bytes);
            return picture;
        },
        [this, url](Result<media::Picture> picture) { picture_done(url, std::move(picture)); });
}

void Update::picture_done(const std::string& url, Result<media::Picture> picture) {
    store::PictureRow row{
        .url = url, .asset = {}, .problem = {}, .attempts = 0, .next_attempt = {}};
    if (picture) {
        row.asset = picture->asset;
        ++report_.pictures;
    } else {
        const auto before = store_.picture(url);
        row.attempts = (before ? before->attempts : 0) + 1;
        row.problem = picture.error().message;
        row.next_attempt = retry_time(row.attempts, kMaxPictureAttempts, clock_.now());
        report_.notes.push_back({url, "no picture: " + row.problem});
    }
    store_.transaction([&] { store_.save_picture(row); });
    const auto waiting = pictures_.extract(url);
    for (const auto& done : waiting.mapped()) done();
}

void Update::retry_pictures() {
    for (const auto& [row, source_url] : store_.due_pictures(clock_.now())) {
        const auto source = std::ranges::find(config_.sources, source_url, &Source::url);
        if (source != config_.sources.end()) want_picture(row.url, *source, [] {});
    }
}

}  // namespace

UpdateReport update(const Config& config, store::Store& store, const Clock& clock, Log& log,
                    Progress& progress) {
    return Update(config, store, clock, log, progress).run();
}

}  // namespace heliograph::pipeline
