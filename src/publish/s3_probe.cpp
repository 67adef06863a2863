// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3_probe.h"

#include <fmt/format.h>
#include <utility>

#include "base/md5.h"
#include "publish/s3_upload.h"

namespace heliograph::publish {
namespace {

constexpr const char* kProbe = ".heliograph-probe";

Result<bool> try_multipart(S3Client& client, const std::string& key) {
    const auto begun =
        client.perform({.method = http::Method::kPost, .key = key, .query = {{"uploads", ""}}});
    if (!begun) {
        if (begun.error().code == ErrorCode::kRefused || begun.error().code == ErrorCode::kNotFound)
            return false;
        return std::unexpected(begun.error());
    }
    const std::string id = s3_element(begun->body, "UploadId");
    if (id.empty()) return false;
    const auto dropped =
        client.perform({.method = http::Method::kDelete, .key = key, .query = {{"uploadId", id}}});
    return dropped.has_value();
}

}  // namespace

Result<S3Abilities> probe_abilities(S3Client& client, const std::string& prefix) {
    S3Abilities abilities;
    const std::string key = prefix + kProbe;
    const std::string bytes = "Heliograph tries what this service can do.\n";
    const auto put = client.perform({.method = http::Method::kPut,
                                     .key = key,
                                     .headers = object_headers(".txt"),
                                     .body = bytes});
    if (!put) return std::unexpected(put.error());
    abilities.etag_is_md5 = put->header("etag") == '"' + md5_hex(bytes) + '"';
    const auto got = client.perform({.key = key});
    if (!got) return std::unexpected(got.error());
    if (got->body != bytes)
        return fail(ErrorCode::kMalformed,
                    fmt::format("cannot publish to the bucket '{}': its service gives other bytes "
                                "than it was given",
                                client.bucket()));
    abilities.keeps_cache_control = got->header("cache-control") == cache_control_of(".txt");
    const auto multipart = try_multipart(client, key);
    if (!multipart) return std::unexpected(multipart.error());
    abilities.multipart = *multipart;
    const auto removed = client.perform({.method = http::Method::kDelete, .key = key});
    if (!removed && removed.error().code != ErrorCode::kNotFound)
        return std::unexpected(removed.error());
    return abilities;
}

}  // namespace heliograph::publish
