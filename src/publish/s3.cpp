// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/md5.h"
#include "html/url.h"
#include "publish/s3_credentials.h"
#include "publish/s3_journal.h"
#include "publish/s3_probe.h"
#include "publish/s3_upload.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// Says which publication the bucket holds; written last.
constexpr const char* kMarker = ".heliograph";
// Services change; what they can do is tried again after this time.
constexpr std::chrono::hours kAbilitiesLast{24 * 30};
class S3 final : public Publisher {
  public:
    S3(Result<S3Place> place, const Target& target, const fs::path& work, const Clock& clock,
       Log& log)
        : place_(std::move(place)),
          prefix_(target.s3.prefix),
          grace_(target.s3.delete_after),
          name_(target.name),
          journal_(work),
          clock_(clock),
          log_(log) {
        if (place_) client_.emplace(*place_);
    }

    Result<std::string> current() override;
    Result<std::string> prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& message) override;
    Result<void> commit() override;
    Result<void> tidy(const fs::path& tree) override;

  private:
    // Learns what the endpoint can do, when that is not known or too long ago.
    [[nodiscard]] Result<void> ensure_abilities();
    [[nodiscard]] Result<void> remove(const std::vector<std::string>& paths);
    // Settles what an unfinished publication left that this one does not touch.
    [[nodiscard]] std::vector<Change> leftovers() const;

    Result<S3Place> place_;
    std::string prefix_;
    std::chrono::seconds grace_;
    std::string name_;
    S3Journal journal_;
    const Clock& clock_;
    Log& log_;
    std::optional<S3Client> client_;
    fs::path tree_;
    std::string base_;
    std::string marker_;
    std::vector<Change> changes_;
};

Result<std::string> S3::current() {
    if (!place_) return std::unexpected(place_.error());
    auto answer = client_->perform({.key = prefix_ + kMarker});
    if (answer) return std::move(answer->body);
    if (answer.error().code == ErrorCode::kNotFound) return std::string();
    return std::unexpected(std::move(answer).error());
}

Result<void> S3::ensure_abilities() {
    const std::string here =
        fmt::format("{} {} {}", place_->endpoint.href, place_->bucket, prefix_);
    const auto& known = journal_.abilities();
    if (known && known->place == here && clock_.now() - known->probed < kAbilitiesLast) return {};
    auto abilities = probe_abilities(*client_, prefix_);
    if (!abilities) return std::unexpected(std::move(abilities).error());
    abilities->place = here;
    abilities->probed = clock_.now();
    if (!abilities->keeps_cache_control) {
        log_.warning(
            fmt::format("target '{}': its service does not keep cache headers; readers' "
                        "browsers decide how long they keep pages",
                        name_));
    }
    journal_.set_abilities(*std::move(abilities));
    return {};
}

Result<std::string> S3::prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& /*message*/) {
    if (!place_) return std::unexpected(place_.error());
    if (auto done = ensure_abilities(); !done) return std::unexpected(std::move(done).error());
    tree_ = tree;
    base_ = base;
    changes_ = plan.changes;
    Fingerprint marker;
    marker.add(base);
    for (const Change& change : changes_) marker.add(change.path).add(change.digest.hash);
    marker_ = marker.hex();
    return marker_;
}

std::vector<Change> S3::leftovers() const {
    std::set<std::string_view> touched;
    for (const Change& change : changes_) touched.insert(change.path);
    std::vector<Change> out;
    for (const auto& [path, hash] : journal_.unfinished()) {
        if (touched.contains(path)) continue;
        std::error_code error;
        const auto size = fs::file_size(tree_ / path, error);
        if (error) {
            out.push_back({.path = path, .kind = ChangeKind::kRemove, .digest = {}});
        } else {
            // What it was before, and is again: the bucket may hold what was in between.
            out.push_back(
                {.path = path,
                 .kind = ChangeKind::kChange,
                 .digest = {.hash = digest_of_range(tree_ / path, 0, size).sha256, .size = size}});
        }
    }
    return out;
}

Result<void> S3::commit() {
    std::vector<Change> all = leftovers();
    all.insert(all.end(), changes_.begin(), changes_.end());
    std::ranges::stable_sort(all, {}, [](const Change& change) { return rank_of(change); });
    std::vector<std::string> paths;
    for (const Change& change : all)
        if (change.kind != ChangeKind::kRemove) paths.push_back(change.path);
    journal_.begin(base_, paths);

    // Each rank is whole before the next begins.
    auto doomed = journal_.doomed();
    for (auto from = all.begin(); from != all.end();) {
        const auto to = std::find_if(from, all.end(), [&](const Change& change) {
            return rank_of(change) != rank_of(*from);
        });
        if (from->kind == ChangeKind::kRemove) {
            for (auto change = from; change != to; ++change)
                doomed.try_emplace(change->path, clock_.now() + grace_);
        } else if (auto done = upload_objects(*client_, journal_, prefix_, tree_, {from, to});
                   !done) {
            return done;
        }
        from = to;
    }
    journal_.set_doomed(std::move(doomed));
    const auto marked = client_->perform({.method = http::Method::kPut,
                                          .key = prefix_ + kMarker,
                                          .headers = object_headers(kMarker),
                                          .body = marker_});
    if (!marked) return std::unexpected(marked.error());
    journal_.end();
    if (auto done = tidy(tree_); !done)
        log_.warning(fmt::format("target '{}': {}; tried again with the next publication", name_,
                                 done.error().message));
    return {};
}

Result<void> S3::tidy(const fs::path& tree) {
    if (!place_) return std::unexpected(place_.error());
    std::map<std::string, std::chrono::sys_seconds> left;
    std::vector<std::string> due;
    for (const auto& [path, time] : journal_.doomed()) {
        if (fs::exists(tree / path)) continue;  // it came back
        if (time <= clock_.now()) {
            due.push_back(path);
        } else {
            left[path] = time;
        }
    }
    if (auto done = remove(due); !done) return done;
    journal_.set_doomed(std::move(left));
    return {};
}

Result<void> S3::remove(const std::vector<std::string>& paths) {
    std::optional<Error> problem;
    auto path = paths.begin();
    client_->run([&]() -> std::optional<S3Client::Task> {
        if (problem || path == paths.end()) return std::nullopt;
        return S3Client::Task{
            .operation = {.method = http::Method::kDelete, .key = prefix_ + *path++},
            .done = [&](Result<http::Response> answer) {
                if (!answer && answer.error().code != ErrorCode::kNotFound && !problem)
                    problem = std::move(answer).error();
            }};
    });
    if (problem) return std::unexpected(*std::move(problem));
    return {};
}

}  // namespace

std::unique_ptr<Publisher> open_s3_at(S3Place place, const Target& target, const fs::path& work,
                                      const Clock& clock, Log& log) {
    return std::make_unique<S3>(Result<S3Place>(std::move(place)), target, work, clock, log);
}

std::unique_ptr<Publisher> open_s3(const Target& target, const fs::path& work,
                                   const fs::path& config_directory, const Clock& clock, Log& log) {
    const auto place = [&]() -> Result<S3Place> {
        const auto endpoint = html::parse_url(target.s3.endpoint);
        if (!endpoint)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}' is not an address of the web", target.s3.endpoint));
        auto credentials = s3_credentials(target, config_directory);
        if (!credentials) return std::unexpected(std::move(credentials).error());
        return S3Place{.endpoint = *endpoint,
                       .bucket = target.s3.bucket,
                       .region = target.s3.region,
                       .credentials = *std::move(credentials)};
    };
    return std::make_unique<S3>(place(), target, work, clock, log);
}

}  // namespace heliograph::publish
