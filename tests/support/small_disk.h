// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is soon full.
#pragma once

#include <sys/mount.h>
#include <filesystem>

namespace heliograph::test {

// A file system of 64 KB, as far as the machine lets us have one (root does).
class SmallDisk {
  public:
    explicit SmallDisk(const std::filesystem::path& place) : place_(place) {
        std::filesystem::create_directories(place);
        is_mounted_ = ::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=64k") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_mounted_) ::umount(place_.c_str());
    }
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  private:
    std::filesystem::path place_;
    bool is_mounted_ = false;
};

}  // namespace heliograph::test
