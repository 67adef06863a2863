// SPDX-License-Identifier: GPL-3.0-or-later
// Owns an object of a C library from the line that creates it.
#pragma once

#include <memory>

namespace heliograph {

template <auto kFree>
struct HandleDeleter {
    template <typename T>
    void operator()(T* object) const noexcept {
        static_cast<void>(kFree(object));
    }
};

// A unique_ptr of pointer size: using Statement = Handle<sqlite3_stmt, sqlite3_finalize>;
template <typename T, auto kFree>
using Handle = std::unique_ptr<T, HandleDeleter<kFree>>;

}  // namespace heliograph
