// SPDX-License-Identifier: GPL-3.0-or-later
// Getting a document politely: robots.txt, a budget per host, conditional requests, each redirect
// checked afresh.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "http/client.h"
#include "model/config.h"
#include "model/url.h"

namespace heliograph::fetch {

// More than browsers need; loops end sooner, because an address that comes again is an error.
inline constexpr int kMaxRedirects = 10;

// How long a request waits for a host that asked for a pause. A run is no daemon: what would take
// longer ends at once, and is for the next run.
inline constexpr std::chrono::seconds kMaxPause{60};

// What the server told us to send back when asking again; kept verbatim (RFC 9110 section 13).
struct Validators {
    std::string etag;
    std::string last_modified;

    friend bool operator==(const Validators&, const Validators&) = default;
};

enum class RobotsPolicy : std::uint8_t { kObey, kIgnore };

struct FetchRequest {
    Url url;
    Validators validators;   // empty: unconditional
    std::string proxy;       // of the source, as are the next three
    std::string user_agent;  // empty: that of FetchLimits
    // Sent to the site of `url` alone, and never over plain HTTP when `url` is https.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string ca_file;
    std::string accept;  // value of Accept; empty: HTML
    std::size_t max_body_bytes = http::kMaxBodyBytes;
    bool allow_private = false;  // for the site of `url` alone
    RobotsPolicy robots = RobotsPolicy::kObey;
};

struct Fetched {
    Url url;                   // after redirects
    int status = 0;            // 200, 304, 404, ...; never a redirect
    std::string content_type;  // media type, lower case, without parameters
    std::string charset;       // of Content-Type; may be empty
    std::string body;
    Validators validators;
    std::string cache_control;    // as received
    std::optional<Url> moved_to;  // set when every redirect was permanent (301, 308)
    std::optional<std::chrono::seconds> retry_after;  // what the server asked for, bounded
};

// What is remembered of an origin's robots.txt. Empty: there is none, or it allows everything.
struct RobotsFile {
    std::string body;
    std::chrono::sys_seconds fetched{};
    std::chrono::sys_seconds expires{};
};

// robots.txt files between runs (RFC 9309 section 2.4). A key is opaque text.
class RobotsCache {
  public:
    virtual ~RobotsCache() = default;
    [[nodiscard]] virtual std::optional<RobotsFile> find(const std::string& key) = 0;
    virtual void save(const std::string& key, const RobotsFile& file) = 0;
};

// Errors: those of http::Client; kForbidden where robots.txt forbids it, kUnreachable where the
// site's robots.txt fails (RFC 9309 section 2.3.1.4); kPostponed where the host asked for a pause
// longer than kMaxPause or its budget is used up for so long; kLimit for too many redirects and for
// a loop; kMalformed for a redirect to nowhere. Messages name the address and the cause.
using FetchDone = std::function<void(Result<Fetched>)>;

// Requests wait in a queue per host until its budget allows them: evenly spaced, so many at once,
// so many bytes, slower after 429, 503 and 403. robots.txt is read once for each origin, and again
// when it is a day old; while it cannot be had, what `robots` remembers of it counts. Everything
// happens on the calling thread, inside run(). Not to be shared between threads.
//
// `clock` gives the date for Retry-After only; pacing goes by a clock that nobody can set.
class Fetcher {
  public:
    // `robots` may be null: nothing is remembered.
    Fetcher(const FetchLimits& limits, const Clock& clock, Log& log, RobotsCache* robots = nullptr);
    ~Fetcher();
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;

    void submit(FetchRequest request, FetchDone done);

    // Works for at most `wait`, or until something finished, and calls that back; returns how many
    // requests wait or are under way. A callback may submit further requests.
    std::size_t run(std::chrono::milliseconds wait);

    [[nodiscard]] std::size_t active() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::fetch
