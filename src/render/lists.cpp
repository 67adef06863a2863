// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/lists.h"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "render/feeds.h"
#include "render/list_parts.h"

namespace heliograph::render {
namespace {

class ListWriter {
  public:
    ListWriter(const Site& site, const Lists& lists, const Sink& sink)
        : site_(site), lists_(lists), sink_(sink), parts_(site) {}

    void write_list(const ListKey& list, const PagesToRender& pages);
    void write_months();
    void write_tags();

  private:
    void write_archive_page(const ListKey& list, const ListPlace& place, std::size_t size,
                            std::size_t number);
    void write_archive_folder(const ListKey& list, const ListPlace& place, std::size_t size,
                              std::size_t folder);
    void write_links(const std::string& path, const std::string& title, Links links);

    const Site& site_;
    const Lists& lists_;
    const Sink& sink_;
    ListParts parts_;
};

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
    Values values = Values::object();
    values.set("entries", parts_.entries(newest, path));
    values.set("last_updated", parts_.last_updated(newest));
    Links links(path_to_root(path));
    if (archived > 0) {
        links.add(site_.text("older"), archive_path(site_, place, archived));
        for (std::size_t folder = archived / kPagesPerFolder + 1; folder-- > 0;)
            links.add(folder_text(site_, folder, archived),
                      archive_folder_path(site_, place, folder));
    }
    std::move(links).set_in(values, "links", "has_links");
    if (has_feeds(list)) parts_.set_feeds(values, place, path);
    parts_.set_announcements(values, path);
    finish_page(site_, Page::kList,
                {.path = path, .title = place.name, .language = {}, .menu = parts_.menu()}, values,
                sink_);

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
    Values values = Values::object();
    values.set("entries", parts_.archived(lists_, list, size - number * kArchivePageSize, path));
    values.set("last_updated", false);
    std::move(links).set_in(values, "links", "has_links");
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
                std::move(links));
}

void ListWriter::write_links(const std::string& path, const std::string& title, Links links) {
    Values values = Values::object();
    std::move(links).set_in(values, "pages", "has_pages");
    finish_page(site_, Page::kArchive,
                {.path = path, .title = title, .language = {}, .menu = parts_.menu()}, values,
                sink_);
}

void ListWriter::write_months() {
    const ListPlace months = months_place(site_);
    const std::string path = index_path(site_, months);
    Links links(path_to_root(path));
    std::vector<std::string> names = lists_.names(ListKind::kMonth);
    for (auto month = names.rbegin(); month != names.rend(); ++month)
        links.add(*month, index_path(site_, month_place(*month)));
    write_links(path, months.name, std::move(links));
}

// More tags than these are listed apart by their first character: a page of all tags of a large
// mirror would be the largest of its pages. Scripts with many characters share pages, 64 code
// points each.
constexpr std::size_t kMaxTagsOnOnePage = 150;

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
    const std::vector<TagGroup> groups = tag_groups(site_, lists_);
    std::size_t count = 0;
    for (const TagGroup& group : groups) count += group.keys.size();
    const auto add = [&](Links& links, const TagGroup& group) {
        for (const std::string& key : group.keys) {
            const std::string name = lists_.tag_name(key);
            links.add(name, index_path(site_, tag_place(key, name)));
        }
    };
    for (const TagGroup& group : groups) {
        if (count <= kMaxTagsOnOnePage) {
            add(index, group);
            continue;
        }
        const std::string group_path =
            fmt::format("{}{}{}", kTagIndexFolder, group.name, site_.extension());
        index.add(group.initials, group_path);
        Links links(path_to_root(group_path));
        add(links, group);
        write_links(group_path, tags.name + " – " + group.initials, std::move(links));
    }
    write_links(path, tags.name, std::move(index));
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

void render_months(const Site& site, const Lists& lists, const Sink& sink) {
    ListWriter(site, lists, sink).write_months();
}

void render_tags(const Site& site, const Lists& lists, const Sink& sink) {
    ListWriter(site, lists, sink).write_tags();
}

}  // namespace heliograph::render
