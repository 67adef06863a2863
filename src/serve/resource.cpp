// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/resource.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/media_type.h"
#include "base/utf8.h"

namespace heliograph::serve {
namespace fs = std::filesystem;
namespace {

// Longer than any path of a mirror; file systems refuse more than 4,096.
constexpr std::size_t kMaxTargetBytes = 2'048;

std::string content_type_of(const Site& site, const fs::path& file) {
    std::string extension = ascii_lower(file.extension().string());
    if (!extension.empty()) extension.erase(0, 1);
    if (const auto special = site.content_types.find(extension);
        special != site.content_types.end())
        return special->second;
    return std::string(media_type_of(file.native()));
}

int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

// nullopt for a broken escape and for a NUL, which would end the name early.
std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0') return std::nullopt;
        out += c;
    }
    return out;
}

// The segments of a decoded path, without a way out or into what is hidden.
std::optional<fs::path> relative_path(std::string_view decoded) {
    fs::path out;
    while (!decoded.empty()) {
        const std::size_t slash = std::min(decoded.find('/'), decoded.size());
        const std::string_view segment = decoded.substr(0, slash);
        decoded.remove_prefix(std::min(slash + 1, decoded.size()));
        if (segment.empty()) continue;
        if (segment.starts_with('.') && segment != ".well-known") return std::nullopt;
        if (segment.find('\\') != std::string_view::npos) return std::nullopt;
        out /= segment;
    }
    return out;
}

bool is_below(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
           folder.end();
}

}  // namespace

Resource find_resource(const Site& site, std::string_view target) {
    if (target.size() > kMaxTargetBytes || !target.starts_with('/')) return NotFound{};
    const std::size_t question = std::min(target.find('?'), target.size());
    const std::string_view path_text = target.substr(0, question);
    const auto decoded = percent_decode(path_text);
    if (!decoded) return NotFound{};
    const auto relative = relative_path(*decoded);
    if (!relative) return NotFound{};

    std::error_code error;
    const fs::path root = fs::canonical(site.folder, error);
    if (error) return NotFound{};
    fs::path path = fs::canonical(root / *relative, error);
    if (error || !is_below(path, root)) return NotFound{};
    if (fs::is_directory(path, error)) {
        if (!path_text.ends_with('/')) {
            // Exactly one slash in front: "//x" would be another host.
            const std::size_t first = path_text.find_first_not_of('/');
            return MovedTo{"/" + std::string(path_text.substr(first)) + "/" +
                           std::string(target.substr(question))};
        }
        path = fs::canonical(path / "index.html", error);
        if (error || !is_below(path, root)) return NotFound{};
    }
    if (!fs::is_regular_file(path, error)) return NotFound{};
    std::string type = content_type_of(site, path);
    return FoundFile{.path = std::move(path), .content_type = std::move(type)};
}

}  // namespace heliograph::serve
