// SPDX-License-Identifier: GPL-3.0-or-later
// From the sources to the store: asks each source, reads what is new, extracts, stores.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::pipeline {

// One bad source, page or picture ends only itself and stands in the report. Whatever moment the
// process dies at, the next call goes on where this one was: an address is pending in the ledger
// until its article, pictures and fate are stored in one transaction.
// Throws SystemError when the store fails. REQUIRES: http::start() and media::start() were called.
[[nodiscard]] UpdateReport update(const Config& config, store::Store& store, const Clock& clock,
                                  Log& log, Progress& progress);

}  // namespace heliograph::pipeline
