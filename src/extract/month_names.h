// SPDX-License-Identifier: GPL-3.0-or-later
// Months by their names in some sixty languages.
#pragma once

#include <string_view>

namespace heliograph::extract {

// The number of a month by its name in small letters, any form of any language of the table; 0 when
// it is none. `language` decides between months of the same name (Croatian and Polish "listopad").
[[nodiscard]] int month_of_lowered(std::string_view word, std::string_view language);

// The same of the Persian calendar, also with Arabic letters.
[[nodiscard]] int persian_month(std::string_view word);

}  // namespace heliograph::extract
