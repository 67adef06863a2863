// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/md5.h"
#include "base/media_type.h"
#include "html/url.h"
#include "publish/s3_journal.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// Says which publication the bucket holds; written last.
constexpr const char* kMarker = ".heliograph";
constexpr const char* kProbe = ".heliograph-probe";
// Services change; what they can do is tried again after this time.
constexpr std::chrono::hours kAbilitiesLast{24 * 30};
// An object larger than this is sent in parts of at least kPartBytes, at most kMaxParts of them:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
constexpr std::uint64_t kMultipartBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kPartBytes = std::uint64_t{16} << 20;
constexpr std::uint64_t kMaxParts = 10'000;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

Headers headers_of(const std::string& path) {
    return {{"content-type", std::string(media_type_of(path))},
            {"cache-control", std::string(cache_control_of(path))}};
}

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
    using Task = S3Client::Task;

    [[nodiscard]] Result<void> probe();
    [[nodiscard]] Result<bool> try_multipart();
    [[nodiscard]] Result<void> upload(const std::vector<Change>& changes);
    [[nodiscard]] Task upload_task(const Change& change, std::optional<Error>& problem);
    void send_parts(const Change& change, const std::string& upload_id,
                    std::optional<Error>& problem);
    void finish_parts(const std::string& key, const std::string& upload_id,
                      const std::vector<std::string>& etags, const Change& change,
                      std::optional<Error>& problem);
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

// ---------------------------------------------------------------- what the endpoint can do

Result<void> S3::probe() {
    const std::string here =
        fmt::format("{} {} {}", place_->endpoint.href, place_->bucket, prefix_);
    const auto& known = journal_.abilities();
    if (known && known->place == here && clock_.now() - known->probed < kAbilitiesLast) return {};

    S3Abilities abilities{.place = here, .probed = clock_.now()};
    const std::string key = prefix_ + kProbe;
    const std::string bytes = "Heliograph tries what this service can do.\n";
    const auto put = client_->perform(
        {.method = http::Method::kPut, .key = key, .headers = headers_of(".txt"), .body = bytes});
    if (!put) return std::unexpected(put.error());
    abilities.etag_is_md5 = put->header("etag") == '"' + md5_hex(bytes) + '"';
    const auto got = client_->perform({.key = key});
    if (!got) return std::unexpected(got.error());
    if (got->body != bytes)
        return fail(ErrorCode::kMalformed,
                    fmt::format("cannot publish to the bucket '{}': its service gives other bytes "
                                "than it was given",
                                place_->bucket));
    abilities.keeps_cache_control = got->header("cache-control") == cache_control_of(".txt");
    const auto multipart = try_multipart();
    if (!multipart) return std::unexpected(multipart.error());
    abilities.multipart = *multipart;
    const auto removed = client_->perform({.method = http::Method::kDelete, .key = key});
    if (!removed && removed.error().code != ErrorCode::kNotFound)
        return std::unexpected(removed.error());
    if (!abilities.keeps_cache_control) {
        log_.warning(
            fmt::format("target '{}': its service does not keep cache headers; readers' "
                        "browsers decide how long they keep pages",
                        name_));
    }
    journal_.set_abilities(std::move(abilities));
    return {};
}

Result<bool> S3::try_multipart() {
    const std::string key = prefix_ + kProbe;
    const auto begun =
        client_->perform({.method = http::Method::kPost, .key = key, .query = {{"uploads", ""}}});
    if (!begun) {
        if (begun.error().code == ErrorCode::kRefused || begun.error().code == ErrorCode::kNotFound)
            return false;
        return std::unexpected(begun.error());
    }
    const std::string id = s3_element(begun->body, "UploadId");
    if (id.empty()) return false;
    const auto dropped = client_->perform(
        {.method = http::Method::kDelete, .key = key, .query = {{"uploadId", id}}});
    return dropped.has_value();
}

// ---------------------------------------------------------------- prepare and commit

Result<std::string> S3::prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& /*message*/) {
    if (!place_) return std::unexpected(place_.error());
    if (auto done = probe(); !done) return std::unexpected(std::move(done).error());
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
        } else if (auto done = upload({from, to}); !done) {
            return done;
        }
        from = to;
    }
    journal_.set_doomed(std::move(doomed));
    const auto marked = client_->perform({.method = http::Method::kPut,
                                          .key = prefix_ + kMarker,
                                          .headers = headers_of(kMarker),
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
    client_->run([&]() -> std::optional<Task> {
        if (problem || path == paths.end()) return std::nullopt;
        return Task{.operation = {.method = http::Method::kDelete, .key = prefix_ + *path++},
                    .done = [&](Result<http::Response> answer) {
                        if (!answer && answer.error().code != ErrorCode::kNotFound && !problem)
                            problem = std::move(answer).error();
                    }};
    });
    if (problem) return std::unexpected(*std::move(problem));
    return {};
}

// ---------------------------------------------------------------- uploads

// All of them, in no order.
Result<void> S3::upload(const std::vector<Change>& changes) {
    std::optional<Error> problem;
    auto change = changes.begin();
    client_->run([&]() -> std::optional<Task> {
        for (; !problem && change != changes.end(); ++change) {
            const auto stored = journal_.unfinished().find(change->path);
            if (stored != journal_.unfinished().end() && stored->second == change->digest.hash)
                continue;
            return upload_task(*change++, problem);
        }
        return std::nullopt;
    });
    if (problem) return std::unexpected(*std::move(problem));
    return {};
}

S3::Task S3::upload_task(const Change& change, std::optional<Error>& problem) {
    const std::string key = prefix_ + change.path;
    if (change.digest.size > kMultipartBytes && journal_.abilities()->multipart) {
        return {.operation = {.method = http::Method::kPost,
                              .key = key,
                              .query = {{"uploads", ""}},
                              .headers = headers_of(change.path)},
                .done = [this, change, &problem](Result<http::Response> answer) {
                    if (answer)
                        return send_parts(change, s3_element(answer->body, "UploadId"), problem);
                    if (!problem) problem = std::move(answer).error();
                }};
    }
    return {.operation = {.method = http::Method::kPut,
                          .key = key,
                          .headers = headers_of(change.path),
                          .body = http::FileRange{.path = tree_ / change.path,
                                                  .offset = 0,
                                                  .size = change.digest.size},
                          .etag_is_md5 = journal_.abilities()->etag_is_md5},
            .done = [this, change, &problem](Result<http::Response> answer) {
                if (answer) return journal_.stored(change.path, change.digest.hash);
                if (!problem) problem = std::move(answer).error();
            }};
}

void S3::send_parts(const Change& change, const std::string& upload_id,
                    std::optional<Error>& problem) {
    const std::uint64_t size = change.digest.size;
    const std::uint64_t part = std::max(kPartBytes, (size + kMaxParts - 1) / kMaxParts);
    const std::uint64_t count = (size + part - 1) / part;
    const std::string key = prefix_ + change.path;
    struct Parts {
        std::vector<std::string> etags;
        std::uint64_t left;
        bool has_failed = false;
    };
    // Shared by the callbacks of the parts.
    const auto parts =
        std::make_shared<Parts>(Parts{.etags = std::vector<std::string>(count), .left = count});
    for (std::uint64_t i = 0; i < count; ++i) {
        S3Operation operation{
            .method = http::Method::kPut,
            .key = key,
            .query = {{"partNumber", std::to_string(i + 1)}, {"uploadId", upload_id}},
            .body = http::FileRange{.path = tree_ / change.path,
                                    .offset = i * part,
                                    .size = std::min(part, size - i * part)},
            .etag_is_md5 = journal_.abilities()->etag_is_md5};
        client_->submit(std::move(operation), [this, i, parts, key, upload_id, change,
                                               &problem](Result<http::Response> answer) {
            if (answer) {
                parts->etags[i] = answer->header("etag");
            } else {
                parts->has_failed = true;
                if (!problem) problem = std::move(answer).error();
            }
            if (--parts->left > 0) return;
            if (!parts->has_failed)
                return finish_parts(key, upload_id, parts->etags, change, problem);
            // Parts that belong to nothing are kept, and paid for.
            client_->submit(
                {.method = http::Method::kDelete, .key = key, .query = {{"uploadId", upload_id}}},
                [](const Result<http::Response>&) {});
        });
    }
}

void S3::finish_parts(const std::string& key, const std::string& upload_id,
                      const std::vector<std::string>& etags, const Change& change,
                      std::optional<Error>& problem) {
    std::string list = "<CompleteMultipartUpload>";
    for (std::size_t i = 0; i < etags.size(); ++i) {
        std::string etag;
        for (const char c : etags[i]) {
            if (c == '&' || c == '<' || c == '>') continue;  // no ETag has them
            etag += c;
        }
        list += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", i + 1, etag);
    }
    list += "</CompleteMultipartUpload>";
    client_->submit({.method = http::Method::kPost,
                     .key = key,
                     .query = {{"uploadId", upload_id}},
                     .headers = {{"content-type", "application/xml"}},
                     .body = std::move(list)},
                    [this, change, &problem](Result<http::Response> answer) {
                        if (answer) return journal_.stored(change.path, change.digest.hash);
                        if (!problem) problem = std::move(answer).error();
                    });
}

}  // namespace

std::string_view cache_control_of(std::string_view path) {
    // Named by their content.
    if (path.starts_with("media/")) return "public, max-age=31536000, immutable";
    switch (rank_of({.path = std::string(path), .kind = ChangeKind::kChange, .digest = {}})) {
        case Rank::kContent:
            return "public, max-age=3600";  // an article may be corrected
        case Rank::kEdition:
            return "no-cache";
        default:
            return path.starts_with('.') ? "no-cache" : "public, max-age=60";
    }
}

Result<S3Credentials> s3_credentials(const Target& target, const fs::path& config_directory) {
    S3Credentials found;
    if (target.s3.credentials.empty()) {
        found = {.access_key = from_environment("AWS_ACCESS_KEY_ID"),
                 .secret_key = from_environment("AWS_SECRET_ACCESS_KEY"),
                 .session_token = from_environment("AWS_SESSION_TOKEN")};
        if (found.access_key.empty() || found.secret_key.empty())
            return fail(ErrorCode::kConfig,
                        "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name "
                        "a file with 'credentials'");
        return found;
    }
    const fs::path file = config_directory / target.s3.credentials;
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        return fail(ErrorCode::kConfig,
                    fmt::format("no credentials: there is no file '{}'", file.string()));
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::kConfig,
                    fmt::format("credentials in '{0}' can be read by others: run chmod 600 '{0}'",
                                file.string()));
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string key = trimmed(line.substr(0, equals));
        const std::string value = trimmed(line.substr(equals + 1));
        if (key == "aws_access_key_id") found.access_key = value;
        if (key == "aws_secret_access_key") found.secret_key = value;
        if (key == "aws_session_token") found.session_token = value;
    }
    if (found.access_key.empty() || found.secret_key.empty())
        return fail(ErrorCode::kConfig,
                    fmt::format("no credentials: '{}' needs the lines 'aws_access_key_id = ...' "
                                "and 'aws_secret_access_key = ...'",
                                file.string()));
    return found;
}

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
