// SPDX-License-Identifier: GPL-3.0-or-later
// A picture is refused with a reason, or each file made of it is of the kind and size it is said to
// be, and tells nothing beside what it shows.
#include "media/picture.h"

#include "base/hash.h"
#include "fuzz/property.h"
#include "lint/lint.h"

namespace {
using namespace heliograph;

void judge(const Asset& asset, const std::string& bytes, const PictureSettings& settings) {
    fuzz::require(asset.size == bytes.size(), "its size is known");
    fuzz::require(asset.hash == sha256_hex(bytes), "its hash is known");
    fuzz::require(asset.width > 0 && asset.width <= settings.max_width, "it is not too wide");
    fuzz::require(asset.height > 0, "it has a height");
    if (asset.extension == "webp") {
        const File file{.path = "a.webp", .bytes = bytes};
        fuzz::require(lint::check_file(file, [](const auto&) { return true; }).empty(),
                      "it is WebP without metadata");
    } else {
        fuzz::require(bytes.starts_with("\xFF\xD8\xFF"), "it is JPEG");
        fuzz::require(bytes.find("Exif") == bytes.npos, "it has no EXIF");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool started = (media::start("fuzz_media_picture"), true);
    static_cast<void>(started);
    const PictureSettings settings{.formats = {PictureFormat::kWebp, PictureFormat::kJpeg},
                                   .max_width = 60,
                                   .small_width = 40,
                                   .animations = Animations::kKeep};
    const auto picture = media::make_picture(fuzz::as_text(data, size), settings);
    if (!picture) {
        fuzz::require(!picture.error().message.empty(), "a refusal says why");
        return 0;
    }
    judge(picture->asset, picture->bytes, settings);
    fuzz::require(picture->asset.others.size() == picture->other_bytes.size(), "all are there");
    for (std::size_t i = 0; i < picture->other_bytes.size(); ++i)
        judge(picture->asset.others[i], picture->other_bytes[i], settings);
    return 0;
}
