// SPDX-License-Identifier: GPL-3.0-or-later
// Finds any of many phrases in a text, in one pass over the text.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace heliograph::extract {

// A set of phrases. The first three bytes decide at most places of a text that no phrase begins.
class PhraseSet {
  public:
    // REQUIRES: each phrase has three bytes or more and outlives the set.
    explicit PhraseSet(std::span<const std::string_view> phrases)
        : phrases_(phrases.begin(), phrases.end()) {
        std::ranges::sort(phrases_);
        for (const std::string_view phrase : phrases_) begins_.set(slot_of(phrase, 0));
    }

    // Returns at how many places of a text a phrase begins, at most `most`.
    [[nodiscard]] std::uint32_t count_in(std::string_view text, std::uint32_t most) const {
        std::uint32_t count = 0;
        for (std::size_t i = 0; i + kPrefixBytes <= text.size() && count < most; ++i)
            if (begins_[slot_of(text, i)] && begins(text.substr(i))) ++count;
        return count;
    }

    // Returns whether a text contains a phrase.
    [[nodiscard]] bool any_in(std::string_view text) const { return count_in(text, 1) > 0; }

  private:
    static constexpr std::size_t kPrefixBytes = 3;
    static constexpr unsigned kSlotBits = 13;

    // Returns the slot for the three bytes at a position.
    static std::size_t slot_of(std::string_view text, std::size_t at) {
        constexpr std::uint32_t kMultiplier = 2'654'435'769U;  // Knuth's multiplicative hash
        const auto byte = [&](std::size_t i) {
            return std::uint32_t{static_cast<unsigned char>(text[at + i])};
        };
        return ((byte(0) << 16U | byte(1) << 8U | byte(2)) * kMultiplier) >> (32U - kSlotBits);
    }

    // Returns whether a text begins with a phrase.
    [[nodiscard]] bool begins(std::string_view text) const {
        const std::string_view prefix = text.substr(0, kPrefixBytes);
        for (auto phrase = std::ranges::lower_bound(phrases_, prefix);
             phrase != phrases_.end() && phrase->starts_with(prefix); ++phrase)
            if (text.starts_with(*phrase)) return true;
        return false;
    }

    std::vector<std::string_view> phrases_;  // in order
    std::bitset<std::size_t{1} << kSlotBits> begins_;
};

}  // namespace heliograph::extract
