// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/plain_text.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "html/escape.h"
#include "source/feed.h"

namespace heliograph::source {
namespace {

// "&#8217;", "&amp;": something a reader should not see.
bool has_reference(std::string_view text) {
    for (std::size_t at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
        const std::size_t end = text.find_first_not_of(
            "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", at + 1);
        if (end != text.npos && text[end] == ';' && end > at + 2) return true;
    }
    return false;
}

// What publishers set titles and names with. "<" before anything else is a sign: "x<y", "<3".
constexpr auto kTitleTags = std::to_array<std::string_view>(
    {"a",     "abbr", "b",    "bdi",  "bdo", "big",    "br",    "cite", "code",   "del",
     "div",   "em",   "font", "h1",   "h2",  "h3",     "h4",    "i",    "img",    "ins",
     "mark",  "nobr", "p",    "q",    "s",   "script", "small", "span", "strike", "strong",
     "style", "sub",  "sup",  "time", "tt",  "u",      "wbr"});

bool begins_title_tag(std::string_view rest) {
    const std::size_t end = rest.find_first_of("<>", 1);
    if (end == rest.npos || rest[end] == '<') return false;
    rest = rest.substr(1, end - 1);
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const std::string name = ascii_lower(rest.substr(0, rest.find_first_of(" \t\r\n/")));
    return std::ranges::find(kTitleTags, std::string_view(name)) != kTitleTags.end();
}

std::string text_of_title(std::string_view markup) {
    std::string tamed;
    for (std::size_t i = 0; i < markup.size(); ++i) {
        if (markup[i] == '<' && !begins_title_tag(markup.substr(i))) {
            tamed += "&lt;";
        } else {
            tamed += markup[i];
        }
    }
    return html::text_of_fragment(tamed);
}

}  // namespace

// Titles are escaped once too often by many publishers ("AT&amp;amp;T"): a second reading mends
// that, and hardly another title still has references after the first.
std::string plain_from_html(std::string_view markup) {
    std::string text = text_of_title(markup);
    if (has_reference(text)) text = text_of_title(text);
    std::erase_if(text, [](unsigned char c) { return c < 0x20; });  // "&#8;" in the second reading
    return text;
}
std::string plain_from_text(std::string_view text) {
    return has_reference(text) ? plain_from_html(html::escape_text(text)) : collapse_space(text);
}

void add_name(std::vector<std::string>& names, std::string name) {
    name = shorten(name, kMaxNameCodePoints);
    if (!name.empty() && names.size() < kMaxNames && std::ranges::find(names, name) == names.end())
        names.push_back(std::move(name));
}

void add_warning(Feed& feed, std::string warning) {
    if (feed.warnings.size() < kMaxWarnings) feed.warnings.push_back(std::move(warning));
    if (feed.warnings.size() == kMaxWarnings) feed.warnings.back() = "further warnings left out";
}

bool EntryList::is_full() const { return feed_.entries.size() >= kMaxEntries; }

bool EntryList::add(Entry entry) {
    if (is_full()) {
        left_out_ = true;
        return false;
    }
    if (!seen_.insert(entry.url).second) {
        ++doubles_;
        return false;
    }
    feed_.entries.push_back(std::move(entry));
    return true;
}

void EntryList::finish() {
    if (left_out_)
        add_warning(feed_, fmt::format("more than {} items: the rest left out", kMaxEntries));
    if (doubles_ > 0)
        add_warning(feed_, fmt::format("{} items repeat the address of another", doubles_));
}

}  // namespace heliograph::source
