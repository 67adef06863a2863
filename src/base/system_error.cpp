// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/system_error.h"

#include <cerrno>
#include <cstring>

namespace heliograph {

std::string_view mend_of(int error_number) {
    switch (error_number) {
        case ENOSPC:
            return "make room on its disk, then run again";
        case EDQUOT:
            return "make room, or have the quota of this user raised, then run again";
        case EROFS:
            return "mount its disk for writing, or name another folder in the configuration";
        case EACCES:
        case EPERM:
            return "give the user that runs heliograph the right to it";
        case EIO:
            return "look at the health of its disk";
        case EMFILE:
        case ENFILE:
            return "let this user open more files ('ulimit -n')";
        default:
            return {};
    }
}

SystemError system_error(const std::string& what, const std::string& path, int error_number) {
    std::string message = what + " '" + path + "': " + std::strerror(error_number);
    if (const auto mend = mend_of(error_number); !mend.empty())
        message.append(" (").append(mend).append(")");
    return SystemError(message);
}

}  // namespace heliograph
