// SPDX-License-Identifier: GPL-3.0-or-later
// The theme that the configuration names.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "model/config.h"
#include "render/renderer.h"

namespace heliograph::pipeline {

// Errors: kConfig for a theme that is neither built in nor a folder, and for a file that is too
// large. Throws SystemError when a file cannot be read.
[[nodiscard]] Result<render::ThemeFiles> read_theme(const Mirror& mirror,
                                                    const std::filesystem::path& config_directory);

}  // namespace heliograph::pipeline
