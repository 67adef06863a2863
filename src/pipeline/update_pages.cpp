// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Update that reads on where an article goes on on another page.
#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "html/url.h"
#include "pipeline/request.h"
#include "pipeline/update_run.h"

namespace heliograph::pipeline {
namespace {

// Pages of one article after its first. Longer ones are a forum, or a calendar without an end.
constexpr std::size_t kMaxLaterPages = 30;

}  // namespace

bool Update::has_later_pages(SourceRun& run, Job& job, ReadPage& read) {
    if (read.is_from_entry || read.notes.next_page_url.empty()) return false;
    const std::string next = std::exchange(read.notes.next_page_url, {});
    job.first_page = std::make_unique<ReadPage>(std::move(read));
    ask_page(run, job, next);
    return true;
}

void Update::ask_page(SourceRun& run, Job& job, const std::string& address) {
    const auto url = html::parse_url(address);
    // A page that leads to itself, or back, is the last one.
    if (!url || url->href == job.url.href || job.page_urls.size() == kMaxLaterPages ||
        std::ranges::find(job.page_urls, url->href) != job.page_urls.end())
        return join_pages_of(run, job);
    job.page_urls.push_back(url->href);
    if (run.archive) {
        auto answer = run.archive->answer(*url);
        take_later_page(run, job,
                        answer ? Result<fetch::Fetched>(std::move(answer->fetched))
                               : fail(ErrorCode::kNotFound, "the archive does not have it"));
        return;
    }
    fetcher_.submit(request_of(*run.source, *url),
                    [this, &run, &job](Result<fetch::Fetched> answer) {
                        take_later_page(run, job, std::move(answer));
                    });
}

void Update::take_later_page(SourceRun& run, Job& job, Result<fetch::Fetched> answer) {
    if (answer && answer->status != 200)
        answer = fail(ErrorCode::kNotFound, fmt::format("HTTP status {}", answer->status));
    if (!answer) {
        // Better the beginning than nothing; it is read again when its time comes.
        report_.notes.push_back(
            {job.row.url,
             fmt::format("ends before '{}': {}", job.page_urls.back(), answer.error().message)});
        job.page_urls.pop_back();
        return join_pages_of(run, job);
    }
    const SiteRules* rules = site_rules_of(config_.site_rules, answer->url.host);
    const extract::HostTemplates* templates = &template_watch_.of_host(answer->url.host);
    workers_.submit(
        [fetched = *std::move(answer), rules, templates] {
            return extract::extract_page({.bytes = fetched.body,
                                          .url = fetched.url,
                                          .transport_charset = fetched.charset,
                                          .templates = templates,
                                          .rules = rules});
        },
        [this, &run, &job](extract::ExtractedPage page) {
            auto* article = std::get_if<Article>(&page.extraction);
            if (article == nullptr) return join_pages_of(run, job);
            job.later_bodies.push_back(std::move(article->body));
            extract::add_data_images(job.first_page->notes.data_images,
                                     std::move(page.notes.data_images));
            ask_page(run, job, page.notes.next_page_url);
        });
}

void Update::join_pages_of(SourceRun& run, Job& job) {
    ReadPage whole = std::move(*job.first_page);
    job.first_page.reset();
    add_pages(whole, job.later_bodies);
    take_article(run, job, std::move(whole));
}

}  // namespace heliograph::pipeline
