// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a mirror, what a target holds of them, and what a publication changes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace heliograph {

// `path` is relative to the mirror's root, with "/" and without "." or ".." segments.
struct File {
    std::string path;
    std::string bytes;
};

struct FileDigest {
    std::string hash;        // hexadecimal SHA-256
    std::uint64_t size = 0;  // bytes

    friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

// Every file of a mirror by path.
using Manifest = std::map<std::string, FileDigest>;

enum class ChangeKind : std::uint8_t { kAdd, kChange, kRemove };

struct Change {
    std::string path;
    ChangeKind kind = ChangeKind::kAdd;
    FileDigest digest;  // of the new bytes; empty for kRemove

    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace heliograph
