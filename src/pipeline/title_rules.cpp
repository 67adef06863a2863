// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/title_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>

#include "base/utf8.h"
#include "extract/text_fold.h"

namespace heliograph::pipeline {

std::string excluded_because(const Source& source, std::string_view title) {
    const std::string lowered = extract::lowered(collapse_space(title));
    if (lowered.empty()) return {};
    const auto is_in_title = [&](const std::string& words) {
        return lowered.find(extract::lowered(collapse_space(words))) != lowered.npos;
    };
    if (const auto found = std::ranges::find_if(source.exclude, is_in_title);
        found != source.exclude.end())
        return fmt::format("its title has '{}' (exclude)", *found);
    if (!source.include.empty() && std::ranges::none_of(source.include, is_in_title))
        return fmt::format("its title has none of '{}' (include)",
                           fmt::join(source.include, "', '"));
    return {};
}

}  // namespace heliograph::pipeline
