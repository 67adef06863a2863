// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that reads addresses of the ledger until each has its fate.
#include <fmt/format.h>
#include <algorithm>
#include <utility>
#include <variant>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"
#include "pipeline/article_id.h"
#include "pipeline/request.h"
#include "pipeline/retry.h"
#include "pipeline/same_text.h"
#include "pipeline/title_rules.h"
#include "pipeline/update_run.h"

namespace heliograph::pipeline {
namespace {

// Asked for at once of one source. A source that is slow waits for its own pages only; the bound
// of all sockets together is the fetcher's.
constexpr std::size_t kMaxJobsOfASource = 64;
// In one run: after a week offline, a source's whole month may be due.
constexpr std::size_t kMaxRechecksOfASource = 200;
// With the back-off of retry.h: an address is given up after about four days.
constexpr int kMaxAttempts = 10;

// Which of two addresses of one item is the article's: the one that the source told of last; of two
// it told of at once always the same one, whichever page came first.
bool takes_over(const store::LedgerRow& row, const store::LedgerRow& before) {
    return row.discovered != before.discovered ? row.discovered > before.discovered
                                               : row.url < before.url;
}

}  // namespace

void Update::start_jobs() {
    // One of each source in turn, until a whole round starts none.
    for (std::size_t idle = 0; idle < runs_.size();) {
        SourceRun& run = runs_[next_run_++ % runs_.size()];
        if (run.waiting.empty() || run.under_way >= kMaxJobsOfASource) {
            ++idle;
            continue;
        }
        idle = 0;
        auto due = store_.due_address(run.waiting.front());
        run.waiting.pop_front();
        if (due && is_for_this_run(run, *due)) start_job(run, *std::move(due));
    }
}

bool Update::is_for_this_run(SourceRun& run, const store::DueAddress& due) {
    // An archive has what it has; the rest waits for a run that asks the network.
    if (run.archive) {
        const auto url = html::parse_url(due.row.url);
        if (!url || !run.archive->has(*url)) return false;
    }
    if (due.row.fate != Fate::kPublished || ++run.rechecks <= kMaxRechecksOfASource) return true;
    run.waiting.clear();  // new ones came first; what is left over stays due
    return false;
}

void Update::start_job(SourceRun& run, store::DueAddress due) {
    auto owned = std::make_unique<Job>();
    Job& job = *owned;
    job.source = run.source;
    job.row = std::move(due.row);
    job.entry = std::move(due.entry);
    jobs_.emplace(&job, std::move(owned));
    ++run.under_way;
    const auto url = html::parse_url(job.row.moved_to.empty() ? job.row.url : job.row.moved_to);
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
    if (!answer && answer.error().code == ErrorCode::kForbidden) {
        from_entry_or(
            [this, &run, &job, reason = answer.error().message] { forbidden(run, job, reason); });
        return;
    }
    if (!answer) {
        const Fate fate =
            answer.error().code == ErrorCode::kRefused || answer.error().code == ErrorCode::kLocal
                ? Fate::kBlocked
                : Fate::kFailed;
        from_entry_or([this, &run, &job, fate, reason = answer.error().message] {
            failed(run, job, fate, reason);
        });
        return;
    }
    const int status = answer->status;
    if (answer->moved_to && status < 400) {
        job.row.moved_to = html::canonical_form(*answer->moved_to).href;
        store_.add_event(job.row.url, clock_.now(), "moved for good to " + job.row.moved_to);
    }
    if (status == 304) {
        ++report_.unchanged;
        job.row.next_attempt = next_check(job);
        job.row.attempts = 0;
        job.row.reason.clear();
        settle(run, job);
    } else if (status == 200) {
        job.validators = answer->validators;
        job.url = answer->url;
        extract(run, job, std::move(answer->body), answer->url, answer->charset, nullptr);
    } else {
        const std::string reason = fmt::format("HTTP status {}", status);
        if (status == 410) {
            gone(run, job);
        } else if (status == 404) {
            // Perhaps it is back at its first address.
            job.row.moved_to.clear();
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
    const bool is_new = job.row.fate != Fate::kPublished;
    // Another source of the publisher may have told more of it meanwhile.
    if (is_new)
        if (auto entry = store_.entry_of(job.row.url)) job.entry = *std::move(entry);
    const SiteRules* rules = site_rules_of(config_.site_rules, url.host);
    const extract::HostTemplates* templates = &template_watch_.of_host(url.host);
    workers_.submit(
        [this, bytes = std::move(bytes), url = std::move(url), charset = std::move(charset),
         &entry = job.entry, is_new, rules, templates] {
            ReadPage read = read_page(bytes, url, charset, entry, rules, templates);
            // Most of what storing an article costs. One that was only checked mostly is as it was.
            if (is_new && std::holds_alternative<Article>(read.extraction))
                store_.save_blob(read.packed_page);
            return read;
        },
        [this, &run, &job, rules, otherwise = std::move(otherwise)](ReadPage read) {
            // Without a page there is nothing to match.
            if (rules != nullptr && !otherwise) rule_watch_.count(*rules, read.notes.rule_matches);
            if (!read.is_from_entry && std::holds_alternative<Article>(read.extraction))
                template_watch_.note(job.row.url, std::move(read.notes.sketch));
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
        std::string event;
        if (job.row.fate == Fate::kPublished) {
            event = "kept as it was; the page now: " + refusal->reason;
            report_.notes.push_back(
                {job.row.url, "kept as it was; the page now: " + refusal->reason});
        } else {
            job.row.fate = refusal->fate;
            job.row.reason = refusal->reason;
            ++report_.refused[refusal->fate];
            event = fmt::format("{}: {}", to_string(refusal->fate), refusal->reason);
            report_.notes.push_back({job.row.url, event});
        }
        job.row.next_attempt.reset();
        job.row.attempts = 0;
        settle(run, job, event);
        return;
    }
    if (has_later_pages(run, job, read)) return;
    job.article = std::get<Article>(std::move(read.extraction));
    job.parts = {.packed_page = std::move(read.packed_page),
                 .pictures = std::move(read.pictures),
                 .excerpt = std::move(read.excerpt),
                 .essence = std::move(read.essence)};
    job.is_from_entry = read.is_from_entry;
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
        auto& data_images = read.notes.data_images;
        const auto data_image = std::ranges::find(data_images, picture, &extract::DataImage::url);
        if (data_image == data_images.end()) {
            pictures_.want(picture, *job.source, one_less, run.archive.get());
        } else if (data_image->problem.empty()) {
            pictures_.keep(std::move(*data_image), job.row.url, one_less);
        } else {
            // A check of a published article finds the same fault again.
            if (job.row.fate != Fate::kPublished)
                report_.notes.push_back(
                    {job.row.url, "no picture of a data: URL: " + data_image->problem});
            one_less();
        }
    }
    one_less();
}

// The address whose page was published as the article: an AMP page may have come before the page
// that both name as the canonical one. `canonical_url` where the ledger no longer has it.
std::string Update::published_at(const std::string& id, const std::string& canonical_url) {
    for (const store::Alias& alias : store_.aliases_of(id)) {
        const auto row = store_.address(alias.url);
        if (row && row->fate == Fate::kPublished && row->article == id) return row->url;
    }
    return canonical_url;
}

// The article that this address is another address of. `why` says how that is known.
std::optional<std::string> Update::known_article(Job& job, std::string& why) {
    const Article& article = job.article;
    if (auto id = store_.article_id_of(article.canonical_url)) {
        why = fmt::format("the same article as '{}'", published_at(*id, article.canonical_url));
        return id;
    }
    for (const std::string& url : {article.canonical_url, job.row.url}) {
        const auto parsed = html::parse_url(url);
        const auto alias = parsed ? store_.alias(html::identity_key(*parsed)) : std::nullopt;
        if (alias && store_.article(alias->article)) {
            why = fmt::format("another address of '{}': {}", alias->url, alias->why);
            return alias->article;
        }
    }
    return std::nullopt;
}

// Every address that leads to the article, for those that come later.
void Update::remember_addresses(const Job& job, const std::string& id) {
    std::vector<std::pair<std::string, const char*>> addresses = {
        {job.row.url, "told by the source"},
        {job.article.canonical_url, "rel=canonical of the page"},
        {job.url.href, "where the page was read"},
    };
    for (const std::string& page : job.page_urls)
        addresses.emplace_back(page, "a later page of it");
    for (const auto& [address, why] : addresses) {
        const auto url = html::parse_url(address);
        if (!url) continue;
        store_.save_alias(html::identity_key(*url),
                          {.url = html::canonical_form(*url).href, .article = id, .why = why});
    }
}

std::optional<store::Time> Update::next_check(const Job& job) const {
    if (!config_.fetch.recheck || job.is_from_entry || job.row.fate != Fate::kPublished)
        return std::nullopt;
    store::Time appeared = job.row.discovered;
    if (job.entry.published) appeared = std::min(appeared, job.entry.published->utc);
    return recheck_time(appeared, clock_.now());
}

void Update::store_article(SourceRun& run, Job& job) {
    Article& article = job.article;
    store::LedgerRow& row = job.row;
    const store::Time now = clock_.now();
    if (is_superseded(row)) return done(run, job);
    store_.transaction([&] {
        // A page may speak for its own site only; else it could take another's article over.
        const auto canonical = html::parse_url(article.canonical_url);
        if (canonical && !job.url.href.empty() && html::same_site(*canonical, job.url)) {
            article.canonical_url = html::canonical_form(*canonical).href;
        } else {
            article.canonical_url = row.url;
        }
        row.next_attempt.reset();
        row.attempts = 0;
        row.reason.clear();
        row.etag = job.validators.etag;
        row.last_modified = job.validators.last_modified;
        std::string why;
        auto known = known_article(job, why);
        const auto tombstone = store_.tombstone_of(article.canonical_url);
        std::string event;
        // The publisher gave an item another address: headlines are corrected, and addresses with
        // them. Numbers that feeds give out again belong to another text.
        if (!known && row.article.empty() && !tombstone) {
            const auto before = store_.address_by_guid(row.source, job.entry.guid);
            const auto old = before ? store_.article(before->article) : std::nullopt;
            if (old && before->url != row.url &&
                is_same_text(html::plain_text(old->body), html::plain_text(article.body))) {
                if (takes_over(row, *before)) {
                    store::LedgerRow left = *before;
                    left.fate = Fate::kDuplicate;
                    left.reason = fmt::format("the source tells of it at '{}' now", row.url);
                    left.next_attempt.reset();
                    store_.save_address(left);
                    store_.add_event(left.url, now, "duplicate: " + left.reason);
                    event = fmt::format("the same item as '{}' before; ", left.url);
                    row.article = left.article;
                } else {
                    known = before->article;
                    why = fmt::format("the source tells of it at '{}' too", before->url);
                }
            }
        }
        if (tombstone) {
            row.fate = tombstone->is_withdrawn ? Fate::kWithdrawn : Fate::kExpired;
            row.article = tombstone->id;
            row.reason = tombstone->reason;
            ++report_.refused[row.fate];
            report_.notes.push_back({row.url, "left the mirror before: " + row.reason});
            event = "left the mirror before: " + row.reason;
        } else if (known && row.article != *known) {
            row.fate = Fate::kDuplicate;
            row.article = *known;
            row.reason = why;
            ++report_.refused[row.fate];
            report_.notes.push_back({row.url, "duplicate: " + row.reason});
            event = "duplicate: " + row.reason;
            remember_addresses(job, *known);
        } else {
            if (!row.article.empty()) {
                // Stored before: the id stays, even if the publisher now names another address.
                article.id = row.article;
                if (const auto before = store_.article(article.id)) {
                    article.canonical_url = before->canonical_url;
                    // Older versions counted other things as a change.
                    job.parts.is_as_before = essence_of(*before) == job.parts.essence;
                }
            } else {
                article.id = make_article_id(article.canonical_url, [&](const std::string& id) {
                    return store_.article(id).has_value();
                });
            }
            switch (store_.save_article(article, job.parts)) {
                case store::Saved::kNew:
                    ++report_.added;
                    event += "published";
                    break;
                case store::Saved::kUpdated:
                    ++report_.updated;
                    event += fmt::format("changed: revision {}", article.revision);
                    break;
                case store::Saved::kUnchanged:
                    ++report_.unchanged;
                    if (row.fate != Fate::kPublished) event += "published again";
                    break;
            }
            row.fate = Fate::kPublished;
            row.article = article.id;
            row.next_attempt = next_check(job);
            remember_addresses(job, article.id);
        }
        store_.save_address(row);
        if (row.next_attempt) {
            // A check needs what the source said of the article, not the text it gave.
            job.entry.content_html.clear();
            job.entry.summary_html.clear();
            store_.save_entry(row.url, job.entry);
        }
        if (!event.empty()) store_.add_event(row.url, now, event);
    });
    done(run, job);
}

// 410: whoever says so means it (RFC 9110 section 15.5.11).
void Update::gone(SourceRun& run, Job& job) {
    store::LedgerRow& row = job.row;
    row.reason = "HTTP status 410: gone for good";
    row.next_attempt.reset();
    row.attempts = 0;
    if (row.fate != Fate::kPublished) {
        row.fate = Fate::kGone;
        ++report_.refused[Fate::kGone];
    }
    report_.notes.push_back({row.url, row.reason});
    settle(run, job, row.reason);
}

// By the site's robots.txt: its word, and nothing that went wrong. It may think better of it.
void Update::forbidden(SourceRun& run, Job& job, const std::string& reason) {
    store::LedgerRow& row = job.row;
    row.checked = clock_.now();
    row.next_attempt = recheck_time(row.discovered, *row.checked);
    if (row.fate != Fate::kPublished) {
        row.fate = Fate::kBlocked;
        ++report_.refused[Fate::kBlocked];
    }
    const std::string event = std::exchange(row.reason, reason) == reason ? "" : reason;
    report_.notes.push_back({row.url, reason});
    settle(run, job, event);
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
    settle(run, job, fmt::format("attempt {} failed: {}", row.attempts, reason));
}

// While its page was on the way, its article got another address (store_article, by guid).
bool Update::is_superseded(const store::LedgerRow& row) {
    if (row.fate != Fate::kPublished) return false;
    const auto now = store_.address(row.url);
    return now && now->fate == Fate::kDuplicate;
}

void Update::settle(SourceRun& run, Job& job, const std::string& event) {
    if (is_superseded(job.row)) return done(run, job);
    store_.transaction([&] {
        store_.save_address(job.row);
        if (!event.empty()) store_.add_event(job.row.url, clock_.now(), event);
    });
    done(run, job);
}

void Update::done(SourceRun& run, Job& job) {
    ++jobs_done_;
    --run.under_way;
    jobs_.erase(&job);
}

}  // namespace heliograph::pipeline
