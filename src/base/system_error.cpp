// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/system_error.h"

#include <cstring>

namespace heliograph {

SystemError system_error(const std::string& what, const std::string& path, int error_number) {
    return SystemError(what + " '" + path + "': " + std::strerror(error_number));
}

}  // namespace heliograph
