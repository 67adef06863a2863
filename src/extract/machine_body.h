// SPDX-License-Identifier: GPL-3.0-or-later
// The body as a page gives it for machines only: JSON-LD's articleBody, on pages whose text a
// script would bring.
#pragma once

#include <string>
#include <string_view>

#include "model/url.h"

namespace heliograph::extract {

// As article HTML. `body` is plain text, a paragraph a line, or markup, or markup escaped once
// more; all three are in use. Addresses are resolved against `base`.
[[nodiscard]] std::string write_machine_body(std::string_view body, const Url& base);

}  // namespace heliograph::extract
