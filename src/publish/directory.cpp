// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/directory.h"

#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/system_error.h"
#include "publish/place_lock.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

// In the folder itself, so that moving a file to its place is a rename within one file system; web
// servers do not show names that begin with a dot.
constexpr const char* kStaging = ".heliograph-staging";
// Says which publication the folder holds; written last.
constexpr const char* kMarker = ".heliograph";
// Held by whoever publishes here: other programs of ours, with stores of their own, may do so too.
constexpr const char* kLock = ".heliograph-lock";

// True for "a/b.html", false for what would lead out of the folder or into the staging area.
bool is_plain_path(const std::string& path) {
    const fs::path parsed(path);
    if (path.empty() || parsed.is_absolute()) return false;
    for (const fs::path& part : parsed)
        if (part == ".." || part == "." || part.empty() || part == kStaging || part == kMarker ||
            part == kLock)
            return false;
    return true;
}

class Directory final : public Publisher {
  public:
    explicit Directory(fs::path folder) : folder_(std::move(folder)) {}

    Result<std::string> current() override {
        std::error_code error;
        const auto status = fs::status(folder_, error);
        if (!fs::exists(status)) return std::string();
        if (!fs::is_directory(status))
            return fail(ErrorCode::kRefused,
                        fmt::format("cannot publish to '{}': it is a file, not a folder",
                                    folder_.string()));
        return marker();
    }

    Result<std::string> prepare(const Plan& plan, const fs::path& tree, const std::string& base,
                                const std::string& /*message*/) override {
        for (const Change& change : plan.changes)
            if (!is_plain_path(change.path))
                return fail(ErrorCode::kRefused,
                            fmt::format("cannot publish '{}': the path leads out of the folder",
                                        change.path));
        if (auto ours = take_over(base); !ours) return std::unexpected(std::move(ours).error());
        changes_ = plan.changes;
        Fingerprint marker;
        marker.add(base);
        for (const Change& change : changes_) marker.add(change.path).add(change.digest.hash);
        try {
            for (const Change& change : changes_)
                if (change.kind != ChangeKind::kRemove)
                    link_file_atomically(tree / change.path, staging() / change.path);
            write_file_atomically(staging() / kMarker, marker.hex());
        } catch (...) {
            // A full disk: what readers see was not touched, and the room is given back.
            std::error_code ignored;
            fs::remove_all(staging(), ignored);
            throw;
        }
        return marker.hex();
    }

    Result<void> commit() override {
        for (const Change& change : changes_) {
            if (change.kind == ChangeKind::kRemove) {
                remove_file_and_empty_parents(folder_ / change.path, folder_);
            } else {
                show(change.path);
            }
        }
        show(kMarker);
        std::error_code ignored;
        fs::remove_all(staging(), ignored);
        lock_.reset();
        return {};
    }

  private:
    [[nodiscard]] std::string marker() const {
        return read_file_if_exists(folder_ / kMarker).value_or("");
    }

    // Until commit() nobody else may publish here.
    Result<void> take_over(const std::string& base) {
        auto lock = lock_place(folder_ / kLock, folder_);
        if (!lock) return std::unexpected(std::move(lock).error());
        if (marker() != base) return changed_meanwhile(folder_);
        lock_.emplace(*std::move(lock));
        // Left by a run that was killed: its publication begins anew.
        std::error_code ignored;
        fs::remove_all(staging(), ignored);
        return {};
    }

    void show(const std::string& path) const {
        const fs::path place = folder_ / path;
        make_directories(place.parent_path());
        std::error_code error;
        fs::rename(staging() / path, place, error);
        if (error) throw system_error("cannot write", place.string(), error.value());
    }

    [[nodiscard]] fs::path staging() const { return folder_ / kStaging; }

    fs::path folder_;
    std::optional<FileLock> lock_;
    std::vector<Change> changes_;
};

}  // namespace

std::unique_ptr<Publisher> open_directory(const Target& target, const fs::path& config_directory) {
    return std::make_unique<Directory>(config_directory / target.path);
}

}  // namespace heliograph::publish
