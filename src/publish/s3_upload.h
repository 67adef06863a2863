// SPDX-License-Identifier: GPL-3.0-or-later
// Objects on their way into a bucket.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/file.h"
#include "publish/s3_client.h"
#include "publish/s3_journal.h"

namespace heliograph::publish {

// How long readers and those between may keep a file without asking again: the value of
// Cache-Control.
[[nodiscard]] std::string_view cache_control_of(std::string_view path);

// What an object of that path is stored with.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> object_headers(
    const std::string& path);

// Sends all of them, in no order: the files of `tree`, to keys that begin with `prefix`. What the
// journal has as stored is left out, and what arrived goes into it. REQUIRES: journal.abilities().
[[nodiscard]] Result<void> upload_objects(S3Client& client, S3Journal& journal,
                                          const std::string& prefix,
                                          const std::filesystem::path& tree,
                                          const std::vector<Change>& changes);

}  // namespace heliograph::publish
