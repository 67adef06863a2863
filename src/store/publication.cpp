// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that tells what a target lacks and how its publications went.
#include <iterator>
#include <utility>

#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {

std::vector<Change> Store::unpublished(const std::string& target) {
    // Both tables are in order of path, and walked through side by side: in a join, SQLite looks
    // each row of the one up in the other, which takes most of a small publication's time.
    Statement built = state_->database.prepare(
        "SELECT path, hash, size FROM built WHERE target = ? ORDER BY path");
    Statement published = state_->database.prepare(
        "SELECT path, hash, size FROM published WHERE target = ? ORDER BY path");
    built.bind(target);
    published.bind(target);
    std::vector<Change> out;
    std::vector<Change> gone;
    bool has_built = built.step();
    bool has_published = published.step();
    while (has_built || has_published) {
        const int order = !has_built       ? 1
                          : !has_published ? -1
                                           : built.view(0).compare(published.view(0));
        if (order > 0) {
            gone.push_back({.path = published.text(0), .kind = ChangeKind::kRemove, .digest = {}});
        } else if (order < 0 || built.number(2) != published.number(2) ||
                   built.view(1) != published.view(1)) {
            out.push_back({.path = built.text(0),
                           .kind = order < 0 ? ChangeKind::kAdd : ChangeKind::kChange,
                           .digest = {.hash = built.text(1),
                                      .size = static_cast<std::uint64_t>(built.number(2))}});
        }
        if (order <= 0) has_built = built.step();
        if (order >= 0) has_published = published.step();
    }
    out.insert(out.end(), std::make_move_iterator(gone.begin()),
               std::make_move_iterator(gone.end()));
    return out;
}

BuiltExtent Store::built_extent(const std::string& target) {
    // The path comes from the row of the maximum (sqlite.org/lang_select.html#bareagg).
    Statement s = state_->database.prepare(
        "SELECT COUNT(*), IFNULL(SUM(size), 0), IFNULL(MAX(size), 0), path FROM built WHERE target "
        "= ?");
    s.bind(target);
    s.step();
    return {.files = static_cast<std::uint64_t>(s.number(0)),
            .bytes = static_cast<std::uint64_t>(s.number(1)),
            .largest = static_cast<std::uint64_t>(s.number(2)),
            .largest_path = s.text(3)};
}

std::pair<std::string, std::uint64_t> Store::fullest_folder(const std::string& target) {
    Statement s = state_->database.prepare("SELECT path FROM built WHERE target = ? ORDER BY path");
    s.bind(target);
    std::map<std::string, std::uint64_t> entries;
    std::string last;
    while (s.step()) {
        const std::string path = s.text(0);
        // Each part of the path that the one before did not have is a new entry of its folder:
        // paths with the same beginning stand together in this order.
        for (std::size_t begin = 0; begin != std::string::npos;) {
            const std::size_t end = path.find('/', begin);
            const std::size_t length = end == std::string::npos ? path.size() : end + 1;
            if (last.compare(0, length, path, 0, length) != 0)
                ++entries[path.substr(0, begin > 0 ? begin - 1 : 0)];
            begin = end == std::string::npos ? end : end + 1;
        }
        last = path;
    }
    std::pair<std::string, std::uint64_t> most;
    for (const auto& [folder, count] : entries)
        if (count > most.second) most = {folder, count};
    return most;
}

std::size_t Store::published_count(const std::string& target) {
    Statement s = state_->database.prepare("SELECT COUNT(*) FROM published WHERE target = ?");
    s.bind(target);
    s.step();
    return static_cast<std::size_t>(s.number(0));
}

bool Store::is_published(const std::string& target, const std::string& path) {
    Statement s = state_->database.prepare("SELECT 1 FROM published WHERE target = ? AND path = ?");
    s.bind(target).bind(path);
    return s.step();
}

void Store::move_marker(const std::string& target, const std::string& marker) {
    state_->database.prepare("UPDATE target SET marker = ?2 WHERE name = ?1 AND marker <> ?2")
        .bind(target)
        .bind(marker)
        .run();
}

TargetOutcome Store::outcome(const std::string& target) {
    Statement s =
        state_->database.prepare("SELECT failures, problem, published FROM target WHERE name = ?");
    s.bind(target);
    TargetOutcome out;
    if (!s.step()) return out;
    out.failures = static_cast<int>(s.number(0));
    out.problem = s.text(1);
    out.published = s.optional_time(2);
    return out;
}

void Store::note_outcome(const std::string& target, const std::string& problem) {
    state_->database
        .prepare(
            "INSERT INTO target (name, marker, failures, problem) VALUES (?1, '', ?3, ?2) ON "
            "CONFLICT (name) DO UPDATE SET problem = ?2, failures = CASE WHEN ?2 = '' THEN 0 ELSE "
            "failures + 1 END")
        .bind(target)
        .bind(problem)
        .bind(std::int64_t{problem.empty() ? 0 : 1})
        .run();
}

}  // namespace heliograph::store
