// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/data_image.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

// A shorter data: URL is a transparent dot, a blurred preview or an icon: about a kilobyte of
// image.
constexpr std::size_t kLeastDataUrlBytes = 2'000;
// An image that is no larger in either direction, in pixels, is a blurred preview or an icon.
constexpr unsigned kMaxPreviewPixels = 64;
// Bytes before the comma: a media type and its parameters.
constexpr std::size_t kMaxHeadBytes = 200;
// Bytes that are searched for the <svg> element, behind an XML declaration and comments.
constexpr std::size_t kMaxSvgPrologBytes = 2'000;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoValue = 64;

// Values of the characters of RFC 4648 section 4.
constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoValue);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    return values;
}();

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Replaces each "%41" by its byte. Other "%" stay.
std::string percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_code = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                             hex_value(text[i + 2]) >= 0;
        out += is_code ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]))
                       : text[i];
        if (is_code) i += 2;
    }
    return out;
}

// Decodes base64 without its white space. Returns nullopt for other characters.
std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        if (c == '=') break;
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f') continue;
        const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
        if (value == kNoValue) return std::nullopt;
        bits = (bits << 6U) | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xFFU);
        }
    }
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t bits = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        out += kAlphabet[bits >> 18U];
        out += kAlphabet[bits >> 12U & 63U];
        out += i + 1 < bytes.size() ? kAlphabet[bits >> 6U & 63U] : '=';
        out += i + 2 < bytes.size() ? kAlphabet[bits & 63U] : '=';
    }
    return out;
}

struct Format {
    std::string_view media_type;  // empty: unknown
    unsigned width = 0;           // in pixels; 0 when the first bytes do not say it
    unsigned height = 0;
};

// Numbers in a header; 0 past its end.
class Bytes {
  public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] unsigned at(std::size_t i) const {
        return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0U;
    }
    [[nodiscard]] unsigned big(std::size_t i) const { return at(i) << 8U | at(i + 1); }
    [[nodiscard]] unsigned little(std::size_t i) const { return at(i + 1) << 8U | at(i); }

  private:
    std::string_view bytes_;
};

// Finds the size of a JPEG in its frame header (ITU-T T.81, B.2.2).
Format format_of_jpeg(std::string_view file) {
    const Bytes bytes(file);
    Format format{.media_type = "image/jpeg"};
    for (std::size_t i = 2; i + 9 < file.size() && bytes.at(i) == 0xFF;) {
        const unsigned marker = bytes.at(i + 1);
        if (marker == 0xFF) {  // a fill byte
            ++i;
            continue;
        }
        const bool is_frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) {
            format.height = bytes.big(i + 5);
            format.width = bytes.big(i + 7);
            break;
        }
        i += 2 + std::max(bytes.big(i + 2), 2U);
    }
    return format;
}

Format format_of_webp(std::string_view file) {
    const Bytes bytes(file);
    Format format{.media_type = "image/webp"};
    const std::string_view chunk = file.substr(12, 4);
    if (chunk == "VP8X") {
        format.width = (bytes.little(24) | bytes.at(26) << 16U) + 1;
        format.height = (bytes.little(27) | bytes.at(29) << 16U) + 1;
    } else if (chunk == "VP8 ") {
        format.width = bytes.little(26) & 0x3FFFU;
        format.height = bytes.little(28) & 0x3FFFU;
    } else if (chunk == "VP8L") {
        format.width = (bytes.little(21) & 0x3FFFU) + 1;
        format.height = ((bytes.at(22) >> 6U | bytes.little(23) << 2U) & 0x3FFFU) + 1;
    }
    return format;
}

// Recognises the format of an image by its first bytes.
Format format_of(std::string_view file) {
    const Bytes bytes(file);
    if (file.starts_with("\x89PNG\r\n\x1a\n"))
        return {.media_type = "image/png",
                .width = bytes.big(16) << 16U | bytes.big(18),
                .height = bytes.big(20) << 16U | bytes.big(22)};
    if (file.starts_with("GIF8"))
        return {.media_type = "image/gif", .width = bytes.little(6), .height = bytes.little(8)};
    if (file.starts_with("\xFF\xD8\xFF")) return format_of_jpeg(file);
    if (file.size() > 30 && file.starts_with("RIFF") && file.substr(8, 4) == "WEBP")
        return format_of_webp(file);
    if (file.size() > 12 && file.substr(4, 4) == "ftyp") {
        const std::string_view brand = file.substr(8, 4);
        if (brand == "avif" || brand == "avis") return {.media_type = "image/avif"};
        if (brand == "heic" || brand == "heix" || brand == "mif1")
            return {.media_type = "image/heic"};
    }
    if (file.starts_with("BM")) return {.media_type = "image/bmp"};
    if (ascii_lower(file.substr(0, kMaxSvgPrologBytes)).contains("<svg"))
        return {.media_type = "image/svg+xml"};
    return {};
}

std::string address_of(std::string_view named) {
    return std::string(html::kDataImageBase) + sha256_hex(named);
}

}  // namespace

std::optional<DataImage> read_data_image(std::string_view data_url) {
    data_url = trim(data_url);
    if (data_url.size() < kLeastDataUrlBytes || !starts_with_ignoring_ascii_case(data_url, "data:"))
        return std::nullopt;
    const auto unusable = [&](std::string problem, std::string_view media_type = {}) {
        return DataImage{.url = address_of(data_url),
                         .media_type = std::string(media_type),
                         .bytes = {},
                         .problem = std::move(problem)};
    };
    const std::size_t comma = data_url.substr(0, kMaxHeadBytes).find(',');
    if (comma == std::string_view::npos) return unusable("the data: URL is broken");
    const std::string head = ascii_lower(data_url.substr(0, comma));
    const bool is_base64 = trim(head).ends_with("base64");
    const std::string_view text = data_url.substr(comma + 1);
    // Percent-encoding takes three characters a byte.
    const bool has_codes = text.contains('%');
    std::string decoded;
    if (has_codes) decoded = percent_decode(text);
    const std::string_view plain = has_codes ? std::string_view(decoded) : text;
    if ((is_base64 ? plain.size() / 4 * 3 : plain.size()) > kMaxDataImageBytes)
        return unusable(fmt::format("more than {} bytes", kMaxDataImageBytes));
    auto bytes = is_base64 ? from_base64(plain) : std::optional<std::string>(plain);
    if (!bytes) return unusable("the base64 text is broken");
    const Format format = format_of(*bytes);
    if (format.media_type.empty()) return unusable("the format is unknown");
    if (format.media_type == "image/svg+xml") return unusable("a drawing (SVG)", format.media_type);
    const bool has_size = format.width > 0 && format.height > 0;
    if (has_size && format.width <= kMaxPreviewPixels && format.height <= kMaxPreviewPixels)
        return std::nullopt;
    std::string url = address_of(*bytes);
    return DataImage{.url = std::move(url),
                     .media_type = std::string(format.media_type),
                     .bytes = *std::move(bytes),
                     .problem = {}};
}

void add_data_images(std::vector<DataImage>& images, std::vector<DataImage> more) {
    std::size_t total = 0;
    for (const DataImage& image : images) total += image.bytes.size();
    for (DataImage& image : more) {
        if (std::ranges::find(images, image.url, &DataImage::url) != images.end()) continue;
        if (total + image.bytes.size() > kMaxDataImageBytesOfArticle) {
            image.bytes = {};
            image.problem = fmt::format("the images of the article have more than {} bytes",
                                        kMaxDataImageBytesOfArticle);
        }
        total += image.bytes.size();
        images.push_back(std::move(image));
    }
}

std::string with_data_urls(std::string_view article_html, std::span<const DataImage> images) {
    std::unordered_map<std::string_view, const DataImage*> by_url;
    for (const DataImage& image : images)
        if (!image.bytes.empty()) by_url.emplace(image.url, &image);
    const std::string begin = fmt::format(" src=\"{}", html::kDataImageBase);
    constexpr std::size_t kBeforeUrl = std::string_view(" src=\"").size();
    std::string out;
    for (std::size_t at = article_html.find(begin); at != std::string_view::npos;
         at = article_html.find(begin)) {
        out += article_html.substr(0, at);
        article_html.remove_prefix(at + kBeforeUrl);
        const std::size_t end = std::min(article_html.find('"'), article_html.size() - 1);
        const auto found = by_url.find(article_html.substr(0, end));
        if (found != by_url.end())
            out += fmt::format(" src=\"data:{};base64,{}\"", found->second->media_type,
                               to_base64(found->second->bytes));
        article_html.remove_prefix(end + 1);
    }
    return out += article_html;
}

}  // namespace heliograph::extract
