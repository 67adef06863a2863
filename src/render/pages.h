// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of a target has: its place in the mirror, menu, share block.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"
#include "model/config.h"
#include "render/renderer.h"
#include "render/theme.h"

namespace heliograph::render {

// The constants of one target.
struct Site {
    Mirror mirror;
    Target target;
    Theme theme;

    [[nodiscard]] bool is_html() const { return target.format == PageFormat::kHtml; }
    [[nodiscard]] std::string_view extension() const { return is_html() ? ".html" : ".md"; }
    // A word of the mirror's own interface.
    [[nodiscard]] std::string text(std::string_view key) const;
    // Where the page of an article stands, or stood, that appeared then: null for here, else the
    // part of this target that has it.
    [[nodiscard]] const Part* part_of(std::chrono::sys_seconds appeared) const;
    // That of a page whose content is in that language; the mirror's own, when it is empty or there
    // are no texts in it.
    [[nodiscard]] const Interface& interface_of(std::string_view language) const {
        return theme.interfaces().of(language);
    }
    // Null for a key that the configuration does not have (any more): it is never shown.
    [[nodiscard]] const Section* section(std::string_view key) const;
};

// Something with an index page: a list of articles, what is hot, the months.
struct ListPlace {
    std::string folder;  // "sections/world/"
    std::string name;    // for people
    // The text that is its name; empty for what is called so in every interface language.
    std::string_view text_key{};
};
[[nodiscard]] ListPlace section_place(const Section& section);
[[nodiscard]] ListPlace all_place(const Site& site);
[[nodiscard]] ListPlace month_place(std::string_view month);
// `key` is that of the tag, `name` as people write it.
[[nodiscard]] ListPlace tag_place(std::string_view key, std::string name);
[[nodiscard]] ListPlace hot_place(const Site& site);
[[nodiscard]] ListPlace months_place(const Site& site);
[[nodiscard]] ListPlace tags_place(const Site& site);

// Paths from the mirror's root. An index is what hosts show for a folder: index.html, README.md.
[[nodiscard]] std::string home_path(const Site& site);
[[nodiscard]] std::string article_path(const Site& site, const ArticleSummary& article);
// The same for a link: from a page's root, with the suffix that the configuration asks for.
[[nodiscard]] std::string article_link(const Site& site, const ArticleSummary& article,
                                       const std::string& to_root);
[[nodiscard]] std::string companion_path(const Site& site, const Companion& companion);
[[nodiscard]] std::string index_path(const Site& site, const ListPlace& place);
// Archive pages lie in folders of so many: Git hosts cut listings at 1,000 entries.
inline constexpr std::size_t kPagesPerFolder = 100;
[[nodiscard]] std::string archive_folder_path(const Site& site, const ListPlace& place,
                                              std::size_t folder);
// Pages are numbered from 1, the oldest.
[[nodiscard]] std::string archive_path(const Site& site, const ListPlace& place,
                                       std::size_t number);
// An earlier text of the article whose page is at `page_path`.
[[nodiscard]] std::string revision_path(std::string_view page_path, int number);
// The QR picture of a Markdown page.
[[nodiscard]] std::string qr_path(std::string_view page_path);

// "../../" for "a/b/c.html".
[[nodiscard]] std::string path_to_root(std::string_view path);
// The same for what only a whole mirror has, lists and home: from a part it is elsewhere.
[[nodiscard]] std::string path_to_whole(const Site& site, std::string_view path);
// What to put before the path of an article's page or pictures to have its address.
[[nodiscard]] const std::string& base_of(const Site& site, const ArticleSummary& article);

// A moment for people, with its zone when it has a time of day: "2026-11-14 08:30 +08:00".
[[nodiscard]] std::string moment_text(const DateTime& time);
// Values "machine" and "text".
[[nodiscard]] Values moment_values(const DateTime& time);
[[nodiscard]] DateTime utc_moment(std::chrono::sys_seconds time);

// Adds one page: fills what its head, menu and foot need, renders, and gives the page, and for
// Markdown its QR picture, to the sink. `menu` holds the lists it belongs to.
// `language` is that of the page's own content; empty when it is not known.
struct PageFrame {
    std::string path;
    std::string title;  // of the page; the mirror's own on home
    std::string language;
    std::vector<ListPlace> menu;
};
void finish_page(const Site& site, Page page, const PageFrame& frame, Values& values,
                 const Sink& sink);

// Sets own_lang and own_dir where an entry's language is not that of its page.
void set_own_language(Values& values, std::string_view language, std::string_view page_language);

}  // namespace heliograph::render
