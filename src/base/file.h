// SPDX-License-Identifier: GPL-3.0-or-later
// Files on our own disk. A failure is our own machine's, so these throw SystemError.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph {

// The whole file; nullopt when there is none.
[[nodiscard]] std::optional<std::string> read_file_if_exists(const std::filesystem::path& path);

// The whole file. Throws also when there is none.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Makes the missing folders, writes to a new name beside `path`, then renames: whoever reads `path`
// sees the old bytes or the new, never a part. On failure the new name is removed again.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// The same for a file that is not there yet and that nobody reads before it is finished: written in
// place, which takes half the time. One that is there is replaced atomically.
void write_new_file(const std::filesystem::path& path, std::string_view bytes);

// The same for a file that is there already under another name: a hard link where the file system
// allows it, a copy otherwise.
void link_file_atomically(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes the folder and its parents.
void make_directories(const std::filesystem::path& path);

// Removes a file (none is fine), then each parent that became empty, up to but without `root`.
void remove_file_and_empty_parents(const std::filesystem::path& file,
                                   const std::filesystem::path& root);

// Held while it lives; the kernel lets it go when the process dies, however it dies.
class FileLock {
  public:
    // nullopt when another process holds it.
    [[nodiscard]] static std::optional<FileLock> try_lock(const std::filesystem::path& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace heliograph
