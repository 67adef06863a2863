// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/list_parts.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"
#include "render/feeds.h"
#include "render/markdown.h"

namespace heliograph::render {
namespace {

// Lists show the beginning of longer titles; home stays below what Git hosts show of a README.
constexpr std::size_t kMaxListTitle = 200;
// The menu of a list has each section when there are no more than this; home has them all.
constexpr std::size_t kMaxMenuSections = 12;

}  // namespace

ListParts::ListParts(const Site& site) : site_(site) {
    menu_.push_back(hot_place(site));
    menu_.push_back(all_place(site));
    if (site.mirror.sections.size() <= kMaxMenuSections)
        for (const Section& section : site.mirror.sections) menu_.push_back(section_place(section));
}

Values ListParts::entry(const ArticleSummary& article, const std::string& to_root) const {
    Values values = Values::object();
    const DateTime time = article.published.value_or(utc_moment(article.first_captured));
    values.set("href", article_link(site_, article, to_root));
    values.set("title", shorten(article.title, kMaxListTitle));
    values.set("publisher", article.publisher);
    values.set("machine", format_rfc3339(time));
    values.set("day", format_day(time));
    values.set("picture", false);
    values.set("excerpt", false);
    set_own_language(values, article.language, site_.mirror.language);
    return values;
}

Values ListParts::entries(Entries articles, const std::string& path) const {
    Values list = Values::list();
    list.reserve(articles.size());
    const std::string to_root = path_to_root(path);
    for (const ArticleSummary& article : articles) list.push_back(entry(article, to_root));
    return list;
}

Values ListParts::archived(const Lists& lists, const ListKey& list, std::size_t skip,
                           const std::string& path) const {
    Values entries = Values::list();
    entries.reserve(kArchivePageSize);
    const std::string to_root = path_to_root(path);
    lists.each(list, skip, kArchivePageSize,
               [&](const ArticleSummary& article) { entries.push_back(entry(article, to_root)); });
    return entries;
}

Values ListParts::last_updated(Entries articles) const {
    if (articles.empty()) return false;
    return moment_values(
        utc_moment(std::ranges::max(articles, {}, &ArticleSummary::captured).captured));
}

void ListParts::set_announcements(Values& values, const std::string& path) const {
    std::vector<const Announcement*> shown;
    std::vector<const Announcement*> sampled;
    for (const Announcement& one : site_.mirror.announcements)
        (one.is_sampled ? sampled : shown).push_back(&one);
    if (!sampled.empty()) {
        const Sha256 hash = sha256(path);
        shown.push_back(sampled[(hash[0] * 256U + hash[1]) % sampled.size()]);
    }
    // Before all others: what readers must know before this host is gone.
    Announcement moved{.text = site_.text("moved"), .url = site_.target.moved_url};
    if (!moved.url.empty()) shown.insert(shown.begin(), &moved);
    Values list = Values::list();
    for (const Announcement* one : shown) {
        Values made = Values::object();
        made.set("text", one->text);
        made.set("href", one->url.empty() ? Values(false) : Values(one->url));
        made.set("link", one->url.empty() ? escape_markdown(one->text)
                                          : markdown_link(one->text, one->url));
        list.push_back(std::move(made));
    }
    values.set("has_announcements", !shown.empty());
    values.set("announcements", std::move(list));
}

void ListParts::set_feeds(Values& values, const ListPlace& place, const std::string& path) const {
    values.set("atom", path_to_root(path) + atom_path(place));
    values.set("json_feed", path_to_root(path) + json_feed_path(place));
}

}  // namespace heliograph::render
