// SPDX-License-Identifier: GPL-3.0-or-later
// Files that change the look of a mirror.
#pragma once

#include <map>
#include <string>

namespace heliograph::render {

// Files of the operator's that replace those of the program, one by one. A file that the program
// has not is a mistake, but for the texts of further languages.
struct ThemeFiles {
    std::string place;                         // for errors: "mytheme/"
    std::map<std::string, std::string> files;  // by name: "html/style.css", "texts/pt.txt"
};

}  // namespace heliograph::render
