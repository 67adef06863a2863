// SPDX-License-Identifier: GPL-3.0-or-later
// An S3 service in memory on loopback, as far as publishing asks for one, which misbehaves on
// purpose. It checks that what comes has the hash that its header claims, not the signature: for
// that tests/publish/swift_test.cpp has a service that others wrote.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "support/test_server.h"

namespace heliograph::test {

class S3Stub {
  public:
    struct Object {
        std::string bytes;
        Headers headers;
    };
    // May answer in the service's place.
    using Fault = std::function<std::optional<Answer>(const ReceivedRequest&)>;

    S3Stub();

    void set_fault(Fault fault);
    // Every answer to a stored object names other bytes.
    void lie_about_etags() { lies_ = true; }
    void refuse_multipart() { has_multipart_ = false; }

    // By key.
    [[nodiscard]] std::map<std::string, Object> objects() const;
    // "PUT key", "DELETE key", in the order in which they were done.
    [[nodiscard]] std::vector<std::string> done() const;
    void forget_done();

    static constexpr const char* kBucket = "mirror";
    TestServer server;

  private:
    [[nodiscard]] Answer answer(const ReceivedRequest& request);
    [[nodiscard]] Answer put(const std::string& key, const std::string& query,
                             const ReceivedRequest& request);
    [[nodiscard]] Answer post(const std::string& key, const std::string& query,
                              const ReceivedRequest& request);

    mutable std::mutex mutex_;
    std::map<std::string, Object> objects_;
    std::map<std::string, std::map<int, std::string>> parts_;  // by upload, by number
    std::vector<std::string> done_;
    Fault fault_;
    bool lies_ = false;
    bool has_multipart_ = true;
};

[[nodiscard]] Answer s3_error(int status, const std::string& code);

}  // namespace heliograph::test
