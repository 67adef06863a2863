// SPDX-License-Identifier: GPL-3.0-or-later
// The body as a page gives it for machines only: JSON-LD's articleBody, on pages whose text a
// script would bring.
#pragma once

#include <string_view>

#include "extract/body_writer.h"
#include "model/url.h"

namespace heliograph::extract {

// Writes article HTML. `body` is plain text with a paragraph a line, or markup, or markup that is
// escaped once more; all three are in use. Addresses are resolved against `base`.
[[nodiscard]] WrittenBody write_machine_body(std::string_view body, const Url& base);

}  // namespace heliograph::extract
