// SPDX-License-Identifier: GPL-3.0-or-later
// Images that a page holds in data: URLs: their bytes, and an address that names them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::extract {

// Bytes of one image after decoding. A page is cut at 16 MB (html::kMaxPageBytes), and base64 makes
// four characters of three bytes: two images of this size fill a page.
inline constexpr std::size_t kMaxDataImageBytes = std::size_t{6} << 20;
// Bytes of all images of one article, which may have many pages. They stay in memory until the
// article is stored.
inline constexpr std::size_t kMaxDataImageBytesOfArticle = std::size_t{12} << 20;

struct DataImage {
    std::string url;         // html::kDataImageBase and a SHA-256
    std::string media_type;  // by the first bytes, such as "image/png"; empty when unknown
    std::string bytes;       // as the page has them; empty when there is a problem
    std::string problem;     // why the image cannot be kept; empty when it can
};

// Reads the data: URL of an <img>, in base64 or percent-encoded (RFC 2397). The declared media type
// is ignored, as browsers do for images.
//
// Returns nullopt when the text is no data: URL, and for a placeholder: one shorter than
// kLeastDataUrlBytes, or an image that is no larger than a preview. Returns an image with a
// `problem` when it is too large, a drawing (SVG), in an unknown format or broken. Its address is
// then that of the URL's text.
[[nodiscard]] std::optional<DataImage> read_data_image(std::string_view data_url);

// Appends `more` to `images`, each address once. Leaves out the bytes of those that would exceed
// kMaxDataImageBytesOfArticle, and says so in their `problem`.
void add_data_images(std::vector<DataImage>& images, std::vector<DataImage> more);

// Returns article HTML in which each address of an image that has its bytes is a data: URL again.
// Images without bytes lose their address, so that only their alternative text shows.
[[nodiscard]] std::string with_data_urls(std::string_view article_html,
                                         std::span<const DataImage> images);

}  // namespace heliograph::extract
