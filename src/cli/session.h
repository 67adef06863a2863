// SPDX-License-Identifier: GPL-3.0-or-later
// What most commands begin with: the configuration read, the workspace found.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/result.h"
#include "cli/options.h"
#include "model/config.h"
#include "pipeline/workspace.h"

namespace heliograph::cli {

struct Session {
    Config config;
    pipeline::Workspace workspace;
};

// Errors: kConfig, all mistakes of the file, a line each; kNotFound when there is none.
[[nodiscard]] Result<Session> open_session(const CommonOptions& common);

// The same from a configuration at hand; its relative paths start at `directory`.
[[nodiscard]] Result<Session> open_session(const std::string& toml, const std::string& file_name,
                                           const std::filesystem::path& directory);

// The state folder for this command alone, or nullopt after it told the operator that another one
// is at work there.
[[nodiscard]] std::optional<FileLock> lock_state(const Session& session);

// The system's clock; or one that stands at SOURCE_DATE_EPOCH, so that two builds of the same
// input give the same bytes (reproducible-builds.org).
[[nodiscard]] std::unique_ptr<Clock> make_clock();

// Warnings and errors on standard error; more with `verbose`.
[[nodiscard]] std::unique_ptr<Log> make_log(const CommonOptions& common);

// Prints "heliograph: message" on standard error.
void complain(const std::string& message);

}  // namespace heliograph::cli
