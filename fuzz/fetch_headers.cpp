// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a server writes into the fields that we read ourselves, what we take from them is within
// its bounds.
#include "base/utf8.h"
#include "fetch/cache_control.h"
#include "fetch/content_type.h"
#include "fetch/retry_after.h"
#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    using namespace std::chrono_literals;
    const std::string_view value = fuzz::as_text(data, size);
    const std::chrono::sys_seconds now = std::chrono::sys_days{2026y / 11 / 26};
    if (const auto wait = fetch::parse_retry_after(value, now))
        fuzz::require(*wait >= 0s && *wait <= fetch::kMaxRetryDelay, "a wait has bounds");
    if (const auto age = fetch::parse_max_age(value))
        fuzz::require(*age >= 0s && *age <= std::chrono::days{366}, "an age has bounds");
    const fetch::ContentType type = fetch::parse_content_type(value);
    fuzz::require(ascii_lower(type.media_type) == type.media_type, "a type is in lower case");
    fuzz::require(type.charset.size() <= value.size(), "a charset is part of the value");
    if (!type.media_type.empty() && type.media_type.find_first_of("; \t") == std::string::npos)
        fuzz::require(fetch::parse_content_type(type.media_type + "; charset=x").charset == "x",
                      "a type with a charset is read back");
    return 0;
}
