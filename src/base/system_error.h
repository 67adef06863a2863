// SPDX-License-Identifier: GPL-3.0-or-later
// Thrown when our own machine fails (disk full, database gone, unreadable configuration).
#pragma once

#include <stdexcept>
#include <string>

namespace heliograph {

// Caught in four places only: main, the loop over sources, the loop over publish targets, the
// server's request loop.
class SystemError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// "cannot write '/srv/x': No space left on device", from `what`, the path and an errno value.
[[nodiscard]] SystemError system_error(const std::string& what, const std::string& path,
                                       int error_number);

}  // namespace heliograph
