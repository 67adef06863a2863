// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Feed 1.0 and 1.1 (jsonfeed.org), and arrays of articles in any JSON or script.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/entry.h"
#include "model/url.h"
#include "source/literal.h"

namespace heliograph::source {

// nullopt when the value is no JSON Feed.
[[nodiscard]] std::optional<Feed> read_json_feed(const Literal& value, const Url& url);

// What each field of an entry ("url", "title", "date", "summary", "author", "tags", "language",
// "image") is called: a place in an array, counted from 0 ("3"), or names in an object
// ("link.href").
using FieldPlaces = std::vector<std::pair<std::string, std::string>>;

// The entries of the first array in `text`, wherever it stands ("x=[[1,"t"],...]", JSON with the
// array inside), whose elements have an address at the place of "url". One that breaks off gives
// its entries up to there, with a warning.
// Errors: kMalformed when there is no such array; the message is only the cause.
// REQUIRES: `text` is valid UTF-8, and `places` has "url".
[[nodiscard]] Result<Feed> read_array(std::string_view text, const Url& url,
                                      const FieldPlaces& places);

// Where the elements of an array in `text` seem to have "url", and as far as it shows "title",
// "date" and "image": of the array with the most elements that have different addresses and texts.
// For the operator to look at: it goes by what the values look like. Empty when no array has two
// such elements. REQUIRES: `text` is valid UTF-8.
[[nodiscard]] FieldPlaces guess_places(std::string_view text, const Url& url);

}  // namespace heliograph::source
