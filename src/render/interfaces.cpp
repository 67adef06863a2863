// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/interfaces.h"

#include <fmt/format.h>
#include <utility>

#include "render/language.h"

namespace heliograph::render {
namespace {

constexpr std::string_view kFolder = "texts/";
constexpr std::string_view kExtension = ".txt";

}  // namespace

Result<Interfaces> Interfaces::open(const std::string& mirror_language, const ThemeFiles& files) {
    Interfaces out;
    for (const std::string_view language : built_in_languages()) {
        auto texts = built_in_texts(language);
        if (!texts) return std::unexpected(std::move(texts).error());
        const std::string name(language);
        out.all_[name] = {.language = name, .texts = *std::move(texts)};
    }
    for (const auto& [path, text] : files.files) {
        if (!path.starts_with(kFolder) || !path.ends_with(kExtension)) continue;
        auto texts = own_texts(text, files.place + path);
        if (!texts) return std::unexpected(std::move(texts).error());
        std::string name = path.substr(kFolder.size());
        name.resize(name.size() - kExtension.size());
        out.all_[name] = {.language = name, .texts = *std::move(texts)};
    }
    out.mirror_ = out.key_of(mirror_language);
    if (out.mirror_.empty()) {
        out.mirror_ = mirror_language;
        out.all_[out.mirror_] = out.all_.at("en");
        out.missing_ = fmt::format(
            "no texts for a mirror in '{}': its menus and notes are in English; translate "
            "src/render/texts/en.txt to texts/{}.txt of a theme",
            mirror_language, mirror_language);
    }
    // Names of sections beside the texts are in the mirror's own language, "zh-TW" or "pt".
    out.all_.at(out.mirror_).language = mirror_language;
    return out;
}

std::string Interfaces::key_of(std::string_view language) const {
    if (language.empty()) return mirror_;
    if (const std::string exact(language); all_.contains(exact)) return exact;
    const std::string_view nearest = nearest_language(language);
    if (const std::string primary = primary_language(language);
        primary != "zh" && all_.contains(primary))
        return primary;
    // English is the nearest to all that the program does not have.
    return nearest == "en" ? mirror_ : std::string(nearest);
}

}  // namespace heliograph::render
