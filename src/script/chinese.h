// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese from one script to the other; the one face of OpenCC.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::script {

enum class Chinese : unsigned char { kSimplified, kTraditional };

// May be used from several threads: one converts at a time.
class Converter {
  public:
    // Errors: kNotFound when OpenCC's dictionaries are not installed.
    [[nodiscard]] static Result<Converter> open(Chinese to);
    Converter(Converter&&) noexcept;
    Converter& operator=(Converter&&) noexcept;
    ~Converter();

    // The text with its Chinese characters in the other script, word by word where one character
    // stands for several; all else stays. Text that is no UTF-8 comes back as it was.
    [[nodiscard]] std::string convert(const std::string& text) const;

  private:
    struct State;
    explicit Converter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::script
