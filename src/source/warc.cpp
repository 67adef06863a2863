// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/warc.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "source/http_message.h"

namespace heliograph::source {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

struct RecordHead {
    std::string type;
    std::string url;
    std::string date;
    std::string content_type;
    std::uint64_t length = 0;
    bool has_length = false;
};

// Fields by ISO 28500 section 4: names in any case, a line that begins with a space goes on.
void read_field(RecordHead& head, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos) return;
    const std::string_view name = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (equals_ignoring_ascii_case(name, "WARC-Type")) head.type = ascii_lower(value);
    if (equals_ignoring_ascii_case(name, "WARC-Target-URI")) head.url = value;
    if (equals_ignoring_ascii_case(name, "WARC-Date")) head.date = value;
    if (equals_ignoring_ascii_case(name, "Content-Type")) head.content_type = value;
    if (equals_ignoring_ascii_case(name, "Content-Length")) {
        const auto [end, error] =
            std::from_chars(value.data(), value.data() + value.size(), head.length);
        head.has_length = error == std::errc() && end == value.data() + value.size();
    }
}

}  // namespace

struct WarcReader::State {
    DecodedStream stream;
    std::uint64_t to_skip = 0;  // before the first record
    std::vector<char> buffer = std::vector<char>(kBufferBytes);
    std::size_t begin = 0;  // of what is still to be read in the buffer
    std::size_t end = 0;
    std::size_t passed_over = 0;

    // False at the end of the file.
    Result<bool> fill() {
        if (begin < end) return true;
        auto count = stream.read(buffer);
        if (!count) return std::unexpected(std::move(count).error());
        begin = 0;
        end = *count;
        return end > 0;
    }

    // Appends at most `count` bytes to `out`, or drops them when it is null; false when the file
    // ends before.
    Result<bool> take(std::uint64_t count, std::string* out) {
        while (count > 0) {
            auto more = fill();
            if (!more || !*more) return more;
            const auto piece =
                static_cast<std::size_t>(std::min<std::uint64_t>(count, end - begin));
            if (out != nullptr) out->append(buffer.data() + begin, piece);
            begin += piece;
            count -= piece;
        }
        return true;
    }

    // One line without its end; false at the end of the file.
    Result<bool> line(std::string& out, std::size_t max_bytes) {
        out.clear();
        while (true) {
            auto more = fill();
            if (!more) return more;
            if (!*more) return !out.empty();
            const auto* from = buffer.data() + begin;
            const auto* to = std::find(from, static_cast<const char*>(buffer.data() + end), '\n');
            out.append(from, to);
            begin += static_cast<std::size_t>(to - from);
            if (out.size() > max_bytes)
                return fail(ErrorCode::kMalformed, "a line of a record's head is too long");
            if (begin < end) {
                ++begin;
                if (out.ends_with('\r')) out.pop_back();
                return true;
            }
        }
    }

    Result<std::optional<RecordHead>> head(StreamPosition& position);
    Result<std::optional<WarcAnswer>> answer(const RecordHead& head);
};

// nullopt at the end of the file.
Result<std::optional<RecordHead>> WarcReader::State::head(StreamPosition& position) {
    std::string text;
    do {  // two empty lines end the record before
        auto more = fill();
        if (!more) return std::unexpected(std::move(more).error());
        if (!*more) return std::optional<RecordHead>();
        position = stream.position(begin);
        more = line(text, kMaxWarcHeadBytes);
        if (!more) return std::unexpected(std::move(more).error());
    } while (text.empty());
    if (!text.starts_with("WARC/1.") && !text.starts_with("WARC/0.1"))
        return fail(ErrorCode::kMalformed, "a record of WARC should begin where none does");
    RecordHead out;
    std::string field;
    std::size_t bytes = 0;
    while (true) {
        auto more = line(text, kMaxWarcHeadBytes);
        if (!more) return std::unexpected(std::move(more).error());
        if (!*more) return fail(ErrorCode::kMalformed, "it breaks off in a record's head");
        bytes += text.size();
        if (bytes > kMaxWarcHeadBytes)
            return fail(ErrorCode::kMalformed, "the head of a record is too long");
        if (text.starts_with(' ') || text.starts_with('\t')) {
            field += text;
            continue;
        }
        read_field(out, field);
        field = text;
        if (text.empty()) break;
    }
    if (!out.has_length) return fail(ErrorCode::kMalformed, "a record does not say how long it is");
    if (out.url.starts_with('<') && out.url.ends_with('>'))
        out.url = out.url.substr(1, out.url.size() - 2);
    return std::optional(std::move(out));
}

// nullopt for what is passed over.
Result<std::optional<WarcAnswer>> WarcReader::State::answer(const RecordHead& head) {
    const bool is_response = head.type == "response" && head.url.starts_with("http");
    const bool is_resource = head.type == "resource" && head.url.starts_with("http");
    const bool is_wanted = is_response || is_resource;
    const bool is_large = head.length > kMaxWarcBodyBytes;
    if (is_wanted && is_large) ++passed_over;
    std::string block;
    auto whole = take(head.length, is_wanted && !is_large ? &block : nullptr);
    if (!whole) return std::unexpected(std::move(whole).error());
    if (!*whole) return fail(ErrorCode::kMalformed, "it breaks off in a record");
    if (!is_wanted || is_large) return std::optional<WarcAnswer>();
    WarcAnswer out;
    out.url = to_valid_utf8(head.url);
    out.date = parse_date_time(head.date);
    if (is_resource) {
        out.content_type = head.content_type;
        out.body = std::move(block);
        return std::optional(std::move(out));
    }
    auto http = parse_http_answer(block, kMaxWarcBodyBytes);
    if (!http) {
        ++passed_over;
        return std::optional<WarcAnswer>();
    }
    out.status = http->status;
    out.content_type = std::move(http->content_type);
    out.location = to_valid_utf8(http->location);
    out.body = std::move(http->body);
    return std::optional(std::move(out));
}

WarcReader::WarcReader(ReadBytes read, StreamPosition position)
    : state_(std::make_unique<State>(State{
          .stream = DecodedStream(std::move(read), position.offset), .to_skip = position.skip})) {}
WarcReader::~WarcReader() = default;
WarcReader::WarcReader(WarcReader&&) noexcept = default;
WarcReader& WarcReader::operator=(WarcReader&&) noexcept = default;

std::size_t WarcReader::passed_over() const { return state_->passed_over; }

Result<std::optional<WarcAnswer>> WarcReader::next() {
    State& s = *state_;
    if (s.to_skip > 0) {
        auto there = s.take(std::exchange(s.to_skip, 0), nullptr);
        if (!there) return std::unexpected(std::move(there).error());
    }
    while (true) {
        StreamPosition position;
        auto head = s.head(position);
        if (!head) return std::unexpected(std::move(head).error());
        if (!*head) return std::optional<WarcAnswer>();
        auto answer = s.answer(**head);
        if (!answer) return answer;
        if (*answer) {
            (*answer)->position = position;
            return answer;
        }
    }
}

bool is_warc(ReadBytes read) {
    DecodedStream stream(std::move(read), 0);
    std::vector<char> first(5);
    std::size_t have = 0;
    while (have < first.size()) {
        const auto count = stream.read(std::span(first).subspan(have));
        if (!count || *count == 0) return false;
        have += *count;
    }
    return std::string_view(first.data(), have) == "WARC/";
}

}  // namespace heliograph::source
