// SPDX-License-Identifier: GPL-3.0-or-later
// A date that is read is written so that it is read back as the same.
#include "base/date.h"

#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const auto time = parse_date_time(fuzz::as_text(data, size));
    if (!time) return 0;
    const auto again = parse_date_time(format_rfc3339(*time));
    fuzz::require(again.has_value(), "what we write we can read");
    fuzz::require(again->has_time == time->has_time, "a day stays a day");
    if (time->has_time) fuzz::require(again->utc == time->utc, "the moment stays the same");
    return 0;
}
