// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to a bucket of an S3 service, which shows its objects to readers.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/log.h"
#include "model/config.h"
#include "publish/publisher.h"
#include "publish/s3_client.h"

namespace heliograph::publish {

[[nodiscard]] std::unique_ptr<Publisher> open_s3(const Target& target,
                                                 const std::filesystem::path& work,
                                                 const std::filesystem::path& config_directory,
                                                 const Clock& clock, Log& log);

// The same with a place of the caller's, whose waits and tries need not be those of operators.
[[nodiscard]] std::unique_ptr<Publisher> open_s3_at(S3Place place, const Target& target,
                                                    const std::filesystem::path& work,
                                                    const Clock& clock, Log& log);

// From the target's `credentials` file, which has lines as ~/.aws/credentials has them and must
// not be readable by others; without one from the environment: AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. Errors: kConfig.
[[nodiscard]] Result<S3Credentials> s3_credentials(const Target& target,
                                                   const std::filesystem::path& config_directory);

// How long readers and those between may keep a file without asking again: the value of
// Cache-Control.
[[nodiscard]] std::string_view cache_control_of(std::string_view path);

}  // namespace heliograph::publish
