// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/qr.h"

#include <fmt/format.h>
#include <png.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <qrcodegen.hpp>

#include "base/system_error.h"
#include "html/escape.h"

namespace heliograph::render {
namespace {

// ISO/IEC 18004 section 9.1: four modules of white on every side.
constexpr int kQuietZone = 4;
// Large enough to scan from a small screen, where a page is often shown at half its pixels.
constexpr int kPixelsPerModule = 4;
// What version 40 with error correction M holds (ISO/IEC 18004, table 7).
constexpr std::size_t kMaxBytes = 2331;
// ISO/IEC 18004 section 7.8 has an encoder weigh eight masks and take the one with the fewest spots
// that may confuse a camera. That would be a third of all the work on a page; a chequerboard (mask
// 0) leaves few such spots in the code of any address, and readers take whichever mask a code
// names.
constexpr int kMask = 0;

}  // namespace

std::optional<QrCode> make_qr_code(std::string_view text) {
    if (text.empty() || text.size() > kMaxBytes) return std::nullopt;
    using qrcodegen::QrCode;
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    const auto code = QrCode::encodeSegments({qrcodegen::QrSegment::makeBytes(bytes)},
                                             QrCode::Ecc::MEDIUM, 1, 40, kMask, false);
    render::QrCode out;
    out.size = code.getSize();
    out.dark.reserve(static_cast<std::size_t>(out.size) * static_cast<std::size_t>(out.size));
    for (int y = 0; y < out.size; ++y)
        for (int x = 0; x < out.size; ++x) out.dark.push_back(code.getModule(x, y));
    return out;
}

std::string qr_svg(const QrCode& code, std::string_view label) {
    const int side = code.size + 2 * kQuietZone;
    std::string out = fmt::format(
        R"(<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/><path stroke="#000" d=")",
        html::escape_attribute(label), side, side, side * kPixelsPerModule, side * kPixelsPerModule,
        side, side);
    const auto add = [&out](const char* command, int number) {
        std::array<char, 12> digits{};
        out += command;
        out.append(digits.data(),
                   std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
    };
    // A line a run of dark modules, through their middle.
    for (int y = 0; y < code.size; ++y) {
        int pen = -1;
        for (int x = 0; x < code.size;) {
            if (!code.at(x, y)) {
                ++x;
                continue;
            }
            const int begin = x;
            while (x < code.size && code.at(x, y)) ++x;
            if (pen < 0) {
                add("M", begin + kQuietZone);
                add(" ", y + kQuietZone);
                out += ".5";
            } else {
                add("m", begin - pen);
                out += " 0";
            }
            add("h", x - begin);
            pen = x;
        }
    }
    return out + "\"/></svg>";
}

std::string qr_png(const QrCode& code) {
    const int side = (code.size + 2 * kQuietZone) * kPixelsPerModule;
    const auto width = static_cast<std::size_t>(side);
    std::vector<std::uint8_t> pixels(width * width, 0);
    for (int y = 0; y < code.size * kPixelsPerModule; ++y) {
        for (int x = 0; x < code.size * kPixelsPerModule; ++x) {
            if (!code.at(x / kPixelsPerModule, y / kPixelsPerModule)) continue;
            const int margin = kQuietZone * kPixelsPerModule;
            pixels[static_cast<std::size_t>(y + margin) * width +
                   static_cast<std::size_t>(x + margin)] = 1;
        }
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(side);
    image.height = static_cast<png_uint_32>(side);
    image.format = PNG_FORMAT_RGB_COLORMAP;
    image.colormap_entries = 2;
    image.flags = PNG_IMAGE_FLAG_FAST;  // the files are no larger
    constexpr std::uint8_t kColours[] = {255, 255, 255, 0, 0, 0};
    png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string out(bytes, '\0');
    if (png_image_write_to_memory(&image, out.data(), &bytes, 0, pixels.data(), 0, kColours) != 0) {
        out.resize(bytes);
        return out;
    }
    throw SystemError(fmt::format("cannot write a PNG picture: {}", image.message));
}

}  // namespace heliograph::render
