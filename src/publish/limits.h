// SPDX-License-Identifier: GPL-3.0-or-later
// A mirror held against the limits of its host: now, and as it grows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/config.h"
#include "model/host.h"

namespace heliograph::publish {

// How large a mirror is, by what limits bound.
struct Extent {
    std::map<Measure, std::uint64_t> sizes;  // what is not known is not in it
    std::string largest_file;                // its path
    std::string fullest_directory;
};

enum class Nearness : std::uint8_t { kNear, kBeyond };

struct Finding {
    Limit limit;
    std::uint64_t size = 0;
    Nearness nearness = Nearness::kNear;

    // A publication would be turned down, or do harm: it is not to begin.
    [[nodiscard]] bool is_refusal() const;
};

// The limits that the extent has reached four fifths of, in the order of the host's list.
[[nodiscard]] std::vector<Finding> check_limits(const Extent& extent,
                                                const std::vector<Limit>& limits);

// "1,034 of 1,000 entries in 'articles/2026/11' (GitHub, seen, as of 2026-11-25: ...)"
[[nodiscard]] std::string to_text(const Finding& finding, const std::string& host,
                                  const Extent& extent);

// The host of a target: as it says, or told by the domain of its remote (git) or base address. Null
// when it is none of them. Points into `hosts`.
[[nodiscard]] const Host* host_of(const Target& target, const std::vector<Host>& hosts);

// What a month adds.
struct Growth {
    std::map<Measure, double> per_month;
    bool is_git = false;
    std::string old_history;           // what becomes of it, as Target::old_history
    std::uint64_t history_budget = 0;  // bytes at which it is restarted; 0: never
};

// A limit that will be met.
struct Meeting {
    int month = 0;  // from now; 0: already
    Limit limit;
    std::uint64_t size = 0;  // then
    std::string then;        // what the program does
};

// Lets the mirror grow as it did, month by month, and tells which limit it meets first when, each
// once. A pure function.
[[nodiscard]] std::vector<Meeting> simulate(const Extent& now, const Growth& growth,
                                            const std::vector<Limit>& limits, int months);

[[nodiscard]] std::string to_text(const Meeting& meeting, const std::string& host);

// "10 GB", "1000 files"
[[nodiscard]] std::string amount_text(Measure of, std::uint64_t value);

}  // namespace heliograph::publish
