// SPDX-License-Identifier: GPL-3.0-or-later
// What the store keeps in a smaller form.
#include <zstd.h>
#include <string>
#include <string_view>

#include "base/handle.h"
#include "base/system_error.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

// zstd's own default: news pages shrink to a sixth at 300 MB/s.
constexpr int kPackLevel = 3;
// Beyond any page the fetcher accepts.
constexpr std::size_t kMaxUnpackedBytes = std::size_t{256} << 20;

using Packer = Handle<ZSTD_CCtx, ZSTD_freeCCtx>;
using Unpacker = Handle<ZSTD_DCtx, ZSTD_freeDCtx>;

// Their memory, a megabyte, takes longer to prepare than a page to pack: one a thread is kept.
ZSTD_CCtx* packer() {
    thread_local const Packer kept(ZSTD_createCCtx());
    if (!kept) throw SystemError("cannot pack a page: out of memory");
    return kept.get();
}
ZSTD_DCtx* unpacker() {
    thread_local const Unpacker kept(ZSTD_createDCtx());
    if (!kept) throw SystemError("cannot unpack a page: out of memory");
    return kept.get();
}

}  // namespace

std::string pack(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(packer(), out.data(), out.size(), bytes.data(), bytes.size(), kPackLevel);
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
    const std::size_t got =
        ZSTD_decompressDCtx(unpacker(), out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != size) {
        throw SystemError("cannot unpack a page of the store: the blob is damaged");
    }
    return out;
}

}  // namespace heliograph::store
