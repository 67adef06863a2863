// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/json_feed.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <set>

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

enum class AfterValue : std::uint8_t {
    kDone,     // nothing more is wanted
    kOurs,     // what is inside was taken: go on behind it
    kNotOurs,  // a whole value that holds nothing of ours holds none inside; a block of code, which
               // is no value, may
};

// Calls `visit` with each array and object that begins in the text.
void for_each_value(std::string_view text,
                    const std::function<AfterValue(const ReadLiteral&)>& visit) {
    std::size_t begin = 0;
    for (std::size_t bytes_read = 0; bytes_read <= kMaxReadings * text.size();) {
        begin = text.find_first_of("[{", begin);
        if (begin == text.npos) return;
        const auto read = read_literal(text, begin);
        bytes_read += read->end - begin + 1;
        const AfterValue after = visit(*read);
        if (after == AfterValue::kDone) return;
        begin = read->is_complete || after == AfterValue::kOurs ? std::max(read->end, begin + 1)
                                                                : begin + 1;
    }
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

// ---- where fields seem to be

// Elements of an array that are looked at: enough to tell a habit.
constexpr std::size_t kRowsToLookAt = 50;
// Places that are told apart; elements have tens.
constexpr std::size_t kMostPlaces = 200;
// Values within values: "link.href", "attributes.0.value".
constexpr int kPlaceDepth = 3;
// A habit is what this share of the elements has, in percent.
constexpr std::size_t kHabit = 80;
// A longer text is a summary or the article itself, not its title.
constexpr std::size_t kLongestTitle = 200;

// What the values at one place of all elements look like.
struct PlaceLook {
    std::size_t addresses = 0;
    std::size_t pictures = 0;  // of the addresses
    std::size_t dates = 0;
    std::size_t texts = 0;
    std::size_t code_points = 0;  // of the texts
    std::set<std::string, std::less<>> different;
};
using Looks = std::vector<std::pair<std::string, PlaceLook>>;  // in the order of their appearance

bool is_picture(std::string_view text) {
    const std::string path = ascii_lower(text.substr(0, text.find_first_of("?#")));
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"},
        [&](std::string_view ending) { return path.ends_with(ending); });
}

bool looks_like_address(std::string_view text, const Url& url) {
    const bool has_blank = text.find(' ') != text.npos;
    const bool is_like_one = text.starts_with("https://") || text.starts_with("http://") ||
                             text.starts_with('/') || text.find(".htm") != text.npos ||
                             (text.find('/') != text.npos && !has_blank);
    return is_like_one && !address(url, text).empty();
}

void look_at(const Literal& value, const std::string& place, int depth, const Url& url,
             Looks& looks) {
    if (value.is_array() || value.is_object()) {
        if (depth == kPlaceDepth) return;
        for (std::size_t i = 0; i < value.items.size() && i < kRowsToLookAt; ++i) {
            const std::string step = value.is_object() ? value.names[i] : std::to_string(i);
            if (step.empty() || step.find('.') != step.npos) continue;  // no place can name it
            look_at(value.items[i], place.empty() ? step : place + "." + step, depth + 1, url,
                    looks);
        }
        return;
    }
    if (value.kind != Literal::Kind::kText && value.kind != Literal::Kind::kNumber) return;
    const std::string text(trim(value.text));
    if (text.empty()) return;
    auto found = std::ranges::find(looks, place, [](const auto& look) { return look.first; });
    if (found == looks.end()) {
        if (looks.size() == kMostPlaces) return;
        found = looks.insert(looks.end(), {place, {}});
    }
    PlaceLook& look = found->second;
    look.different.insert(text);
    if (date_of(text)) {
        ++look.dates;
    } else if (value.kind == Literal::Kind::kNumber) {
        // An id, a count.
    } else if (looks_like_address(text, url)) {
        ++look.addresses;
        if (is_picture(text)) ++look.pictures;
    } else {
        ++look.texts;
        look.code_points += code_point_count(text);
    }
}

// What `rows` have where; empty when they have no address. `count` is how many have one.
FieldPlaces places_of(const Literal& rows, const Url& url, std::size_t& count) {
    Looks looks;
    const std::size_t number = std::min(rows.items.size(), kRowsToLookAt);
    for (std::size_t i = 0; i < number; ++i)
        if (const Literal& row = rows.items[i]; row.is_array() || row.is_object())
            look_at(row, "", 0, url, looks);
    const auto is_habit = [&](std::size_t times) { return times * 100 >= number * kHabit; };
    const auto is_named = [](std::string_view place, std::string_view word) {
        return ascii_lower(place).find(word) != std::string::npos;
    };
    FieldPlaces out;
    const auto add = [&](const char* field, const auto& fits, const auto& is_better) {
        const Looks::value_type* best = nullptr;
        for (const auto& look : looks)
            if (fits(look.second) && (best == nullptr || is_better(look, *best))) best = &look;
        if (best != nullptr) out.emplace_back(field, best->first);
        return best != nullptr;
    };
    const auto first = [](const auto&, const auto&) { return false; };
    const bool has_address = add(
        "url",
        [&](const PlaceLook& look) {
            return look.addresses > 1 && is_habit(look.addresses) &&
                   is_habit(look.different.size()) && look.pictures * 2 < look.addresses;
        },
        first);
    count = has_address ? rows.items.size() : 0;
    if (!has_address) return {};
    add(
        "title",
        [&](const PlaceLook& look) {
            return is_habit(look.texts) && is_habit(look.different.size()) &&
                   look.code_points <= look.texts * kLongestTitle;
        },
        [&](const auto& a, const auto& b) {
            const auto rank = [&](const auto& look) {
                return std::pair(is_named(look.first, "title") || is_named(look.first, "headline"),
                                 look.second.code_points);
            };
            return rank(a) > rank(b);
        });
    add(
        "date", [&](const PlaceLook& look) { return is_habit(look.dates); },
        [&](const auto& a, const auto& b) {
            return is_named(a.first, "pub") && !is_named(b.first, "pub");
        });
    add(
        "image",
        [](const PlaceLook& look) { return look.pictures > 0 && look.pictures == look.addresses; },
        first);
    return out;
}

}  // namespace

FieldPlaces guess_places(std::string_view text, const Url& url) {
    FieldPlaces best;
    std::size_t most = 1;
    for_each_value(text, [&](const ReadLiteral& read) {
        auto after = AfterValue::kNotOurs;
        std::vector<const Literal*> waiting{&read.value};
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const Literal& candidate = *waiting[i];
            std::size_t count = 0;
            FieldPlaces places;
            if (candidate.is_array() && candidate.items.size() > 1)
                places = places_of(candidate, url, count);
            if (count > 0) after = AfterValue::kOurs;
            if (count > most && places.size() > 1) {
                best = std::move(places);
                most = count;
            }
            for (const Literal& inner : candidate.items)
                if (inner.is_array() || inner.is_object()) waiting.push_back(&inner);
        }
        return after;
    });
    return best;
}

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
    std::optional<Feed> found;
    for_each_value(text, [&](const ReadLiteral& read) {
        const Literal* rows = find_rows(read.value, places);
        if (rows == nullptr) return AfterValue::kNotOurs;
        found.emplace();
        found->kind = SourceKind::kArray;
        if (!read.is_complete)
            add_warning(*found, fmt::format("the array cannot be read beyond line {}; what stands "
                                            "before is taken",
                                            read.fault_line));
        EntryList list(*found);
        std::size_t number = 0;
        for (const Literal& row : rows->items) {
            ++number;
            Entry entry = entry_of_row(row, url, places);
            if (!entry.url.empty()) {
                list.add(std::move(entry));
            } else if (&row != &rows->items.back() || read.is_complete) {
                add_warning(*found, fmt::format("element {} of the array left out: it has no "
                                                "address",
                                                number));
            }
        }
        list.finish();
        return AfterValue::kDone;
    });
    if (found) return *std::move(found);
    return fail(ErrorCode::kMalformed,
                "there is no array in it whose elements have an address where 'fields' says");
}

}  // namespace heliograph::source
