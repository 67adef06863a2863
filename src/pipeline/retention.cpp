// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/retention.h"

#include <fmt/format.h>
#include <optional>
#include <string>

namespace heliograph::pipeline {

std::size_t retain(const Config& config, store::Store& store, store::Time now) {
    const Retention& bounds = config.retention;
    if (bounds.days == 0 && bounds.articles == 0 && bounds.megabytes == 0) return 0;
    std::optional<store::Time> oldest;
    if (bounds.days > 0) oldest = now - std::chrono::days{bounds.days};
    const auto surplus = store.surplus(oldest, static_cast<std::uint64_t>(bounds.articles),
                                       static_cast<std::uint64_t>(bounds.megabytes) << 20U);
    for (const std::string& id : surplus)
        store.remove_article(id, false, "older than what the mirror keeps", now);
    return surplus.size();
}

}  // namespace heliograph::pipeline
