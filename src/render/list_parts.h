// SPDX-License-Identifier: GPL-3.0-or-later
// What list pages and fronts are made of: entries, rows of links, announcements.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "render/pages.h"

namespace heliograph::render {

using Entries = std::span<const ArticleSummary>;

// A list of links, each with its text, where it leads, and a note.
class Links {
  public:
    explicit Links(std::string to_root) : to_root_(std::move(to_root)) {}
    void add(const std::string& text, const std::string& path, const std::string& note = {}) {
        Values link = Values::object();
        link.set("first", list_.is_empty_list());
        link.set("text", text);
        link.set("href", to_root_ + path);
        link.set("note", note.empty() ? Values(false) : Values(note));
        list_.push_back(std::move(link));
    }
    // `has_name` says whether there are any.
    void set_in(Values& values, std::string_view name, std::string_view has_name) && {
        values.set(has_name, !list_.is_empty_list());
        values.set(name, std::move(list_));
    }

  private:
    std::string to_root_;
    Values list_ = Values::list();
};

class ListParts {
  public:
    explicit ListParts(const Site& site);

    // The menu of a list: what is hot, all articles, and the sections when they are few.
    [[nodiscard]] const std::vector<ListPlace>& menu() const { return menu_; }
    [[nodiscard]] Values entry(const ArticleSummary& article, const std::string& to_root) const;
    // Of the page at `path`.
    [[nodiscard]] Values entries(Entries articles, const std::string& path) const;
    // Of a full archive page, whose newest is the one after the `skip` newest of the list.
    [[nodiscard]] Values archived(const Lists& lists, const ListKey& list, std::size_t skip,
                                  const std::string& path) const;
    // The newest capture of those; false when there is none.
    [[nodiscard]] Values last_updated(Entries articles) const;
    // The fixed ones in their order, then one of the sampled ones: always the same on a page.
    void set_announcements(Values& values, const std::string& path) const;
    // Where a reader's program finds the feeds of the page.
    void set_feeds(Values& values, const ListPlace& place, const std::string& path) const;

  private:
    const Site& site_;
    std::vector<ListPlace> menu_;
};

}  // namespace heliograph::render
