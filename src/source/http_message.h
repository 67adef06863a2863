// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP answer as archives keep it: head and body in one piece.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::source {

struct HttpAnswer {
    int status = 0;
    std::string content_type;
    std::string location;
    std::string body;  // chunks joined, content codings undone
};

// Tools that undo the codings and keep the fields are believed by the bytes: a body that is not
// chunked or packed is taken as it is.
// Errors: kMalformed without a status line; kLimit for more than `max_bytes` inside; kRefused for a
// content coding that is not known.
[[nodiscard]] Result<HttpAnswer> parse_http_answer(std::string_view message, std::size_t max_bytes);

// The chunks of a body joined (RFC 9112 section 7.1); nullopt when it is not in chunks. One that
// breaks off gives what there is.
[[nodiscard]] std::optional<std::string> join_chunks(std::string_view body);

}  // namespace heliograph::source
