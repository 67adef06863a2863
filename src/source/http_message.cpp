// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/http_message.h"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "base/handle.h"
#include "base/utf8.h"
#include "source/decoded_stream.h"

namespace heliograph::source {
namespace {

// Codings of one body; more are a trap.
constexpr std::size_t kMaxCodings = 3;

struct Head {
    int status = 0;
    std::string content_type;
    std::string location;
    std::string transfer_encoding;
    std::string content_encoding;
};

std::string_view next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// Leaves the body in `message`; nullopt without a status line.
std::optional<Head> read_head(std::string_view& message) {
    const std::string_view status_line = next_line(message);
    const std::size_t space = status_line.find(' ');
    if (!status_line.starts_with("HTTP/") || space == status_line.npos) return std::nullopt;
    Head head;
    const std::string_view number = trim(status_line.substr(space));
    std::from_chars(number.data(), number.data() + number.size(), head.status);
    while (!message.empty()) {
        const std::string_view line = next_line(message);
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue;
        const std::string_view name = trim(line.substr(0, colon));
        const std::string_view value = trim(line.substr(colon + 1));
        if (equals_ignoring_ascii_case(name, "content-type")) head.content_type = value;
        if (equals_ignoring_ascii_case(name, "location")) head.location = value;
        if (equals_ignoring_ascii_case(name, "transfer-encoding"))
            head.transfer_encoding = ascii_lower(value);
        if (equals_ignoring_ascii_case(name, "content-encoding"))
            head.content_encoding = ascii_lower(value);
    }
    return head;
}

Result<std::string> unpack_brotli(std::string_view bytes, std::size_t max_bytes) {
    const Handle<BrotliDecoderState, BrotliDecoderDestroyInstance> decoder(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    std::size_t left = bytes.size();
    const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::string out;
    while (true) {
        std::size_t room = 0;
        const auto status =
            BrotliDecoderDecompressStream(decoder.get(), &left, &next, &room, nullptr, nullptr);
        std::size_t size = 0;
        while (const std::uint8_t* piece = BrotliDecoderTakeOutput(decoder.get(), &size)) {
            if (size == 0) break;
            out.append(reinterpret_cast<const char*>(piece), size);
            size = 0;
            if (out.size() > max_bytes)
                return fail(ErrorCode::kLimit, "it is packed and has too many bytes inside");
        }
        if (status == BROTLI_DECODER_RESULT_SUCCESS) return out;
        if (status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            return fail(ErrorCode::kMalformed, "its packed bytes are damaged or end too early");
    }
}

Result<std::string> undo(std::string_view coding, std::string body, std::size_t max_bytes) {
    if (coding == "gzip" || coding == "x-gzip" || coding == "zstd")
        return is_packed(body) ? unpack(body, max_bytes) : Result<std::string>(std::move(body));
    if (coding == "deflate" || coding == "br") {
        auto plain =
            coding == "br" ? unpack_brotli(body, max_bytes) : inflate_body(body, max_bytes);
        // These show no sign of being packed: what cannot be undone was undone before.
        if (!plain && plain.error().code == ErrorCode::kMalformed) return body;
        return plain;
    }
    if (coding.empty() || coding == "identity") return body;
    return fail(ErrorCode::kRefused,
                fmt::format("its content coding '{}' is not known", to_valid_utf8(coding)));
}

}  // namespace

std::optional<std::string> join_chunks(std::string_view body) {
    std::string out;
    while (!body.empty()) {
        std::string_view line = trim(next_line(body));
        line = trim(line.substr(0, line.find(';')));
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
        if (error != std::errc() || end != line.data() + line.size()) {
            if (out.empty()) return std::nullopt;
            return out;
        }
        if (size == 0) return out;
        out += body.substr(0, size);
        body.remove_prefix(std::min(size, body.size()));
        if (body.starts_with("\r\n")) {
            body.remove_prefix(2);
        } else if (body.starts_with("\n")) {
            body.remove_prefix(1);
        }
    }
    return out;
}

Result<HttpAnswer> parse_http_answer(std::string_view message, std::size_t max_bytes) {
    auto head = read_head(message);
    if (!head) return fail(ErrorCode::kMalformed, "it is no answer of HTTP");
    HttpAnswer out{.status = head->status,
                   .content_type = std::move(head->content_type),
                   .location = std::move(head->location),
                   .body = {}};
    std::optional<std::string> joined;
    if (head->transfer_encoding.find("chunked") != std::string::npos) joined = join_chunks(message);
    out.body = joined ? *std::move(joined) : std::string(message);
    // The coding that was applied last is undone first (RFC 9110 section 8.4).
    std::string_view codings = head->content_encoding;
    for (std::size_t i = 0; i < kMaxCodings && !codings.empty(); ++i) {
        const std::size_t comma = codings.rfind(',');
        const std::string_view coding =
            trim(comma == codings.npos ? codings : codings.substr(comma + 1));
        codings = comma == codings.npos ? std::string_view{} : codings.substr(0, comma);
        auto plain = undo(coding, std::move(out.body), max_bytes);
        if (!plain) return std::unexpected(std::move(plain).error());
        out.body = *std::move(plain);
    }
    return out;
}

}  // namespace heliograph::source
