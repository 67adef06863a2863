// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/build.h"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "render/renderer.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

// Rows of the store are written in groups: one transaction a file would wait for the disk each
// time.
constexpr std::size_t kFilesPerTransaction = 500;

class Build {
  public:
    Build(const Config& config, const Target& target, const Workspace& workspace,
          store::Store& store, Progress& progress, render::Renderer renderer)
        : config_(config),
          target_(target),
          tree_(workspace.tree(target)),
          store_(store),
          progress_(progress),
          renderer_(std::move(renderer)) {}

    BuildReport run();

  private:
    void build_article(const ArticleSummary& summary);
    void write(File file, const std::string& key);
    void keep(const std::string& path) { unseen_.erase(path); }
    void link_pictures();
    void remove_unseen();
    void note(store::BuiltFile file);
    void save_notes();

    const Config& config_;
    const Target& target_;
    fs::path tree_;
    store::Store& store_;
    Progress& progress_;
    render::Renderer renderer_;
    BuildReport report_;
    std::map<std::string, store::BuiltFile> built_;
    std::set<std::string> unseen_;  // of the last build, not of this one so far
    std::set<std::string> written_;
    std::vector<store::BuiltFile> notes_;
};

BuildReport Build::run() {
    report_.target = target_.name;
    // A tree that somebody deleted is built anew.
    if (fs::exists(tree_)) built_ = store_.built(target_.name);
    make_directories(tree_);
    for (const auto& [path, file] : built_) unseen_.insert(unseen_.end(), path);

    const std::vector<ArticleSummary> articles = listed_articles(config_, store_);
    std::size_t done = 0;
    for (const ArticleSummary& summary : articles) {
        progress_.show("pages of " + target_.name, done++, articles.size());
        build_article(summary);
    }
    link_pictures();
    renderer_.render_lists(articles, store_.lead_pictures(),
                           [&](File file) { write(std::move(file), ""); });
    save_notes();
    remove_unseen();
    progress_.finish();
    report_.files = store_.built(target_.name).size();
    return std::move(report_);
}

void Build::build_article(const ArticleSummary& summary) {
    Fingerprint fingerprint;
    fingerprint.add(renderer_.generation()).add(summary.fingerprint).add(summary.publisher);
    for (const std::string& section : summary.sections) fingerprint.add(section);
    const std::string key = fingerprint.hex();

    const std::vector<std::string> paths = renderer_.article_files(summary);
    const bool unchanged = std::ranges::all_of(paths, [&](const std::string& path) {
        const auto before = built_.find(path);
        return before != built_.end() && before->second.key == key;
    });
    if (unchanged) {
        for (const std::string& path : paths) keep(path);
        return;
    }
    auto article = store_.article(summary.id);
    if (!article)
        return;  // REQUIRES of listed_articles; a store that changes under us is locked out
    article->publisher = summary.publisher;
    article->sections = summary.sections;
    renderer_.render_article(*article, summary, store_.pictures_of(summary.id),
                             [&](File file) { write(std::move(file), key); });
}

void Build::write(File file, const std::string& key) {
    if (!written_.insert(file.path).second) {
        report_.failures.push_back(
            {file.path, "two pages of the mirror have this path; the second one was left out"});
        return;
    }
    keep(file.path);
    store::BuiltFile made{.path = file.path,
                          .digest = {.hash = sha256_hex(file.bytes), .size = file.bytes.size()},
                          .key = key};
    const auto before = built_.find(file.path);
    const bool same_bytes = before != built_.end() && before->second.digest == made.digest;
    if (same_bytes && before->second.key == key) return;
    if (!same_bytes) {
        write_file_atomically(tree_ / file.path, file.bytes);
        ++report_.written;
    }
    note(std::move(made));
}

void Build::link_pictures() {
    for (const Asset& asset : store_.pictures_in_use()) {
        store::BuiltFile made{.path = asset_path(asset),
                              .digest = {.hash = asset.hash, .size = asset.size},
                              .key = asset.hash};
        keep(made.path);
        const auto before = built_.find(made.path);
        if (before != built_.end() && before->second.digest == made.digest) continue;
        link_file_atomically(store_.blob_path(asset.hash), tree_ / made.path);
        ++report_.written;
        note(std::move(made));
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

void Build::note(store::BuiltFile file) {
    notes_.push_back(std::move(file));
    if (notes_.size() >= kFilesPerTransaction) save_notes();
}

void Build::save_notes() {
    store_.transaction([&] {
        for (const store::BuiltFile& file : notes_) store_.save_built(target_.name, file);
    });
    notes_.clear();
}

}  // namespace

std::vector<ArticleSummary> listed_articles(const Config& config, store::Store& store) {
    std::vector<ArticleSummary> articles = store.summaries();
    const auto sources = store.sources_by_article();
    const auto is_section = [&](const std::string& key) {
        return std::ranges::find(config.mirror.sections, key, &Section::key) !=
               config.mirror.sections.end();
    };
    // Sources that left the configuration: their articles stay where they were.
    std::map<std::string, std::string> former_sections;
    for (const store::SourceState& source : store.sources())
        former_sections[source.url] = source.section;

    for (ArticleSummary& article : articles) {
        const auto of_article = sources.find(article.id);
        if (of_article == sources.end()) continue;
        std::set<std::string> sections;
        bool named = false;
        for (const std::string& url : of_article->second) {
            const auto source = std::ranges::find(config.sources, url, &Source::url);
            if (source == config.sources.end()) {
                if (is_section(former_sections[url])) sections.insert(former_sections[url]);
                continue;
            }
            sections.insert(source->section);
            if (!std::exchange(named, true)) article.publisher = source->name;
        }
        article.sections.assign(sections.begin(), sections.end());
    }
    return articles;
}

Result<BuildReport> build(const Config& config, const Target& target, const Workspace& workspace,
                          store::Store& store, Progress& progress) {
    auto renderer = render::Renderer::open(config.mirror, target);
    if (!renderer) return std::unexpected(std::move(renderer).error());
    return Build(config, target, workspace, store, progress, *std::move(renderer)).run();
}

}  // namespace heliograph::pipeline
