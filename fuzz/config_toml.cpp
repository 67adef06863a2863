// SPDX-License-Identifier: GPL-3.0-or-later
// A configuration is read and holds what its structs promise, or the error names the file.
#include "config/config.h"

#include <set>
#include <string>

#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const auto config = config::parse_config(fuzz::as_text(data, size), "a.toml");
    if (config) {
        std::set<std::string> names;
        for (const Target& target : config->targets) {
            fuzz::require(target.base_url.ends_with('/'), "a base address ends in a slash");
            fuzz::require(names.insert(target.name).second, "a target's name is its own");
        }
        return 0;
    }
    fuzz::require(config.error().code == ErrorCode::kConfig, "the error is one of configuration");
    fuzz::require(config.error().message.starts_with("a.toml"), "the error names the file");
    return 0;
}
