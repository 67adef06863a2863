// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/system_error.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string_view>

namespace heliograph {
namespace {

TEST(SystemError, NamesTheThingTheCauseAndTheMend) {
    const struct {
        int number;
        std::string_view message;
    } cases[] = {
        {ENOSPC,
         "cannot write '/srv/x': No space left on device (make room on its disk, then run again)"},
        {EROFS,
         "cannot write '/srv/x': Read-only file system (mount its disk for writing, or name "
         "another folder in the configuration)"},
        {EACCES,
         "cannot write '/srv/x': Permission denied (give the user that runs heliograph the right "
         "to it)"},
        {ENOENT, "cannot write '/srv/x': No such file or directory"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(system_error("cannot write", "/srv/x", c.number).what(), c.message);
}

}  // namespace
}  // namespace heliograph
