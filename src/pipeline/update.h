// SPDX-License-Identifier: GPL-3.0-or-later
// From the sources to the store: asks each source, reads what is new, extracts, stores.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "model/entry.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::pipeline {

struct UpdateOptions {
    std::string source;                               // only this (name or address); empty: all
    std::optional<std::chrono::sys_seconds> since{};  // a back-catalogue: see below
    // Which pages of an archive belong to which source; null: all of them.
    std::function<bool(const Source&, const Entry&)> wanted{};
};

// With `since`, sources are read whole, whatever they said before and however recently they were
// asked, with the older pages of feeds and section pages that they link to, back to that day; what
// is dated before it is left out.
//
// One bad source, page or picture ends only itself and stands in the report. Whatever moment the
// process dies at, the next call goes on where this one was: an address is pending in the ledger
// until its article, pictures and fate are stored in one transaction.
// Throws SystemError when the store fails. REQUIRES: http::start() and media::start() were called.
[[nodiscard]] UpdateReport update(const Config& config, store::Store& store, const Clock& clock,
                                  Log& log, Progress& progress, const UpdateOptions& options = {});

}  // namespace heliograph::pipeline
