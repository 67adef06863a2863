// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/decoded_stream.h"

#include <zlib.h>
#include <zstd.h>
#include <algorithm>
#include <new>
#include <vector>

#include "base/handle.h"

namespace heliograph::source {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;
// A zstd frame may ask for memory of this size as a power of two: what `zstd --ultra` writes.
constexpr int kMaxZstdWindow = 27;
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
// Frames that hold no data: dictionaries, indexes (0x184D2A50 to 5F, RFC 8878 section 3.1.2).
bool begins_skippable_frame(std::string_view bytes) {
    return bytes.size() >= 4 && (bytes[0] & 0xF0) == 0x50 &&
           bytes.substr(1, 3) == std::string_view("\x2A\x4D\x18", 3);
}

class Inflate {
  public:
    // `window_bits` as of inflateInit2.
    explicit Inflate(int window_bits) {
        if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
    }
    ~Inflate() { inflateEnd(&stream_); }
    Inflate(const Inflate&) = delete;
    Inflate& operator=(const Inflate&) = delete;

    void restart() { inflateReset(&stream_); }

    struct Step {
        std::size_t taken = 0;
        std::size_t given = 0;
        bool ended = false;
        bool damaged = false;
    };
    Step step(std::string_view in, std::span<char> out) {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        stream_.avail_in = static_cast<uInt>(in.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        const int status = inflate(&stream_, Z_NO_FLUSH);
        return {.taken = in.size() - stream_.avail_in,
                .given = out.size() - stream_.avail_out,
                .ended = status == Z_STREAM_END,
                .damaged = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR};
    }

  private:
    z_stream stream_{};
};

using ZstdDecoder = Handle<ZSTD_DCtx, ZSTD_freeDCtx>;

}  // namespace

struct DecodedStream::State {
    enum class Packing { kUnknown, kPlain, kGzip, kZstd };

    ReadBytes source;
    std::vector<char> buffer = std::vector<char>(kBufferBytes);
    std::size_t begin = 0;  // of what is still to be read in the buffer
    std::size_t end = 0;
    bool source_ended = false;
    std::uint64_t offset = 0;  // of buffer[begin] in the whole
    std::uint64_t first_offset = 0;
    std::uint64_t member_offset = 0;  // where the member that is being read begins
    std::uint64_t member_plain = 0;   // bytes given of it
    StreamPosition piece;             // of the first byte that was given last
    Packing packing = Packing::kUnknown;
    bool member_open = false;
    std::unique_ptr<Inflate> gzip;
    ZstdDecoder zstd;

    [[nodiscard]] std::string_view waiting() const { return {buffer.data() + begin, end - begin}; }
    void take(std::size_t count) {
        begin += count;
        offset += count;
    }
    // At least `wanted` bytes in the buffer, unless the source ends.
    void fill(std::size_t wanted) {
        if (end - begin >= wanted || source_ended) return;
        std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin),
                  buffer.begin() + static_cast<std::ptrdiff_t>(end), buffer.begin());
        end -= begin;
        begin = 0;
        while (end < wanted && !source_ended) {
            const std::size_t count = source(std::span(buffer).subspan(end));
            source_ended = count == 0;
            end += count;
        }
    }

    // What the next member is packed with.
    void begin_member() {
        fill(4);
        member_offset = offset;
        member_plain = 0;
        member_open = true;
        if (packing == Packing::kGzip &&
            waiting().find_first_not_of('\0') == std::string_view::npos) {
            // Zeros that tapes and block devices leave behind the last member.
            take(end - begin);
            return;
        }
        if (waiting().starts_with(kGzipMagic)) {
            packing = Packing::kGzip;
            if (gzip) {
                gzip->restart();
            } else {
                gzip = std::make_unique<Inflate>(15 + 16);  // gzip's header and trailer
            }
        } else if (waiting().starts_with(kZstdMagic) || begins_skippable_frame(waiting())) {
            packing = Packing::kZstd;
            if (!zstd) zstd.reset(ZSTD_createDCtx());
            if (!zstd) throw std::bad_alloc();
            ZSTD_DCtx_reset(zstd.get(), ZSTD_reset_session_only);
            ZSTD_DCtx_setParameter(zstd.get(), ZSTD_d_windowLogMax, kMaxZstdWindow);
        } else {
            packing = Packing::kPlain;
        }
    }

    Inflate::Step unpack_step(std::span<char> out) {
        if (packing == Packing::kGzip) return gzip->step(waiting(), out);
        ZSTD_inBuffer in{.src = buffer.data() + begin, .size = end - begin, .pos = 0};
        ZSTD_outBuffer to{.dst = out.data(), .size = out.size(), .pos = 0};
        const std::size_t hint = ZSTD_decompressStream(zstd.get(), &to, &in);
        return {.taken = in.pos,
                .given = to.pos,
                .ended = hint == 0,
                .damaged = ZSTD_isError(hint) != 0};
    }
};

DecodedStream::DecodedStream(ReadBytes read, std::uint64_t offset)
    : state_(std::make_unique<State>()) {
    state_->source = std::move(read);
    state_->offset = offset;
    state_->first_offset = offset;
}
DecodedStream::~DecodedStream() = default;
DecodedStream::DecodedStream(DecodedStream&&) noexcept = default;
DecodedStream& DecodedStream::operator=(DecodedStream&&) noexcept = default;

Result<std::size_t> DecodedStream::read(std::span<char> out) {
    State& s = *state_;
    while (!out.empty()) {
        s.fill(1);
        if (s.begin == s.end) {
            const bool broke_off = s.member_open && s.packing != State::Packing::kPlain;
            if (broke_off) return fail(ErrorCode::kMalformed, "its packed bytes end too early");
            return std::size_t{0};
        }
        if (!s.member_open) {
            s.begin_member();
            continue;
        }
        std::size_t given = 0;
        s.piece = {.offset = s.member_offset, .skip = s.member_plain};
        if (s.packing == State::Packing::kPlain) {
            s.piece = {.offset = s.offset, .skip = 0};
            given = std::min(out.size(), s.end - s.begin);
            std::copy_n(s.buffer.begin() + static_cast<std::ptrdiff_t>(s.begin), given,
                        out.begin());
            s.take(given);
        } else {
            const Inflate::Step step = s.unpack_step(out);
            if (step.damaged) return fail(ErrorCode::kMalformed, "its packed bytes are damaged");
            s.take(step.taken);
            given = step.given;
            if (step.ended) s.member_open = false;
            if (step.taken == 0 && given == 0 && !step.ended && s.source_ended)
                return fail(ErrorCode::kMalformed, "its packed bytes end too early");
        }
        s.member_plain += given;
        if (given > 0) return given;
    }
    return std::size_t{0};
}

StreamPosition DecodedStream::position(std::size_t index) const {
    StreamPosition out = state_->piece;
    (state_->packing == State::Packing::kPlain ? out.offset : out.skip) += index;
    return out;
}

std::uint64_t DecodedStream::packed_bytes() const { return state_->offset - state_->first_offset; }

bool is_packed(std::string_view bytes) {
    return bytes.starts_with(kGzipMagic) || bytes.starts_with(kZstdMagic);
}

namespace {

bool is_bomb(std::uint64_t packed, std::uint64_t plain) {
    return plain > kMinUnpackBytes && plain > packed * kMaxUnpackRatio;
}

}  // namespace

Result<std::string> unpack(std::string_view bytes, std::size_t max_bytes) {
    DecodedStream stream(
        [rest = bytes](std::span<char> out) mutable {
            const std::size_t count = std::min(out.size(), rest.size());
            std::copy_n(rest.begin(), count, out.begin());
            rest.remove_prefix(count);
            return count;
        },
        0);
    std::string out;
    std::vector<char> piece(kBufferBytes);
    while (true) {
        auto count = stream.read(piece);
        if (!count) return std::unexpected(std::move(count).error());
        if (*count == 0) return out;
        out.append(piece.data(), *count);
        if (out.size() > max_bytes)
            return fail(ErrorCode::kLimit, "it is packed and has too many bytes inside");
        if (is_bomb(stream.packed_bytes(), out.size()))
            return fail(ErrorCode::kLimit, "it is packed beyond all measure: a decompression bomb");
    }
}

Result<std::string> inflate_body(std::string_view bytes, std::size_t max_bytes) {
    std::string out;
    std::vector<char> piece(kBufferBytes);
    // RFC 1950 section 2.2: method 8 and a check sum divisible by 31.
    const bool has_header =
        bytes.size() >= 2 && (bytes[0] & 0x0F) == 8 &&
        (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) % 31 ==
            0;
    Inflate inflate(has_header ? 15 : -15);
    const std::size_t packed = bytes.size();
    while (true) {
        const Inflate::Step step = inflate.step(bytes, piece);
        out.append(piece.data(), step.given);
        bytes.remove_prefix(step.taken);
        if (step.ended) return out;
        if (step.damaged || (step.taken == 0 && step.given == 0))
            return fail(ErrorCode::kMalformed, "its packed bytes are damaged");
        if (out.size() > max_bytes || is_bomb(packed, out.size()))
            return fail(ErrorCode::kLimit, "it is packed and has too many bytes inside");
    }
}

}  // namespace heliograph::source
