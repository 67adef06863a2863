// SPDX-License-Identifier: GPL-3.0-or-later
// A source that is a file of this machine, answering as a server would.
#pragma once

#include "base/result.h"
#include "fetch/fetcher.h"
#include "model/config.h"

namespace heliograph::pipeline {

// 200 with the file's bytes and a validator made of its time and size, or 304 when `validators` are
// those of the file as it is. Errors: kNotFound when it cannot be read, kLimit when it is too
// large.
[[nodiscard]] Result<fetch::Fetched> read_local_source(const Source& source,
                                                       const fetch::Validators& validators);

}  // namespace heliograph::pipeline
