// SPDX-License-Identifier: GPL-3.0-or-later
// How large a target's mirror is, how fast it grows, and what its host says to that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/config.h"
#include "model/host.h"
#include "pipeline/shared_store.h"
#include "publish/limits.h"
#include "publish/publisher.h"

namespace heliograph::pipeline {

// What the host asks of the publisher itself.
[[nodiscard]] publish::HostBudget budget_of(const Target& target, const Host* host);

// Error kLimit when the host would turn the mirror as built down, with how to mend it.
[[nodiscard]] Result<void> check_host(const Target& target, const Host* host, SharedStore& shared,
                                      const publish::Publisher& publisher);

// The limits that the mirror as built comes near, for people.
[[nodiscard]] std::vector<std::string> limit_notes(const Target& target, const Host* host,
                                                   SharedStore& shared,
                                                   const publish::Publisher& publisher);

// Which limits will be met within so many months when the mirror grows as it did, and what will be
// done then; a line each, the first about the growth itself.
[[nodiscard]] std::vector<std::string> forecast(const Target& target, const Host* host,
                                                SharedStore& shared,
                                                const publish::Publisher& publisher,
                                                store::Time now, int months);

}  // namespace heliograph::pipeline
