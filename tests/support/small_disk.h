// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is soon full.
#pragma once

#include <sys/mount.h>
#include <filesystem>
#include <string>

namespace heliograph::test {

// A file system of so many kilobytes, gone with it, as far as the machine lets us have one (root
// does).
class SmallDisk {
  public:
    explicit SmallDisk(const std::filesystem::path& place, int kilobytes = 64) : place_(place) {
        std::filesystem::create_directories(place);
        const std::string size = "size=" + std::to_string(kilobytes) + "k";
        is_mounted_ = ::mount("tmpfs", place.c_str(), "tmpfs", 0, size.c_str()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_mounted_) ::umount2(place_.c_str(), MNT_DETACH);
    }
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  private:
    std::filesystem::path place_;
    bool is_mounted_ = false;
};

}  // namespace heliograph::test
