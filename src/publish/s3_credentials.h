// SPDX-License-Identifier: GPL-3.0-or-later
// With which key a bucket is written to.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "model/config.h"
#include "publish/s3_client.h"

namespace heliograph::publish {

// From the target's `credentials` file, which has lines as ~/.aws/credentials has them and must
// not be readable by others; without one from the environment: AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. Errors: kConfig.
[[nodiscard]] Result<S3Credentials> s3_credentials(const Target& target,
                                                   const std::filesystem::path& config_directory);

}  // namespace heliograph::publish
