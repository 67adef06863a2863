// SPDX-License-Identifier: GPL-3.0-or-later
// URLs by the WHATWG rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/url.h"

namespace heliograph::html {

// Parses `text` against `base` (WHATWG URL, section 4.4), fragment left out. An empty base is none:
// then only whole addresses parse.
// Returns nullopt for what does not parse and for schemes other than http and https.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text, const Url* base = nullptr);

// Whether one publisher answers for both: the same registrable domain by the Public Suffix List
// ("www.a.co.uk" and "m.a.co.uk", but not "a.github.io" and "b.github.io"); for numeric hosts and
// names without a dot the same host and port.
[[nodiscard]] bool same_site(const Url& a, const Url& b);

// The form that two links to the same article share: tracking parameters (utm_*, fbclid, gclid,
// ...) and empty parameters off, an empty query off, the rest as it was. What ids are made from.
[[nodiscard]] Url canonical_form(const Url& url);

// What the addresses of one article's variants have in common: http and https, with and without
// "www.", the host or path of the version for phones, for AMP, for printing, a slash at the end.
// No address: only to be compared.
[[nodiscard]] std::string identity_key(const Url& url);

}  // namespace heliograph::html
