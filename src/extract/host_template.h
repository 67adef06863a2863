// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of one host have in common is its template, not the text of an article: learned
// from the last pages that were read, used on the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page_table.h"
#include "extract/selection.h"

namespace heliograph::extract {

// What is remembered of a page. Lists are in order of numbers, each once.
struct PageSketch {
    std::string host;                   // without "www."; empty when the page does not tell
    std::vector<std::uint64_t> body;    // long texts that were chosen as the article
    std::vector<std::uint64_t> rest;    // the other long texts
    std::vector<std::uint32_t> shapes;  // of its elements: tag and class
    bool is_unlike = false;             // the pages that were known when it was learned
};

[[nodiscard]] PageSketch sketch_of(const PageTable& table, const Selection& selection,
                                   std::string_view host);

class HostTemplate {
  public:
    // Enough to see what repeats; the oldest page leaves, so that a new design is soon known.
    static constexpr std::size_t kMaxPages = 24;

    // Of an article that is known (read again, or at another address) the newer sketch counts.
    // True when this page and the last ones before it have a design that none before them had:
    // once for each new design.
    bool learn(PageSketch page);
    [[nodiscard]] std::size_t pages() const { return pages_.size(); }

    // Takes out of the choice the long texts that stand on two or more pages with other articles.
    // A page of which it would take a large part is left as it is: it is a text that others quote,
    // or no article. Returns the number of blocks taken out.
    std::size_t take_from(const PageTable& table, Selection& selection) const;

    // A line a page, for the store; read() gives what write() was called on, and nothing for
    // anything else.
    [[nodiscard]] std::string write() const;
    [[nodiscard]] static HostTemplate read(std::string_view text);

  private:
    [[nodiscard]] bool looks_unlike(const PageSketch& page) const;

    std::vector<PageSketch> pages_;  // oldest first; their hosts are left empty
};

// By host, without "www.".
using HostTemplates = std::map<std::string, HostTemplate, std::less<>>;

[[nodiscard]] std::string_view template_host(std::string_view host);

}  // namespace heliograph::extract
