// SPDX-License-Identifier: GPL-3.0-or-later
// The words that names of classes are made of, and a fixed table of such words, each with bits:
// they are looked up in it thousands of times a page.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace heliograph::extract {

// Calls visit for each run of ASCII letters, of any length; "articleBody" is two, "ARTICLE" is one.
template <typename Visitor>  // void(std::size_t begin, std::size_t end)
void for_each_word_of_names(std::string_view names, Visitor&& visit) {
    enum Kind : std::uint8_t { kOther, kSmall, kCapital };
    static constexpr auto kKinds = [] {
        std::array<Kind, 256> kinds{};
        for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kSmall;
        for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = kCapital;
        return kinds;
    }();
    for (std::size_t i = 0; i < names.size();) {
        const std::size_t begin = i;
        Kind kind = kKinds[static_cast<unsigned char>(names[i++])];
        if (kind == kOther) continue;
        while (i < names.size()) {
            const Kind next = kKinds[static_cast<unsigned char>(names[i])];
            if (next == kOther || (next == kCapital && kind == kSmall)) break;
            kind = next;
            ++i;
        }
        visit(begin, i);
    }
}

// A small open hash: nearly every word of nearly every page is not in it, and a look at one slot
// says so.
template <std::size_t kWords>
class ShortWords {
  public:
    // REQUIRES: the words are small letters, at least two and at most kMaxBytes, each once.
    explicit constexpr ShortWords(
        const std::array<std::pair<std::string_view, std::uint32_t>, kWords>& words) {
        for (std::size_t i = 0; i < kWords; ++i) {
            words_[i] = key_of(words[i].first);
            bits_[i] = words[i].second;
            std::size_t slot = slot_of(words_[i]);
            while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
            slots_[slot] = static_cast<std::uint8_t>(i + 1);
        }
    }

    // Of a word of ASCII letters, whatever their case; 0 when it is not in the table.
    [[nodiscard]] constexpr std::uint32_t bits_of(std::string_view word) const {
        if (word.size() < 2 || word.size() > kMaxBytes) return 0;
        const Key key = key_of(word);
        for (std::size_t slot = slot_of(key); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
            if (words_[slots_[slot] - 1U] == key) return bits_[slots_[slot] - 1U];
        }
        return 0;
    }

  private:
    static constexpr std::size_t kMaxBytes = 16;
    static constexpr std::size_t kSlotBits = 10;
    static constexpr std::size_t kSlots = std::size_t{1} << kSlotBits;
    static_assert(kWords < 255);

    // All bytes of a word, some of them twice, so that it takes few steps to hash and to compare.
    struct Key {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::size_t size = 0;
        friend constexpr bool operator==(const Key&, const Key&) = default;
    };

    template <std::size_t kBytes>
    static constexpr std::uint64_t bytes_at(std::string_view word, std::size_t position) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < kBytes; ++i)
            out |= std::uint64_t{static_cast<unsigned char>(word[position + i])} << (8 * i);
        return out | (0x2020202020202020U >> (64 - 8 * kBytes));  // the bit of small letters
    }
    template <std::size_t kBytes>
    static constexpr Key key_at_both_ends(std::string_view word) {
        return {bytes_at<kBytes>(word, 0), bytes_at<kBytes>(word, word.size() - kBytes),
                word.size()};
    }
    static constexpr Key key_of(std::string_view word) {
        if (word.size() >= 8) return key_at_both_ends<8>(word);
        if (word.size() >= 4) return key_at_both_ends<4>(word);
        return key_at_both_ends<2>(word);
    }
    static constexpr std::size_t slot_of(const Key& key) {
        constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
        return ((key.begin * kOdd) ^ key.end) * kOdd >> (64 - kSlotBits);
    }

    std::array<Key, kWords> words_{};
    std::array<std::uint32_t, kWords> bits_{};
    std::array<std::uint8_t, kSlots> slots_{};  // index into words_ plus one
};

}  // namespace heliograph::extract
