// SPDX-License-Identifier: GPL-3.0-or-later
// What a source's own settings mean for every request made for it.
#pragma once

#include "fetch/fetcher.h"
#include "model/config.h"
#include "model/url.h"

namespace heliograph::pipeline {

[[nodiscard]] fetch::FetchRequest request_of(const Source& source, Url url);

}  // namespace heliograph::pipeline
