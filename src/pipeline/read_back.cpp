// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/read_back.h"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>

#include "base/date.h"
#include "base/hash.h"
#include "fetch/fetcher.h"
#include "html/url.h"

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

std::string setting_name(const std::string& target) { return "read-back:" + target; }

// New files first, whose old form no cache can have; home, the last of them, always; the others
// evenly from all.
std::vector<Change> sample(const std::vector<Change>& changes) {
    std::vector<Change> added;
    std::vector<Change> changed;
    for (const Change& change : changes) {
        if (change.kind == ChangeKind::kAdd) added.push_back(change);
        if (change.kind == ChangeKind::kChange) changed.push_back(change);
    }
    std::vector<Change> out;
    const auto take = [&out](const std::vector<Change>& from, std::size_t most) {
        const std::size_t count = std::min(most, from.size());
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(from[count == 1 ? from.size() - 1 : i * (from.size() - 1) / (count - 1)]);
    };
    take(added, changed.empty() ? kMostReadBack : kMostReadBack - 1);
    take(changed, kMostReadBack - out.size());
    return out;
}

std::string percent_encoded(const std::string& path) {
    std::string out;
    for (const char c : path) {
        const bool is_plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                              c == '~' || c == '/';
        if (is_plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

// Why this target is not read back; empty: it is.
std::string reason_to_skip(const Target& target) {
    if (target.read_back == ReadBackPolicy::kOff) return "it is switched off";
    if (target.kind == TargetKind::kArchive) return "somebody uploads the archives later";
    if (target.kind == TargetKind::kGit && target.format == PageFormat::kMarkdown &&
        target.raw_url.empty())
        return "its base_url shows pages of the Git host, not the files; set raw_url";
    return {};
}

}  // namespace

ReadBack read_back(const FetchLimits& limits, const Target& target,
                   const std::vector<Change>& changes, const Clock& clock, Log& log) {
    ReadBack out;
    out.is_required = target.read_back == ReadBackPolicy::kRequire;
    out.skipped = reason_to_skip(target);
    const std::vector<Change> wanted = sample(changes);
    if (wanted.empty() && out.skipped.empty()) out.skipped = "only removals";
    if (out.skipped.empty()) {
        const std::string base = target.raw_url.empty() ? target.base_url : target.raw_url;
        fetch::Fetcher fetcher(limits, clock, log);
        bool is_reachable = true;
        const auto note = [&out](const std::string& problem) {
            if (out.problem.empty()) out.problem = problem;
        };
        for (const Change& change : wanted) {
            const auto url = html::parse_url(base + percent_encoded(change.path));
            if (!url) {
                note(fmt::format("'{}' is not an address of the web", base));
                break;
            }
            ++out.read;
            fetch::FetchRequest request;
            request.url = *url;
            request.accept = "*/*";
            request.max_body_bytes = change.digest.size + 1;
            request.allow_private = target.allow_private;
            request.robots = fetch::RobotsPolicy::kIgnore;  // it is our own mirror
            fetcher.submit(std::move(request), [&, change](const Result<fetch::Fetched>& answer) {
                if (!answer) {
                    const ErrorCode code = answer.error().code;
                    // No connection, or one that is refused by our own rules: a local address, a
                    // certificate.
                    is_reachable = code != ErrorCode::kUnreachable &&
                                   code != ErrorCode::kTimedOut && code != ErrorCode::kRefused &&
                                   code != ErrorCode::kLocal;
                    note(code == ErrorCode::kLimit
                             ? fmt::format("'{}' is larger than what was published", url->href)
                             : answer.error().message);
                } else if (answer->status != 200) {
                    note(
                        fmt::format("'{}' answers with HTTP status {}", url->href, answer->status));
                } else if (sha256_hex(answer->body) != change.digest.hash) {
                    note(fmt::format("'{}' differs from what was published", url->href));
                } else {
                    ++out.good;
                }
            });
            while (fetcher.run(200ms) > 0) {
            }
            if (!is_reachable) break;  // the others would only wait as long
        }
    }
    return out;
}

void remember_read_back(store::Store& store, const std::string& target, const ReadBack& outcome,
                        store::Time now) {
    store.set_setting(setting_name(target), format_utc(now) + ": " + to_text(outcome));
}

std::string last_read_back(store::Store& store, const std::string& target) {
    return store.setting(setting_name(target));
}

std::string to_text(const ReadBack& outcome) {
    if (!outcome.skipped.empty()) return "not read back: " + outcome.skipped;
    if (outcome.problem.empty())
        return fmt::format("{} of {} files came as they were published", outcome.good,
                           outcome.read);
    return fmt::format("{} of {} files came as they were published: {}", outcome.good, outcome.read,
                       outcome.problem);
}

}  // namespace heliograph::pipeline
