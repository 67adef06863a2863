// SPDX-License-Identifier: GPL-3.0-or-later
// MD5 (RFC 1321): no proof of anything, only the checksum by which S3 services name what they
// store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace heliograph {

// Hexadecimal.
[[nodiscard]] std::string md5_hex(std::string_view bytes);

struct RangeDigest {
    std::string sha256;  // hexadecimal, both
    std::string md5;
};

// Of a part of a file, read piece by piece. Throws SystemError when it cannot be read, or is
// shorter than that.
[[nodiscard]] RangeDigest digest_of_range(const std::filesystem::path& path, std::uint64_t offset,
                                          std::uint64_t size);

}  // namespace heliograph
