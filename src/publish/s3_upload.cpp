// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3_upload.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/media_type.h"
#include "publish/publisher.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// An object larger than this is sent in parts of at least kPartBytes, at most kMaxParts of them:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
constexpr std::uint64_t kMultipartBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kPartBytes = std::uint64_t{16} << 20;
constexpr std::uint64_t kMaxParts = 10'000;

class Uploader {
  public:
    Uploader(S3Client& client, S3Journal& journal, const std::string& prefix, const fs::path& tree)
        : client_(client), journal_(journal), prefix_(prefix), tree_(tree) {}

    [[nodiscard]] Result<void> upload(const std::vector<Change>& changes);

  private:
    [[nodiscard]] S3Client::Task upload_task(const Change& change, std::optional<Error>& problem);
    void send_parts(const Change& change, const std::string& upload_id,
                    std::optional<Error>& problem);
    void finish_parts(const std::string& key, const std::string& upload_id,
                      const std::vector<std::string>& etags, const Change& change,
                      std::optional<Error>& problem);

    S3Client& client_;
    S3Journal& journal_;
    const std::string& prefix_;
    const fs::path& tree_;
};

Result<void> Uploader::upload(const std::vector<Change>& changes) {
    std::optional<Error> problem;
    auto change = changes.begin();
    client_.run([&]() -> std::optional<S3Client::Task> {
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

S3Client::Task Uploader::upload_task(const Change& change, std::optional<Error>& problem) {
    const std::string key = prefix_ + change.path;
    if (change.digest.size > kMultipartBytes && journal_.abilities()->multipart) {
        return {.operation = {.method = http::Method::kPost,
                              .key = key,
                              .query = {{"uploads", ""}},
                              .headers = object_headers(change.path)},
                .done = [this, change, &problem](Result<http::Response> answer) {
                    if (answer)
                        return send_parts(change, s3_element(answer->body, "UploadId"), problem);
                    if (!problem) problem = std::move(answer).error();
                }};
    }
    return {.operation = {.method = http::Method::kPut,
                          .key = key,
                          .headers = object_headers(change.path),
                          .body = http::FileRange{.path = tree_ / change.path,
                                                  .offset = 0,
                                                  .size = change.digest.size},
                          .etag_is_md5 = journal_.abilities()->etag_is_md5},
            .done = [this, change, &problem](Result<http::Response> answer) {
                if (answer) return journal_.stored(change.path, change.digest.hash);
                if (!problem) problem = std::move(answer).error();
            }};
}

void Uploader::send_parts(const Change& change, const std::string& upload_id,
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
        client_.submit(std::move(operation), [this, i, parts, key, upload_id, change,
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
            client_.submit(
                {.method = http::Method::kDelete, .key = key, .query = {{"uploadId", upload_id}}},
                [](const Result<http::Response>&) {});
        });
    }
}

void Uploader::finish_parts(const std::string& key, const std::string& upload_id,
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
    client_.submit({.method = http::Method::kPost,
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

std::vector<std::pair<std::string, std::string>> object_headers(const std::string& path) {
    return {{"content-type", std::string(media_type_of(path))},
            {"cache-control", std::string(cache_control_of(path))}};
}

Result<void> upload_objects(S3Client& client, S3Journal& journal, const std::string& prefix,
                            const fs::path& tree, const std::vector<Change>& changes) {
    return Uploader(client, journal, prefix, tree).upload(changes);
}

}  // namespace heliograph::publish
