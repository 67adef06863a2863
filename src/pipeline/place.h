// SPDX-License-Identifier: GPL-3.0-or-later
// Which lists each article is in, as the configuration has it now.
#pragma once

#include "model/config.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Brings the store's lists up to date: articles that changed since the last call get their
// publisher and sections from the sources that tell of them; when the configuration changed, all
// do. Sections that it no longer has are left out. What readers will see differently is in the
// store's log of changes afterwards. Throws SystemError when the store fails.
void place_articles(const Config& config, store::Store& store);

}  // namespace heliograph::pipeline
