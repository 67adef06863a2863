// SPDX-License-Identifier: GPL-3.0-or-later
// Articles that the mirror has no room for leave it.
#pragma once

#include <cstddef>

#include "model/config.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Removes the articles beyond the configuration's bounds, oldest first, each with a tombstone; the
// next build takes their pages away. An article that left is never read again, so none comes and
// goes. Returns how many left. Throws SystemError when the store fails.
std::size_t retain(const Config& config, store::Store& store, store::Time now);

}  // namespace heliograph::pipeline
