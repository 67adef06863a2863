// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <openssl/evp.h>
#include <cassert>

#include "base/handle.h"
#include "base/system_error.h"

namespace heliograph {

Sha256 sha256(std::string_view bytes) {
    // libcrypto uses the processor's own instructions for it: five times as fast as libsodium, and
    // every file of a mirror is hashed. Looked up once; threads may share it.
    using Algorithm = Handle<EVP_MD, EVP_MD_free>;
    static const Algorithm kAlgorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    Sha256 digest;
    if (!kAlgorithm || EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr,
                                  kAlgorithm.get(), nullptr) != 1)
        throw SystemError("cannot compute SHA-256: libcrypto does not have it");
    return digest;
}

std::string to_hex(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    const Sha256 digest = sha256(bytes);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string base32(const Sha256& digest, std::size_t length) {
    assert(length <= digest.size() * 8 / 5);
    static constexpr char kDigits[] = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out;
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (std::size_t i = 0; out.size() < length;) {
        if (bit_count < 5) {
            bits = (bits << 8) | digest[i++];
            bit_count += 8;
        }
        bit_count -= 5;
        out += kDigits[(bits >> bit_count) & 31];
    }
    return out;
}

Fingerprint& Fingerprint::add(std::string_view part) {
    parts_ += std::to_string(part.size());
    parts_ += ':';
    parts_ += part;
    return *this;
}

Fingerprint& Fingerprint::add(std::uint64_t number) { return add(std::to_string(number)); }

std::string Fingerprint::hex() const { return sha256_hex(parts_); }

}  // namespace heliograph
