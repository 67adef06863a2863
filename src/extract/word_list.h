// SPDX-License-Identifier: GPL-3.0-or-later
// A fixed list of words or phrases, looked up by their first byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace heliograph::extract {

class WordList {
  public:
    // Words separated by '|'. Keeps views into `words`: give it a literal.
    explicit WordList(std::string_view words);

    [[nodiscard]] bool contains(std::string_view word) const;

    // True when one of the words stands somewhere in `text`, also inside a longer word.
    [[nodiscard]] bool any_in(std::string_view text) const;

    // Calls visit for each word that `text` begins with.
    template <typename Visitor>  // void(std::string_view word)
    void for_each_prefix_of(std::string_view text, Visitor&& visit) const {
        if (text.empty()) return;
        const auto first = static_cast<unsigned char>(text[0]);
        for (std::size_t i = begins_[first]; i < begins_[first + 1U]; ++i) {
            if (text.starts_with(words_[i])) visit(words_[i]);
        }
    }

  private:
    std::vector<std::string_view> words_;      // in order
    std::array<std::uint32_t, 257> begins_{};  // of the words with each first byte
};

}  // namespace heliograph::extract
