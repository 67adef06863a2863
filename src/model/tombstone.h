// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of an article that the mirror no longer has.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace heliograph {

struct Tombstone {
    std::string id;
    std::string canonical_url;
    std::chrono::sys_seconds appeared{};
    std::vector<std::string> sections;  // of its last place, for its address on the mirror
    bool is_withdrawn = false;          // else it left by age or for want of room
    std::string reason;                 // for people
    std::chrono::sys_seconds time{};    // when it went
};

}  // namespace heliograph
