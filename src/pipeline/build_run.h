// SPDX-License-Identifier: GPL-3.0-or-later
// One call of build(), for the files that implement it: build.cpp has the order of things and what
// both ways share, build_all.cpp looks at every page, build_changes.cpp at what changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/list.h"
#include "pipeline/build.h"
#include "pipeline/edition.h"
#include "render/renderer.h"

namespace heliograph::pipeline {
// The store's lists, asked one by one.
class StoreLists final : public render::Lists {
  public:
    explicit StoreLists(store::Store& store) : store_(store) {}
    [[nodiscard]] std::size_t size(const ListKey& list) const override {
        return store_.list_size(list);
    }
    void each(const ListKey& list, std::size_t skip, std::size_t count,
              const Visit& visit) const override {
        for (const ArticleSummary& article : store_.list_part(list, skip, count)) visit(article);
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

render::ArticleView unpack(PackedView packed, const Edition& edition);

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
          store::Store& store, Progress& progress, render::Renderer renderer, Edition edition)
        : config_(config),
          target_(target),
          config_directory_(workspace.config_directory),
          tree_(workspace.tree(target)),
          store_(store),
          progress_(progress),
          renderer_(std::move(renderer)),
          edition_(std::move(edition)) {}

    BuildReport run(BuildExtent extent);

  private:
    // Everything.
    void build_all(BuildExtent extent);
    class Workers;
    void build_articles(const std::vector<ArticleSummary>& articles, const render::Lists& lists,
                        BuildExtent extent, Workers& workers);
    void build_lists(const render::Lists& lists, Workers& workers);
    void link_pictures(const std::vector<ArticleSummary>& articles);
    void remove_unseen();

    // What changed.
    void build_changes(std::int64_t after);
    [[nodiscard]] bool may_lose_pictures(
        const std::map<std::string, std::optional<Place>>& changed) const;
    void build_changed_article(const std::string& id, const std::optional<Place>& before,
                               std::map<ListKey, ListChange>& changed_lists);
    void build_changed_lists(const std::map<ListKey, ListChange>& changed_lists);
    void build_changed_list(const ListKey& list, const ListChange& change, std::size_t size,
                            std::size_t old_size, const render::Lists& lists);
    [[nodiscard]] render::PagesToRender pages_of(const ListChange& change, std::size_t size,
                                                 std::size_t old_size) const;
    void build_tags(const render::Lists& lists);
    void build_article(const ArticleSummary& summary, const render::Lists& lists);
    void update_pictures(const std::string& id, const std::vector<std::string>& before);
    void remove(const std::string& path);

    void build_sitemaps(const ListChange& change, std::size_t size, std::size_t old_size);

    // Both.
    // Its articles stand here and elsewhere, so it has not the pictures of all.
    [[nodiscard]] bool is_divided() const {
        return !target_.part_of.empty() || !target_.parts.empty();
    }
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
    [[nodiscard]] render::Assets pictures_of(const std::string& id);
    void link_picture(const Asset& asset);
    void note(store::BuiltFile file);
    void save_notes();
    void forget_seen_changes();

    const Config& config_;
    const Target& target_;
    std::filesystem::path config_directory_;
    std::filesystem::path tree_;
    store::Store& store_;
    Progress& progress_;
    render::Renderer renderer_;
    Edition edition_;
    BuildReport report_;
    std::vector<ArticleSummary> picks_;
    bool is_full_ = false;
    std::map<std::string, store::BuiltFile> built_;  // full: as the last build left it
    std::set<std::string> unseen_;                   // of those, not of this one so far
    std::set<std::string> done_articles_;            // not full: looked at already
    std::vector<store::BuiltFile> notes_;
    std::mutex claims_;  // workers make files too
    std::unordered_set<std::string> claimed_;
    std::vector<std::string> twice_;
};

}  // namespace heliograph::pipeline
