// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/picture_reader.h"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "html/article_html.h"
#include "html/url.h"
#include "pipeline/request.h"
#include "pipeline/retry.h"

namespace heliograph::pipeline {
namespace {

// With the back-off of retry.h: a picture is given up after four hours.
constexpr int kMaxPictureAttempts = 5;

}  // namespace

void PictureReader::want(const std::string& url, const Source& source, std::function<void()> done,
                         Archive* archive) {
    if (const auto under_way = waiting_.find(url); under_way != waiting_.end()) {
        under_way->second.push_back(std::move(done));
        return;
    }
    const auto known = store_.picture(url);
    if (known && (known->asset || !known->next_attempt || *known->next_attempt > clock_.now()))
        return done();
    // Its bytes come with a page, or never: nothing can be fetched.
    if (html::is_data_image_address(url)) return done();
    waiting_[url].push_back(std::move(done));
    const auto parsed = html::parse_url(url);
    if (!parsed) {
        finish(url,
               Result<media::Picture>(fail(ErrorCode::kMalformed, "not an address of the web")));
        return;
    }
    if (archive != nullptr) {
        if (auto saved = archive->answer(*parsed)) {
            take(url, std::move(saved->fetched));
            return;
        }
    }
    fetch::FetchRequest asked = request_of(source, *parsed);
    asked.accept = "image/webp, image/avif, image/*;q=0.9, */*;q=0.1";
    asked.max_body_bytes = media::kMaxPictureBytes;
    // A picture is part of the page that its publisher let us read; the hosts that only serve
    // pictures mostly forbid robots everything.
    asked.robots = fetch::RobotsPolicy::kIgnore;
    fetcher_.submit(std::move(asked),
                    [this, url](Result<fetch::Fetched> answer) { take(url, std::move(answer)); });
}

void PictureReader::take(const std::string& url, Result<fetch::Fetched> answer) {
    if (!answer && answer.error().code == ErrorCode::kPostponed) {
        // Its article goes on without it for now; the next run asks again.
        store_.transaction([&] {
            store_.save_picture({.url = url,
                                 .asset = {},
                                 .problem = answer.error().message,
                                 .attempts = 0,
                                 .next_attempt = clock_.now()});
        });
        release(url);
        return;
    }
    if (answer && answer->status != 200) {
        answer = fail(ErrorCode::kRefused, fmt::format("HTTP status {}", answer->status));
    }
    if (!answer) {
        finish(url, Result<media::Picture>(std::unexpected(std::move(answer).error())));
        return;
    }
    make(url, std::move(answer->body));
}

void PictureReader::keep(extract::DataImage image, const std::string& page,
                         std::function<void()> done) {
    if (const auto under_way = waiting_.find(image.url); under_way != waiting_.end()) {
        under_way->second.push_back(std::move(done));
        return;
    }
    // The address names the bytes: bytes that could not be decoded before never can.
    if (store_.picture(image.url)) return done();
    waiting_[image.url].push_back(std::move(done));
    make(image.url, std::move(image.bytes), page);
}

void PictureReader::make(const std::string& url, std::string bytes, const std::string& page) {
    workers_.submit(
        [this, bytes = std::move(bytes)] {
            auto picture = media::make_picture(bytes, config_.pictures);
            // Before the record of it: a record means that the blob is there.
            if (picture) {
                store_.save_blob(picture->bytes);
                for (const std::string& other : picture->other_bytes) store_.save_blob(other);
            }
            return picture;
        },
        [this, url, page](Result<media::Picture> picture) {
            finish(url, std::move(picture), page);
        });
}

void PictureReader::finish(const std::string& url, Result<media::Picture> picture,
                           const std::string& page) {
    store::PictureRow row{
        .url = url, .asset = {}, .problem = {}, .attempts = 0, .next_attempt = {}};
    if (picture) {
        row.asset = picture->asset;
        ++report_.pictures;
    } else {
        const auto before = store_.picture(url);
        row.attempts = (before ? before->attempts : 0) + 1;
        row.problem = picture.error().message;
        if (!html::is_data_image_address(url))
            row.next_attempt = retry_time(row.attempts, kMaxPictureAttempts, clock_.now());
        if (page.empty())
            report_.notes.push_back({url, "no picture: " + row.problem});
        else
            report_.notes.push_back({page, "no picture of a data: URL: " + row.problem});
    }
    store_.transaction([&] { store_.save_picture(row); });
    release(url);
}

void PictureReader::release(const std::string& url) {
    const auto waiting = waiting_.extract(url);
    for (const auto& done : waiting.mapped()) done();
}

void PictureReader::retry_due() {
    for (const auto& [row, source_url] : store_.due_pictures(clock_.now())) {
        const auto source = std::ranges::find(config_.sources, source_url, &Source::url);
        if (source != config_.sources.end()) want(row.url, *source, [] {});
    }
}

}  // namespace heliograph::pipeline
