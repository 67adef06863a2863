// SPDX-License-Identifier: GPL-3.0-or-later
// A target with a built tree beside it, brought up to date as the pipeline does.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "publish/publisher.h"
#include "support/temporary_directory.h"

namespace heliograph::publish::test {

using Files = std::map<std::string, std::string>;

// Collects what would be shown to the operator.
class Notes final : public Log {
  public:
    void write(LogLevel /*level*/, std::string_view message) override { all.emplace_back(message); }
    std::vector<std::string> all;
};

inline Manifest manifest_of(const Files& files) {
    Manifest out;
    for (const auto& [path, bytes] : files) out[path] = {sha256_hex(bytes), bytes.size()};
    return out;
}

// What a folder holds; names that begin with a dot are left out.
inline Files files_in(const std::filesystem::path& folder) {
    Files out;
    for (auto entry = std::filesystem::recursive_directory_iterator(folder);
         entry != std::filesystem::recursive_directory_iterator(); ++entry) {
        if (entry->path().filename().string().starts_with('.')) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            out[entry->path().lexically_relative(folder).string()] = read_file(entry->path());
        }
    }
    return out;
}

// The folder of one target: its tree, its working folder and what it was last known to hold.
class Mirror {
  public:
    explicit Mirror(Target target, HostBudget budget = {})
        : target_(std::move(target)), budget_(budget) {}

    // As a new run of the program does: a publisher of its own, then plan, prepare and commit.
    Result<void> publish(const Files& files) {
        const auto publisher = open();
        auto prepared = prepare(*publisher, files);
        if (!prepared) return std::unexpected(std::move(prepared).error());
        if (auto done = publisher->commit(); !done) return done;
        published_ = manifest_of(files);
        return {};
    }

    [[nodiscard]] std::unique_ptr<Publisher> open() {
        return open_publisher(target_, folder_.path() / "work", folder_.path(), budget_, clock,
                              notes);
    }

    Result<std::string> prepare(Publisher& publisher, const Files& files) {
        auto current = publisher.current();
        if (!current) return current;
        if (current->empty()) published_.clear();
        std::filesystem::remove_all(folder_.path() / "tree");
        for (const auto& [path, bytes] : files)
            write_file_atomically(folder_.path() / "tree" / path, bytes);
        return publisher.prepare(make_plan(manifest_of(files), published_), folder_.path() / "tree",
                                 *current, "Publish\n");
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    Notes notes;
    FixedClock clock{std::chrono::sys_seconds{std::chrono::seconds{1'795'000'000}}};

  private:
    heliograph::test::TemporaryDirectory folder_;
    Target target_;
    HostBudget budget_;
    Manifest published_;
};

}  // namespace heliograph::publish::test
