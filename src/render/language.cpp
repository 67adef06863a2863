// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/language.h"

#include <string>

#include "base/unicode.h"
#include "base/utf8.h"

namespace heliograph::render {

bool is_right_to_left(std::string_view language) {
    return heliograph::is_right_to_left(script_of_language(language));
}

std::string primary_language(std::string_view language) {
    return ascii_lower(language.substr(0, language.find('-')));
}

std::string_view direction(std::string_view language) {
    return is_right_to_left(language) ? "rtl" : "ltr";
}

std::string_view list_separator(std::string_view language) {
    // CLDR, list patterns.
    const std::string primary = primary_language(language);
    if (primary == "zh" || primary == "ja" || primary == "yue") return "、";
    if (primary == "ar" || primary == "fa" || primary == "ur") return "، ";
    return ", ";
}

}  // namespace heliograph::render
