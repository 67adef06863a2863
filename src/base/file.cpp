// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/system_error.h"

namespace heliograph {
namespace fs = std::filesystem;
namespace {

// Closes what it was given.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    // The write may fail as late as this (NFS, quotas).
    bool close() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

// A name beside `path` that no other thread or process of ours uses.
fs::path temporary_name(const fs::path& path) {
    static std::atomic<unsigned> counter = 0;
    return path.parent_path() /
           (".new-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1)));
}

void rename_or_throw(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) == 0) return;
    const int error_number = errno;
    ::unlink(from.c_str());
    throw system_error("cannot write", to.string(), error_number);
}

}  // namespace

std::optional<std::string> read_file_if_exists(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        throw system_error("cannot read", path.string(), errno);
    }
    struct stat status{};
    if (::fstat(file.number(), &status) != 0)
        throw system_error("cannot read", path.string(), errno);
    // One byte more, so that the read that finds the end needs no larger string.
    std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
    std::size_t have = 0;
    while (true) {
        if (have == bytes.size()) bytes.resize(have + 4096);
        const ssize_t count = ::read(file.number(), bytes.data() + have, bytes.size() - have);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw system_error("cannot read", path.string(), errno);
        if (count == 0) break;
        have += static_cast<std::size_t>(count);
    }
    bytes.resize(have);
    return bytes;
}

std::string read_file(const fs::path& path) {
    auto bytes = read_file_if_exists(path);
    if (!bytes) throw system_error("cannot read", path.string(), ENOENT);
    return *std::move(bytes);
}

namespace {

// Writes `bytes` into the new file `place`; a failure names `path`. False when there is one
// already.
bool write_into_new(const fs::path& place, const fs::path& path, std::string_view bytes) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int number = ::open(place.c_str(), kFlags, 0644);
    if (number < 0 && errno == ENOENT) {  // the folder; most files have theirs already
        make_directories(place.parent_path());
        number = ::open(place.c_str(), kFlags, 0644);
    }
    Descriptor file(number);
    if (file.number() < 0 && errno == EEXIST) return false;
    if (file.number() < 0) throw system_error("cannot write", path.string(), errno);
    const auto give_up = [&](int error_number) {
        ::unlink(place.c_str());
        throw system_error("cannot write", path.string(), error_number);
    };
    while (!bytes.empty()) {
        const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) give_up(errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (!file.close()) give_up(errno);
    return true;
}

}  // namespace

void write_file_atomically(const fs::path& path, std::string_view bytes) {
    fs::path temporary = temporary_name(path);
    // One that a process of our number left when it was killed.
    while (!write_into_new(temporary, path, bytes)) temporary = temporary_name(path);
    rename_or_throw(temporary, path);
}

void write_new_file(const fs::path& path, std::string_view bytes) {
    if (!write_into_new(path, path, bytes)) write_file_atomically(path, bytes);
}

void link_file_atomically(const fs::path& from, const fs::path& to) {
    make_directories(to.parent_path());
    const fs::path temporary = temporary_name(to);
    if (::link(from.c_str(), temporary.c_str()) == 0) {
        rename_or_throw(temporary, to);
        // rename() does nothing when both names are the same file already.
        ::unlink(temporary.c_str());
        return;
    }
    write_file_atomically(to, read_file(from));
}

void make_directories(const fs::path& path) {
    if (path.empty()) return;
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw system_error("cannot make folder", path.string(), error.value());
}

void remove_file_and_empty_parents(const fs::path& file, const fs::path& root) {
    if (::unlink(file.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
        throw system_error("cannot remove", file.string(), errno);
    }
    for (fs::path parent = file.parent_path();
         parent != root && parent.string().size() > root.string().size();
         parent = parent.parent_path()) {
        if (::rmdir(parent.c_str()) != 0) break;
    }
}

std::optional<FileLock> FileLock::try_lock(const fs::path& path) {
    make_directories(path.parent_path());
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) throw system_error("cannot lock", path.string(), errno);
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return std::nullopt;
        throw system_error("cannot lock", path.string(), errno);
    }
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace heliograph
