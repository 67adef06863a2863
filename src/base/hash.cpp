// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <openssl/evp.h>
#include <algorithm>
#include <cassert>

#include "base/handle.h"
#include "base/system_error.h"

namespace heliograph {

namespace {

// Looked up once; threads may share it. libcrypto uses the processor's own instructions for it:
// five times as fast as libsodium, and every file of a mirror is hashed.
const EVP_MD* algorithm() {
    using Algorithm = Handle<EVP_MD, EVP_MD_free>;
    static const Algorithm kAlgorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return kAlgorithm.get();
}

void require(bool is_good) {
    if (!is_good) throw SystemError("cannot compute SHA-256: libcrypto does not have it");
}

using Context = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

// What a text begins with, and the hash as it stands after that.
struct Beginning {
    std::string bytes;
    Context hash{EVP_MD_CTX_new()};
};

// Of an article's page nearly 9 KB are the same in each, most of that the style sheet.
constexpr std::size_t kBeginning = 8192;
// Pages of different languages and kinds begin differently.
constexpr std::size_t kBeginnings = 8;

}  // namespace

Sha256 sha256(std::string_view bytes) {
    Sha256 digest;
    require(algorithm() != nullptr && EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr,
                                                 algorithm(), nullptr) == 1);
    return digest;
}

std::string sha256_hex_of_alike(std::string_view bytes) {
    if (bytes.size() <= kBeginning) return sha256_hex(bytes);
    // A memory of work done, one a thread: it changes no answer.
    thread_local std::array<Beginning, kBeginnings> known;
    thread_local std::size_t next = 0;
    thread_local const Context hash(EVP_MD_CTX_new());
    const std::string_view beginning = bytes.substr(0, kBeginning);
    auto* found = std::ranges::find(known, beginning, &Beginning::bytes);
    if (found == known.end()) {
        found = &known[next++ % kBeginnings];
        found->bytes.clear();
        require(found->hash && algorithm() != nullptr &&
                EVP_DigestInit_ex(found->hash.get(), algorithm(), nullptr) == 1 &&
                EVP_DigestUpdate(found->hash.get(), beginning.data(), beginning.size()) == 1);
        found->bytes = beginning;
    }
    const std::string_view rest = bytes.substr(kBeginning);
    Sha256 digest;
    require(hash && EVP_MD_CTX_copy_ex(hash.get(), found->hash.get()) == 1 &&
            EVP_DigestUpdate(hash.get(), rest.data(), rest.size()) == 1 &&
            EVP_DigestFinal_ex(hash.get(), digest.data(), nullptr) == 1);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
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
