// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/place_lock.h"

#include <fmt/format.h>
#include <utility>

namespace heliograph::publish {

Result<FileLock> lock_place(const std::filesystem::path& lock, const std::filesystem::path& place) {
    auto held = FileLock::try_lock(lock);
    if (!held)
        return fail(ErrorCode::kUnreachable,
                    fmt::format("cannot publish to '{}' yet: another heliograph does so now",
                                place.string()));
    return *std::move(held);
}

std::unexpected<Error> changed_meanwhile(const std::filesystem::path& place) {
    return fail(ErrorCode::kUnreachable,
                fmt::format("cannot publish to '{}' yet: another heliograph did so meanwhile; the "
                            "next try builds on that",
                            place.string()));
}

}  // namespace heliograph::publish
