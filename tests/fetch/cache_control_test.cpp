// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/cache_control.h"

#include <gtest/gtest.h>

namespace heliograph::fetch {
namespace {

using namespace std::chrono_literals;

TEST(CacheControl, ReadsMaxAge) {
    const struct {
        const char* value;
        std::optional<std::chrono::seconds> age;
    } cases[] = {{"max-age=60", 60s},
                 {"public, Max-Age=300 , must-revalidate", 300s},
                 {"max-age=\"90\"", 90s},
                 {"max-age=99999999999999999999", 365 * 24h},
                 {"max-age=60, no-cache", std::nullopt},
                 {"no-store", std::nullopt},
                 {"max-age=-1", std::nullopt},
                 {"max-age=", std::nullopt},
                 {"s-maxage=60", std::nullopt},
                 {"", std::nullopt}};
    for (const auto& c : cases) EXPECT_EQ(parse_max_age(c.value), c.age) << c.value;
}

}  // namespace
}  // namespace heliograph::fetch
