// SPDX-License-Identifier: GPL-3.0-or-later
// Many pages, from files or addresses, through the extractor alone: no store, no mirror.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "extract/extract.h"
#include "extract/trace.h"
#include "model/config.h"
#include "model/site_rules.h"

namespace heliograph::pipeline {

// A page to read.
struct PageRequest {
    std::string name;                    // a path or an address
    std::string url;                     // where a file comes from; empty: what the page declares
    std::string charset;                 // of a file, as its server would say it; empty: detect
    std::optional<std::string> bytes{};  // of a page that was read already
};

// The next page to read; nullopt when there is no other. Called on the calling thread.
using NextPage = std::function<std::optional<PageRequest>()>;

// One page that was read, or the reason why it could not be.
struct PageOutcome {
    std::string name;  // as it was asked for: a path or an address
    Result<extract::ExtractedPage> page;
    extract::Trace trace{};  // how it was read; empty unless ExtractPagesOptions::is_traced
};

// Makes the text to print of one outcome. Called on several threads.
using PageWriter = std::function<std::string(const PageOutcome&)>;

struct ExtractPagesOptions {
    FetchLimits fetch;
    bool allow_private = false;  // may addresses lead to loopback and private networks
    // What is known of their hosts; null: nothing, and pages are not sketched.
    const extract::HostTemplates* templates = nullptr;
    const SiteRules* rules = nullptr;  // for all of the pages; null: none
    bool is_traced = false;            // record how each page is read
};

// A folder stands for the pages below it (.html, .htm, .xhtml), in order of path, each with what
// was said of the folder; other requests stay. Throws SystemError when a folder cannot be read.
[[nodiscard]] std::vector<PageRequest> expand_folders(const std::vector<PageRequest>& requests);

// The HTML pages of WARC files, one after the other; `complain` is told of files that cannot be
// read to their end.
[[nodiscard]] NextPage pages_of_warc_files(std::vector<std::string> files,
                                           std::function<void(const std::string&)> complain);

// Reads each page on all processors and hands what `write` made of it to `print`, in the order of
// `next`, on the calling thread. A page that fails is an outcome like any other. Only as many
// pages as keep the processors busy are in memory at once.
// REQUIRES: http::start() was called.
void extract_pages(const NextPage& next, const ExtractPagesOptions& options, const Clock& clock,
                   Log& log, const PageWriter& write,
                   const std::function<void(std::string)>& print);

}  // namespace heliograph::pipeline
