// SPDX-License-Identifier: GPL-3.0-or-later
// Which file a request's target means, and what a browser must be told of it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace heliograph::serve {

// A folder as readers see it.
struct Site {
    std::filesystem::path folder;
    // By extension without the dot, instead of the usual type: {"htm", "text/html"}.
    std::map<std::string, std::string, std::less<>> content_types{};
};

// A file inside the folder.
struct FoundFile {
    std::filesystem::path path;
    std::string content_type;
};
// A folder asked for without its "/": relative links on its page would lead astray.
struct MovedTo {
    std::string target;  // path and query, percent-encoded
};
struct NotFound {};

using Resource = std::variant<FoundFile, MovedTo, NotFound>;

// `target` is a request's, with or without query. A folder means its index.html. What leads out of
// the folder ("..", a symbolic link), is hidden (begins with "." and is not ".well-known") or does
// not decode is NotFound. Does not throw.
[[nodiscard]] Resource find_resource(const Site& site, std::string_view target);

}  // namespace heliograph::serve
