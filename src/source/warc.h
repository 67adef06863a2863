// SPDX-License-Identifier: GPL-3.0-or-later
// WARC files (ISO 28500, versions 1.0 and 1.1), plain, packed record by record with gzip or zstd,
// or packed as a whole: one record after the other, in bounded memory.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "source/decoded_stream.h"

namespace heliograph::source {

// The fields of one record, or of the answer in it.
inline constexpr std::size_t kMaxWarcHeadBytes = 256 * 1024;
// The largest answer that is given whole; of a larger one the record is passed over. As of a page
// or picture that is fetched.
inline constexpr std::size_t kMaxWarcBodyBytes = std::size_t{64} << 20;

// One page, picture or other document that the archive has.
struct WarcAnswer {
    std::string url;  // WARC-Target-URI, without the "<>" of older tools
    std::optional<DateTime> date;
    int status = 200;          // of a "resource" record: 200
    std::string content_type;  // value of the field
    std::string location;      // of a redirect
    std::string body;          // chunks joined, content codings undone
    StreamPosition position;   // of its record
};

class WarcReader {
  public:
    // `read` gives the bytes of the file from position.offset on.
    WarcReader(ReadBytes read, StreamPosition position);
    ~WarcReader();
    WarcReader(WarcReader&&) noexcept;
    WarcReader& operator=(WarcReader&&) noexcept;

    // The next record of type "response" or "resource"; nullopt at the end. Others, answers that
    // are too large and those whose coding is not known are passed over; passed_over() counts the
    // latter two.
    // Errors: kMalformed where the file breaks off or is no WARC file; the message is only the
    // cause, and no more can be read.
    [[nodiscard]] Result<std::optional<WarcAnswer>> next();
    [[nodiscard]] std::size_t passed_over() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// By its first bytes, unpacked.
[[nodiscard]] bool is_warc(ReadBytes read);

}  // namespace heliograph::source
