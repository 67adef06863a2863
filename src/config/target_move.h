// SPDX-License-Identifier: GPL-3.0-or-later
// Changing the operator's configuration without touching what they wrote round it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace heliograph::config {

struct TargetMove {
    std::string from;  // name of a target
    // Address of its successor: as 'remote' or 'path', whichever it has; of a bucket
    // "https://ENDPOINT/BUCKET" or "https://ENDPOINT/BUCKET/PREFIX".
    std::string to;
    std::string base_url;  // where readers find the successor
    std::string name;      // of the successor; empty: made from the old one's
    // What else is to be otherwise there, "KEY=VALUE" with a text for value, such as
    // "credentials=new.credentials".
    std::vector<std::string> settings{};
};

struct MovedConfig {
    std::string toml;
    std::string name;  // of the successor
};

// The text of the configuration with a second target after `from`, its copy but for address, base
// address and name; `from` says moved_to; companions at the old base address are at the new one.
// Every other byte stays. Asked again with the same successor, it only changes that one's
// addresses and settings. Errors: kConfig when the text is no configuration, or would be none
// afterwards; kNotFound when it has no such target.
[[nodiscard]] Result<MovedConfig> move_target(std::string_view toml, const std::string& file_name,
                                              const TargetMove& move);

}  // namespace heliograph::config
