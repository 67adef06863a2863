// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/picture.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

struct Header {
    int width = 0;
    int height = 0;  // of one frame
    int frames = 1;

    [[nodiscard]] std::uint64_t pixels() const {
        return static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
    }
};

// From the header alone; nothing is decoded.
Result<Header> read_header(std::string_view bytes) {
    const char* loader = vips_foreign_find_load_buffer(bytes.data(), bytes.size());
    if (loader == nullptr) return broken(vips_message());
    const Image image(
        vips_image_new_from_buffer(bytes.data(), bytes.size(), "", static_cast<void*>(nullptr)));
    if (!image) return broken(vips_message());
    return Header{.width = vips_image_get_width(image.get()),
                  .height = vips_image_get_height(image.get()),
                  .frames = vips_image_get_n_pages(image.get())};
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
    constexpr char kShownFlags = 0x10 | 0x02;     // transparency, animation
    std::string chunks;
    for (std::size_t at = 12; at + kChunkHeader <= webp.size();) {
        const std::size_t size = little_endian(webp.substr(at + 4, 4));
        const std::string_view chunk = webp.substr(at, kChunkHeader + size + size % 2);
        const std::string_view kind = chunk.substr(0, 4);
        at += chunk.size();
        if (kind == "EXIF" || kind == "XMP " || kind == "ICCP") continue;
        if (kind != "VP8X") {
            chunks += chunk;
        } else if (const char flags = chunk[kFlags] & kShownFlags; flags != 0) {
            chunks += chunk;
            chunks[chunks.size() - chunk.size() + kFlags] = flags;
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

// What a picture tells beside itself. Taken away before any encoder sees it: that of WebP writes
// back an EXIF block which libvips 8.14 has freed when it came out of an AVIF file.
void remove_metadata(VipsImage* image) {
    for (const char* name : {VIPS_META_EXIF_NAME, VIPS_META_XMP_NAME, VIPS_META_IPTC_NAME,
                             VIPS_META_PHOTOSHOP_NAME, VIPS_META_ICC_NAME})
        vips_image_remove(image, name);
}

// The picture in memory, upright, in sRGB, at most so wide. `options` are those of libvips's
// loaders.
Result<Image> load(std::string_view bytes, int max_width, const char* options) {
    // vips_thumbnail_buffer shrinks while it decodes where the format can, turns upright by EXIF
    // and converts to sRGB. It does not write to the buffer, though its type lacks the const.
    VipsImage* shrunk_pointer = nullptr;
    const int shrunk_failed = vips_thumbnail_buffer(
        const_cast<char*>(bytes.data()), bytes.size(), &shrunk_pointer, max_width, "height",
        kMaxWebpSide, "size", VIPS_SIZE_DOWN, "export_profile", "srgb", "option_string", options,
        static_cast<void*>(nullptr));
    const Image shrunk(shrunk_pointer);
    if (shrunk_failed != 0) return broken(vips_message());

    VipsImage* coloured_pointer = nullptr;
    const int colour_failed = vips_colourspace(
        shrunk.get(), &coloured_pointer, VIPS_INTERPRETATION_sRGB, static_cast<void*>(nullptr));
    const Image coloured(coloured_pointer);
    if (colour_failed != 0) return broken(vips_message());

    // Decoding is lazy: a broken picture shows itself here, and each encoder would do it anew.
    Image out(vips_image_copy_memory(coloured.get()));
    if (!out) return broken(vips_message());
    remove_metadata(out.get());
    return out;
}

struct Encoded {
    Asset asset;
    std::string bytes;
};

Result<Encoded> encode(VipsImage* image, PictureFormat format, int quality) {
    const bool is_jpeg = format == PictureFormat::kJpeg;
    auto bytes = is_jpeg ? encode_jpeg(image, quality) : encode_webp(image, quality);
    if (!bytes) return std::unexpected(std::move(bytes).error());
    Asset asset{.hash = sha256_hex(*bytes),
                .media_type = is_jpeg ? "image/jpeg" : "image/webp",
                .extension = is_jpeg ? "jpg" : "webp",
                .width = vips_image_get_width(image),
                .height = vips_image_get_page_height(image),
                .size = bytes->size()};
    return Encoded{std::move(asset), *std::move(bytes)};
}

// nullopt where the frames together, or the file, would be too large.
std::optional<Encoded> encode_animation(std::string_view bytes, const Header& header,
                                        const PictureSettings& settings) {
    if (header.pixels() * static_cast<std::uint64_t>(header.frames) > kMaxPixels) return {};
    const auto frames = load(bytes, settings.max_width, "[n=-1,fail_on=truncated]");
    if (!frames) return {};
    auto out = encode(frames->get(), PictureFormat::kWebp, settings.quality);
    if (!out || out->bytes.size() > kMaxAnimationBytes) return {};
    return *std::move(out);
}

// Null where the picture is hardly wider than that.
Result<Image> second_size(VipsImage* image, int width) {
    if (width == 0 || vips_image_get_width(image) * 3 < width * 4) return Image();
    VipsImage* pointer = nullptr;
    const int failed = vips_thumbnail_image(image, &pointer, width, "height", kMaxWebpSide, "size",
                                            VIPS_SIZE_DOWN, static_cast<void*>(nullptr));
    const Image lazy(pointer);
    if (failed != 0) return broken(vips_message());
    Image out(vips_image_copy_memory(lazy.get()));
    if (!out) return broken(vips_message());
    return out;
}

bool looks_like_svg(std::string_view bytes) {
    return bytes.substr(0, 1024).find("<svg") != bytes.npos;
}

}  // namespace

Result<Picture> make_picture(std::string_view bytes, const PictureSettings& settings) {
    if (bytes.empty()) return broken("it is empty");
    if (bytes.size() > kMaxPictureBytes)
        return fail(ErrorCode::kLimit, fmt::format("picture has {} bytes, more than {}",
                                                   bytes.size(), kMaxPictureBytes));
    if (!looks_like_a_picture(bytes)) {
        return broken(looks_like_svg(bytes)
                          ? "it is an SVG drawing, which can hold scripts; such are not kept"
                          : "not a JPEG, PNG, GIF, WebP, AVIF or TIFF");
    }
    const auto header = read_header(bytes);
    if (!header) return std::unexpected(header.error());
    if (header->pixels() > kMaxPixels)
        return fail(ErrorCode::kLimit, fmt::format("picture has {} x {} pixels, more than {}",
                                                   header->width, header->height, kMaxPixels));
    if (header->width < kMinSide || header->height < kMinSide)
        return broken(
            fmt::format("{} x {} pixels is a counter or a spacer", header->width, header->height));

    // A file cut short is refused rather than half shown: the caller fetches it again (the
    // argument "fail_on" does not reach the JPEG decoder, the loader's option does).
    const auto still = load(bytes, settings.max_width, "[fail_on=truncated]");
    if (!still) return std::unexpected(still.error());
    const auto small = second_size(still->get(), settings.small_width);
    if (!small) return std::unexpected(small.error());

    std::vector<Encoded> files;
    for (const PictureFormat format : settings.formats) {
        if (format == PictureFormat::kWebp && header->frames > 1 &&
            settings.animations == Animations::kKeep) {
            if (auto moving = encode_animation(bytes, *header, settings)) {
                files.push_back(*std::move(moving));
                continue;
            }
        }
        auto large = encode(still->get(), format, settings.quality);
        if (!large) return std::unexpected(std::move(large).error());
        if (*small) {
            auto other = encode(small->get(), format, settings.quality);
            if (!other) return std::unexpected(std::move(other).error());
            if (other->bytes.size() < large->bytes.size()) files.push_back(*std::move(other));
        }
        files.push_back(*std::move(large));
    }
    Picture picture{.asset = std::move(files.back().asset),
                    .bytes = std::move(files.back().bytes),
                    .other_bytes = {}};
    files.pop_back();
    for (Encoded& other : files) {
        picture.asset.others.push_back(std::move(other.asset));
        picture.other_bytes.push_back(std::move(other.bytes));
    }
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
