// SPDX-License-Identifier: GPL-3.0-or-later
// Speaks the S3 protocol to one bucket: signed requests by the path style, many at once, each tried
// again where that may help.
// https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "http/client.h"
#include "model/url.h"

namespace heliograph::publish {

struct S3Credentials {
    std::string access_key;
    std::string secret_key;
    std::string session_token;  // of temporary credentials; else empty
};

struct S3Place {
    Url endpoint;  // "https://s3.example/"
    std::string bucket;
    std::string region = "us-east-1";
    S3Credentials credentials;
    std::size_t connections = 32;
    // Before the second try; doubled each time, up to longest_wait. Eight tries are about a minute.
    std::chrono::milliseconds first_wait{500};
    std::chrono::milliseconds longest_wait{30'000};
    int tries = 8;
    // A part has at most some 100 MB: so long on a line of 0.3 Mbit/s. Stalls end sooner.
    std::chrono::milliseconds timeout = std::chrono::hours{1};
    std::chrono::seconds stall_timeout{20};
};

struct S3Operation {
    http::Method method = http::Method::kGet;
    std::string key{};                                         // of the object
    std::vector<std::pair<std::string, std::string>> query{};  // names in order; raw values
    std::vector<std::pair<std::string, std::string>> headers{};
    std::variant<std::string, http::FileRange> body{};
    // The ETag of the answer is to be the MD5 of the body.
    bool etag_is_md5 = false;
    std::size_t max_answer_bytes = std::size_t{1} << 20;  // more than any answer that is no object
};

// Not to be shared between threads.
class S3Client {
  public:
    using Done = std::function<void(Result<http::Response>)>;
    struct Task {
        S3Operation operation;
        Done done;
    };

    explicit S3Client(S3Place place);

    [[nodiscard]] const std::string& bucket() const { return place_.bucket; }

    // `done` is called from run(), once: with a 2xx answer, or an Error that names the object, what
    // the service said, and how often it was tried. kNotFound: no such object. It may submit more.
    // A file of a body that cannot be read throws SystemError from run().
    void submit(S3Operation operation, Done done);

    // Works until everything is done. `next` gives further tasks when there is room for one, and
    // nullopt when there are none left; it may be null.
    void run(const std::function<std::optional<Task>()>& next = nullptr);

    // One operation to its end.
    [[nodiscard]] Result<http::Response> perform(S3Operation operation);

    // How many requests were sent again.
    [[nodiscard]] std::size_t retries() const { return retries_; }

  private:
    struct Attempt {
        Task task;
        std::string sha256;  // of the body
        std::string md5;
        int tries = 0;
    };
    using Time = std::chrono::steady_clock::time_point;

    void start(std::shared_ptr<Attempt> attempt);
    void take(const std::shared_ptr<Attempt>& attempt, Result<http::Response> answer);
    void try_again(const std::shared_ptr<Attempt>& attempt, const http::Response* answer,
                   Error error);
    [[nodiscard]] std::chrono::milliseconds wait_before_retry(int tries) const;
    [[nodiscard]] http::Request request_of(const Attempt& attempt) const;
    [[nodiscard]] std::optional<Error> problem_of(const Attempt& attempt,
                                                  const http::Response& answer) const;

    S3Place place_;
    http::Client client_;
    std::deque<Task> waiting_;
    // Shared with the callback of the request under way, which std::function wants copyable.
    std::multimap<Time, std::shared_ptr<Attempt>> delayed_;
    std::size_t under_way_ = 0;
    // How many requests may be under way: halved when the service asks for less, then slowly grown.
    double room_ = 0;
    std::size_t retries_ = 0;
    bool has_answered_ = false;
};

// A key as it stands in an address: everything but A-Z a-z 0-9 - . _ ~ and "/" percent-encoded.
[[nodiscard]] std::string s3_path(std::string_view key);

// The text of the first element of that name in an answer of the service, its references resolved;
// empty when there is none. The answers are flat: no parser of trees is needed.
[[nodiscard]] std::string s3_element(std::string_view xml, std::string_view name);

}  // namespace heliograph::publish
