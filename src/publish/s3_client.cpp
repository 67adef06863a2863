// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <random>

#include "base/hash.h"
#include "base/md5.h"
#include "base/utf8.h"

namespace heliograph::publish {
namespace {

using namespace std::chrono_literals;

// Of what a service says, in our messages.
constexpr std::size_t kMaxSaidBytes = 300;

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text, bool keep_slash) {
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c) || (keep_slash && c == '/')) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string_view unquoted(std::string_view etag) {
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"')
        return etag.substr(1, etag.size() - 2);
    return etag;
}

std::string_view verb(http::Method method) {
    switch (method) {
        case http::Method::kPut:
        case http::Method::kPost:
            return "store";
        case http::Method::kDelete:
            return "remove";
        default:
            return "read";
    }
}

// Asks us to come back later, rather than saying that the request is wrong.
bool may_pass(int status, std::string_view code) {
    constexpr std::array kPassing = {408, 425, 429, 500, 502, 503, 504};
    return std::ranges::find(kPassing, status) != kPassing.end() || code == "RequestTimeout" ||
           code == "OperationAborted" || code == "BadDigest";
}

// What the operator can do, in the words of the service's code; empty where it says so itself.
std::string_view mend_of(std::string_view code, int status, http::Method method) {
    if (code == "NoSuchBucket") return "make the bucket first, with the service's own means";
    if (code == "RequestTimeTooSkewed") return "set this machine's clock";
    if (code == "SignatureDoesNotMatch" || code == "InvalidAccessKeyId")
        return "correct the keys in 'credentials' or the environment, or 'region'";
    if (code == "AccessDenied") return "give the key the right to do that";
    if (code.empty() && status >= 300 && status < 500 && method == http::Method::kPut)
        return "is 'endpoint' the address of an S3 service?";
    return {};
}

bool asks_for_less(int status) { return status == 429 || status == 503; }

}  // namespace

std::string s3_path(std::string_view key) { return percent_encoded(key, true); }

std::string s3_element(std::string_view xml, std::string_view name) {
    const std::string open = fmt::format("<{}>", name);
    const std::size_t begin = xml.find(open);
    if (begin == xml.npos) return {};
    xml.remove_prefix(begin + open.size());
    std::string out;
    constexpr std::array<std::pair<std::string_view, char>, 6> kReferences = {{{"&amp;", '&'},
                                                                               {"&lt;", '<'},
                                                                               {"&gt;", '>'},
                                                                               {"&quot;", '"'},
                                                                               {"&#34;", '"'},
                                                                               {"&apos;", '\''}}};
    while (!xml.empty() && xml.front() != '<') {
        const auto* reference = std::ranges::find_if(
            kReferences, [&](const auto& known) { return xml.starts_with(known.first); });
        const bool is_known = reference != kReferences.end();
        out += is_known ? reference->second : xml.front();
        xml.remove_prefix(is_known ? reference->first.size() : 1);
    }
    return to_valid_utf8(out);
}

S3Client::S3Client(S3Place place)
    : place_(std::move(place)), room_(static_cast<double>(place_.connections)) {}

void S3Client::submit(S3Operation operation, Done done) {
    waiting_.push_back({std::move(operation), std::move(done)});
}

void S3Client::run(const std::function<std::optional<Task>()>& next) {
    bool is_more = next != nullptr;
    const auto begin = [this](Task task) {
        auto attempt = std::make_shared<Attempt>();
        attempt->task = std::move(task);
        start(std::move(attempt));
    };
    while (true) {
        const auto now = std::chrono::steady_clock::now();
        while (under_way_ < static_cast<std::size_t>(room_)) {
            if (!delayed_.empty() && delayed_.begin()->first <= now) {
                start(delayed_.extract(delayed_.begin()).mapped());
            } else if (!waiting_.empty()) {
                Task task = std::move(waiting_.front());
                waiting_.pop_front();
                begin(std::move(task));
            } else if (is_more) {
                auto task = next();
                is_more = task.has_value();
                if (task) begin(*std::move(task));
            } else {
                break;
            }
        }
        if (under_way_ == 0 && delayed_.empty() && waiting_.empty() && !is_more) return;
        auto wait = 1000ms;
        if (!delayed_.empty()) {
            wait = std::clamp(
                std::chrono::ceil<std::chrono::milliseconds>(delayed_.begin()->first - now), 0ms,
                wait);
        }
        if (under_way_ > 0) {
            client_.run(wait);
        } else {
            client_.wait(wait);
        }
    }
}

Result<http::Response> S3Client::perform(S3Operation operation) {
    std::optional<Result<http::Response>> out;
    submit(std::move(operation), [&](Result<http::Response> answer) { out = std::move(answer); });
    run();
    return *std::move(out);
}

http::Request S3Client::request_of(const Attempt& attempt) const {
    const S3Operation& operation = attempt.task.operation;
    http::Request request;
    request.method = operation.method;
    request.body = operation.body;
    request.url = place_.endpoint;
    request.url.path = (place_.endpoint.path.ends_with('/') ? "" : "/") + s3_path(place_.bucket) +
                       (operation.key.empty() ? "" : "/" + s3_path(operation.key));
    request.url.path.insert(0, place_.endpoint.path);
    request.url.query.clear();
    for (const auto& [name, value] : operation.query)
        request.url.query += fmt::format("{}{}={}", request.url.query.empty() ? "" : "&", name,
                                         percent_encoded(value, false));
    request.url.href = request.url.origin() + request.url.path +
                       (request.url.query.empty() ? "" : "?" + request.url.query);
    request.headers = operation.headers;
    request.headers.emplace_back("x-amz-content-sha256", attempt.sha256);
    if (!place_.credentials.session_token.empty())
        request.headers.emplace_back("x-amz-security-token", place_.credentials.session_token);
    request.signature = http::AwsSignature{.access_key = place_.credentials.access_key,
                                           .secret_key = place_.credentials.secret_key,
                                           .region = place_.region,
                                           .service = "s3"};
    request.user_agent = "Heliograph";
    request.max_body_bytes = operation.max_answer_bytes;
    request.timeout = place_.timeout;
    request.stall_timeout = place_.stall_timeout;
    // The endpoint is the operator's own choice, and may well be a server beside this one.
    request.local_addresses = http::LocalAddresses::kAllow;
    return request;
}

void S3Client::start(std::shared_ptr<Attempt> attempt) {
    ++attempt->tries;
    if (attempt->sha256.empty()) {
        const auto& body = attempt->task.operation.body;
        if (const auto* range = std::get_if<http::FileRange>(&body)) {
            RangeDigest digest = digest_of_range(range->path, range->offset, range->size);
            attempt->sha256 = std::move(digest.sha256);
            attempt->md5 = std::move(digest.md5);
        } else {
            attempt->sha256 = sha256_hex(std::get<std::string>(body));
            attempt->md5 = md5_hex(std::get<std::string>(body));
        }
    }
    http::Request request = request_of(*attempt);
    client_.submit(std::move(request), [this, attempt](Result<http::Response> answer) {
        take(attempt, std::move(answer));
    });
    ++under_way_;
}

// What is wrong with an answer, without the object's name; nullopt when it is what was asked for.
std::optional<Error> S3Client::problem_of(const Attempt& attempt,
                                          const http::Response& answer) const {
    const S3Operation& operation = attempt.task.operation;
    const std::string code = s3_element(answer.body, "Code");
    const bool is_success = answer.status >= 200 && answer.status < 300;
    // The end of a multipart upload may turn out an error after its status was sent.
    const bool is_late_error = is_success && operation.method == http::Method::kPost &&
                               answer.body.find("<Error>") != std::string::npos;
    if (!is_success || is_late_error) {
        std::string said = code.empty() ? fmt::format("HTTP status {}", answer.status)
                                        : fmt::format("{} (HTTP status {})", code, answer.status);
        if (const std::string message = s3_element(answer.body, "Message"); !message.empty())
            said += ": " + shorten(collapse_space(message), kMaxSaidBytes);
        if (said.ends_with('.')) said.pop_back();
        if (const auto mend = mend_of(code, answer.status, operation.method); !mend.empty())
            said += fmt::format("; {}", mend);
        const bool is_absent = answer.status == 404 && code != "NoSuchBucket";
        return Error{is_absent ? ErrorCode::kNotFound : ErrorCode::kRefused, std::move(said)};
    }
    if (operation.etag_is_md5 && unquoted(answer.header("etag")) != attempt.md5)
        return Error{ErrorCode::kMalformed,
                     fmt::format("the service names what it stored '{}', but what was sent is '{}'",
                                 to_valid_utf8(unquoted(answer.header("etag"))), attempt.md5)};
    return std::nullopt;
}

void S3Client::take(const std::shared_ptr<Attempt>& attempt, Result<http::Response> answer) {
    --under_way_;
    if (!answer) {
        const ErrorCode code = answer.error().code;
        if (code == ErrorCode::kUnreachable && !has_answered_) {
            // An endpoint that is down, or misspelt: its publication is tried again as a whole.
            answer.error().message += "; if that lasts, look at 'endpoint'";
            return attempt->task.done(std::move(answer));
        }
        if (code == ErrorCode::kUnreachable || code == ErrorCode::kTimedOut)
            return try_again(attempt, nullptr, answer.error());
        return attempt->task.done(std::move(answer));
    }
    has_answered_ = true;
    auto problem = problem_of(*attempt, *answer);
    if (!problem) {
        room_ = std::min(room_ + 1.0 / room_, static_cast<double>(place_.connections));
        return attempt->task.done(std::move(answer));
    }
    const bool is_other_bytes = problem->code == ErrorCode::kMalformed;
    const bool is_late_error = answer->status == 200 && !is_other_bytes;
    problem->message =
        fmt::format("cannot {} '{}' in the bucket '{}': {}", verb(attempt->task.operation.method),
                    attempt->task.operation.key, place_.bucket, problem->message);
    if (is_other_bytes || is_late_error ||
        may_pass(answer->status, s3_element(answer->body, "Code")))
        return try_again(attempt, &*answer, *std::move(problem));
    attempt->task.done(Result<http::Response>(std::unexpected(*std::move(problem))));
}

std::chrono::milliseconds S3Client::wait_before_retry(int tries) const {
    const auto longest =
        std::min(place_.first_wait * (1 << std::min(tries - 1, 16)), place_.longest_wait);
    // Half of it is chance, so that those turned away together do not come back together.
    static thread_local std::minstd_rand chance{std::random_device{}()};
    return longest / 2 + std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>(
                             0, longest.count() / 2)(chance)};
}

void S3Client::try_again(const std::shared_ptr<Attempt>& attempt, const http::Response* answer,
                         Error error) {
    if (answer != nullptr && asks_for_less(answer->status)) room_ = std::max(1.0, room_ / 2);
    if (attempt->tries >= place_.tries) {
        error.message += fmt::format(" (tried {} times)", attempt->tries);
        return attempt->task.done(Result<http::Response>(std::unexpected(std::move(error))));
    }
    ++retries_;
    std::chrono::milliseconds wait = wait_before_retry(attempt->tries);
    if (answer != nullptr) {
        const std::string_view asked = answer->header("retry-after");
        int seconds = 0;
        if (std::from_chars(asked.data(), asked.data() + asked.size(), seconds).ec == std::errc{} &&
            seconds > 0)
            wait = std::clamp<std::chrono::milliseconds>(std::chrono::seconds{seconds}, wait,
                                                         std::max(wait, place_.longest_wait));
    }
    delayed_.emplace(std::chrono::steady_clock::now() + wait, attempt);
}

}  // namespace heliograph::publish
