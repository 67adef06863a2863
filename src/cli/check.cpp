// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/check.h"

#include <fmt/format.h>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/process.h"

namespace heliograph::cli {
namespace fs = std::filesystem;
namespace {

// Paths below `folder` with "/", sorted, without what Git or publishing keeps there for itself.
std::set<std::string> files_below(const fs::path& folder) {
    std::set<std::string> paths;
    for (auto entry = fs::recursive_directory_iterator(folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->path().filename() == ".git") {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() &&
                   !entry->path().filename().string().starts_with(".heliograph")) {
            paths.insert(entry->path().lexically_relative(folder).generic_string());
        }
    }
    return paths;
}

// Whether `folder` holds exactly the files of the manifest.
Check compare(std::string question, const fs::path& folder, const Manifest& manifest) {
    std::set<std::string> paths = files_below(folder);
    for (const auto& [path, digest] : manifest) {
        if (paths.erase(path) == 0)
            return {std::move(question), false, fmt::format("'{}' is missing", path)};
        if (sha256_hex(read_file(folder / path)) != digest.hash)
            return {std::move(question), false, fmt::format("'{}' differs", path)};
    }
    if (!paths.empty())
        return {std::move(question), false, fmt::format("'{}' does not belong", *paths.begin())};
    return {std::move(question), !manifest.empty(), fmt::format("{} files", manifest.size())};
}

Check check_fates(store::Store& store) {
    Check check{.question = "every address the publishers told of is an article of the mirror",
                .good = true,
                .answer = {}};
    std::size_t articles = 0;
    for (const store::LedgerRow& row : store.ledger("", {})) {
        ++articles;
        if (row.fate == Fate::kPublished) continue;
        check.good = false;
        check.answer = fmt::format("'{}' is {}: {}", row.url, to_string(row.fate), row.reason);
    }
    if (check.good) check.answer = fmt::format("{} articles", articles);
    check.good = check.good && articles > 0;
    return check;
}

Check check_second_run(const RunSummary& run) {
    std::size_t changes = run.update ? run.update->added + run.update->updated : 0;
    for (const auto& build : run.builds) changes += build.written + build.removed;
    for (const auto& target : run.publications)
        changes += target.added + target.changed + target.removed;
    return {"a second run without news changes nothing", changes == 0 && !run.has_failures(),
            fmt::format("{} changes in {:.1f} s", changes,
                        static_cast<double>(run.elapsed.count()) / 1000.0)};
}

Check check_contract(const fs::path& folder) {
    const FolderFindings found = lint_folder(folder);
    Check check{
        .question = "no page asks another host for anything, and every link leads somewhere",
        .good = found.findings.empty() && found.files > 0,
        .answer = fmt::format("{} files", found.files)};
    if (!found.findings.empty()) {
        check.answer = fmt::format("{} findings, the first: '{}' {}", found.findings.size(),
                                   found.findings.front().path, found.findings.front().what);
    }
    return check;
}

Check check_git(const Target& target, const fs::path& directory, const fs::path& clone,
                const Manifest& manifest) {
    std::string question =
        fmt::format("a clone of '{}' has each file that was built", target.remote);
    fs::remove_all(clone);
    const auto cloned =
        run_process({.arguments = {"git", "clone", "--quiet", "--branch", target.branch, "--",
                                   target.remote, clone.string()},
                     .directory = directory});
    if (!cloned || cloned->status != 0)
        return {std::move(question), false,
                cloned ? cloned->standard_error : cloned.error().message};
    return compare(std::move(question), clone, manifest);
}

}  // namespace

FolderFindings lint_folder(const fs::path& folder) {
    const std::set<std::string> paths = files_below(folder);
    const lint::Exists exists = [&](const std::string& path) { return paths.contains(path); };
    FolderFindings out;
    for (const std::string& path : paths) {
        ++out.files;
        for (lint::Finding& finding :
             lint::check_file({.path = path, .bytes = read_file(folder / path)}, exists))
            out.findings.push_back(std::move(finding));
    }
    return out;
}

std::vector<Check> check_mirror(const Session& session, store::Store& store,
                                const RunSummary& second_run, const fs::path& scratch) {
    std::vector<Check> checks{check_fates(store)};
    const fs::path& directory = session.workspace.config_directory;
    for (const Target& target : session.config.targets) {
        const Manifest manifest = store.published(target.name);
        if (target.kind == TargetKind::kGit) {
            checks.push_back(
                check_git(target, directory, scratch / ("clone-of-" + target.name), manifest));
        } else if (target.kind == TargetKind::kDirectory) {
            checks.push_back(
                compare(fmt::format("'{}' holds each file that was built", target.path),
                        directory / target.path, manifest));
        }
        if (target.format == PageFormat::kHtml)
            checks.push_back(check_contract(session.workspace.tree(target)));
    }
    checks.push_back(check_second_run(second_run));
    return checks;
}

std::string to_text(const std::vector<Check>& checks) {
    std::string out;
    for (const Check& check : checks) {
        out += fmt::format("{}  {}: {}\n", check.good ? "good  " : "FAILED", check.question,
                           check.answer);
    }
    return out;
}

}  // namespace heliograph::cli
