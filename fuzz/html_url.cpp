// SPDX-License-Identifier: GPL-3.0-or-later
// A URL that was read is read again as itself, and so is its canonical form.
#include "html/url.h"

#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static const Url base = html::parse_url("https://a.example/news/2026/page.html?x=1").value();
    const auto url = html::parse_url(fuzz::as_text(data, size), &base);
    if (!url) return 0;
    const auto again = html::parse_url(url->href);
    fuzz::require(again && again->href == url->href, "a URL stays the same");
    const Url canonical = html::canonical_form(*url);
    const auto read = html::parse_url(canonical.href);
    fuzz::require(read && read->href == canonical.href, "a canonical form is a URL");
    fuzz::require(html::canonical_form(canonical).href == canonical.href,
                  "a canonical form is its own");
    fuzz::require(canonical.host == url->host, "a canonical form stays on its host");
    return 0;
}
