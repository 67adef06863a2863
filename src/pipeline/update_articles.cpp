// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that reads addresses of the ledger until each has its fate.
#include <fmt/format.h>
#include <utility>
#include <variant>

#include "extract/extract.h"
#include "html/url.h"
#include "pipeline/article_id.h"
#include "pipeline/request.h"
#include "pipeline/retry.h"
#include "pipeline/title_rules.h"
#include "pipeline/update_run.h"

namespace heliograph::pipeline {
namespace {

// Pages read at once: enough to keep both network and processors busy, few enough that their
// bodies (at most kMaxBodyBytes each, mostly 0.3 MB) fit a small server's memory.
constexpr std::size_t kMaxJobs = 64;
// Of one source, so that a slow publisher cannot take all places.
constexpr std::size_t kMaxJobsOfASource = 16;
// With the back-off of retry.h: an address is given up after about four days.
constexpr int kMaxAttempts = 10;

}  // namespace

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
    if (answer_from_archive(run, job, *url)) return;
    fetch::FetchRequest asked = request_of(*run.source, *url);
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
    if (!answer && answer.error().code == ErrorCode::kPostponed) {
        // Nobody's fault: it stays due.
        report_.notes.push_back({job.row.url, answer.error().message});
        done(run, job);
        return;
    }
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
        [this, &run, &job, otherwise = std::move(otherwise)](ReadPage read) {
            if (otherwise && std::holds_alternative<extract::Refusal>(read.extraction)) {
                otherwise();
            } else {
                take_article(run, job, std::move(read));
            }
        });
}

void Update::take_article(SourceRun& run, Job& job, ReadPage read) {
    if (const auto* article = std::get_if<Article>(&read.extraction);
        article != nullptr && job.row.fate != Fate::kPublished) {
        // Sitemaps do not tell titles.
        std::string why = excluded_because(*job.source, article->title);
        if (!why.empty()) read.extraction = extract::Refusal{Fate::kExcluded, std::move(why)};
    }
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
    job.article.captured = job.captured.value_or(clock_.now());
    job.pictures_missing = 1;  // held until all are asked for, since some may be done at once
    const auto one_less = [this, &run, &job] {
        if (--job.pictures_missing == 0) store_article(run, job);
    };
    for (const std::string& picture : job.parts.pictures) {
        ++job.pictures_missing;
        pictures_.want(picture, *job.source, one_less, run.archive.get());
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
    done(run, job);
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
    done(run, job);
}

void Update::done(SourceRun& run, Job& job) {
    ++jobs_done_;
    --run.under_way;
    jobs_.erase(&job);
}

}  // namespace heliograph::pipeline
