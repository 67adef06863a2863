// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line asked for: main.cpp fills these, each command takes one.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/target_move.h"
#include "pipeline/publication.h"

namespace heliograph::cli {

// Exit codes of every command.
inline constexpr int kDone = 0;
inline constexpr int kSomeFailed = 1;   // items failed; they were listed
inline constexpr int kBadUsage = 2;     // arguments or configuration
inline constexpr int kNothingDone = 3;  // our own machine failed, or nothing could be done

struct CommonOptions {
    std::filesystem::path config = "heliograph.toml";
    bool json = false;
    bool quiet = false;  // no progress, no notes; failures still
    bool verbose = false;
};

struct InitOptions {
    std::string feed;  // empty: the example's
    bool force = false;
};

// For update, build, publish and run: which of the three to do.
struct RunOptions {
    bool update = true;
    bool build = true;
    bool publish = true;
    bool full = false;                  // build every page, not only what changed
    std::optional<std::string> target;  // only this one
    bool once = true;
    std::string source;              // update only this one, by name or address
    std::string since;               // and back to this day, "2026-01-31"
    std::chrono::minutes pause{15};  // between rounds when not once
    pipeline::PublishOptions publishing;
    bool dry_run = false;  // only say what publish would do
};

struct AddOptions {
    std::string url;
    std::string section;  // empty: the first
    std::string name;     // empty: as the site calls itself
    bool allow_private = false;
};

struct ImportOptions {
    std::filesystem::path path;  // a WARC file, or a folder of them and of saved pages
    std::string source;          // name or address of the one they belong to; empty: by site
};

struct MoveOptions {
    config::TargetMove move;
    pipeline::PublishOptions publishing;
};

struct LedgerOptions {
    std::string url;     // the story of this one address
    std::string source;  // name or address
    std::string fate;
    bool gaps = false;  // only what not all sources of its publisher tell of
};

struct WithdrawOptions {
    std::string article;  // id or address
    std::string reason;
};

struct ServeOptions {
    std::filesystem::path folder;  // empty: that of the first directory target
    std::string address = "127.0.0.1";
    int port = 8471;
};

enum class ExtractFormat : std::uint8_t { kMarkdown, kHtml, kText, kJsonLines };

struct ExtractOptions {
    std::vector<std::string> pages;  // files, folders, addresses
    std::vector<std::string> warc;   // files of pages
    std::string list;                // file of more of them, a line each; "-": standard input
    ExtractFormat format = ExtractFormat::kMarkdown;
    bool json_lines = false;
    std::string url;              // where the files come from; empty: what each page declares
    std::string charset;          // of the files; empty: detect
    std::filesystem::path rules;  // a file of site rules for all of them; empty: none
    bool explain = false;         // one page that shows how the page was read
    bool learn = false;           // read all twice: what pages of one host share is no article
    bool allow_private = false;
};

struct RulesOptions {
    std::filesystem::path file;
    std::vector<std::string> pages;  // files, folders, addresses
    std::string url;                 // where the files come from; empty: what each page declares
    bool allow_private = false;
};

struct LintOptions {
    std::filesystem::path folder;  // empty: that of the first directory target
};

struct DemoOptions {
    std::filesystem::path newsroom = "demo";
    std::filesystem::path output = "demo-mirror";
    int newsroom_port = 8470;
    int port = 8471;
    bool serve = true;
};

}  // namespace heliograph::cli
