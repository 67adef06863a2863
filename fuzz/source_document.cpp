// SPDX-License-Identifier: GPL-3.0-or-later
// Any document is refused with a reason, or each of its entries has an address of the web and text
// in UTF-8. The first byte chooses the rules, so that every reader has its turn; one has places of
// fields guessed.
#include "source/document.h"

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/url.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static const Url url = html::parse_url("https://a.example/list").value();
    if (size == 0) return 0;
    source::ReadingRules rules;
    if (data[0] == 'F') rules.fields = {{"url", "1"}, {"title", "0"}, {"date", "2.a"}};
    if (data[0] == 'L') rules.links = "ul a, h2";
    if (data[0] == 'G') {
        const std::string text = to_valid_utf8(fuzz::as_text(data + 1, size - 1));
        const source::FieldPlaces places = source::guess_places(text, url);
        if (places.empty()) return 0;
        const auto guessed = source::read_array(text, url, places);
        fuzz::require(guessed.has_value(), "what was guessed can be read");
        return 0;
    }
    const auto feed = source::parse_source(fuzz::as_text(data + 1, size - 1), url, {}, rules);
    if (!feed) {
        fuzz::require(!feed.error().message.empty(), "a refusal says why");
        return 0;
    }
    for (const Entry& entry : feed->entries) {
        fuzz::require(html::parse_url(entry.url).has_value(), "an entry has an address");
        fuzz::require(is_utf8(entry.title) && is_utf8(entry.content_html), "its text is UTF-8");
    }
    for (const SourcePart& part : feed->parts)
        fuzz::require(html::parse_url(part.url).has_value(), "a part has an address");
    for (const std::string& warning : feed->warnings)
        fuzz::require(is_utf8(warning), "a warning is UTF-8");
    return 0;
}
