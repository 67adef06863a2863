// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/word_list.h"

#include <algorithm>

namespace heliograph::extract {

WordList::WordList(std::string_view words) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find('|'), words.size());
        if (end > 0) words_.push_back(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    std::ranges::sort(words_);
    std::size_t word = 0;
    for (unsigned first = 0; first < 256; ++first) {
        begins_[first] = static_cast<std::uint32_t>(word);
        while (word < words_.size() && static_cast<unsigned char>(words_[word][0]) == first) ++word;
    }
    begins_[256] = static_cast<std::uint32_t>(words_.size());
}

bool WordList::contains(std::string_view word) const {
    if (word.empty()) return false;
    const auto first = static_cast<unsigned char>(word[0]);
    return std::binary_search(words_.begin() + begins_[first], words_.begin() + begins_[first + 1U],
                              word);
}

bool WordList::any_in(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto first = static_cast<unsigned char>(text[at]);
        for (std::size_t i = begins_[first]; i < begins_[first + 1U]; ++i) {
            if (text.substr(at).starts_with(words_[i])) return true;
        }
    }
    return false;
}

}  // namespace heliograph::extract
