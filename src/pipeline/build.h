// SPDX-License-Identifier: GPL-3.0-or-later
// From the store to the files of a target.
#pragma once

#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "model/article.h"
#include "model/config.h"
#include "pipeline/report.h"
#include "pipeline/workspace.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Brings the tree of one target up to date with the store: renders the articles that changed since
// its last build, the lists, and links the pictures. The same store gives the same bytes, whatever
// was built before.
// Errors: kConfig for a theme that does not parse. Throws SystemError when disk or store fail.
[[nodiscard]] Result<BuildReport> build(const Config& config, const Target& target,
                                        const Workspace& workspace, store::Store& store,
                                        Progress& progress);

// Every article of the store as lists show it, newest first, with publisher and sections as the
// configuration names them now. Sections that it no longer has are left out.
[[nodiscard]] std::vector<ArticleSummary> listed_articles(const Config& config,
                                                          store::Store& store);

}  // namespace heliograph::pipeline
