// SPDX-License-Identifier: GPL-3.0-or-later
// The commands serve and lint: a folder of pages shown to readers, or judged for them.
#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/check.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "serve/server.h"

namespace heliograph::cli {
namespace fs = std::filesystem;
namespace {

// The folder that was named, or that of the configuration's first directory target.
Result<fs::path> folder_of(const CommonOptions& common, const fs::path& named) {
    fs::path folder = named;
    if (folder.empty()) {
        const auto session = open_session(common);
        if (!session) return std::unexpected(session.error());
        const auto target =
            std::ranges::find(session->config.targets, TargetKind::kDirectory, &Target::kind);
        if (target == session->config.targets.end()) {
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}' has no target of kind 'directory': name a folder",
                                    common.config.string()));
        }
        folder = session->workspace.config_directory / target->path;
    }
    if (!fs::is_directory(folder)) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("no folder '{}': publish with 'heliograph run --once', or name "
                                "another folder",
                                folder.string()));
    }
    return folder;
}

}  // namespace

int serve(const CommonOptions& common, const ServeOptions& options) {
    const auto folder = folder_of(common, options.folder);
    if (!folder) {
        complain(folder.error().message);
        return kBadUsage;
    }
    auto server = serve::Server::open(
        {.address = options.address, .port = options.port, .sites = {{"", {.folder = *folder}}}});
    if (!server) {
        complain(server.error().message + "; choose another with --port");
        return kNothingDone;
    }
    fmt::print("Serving '{}' at http://{}:{}/ (end with Ctrl-C)\n", folder->string(),
               options.address, server->port());
    std::fflush(stdout);
    server->run();
    return kDone;
}

int lint(const CommonOptions& common, const LintOptions& options) {
    const auto folder = folder_of(common, options.folder);
    if (!folder) {
        complain(folder.error().message);
        return kBadUsage;
    }
    const FolderFindings found = lint_folder(*folder);
    if (common.json) {
        auto findings = nlohmann::json::array();
        for (const lint::Finding& finding : found.findings)
            findings.push_back({{"path", finding.path}, {"what", finding.what}});
        const nlohmann::json out = {{"files", found.files}, {"findings", std::move(findings)}};
        fmt::print("{}\n", out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        for (const lint::Finding& finding : found.findings)
            fmt::print("{}: {}\n", finding.path, finding.what);
        fmt::print("{} files, {} findings\n", found.files, found.findings.size());
    }
    return found.findings.empty() ? kDone : kSomeFailed;
}

}  // namespace heliograph::cli
