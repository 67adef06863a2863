// SPDX-License-Identifier: GPL-3.0-or-later
// In which language a page speaks to its reader: that of its article where there are texts for it,
// else that of the mirror.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "render/texts.h"
#include "render/theme_files.h"

namespace heliograph::render {

struct Interface {
    std::string language;  // BCP 47
    Texts texts;

    // The key itself for a text that is not there: files of texts have all keys.
    [[nodiscard]] std::string word(std::string_view key) const {
        const auto found = texts.find(key);
        return found == texts.end() ? std::string(key) : found->second;
    }
};

// The texts that the program brings and those of a theme ("texts/pt.txt"), which stand before them.
class Interfaces {
  public:
    // Errors: kConfig for texts that do not parse or miss a key, naming file and line or keys.
    [[nodiscard]] static Result<Interfaces> open(const std::string& mirror_language,
                                                 const ThemeFiles& files);

    [[nodiscard]] const Interface& of_mirror() const { return all_.at(mirror_); }
    // Of a page in that language; an empty one is not known.
    [[nodiscard]] const Interface& of(std::string_view language) const {
        return all_.at(key_of(language));
    }
    [[nodiscard]] const std::map<std::string, Interface>& all() const { return all_; }
    // What a mirror in a language without texts should be told; empty when it has them.
    [[nodiscard]] const std::string& missing() const { return missing_; }

  private:
    [[nodiscard]] std::string key_of(std::string_view language) const;

    std::map<std::string, Interface> all_;  // by the name of their file
    std::string mirror_;                    // among them
    std::string missing_;
};

}  // namespace heliograph::render
