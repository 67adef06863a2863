// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Build that looks at what changed since the last one, and at nothing else.
#include <algorithm>

#include "base/file.h"
#include "pipeline/build_run.h"

namespace heliograph::pipeline {

void Build::build_changes(std::int64_t after) {
    // Of an article that changed more than once, where it stood before all of it.
    std::map<std::string, std::optional<Place>> changed;
    for (store::PlaceChange& change : store_.changes_after(after))
        changed.try_emplace(std::move(change.article), std::move(change.before));

    if (is_divided() && may_lose_pictures(changed)) {
        // Whether another article of this target shows them is not in the store.
        store_.drop_build_state(target_.name);
        is_full_ = true;
        return build_all(BuildExtent::kChanges);
    }
    std::map<ListKey, ListChange> changed_lists;
    std::size_t done = 0;
    for (const auto& [id, before] : changed) {
        progress_.show("pages of " + target_.name, done++, changed.size());
        build_changed_article(id, before, changed_lists);
    }
    build_changed_lists(changed_lists);
    const StoreLists written(store_);
    build_fronts(EditionLists(written, edition_));
}

bool Build::may_lose_pictures(const std::map<std::string, std::optional<Place>>& changed) const {
    return std::ranges::any_of(changed, [&](const auto& one) {
        const auto& [id, before] = one;
        if (!before || before->media.empty()) return false;
        const auto now = store_.listed(id);
        if (!now || renderer_.holds(appeared(*now)) != renderer_.holds(before->appeared))
            return true;
        std::set<std::string> media;
        for (const auto& [url, asset] : store_.pictures_of(id))
            for (const Asset& file : files_of(asset)) media.insert(asset_path(file));
        return std::ranges::any_of(before->media,
                                   [&](const auto& path) { return !media.contains(path); });
    });
}

void Build::build_changed_article(const std::string& id, const std::optional<Place>& before,
                                  std::map<ListKey, ListChange>& changed_lists) {
    const StoreLists written(store_);
    const EditionLists lists(written, edition_);
    const std::optional<ArticleSummary> now = store_.listed(id);
    std::vector<ListKey> lists_now;
    std::vector<std::string> files_now;
    if (now) {
        lists_now = lists_of(*now);
        if (renderer_.holds(appeared(*now))) files_now = renderer_.article_files(*now);
        build_article(*now, lists);
    } else if (const auto tombstone = store_.tombstone(id);
               tombstone && renderer_.holds(tombstone->appeared)) {
        files_now.push_back(renderer_.tombstone_path(*tombstone));
        renderer_.render_tombstone(*tombstone, sink());
    }
    if (!now || renderer_.holds(appeared(*now)))
        update_pictures(id, before ? before->media : std::vector<std::string>());
    if (before) {
        ArticleSummary old;
        old.id = id;
        old.first_captured = before->appeared;
        old.revision = before->revision;
        for (const ListKey& list : before->lists)
            if (list.kind == ListKind::kSection) old.sections.push_back(list.name);
        for (const std::string& path : renderer_.article_files(old))
            if (std::ranges::find(files_now, path) == files_now.end()) remove(path);
        const bool has_moved = !now || appeared(*now) != before->appeared;
        for (const ListKey& list : before->lists) {
            const bool has_left = std::ranges::find(lists_now, list) == lists_now.end();
            if (!has_left && !has_moved) continue;
            ListChange& change = changed_lists[list];
            change.moved_from =
                std::min(change.moved_from, store_.older_in_list(list, before->appeared, id));
            ++change.went;
        }
    }
    for (const ListKey& list : lists_now) {
        ListChange& change = changed_lists[list];
        const std::size_t place = store_.older_in_list(list, appeared(*now), id);
        const bool was_there = before && appeared(*now) == before->appeared &&
                               std::ranges::find(before->lists, list) != before->lists.end();
        if (was_there) {
            change.touched.insert(place);
        } else {
            change.moved_from = std::min(change.moved_from, place);
            ++change.came;
        }
    }
}

void Build::build_changed_lists(const std::map<ListKey, ListChange>& changed_lists) {
    const StoreLists written(store_);
    const EditionLists lists(written, edition_);
    bool tags_changed = false;
    for (const auto& [list, change] : changed_lists) {
        const std::size_t size = store_.list_size(list);
        const std::size_t old_size = size + change.went - change.came;
        const bool has_pages = renderer_.has_pages(list, size);
        const bool had_pages = renderer_.has_pages(list, old_size);
        if (target_.part_of.empty()) build_changed_list(list, change, size, old_size, lists);
        if (list.kind == ListKind::kTag && has_pages != had_pages) {
            tags_changed = true;
            // Its articles' pages link to it from now on, or no longer.
            for (const ArticleSummary& article : written.part(list, 0, size))
                build_article(article, lists);
        }
    }
    if (tags_changed && target_.part_of.empty()) build_tags(lists);
}

void Build::build_changed_list(const ListKey& list, const ListChange& change, std::size_t size,
                               std::size_t old_size, const render::Lists& lists) {
    const bool has_pages = renderer_.has_pages(list, size);
    if (has_pages) renderer_.render_list(list, lists, pages_of(change, size, old_size), sink());
    if (old_size > size) {
        const std::vector<std::string> files = renderer_.list_files(list, size);
        const std::set<std::string> kept(files.begin(), files.end());
        for (const std::string& path : renderer_.list_files(list, old_size))
            if (!kept.contains(path)) remove(path);
    }
    if (list.kind == ListKind::kAll) build_sitemaps(change, size, old_size);
    if (has_pages && render::Renderer::has_feeds(list)) build_feeds(list, lists);
}

// The archive pages of a list that are to be made again.
render::PagesToRender Build::pages_of(const ListChange& change, std::size_t size,
                                      std::size_t old_size) const {
    // Page n holds the places from (n - 1) * kPage on.
    constexpr std::size_t kPage = render::kArchivePageSize;
    const std::size_t archived = render::Renderer::archived_pages(size);
    const std::size_t old_archived = render::Renderer::archived_pages(old_size);
    render::PagesToRender pages;
    // What is full only now; and when there are fewer, the last, for its folder's sake.
    pages.from = std::min(old_archived + 1, std::max<std::size_t>(archived, 1));
    if (old_archived <= archived) pages.from = old_archived + 1;
    if (change.moved_from < size) pages.from = std::min(pages.from, change.moved_from / kPage + 1);
    for (const std::size_t place : change.touched) pages.those.insert(place / kPage + 1);
    return pages;
}

void Build::build_sitemaps(const ListChange& change, std::size_t size, std::size_t old_size) {
    render::PagesToRender pages{.from = change.moved_from / render::kSitemapSize + 1, .those = {}};
    for (const std::size_t place : change.touched)
        pages.those.insert(place / render::kSitemapSize + 1);
    // When articles went, the last one may have become the shorter.
    const std::vector<std::string> files = renderer_.sitemap_files(size);
    if (old_size > size) pages.those.insert(files.size());
    const StoreLists written(store_);
    renderer_.render_sitemaps(EditionLists(written, edition_), pages, sink());
    const std::vector<std::string> old_files = renderer_.sitemap_files(old_size);
    for (std::size_t i = files.size(); i < old_files.size(); ++i) remove(old_files[i]);
}

void Build::build_tags(const render::Lists& lists) {
    std::set<std::string> made;
    renderer_.render_tags(lists, [&](File file) {
        made.insert(file.path);
        sink()(std::move(file));
    });
    for (const std::string& folder : render::Renderer::tag_index_folders())
        for (const std::string& path : store_.built_paths(target_.name, folder))
            if (!made.contains(path)) remove(path);
}

void Build::build_article(const ArticleSummary& summary, const render::Lists& lists) {
    if (!renderer_.holds(appeared(summary))) return;
    if (!done_articles_.insert(summary.id).second) return;
    std::set<std::string> tags = linked_tags(summary, lists);
    const std::string key = key_of(summary, tags);
    const std::vector<std::string> paths = renderer_.article_files(summary);
    const bool is_unchanged = std::ranges::all_of(paths, [&](const std::string& path) {
        const auto before = store_.built_file(target_.name, path);
        return before && before->key == key;
    });
    if (is_unchanged) return;
    auto view = load(summary, std::move(tags), key);
    if (!view) return;  // it went since; the next build removes its page
    renderer_.render_article(unpack(*std::move(view), edition_), sink(key));
}

void Build::update_pictures(const std::string& id, const std::vector<std::string>& before) {
    std::set<std::string> now;
    for (const auto& [url, asset] : pictures_of(id)) {
        for (const Asset& file : files_of(asset)) {
            const std::string path = asset_path(file);
            if (!now.insert(path).second || store_.built_file(target_.name, path)) continue;
            link_picture(file);
        }
    }
    for (const std::string& path : before) {
        if (now.contains(path)) continue;
        const auto built = store_.built_file(target_.name, path);
        if (built && !store_.picture_in_use(built->digest.hash)) remove(path);
    }
}

void Build::remove(const std::string& path) {
    if (!store_.built_file(target_.name, path)) return;
    // The file first: a row without its file would be published as a broken page, a file without a
    // row is only made again.
    remove_file_and_empty_parents(tree_ / path, tree_);
    store_.remove_built(target_.name, path);
    ++report_.removed;
}

}  // namespace heliograph::pipeline
