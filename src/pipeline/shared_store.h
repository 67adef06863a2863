// SPDX-License-Identifier: GPL-3.0-or-later
// The store in the hands of several threads: one at a time, and for a moment only.
#pragma once

#include <mutex>

#include "store/store.h"

namespace heliograph::pipeline {

// Targets are published on a thread each, and most of that time they wait for their hosts. What
// they ask the store takes milliseconds, so they share one connection by turns: no second writer
// that could find the database locked, and nothing a thread could keep from another.
class SharedStore {
  public:
    explicit SharedStore(store::Store& store) : store_(store) {}

    // Runs work(store) while no other thread uses the store, and gives back what it returns. `work`
    // talks to no host and keeps no reference to the store. May be called from any thread.
    template <typename Work>
    auto with(Work&& work) {
        const std::scoped_lock lock(mutex_);
        return work(store_);
    }

  private:
    std::mutex mutex_;
    store::Store& store_;
};

}  // namespace heliograph::pipeline
