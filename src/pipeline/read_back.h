// SPDX-License-Identifier: GPL-3.0-or-later
// After a publication: what do readers get? A few of the files that changed are read through the
// public address and compared.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "model/file.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Of one publication: what a mirror's host can be asked without being a burden.
inline constexpr std::size_t kMostReadBack = 8;

// Reads some of `changes` back as the target has it configured. What cannot be read is part of the
// answer, not an error. May be called from any thread.
[[nodiscard]] ReadBack read_back(const FetchLimits& limits, const Target& target,
                                 const std::vector<Change>& changes, const Clock& clock, Log& log);

// Keeps the outcome as the target's last one.
void remember_read_back(store::Store& store, const std::string& target, const ReadBack& outcome,
                        store::Time now);

// The outcome of the target's last one, in words with its time; empty when there was none.
[[nodiscard]] std::string last_read_back(store::Store& store, const std::string& target);

// "8 of 8 files came as they were published", or why they did not.
[[nodiscard]] std::string to_text(const ReadBack& outcome);

}  // namespace heliograph::pipeline
