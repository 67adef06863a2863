// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/media_type.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"

namespace heliograph {
namespace {

constexpr auto kMediaTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"atom", "application/atom+xml; charset=utf-8"},
    {"avif", "image/avif"},
    {"css", "text/css; charset=utf-8"},
    {"epub", "application/epub+zip"},
    {"gif", "image/gif"},
    {"htm", "text/html; charset=utf-8"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/vnd.microsoft.icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"minisig", "text/plain; charset=utf-8"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"rss", "application/rss+xml; charset=utf-8"},
    {"sums", "text/plain; charset=utf-8"},
    {"svg", "image/svg+xml"},
    {"txt", "text/plain; charset=utf-8"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
});
static_assert(std::ranges::is_sorted(kMediaTypes));

}  // namespace

std::string_view media_type_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    const std::string extension = ascii_lower(dot == name.npos ? "" : name.substr(dot + 1));
    const auto* known = std::ranges::lower_bound(kMediaTypes, std::string_view(extension), {},
                                                 [](const auto& type) { return type.first; });
    if (known != kMediaTypes.end() && known->first == extension) return known->second;
    return "application/octet-stream";
}

}  // namespace heliograph
