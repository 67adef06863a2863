// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/json_feed.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "html/escape.h"
#include "html/url.h"
#include "source/plain_text.h"

namespace heliograph::source {
namespace {

// How often a text is read in search of an array, in all: beginnings that break off are read again
// from the next one on.
constexpr std::size_t kMaxReadings = 16;

std::string address(const Url& base, std::string_view text) {
    const auto parsed = html::parse_url(trim(text), &base);
    return parsed && !trim(text).empty() ? parsed->href : std::string{};
}

void add_authors(Entry& entry, const Literal& holder) {
    if (const Literal* authors = holder.member("authors"); authors && authors->is_array()) {
        for (const Literal& author : authors->items)
            add_name(entry.authors, plain_from_text(author.text_of("name")));
    }
    if (const Literal* author = holder.member("author"))  // version 1.0
        add_name(entry.authors, plain_from_text(author->text_of("name")));
}

Entry json_feed_item(const Literal& item, const Url& url) {
    Entry entry;
    entry.guid = item.text_of("id");
    entry.url = address(url, item.text_of("url"));
    if (entry.url.empty()) entry.url = address(url, item.text_of("external_url"));
    if (entry.url.empty()) {
        if (const auto id = html::parse_url(entry.guid)) entry.url = id->href;
    }
    entry.title = plain_from_text(item.text_of("title"));
    entry.content_html = item.text_of("content_html");
    if (entry.content_html.empty()) {
        // Plain text: an empty line ends a paragraph.
        std::string text = html::escape_text(item.text_of("content_text"));
        for (std::size_t at = text.find("\n\n"); at != text.npos; at = text.find("\n\n", at + 3))
            text.replace(at, 2, "<p>");
        if (!text.empty()) entry.content_html = "<p>" + text;
    }
    entry.summary_html = html::escape_text(item.text_of("summary"));
    entry.published = parse_date_time(item.text_of("date_published"));
    entry.updated = parse_date_time(item.text_of("date_modified"));
    entry.language = item.text_of("language");
    entry.image_url = address(url, item.text_of("image"));
    if (entry.image_url.empty()) entry.image_url = address(url, item.text_of("banner_image"));
    add_authors(entry, item);
    if (const Literal* tags = item.member("tags"); tags && tags->is_array()) {
        for (const Literal& tag : tags->items)
            if (tag.kind == Literal::Kind::kText) add_name(entry.tags, plain_from_text(tag.text));
    }
    return entry;
}

// The value at "3" of an array or "link.href" of an object; null when there is none.
const Literal* at_place(const Literal& row, std::string_view place) {
    const Literal* value = &row;
    while (value != nullptr && !place.empty()) {
        const std::size_t dot = std::min(place.find('.'), place.size());
        const std::string_view step = place.substr(0, dot);
        place.remove_prefix(std::min(dot + 1, place.size()));
        if (value->is_object()) {
            value = value->member(step);
        } else if (value->is_array()) {
            std::size_t index = 0;
            const auto [end, error] =
                std::from_chars(step.data(), step.data() + step.size(), index);
            const bool is_number = error == std::errc() && end == step.data() + step.size();
            value = is_number && index < value->items.size() ? &value->items[index] : nullptr;
        } else {
            value = nullptr;
        }
    }
    return value;
}

std::string text_at(const Literal& row, const FieldPlaces& places, std::string_view field) {
    const auto place = std::ranges::find(places, field, [](const auto& p) { return p.first; });
    if (place == places.end()) return {};
    const Literal* value = at_place(row, place->second);
    if (value == nullptr ||
        (value->kind != Literal::Kind::kText && value->kind != Literal::Kind::kNumber))
        return {};
    return std::string(trim(value->text));
}

// Seconds or milliseconds since 1970 too, as scripts have them.
std::optional<DateTime> date_of(const std::string& text) {
    if (auto date = parse_date_time(text)) return date;
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr long long kYear2001 = 1'000'000'000;
    if (error != std::errc() || end != text.data() + text.size() || number < kYear2001)
        return std::nullopt;
    if (number > 100 * kYear2001) number /= 1000;
    if (number > 100 * kYear2001) return std::nullopt;
    return DateTime{.utc = std::chrono::sys_seconds{std::chrono::seconds{number}}, .offset = {}};
}

// The first array inside `value`, itself included, with an element that has an address.
const Literal* find_rows(const Literal& value, const FieldPlaces& places) {
    std::vector<const Literal*> waiting{&value};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const Literal& candidate = *waiting[i];
        if (candidate.is_array() && std::ranges::any_of(candidate.items, [&](const Literal& row) {
                return (row.is_array() || row.is_object()) && !text_at(row, places, "url").empty();
            }))
            return &candidate;
        for (const Literal& inner : candidate.items)
            if (inner.is_array() || inner.is_object()) waiting.push_back(&inner);
    }
    return nullptr;
}

Entry entry_of_row(const Literal& row, const Url& url, const FieldPlaces& places) {
    Entry entry;
    entry.url = address(url, text_at(row, places, "url"));
    entry.title = plain_from_html(text_at(row, places, "title"));
    entry.summary_html = text_at(row, places, "summary");
    entry.published = date_of(text_at(row, places, "date"));
    entry.language = text_at(row, places, "language");
    entry.image_url = address(url, text_at(row, places, "image"));
    add_name(entry.authors, plain_from_html(text_at(row, places, "author")));
    const std::string tags = text_at(row, places, "tags");
    for (std::size_t begin = 0; begin < tags.size();) {
        const std::size_t end = std::min(tags.find(',', begin), tags.size());
        add_name(entry.tags, plain_from_html(std::string_view(tags).substr(begin, end - begin)));
        begin = end + 1;
    }
    return entry;
}

}  // namespace

std::optional<Feed> read_json_feed(const Literal& value, const Url& url) {
    const Literal* items = value.is_object() ? value.member("items") : nullptr;
    const bool says_so =
        value.text_of("version").find("jsonfeed.org/version/") != std::string::npos;
    if (items == nullptr || !items->is_array() || !says_so) return std::nullopt;
    Feed feed;
    feed.title = plain_from_text(value.text_of("title"));
    feed.language = value.text_of("language");
    feed.older = address(url, value.text_of("next_url"));
    Entry channel;
    add_authors(channel, value);
    EntryList list(feed);
    for (const Literal& item : items->items) {
        Entry entry = json_feed_item(item, url);
        if (entry.url.empty()) {
            add_warning(feed, fmt::format("item '{}' left out: it has no address",
                                          shorten(entry.title.empty() ? entry.guid : entry.title,
                                                  kShownCodePoints)));
            continue;
        }
        if (entry.authors.empty()) entry.authors = channel.authors;
        list.add(std::move(entry));
    }
    list.finish();
    return feed;
}

Result<Feed> read_array(std::string_view text, const Url& url, const FieldPlaces& places) {
    std::size_t begin = 0;
    for (std::size_t bytes_read = 0; bytes_read <= kMaxReadings * text.size();) {
        begin = text.find_first_of("[{", begin);
        if (begin == text.npos) break;
        const auto read = read_literal(text, begin);
        bytes_read += read->end - begin + 1;
        const Literal* rows = find_rows(read->value, places);
        if (rows == nullptr) {
            // What was read holds nothing of ours, so neither does what is inside it; a block of
            // code, which is no value, may.
            begin = read->is_complete ? read->end : begin + 1;
            continue;
        }
        Feed feed;
        feed.kind = SourceKind::kArray;
        if (!read->is_complete)
            add_warning(feed, fmt::format("the array cannot be read beyond line {}; what stands "
                                          "before is taken",
                                          read->fault_line));
        EntryList list(feed);
        std::size_t number = 0;
        for (const Literal& row : rows->items) {
            ++number;
            Entry entry = entry_of_row(row, url, places);
            if (!entry.url.empty()) {
                list.add(std::move(entry));
            } else if (&row != &rows->items.back() || read->is_complete) {
                add_warning(feed, fmt::format("element {} of the array left out: it has no address",
                                              number));
            }
        }
        list.finish();
        return feed;
    }
    return fail(ErrorCode::kMalformed,
                "there is no array in it whose elements have an address where 'fields' says");
}

}  // namespace heliograph::source
