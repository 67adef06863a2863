// SPDX-License-Identifier: GPL-3.0-or-later
// The articles of a store as a site that `hugo` builds: the same pages as our HTML mirror, made of
// the same style sheet, so that the two can be timed side by side.
#pragma once

#include <filesystem>
#include <string>

#include "model/config.h"
#include "store/store.h"

namespace heliograph::bench {

// Writes content, templates and configuration to `folder`, which `hugo --source` then builds: a
// page an article, paged lists of all, of sections, months and tags with 50 articles a page, feeds
// of all and of sections, a sitemap. Left out, in hugo's favour: QR codes, JSON feeds, home's
// pictures.
void write_hugo_site(const Config& config, store::Store& store, const std::string& style,
                     const std::filesystem::path& folder);

}  // namespace heliograph::bench
