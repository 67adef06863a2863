// SPDX-License-Identifier: GPL-3.0-or-later
// Removes the content codings of a body while it arrives, and knows whether all of it came.
// libcurl does the former too, but takes a body whose compressed bytes end early for whole.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace heliograph::http {

// The value of Accept-Encoding: what ContentDecoder knows.
inline constexpr const char* kAcceptedEncodings = "gzip, deflate, br, zstd";

// Takes plain bytes; false ends the decoding.
using TakeBytes = std::function<bool(std::string_view)>;

class ContentDecoder {
  public:
    // `codings` is the value of Content-Encoding, or its values with commas between (RFC 9110
    // section 8.4). Without a value, and for "identity", bytes pass as they are.
    explicit ContentDecoder(std::string_view codings);
    ~ContentDecoder();
    ContentDecoder(const ContentDecoder&) = delete;
    ContentDecoder& operator=(const ContentDecoder&) = delete;

    // Returns false for a coding that is not known, and for more than three.
    [[nodiscard]] bool is_known() const { return is_known_; }

    // Decodes the next bytes. Returns false when they are damaged, or when `take` returned false.
    // REQUIRES: is_known().
    [[nodiscard]] bool add(std::string_view bytes, const TakeBytes& take);

    // Returns whether the bytes so far are whole. No bytes at all are: answers without a body may
    // name a coding. So are bytes that end where the sender flushed without closing the stream, and
    // gzip without its check sum, which careless servers send.
    [[nodiscard]] bool is_whole() const;

    // One coding.
    class Step {
      public:
        virtual ~Step() = default;
        virtual bool add(std::string_view bytes, const TakeBytes& take) = 0;
        [[nodiscard]] virtual bool is_whole() = 0;
    };

  private:
    bool is_known_ = true;
    std::unique_ptr<Step> steps_[3];  // in the order in which they are undone
    int count_ = 0;
};

}  // namespace heliograph::http
