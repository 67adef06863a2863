// SPDX-License-Identifier: GPL-3.0-or-later
// What all readers of sources do to titles and names, and the one list of entries they fill.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "model/entry.h"

namespace heliograph::source {

// Lines about one document; whoever needs more than this to see what is wrong reads the document.
inline constexpr std::size_t kMaxWarnings = 100;
// Of one article; more are not authors or tags but an attack.
inline constexpr std::size_t kMaxNames = 100;
inline constexpr std::size_t kMaxNameCodePoints = 200;
// Of a title or an address in a warning.
inline constexpr std::size_t kShownCodePoints = 60;

// Text that may be HTML, escaped once too often by many ("AT&amp;amp;T"), as people read it.
[[nodiscard]] std::string plain_from_html(std::string_view markup);
// Text that is no HTML; references that were left in it are decoded all the same.
[[nodiscard]] std::string plain_from_text(std::string_view text);

// Appends unless it is empty, there already, or too many.
void add_name(std::vector<std::string>& names, std::string name);

// Adds the warning; the last that fits says that there are more.
void add_warning(Feed& feed, std::string warning);

// Fills feed.entries, one per address, up to kMaxEntries.
class EntryList {
  public:
    explicit EntryList(Feed& feed) : feed_(feed) {}

    // False when the entry's address was there already, or the list is full.
    bool add(Entry entry);
    [[nodiscard]] bool is_full() const;
    // Says how many were doubles or too many. Call it once, at the end.
    void finish();

  private:
    Feed& feed_;
    std::unordered_set<std::string> seen_;
    std::size_t doubles_ = 0;
    bool left_out_ = false;
};

}  // namespace heliograph::source
