// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/build.h"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "model/list.h"
#include "pipeline/edition.h"
#include "pipeline/picks.h"
#include "pipeline/place.h"
#include "pipeline/theme_folder.h"
#include "pipeline/worker_pool.h"
#include "render/renderer.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

// Rows of the store are written in groups: one transaction a file would wait for the disk each
// time.
constexpr std::size_t kFilesPerTransaction = 2000;
// Articles that a worker renders at once, and groups that may wait for one: enough that none is
// idle, few enough that the articles in memory stay few.
constexpr std::size_t kArticlesPerJob = 64;
constexpr std::size_t kJobsPerWorker = 3;

// The store's lists, asked one by one.
class StoreLists final : public render::Lists {
  public:
    explicit StoreLists(store::Store& store) : store_(store) {}
    [[nodiscard]] std::size_t size(const ListKey& list) const override {
        return store_.list_size(list);
    }
    [[nodiscard]] std::vector<ArticleSummary> part(const ListKey& list, std::size_t skip,
                                                   std::size_t count) const override {
        return store_.list_part(list, skip, count);
    }
    [[nodiscard]] std::vector<std::chrono::sys_seconds> times(const ListKey& list, std::size_t skip,
                                                              std::size_t count) const override {
        return store_.list_times(list, skip, count);
    }
    [[nodiscard]] std::vector<std::string> names(ListKind kind) const override {
        return store_.list_names(kind);
    }
    [[nodiscard]] std::string tag_name(const std::string& key) const override {
        return store_.tag_name(key);
    }

  private:
    store::Store& store_;
};

// A file that was rendered, and whether it had to be written.
struct Made {
    store::BuiltFile file;
    bool was_written = false;
    bool is_noted = false;  // the store knows it as it is
};

// An article as the store gave it, for another thread to read and render.
struct PackedView {
    store::PackedArticle article;
    ArticleSummary summary;
    render::Assets assets;
    std::vector<Article> earlier;
    std::set<std::string> linked_tags;
    std::string key;  // of its files
};

render::ArticleView unpack(PackedView packed, const Edition& edition) {
    render::ArticleView view{.article = store::read(std::move(packed.article)),
                             .summary = std::move(packed.summary),
                             .assets = std::move(packed.assets),
                             .earlier = std::move(packed.earlier),
                             .linked_tags = std::move(packed.linked_tags)};
    view.article.publisher = view.summary.publisher;
    view.article.sections = view.summary.sections;
    edition.convert(view.article);
    edition.convert(view.summary);
    for (Article& earlier : view.earlier) edition.convert(earlier);
    return view;
}

// What changed of a list since the last build.
struct ListChange {
    // From this place on, counted from the oldest, articles moved.
    std::size_t moved_from = std::numeric_limits<std::size_t>::max();
    std::set<std::size_t> touched;  // places of articles that changed and stayed
    std::size_t came = 0;
    std::size_t went = 0;
};

class Build {
  public:
    Build(const Config& config, const Target& target, const Workspace& workspace,
          store::Store& store, Progress& progress, render::Renderer renderer,
          render::ThemeFiles theme, Edition edition)
        : config_(config),
          target_(target),
          config_directory_(workspace.config_directory),
          tree_(workspace.tree(target)),
          store_(store),
          progress_(progress),
          renderer_(std::move(renderer)),
          theme_(std::move(theme)),
          edition_(std::move(edition)) {}

    BuildReport run(BuildExtent extent);

  private:
    // Everything.
    void build_all(BuildExtent extent);
    class Workers;
    void build_articles(const std::vector<ArticleSummary>& articles, const render::Lists& lists,
                        BuildExtent extent, Workers& workers);
    void build_lists(const render::Lists& lists, Workers& workers);
    void link_pictures();
    void remove_unseen();

    // What changed.
    void build_changes(std::int64_t after);
    void build_changed_article(const std::string& id, const std::optional<Place>& before,
                               std::map<ListKey, ListChange>& changed_lists);
    void build_changed_lists(const std::map<ListKey, ListChange>& changed_lists);
    [[nodiscard]] render::PagesToRender pages_of(const ListChange& change, std::size_t size,
                                                 std::size_t old_size) const;
    void build_tags(const render::Lists& lists);
    void build_article(const ArticleSummary& summary, const render::Lists& lists);
    void update_pictures(const std::string& id, const std::vector<std::string>& before);
    void remove(const std::string& path);

    void build_sitemaps(const ListChange& change, std::size_t size, std::size_t old_size);

    // Both.
    void build_feeds(const ListKey& list, const render::Lists& lists);
    void build_fronts(const render::Lists& lists);
    [[nodiscard]] std::set<std::string> linked_tags(const ArticleSummary& summary,
                                                    const render::Lists& lists) const;
    [[nodiscard]] std::string key_of(const ArticleSummary& summary,
                                     const std::set<std::string>& linked_tags) const;
    [[nodiscard]] std::optional<PackedView> load(const ArticleSummary& summary,
                                                 std::set<std::string> linked_tags,
                                                 std::string key);
    [[nodiscard]] std::optional<store::BuiltFile> before(const std::string& path) const;
    render::Sink sink(std::string key = {});
    Made make(File file, const std::string& key);
    void take(std::vector<Made> made);
    void link_picture(const Asset& asset);
    void note(store::BuiltFile file);
    void save_notes();
    void forget_seen_changes();

    const Config& config_;
    const Target& target_;
    fs::path config_directory_;
    fs::path tree_;
    store::Store& store_;
    Progress& progress_;
    render::Renderer renderer_;
    render::ThemeFiles theme_;
    Edition edition_;
    BuildReport report_;
    std::vector<ArticleSummary> picks_;
    bool is_full_ = false;
    std::map<std::string, store::BuiltFile> built_;  // full: as the last build left it
    std::set<std::string> unseen_;                   // of those, not of this one so far
    std::set<std::string> done_articles_;            // not full: looked at already
    std::vector<store::BuiltFile> notes_;
    std::mutex claims_;  // workers make files too
    std::set<std::string> claimed_;
    std::vector<std::string> twice_;
};

BuildReport Build::run(BuildExtent extent) {
    report_.target = target_.name;
    place_articles(config_, store_);
    picks_ = read_picks(config_, config_directory_, store_);
    for (ArticleSummary& article : picks_) edition_.convert(article);
    const auto state = store_.build_state(target_.name);
    const store::BuildState now{.change = store_.last_change(),
                                .generation = renderer_.site_generation(),
                                .fronts = fingerprint_of(picks_)};
    // A tree that somebody deleted is built anew, as is one whose changes are not all known.
    const bool knows_changes = state && fs::exists(tree_) && state->generation == now.generation &&
                               state->change + 1 >= store_.first_change();
    if (extent == BuildExtent::kFull || !knows_changes) {
        store_.drop_build_state(target_.name);
        is_full_ = true;
        build_all(extent);
    } else if (*state != now) {
        build_changes(state->change);
    }
    save_notes();
    if (is_full_ || *state != now) {
        store_.transaction([&] {
            store_.save_build_state(target_.name, now);
            forget_seen_changes();
        });
    }
    progress_.finish();
    report_.files = store_.built_count(target_.name);
    for (const std::string& path : twice_) {
        report_.failures.push_back(
            {path, "two pages of the mirror have this path; the second one was left out"});
    }
    return std::move(report_);
}

// ---------------------------------------------------------------- everything

// Renders on several threads. A renderer is used from one thread at a time: each job takes one that
// is free, or opens another.
class Build::Workers {
  public:
    using Work = std::function<void(const render::Renderer& renderer, std::vector<Made>& made)>;

    explicit Workers(Build& build) : build_(build), pool_(kThreads) {}

    void submit(Work work) {
        pool_.submit(
            [this, work = std::move(work)] {
                std::unique_ptr<render::Renderer> renderer = take_renderer();
                std::vector<Made> made;
                work(*renderer, made);
                const std::scoped_lock lock(lock_);
                free_.push_back(std::move(renderer));
                return made;
            },
            [this](std::vector<Made> made) { build_.take(std::move(made)); });
        wait_until(kThreads * kJobsPerWorker);
    }
    void finish() { wait_until(0); }

  private:
    void wait_until(std::size_t pending) {
        while (pool_.pending() > pending) {
            pool_.wait(std::chrono::milliseconds{100});
            pool_.drain();
        }
    }

    std::unique_ptr<render::Renderer> take_renderer() {
        {
            const std::scoped_lock lock(lock_);
            if (!free_.empty()) {
                auto renderer = std::move(free_.back());
                free_.pop_back();
                return renderer;
            }
        }
        // The theme parsed once already.
        return std::make_unique<render::Renderer>(
            render::Renderer::open(build_.edition_.mirror(), build_.target_, build_.theme_)
                .value());
    }

    inline static const std::size_t kThreads = std::max(1U, std::thread::hardware_concurrency());

    Build& build_;
    std::mutex lock_;
    std::vector<std::unique_ptr<render::Renderer>> free_;
    WorkerPool pool_;  // last: its threads end before what they use
};

void Build::build_all(BuildExtent extent) {
    if (fs::exists(tree_)) built_ = store_.built(target_.name);
    make_directories(tree_);
    for (const auto& [path, file] : built_) unseen_.insert(unseen_.end(), path);

    const std::vector<ArticleSummary> articles = store_.listed();
    const render::MemoryLists written(articles, store_.tag_names());
    const EditionLists lists(written, edition_);
    Workers workers(*this);
    build_articles(articles, lists, extent, workers);
    build_lists(lists, workers);
    build_fronts(lists);
    for (const Tombstone& tombstone : store_.tombstones())
        renderer_.render_tombstone(tombstone, sink());
    link_pictures();
    workers.finish();
    save_notes();
    remove_unseen();
}

void Build::build_articles(const std::vector<ArticleSummary>& articles, const render::Lists& lists,
                           BuildExtent extent, Workers& workers) {
    std::vector<PackedView> job;
    const auto submit = [&] {
        workers.submit([this, job = std::exchange(job, {})](const render::Renderer& renderer,
                                                            std::vector<Made>& made) mutable {
            for (PackedView& packed : job) {
                const std::string key = packed.key;
                renderer.render_article(unpack(std::move(packed), edition_), [&](File file) {
                    made.push_back(make(std::move(file), key));
                });
            }
        });
    };
    std::size_t done = 0;
    for (const ArticleSummary& summary : articles) {
        progress_.show("pages of " + target_.name, done++, articles.size());
        std::set<std::string> tags = linked_tags(summary, lists);
        const std::string key = key_of(summary, tags);
        const std::vector<std::string> paths = renderer_.article_files(summary);
        const bool is_unchanged = extent == BuildExtent::kChanges &&
                                  std::ranges::all_of(paths, [&](const std::string& path) {
                                      const auto before = built_.find(path);
                                      return before != built_.end() && before->second.key == key;
                                  });
        if (is_unchanged) {
            for (const std::string& path : paths) unseen_.erase(path);
            continue;
        }
        auto view = load(summary, std::move(tags), key);
        if (!view) continue;  // it went since; the next build removes its page
        job.push_back(*std::move(view));
        if (job.size() == kArticlesPerJob) submit();
    }
    if (!job.empty()) submit();
}

void Build::build_lists(const render::Lists& lists, Workers& workers) {
    const auto build_list = [&](const ListKey& list) {
        if (!renderer_.has_pages(list, lists.size(list))) return;
        workers.submit(
            [this, &lists, list](const render::Renderer& renderer, std::vector<Made>& made) {
                renderer.render_list(list, lists, {},
                                     [&](File file) { made.push_back(make(std::move(file), "")); });
            });
    };
    build_list({});
    for (const Section& section : config_.mirror.sections)
        build_list({.kind = ListKind::kSection, .name = section.key});
    for (const ListKind kind : {ListKind::kMonth, ListKind::kTag})
        for (const std::string& name : lists.names(kind)) build_list({.kind = kind, .name = name});
    renderer_.render_tags(lists, sink());
    workers.submit([this, &lists](const render::Renderer& renderer, std::vector<Made>& made) {
        renderer.render_sitemaps(lists, {},
                                 [&](File file) { made.push_back(make(std::move(file), "")); });
    });
    build_feeds({}, lists);
    for (const Section& section : config_.mirror.sections)
        build_feeds({.kind = ListKind::kSection, .name = section.key}, lists);
}

void Build::link_pictures() {
    for (const Asset& asset : store_.pictures_in_use()) {
        unseen_.erase(asset_path(asset));
        const auto old = built_.find(asset_path(asset));
        if (old == built_.end() || old->second.digest.hash != asset.hash) link_picture(asset);
    }
}

// Files first, then their rows: a row without its file would be published as a broken page, a file
// without a row is only made again.
void Build::remove_unseen() {
    for (const std::string& path : unseen_) {
        remove_file_and_empty_parents(tree_ / path, tree_);
        ++report_.removed;
    }
    store_.transaction([&] {
        for (const std::string& path : unseen_) store_.remove_built(target_.name, path);
    });
}

// ---------------------------------------------------------------- what changed

void Build::build_changes(std::int64_t after) {
    // Of an article that changed more than once, where it stood before all of it.
    std::map<std::string, std::optional<Place>> changed;
    for (store::PlaceChange& change : store_.changes_after(after))
        changed.try_emplace(std::move(change.article), std::move(change.before));

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

void Build::build_changed_article(const std::string& id, const std::optional<Place>& before,
                                  std::map<ListKey, ListChange>& changed_lists) {
    const StoreLists written(store_);
    const EditionLists lists(written, edition_);
    const std::optional<ArticleSummary> now = store_.listed(id);
    std::vector<ListKey> lists_now;
    std::vector<std::string> files_now;
    if (now) {
        lists_now = lists_of(*now);
        files_now = renderer_.article_files(*now);
        build_article(*now, lists);
    } else if (const auto tombstone = store_.tombstone(id)) {
        files_now.push_back(renderer_.tombstone_path(*tombstone));
        renderer_.render_tombstone(*tombstone, sink());
    }
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
        if (has_pages) renderer_.render_list(list, lists, pages_of(change, size, old_size), sink());
        if (old_size > size) {
            const std::vector<std::string> files = renderer_.list_files(list, size);
            const std::set<std::string> kept(files.begin(), files.end());
            for (const std::string& path : renderer_.list_files(list, old_size))
                if (!kept.contains(path)) remove(path);
        }
        if (list.kind == ListKind::kAll) build_sitemaps(change, size, old_size);
        if (has_pages && render::Renderer::has_feeds(list)) build_feeds(list, lists);
        if (list.kind == ListKind::kTag && has_pages != had_pages) {
            tags_changed = true;
            // Its articles' pages link to it from now on, or no longer.
            for (const ArticleSummary& article : written.part(list, 0, size))
                build_article(article, lists);
        }
    }
    if (tags_changed) build_tags(lists);
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
    for (const auto& [url, asset] : store_.pictures_of(id)) {
        const std::string path = asset_path(asset);
        if (!now.insert(path).second || store_.built_file(target_.name, path)) continue;
        link_picture(asset);
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

// ---------------------------------------------------------------- both

void Build::build_feeds(const ListKey& list, const render::Lists& lists) {
    std::vector<render::ArticleView> newest;
    for (const ArticleSummary& summary : lists.part(list, 0, render::Renderer::feed_size()))
        if (auto view = load(summary, {}, {})) newest.push_back(unpack(*std::move(view), edition_));
    renderer_.render_feeds(list, newest, sink());
}

void Build::build_fronts(const render::Lists& lists) {
    render::FrontView view;
    view.picks = picks_;
    const auto add_pictures = [&](const ListKey& list, std::size_t count) {
        for (const ArticleSummary& article : lists.part(list, 0, count)) {
            if (article.lead_image_url.empty()) continue;
            const auto picture = store_.picture(article.lead_image_url);
            if (picture && picture->asset)
                view.assets.emplace(article.lead_image_url, *picture->asset);
        }
    };
    add_pictures({}, render::Renderer::front_size());
    for (const ArticleSummary& article : picks_)
        if (const auto picture = store_.picture(article.lead_image_url); picture && picture->asset)
            view.assets.emplace(article.lead_image_url, *picture->asset);
    // The second is shown with its picture where the first is the lead.
    for (const Section& section : config_.mirror.sections)
        add_pictures({.kind = ListKind::kSection, .name = section.key}, 2);
    renderer_.render_fronts(lists, view, sink());
}

std::set<std::string> Build::linked_tags(const ArticleSummary& summary,
                                         const render::Lists& lists) const {
    std::set<std::string> tags;
    for (const ListKey& list : lists_of(summary))
        if (list.kind == ListKind::kTag && renderer_.has_pages(list, lists.size(list)))
            tags.insert(list.name);
    return tags;
}

std::string Build::key_of(const ArticleSummary& summary,
                          const std::set<std::string>& linked_tags) const {
    Fingerprint fingerprint;
    fingerprint.add(renderer_.generation()).add(summary.fingerprint).add(summary.publisher);
    for (const std::string& section : summary.sections) fingerprint.add(section);
    fingerprint.add(linked_tags.size());
    for (const std::string& tag : linked_tags) fingerprint.add(tag);
    return fingerprint.hex();
}

std::optional<PackedView> Build::load(const ArticleSummary& summary,
                                      std::set<std::string> linked_tags, std::string key) {
    auto article = store_.packed_article(summary.id);
    if (!article) return std::nullopt;
    PackedView view{.article = *std::move(article),
                    .summary = summary,
                    .assets = store_.pictures_of(summary.id),
                    .earlier = {},
                    .linked_tags = std::move(linked_tags),
                    .key = std::move(key)};
    for (int number = 1; number < summary.revision; ++number)
        if (auto text = store_.earlier_article(summary.id, number))
            view.earlier.push_back(*std::move(text));
    return view;
}

std::optional<store::BuiltFile> Build::before(const std::string& path) const {
    if (!is_full_) return store_.built_file(target_.name, path);
    const auto found = built_.find(path);
    if (found == built_.end()) return std::nullopt;
    return found->second;
}

render::Sink Build::sink(std::string key) {
    return [this, key = std::move(key)](File file) {
        std::vector<Made> made;
        made.push_back(make(std::move(file), key));
        take(std::move(made));
    };
}

// In a full build workers call this; then it reads what no thread changes meanwhile.
Made Build::make(File file, const std::string& key) {
    {
        const std::scoped_lock lock(claims_);
        if (!claimed_.insert(file.path).second) {
            twice_.push_back(file.path);
            return {};
        }
    }
    Made made{.file = {.path = std::move(file.path),
                       .digest = {.hash = sha256_hex(file.bytes), .size = file.bytes.size()},
                       .key = key},
              .was_written = false,
              .is_noted = false};
    const auto old = before(made.file.path);
    const bool same_bytes = old && old->digest == made.file.digest;
    made.is_noted = same_bytes && old->key == key;
    if (!same_bytes) {
        if (old) {
            write_file_atomically(tree_ / made.file.path, file.bytes);
        } else {
            write_new_file(tree_ / made.file.path, file.bytes);
        }
        made.was_written = true;
    }
    return made;
}

void Build::take(std::vector<Made> made) {
    for (Made& one : made) {
        if (one.file.path.empty()) continue;
        if (is_full_) unseen_.erase(one.file.path);
        if (one.was_written) ++report_.written;
        if (!one.is_noted) note(std::move(one.file));
    }
}

void Build::link_picture(const Asset& asset) {
    const std::string path = asset_path(asset);
    link_file_atomically(store_.blob_path(asset.hash), tree_ / path);
    ++report_.written;
    note({.path = path, .digest = {.hash = asset.hash, .size = asset.size}, .key = asset.hash});
}

void Build::note(store::BuiltFile file) {
    notes_.push_back(std::move(file));
    if (notes_.size() >= kFilesPerTransaction) save_notes();
}

void Build::save_notes() {
    if (notes_.empty()) return;
    store_.transaction([&] {
        for (const store::BuiltFile& file : notes_) store_.save_built(target_.name, file);
    });
    notes_.clear();
}

// What every target of the configuration shows by now needs no log any more.
void Build::forget_seen_changes() {
    std::int64_t seen = store_.last_change();
    for (const Target& target : config_.targets)
        if (const auto state = store_.build_state(target.name))
            seen = std::min(seen, state->change);
    store_.forget_changes(seen);
}

}  // namespace

Result<BuildReport> build(const Config& config, const Target& target, const Workspace& workspace,
                          store::Store& store, Progress& progress, BuildExtent extent) {
    auto theme = read_theme(config.mirror, workspace.config_directory);
    if (!theme) return std::unexpected(std::move(theme).error());
    auto edition = Edition::open(config.mirror, target);
    if (!edition) return std::unexpected(std::move(edition).error());
    auto renderer = render::Renderer::open(edition->mirror(), target, *theme);
    if (!renderer) return std::unexpected(std::move(renderer).error());
    return Build(config, target, workspace, store, progress, *std::move(renderer),
                 *std::move(theme), *std::move(edition))
        .run(extent);
}

}  // namespace heliograph::pipeline
