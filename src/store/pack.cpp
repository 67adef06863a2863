// SPDX-License-Identifier: GPL-3.0-or-later
// What the store keeps in a smaller form.
#include <zstd.h>
#include <string>
#include <string_view>

#include "base/system_error.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

// zstd's own default: news pages shrink to a sixth at 300 MB/s.
constexpr int kPackLevel = 3;
// Beyond any page the fetcher accepts.
constexpr std::size_t kMaxUnpackedBytes = std::size_t{256} << 20;

}  // namespace

std::string pack(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kPackLevel);
    if (ZSTD_isError(size) != 0)
        throw SystemError(std::string("cannot pack a page: ") + ZSTD_getErrorName(size));
    out.resize(size);
    return out;
}

std::string unpack(std::string_view packed) {
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
        size > kMaxUnpackedBytes) {
        throw SystemError("cannot unpack a page of the store: the blob is damaged");
    }
    std::string out(size, '\0');
    const std::size_t got = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != size) {
        throw SystemError("cannot unpack a page of the store: the blob is damaged");
    }
    return out;
}

}  // namespace heliograph::store
