// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/fetcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "fetch/cache_control.h"
#include "fetch/content_type.h"
#include "fetch/pace.h"
#include "fetch/retry_after.h"
#include "fetch/robots.h"
#include "html/url.h"

namespace heliograph::fetch {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// Sockets open at once over all hosts: well below the 1024 files that a process may open.
constexpr std::size_t kMaxTransfers = 256;
constexpr std::string_view kDefaultUserAgent =
    "Heliograph/0.1 (news mirror; obeys robots.txt as \"Heliograph\")";
constexpr std::string_view kDefaultAccept = "text/html, application/xhtml+xml, */*;q=0.5";

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }
bool is_permanent(int status) { return status == 301 || status == 308; }
// Statuses by which a host says that we ask too much of it (RFC 6585 section 4, RFC 9110 section
// 15.6.4).
// 403 is how many of their guards say it.
bool is_complaint(int status) { return status == 429 || status == 503 || status == 403; }

// Whom a budget belongs to. http and https of a host share one; another port is another server.
std::string host_key(const Url& url) {
    const bool standard = url.port == (url.scheme == "https" ? 443 : 80);
    return standard ? url.host : fmt::format("{}:{}", url.host, url.port);
}

// One request of the caller, with what became of it so far.
struct Task {
    FetchRequest request;
    FetchDone done;
    Url url;                 // asked next; request.url at first
    std::vector<Url> asked;  // before it, in order
    bool all_permanent = true;
    http::LargeBody large_body = http::LargeBody::kFail;

    // "cannot fetch 'https://a.example/'", with the address that really was asked.
    [[nodiscard]] std::string subject() const {
        if (asked.empty()) return fmt::format("cannot fetch '{}'", url.href);
        return fmt::format("cannot fetch '{}', redirected to '{}'", request.url.href, url.href);
    }
};
using TaskPointer = std::unique_ptr<Task>;

struct Host {
    explicit Host(const FetchLimits& limits)
        : pace(limits.requests_per_second, limits.kilobytes_per_second) {}
    Pace pace;
    bool is_busy = false;  // stands in State::busy
    int under_way = 0;
    std::deque<TaskPointer> queue;
};

// A robots.txt that may not be read forbids nothing (RFC 9309 section 2.3.1.3), and is no
// complaint.
bool is_missing_robots(const Task& task, const http::Response& response) {
    return task.url.path == "/robots.txt" && response.status == 403;
}

// What we know of an origin's robots.txt. The way to it is part of the key: through another proxy,
// or with private addresses allowed, the answer may be another; and who asks decides what it means.
using RobotsKey =
    std::tuple<std::string, std::string, bool, std::string>;  // origin, proxy, private, user agent
struct RobotsEntry {
    bool known = false;
    std::optional<Error> problem;  // could not be had: nothing may be read (RFC 9309 2.3.1.4)
    Robots robots;
    std::vector<TaskPointer> waiting;  // until it is known
};

RobotsKey robots_key(const Task& task) {
    return {task.url.origin(), task.request.proxy, task.request.allow_private,
            task.request.user_agent};
}

// The files themselves do not depend on who asks, except where sites tell by the user agent.
std::string cache_key(const RobotsKey& key) {
    return fmt::format("{} {} {} {}", std::get<0>(key), std::get<1>(key), std::get<2>(key) ? 1 : 0,
                       std::get<3>(key));
}

// RFC 9309 section 2.4: no longer than a day. Less than an hour would be a second request for
// every few pages.
constexpr std::chrono::seconds kRobotsLeast{3600};
constexpr std::chrono::seconds kRobotsMost{24 * 3600};
// While it cannot be had, an old one counts for so long (section 2.3.1.4).
constexpr std::chrono::seconds kRobotsOldest{30 * 24 * 3600};

}  // namespace

struct Fetcher::State {
    State(const FetchLimits& fetch_limits, const Clock& wall_clock, Log& report_to,
          RobotsCache* robots_cache)
        : limits(fetch_limits), clock(wall_clock), log(report_to), cache(robots_cache) {
        if (limits.user_agent.empty()) limits.user_agent = kDefaultUserAgent;
        limits.connections_per_host = std::max(limits.connections_per_host, 1);
    }

    struct Finished {
        FetchDone done;
        Result<Fetched> result;
    };

    FetchLimits limits;
    const Clock& clock;
    Log& log;
    RobotsCache* cache;
    std::minstd_rand random{std::random_device{}()};
    std::map<std::string, Host> hosts;
    std::map<RobotsKey, RobotsEntry> robots;
    std::deque<Finished> finished;
    std::size_t tasks = 0;  // the caller's and our own for robots.txt, without finished ones
    http::Client client;

    std::vector<Host*> busy;  // hosts with a queue, in turn
    std::size_t turn = 0;

    Host& host_of(const Url& url) { return hosts.try_emplace(host_key(url), limits).first->second; }

    void finish(TaskPointer task, Result<Fetched> result) {
        --tasks;
        finished.push_back({std::move(task->done), std::move(result)});
    }
    void refuse(TaskPointer task, ErrorCode code, std::string_view cause) {
        // Of a task that was led there no setting of its source's would help.
        if (code == ErrorCode::kLocal && !task->asked.empty())
            cause = "its host has a local address, where no other host may send us";
        std::string message = fmt::format("{}: {}", task->subject(), cause);
        finish(std::move(task), fail(code, std::move(message)));
    }

    // ---- robots.txt

    // To its host's queue, at once or when robots.txt is known.
    void admit(TaskPointer task) {
        if (task->request.robots == RobotsPolicy::kIgnore) return enqueue(std::move(task));
        const RobotsKey key = robots_key(*task);
        auto [found, is_new] = robots.try_emplace(key);
        RobotsEntry& entry = found->second;
        if (is_new && recall_robots(key, entry, Recall::kFresh)) use_robots(entry, task->url);
        if (!entry.known) {
            if (is_new) ask_for_robots(key, *task);
            entry.waiting.push_back(std::move(task));
        } else if (entry.problem) {
            refuse(std::move(task), entry.problem->code,
                   "robots.txt must be read first; " + entry.problem->message);
        } else if (!entry.robots.allows(task->url)) {
            refuse(std::move(task), ErrorCode::kForbidden, "robots.txt of the site forbids it");
        } else {
            enqueue(std::move(task));
        }
    }

    enum class Recall : std::uint8_t { kFresh, kOld };
    // What was remembered, if it still counts; says whether it does.
    bool recall_robots(const RobotsKey& key, RobotsEntry& entry, Recall which) {
        if (cache == nullptr) return false;
        const auto file = cache->find(cache_key(key));
        const auto now = clock.now();
        if (!file ||
            (which == Recall::kFresh ? file->expires <= now : file->fetched + kRobotsOldest <= now))
            return false;
        entry.robots = Robots::parse(file->body, token_of(key));
        entry.known = true;
        return true;
    }

    [[nodiscard]] std::string token_of(const RobotsKey& key) const {
        const std::string& own = std::get<3>(key);
        return product_token(own.empty() ? limits.user_agent : own);
    }

    void use_robots(const RobotsEntry& entry, const Url& url) {
        host_of(url).pace.keep_apart(entry.robots.crawl_delay());
    }

    void ask_for_robots(const RobotsKey& key, const Task& first) {
        auto asked = html::parse_url("/robots.txt", &first.url);
        auto task = std::make_unique<Task>();
        task->request = {.url = *asked,
                         .validators = {},
                         .proxy = first.request.proxy,
                         .user_agent = first.request.user_agent,
                         .headers = first.request.headers,
                         .ca_file = first.request.ca_file,
                         .accept = "text/plain, */*;q=0.5",
                         .max_body_bytes = kMaxRobotsBytes,
                         .allow_private = first.request.allow_private,
                         .robots = RobotsPolicy::kIgnore};
        task->large_body = http::LargeBody::kCut;
        task->url = std::move(*asked);
        ++tasks;
        task->done = [this, key, url = task->url](Result<Fetched> answer) {
            learn_robots(key, url, std::move(answer));
        };
        enqueue(std::move(task));
    }

    void learn_robots(const RobotsKey& key, const Url& url, Result<Fetched> answer) {
        RobotsEntry& entry = robots.at(key);
        entry.known = true;
        if (!answer) {
            // Unreachable: nothing may be read (RFC 9309 section 2.3.1.4). So are too many
            // redirects, which section 2.3.1.2 leaves to us.
            entry.problem = std::move(answer).error();
        } else if (answer->status >= 500 || answer->status == 429) {
            // Departs from RFC 9309 section 2.3.1.3 for 429: it tells that we ask too much, and
            // reading the whole site is no answer to that.
            entry.problem = Error{
                ErrorCode::kUnreachable,
                fmt::format("'{}' answered with HTTP status {}", answer->url.href, answer->status)};
        } else {
            // Any other status: there is none, and nothing is forbidden (section 2.3.1.3).
            RobotsFile file{.body = answer->status == 200 ? std::move(answer->body) : "",
                            .fetched = clock.now(),
                            .expires = clock.now() + kRobotsMost};
            if (const auto age = parse_max_age(answer->cache_control))
                file.expires = file.fetched + std::clamp(*age, kRobotsLeast, kRobotsMost);
            entry.robots = Robots::parse(file.body, token_of(key));
            if (cache != nullptr) cache->save(cache_key(key), file);
        }
        if (entry.problem && recall_robots(key, entry, Recall::kOld)) {
            log.info(entry.problem->message + ": going by the robots.txt it had before");
            entry.problem.reset();
        }
        use_robots(entry, url);
        std::vector<TaskPointer> waiting = std::move(entry.waiting);
        for (TaskPointer& task : waiting) admit(std::move(task));
    }

    // ---- queues

    void enqueue(TaskPointer task) {
        Host& host = host_of(task->url);
        if (!std::exchange(host.is_busy, true)) busy.push_back(&host);
        // What others wait for, and what has begun already, comes first.
        const bool urgent = !task->asked.empty() || task->url.path == "/robots.txt";
        if (urgent) {
            host.queue.push_front(std::move(task));
        } else {
            host.queue.push_back(std::move(task));
        }
    }

    // Sends whatever may go out now. Returns when the next one may.
    SteadyClock::time_point start_due() {
        auto next = SteadyClock::time_point::max();
        const auto now = SteadyClock::now();
        std::erase_if(busy, [](Host* host) {
            if (host->queue.empty()) host->is_busy = false;
            return !host->is_busy;
        });
        // Another host is the first each time, so that none is always the one that finds no room.
        ++turn;
        for (std::size_t i = 0; i < busy.size(); ++i) {
            Host& host = *busy[(turn + i) % busy.size()];
            if (const auto pause = host.pace.next() - now; pause > kMaxPause) {
                give_up(host, pause);
                continue;
            }
            const auto has_room = [&] {
                return !host.queue.empty() && host.under_way < limits.connections_per_host &&
                       client.active() < kMaxTransfers;
            };
            while (has_room() && host.pace.next() <= now) {
                TaskPointer task = std::move(host.queue.front());
                host.queue.pop_front();
                host.pace.started(now);
                send(std::move(task), host);
            }
            // Otherwise it is the end of another request that makes room.
            if (has_room()) next = std::min(next, host.pace.next());
        }
        return next;
    }

    void give_up(Host& host, SteadyClock::duration pause) {
        std::deque<TaskPointer> queue = std::exchange(host.queue, {});
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(pause);
        for (TaskPointer& task : queue) {
            const std::string cause = fmt::format(
                "its host wants a pause of {} s, which is for the next run", seconds.count());
            refuse(std::move(task), ErrorCode::kPostponed, cause);
        }
    }

    void send(TaskPointer task, Host& host) {
        const FetchRequest& asked = task->request;
        http::Request request;
        request.url = task->url;
        request.user_agent = asked.user_agent.empty() ? limits.user_agent : asked.user_agent;
        request.ca_file = asked.ca_file;
        request.proxy = asked.proxy;
        request.max_body_bytes = asked.max_body_bytes;
        request.large_body = task->large_body;
        request.connect_timeout = limits.connect_timeout;
        request.first_byte_timeout = limits.first_byte_timeout;
        request.stall_timeout = limits.stall_timeout;
        request.timeout = limits.timeout;
        request.local_addresses =
            asked.allow_private ? http::LocalAddresses::kAllow : http::LocalAddresses::kRefuse;
        request.resends = 1;
        request.headers.emplace_back("Accept",
                                     asked.accept.empty() ? kDefaultAccept : asked.accept);
        if (html::same_site(task->url, asked.url) &&
            (task->url.scheme == "https" || asked.url.scheme == "http"))
            request.headers.insert(request.headers.end(), asked.headers.begin(),
                                   asked.headers.end());
        // Sent along redirects too: they are those of the document at the end of them.
        if (!asked.validators.etag.empty())
            request.headers.emplace_back("If-None-Match", asked.validators.etag);
        if (!asked.validators.last_modified.empty())
            request.headers.emplace_back("If-Modified-Since", asked.validators.last_modified);
        ++host.under_way;
        // std::function wants something that can be copied; it is called once.
        auto shared = std::make_shared<TaskPointer>(std::move(task));
        client.submit(std::move(request), [this, shared, &host](Result<http::Response> response) {
            --host.under_way;
            take(std::move(*shared), host, std::move(response));
        });
    }

    // ---- answers

    void take(TaskPointer task, Host& host, Result<http::Response> response) {
        if (!response) {
            // The client names the address that it asked; the caller knows the one it gave us.
            const Error error = std::move(response).error();
            std::string_view cause = error.message;
            if (const auto named = fmt::format("cannot fetch '{}': ", task->url.href);
                cause.starts_with(named))
                cause.remove_prefix(named.size());
            return refuse(std::move(task), error.code, cause);
        }
        host.pace.received(SteadyClock::now(), response->body.size());
        const auto retry_after = parse_retry_after(response->header("retry-after"), clock.now());
        if (is_complaint(response->status) && !is_missing_robots(*task, *response)) {
            host.pace.complained(SteadyClock::now(), retry_after,
                                 std::uniform_real_distribution<>(0, 1)(random));
            log.info(fmt::format("'{}' answered with HTTP status {}: slowing down", task->url.href,
                                 response->status));
        } else {
            host.pace.answered();
        }
        if (is_redirect(response->status)) return follow(std::move(task), *response);

        const ContentType type = parse_content_type(response->header("content-type"));
        Fetched out{.url = task->url,
                    .status = response->status,
                    .content_type = type.media_type,
                    .charset = type.charset,
                    .body = std::move(response->body),
                    .validators = {.etag = std::string(response->header("etag")),
                                   .last_modified = std::string(response->header("last-modified"))},
                    .cache_control = std::string(response->header("cache-control")),
                    .moved_to = {},
                    .retry_after = retry_after};
        if (!task->asked.empty() && task->all_permanent) out.moved_to = task->url;
        finish(std::move(task), std::move(out));
    }

    void follow(TaskPointer task, const http::Response& response) {
        const std::string location(response.header("location"));
        auto next = html::parse_url(location, &task->url);
        if (location.empty() || !next) {
            return refuse(
                std::move(task), ErrorCode::kMalformed,
                fmt::format("HTTP status {} leads to '{}', which is no address of the web",
                            response.status, location));
        }
        task->all_permanent = task->all_permanent && is_permanent(response.status);
        task->asked.push_back(task->url);
        task->url = std::move(*next);
        // The operator allowed the site that he named, on his own network: neither what a
        // stranger's server points to nor his other hosts.
        if (!response.is_local || !html::same_site(task->request.url, task->url))
            task->request.allow_private = false;
        if (std::ranges::find(task->asked, task->url) != task->asked.end())
            return refuse(std::move(task), ErrorCode::kLimit, "redirects lead in a circle");
        if (task->asked.size() > static_cast<std::size_t>(kMaxRedirects)) {
            return refuse(std::move(task), ErrorCode::kLimit,
                          fmt::format("more than {} redirects", kMaxRedirects));
        }
        admit(std::move(task));
    }

    // Calls back what has finished; what these callbacks finish in turn is left for the next time.
    // One that throws leaves the rest in place.
    bool deliver() {
        const std::size_t count = finished.size();
        for (std::size_t i = 0; i < count; ++i) {
            Finished next = std::move(finished.front());
            finished.pop_front();
            next.done(std::move(next.result));
        }
        return count > 0;
    }
};

Fetcher::Fetcher(const FetchLimits& limits, const Clock& clock, Log& log, RobotsCache* robots)
    : state_(std::make_unique<State>(limits, clock, log, robots)) {}

Fetcher::~Fetcher() = default;

void Fetcher::submit(FetchRequest request, FetchDone done) {
    auto task = std::make_unique<Task>();
    task->url = request.url;
    task->request = std::move(request);
    task->done = std::move(done);
    ++state_->tasks;
    state_->admit(std::move(task));
}

std::size_t Fetcher::run(std::chrono::milliseconds wait) {
    State& state = *state_;
    const auto deadline = SteadyClock::now() + wait;
    do {
        const auto until = std::min(deadline, state.start_due());
        if (!state.finished.empty()) {
            // Something was given up without a request.
        } else if (state.client.active() > 0) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(until - SteadyClock::now());
            state.client.run(std::max(left, 0ms));
        } else if (state.tasks > 0) {
            std::this_thread::sleep_until(until);
        }
        if (state.deliver()) break;
    } while (state.tasks > 0 && SteadyClock::now() < deadline);
    return active();
}

std::size_t Fetcher::active() const { return state_->tasks + state_->finished.size(); }

}  // namespace heliograph::fetch
