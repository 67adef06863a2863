// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/lists.h"

#include <fmt/format.h>
#include <algorithm>
#include <kainjow/mustache.hpp>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "render/body.h"
#include "render/feeds.h"
#include "render/hot.h"
#include "render/html_body.h"
#include "render/language.h"
#include "render/markdown.h"

namespace heliograph::render {
namespace {

// Home shows so many entries in all, shared out over the sections: Git hosts show a README up to
// 500 KB, and phones are slow.
constexpr std::size_t kHomeEntries = 240;
constexpr std::size_t kMaxHomeEntriesPerSection = 8;
// The lead story is the newest with a picture among so many, one in the mirror's own language
// before the others.
constexpr std::size_t kLeadCandidates = 20;
// Home has the first of what is hot, the page of its own some more.
constexpr std::size_t kHomeHot = 5;
constexpr std::size_t kHot = 40;
// Lists show the beginning of longer titles and excerpts; home stays below the size above.
constexpr std::size_t kMaxListTitle = 200;
constexpr std::size_t kMaxExcerpt = 300;
constexpr std::size_t kMaxPublishers = 8;
// The menu of a list has each section when there are no more than this; home has them all.
constexpr std::size_t kMaxMenuSections = 12;

using Entries = std::span<const ArticleSummary>;

class ListWriter {
  public:
    ListWriter(const Site& site, const Lists& lists, const Sink& sink)
        : site_(site), lists_(lists), sink_(sink) {
        menu_.push_back(hot_place(site));
        menu_.push_back(all_place(site));
        if (site.mirror.sections.size() <= kMaxMenuSections)
            for (const Section& section : site.mirror.sections)
                menu_.push_back(section_place(section));
    }

    void write_list(const ListKey& list, const PagesToRender& pages);
    void write_home(const FrontView& view);
    void write_hot(const FrontView& view);
    void write_months();
    void write_tags();

  private:
    // A list of links, each with its text, where it leads, and a note.
    class Links {
      public:
        explicit Links(std::string to_root) : to_root_(std::move(to_root)) {}
        void add(const std::string& text, const std::string& path, const std::string& note = {}) {
            Values link(Values::type::object);
            link.set("first", list_.is_empty_list());
            link.set("text", text);
            link.set("href", to_root_ + path);
            link.set("note", note.empty() ? Values(false) : Values(note));
            list_.push_back(link);
        }
        void set_in(Values& values, const char* name) const {
            values.set(name, list_);
            values.set(std::string("has_") + name, !list_.is_empty_list());
        }

      private:
        std::string to_root_;
        Values list_{Values::type::list};
    };

    Values entry(const ArticleSummary& article, const std::string& to_root) const;
    Values entries(Entries articles, const std::string& path) const;
    Values last_updated(Entries articles) const;
    Values story(const ArticleSummary& article, const Assets& assets) const;
    void write_archive_page(const ListKey& list, const ListPlace& place, std::size_t size,
                            std::size_t number);
    void write_archive_folder(const ListKey& list, const ListPlace& place, std::size_t size,
                              std::size_t folder);
    void set_announcements(Values& values, const std::string& path) const;
    void set_feeds(Values& values, const ListPlace& place, const std::string& path) const;
    void write_links(const std::string& path, const std::string& title, const Links& links);

    const Site& site_;
    const Lists& lists_;
    const Sink& sink_;
    std::vector<ListPlace> menu_;
};

Values ListWriter::entry(const ArticleSummary& article, const std::string& to_root) const {
    Values values(Values::type::object);
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

Values ListWriter::entries(Entries articles, const std::string& path) const {
    Values list(Values::type::list);
    const std::string to_root = path_to_root(path);
    for (const ArticleSummary& article : articles) list.push_back(entry(article, to_root));
    return list;
}

// The newest capture of those; false when there is none.
Values ListWriter::last_updated(Entries articles) const {
    if (articles.empty()) return {false};
    return moment_values(
        utc_moment(std::ranges::max(articles, {}, &ArticleSummary::captured).captured));
}

std::string with_number(std::string text, std::size_t number) {
    if (const std::size_t at = text.find("{n}"); at != std::string::npos)
        text.replace(at, 3, fmt::to_string(number));
    return text;
}

std::string archive_title(const Site& site, const ListPlace& place, std::size_t number) {
    return place.name + " – " + with_number(site.text("archive_page"), number);
}

// "Archive 100–199": the pages of a folder.
std::string folder_text(const Site& site, std::size_t folder, std::size_t pages) {
    const std::size_t first = std::max<std::size_t>(folder * kPagesPerFolder, 1);
    const std::size_t last = std::min((folder + 1) * kPagesPerFolder - 1, pages);
    return fmt::format("{} {}–{}", site.text("archive"), first, last);
}

void ListWriter::write_list(const ListKey& list, const PagesToRender& pages) {
    const ListPlace place = place_of(site_, list, lists_);
    const std::size_t size = lists_.size(list);
    const std::size_t archived = archived_pages(size);
    const std::string path = index_path(site_, place);
    const std::vector<ArticleSummary> newest =
        lists_.part(list, 0, size - archived * kArchivePageSize);
    Values values(Values::type::object);
    values.set("entries", entries(newest, path));
    values.set("last_updated", last_updated(newest));
    Links links(path_to_root(path));
    if (archived > 0) {
        links.add(site_.text("older"), archive_path(site_, place, archived));
        for (std::size_t folder = archived / kPagesPerFolder + 1; folder-- > 0;)
            links.add(folder_text(site_, folder, archived),
                      archive_folder_path(site_, place, folder));
    }
    links.set_in(values, "links");
    if (has_feeds(list)) set_feeds(values, place, path);
    set_announcements(values, path);
    finish_page(site_, Page::kList,
                {.path = path, .title = place.name, .language = {}, .menu = menu_}, values, sink_);

    std::set<std::size_t> folders;
    const auto write_page = [&](std::size_t number) {
        write_archive_page(list, place, size, number);
        folders.insert(number / kPagesPerFolder);
    };
    for (const std::size_t number : pages.those)
        if (number < pages.from && number <= archived) write_page(number);
    for (std::size_t number = pages.from; number <= archived; ++number) write_page(number);
    for (const std::size_t folder : folders) write_archive_folder(list, place, size, folder);
}

void ListWriter::write_archive_page(const ListKey& list, const ListPlace& place, std::size_t size,
                                    std::size_t number) {
    const std::string path = archive_path(site_, place, number);
    // Only what is older and what is always there: a link to the next newer page would change this
    // one on the day that page is begun.
    Links links(path_to_root(path));
    links.add(site_.text("newest"), index_path(site_, place));
    if (number > 1) links.add(site_.text("older"), archive_path(site_, place, number - 1));
    links.add(site_.text("archive_all"),
              archive_folder_path(site_, place, number / kPagesPerFolder));
    Values values(Values::type::object);
    values.set(
        "entries",
        entries(lists_.part(list, size - number * kArchivePageSize, kArchivePageSize), path));
    values.set("last_updated", false);
    links.set_in(values, "links");
    finish_page(site_, Page::kList,
                {.path = path,
                 .title = archive_title(site_, place, number),
                 .language = {},
                 .menu = {place}},
                values, sink_);
}

void ListWriter::write_archive_folder(const ListKey& list, const ListPlace& place, std::size_t size,
                                      std::size_t folder) {
    const std::string path = archive_folder_path(site_, place, folder);
    const std::size_t first = std::max<std::size_t>(folder * kPagesPerFolder, 1);
    const std::size_t last = std::min((folder + 1) * kPagesPerFolder - 1, archived_pages(size));
    // Newest first: of the folder's last page the first, ...
    const std::vector<std::chrono::sys_seconds> times =
        lists_.times(list, size - last * kArchivePageSize, (last - first + 1) * kArchivePageSize);
    Links links(path_to_root(path));
    for (std::size_t number = last; number >= first; --number) {
        const std::size_t newest = (last - number) * kArchivePageSize;
        const std::string from = format_day(utc_moment(times[newest + kArchivePageSize - 1]));
        const std::string to = format_day(utc_moment(times[newest]));
        links.add(archive_title(site_, place, number), archive_path(site_, place, number),
                  from + " – " + to);
    }
    // Its own pages alone: a full folder never changes again.
    write_links(path, place.name + " – " + fmt::format("{} {}–", site_.text("archive"), first),
                links);
}

// The fixed ones in their order, then one of the sampled ones: always the same on a page.
void ListWriter::set_announcements(Values& values, const std::string& path) const {
    std::vector<const Announcement*> shown;
    std::vector<const Announcement*> sampled;
    for (const Announcement& one : site_.mirror.announcements)
        (one.is_sampled ? sampled : shown).push_back(&one);
    if (!sampled.empty()) {
        const Sha256 hash = sha256(path);
        shown.push_back(sampled[(hash[0] * 256U + hash[1]) % sampled.size()]);
    }
    Values list(Values::type::list);
    for (const Announcement* one : shown) {
        Values made(Values::type::object);
        made.set("text", one->text);
        made.set("href", one->url.empty() ? Values(false) : Values(one->url));
        made.set("link", one->url.empty() ? escape_markdown(one->text)
                                          : markdown_link(one->text, one->url));
        list.push_back(made);
    }
    values.set("has_announcements", !shown.empty());
    values.set("announcements", list);
}

// Where a reader's program finds the feeds of the page.
void ListWriter::set_feeds(Values& values, const ListPlace& place, const std::string& path) const {
    values.set("atom", path_to_root(path) + atom_path(place));
    values.set("json_feed", path_to_root(path) + json_feed_path(place));
}

void ListWriter::write_links(const std::string& path, const std::string& title,
                             const Links& links) {
    Values values(Values::type::object);
    links.set_in(values, "pages");
    finish_page(site_, Page::kArchive,
                {.path = path, .title = title, .language = {}, .menu = menu_}, values, sink_);
}

void ListWriter::write_months() {
    const ListPlace months = months_place(site_);
    const std::string path = index_path(site_, months);
    Links links(path_to_root(path));
    std::vector<std::string> names = lists_.names(ListKind::kMonth);
    for (auto month = names.rbegin(); month != names.rend(); ++month)
        links.add(*month, index_path(site_, month_place(*month)));
    write_links(path, months.name, links);
}

// Tags are listed apart by their first character: a page of all tags of a large mirror would be the
// largest of its pages. Scripts with many characters share pages, 64 code points each.
struct TagGroup {
    std::string name;      // part of a path
    std::string initials;  // for people
    std::vector<std::string> keys;
};

std::vector<TagGroup> tag_groups(const Site& site, const Lists& lists) {
    constexpr char32_t kBlock = 64;
    std::vector<TagGroup> groups;
    for (std::string& key : lists.names(ListKind::kTag)) {
        if (!has_pages(site, {.kind = ListKind::kTag, .name = key},
                       lists.size({.kind = ListKind::kTag, .name = key})))
            continue;
        std::size_t end = 0;
        const char32_t first = next_code_point(key, end);
        const bool is_plain = (first >= U'a' && first <= U'z') || (first >= U'0' && first <= U'9');
        const std::string name =
            is_plain ? key.substr(0, end)
                     : fmt::format("u{:04x}", static_cast<unsigned>(first / kBlock * kBlock));
        // In order of their bytes, so in order of code points: a group is one run of keys.
        if (groups.empty() || groups.back().name != name) {
            const auto known = std::ranges::find(groups, name, &TagGroup::name);
            if (known == groups.end()) {
                groups.push_back({.name = name, .initials = {}, .keys = {}});
            } else {
                std::rotate(known, known + 1, groups.end());
            }
        }
        TagGroup& group = groups.back();
        const std::string initial = key.substr(0, end);
        if (group.initials.find(initial) == std::string::npos)
            group.initials += (group.initials.empty() ? "" : " ") + initial;
        group.keys.push_back(std::move(key));
    }
    std::ranges::sort(groups, {}, &TagGroup::name);
    return groups;
}

void ListWriter::write_tags() {
    const ListPlace tags = tags_place(site_);
    const std::string path = index_path(site_, tags);
    Links index(path_to_root(path));
    for (const TagGroup& group : tag_groups(site_, lists_)) {
        const std::string group_path =
            fmt::format("{}{}{}", kTagIndexFolder, group.name, site_.extension());
        index.add(group.initials, group_path);
        Links links(path_to_root(group_path));
        for (const std::string& key : group.keys) {
            const std::string name = lists_.tag_name(key);
            links.add(name, index_path(site_, tag_place(key, name)));
        }
        write_links(group_path, tags.name + " – " + group.initials, links);
    }
    write_links(path, tags.name, index);
}

// An entry with its picture, if it has one, and the beginning of its text.
Values ListWriter::story(const ArticleSummary& article, const Assets& assets) const {
    Values values = entry(article, "");
    if (!article.excerpt.empty()) values.set("excerpt", shorten(article.excerpt, kMaxExcerpt));
    const auto found = assets.find(article.lead_image_url);
    if (found == assets.end()) return values;
    const Asset& asset = found->second;
    const BodyContext context{.texts = site_.theme.texts(), .picture = {}, .to_root = ""};
    values.set("picture", site_.is_html()
                              ? html_picture(&asset, article.lead_image_alt, context)
                              : markdown_picture(article.lead_image_alt, asset_path(asset)));
    return values;
}

const ArticleSummary* lead_of(Entries newest, const FrontView& view, std::string_view language) {
    const auto has_picture = [&](const ArticleSummary& article) {
        return view.assets.contains(article.lead_image_url);
    };
    if (!view.picks.empty()) return &view.picks.front();
    const Entries candidates = newest.first(std::min(newest.size(), kLeadCandidates));
    auto lead = std::ranges::find_if(candidates, [&](const ArticleSummary& article) {
        return has_picture(article) &&
               primary_language(article.language) == primary_language(language);
    });
    if (lead == candidates.end()) lead = std::ranges::find_if(candidates, has_picture);
    if (lead == candidates.end()) lead = candidates.begin();
    return lead == candidates.end() ? nullptr : &*lead;
}

void ListWriter::write_hot(const FrontView& view) {
    const ListPlace place = hot_place(site_);
    const std::string path = index_path(site_, place);
    const std::vector<ArticleSummary> newest = lists_.part({}, 0, kFrontSize);
    const std::vector<ArticleSummary> hot = rank_hot(newest, view.picks, kHot);
    Values values(Values::type::object);
    values.set("entries", entries(hot, path));
    values.set("last_updated", last_updated(newest));
    Links(path_to_root(path)).set_in(values, "links");
    finish_page(site_, Page::kList,
                {.path = path, .title = place.name, .language = {}, .menu = menu_}, values, sink_);
}

void ListWriter::write_home(const FrontView& view) {
    const std::string path = home_path(site_);
    const std::vector<ArticleSummary> newest = lists_.part({}, 0, kFrontSize);
    Values values(Values::type::object);
    if (!site_.mirror.description.empty()) values.set("description", site_.mirror.description);
    values.set("last_updated", last_updated(newest));
    const ArticleSummary* lead = lead_of(newest, view, site_.mirror.language);
    values.set("lead", lead != nullptr ? story(*lead, view.assets) : Values(false));

    std::vector<ArticleSummary> others = view.picks;
    std::erase_if(others, [&](const ArticleSummary& one) { return one.id == lead->id; });
    values.set("has_picks", !others.empty());
    values.set("picks", entries(others, path));
    std::vector<ArticleSummary> hot = rank_hot(newest, view.picks, kHomeHot + 1);
    std::erase_if(hot, [&](const ArticleSummary& one) { return one.id == lead->id; });
    hot.resize(std::min(hot.size(), kHomeHot));
    values.set("has_hot", !hot.empty());
    values.set("hot", entries(hot, path));
    values.set("hot_href", index_path(site_, hot_place(site_)));

    const std::size_t each =
        std::min(kMaxHomeEntriesPerSection,
                 kHomeEntries / std::max<std::size_t>(site_.mirror.sections.size(), 1));
    Values list(Values::type::list);
    const auto add = [&](const ListPlace& place, const ListKey& key) {
        std::vector<ArticleSummary> of_place = lists_.part(key, 0, each + 1);
        // The lead stands above already, unless it is all there is.
        if (of_place.size() > 1)
            std::erase_if(of_place, [&](const ArticleSummary& one) { return one.id == lead->id; });
        of_place.resize(std::min(of_place.size(), each));
        Values section(Values::type::object);
        section.set("name", place.name);
        section.set("href", index_path(site_, place));
        Values shown(Values::type::list);
        for (const ArticleSummary& article : of_place) {
            // The first with its picture, which only wide screens load (style.css).
            const bool has_picture =
                shown.is_empty_list() && site_.is_html() && article.id != lead->id;
            Values made = has_picture ? story(article, view.assets) : entry(article, "");
            made.set("excerpt", false);
            shown.push_back(made);
        }
        section.set("entries", shown);
        section.set("last_updated", last_updated(of_place));
        std::set<std::string> publishers;
        for (const ArticleSummary& article : of_place)
            if (publishers.size() < kMaxPublishers) publishers.insert(article.publisher);
        section.set("publishers", fmt::format("{}", fmt::join(publishers, ", ")));
        list.push_back(section);
    };
    for (const Section& section : site_.mirror.sections)
        add(section_place(section), {.kind = ListKind::kSection, .name = section.key});
    // A mirror without sections still shows its newest articles.
    if (site_.mirror.sections.empty()) add(all_place(site_), {});
    values.set("sections", list);

    Links links("");
    const auto add_link = [&](const ListPlace& place) {
        links.add(place.name, index_path(site_, place));
    };
    add_link(all_place(site_));
    add_link(months_place(site_));
    add_link(tags_place(site_));
    set_feeds(values, all_place(site_), path);
    set_announcements(values, path);
    Links companions("");
    for (const Companion& companion : site_.mirror.companions)
        companions.add(companion.name, companion_path(site_, companion));
    companions.set_in(values, "companions");
    links.add(site_.text("feeds"), atom_path(all_place(site_)));
    links.set_in(values, "links");
    values.set("is_home", true);
    if (const std::string& contact = site_.mirror.contact; !contact.empty()) {
        const bool is_link = is_safe_link(contact);
        const std::string_view mailto = "mailto:";
        const std::string shown =
            contact.starts_with(mailto) ? contact.substr(mailto.size()) : contact;
        Values made(Values::type::object);
        made.set("text", shown);
        made.set("href", is_link ? Values(contact) : Values(false));
        made.set("link", is_link ? markdown_link(shown, contact) : escape_markdown(contact));
        values.set("contact", made);
    }
    finish_page(site_, Page::kHome,
                {.path = path, .title = site_.mirror.title, .language = {}, .menu = menu_}, values,
                sink_);
}

}  // namespace

std::size_t archived_pages(std::size_t list_size) {
    const std::size_t full = list_size / kArchivePageSize;
    return full > 0 ? full - 1 : 0;
}

bool has_pages(const Site& site, const ListKey& list, std::size_t size) {
    switch (list.kind) {
        case ListKind::kAll:
            return true;
        case ListKind::kSection:
            return site.section(list.name) != nullptr;
        case ListKind::kMonth:
            return size > 0;
        case ListKind::kTag:
            break;
    }
    return size >= kMinTagArticles;
}

ListPlace place_of(const Site& site, const ListKey& list, const Lists& lists) {
    switch (list.kind) {
        case ListKind::kAll:
            break;
        case ListKind::kSection:
            return section_place(*site.section(list.name));
        case ListKind::kMonth:
            return month_place(list.name);
        case ListKind::kTag:
            return tag_place(list.name, lists.tag_name(list.name));
    }
    return all_place(site);
}

void render_list(const Site& site, const ListKey& list, const Lists& lists,
                 const PagesToRender& pages, const Sink& sink) {
    ListWriter(site, lists, sink).write_list(list, pages);
}

void render_fronts(const Site& site, const Lists& lists, const FrontView& view, const Sink& sink) {
    ListWriter writer(site, lists, sink);
    writer.write_home(view);
    writer.write_hot(view);
    writer.write_months();
    // Without it, Git hosts' page services would run the files through a site generator.
    if (!site.is_html()) sink({.path = ".nojekyll", .bytes = {}});
    if (site.is_html()) render_site_files(site, sink);
    for (const Companion& companion : site.mirror.companions) {
        Values values(Values::type::object);
        values.set("url", companion.url);
        values.set("link", markdown_link(companion.url, companion.url));
        finish_page(site, Page::kRedirect,
                    {.path = companion_path(site, companion),
                     .title = companion.name,
                     .language = {},
                     .menu = {}},
                    values, sink);
    }
}

void render_tags(const Site& site, const Lists& lists, const Sink& sink) {
    ListWriter(site, lists, sink).write_tags();
}

MemoryLists::MemoryLists(std::span<const ArticleSummary> articles,
                         std::map<std::string, std::string> tag_names)
    : tag_names_(std::move(tag_names)) {
    for (const ArticleSummary& article : articles)
        for (ListKey& list : lists_of(article)) lists_[std::move(list)].push_back(&article);
}

std::size_t MemoryLists::size(const ListKey& list) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? 0 : found->second.size();
}

std::vector<ArticleSummary> MemoryLists::part(const ListKey& list, std::size_t skip,
                                              std::size_t count) const {
    std::vector<ArticleSummary> out;
    const auto found = lists_.find(list);
    if (found == lists_.end()) return out;
    const auto& all = found->second;
    for (std::size_t i = skip; i < all.size() && i - skip < count; ++i) out.push_back(*all[i]);
    return out;
}

std::vector<std::chrono::sys_seconds> MemoryLists::times(const ListKey& list, std::size_t skip,
                                                         std::size_t count) const {
    std::vector<std::chrono::sys_seconds> out;
    const auto found = lists_.find(list);
    if (found == lists_.end()) return out;
    const auto& all = found->second;
    for (std::size_t i = skip; i < all.size() && i - skip < count; ++i)
        out.push_back(appeared(*all[i]));
    return out;
}

std::vector<std::string> MemoryLists::names(ListKind kind) const {
    std::vector<std::string> out;
    for (auto list = lists_.lower_bound({.kind = kind, .name = {}});
         list != lists_.end() && list->first.kind == kind; ++list)
        out.push_back(list->first.name);
    return out;
}

std::string MemoryLists::tag_name(const std::string& key) const {
    const auto found = tag_names_.find(key);
    return found == tag_names_.end() ? key : found->second;
}

}  // namespace heliograph::render
