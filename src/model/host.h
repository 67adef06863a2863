// SPDX-License-Identifier: GPL-3.0-or-later
// What a host allows, as the dated file hosts.toml tells it; config::parse_hosts reads it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph {

// What a limit bounds. Bytes unless the name says otherwise.
enum class Measure : std::uint8_t {
    kRepository,        // Git objects of all branches
    kPush,              // of one push
    kSite,              // all files as readers get them
    kFile,              // the largest file
    kFiles,             // number of files
    kDirectoryEntries,  // in one folder
    kPushesPerMinute,   // number
    kTrafficPerMonth,
};

// How sure the limit is: refused beyond it; documented as advice; reported by users.
enum class Certainty : std::uint8_t { kHard, kAdvised, kSeen };

struct Limit {
    Measure of = Measure::kFile;
    std::uint64_t value = 0;
    Certainty kind = Certainty::kHard;
    std::string as_of;   // "2026-11-25"
    std::string source;  // address or words
    std::string note;
};

struct Host {
    std::string key;                   // "github"
    std::string name;                  // for people
    std::vector<std::string> domains;  // of remotes and of base addresses, with their subdomains
    std::vector<Limit> limits;
};

}  // namespace heliograph
