// SPDX-License-Identifier: GPL-3.0-or-later
// What a function gives back when the outside world may refuse: a value, or an error in words.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace heliograph {

// What kind of refusal it was, for programs. People read Error::message.
enum class ErrorCode : std::uint8_t {
    kMalformed,    // the bytes are not what they claim to be
    kLimit,        // larger, deeper or longer than we accept
    kRefused,      // the other side, or our own rules, said no
    kForbidden,    // the other side asks robots not to (robots.txt)
    kLocal,        // refused by our own rules: it leads into the local network
    kUnreachable,  // no connection, no such host, or it broke off
    kTimedOut,     // nothing came in the time allowed
    kNotFound,     // there is no such thing
    kPostponed,    // not asked for now: a budget is used up; to be tried again without blame
    kConfig,       // the operator's configuration or arguments are wrong
};

// `message`: lower case, no full stop, the subject in quotes, then the cause:
// "cannot parse feed 'https://a.example/rss': no <channel> element".
struct Error {
    ErrorCode code = ErrorCode::kMalformed;
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error> {
  public:
    using std::expected<T, Error>::expected;
};

inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
    return std::unexpected(Error{code, std::move(message)});
}

}  // namespace heliograph
