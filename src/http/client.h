// SPDX-License-Identifier: GPL-3.0-or-later
// The one face of libcurl: one request, one response, limits, and the guard of local addresses.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/url.h"

namespace heliograph::http {

// The largest body accepted unless the request says otherwise: the largest news pages seen have
// 10 MB, feeds 20 MB.
inline constexpr std::size_t kMaxBodyBytes = std::size_t{32} << 20;
// Header lines of one response, together.
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{256} << 10;

// How much larger a body may be than its bytes on the wire, once it is larger than
// kMinRatioBytes: text compresses to a tenth, repetitive feeds to a fiftieth, bombs to a
// thousandth.
inline constexpr std::size_t kMaxDecompressionRatio = 200;
inline constexpr std::size_t kMinRatioBytes = std::size_t{1} << 20;

// Of all bodies under way together; a body of more than kMinRatioBytes is given up rather than
// pass it. Hosts that all answer with the largest body at once must not fill the memory.
inline constexpr std::size_t kMaxBufferedBytes = std::size_t{160} << 20;

// Sets libcurl up for the process and turns SIGPIPE off, which OpenSSL would raise where a server
// closes early. Throws SystemError when libcurl cannot start. main calls it once, before any
// thread; a Client may only be made after it.
void start();

// Link-local addresses, where clouds keep their machines' credentials, are refused either way.
enum class LocalAddresses : std::uint8_t { kRefuse, kAllow };
// What a body larger than Request::max_body_bytes is: an error, or cut there.
enum class LargeBody : std::uint8_t { kFail, kCut };

enum class Method : std::uint8_t { kGet, kHead, kPut, kPost, kDelete };

// A part of a file, read while it is sent.
struct FileRange {
    std::filesystem::path path;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

// Signs the request as AWS Signature Version 4 has it. The names of the URL's query must be in
// order, and each have a "=". A header x-amz-content-sha256 says what the body's hash is.
struct AwsSignature {
    std::string access_key;
    std::string secret_key;  // never part of a message
    std::string region;
    std::string service;
};

struct Request {
    Url url;
    Method method = Method::kGet;
    // Of kPut and kPost; a file that is not there throws SystemError from submit().
    std::variant<std::string, FileRange> body;
    std::optional<AwsSignature> signature;
    // A header whose name or value holds CR, LF or NUL is left out: nothing may smuggle in a line.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string user_agent;
    // "http://host:port" or "socks5h://host:port": the proxy, not we, looks the names up. Empty:
    // none, whatever the environment says.
    std::string proxy;
    std::size_t max_body_bytes = kMaxBodyBytes;  // after decoding
    LargeBody large_body = LargeBody::kFail;
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds first_byte_timeout{20'000};  // from the request to the answer
    std::chrono::milliseconds timeout{30'000};             // the whole request
    std::chrono::milliseconds stall_timeout{15'000};       // without a byte, once the answer began
    std::string ca_file;  // certificates to trust beside the system's; empty: none
    // Looked at on the address really connected to. Through a proxy, whose names we cannot see
    // through, on the URL: its numeric host, "localhost" and names below it.
    LocalAddresses local_addresses = LocalAddresses::kRefuse;
    // How often a request that broke off before any byte of its answer is sent again: servers close
    // idle connections just when we use them (RFC 9110 section 9.2.2 allows it for GET).
    int resends = 0;
};

struct Response {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in order
    std::string body;                                          // content codings removed
    bool cut = false;                                          // see LargeBody
    bool is_local = false;  // came from a local address; through a proxy: as far as the URL shows

    // Value of the first header of that (lower-case) name; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

// Runs any number of requests at once on the calling thread. Redirects are not followed: the
// caller looks at each one afresh. No cookies, no .netrc, no credentials but Request::signature.
// Not to be shared between threads.
class Client {
  public:
    using Done = std::function<void(Result<Response>)>;

    Client();
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // `done` is called from run(), once, with the response whatever its status, or with an error:
    // kUnreachable, kTimedOut, kLimit (body or headers too large, or a decompression bomb),
    // kLocal (a local address), kRefused (a certificate that does not hold), kMalformed (what came
    // is not HTTP, or its coding is broken), kConfig (a proxy of another kind). It may submit
    // further requests. Requests still under way when the client goes are never called back.
    void submit(Request request, Done done);

    // Works for at most `wait`, or until something finished, and calls that back; returns how many
    // requests are under way.
    std::size_t run(std::chrono::milliseconds wait);

    // Rests for `wait`: for a caller whose next request is not due yet.
    void wait(std::chrono::milliseconds wait);

    [[nodiscard]] std::size_t active() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// True for loopback, private, link-local, shared (RFC 6598), multicast, unspecified and reserved
// addresses of IPv4 and IPv6, IPv4-mapped ones too (RFC 6890). `address` is numeric.
[[nodiscard]] bool is_local_address(std::string_view address);

}  // namespace heliograph::http
