// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/s3_stub.h"

#include "base/hash.h"
#include "base/md5.h"

namespace heliograph::test {
namespace {

// The value of "name=" in a query.
std::string query_value(const std::string& query, const std::string& name) {
    const std::string whole = "&" + query + "&";
    const auto at = whole.find("&" + name + "=");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return whole.substr(begin, whole.find('&', begin) - begin);
}

Answer stored(const std::string& etag) { return {.headers = {{"ETag", '"' + etag + '"'}}}; }

}  // namespace

Answer s3_error(int status, const std::string& code) {
    return {.status = status,
            .headers = {{"content-type", "application/xml"}},
            .body = "<?xml version=\"1.0\"?><Error><Code>" + code +
                    "</Code><Message>as the &quot;test&quot; wants it</Message></Error>"};
}

S3Stub::S3Stub() {
    server.otherwise([this](const ReceivedRequest& request) { return answer(request); });
}

void S3Stub::set_fault(Fault fault) {
    const std::scoped_lock lock(mutex_);
    fault_ = std::move(fault);
}

std::map<std::string, S3Stub::Object> S3Stub::objects() const {
    const std::scoped_lock lock(mutex_);
    return objects_;
}

std::vector<std::string> S3Stub::done() const {
    const std::scoped_lock lock(mutex_);
    return done_;
}

void S3Stub::forget_done() {
    const std::scoped_lock lock(mutex_);
    done_.clear();
}

Answer S3Stub::answer(const ReceivedRequest& request) {
    const std::scoped_lock lock(mutex_);
    if (fault_) {
        if (auto instead = fault_(request)) return *std::move(instead);
    }
    const std::string bucket = std::string("/") + kBucket + "/";
    if (!request.path.starts_with(bucket)) return s3_error(404, "NoSuchBucket");
    const std::string key = request.path.substr(bucket.size());
    const auto mark = request.target.find('?');
    const std::string query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
    if (!request.header("authorization").starts_with("AWS4-HMAC-SHA256 Credential=key/"))
        return s3_error(403, "AccessDenied");
    if (request.header("x-amz-content-sha256") != sha256_hex(request.body))
        return s3_error(400, "XAmzContentSHA256Mismatch");
    if (request.method == "PUT") return put(key, query, request);
    if (request.method == "POST") return post(key, query, request);
    const auto found = objects_.find(key);
    if (request.method == "DELETE") {
        if (const std::string upload = query_value(query, "uploadId"); !upload.empty()) {
            parts_.erase(upload);
            return {.status = 204};
        }
        if (found != objects_.end()) objects_.erase(found);
        done_.push_back("DELETE " + key);
        return {.status = 204};
    }
    if (found == objects_.end()) return s3_error(404, "NoSuchKey");
    return {.headers = found->second.headers, .body = found->second.bytes};
}

Answer S3Stub::put(const std::string& key, const std::string& query,
                   const ReceivedRequest& request) {
    const std::string etag = lies_ ? std::string(32, '0') : md5_hex(request.body);
    if (const std::string upload = query_value(query, "uploadId"); !upload.empty()) {
        parts_[upload][std::stoi(query_value(query, "partNumber"))] = request.body;
        return stored(etag);
    }
    objects_[key] = {.bytes = request.body,
                     .headers = {{"content-type", request.header("content-type")},
                                 {"cache-control", request.header("cache-control")}}};
    done_.push_back("PUT " + key);
    return stored(etag);
}

Answer S3Stub::post(const std::string& key, const std::string& query,
                    const ReceivedRequest& request) {
    if (!has_multipart_) return s3_error(501, "NotImplemented");
    if (query == "uploads=") {
        const std::string upload = "u" + std::to_string(parts_.size());
        parts_[upload];
        return {.body = "<InitiateMultipartUploadResult><UploadId>" + upload +
                        "</UploadId></InitiateMultipartUploadResult>"};
    }
    std::string bytes;
    for (const auto& [number, part] : parts_[query_value(query, "uploadId")]) {
        if (request.body.find("<PartNumber>" + std::to_string(number) + "</PartNumber><ETag>\"" +
                              md5_hex(part) + "\"</ETag>") == std::string::npos)
            return s3_error(400, "InvalidPart");
        bytes += part;
    }
    parts_.erase(query_value(query, "uploadId"));
    objects_[key] = {.bytes = std::move(bytes), .headers = {}};
    done_.push_back("POST " + key);
    return {.body = "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>"};
}

}  // namespace heliograph::test
