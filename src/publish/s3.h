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

}  // namespace heliograph::publish
