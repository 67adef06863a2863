// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/qr.h"

#include <fmt/format.h>
#include <png.h>
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <map>
#include <mutex>
#include <qrcodegen.hpp>
#include <span>

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

QrCode encode(std::string_view text) {
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    const auto code =
        qrcodegen::QrCode::encodeSegments({qrcodegen::QrSegment::makeBytes(bytes)},
                                          qrcodegen::QrCode::Ecc::MEDIUM, 1, 40, kMask, false);
    QrCode out{.size = code.getSize(), .rows = {}};
    out.rows.resize(static_cast<std::size_t>(out.size) * out.words_of_a_row());
    for (int y = 0; y < out.size; ++y) {
        const std::size_t row = static_cast<std::size_t>(y) * out.words_of_a_row();
        for (int x = 0; x < out.size; ++x)
            if (code.getModule(x, y))
                out.rows[row + static_cast<std::size_t>(x) / 64] |= std::uint64_t{1} << (x % 64);
    }
    return out;
}

// Codes of many texts of one length, such as the addresses of a mirror's articles. With the mask
// fixed, each module is a sum modulo 2 of bits of the text: data is copied to its place, and
// Reed-Solomon codes are linear (ISO/IEC 18004 section 7.5). So what one bit of the text changes is
// the same in each of them, and the code of a text is another one's with what their different bits
// change.
class CodesOfLength {
  public:
    const QrCode& code_of(std::string_view text) {
        if (seen_ < kLearnAfter) {
            ++seen_;
            text_ = text;
            return code_ = encode(text);
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto differs = static_cast<unsigned char>(text[i] ^ text_[i]);
            for (unsigned bit = 0; bit < 8; ++bit)
                if ((differs >> bit & 1U) != 0) flip(i, bit);
        }
        return code_;
    }

  private:
    // Learning what a bit changes takes as long as making a code: not for a few pages.
    static constexpr int kLearnAfter = 32;

    void flip(std::size_t byte, unsigned bit) {
        text_[byte] = static_cast<char>(text_[byte] ^ (1U << bit));
        if (changes_.empty()) changes_.resize(text_.size() * 8);
        std::vector<std::uint64_t>& change = changes_[byte * 8 + bit];
        if (change.empty()) {
            change = encode(text_).rows;
            for (std::size_t i = 0; i < change.size(); ++i) change[i] ^= code_.rows[i];
        }
        for (std::size_t i = 0; i < change.size(); ++i) code_.rows[i] ^= change[i];
    }

    int seen_ = 0;
    std::string text_;  // of code_
    QrCode code_;
    std::vector<std::vector<std::uint64_t>>
        changes_;  // by each bit of the text; empty: not known yet
};

// Longer texts are rare, and what their bits change takes room: 8 times their length, 1 KB each.
constexpr std::size_t kLongestLearnt = 200;

}  // namespace

std::optional<QrCode> make_qr_code(std::string_view text) {
    if (text.empty() || text.size() > kMaxBytes) return std::nullopt;
    if (text.size() > kLongestLearnt) return encode(text);
    // A memory of work done: it changes no answer.
    static std::mutex lock;
    static std::map<std::size_t, CodesOfLength> known;
    const std::scoped_lock own(lock);
    return known[text.size()].code_of(text);
}

namespace {

void append_number(std::string& out, unsigned number) {
    std::array<char, 4> digits{};  // no code is larger than 177 modules
    out.append(digits.data(),
               std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// "m3 0h2": over a gap in a row, and along what is dark after it. Nearly all are short, and the
// same in every code.
class Strokes {
  public:
    void append(std::string& out, unsigned gap, unsigned length) const {
        if (gap < kShort && length < kShort) {
            const Stroke& stroke = short_[gap * kShort + length];
            out.append(stroke.text.data(), stroke.size);
        } else {
            out += text_of(gap, length);
        }
    }

  private:
    static constexpr unsigned kShort = 10;
    struct Stroke {
        std::array<char, 7> text{};
        std::uint8_t size = 0;
    };

    static std::string text_of(unsigned gap, unsigned length) {
        return fmt::format("m{} 0h{}", gap, length);
    }

    std::array<Stroke, static_cast<std::size_t>(kShort) * kShort> short_ = [] {
        std::array<Stroke, static_cast<std::size_t>(kShort) * kShort> all{};
        for (unsigned i = 0; i < all.size(); ++i) {
            const std::string text = text_of(i / kShort, i % kShort);
            std::ranges::copy(text, all[i].text.begin());
            all[i].size = static_cast<std::uint8_t>(text.size());
        }
        return all;
    }();
};

// The first module from `from` on that is dark, or that is not; the row's length when none is.
unsigned find_module(std::span<const std::uint64_t> row, unsigned size, unsigned from, bool dark) {
    while (from < size) {
        const std::uint64_t word = (dark ? row[from / 64] : ~row[from / 64]) >> (from % 64);
        if (word != 0) return std::min(size, from + static_cast<unsigned>(std::countr_zero(word)));
        from = (from / 64 + 1) * 64;
    }
    return size;
}

}  // namespace

std::string qr_svg(const QrCode& code, std::string_view label) {
    const int side = code.size + 2 * kQuietZone;
    std::string out = fmt::format(
        R"(<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/><path stroke="#000" d=")",
        html::escape_attribute(label), side, side, side * kPixelsPerModule, side * kPixelsPerModule,
        side, side);
    static const Strokes strokes;
    const auto size = static_cast<unsigned>(code.size);
    out.reserve(out.size() + code.rows.size() * 128);
    // A line a run of dark modules, through their middle.
    for (unsigned y = 0; y < size; ++y) {
        const auto row =
            std::span(code.rows).subspan(y * code.words_of_a_row(), code.words_of_a_row());
        unsigned pen = 0;
        for (unsigned x = find_module(row, size, 0, true); x < size;) {
            const unsigned end = find_module(row, size, x, false);
            if (pen == 0) {
                append_number(out += 'M', x + kQuietZone);
                append_number(out += ' ', y + kQuietZone);
                append_number(out += ".5h", end - x);
            } else {
                strokes.append(out, x - pen, end - x);
            }
            pen = end;
            x = find_module(row, size, end, true);
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
