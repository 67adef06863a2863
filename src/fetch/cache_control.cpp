// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/cache_control.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

#include "base/utf8.h"

namespace heliograph::fetch {
namespace {

using std::chrono::seconds;

constexpr seconds kLongestMaxAge = std::chrono::days{365};

}  // namespace

std::optional<seconds> parse_max_age(std::string_view cache_control) {
    std::optional<seconds> out;
    while (!cache_control.empty()) {
        const std::size_t end = std::min(cache_control.find(','), cache_control.size());
        const std::string directive = ascii_lower(trim(cache_control.substr(0, end)));
        cache_control.remove_prefix(std::min(end + 1, cache_control.size()));
        if (directive == "no-cache" || directive == "no-store") return std::nullopt;
        constexpr std::string_view kName = "max-age=";
        if (!directive.starts_with(kName)) continue;
        std::string_view number = std::string_view(directive).substr(kName.size());
        if (number.size() >= 2 && number.front() == '"' && number.back() == '"')
            number = number.substr(1, number.size() - 2);  // which a recipient should accept
        std::int64_t value = 0;
        const auto [last, error] =
            std::from_chars(number.data(), number.data() + number.size(), value);
        if (last != number.data() + number.size() || number.empty() || number.front() == '-')
            continue;
        const bool is_huge = error != std::errc() || value > kLongestMaxAge.count();
        out = is_huge ? kLongestMaxAge : seconds{value};
    }
    return out;
}

}  // namespace heliograph::fetch
