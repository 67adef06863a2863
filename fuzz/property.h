// SPDX-License-Identifier: GPL-3.0-or-later
// What a fuzz target is made of: bytes come in, a property is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace heliograph::fuzz {

// Ends the program when a property does not hold, in release builds too: that is how libFuzzer
// and the replaying test learn of it.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "property does not hold: %s\n", property);
    std::abort();
}

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace heliograph::fuzz

// The one function that libFuzzer calls, for each input; always 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
