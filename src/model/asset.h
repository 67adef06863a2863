// SPDX-License-Identifier: GPL-3.0-or-later
// A picture as the mirror stores it: re-encoded, without metadata, named by its content.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph {

struct Asset {
    std::string hash;        // hexadecimal SHA-256 of the stored bytes
    std::string media_type;  // "image/webp"
    std::string extension;   // "webp"
    int width = 0;           // pixels
    int height = 0;
    std::uint64_t size = 0;  // bytes
    // The same picture smaller, and in another format: what a page may offer beside it.
    std::vector<Asset> others{};

    friend bool operator==(const Asset&, const Asset&) = default;
};

// Where every target keeps it, relative to the mirror's root: "media/ab/abcdef0123456789.webp".
[[nodiscard]] std::string asset_path(const Asset& asset);

// Everything there is of a picture, itself first, without `others`.
[[nodiscard]] std::vector<Asset> files_of(const Asset& asset);

}  // namespace heliograph
