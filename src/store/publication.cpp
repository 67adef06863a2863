// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that tells what a target lacks and how its publications went.
#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {

std::vector<Change> Store::unpublished(const std::string& target) {
    // Both tables are in order of path, so each query is one walk through both.
    std::vector<Change> out;
    Statement built = state_->database.prepare(
        "SELECT b.path, b.hash, b.size, p.path IS NULL FROM built b LEFT JOIN published p ON "
        "p.target = b.target AND p.path = b.path WHERE b.target = ? AND (p.path IS NULL OR "
        "p.hash <> b.hash OR p.size <> b.size) ORDER BY b.path");
    built.bind(target);
    while (built.step()) {
        out.push_back({.path = built.text(0),
                       .kind = built.number(3) != 0 ? ChangeKind::kAdd : ChangeKind::kChange,
                       .digest = {.hash = built.text(1),
                                  .size = static_cast<std::uint64_t>(built.number(2))}});
    }
    Statement gone = state_->database.prepare(
        "SELECT p.path FROM published p LEFT JOIN built b ON b.target = p.target AND b.path = "
        "p.path WHERE p.target = ? AND b.path IS NULL ORDER BY p.path");
    gone.bind(target);
    while (gone.step())
        out.push_back({.path = gone.text(0), .kind = ChangeKind::kRemove, .digest = {}});
    return out;
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
