// SPDX-License-Identifier: GPL-3.0-or-later
// The one face of libcurl: one request, one response, limits, and the guard of local addresses.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/url.h"

namespace heliograph::http {

// The largest body accepted unless the request says otherwise: the largest news pages seen have
// 10 MB, feeds 20 MB.
inline constexpr std::size_t kMaxBodyBytes = std::size_t{32} << 20;
// Header lines of one response, together.
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{256} << 10;

enum class LocalAddresses : std::uint8_t { kRefuse, kAllow };

struct Request {
    Url url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string user_agent;
    std::string proxy;  // empty: none, whatever the environment says
    std::size_t max_body_bytes = kMaxBodyBytes;
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{30'000};  // the whole request
    std::chrono::seconds stall_timeout{15};     // less than one byte a second for so long
    LocalAddresses local_addresses = LocalAddresses::kRefuse;
};

struct Response {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in order
    std::string body;                                          // content codings removed

    // Value of the first header of that (lower-case) name; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

// Runs any number of requests at once on the calling thread. Redirects are not followed: the
// caller looks at each one afresh. Not to be shared between threads.
class Client {
  public:
    using Done = std::function<void(Result<Response>)>;

    Client();
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // `done` is called from run(), once, with the response whatever its status, or with an error:
    // kUnreachable, kTimedOut, kLimit (body or headers too large), kRefused (local address).
    void submit(Request request, Done done);

    // Works for at most `wait`, calls back what finished; returns how many requests are under way.
    std::size_t run(std::chrono::milliseconds wait);

    [[nodiscard]] std::size_t active() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// True for loopback, private, link-local, shared (RFC 6598), multicast, unspecified and reserved
// addresses of IPv4 and IPv6, IPv4-mapped ones too (RFC 6890). `address` is numeric.
[[nodiscard]] bool is_local_address(std::string_view address);

}  // namespace heliograph::http
