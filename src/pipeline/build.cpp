// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/build.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "pipeline/build_run.h"
#include "pipeline/picks.h"
#include "pipeline/place.h"
#include "pipeline/theme_folder.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

// Rows of the store are written in groups: one transaction a file would wait for the disk each
// time.
constexpr std::size_t kFilesPerTransaction = 2000;

}  // namespace

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

BuildReport Build::run(BuildExtent extent) {
    report_.target = target_.name;
    if (!renderer_.missing_texts().empty())
        report_.notes.push_back({target_.name, renderer_.missing_texts()});
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

void Build::build_feeds(const ListKey& list, const render::Lists& lists) {
    std::vector<render::ArticleView> newest;
    for (const ArticleSummary& summary : lists.part(list, 0, render::Renderer::feed_size()))
        if (auto view = load(summary, {}, {})) newest.push_back(unpack(*std::move(view), edition_));
    renderer_.render_feeds(list, newest, sink());
}

void Build::build_fronts(const render::Lists& lists) {
    if (!target_.part_of.empty()) return renderer_.render_part_front(sink());
    render::FrontView view;
    view.picks = picks_;
    const auto add_pictures = [&](const ListKey& list, std::size_t count) {
        for (const ArticleSummary& article : lists.part(list, 0, count)) {
            if (article.lead_image_url.empty() || !renderer_.holds(appeared(article))) continue;
            const auto picture = store_.picture(article.lead_image_url);
            if (picture && picture->asset)
                view.assets.emplace(article.lead_image_url, *picture->asset);
        }
    };
    add_pictures({}, render::Renderer::front_size());
    for (const ArticleSummary& article : picks_) {
        if (!renderer_.holds(appeared(article))) continue;
        if (const auto picture = store_.picture(article.lead_image_url); picture && picture->asset)
            view.assets.emplace(article.lead_image_url, *picture->asset);
    }
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
    fingerprint.add(summary.excerpt);
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
                    .assets = pictures_of(summary.id),
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
    Made made{
        .file = {.path = std::move(file.path),
                 .digest = {.hash = sha256_hex_of_alike(file.bytes), .size = file.bytes.size()},
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

// What the target shows: a Git host's pages offer one size of a picture.
render::Assets Build::pictures_of(const std::string& id) {
    auto out = store_.pictures_of(id);
    if (target_.format == PageFormat::kMarkdown)
        for (auto& [url, asset] : out) asset.others.clear();
    return out;
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

namespace {

// What pages are made with.
struct Workshop {
    Edition edition;
    render::Renderer renderer;
};

Result<Workshop> open_workshop(const Mirror& mirror, const Target& target,
                               const Workspace& workspace) {
    auto theme = read_theme(mirror, workspace.config_directory);
    if (!theme) return std::unexpected(std::move(theme).error());
    auto edition = Edition::open(mirror, target);
    if (!edition) return std::unexpected(std::move(edition).error());
    auto renderer = render::Renderer::open(edition->mirror(), target, *theme);
    if (!renderer) return std::unexpected(std::move(renderer).error());
    return Workshop{*std::move(edition), *std::move(renderer)};
}

}  // namespace

Result<BuildReport> build(const Config& config, const Target& target, const Workspace& workspace,
                          store::Store& store, Progress& progress, BuildExtent extent) {
    auto workshop = open_workshop(config.mirror, target, workspace);
    if (!workshop) return std::unexpected(std::move(workshop).error());
    return Build(config, target, workspace, store, progress, std::move(workshop->renderer),
                 std::move(workshop->edition))
        .run(extent);
}

Result<std::string> what_is_unbuilt(const Config& config, const Target& target,
                                    const Workspace& workspace, store::Store& store) {
    const auto built = store.build_state(target.name);
    if (!built || built->change < store.last_change() || !store.unplaced().empty())
        return std::string("the store has changes that are not built yet");
    auto workshop = open_workshop(config.mirror, target, workspace);
    if (!workshop) return std::unexpected(std::move(workshop).error());
    if (built->generation != workshop->renderer.site_generation())
        return std::string("configuration or theme changed since the last build");
    return std::string();
}

}  // namespace heliograph::pipeline
