// SPDX-License-Identifier: GPL-3.0-or-later
// The one face of libvips: a publisher's picture becomes one we can store and show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/asset.h"
#include "model/config.h"

namespace heliograph::media {

// Bytes of a picture as fetched: news photographs reach 15 MB.
inline constexpr std::size_t kMaxPictureBytes = std::size_t{24} << 20;
// Decoded: a 50 megapixel camera. Beyond it a small file may fill the memory.
inline constexpr std::uint64_t kMaxPixels = 60'000'000;

struct Picture {
    Asset asset;
    std::string bytes;
};

// Decodes, turns upright, shrinks, strips all metadata (EXIF, GPS, XMP, profiles after conversion
// to sRGB) and writes WebP or JPEG, which shows white where the picture is transparent. An
// animation gives its first frame. Same bytes in, same bytes out. Errors: kMalformed (not a
// picture, broken, cut short, SVG), kLimit (too many bytes or pixels), and kMalformed for pictures
// of less than 32 pixels in a direction: counters and spacers. REQUIRES: media::start() was called.
[[nodiscard]] Result<Picture> make_picture(std::string_view bytes, const PictureSettings& settings);

// Once, in main, before any thread. Throws SystemError.
void start(const char* program_name);

}  // namespace heliograph::media
