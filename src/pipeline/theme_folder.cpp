// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/theme_folder.h"

#include <fmt/format.h>
#include <utility>

#include "base/file.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;

Result<render::ThemeFiles> read_theme(const Mirror& mirror, const fs::path& config_directory) {
    // Each page carries the style sheet, and templates are smaller still.
    constexpr std::uintmax_t kMaxFileBytes = 256 * 1024;
    if (mirror.theme.empty()) return render::ThemeFiles{};
    const fs::path folder = config_directory / mirror.theme;
    if (!fs::is_directory(folder)) {
        render::ThemeFiles built_in = render::Renderer::built_in_theme(mirror.theme);
        if (!built_in.files.empty()) return built_in;
        return fail(ErrorCode::kConfig,
                    fmt::format("theme '{}': no such folder, and no built-in theme of that name; "
                                "there is 'plain'",
                                mirror.theme));
    }
    render::ThemeFiles out{.place = mirror.theme + "/", .files = {}};
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        // What editors and Git leave behind.
        if (!entry.is_regular_file() || name.starts_with('.') || name.ends_with('~')) continue;
        if (entry.file_size() > kMaxFileBytes)
            return fail(ErrorCode::kConfig, fmt::format("'{}{}' has more than {} bytes", out.place,
                                                        name, kMaxFileBytes));
        out.files.emplace(name, read_file(entry.path()));
    }
    return out;
}

}  // namespace heliograph::pipeline
