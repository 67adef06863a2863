// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that may be packed with gzip or zstd, as they were before; the one face of zlib, and of
// zstd for what comes from outside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::source {

// Fills the span from the front; returns how many bytes, 0 at the end.
using ReadBytes = std::function<std::size_t(std::span<char>)>;

// Where a piece of a stream begins: `skip` plain bytes after what is packed from `offset` on.
struct StreamPosition {
    std::uint64_t offset = 0;
    std::uint64_t skip = 0;

    friend auto operator<=>(const StreamPosition&, const StreamPosition&) = default;
};

// Reads one member (gzip) or frame (zstd) after the other, in bounded memory; what begins like
// neither is plain up to the end. Not shared between threads.
class DecodedStream {
  public:
    // `offset` is where in the whole `read` begins.
    DecodedStream(ReadBytes read, std::uint64_t offset);
    ~DecodedStream();
    DecodedStream(DecodedStream&&) noexcept;
    DecodedStream& operator=(DecodedStream&&) noexcept;

    // Returns 0 at the end. kMalformed when the packed bytes are damaged or end too early.
    Result<std::size_t> read(std::span<char> out);

    // Of byte `index` of what the last read() gave.
    [[nodiscard]] StreamPosition position(std::size_t index) const;
    // How many packed bytes went through.
    [[nodiscard]] std::uint64_t packed_bytes() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] bool is_packed(std::string_view bytes);

// The whole of packed bytes. Errors: kMalformed as above; kLimit when there are more than
// `max_bytes`, or it is a bomb: more than kMaxUnpackRatio times the packed bytes.
[[nodiscard]] Result<std::string> unpack(std::string_view bytes, std::size_t max_bytes);

// How much larger than packed; once there are more than kMinUnpackBytes. Sitemaps shrink to a
// thirtieth, bombs to a thousandth.
inline constexpr std::uint64_t kMaxUnpackRatio = 200;
inline constexpr std::uint64_t kMinUnpackBytes = std::uint64_t{1} << 20;

// HTTP's "deflate" (RFC 9110 section 8.4.1.2): zlib's format, or what some servers send, its inside
// alone. Errors as of unpack().
[[nodiscard]] Result<std::string> inflate_body(std::string_view bytes, std::size_t max_bytes);

}  // namespace heliograph::source
