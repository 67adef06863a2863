// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/content_decoder.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <new>
#include <string>
#include <utility>

#include "base/handle.h"
#include "base/utf8.h"

namespace heliograph::http {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;

// Windows of zstd streams over HTTP are at most 8 MB (RFC 9659).
constexpr int kMaxZstdWindow = 23;

// Shown bytes are const to us, not to zlib's types.
Bytef* as_zlib(std::string_view bytes) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

// gzip (RFC 1952) and deflate: zlib's format (RFC 1950), or what some servers send, its inside
// alone.
class Zlib : public ContentDecoder::Step {
  public:
    enum class Format { kGzip, kDeflate };
    explicit Zlib(Format format) : format_(format) {}
    ~Zlib() override {
        if (is_open_) inflateEnd(&stream_);
    }

    bool add(std::string_view bytes, const TakeBytes& take) override {
        if (bytes.empty()) return true;
        remember_end(bytes);
        if (!is_open_) open(bytes);
        while (!bytes.empty()) {
            // Bytes behind the end: another member of gzip, or padding, which is ignored.
            if (has_ended_) {
                if (format_ != Format::kGzip || bytes[0] != '\x1F') return true;
                if (inflateReset(&stream_) != Z_OK) return false;
                has_ended_ = false;
            }
            if (!step(bytes, take)) return false;
        }
        return true;
    }

    [[nodiscard]] bool is_whole() override {
        if (!is_open_ || has_ended_) return true;
        // The end of a flush: an empty stored block (RFC 1951 section 3.2.4).
        constexpr std::string_view kFlush("\0\0\xFF\xFF", 4);
        return std::string_view(end_.data(), end_.size()) == kFlush || lacks_only_check_sum();
    }

  private:
    void open(std::string_view bytes) {
        int window_bits = 15 + 16;
        if (format_ == Format::kDeflate) {
            // RFC 1950 section 2.2: method 8 and a check sum divisible by 31. One byte alone is
            // taken for zlib's format.
            const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
            const bool has_header =
                (at(0) & 0x0F) == 8 && (bytes.size() < 2 || (at(0) * 256 + at(1)) % 31 == 0);
            window_bits = has_header ? 15 : -15;
        }
        if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
        is_open_ = true;
    }

    // Takes what it used off `bytes`.
    bool step(std::string_view& bytes, const TakeBytes& take) {
        std::string piece(kPieceBytes, '\0');
        stream_.next_in = as_zlib(bytes);
        stream_.avail_in = static_cast<uInt>(bytes.size());
        while (true) {
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = static_cast<uInt>(piece.size());
            const int status = inflate(&stream_, Z_NO_FLUSH);
            const std::size_t given = piece.size() - stream_.avail_out;
            if (given > 0 && !take(std::string_view(piece).substr(0, given))) return false;
            has_ended_ = status == Z_STREAM_END;
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return false;
            if (has_ended_ || stream_.avail_out > 0) break;
        }
        bytes.remove_prefix(bytes.size() - stream_.avail_in);
        return true;
    }

    void remember_end(std::string_view bytes) {
        std::string last(end_.data(), end_.size());
        last += bytes.substr(bytes.size() - std::min(bytes.size(), end_.size()));
        std::memcpy(end_.data(), last.data() + last.size() - end_.size(), end_.size());
    }

    // Whether the compressed data ended, and zlib waits for the eight bytes of check sum and
    // length: zeros are read as a wrong check sum then, and as more data before.
    [[nodiscard]] bool lacks_only_check_sum() {
        constexpr std::string_view kZeros("\0\0\0\0\0\0\0\0", 8);
        std::array<char, 512> piece{};
        stream_.next_in = as_zlib(kZeros);
        stream_.avail_in = static_cast<uInt>(kZeros.size());
        stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream_.avail_out = static_cast<uInt>(piece.size());
        const int status = inflate(&stream_, Z_NO_FLUSH);
        if (stream_.avail_out < piece.size()) return false;
        // The bytes that are missing may be zeros.
        if (status == Z_STREAM_END) return true;
        const std::string_view message = stream_.msg != nullptr ? stream_.msg : "";
        return status == Z_DATA_ERROR &&
               (message == "incorrect data check" || message == "incorrect length check");
    }

    Format format_;
    z_stream stream_{};
    bool is_open_ = false;
    bool has_ended_ = false;
    std::array<char, 4> end_{};
};

class Brotli : public ContentDecoder::Step {
  public:
    Brotli() : decoder_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
        if (!decoder_) throw std::bad_alloc();
    }

    bool add(std::string_view bytes, const TakeBytes& take) override {
        std::size_t left = bytes.size();
        const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
        while (!has_ended_ && (left > 0 || BrotliDecoderHasMoreOutput(decoder_.get()) != 0)) {
            has_begun_ = true;
            std::size_t no_room = 0;
            const auto status = BrotliDecoderDecompressStream(decoder_.get(), &left, &next,
                                                              &no_room, nullptr, nullptr);
            if (status == BROTLI_DECODER_RESULT_ERROR) return false;
            std::size_t size = 0;
            const std::uint8_t* piece = BrotliDecoderTakeOutput(decoder_.get(), &size);
            if (size > 0 && !take({reinterpret_cast<const char*>(piece), size})) return false;
            has_ended_ = BrotliDecoderIsFinished(decoder_.get()) != 0;
        }
        return true;
    }

    [[nodiscard]] bool is_whole() override { return !has_begun_ || has_ended_; }

  private:
    Handle<BrotliDecoderState, BrotliDecoderDestroyInstance> decoder_;
    bool has_begun_ = false;
    bool has_ended_ = false;
};

class Zstd : public ContentDecoder::Step {
  public:
    Zstd() : decoder_(ZSTD_createDCtx()) {
        if (!decoder_) throw std::bad_alloc();
        ZSTD_DCtx_setParameter(decoder_.get(), ZSTD_d_windowLogMax, kMaxZstdWindow);
    }

    bool add(std::string_view bytes, const TakeBytes& take) override {
        std::string piece(kPieceBytes, '\0');
        ZSTD_inBuffer in{.src = bytes.data(), .size = bytes.size(), .pos = 0};
        bool is_full = false;
        while (in.pos < in.size || is_full) {
            ZSTD_outBuffer out{.dst = piece.data(), .size = piece.size(), .pos = 0};
            const std::size_t left = ZSTD_decompressStream(decoder_.get(), &out, &in);
            if (ZSTD_isError(left) != 0) return false;
            is_open_ = left != 0;
            is_full = out.pos == out.size;
            if (out.pos > 0 && !take(std::string_view(piece).substr(0, out.pos))) return false;
        }
        return true;
    }

    [[nodiscard]] bool is_whole() override { return !is_open_; }

  private:
    Handle<ZSTD_DCtx, ZSTD_freeDCtx> decoder_;
    bool is_open_ = false;
};

std::unique_ptr<ContentDecoder::Step> step_of(std::string_view coding) {
    if (coding == "gzip" || coding == "x-gzip") return std::make_unique<Zlib>(Zlib::Format::kGzip);
    if (coding == "deflate") return std::make_unique<Zlib>(Zlib::Format::kDeflate);
    if (coding == "br") return std::make_unique<Brotli>();
    if (coding == "zstd") return std::make_unique<Zstd>();
    return nullptr;
}

}  // namespace

ContentDecoder::ContentDecoder(std::string_view codings) {
    const std::string all = ascii_lower(codings);
    // The coding that was applied last is undone first.
    for (std::string_view rest = all; !rest.empty();) {
        const std::size_t comma = rest.rfind(',');
        const std::string_view coding = trim(comma == rest.npos ? rest : rest.substr(comma + 1));
        rest = comma == rest.npos ? std::string_view{} : rest.substr(0, comma);
        if (coding.empty() || coding == "identity" || coding == "none") continue;
        std::unique_ptr<Step> step = step_of(coding);
        if (!step || count_ == static_cast<int>(std::size(steps_))) {
            is_known_ = false;
            return;
        }
        steps_[count_++] = std::move(step);
    }
}

ContentDecoder::~ContentDecoder() = default;

bool ContentDecoder::add(std::string_view bytes, const TakeBytes& take) {
    switch (count_) {
        case 0:
            return take(bytes);
        case 1:
            return steps_[0]->add(bytes, take);
        case 2:
            return steps_[0]->add(
                bytes, [&](std::string_view piece) { return steps_[1]->add(piece, take); });
        default:
            return steps_[0]->add(bytes, [&](std::string_view outer) {
                return steps_[1]->add(
                    outer, [&](std::string_view piece) { return steps_[2]->add(piece, take); });
            });
    }
}

bool ContentDecoder::is_whole() const {
    for (int i = 0; i < count_; ++i)
        if (!steps_[i]->is_whole()) return false;
    return true;
}

}  // namespace heliograph::http
