// SPDX-License-Identifier: GPL-3.0-or-later
// An absolute URL, already parsed and serialised by the WHATWG rules (html::parse_url makes it).
#pragma once

#include <cstdint>
#include <string>

namespace heliograph {

struct Url {
    std::string href;        // the whole, serialised, without fragment
    std::string scheme;      // "https"
    std::string host;        // lower case, punycode; IPv6 in brackets
    std::uint16_t port = 0;  // as written, or the scheme's default
    std::string path;        // "/a/b", percent-encoded
    std::string query;       // without "?"; empty when there is none

    // "https://host:8080", the port only when it is not the scheme's default.
    [[nodiscard]] std::string origin() const;

    friend bool operator==(const Url& a, const Url& b) { return a.href == b.href; }
};

}  // namespace heliograph
