// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/picture.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <vips/vips.h>

#include "base/handle.h"
#include "base/hash.h"
#include "base/system_error.h"

namespace heliograph::media {
namespace {

using Image = Handle<VipsImage, g_object_unref>;
using Buffer = Handle<void, g_free>;

// Smaller in a direction: counters, spacers, bullets.
constexpr int kMinSide = 32;
// The most that WebP can hold in a direction (RFC 9649 section 2.7: 14 bits).
constexpr int kMaxWebpSide = 16383;

// The decoders we let foreign bytes near: those that browsers show in news pages. Everything else
// that libvips can read (SVG, PDF, ImageMagick's formats, raw dumps) stays blocked.
constexpr const char* kLoaders[] = {"VipsForeignLoadJpeg",  "VipsForeignLoadPng",
                                    "VipsForeignLoadNsgif", "VipsForeignLoadWebp",
                                    "VipsForeignLoadHeif",  "VipsForeignLoadTiff"};

// True when the bytes begin like one of the formats of kLoaders. Libvips asks its loaders one after
// the other; this keeps most rubbish from reaching any of them.
bool looks_like_a_picture(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return true;       // JPEG
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return true;  // PNG
    if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return true;
    if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return true;
    if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return true;  // TIFF
    // ISO base media file: size, "ftyp", major brand. AVIF still and sequence, and the brand that
    // some encoders put first for both AVIF and HEIC.
    if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp"sv) return false;
    const std::string_view brand = bytes.substr(8, 4);
    return brand == "avif"sv || brand == "avis"sv || brand == "mif1"sv;
}

// What libvips had to say, on one line. Its buffer is shared by all threads: taken and emptied.
std::string vips_message() {
    const Handle<char, g_free> buffer(vips_error_buffer_copy());
    std::string message = buffer ? buffer.get() : "";
    while (!message.empty() && message.back() == '\n') message.pop_back();
    for (char& c : message)
        if (c == '\n') c = ';';
    return message.empty() ? "libvips gives no reason" : message;
}

std::unexpected<Error> broken(std::string_view cause) {
    return fail(ErrorCode::kMalformed, fmt::format("cannot read picture: {}", cause));
}

// Width and height from the header alone; nothing is decoded.
Result<std::pair<int, int>> read_size(std::string_view bytes) {
    const char* loader = vips_foreign_find_load_buffer(bytes.data(), bytes.size());
    if (loader == nullptr) return broken(vips_message());
    const Image image(
        vips_image_new_from_buffer(bytes.data(), bytes.size(), "", static_cast<void*>(nullptr)));
    if (!image) return broken(vips_message());
    return std::pair{vips_image_get_width(image.get()), vips_image_get_height(image.get())};
}

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
}

// The WebP file (RFC 9649 section 2) with nothing in it but the picture: EXIF with its place, XMP
// and colour profile go. Not left to the encoder's "strip", which libvips 8.14 does not heed for
// WebP. REQUIRES: `webp` is a whole file out of the encoder.
std::string without_metadata(std::string_view webp) {
    constexpr std::size_t kChunkHeader = 8;
    constexpr std::size_t kFlags = kChunkHeader;  // of VP8X, its first byte
    constexpr char kAlphaFlag = 0x10;
    std::string chunks;
    for (std::size_t at = 12; at + kChunkHeader <= webp.size();) {
        const std::size_t size = little_endian(webp.substr(at + 4, 4));
        const std::string_view chunk = webp.substr(at, kChunkHeader + size + size % 2);
        const std::string_view kind = chunk.substr(0, 4);
        at += chunk.size();
        if (kind == "EXIF" || kind == "XMP " || kind == "ICCP") continue;
        if (kind != "VP8X") {
            chunks += chunk;
        } else if ((chunk[kFlags] & kAlphaFlag) != 0) {
            chunks += chunk;
            chunks[chunks.size() - chunk.size() + kFlags] = kAlphaFlag;
        }  // else nothing is left that needs the extended form
    }
    std::string file = "RIFF";
    const std::size_t riff_size = 4 + chunks.size();
    for (unsigned shift = 0; shift < 32; shift += 8)
        file.push_back(static_cast<char>(riff_size >> shift & 0xFFU));
    return file + "WEBP" + chunks;
}

// The bytes of a WebP file, and nothing in it but the picture.
Result<std::string> encode_webp(VipsImage* image, int quality) {
    void* pointer = nullptr;
    std::size_t size = 0;
    const int failed = vips_webpsave_buffer(image, &pointer, &size, "Q", quality, "strip", TRUE,
                                            static_cast<void*>(nullptr));
    const Buffer encoded(pointer);
    // Decoding is lazy: a broken picture shows itself here.
    if (failed != 0) return broken(vips_message());
    return without_metadata({static_cast<const char*>(encoded.get()), size});
}

Result<std::string> encode_jpeg(VipsImage* image, int quality) {
    Image opaque;
    if (vips_image_hasalpha(image) != 0) {  // else its last band is no alpha, and stays
        VipsImage* pointer = nullptr;
        VipsArrayDouble* white = vips_array_double_newv(1, 255.0);
        const int failed =
            vips_flatten(image, &pointer, "background", white, static_cast<void*>(nullptr));
        vips_area_unref(VIPS_AREA(white));
        opaque.reset(pointer);
        if (failed != 0) return broken(vips_message());
        image = opaque.get();
    }
    void* pointer = nullptr;
    std::size_t size = 0;
    const int failed = vips_jpegsave_buffer(image, &pointer, &size, "Q", quality, "strip", TRUE,
                                            "optimize_coding", TRUE, static_cast<void*>(nullptr));
    const Buffer encoded(pointer);
    if (failed != 0) return broken(vips_message());
    return std::string(static_cast<const char*>(encoded.get()), size);
}

}  // namespace

Result<Picture> make_picture(std::string_view bytes, const PictureSettings& settings) {
    if (bytes.empty()) return broken("it is empty");
    if (bytes.size() > kMaxPictureBytes)
        return fail(ErrorCode::kLimit, fmt::format("picture has {} bytes, more than {}",
                                                   bytes.size(), kMaxPictureBytes));
    if (!looks_like_a_picture(bytes)) return broken("not a JPEG, PNG, GIF, WebP, AVIF or TIFF");

    const auto size = read_size(bytes);
    if (!size) return std::unexpected(size.error());
    const auto [width, height] = *size;
    if (static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > kMaxPixels)
        return fail(ErrorCode::kLimit, fmt::format("picture has {} x {} pixels, more than {}",
                                                   width, height, kMaxPixels));
    if (width < kMinSide || height < kMinSide)
        return broken(fmt::format("{} x {} pixels is a counter or a spacer", width, height));

    // vips_thumbnail_buffer shrinks while it decodes where the format can, turns upright by EXIF
    // and converts to sRGB. A file cut short is refused rather than half shown: the caller fetches
    // it again (its own "fail_on" argument does not reach the JPEG decoder, the option string
    // does). It does not write to the buffer, though its type lacks the const.
    VipsImage* shrunk_pointer = nullptr;
    const int shrunk_failed = vips_thumbnail_buffer(
        const_cast<char*>(bytes.data()), bytes.size(), &shrunk_pointer, settings.max_width,
        "height", kMaxWebpSide, "size", VIPS_SIZE_DOWN, "export_profile", "srgb", "option_string",
        "[fail_on=truncated]", static_cast<void*>(nullptr));
    const Image shrunk(shrunk_pointer);
    if (shrunk_failed != 0) return broken(vips_message());

    VipsImage* coloured_pointer = nullptr;
    const int colour_failed = vips_colourspace(
        shrunk.get(), &coloured_pointer, VIPS_INTERPRETATION_sRGB, static_cast<void*>(nullptr));
    const Image coloured(coloured_pointer);
    if (colour_failed != 0) return broken(vips_message());

    const bool is_jpeg = settings.format == PictureFormat::kJpeg;
    auto encoded = is_jpeg ? encode_jpeg(coloured.get(), settings.quality)
                           : encode_webp(coloured.get(), settings.quality);
    if (!encoded) return std::unexpected(std::move(encoded).error());

    Picture picture;
    picture.bytes = *std::move(encoded);
    picture.asset = {.hash = sha256_hex(picture.bytes),
                     .media_type = is_jpeg ? "image/jpeg" : "image/webp",
                     .extension = is_jpeg ? "jpg" : "webp",
                     .width = vips_image_get_width(coloured.get()),
                     .height = vips_image_get_height(coloured.get()),
                     .size = picture.bytes.size()};
    return picture;
}

void start(const char* program_name) {
    if (VIPS_INIT(program_name) != 0)
        throw SystemError(fmt::format("cannot start libvips: {}", vips_message()));
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* loader : kLoaders) vips_operation_block_set(loader, FALSE);
    // Pictures are worked on side by side, one thread each, and none comes twice.
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    // Its warnings about odd files would go to standard error; what matters is in the Error.
    g_log_set_handler(
        "VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO),
        [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
}

}  // namespace heliograph::media
