// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/handle.h"
#include "base/hash.h"
#include "base/md5.h"
#include "base/system_error.h"
#include "publish/place_lock.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

using Zip = Handle<zip_t, zip_discard>;

// 1980-01-01 00:00:00, the first moment that a ZIP file knows: the same tree, the same bytes.
constexpr zip_uint16_t kDosTime = 0;
constexpr zip_uint16_t kDosDate = 1 << 5 | 1;
// A file that everybody may read and its owner write, as unpacking programs on Unix set it.
constexpr zip_uint32_t kMode = 0100644U << 16U;
constexpr zip_uint32_t kDeflateLevel = 9;
// Of an archive, beside a file's bytes: its local header and its line in the directory, each with
// the name, and at the end one record (APPNOTE.TXT sections 4.3.7, 4.3.12, 4.3.16), with room for
// the longer forms of files and archives beyond 4 GB.
constexpr std::uint64_t kHeaderBytes = 30 + 46 + 2 * 28;
constexpr std::uint64_t kEndBytes = 22 + 56 + 20;
// Deflate adds at most five bytes to 16 KB of what cannot be made smaller (RFC 1951 section 3.2.4).
constexpr std::uint64_t kDeflateBlock = 16'000;

struct Entry {
    std::string path;
    std::uint64_t size = 0;

    [[nodiscard]] std::uint64_t most_bytes() const {
        return size + 5 * (size / kDeflateBlock + 1) + kHeaderBytes + 2 * path.size();
    }
};

std::vector<Entry> entries_of(const fs::path& tree) {
    std::vector<Entry> out;
    for (const auto& found : fs::recursive_directory_iterator(tree))
        if (found.is_regular_file())
            out.push_back(
                {found.path().lexically_relative(tree).generic_string(), found.file_size()});
    std::ranges::sort(out, {}, &Entry::path);
    return out;
}

// What is compressed already becomes no smaller.
bool is_compressed(std::string_view path) {
    constexpr std::string_view kEnds[] = {".webp", ".jpg", ".png",  ".zip",
                                          ".epub", ".gz",  ".woff2"};
    return std::ranges::any_of(kEnds, [&](std::string_view end) { return path.ends_with(end); });
}

SystemError cannot_write(const fs::path& file, zip_t* zip) {
    zip_error_t* error = zip_get_error(zip);
    if (zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0)
        return system_error("cannot write", file.string(), zip_error_code_system(error));
    return SystemError(fmt::format("cannot write '{}': {}", file.string(), zip_strerror(zip)));
}

void add_file(zip_t* zip, const fs::path& file, const fs::path& tree, const std::string& path) {
    const std::string from = (tree / path).string();
    zip_source_t* source = zip_source_file(zip, from.c_str(), 0, -1);
    if (source == nullptr) throw cannot_write(file, zip);
    const zip_int64_t index = zip_file_add(zip, path.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        throw cannot_write(file, zip);
    }
    const auto number = static_cast<zip_uint64_t>(index);
    const bool store = is_compressed(path);
    if (zip_file_set_dostime(zip, number, kDosTime, kDosDate, 0) != 0 ||
        zip_file_set_external_attributes(zip, number, 0, ZIP_OPSYS_UNIX, kMode) != 0 ||
        zip_set_file_compression(zip, number, store ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                 store ? 0 : kDeflateLevel) != 0)
        throw cannot_write(file, zip);
}

void write_zip(const fs::path& file, const fs::path& tree, const std::vector<Entry>& entries) {
    int code = 0;
    Zip zip(zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!zip)
        throw SystemError(
            fmt::format("cannot write '{}': error {} of libzip", file.string(), code));
    for (const Entry& entry : entries) add_file(zip.get(), file, tree, entry.path);
    if (zip_close(zip.get()) != 0) throw cannot_write(file, zip.get());
    static_cast<void>(zip.release());  // closing frees it, when it succeeds
}

class Archive final : public Publisher {
  public:
    Archive(fs::path file, ArchiveLimits limits) : file_(std::move(file)), limits_(limits) {}

    Result<std::string> current() override { return marker_of(published()); }

    Result<std::string> prepare(const Plan& /*plan*/, const fs::path& tree, const std::string& base,
                                const std::string& /*message*/) override {
        const auto parts = divide(entries_of(tree));
        if (!parts) return std::unexpected(parts.error());
        auto lock = lock_place(hidden("lock"), file_);
        if (!lock) return std::unexpected(std::move(lock).error());
        if (marker_of(published()) != base) return changed_meanwhile(file_);
        lock_.emplace(*std::move(lock));
        std::error_code ignored;
        for (std::size_t i = 0; fs::remove(staged(i), ignored); ++i) {
            // Left by a run that was killed.
        }
        parts_ = parts->size();
        make_directories(file_.parent_path());
        std::vector<fs::path> written;
        try {
            for (const auto& entries : *parts) {
                written.push_back(staged(written.size()));
                write_zip(written.back(), tree, entries);
            }
        } catch (...) {
            forget(written);
            throw;
        }
        const std::uint64_t size = fs::file_size(written.front());
        if (parts_ == 1 && limits_.bytes > 0 && size > limits_.bytes) {
            forget(written);
            return too_large(
                fmt::format("{} bytes, more than the {} of max_megabytes", size, limits_.bytes));
        }
        return marker_of(written);
    }

    Result<void> commit() override {
        const std::vector<fs::path> before = published();
        std::vector<fs::path> now;
        for (std::size_t i = 0; i < parts_; ++i) {
            now.push_back(parts_ == 1 ? file_ : numbered(i));
            std::error_code error;
            fs::rename(staged(i), now.back(), error);
            if (error) throw system_error("cannot write", now.back().string(), error.value());
        }
        std::error_code ignored;
        for (const fs::path& old : before)
            if (std::ranges::find(now, old) == now.end()) fs::remove(old, ignored);
        lock_.reset();
        return {};
    }

  private:
    static void forget(const std::vector<fs::path>& files) {
        std::error_code ignored;
        for (const fs::path& file : files) fs::remove(file, ignored);
    }

    [[nodiscard]] std::unexpected<Error> too_large(const std::string& what) const {
        return fail(ErrorCode::kLimit,
                    fmt::format("cannot write the archive '{}': it would have {}; set split = true "
                                "for several archives, or keep less with [retention]",
                                file_.string(), what));
    }

    // Which files go into which archive. Where there may be several, each is small enough even if
    // nothing in it could be compressed.
    [[nodiscard]] Result<std::vector<std::vector<Entry>>> divide(std::vector<Entry> entries) const {
        if (!limits_.split) {
            if (limits_.files > 0 && entries.size() > limits_.files)
                return too_large(fmt::format("{} files, more than the {} of max_files",
                                             entries.size(), limits_.files));
            return std::vector<std::vector<Entry>>{std::move(entries)};
        }
        std::vector<std::vector<Entry>> parts(1);
        std::uint64_t bytes = kEndBytes;
        for (Entry& entry : entries) {
            const std::uint64_t more = entry.most_bytes();
            if (limits_.bytes > 0 && kEndBytes + more > limits_.bytes)
                return fail(ErrorCode::kLimit,
                            fmt::format("cannot write the archive '{}': '{}' alone has {} bytes, "
                                        "more than max_megabytes has room for",
                                        file_.string(), entry.path, entry.size));
            const bool is_full = (limits_.files > 0 && parts.back().size() >= limits_.files) ||
                                 (limits_.bytes > 0 && bytes + more > limits_.bytes);
            if (is_full && !parts.back().empty()) {
                parts.emplace_back();
                bytes = kEndBytes;
            }
            bytes += more;
            parts.back().push_back(std::move(entry));
        }
        return parts;
    }

    // "mirror-1.zip" beside "mirror.zip".
    [[nodiscard]] fs::path numbered(std::size_t i) const {
        return file_.parent_path() /
               fmt::format("{}-{}{}", file_.stem().string(), i + 1, file_.extension().string());
    }
    // In the same folder, so that moving it to its place is a rename.
    [[nodiscard]] fs::path staged(std::size_t i) const {
        return hidden(fmt::format("{}.new", i + 1));
    }
    [[nodiscard]] fs::path hidden(const std::string& end) const {
        return file_.parent_path() / fmt::format(".{}.{}", file_.filename().string(), end);
    }

    [[nodiscard]] std::vector<fs::path> published() const {
        std::vector<fs::path> out;
        if (fs::is_regular_file(file_)) out.push_back(file_);
        for (std::size_t i = 0; fs::is_regular_file(numbered(i)); ++i) out.push_back(numbered(i));
        return out;
    }

    // Of the archives' bytes, whatever they are called; "" of none.
    [[nodiscard]] static std::string marker_of(const std::vector<fs::path>& files) {
        if (files.empty()) return {};
        Fingerprint marker;
        for (const fs::path& file : files)
            marker.add(digest_of_range(file, 0, fs::file_size(file)).sha256);
        return marker.hex();
    }

    fs::path file_;
    ArchiveLimits limits_;
    std::optional<FileLock> lock_;
    std::size_t parts_ = 0;
};

}  // namespace

std::unique_ptr<Publisher> open_archive(const Target& target, const fs::path& config_directory) {
    return std::make_unique<Archive>(config_directory / target.path, target.archive);
}

}  // namespace heliograph::publish
