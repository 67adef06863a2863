// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Build that looks at every page, on all processors.
#include <algorithm>
#include <functional>
#include <thread>
#include <utility>

#include "base/file.h"
#include "pipeline/build_run.h"
#include "pipeline/worker_pool.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

// Articles that a worker renders at once, and groups that may wait for one: enough that none is
// idle, few enough that the articles in memory stay few.
constexpr std::size_t kArticlesPerJob = 64;
constexpr std::size_t kJobsPerWorker = 3;

}  // namespace

// Renders on several threads.
class Build::Workers {
  public:
    using Work = std::function<void(std::vector<Made>& made)>;

    explicit Workers(Build& build) : build_(build), pool_(kThreads) {}

    void submit(Work work) {
        pool_.submit(
            [work = std::move(work)] {
                std::vector<Made> made;
                work(made);
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

    inline static const std::size_t kThreads = std::max(1U, std::thread::hardware_concurrency());

    Build& build_;
    WorkerPool pool_;
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
    if (target_.part_of.empty()) build_lists(lists, workers);
    build_fronts(lists);
    for (const Tombstone& tombstone : store_.tombstones())
        if (renderer_.holds(tombstone.appeared)) renderer_.render_tombstone(tombstone, sink());
    link_pictures(articles);
    workers.finish();
    save_notes();
    remove_unseen();
}

void Build::build_articles(const std::vector<ArticleSummary>& articles, const render::Lists& lists,
                           BuildExtent extent, Workers& workers) {
    // Of an article: what says that its pages are to be made, and how.
    struct Order {
        const ArticleSummary* summary;
        std::set<std::string> tags;
        std::string key;
    };
    std::vector<Order> orders;
    const auto submit = [&] {
        std::vector<PackedView> job;
        store_.read_together([&] {
            for (Order& order : orders) {
                auto view = load(*order.summary, std::move(order.tags), std::move(order.key));
                // One that went since: the next build removes its page.
                if (view) job.push_back(*std::move(view));
            }
        });
        orders.clear();
        workers.submit([this, job = std::move(job)](std::vector<Made>& made) mutable {
            for (PackedView& packed : job) {
                const std::string key = packed.key;
                renderer_.render_article(unpack(std::move(packed), edition_), [&](File file) {
                    made.push_back(make(std::move(file), key));
                });
            }
        });
    };
    std::size_t done = 0;
    for (const ArticleSummary& summary : articles) {
        progress_.show("pages of " + target_.name, done++, articles.size());
        if (!renderer_.holds(appeared(summary))) continue;
        std::set<std::string> tags = linked_tags(summary, lists);
        std::string key = key_of(summary, tags);
        // Where there was nothing, nothing has to be asked.
        if (extent == BuildExtent::kChanges && !built_.empty()) {
            const std::vector<std::string> paths = renderer_.article_files(summary);
            const auto is_as_before = [&](const std::string& path) {
                const auto before = built_.find(path);
                return before != built_.end() && before->second.key == key;
            };
            if (std::ranges::all_of(paths, is_as_before)) {
                for (const std::string& path : paths) unseen_.erase(path);
                continue;
            }
        }
        orders.push_back({&summary, std::move(tags), std::move(key)});
        if (orders.size() == kArticlesPerJob) submit();
    }
    if (!orders.empty()) submit();
}

void Build::build_lists(const render::Lists& lists, Workers& workers) {
    const auto build_list = [&](const ListKey& list) {
        if (!renderer_.has_pages(list, lists.size(list))) return;
        workers.submit([this, &lists, list](std::vector<Made>& made) {
            renderer_.render_list(list, lists, {},
                                  [&](File file) { made.push_back(make(std::move(file), "")); });
        });
    };
    build_list({});
    for (const Section& section : config_.mirror.sections)
        build_list({.kind = ListKind::kSection, .name = section.key});
    for (const ListKind kind : {ListKind::kMonth, ListKind::kTag})
        for (const std::string& name : lists.names(kind)) build_list({.kind = kind, .name = name});
    renderer_.render_tags(lists, sink());
    workers.submit([this, &lists](std::vector<Made>& made) {
        renderer_.render_sitemaps(lists, {},
                                  [&](File file) { made.push_back(make(std::move(file), "")); });
    });
    build_feeds({}, lists);
    for (const Section& section : config_.mirror.sections)
        build_feeds({.kind = ListKind::kSection, .name = section.key}, lists);
}

void Build::link_pictures(const std::vector<ArticleSummary>& articles) {
    std::set<std::string> done;
    const auto link = [&](const Asset& asset) {
        const std::string path = asset_path(asset);
        if (!done.insert(path).second) return;
        unseen_.erase(path);
        const auto old = built_.find(path);
        if (old == built_.end() || old->second.digest.hash != asset.hash) link_picture(asset);
    };
    if (!is_divided()) {
        for (const Asset& asset : store_.pictures_in_use()) link(asset);
        if (target_.format == PageFormat::kHtml)
            for (const Asset& asset : store_.other_pictures_in_use()) link(asset);
        return;
    }
    for (const ArticleSummary& article : articles)
        if (renderer_.holds(appeared(article)))
            for (const auto& [url, asset] : pictures_of(article.id))
                for (const Asset& file : files_of(asset)) link(file);
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

}  // namespace heliograph::pipeline
