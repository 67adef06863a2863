// SPDX-License-Identifier: GPL-3.0-or-later
// A feed is refused with a reason, or each of its entries has an address of the web and text in
// UTF-8.
#include "source/feed.h"

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/url.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static const Url url = html::parse_url("https://a.example/feed.xml").value();
    const auto feed = source::parse_feed(fuzz::as_text(data, size), url, {});
    if (!feed) {
        fuzz::require(!feed.error().message.empty(), "a refusal says why");
        return 0;
    }
    fuzz::require(feed->entries.size() <= source::kMaxEntries, "a feed has a bound");
    for (const Entry& entry : feed->entries) {
        fuzz::require(html::parse_url(entry.url).has_value(), "an entry has an address");
        fuzz::require(is_utf8(entry.title) && is_utf8(entry.content_html), "its text is UTF-8");
    }
    return 0;
}
