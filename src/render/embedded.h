// SPDX-License-Identifier: GPL-3.0-or-later
// The files of src/render/theme and src/render/texts, as they were when the program was built.
#pragma once

#include <span>
#include <string_view>

namespace heliograph::render {

struct EmbeddedFile {
    std::string_view name;  // "theme/html/article.mustache"
    std::string_view text;
};

// Made by cmake/EmbedFiles.cmake.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace heliograph::render
