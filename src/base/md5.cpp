// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/md5.h"

#include <md5.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "base/handle.h"
#include "base/hash.h"
#include "base/system_error.h"

namespace heliograph {
namespace {

using File = Handle<std::FILE, std::fclose>;

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

template <typename Digest>
std::string hex_of(const Digest& digest) {
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::string md5_hex(std::string_view bytes) {
    MD5_CTX state;
    std::array<std::uint8_t, MD5_DIGEST_LENGTH> digest{};
    MD5Init(&state);
    MD5Update(&state, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    MD5Final(digest.data(), &state);
    return hex_of(digest);
}

RangeDigest digest_of_range(const std::filesystem::path& path, std::uint64_t offset,
                            std::uint64_t size) {
    const File file(std::fopen(path.c_str(), "rbe"));
    if (!file || ::fseeko(file.get(), static_cast<off_t>(offset), SEEK_SET) != 0)
        throw system_error("cannot read", path.string(), errno);
    MD5_CTX md5;
    MD5Init(&md5);
    crypto_hash_sha256_state sha;
    crypto_hash_sha256_init(&sha);
    std::vector<std::uint8_t> piece(std::min<std::uint64_t>(kPieceBytes, size));
    for (std::uint64_t left = size; left > 0;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()));
        if (std::fread(piece.data(), 1, wanted, file.get()) != wanted)
            throw SystemError("cannot read '" + path.string() + "': it is shorter than it was");
        MD5Update(&md5, piece.data(), wanted);
        crypto_hash_sha256_update(&sha, piece.data(), wanted);
        left -= wanted;
    }
    std::array<std::uint8_t, MD5_DIGEST_LENGTH> md5_digest{};
    MD5Final(md5_digest.data(), &md5);
    Sha256 sha_digest{};
    crypto_hash_sha256_final(&sha, sha_digest.data());
    return {.sha256 = hex_of(sha_digest), .md5 = hex_of(md5_digest)};
}

}  // namespace heliograph
