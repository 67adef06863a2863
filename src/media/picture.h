// SPDX-License-Identifier: GPL-3.0-or-later
// The one face of libvips: a publisher's picture becomes one we can store and show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/asset.h"
#include "model/config.h"

namespace heliograph::media {

// Bytes of a picture as fetched: news photographs reach 15 MB.
inline constexpr std::size_t kMaxPictureBytes = std::size_t{24} << 20;
// Decoded: a 50 megapixel camera. Beyond it a small file may fill the memory.
inline constexpr std::uint64_t kMaxPixels = 60'000'000;

// As a file. A larger animation is kept as its first picture.
inline constexpr std::size_t kMaxAnimationBytes = std::size_t{4} << 20;

struct Picture {
    Asset asset;
    std::string bytes;
    std::vector<std::string> other_bytes;  // of asset.others, in their order
};

// Decodes, turns upright, shrinks, strips all metadata (EXIF, GPS, XMP, profiles after conversion
// to sRGB) and writes WebP or JPEG, which shows white where the picture is transparent; or both.
// The asset is the largest one in the last of the formats; the others are the second size, where
// the picture is wide enough for one, and the other format. An animation gives its first frame, or
// with Animations::kKeep one WebP file that moves and has no second size. Same bytes in, same bytes
// out. Errors: kMalformed (not a picture, broken, cut short, SVG), kLimit (too many bytes or
// pixels), and kMalformed for pictures of less than 32 pixels in a direction: counters and spacers.
// REQUIRES: media::start() was called.
[[nodiscard]] Result<Picture> make_picture(std::string_view bytes, const PictureSettings& settings);

// Once, in main, before any thread. Throws SystemError.
void start(const char* program_name);

}  // namespace heliograph::media
