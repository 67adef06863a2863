// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/reason.h"

#include <fmt/format.h>
#include <map>
#include <string_view>
#include <utility>

namespace heliograph::pipeline {
namespace {

// Of a file that is no article's.
std::string_view reason_of_front(std::string_view path) {
    if (path.starts_with("media/")) return "picture";
    if (path.starts_with("qr/")) return "QR code";
    if (path.starts_with("go/")) return "address of a companion";
    for (const std::string_view folder :
         {"all/", "hot/", "months/", "sections/", "sitemaps/", "tags/"})
        if (path.starts_with(folder)) return "list";
    return "home and fixed files";
}

// Of the article whose page, earlier text ("ID-r1.md") or QR picture has that path, if it is one's.
std::string id_in(const std::string& path) {
    const std::size_t name = path.rfind('/') + 1;
    std::string id = path.substr(name, path.find('.', name) - name);
    const std::size_t revision = id.rfind("-r");
    if (revision != std::string::npos &&
        id.find_first_not_of("0123456789", revision + 2) == std::string::npos)
        id.erase(revision);
    return id;
}

}  // namespace

Reasons::Reasons(const Config& config, const Target& target, store::Store& store)
    : store_(store), renderer_(render::Renderer::open(config.mirror, target)) {}

Reason Reasons::of(const Change& change) const {
    const std::string& path = change.path;
    const std::string id = id_in(path);
    if (const auto article = store_.listed(id)) {
        // Beside the page there may be earlier texts and QR pictures.
        const bool is_page = renderer_ && renderer_->article_path(*article) == path;
        switch (change.kind) {
            case ChangeKind::kAdd:
                return is_page ? Reason{"new article", article->sections}
                               : Reason{"part of an article", {}};
            case ChangeKind::kChange:
                return is_page ? Reason{"article changed", article->sections}
                               : Reason{"part of an article", {}};
            case ChangeKind::kRemove:
                return {"article moved", {}};
        }
    }
    if (const auto tombstone = store_.tombstone(id))
        return {tombstone->is_withdrawn ? "article withdrawn" : "article expired", {}};
    if (change.kind == ChangeKind::kRemove)
        return {path.starts_with("media/") ? "picture that no article shows"
                                           : "not part of the mirror any more",
                {}};
    return {std::string(reason_of_front(path)), {}};
}

std::string commit_message(const Reasons& reasons, const std::vector<Change>& changes) {
    std::size_t added = 0;
    std::size_t changed = 0;
    std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
    for (const Change& change : changes) {
        if (change.kind == ChangeKind::kRemove) continue;
        const auto sections = reasons.of(change).sections;
        if (!sections) continue;
        const bool is_new = change.kind == ChangeKind::kAdd;
        ++(is_new ? added : changed);
        for (const std::string& section : *sections) {
            auto& [of_new, of_changed] = counts[section];
            ++(is_new ? of_new : of_changed);
        }
    }
    if (added + changed == 0) return fmt::format("Publish {} changed files\n", changes.size());
    std::string message =
        added == 0     ? fmt::format("Publish {} changed articles\n\n", changed)
        : changed == 0 ? fmt::format("Publish {} new articles\n\n", added)
                       : fmt::format("Publish {} new and {} changed articles\n\n", added, changed);
    for (const auto& [section, count] : counts)
        message += fmt::format("{}: {} new, {} changed\n", section, count.first, count.second);
    return message;
}

}  // namespace heliograph::pipeline
