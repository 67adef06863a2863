// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing into a folder that a web server shows to readers.
#pragma once

#include <filesystem>
#include <memory>

#include "model/config.h"
#include "publish/publisher.h"

namespace heliograph::publish {

[[nodiscard]] std::unique_ptr<Publisher> open_directory(
    const Target& target, const std::filesystem::path& config_directory);

}  // namespace heliograph::publish
