// SPDX-License-Identifier: GPL-3.0-or-later
// One publisher at a time in a place of this machine, whichever store each of them has.
#pragma once

#include <filesystem>

#include "base/file.h"
#include "base/result.h"

namespace heliograph::publish {

// Held while a publication is under way. `lock` is a file of its own beside or in `place`, and
// stays there. Error: kUnreachable when another program has it, so that it is tried again.
[[nodiscard]] Result<FileLock> lock_place(const std::filesystem::path& lock,
                                          const std::filesystem::path& place);

// The error of who finds, once the lock is held, that somebody published there since they looked.
[[nodiscard]] std::unexpected<Error> changed_meanwhile(const std::filesystem::path& place);

}  // namespace heliograph::publish
