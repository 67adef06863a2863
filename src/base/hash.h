// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 and the ways its value is written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// The same value, sooner when another text began with the same kilobytes, as pages of one look do.
[[nodiscard]] std::string sha256_hex_of_alike(std::string_view bytes);

// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);

// The first `length` characters of the RFC 4648 section 6 base32 form, in lower case.
// REQUIRES: length <= 51.
[[nodiscard]] std::string base32(const Sha256& digest, std::size_t length);

// A hash over several parts that cannot run into each other: each is preceded by its length.
class Fingerprint {
  public:
    Fingerprint& add(std::string_view part);
    Fingerprint& add(std::uint64_t number);
    // Hexadecimal SHA-256 of all that was added.
    [[nodiscard]] std::string hex() const;

  private:
    std::string parts_;
};

}  // namespace heliograph
