// SPDX-License-Identifier: GPL-3.0-or-later
// Which articles of a source the operator wants, by their titles.
#pragma once

#include <string>
#include <string_view>

#include "model/config.h"

namespace heliograph::pipeline {

// Why the source's rules leave the title out: "its title has 'horoscope' (exclude)". Empty when
// they let it pass, and for an empty title. Capitals and small letters are the same.
[[nodiscard]] std::string excluded_because(const Source& source, std::string_view title);

}  // namespace heliograph::pipeline
