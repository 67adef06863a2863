// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing as ZIP files, for web hosts that take uploads.
#pragma once

#include <filesystem>
#include <memory>

#include "model/config.h"
#include "publish/publisher.h"

namespace heliograph::publish {

// The whole mirror in `target.path`, or, where the target allows several, in "NAME-1.zip",
// "NAME-2.zip" and so on, each within its limits; they are to be unpacked into one folder. The
// same tree gives the same bytes.
[[nodiscard]] std::unique_ptr<Publisher> open_archive(
    const Target& target, const std::filesystem::path& config_directory);

}  // namespace heliograph::publish
