// SPDX-License-Identifier: GPL-3.0-or-later
// The short name of an article: part of its address on every mirror, so it never changes and is
// never used again.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace heliograph::pipeline {

// The first ten characters of base32(SHA-256(canonical URL)): fifty bits, so two of a million
// articles share them with a chance of one in two thousand; then, and only then, more characters
// are taken until `is_taken` says no.
[[nodiscard]] std::string make_article_id(std::string_view canonical_url,
                                          const std::function<bool(const std::string&)>& is_taken);

}  // namespace heliograph::pipeline
