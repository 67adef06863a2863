// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <filesystem>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "config/config.h"

namespace heliograph::cli {
namespace {

// The example with its one feed replaced.
std::string example_for(const std::string& feed) {
    std::string text(config::commented_example());
    if (feed.empty()) return text;
    const auto replace = [&](std::string_view from, const std::string& to) {
        text.replace(text.find(from), from.size(), to);
    };
    const std::size_t host = feed.find("://") + 3;
    replace("https://daily.example/feed.xml", feed);
    replace("Example Daily", feed.substr(host, feed.find('/', host) - host));
    return text;
}

}  // namespace

int init(const CommonOptions& common, const InitOptions& options) {
    if (!options.feed.empty() && !options.feed.starts_with("http://") &&
        !options.feed.starts_with("https://")) {
        complain(
            fmt::format("'{}' is not the address of a feed: it must begin with https:// or http://",
                        options.feed));
        return kBadUsage;
    }
    if (std::filesystem::exists(common.config) && !options.force) {
        complain(fmt::format("'{}' is there already: edit it, or overwrite it with --force",
                             common.config.string()));
        return kBadUsage;
    }
    const std::string text = example_for(options.feed);
    if (const auto checked = config::parse_config(text, common.config.string()); !checked) {
        complain(checked.error().message);
        return kBadUsage;
    }
    write_file_atomically(std::filesystem::absolute(common.config), text);
    fmt::print("wrote {}\nNext: look through it, then  heliograph run --once\n",
               common.config.string());
    return kDone;
}

}  // namespace heliograph::cli
