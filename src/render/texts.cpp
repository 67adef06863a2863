// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/texts.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "render/embedded.h"

namespace heliograph::render {
namespace {

constexpr auto kLanguages = std::to_array<std::string_view>(
    {"ar", "en", "es", "fa", "fr", "ja", "ru", "zh-Hans", "zh-Hant"});

}  // namespace

Result<Texts> parse_texts(std::string_view lines, std::string_view file_name) {
    Texts texts;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = trim(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.empty() || line.starts_with('#')) continue;
        const std::size_t equals = line.find('=');
        const std::string_view key = trim(line.substr(0, equals));
        if (equals == std::string_view::npos || key.empty())
            return fail(ErrorCode::kConfig,
                        fmt::format("{}:{}: not of the form 'key = text'", file_name, number));
        if (!texts.emplace(key, trim(line.substr(equals + 1))).second)
            return fail(ErrorCode::kConfig,
                        fmt::format("{}:{}: '{}' is there twice", file_name, number, key));
    }
    return texts;
}

std::span<const std::string_view> built_in_languages() { return kLanguages; }

std::string_view nearest_language(std::string_view language) {
    const std::string tag = ascii_lower(language);
    const std::string_view primary = std::string_view(tag).substr(0, tag.find('-'));
    if (primary == "zh" || primary == "yue") {
        const auto has = [&](std::string_view part) { return tag.find(part) != std::string::npos; };
        if (has("-hans")) return "zh-Hans";
        const bool is_traditional =
            has("-hant") || has("-tw") || has("-hk") || has("-mo") || primary == "yue";
        return is_traditional ? "zh-Hant" : "zh-Hans";
    }
    for (const std::string_view known : kLanguages)
        if (primary == known) return known;
    return "en";
}

Result<Texts> built_in_texts(std::string_view language) {
    const std::string name = fmt::format("texts/{}.txt", nearest_language(language));
    const auto files = embedded_files();
    const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
    if (file == files.end()) return fail(ErrorCode::kConfig, fmt::format("no '{}'", name));
    return parse_texts(file->text, name);
}

Result<Texts> own_texts(std::string_view lines, std::string_view file_name) {
    auto texts = parse_texts(lines, file_name);
    const auto english = built_in_texts("en");
    if (!texts || !english) return texts;
    std::string missing;
    for (const auto& [key, text] : *english)
        if (!texts->contains(key)) missing += (missing.empty() ? "'" : ", '") + key + "'";
    if (!missing.empty())
        return fail(ErrorCode::kConfig,
                    fmt::format("{}: no text for {}; English has it", file_name, missing));
    return texts;
}

}  // namespace heliograph::render
