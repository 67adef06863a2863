// SPDX-License-Identifier: GPL-3.0-or-later
// Thrown when our own machine fails (disk full, database gone, unreadable configuration).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace heliograph {

// Caught in four places only: main, the loop over sources, the loop over publish targets, the
// server's request loop.
class SystemError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// What the operator can do about an errno value; empty where that depends on more than the value.
[[nodiscard]] std::string_view mend_of(int error_number);

// "cannot write '/srv/x': No space left on device (make room on its disk, then run again)", from
// `what`, the path and an errno value.
[[nodiscard]] SystemError system_error(const std::string& what, const std::string& path,
                                       int error_number);

}  // namespace heliograph
