// SPDX-License-Identifier: GPL-3.0-or-later
// What an S3 service can do, found out with a small object of our own.
#pragma once

#include <string>

#include "base/result.h"
#include "publish/s3_client.h"
#include "publish/s3_journal.h"

namespace heliograph::publish {

// Stores, reads and removes one object below `prefix`. Gives no place and time. Errors: kMalformed
// when the service gives other bytes than it was given, and those of S3Client.
[[nodiscard]] Result<S3Abilities> probe_abilities(S3Client& client, const std::string& prefix);

}  // namespace heliograph::publish
