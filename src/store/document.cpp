// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/document.h"

#include <rapidjson/document.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <cstddef>
#include <utility>

#include "base/system_error.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

using Json = rapidjson::Value;

std::string write_time(const std::optional<DateTime>& time) {
    return time ? format_rfc3339(*time) : "";
}

// ---- writing: the keys of an object in the order of their letters

class Writer {
  public:
    void begin() { json_.StartObject(); }
    void end() { json_.EndObject(); }
    void begin_list() { json_.StartArray(); }
    void end_list() { json_.EndArray(); }
    void key(std::string_view name) { json_.Key(name.data(), size_of(name)); }
    void value(std::string_view text) { json_.String(text.data(), size_of(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const std::vector<std::string>& texts) {
        begin_list();
        for (const std::string& text : texts) value(text);
        end_list();
    }
    void value(bool yes) { json_.Bool(yes); }
    void value(double number) { json_.Double(number); }
    void value(std::int64_t number) { json_.Int64(number); }
    void member(std::string_view name, const auto& what) {
        key(name);
        value(what);
    }
    [[nodiscard]] std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

  private:
    static rapidjson::SizeType size_of(std::string_view text) {
        return static_cast<rapidjson::SizeType>(text.size());
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

// ---- reading

// What the store holds was written by write_*: anything else means a damaged database.
[[noreturn]] void damaged(std::string_view what) {
    throw SystemError("cannot read a record of the store: " + std::string(what));
}

// Its texts stay where they are in `json`, which is spent.
rapidjson::Document parse(std::string& json) {
    rapidjson::Document out;
    // Numbers as they were written, to the last bit.
    out.ParseInsitu<rapidjson::kParseFullPrecisionFlag>(json.data());
    if (out.HasParseError() || !out.IsObject()) damaged("it is no JSON object");
    return out;
}

// Null when there is no such member.
const Json* find(const Json& object, const char* key) {
    if (!object.IsObject()) damaged("an object is missing");
    const auto found = object.FindMember(key);
    return found == object.MemberEnd() ? nullptr : &found->value;
}

const Json& at(const Json& object, const char* key) {
    const Json* found = find(object, key);
    if (found == nullptr) damaged(std::string("it has no '") + key + "'");
    return *found;
}

const Json& at(const Json& list, std::size_t index) {
    if (!list.IsArray() || index >= list.Size()) damaged("a list is too short");
    return list[static_cast<rapidjson::SizeType>(index)];
}

std::string text(const Json& value) {
    if (!value.IsString()) damaged("a text is missing");
    return {value.GetString(), value.GetStringLength()};
}

std::int64_t whole_number(const Json& value) {
    if (!value.IsInt64()) damaged("a whole number is missing");
    return value.GetInt64();
}

double number(const Json& value) {
    if (!value.IsNumber()) damaged("a number is missing");
    return value.GetDouble();
}

bool yes_or_no(const Json& value) {
    if (!value.IsBool()) damaged("a truth value is missing");
    return value.GetBool();
}

auto list(const Json& value) {
    if (!value.IsArray()) damaged("a list is missing");
    return value.GetArray();
}

std::vector<std::string> texts(const Json& value) {
    std::vector<std::string> out;
    for (const Json& one : list(value)) out.push_back(text(one));
    return out;
}

std::string text_or_nothing(const Json& object, const char* key) {
    const Json* found = find(object, key);
    return found == nullptr ? std::string() : text(*found);
}

std::optional<DateTime> read_time(const Json& object, const char* key) {
    return parse_date_time(text(at(object, key)));
}

// Before version 8 documents were not packed. A frame of zstd does not begin with a brace.
std::string json_of(const std::string& document) {
    return document.starts_with('{') ? document : unpack(document);
}

// Hears what a document says, in order, and keeps its tags; ends the reading after them.
class TagReader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TagReader> {
  public:
    bool Default() { return true; }
    bool StartObject() {
        ++depth_;
        return true;
    }
    bool EndObject(rapidjson::SizeType /*members*/) {
        --depth_;
        return true;
    }
    bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
        is_open_ = depth_ == 1 && std::string_view(text, size) == "tags";
        return true;
    }
    bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
        if (is_open_) tags_.emplace_back(text, size);
        return true;
    }
    bool EndArray(rapidjson::SizeType /*elements*/) {
        is_done_ = is_open_;
        return !is_done_;
    }

    [[nodiscard]] bool is_done() const { return is_done_; }
    [[nodiscard]] std::vector<std::string> tags() && { return std::move(tags_); }

  private:
    std::vector<std::string> tags_;
    int depth_ = 0;
    bool is_open_ = false;
    bool is_done_ = false;
};

}  // namespace

std::string write_entry(const Entry& entry) {
    Writer out;
    out.begin();
    out.member("authors", entry.authors);
    out.member("content", entry.content_html);
    out.member("guid", entry.guid);
    out.member("image", entry.image_url);
    out.member("language", entry.language);
    out.member("published", write_time(entry.published));
    out.member("summary", entry.summary_html);
    out.member("tags", entry.tags);
    out.member("title", entry.title);
    out.member("updated", write_time(entry.updated));
    out.member("url", entry.url);
    out.end();
    return std::string(out.text());
}

Entry read_entry(std::string json) {
    const rapidjson::Document from = parse(json);
    return {.url = text(at(from, "url")),
            .guid = text(at(from, "guid")),
            .title = text(at(from, "title")),
            .summary_html = text(at(from, "summary")),
            .content_html = text(at(from, "content")),
            .authors = texts(at(from, "authors")),
            .tags = texts(at(from, "tags")),
            .published = read_time(from, "published"),
            .updated = read_time(from, "updated"),
            .language = text(at(from, "language")),
            .image_url = text(at(from, "image"))};
}

std::string write_document(const Article& article) {
    Writer out;
    out.begin();
    out.member("authors", article.authors);
    out.member("body", article.body);
    out.key("evidence");
    out.begin();
    for (const auto& [field, from] : article.evidence) {
        out.key(field);
        out.begin_list();
        out.value(from.source);
        out.value(from.confidence);
        out.end_list();
    }
    out.end();
    // This, "section" and "site_name" since they came, and only where the page says them: documents
    // from before stay as they are.
    if (article.is_accessible_for_free) out.member("free", *article.is_accessible_for_free);
    if (const auto& image = article.lead_image) {
        out.key("lead_image");
        out.begin();
        out.member("alt", image->alt);
        out.member("caption", image->caption);
        out.member("credit", image->credit);
        out.member("url", image->url);
        out.end();
    }
    if (!article.section.empty()) out.member("section", article.section);
    if (!article.site_name.empty()) out.member("site_name", article.site_name);
    out.member("standfirst", article.standfirst);
    out.member("tags", article.tags);
    out.member("updated", write_time(article.updated));
    out.member("url", article.url);
    out.end();
    return pack(out.text());
}

void read_document(const std::string& bytes, Article& article) {
    std::string json = json_of(bytes);
    const rapidjson::Document from = parse(json);
    article.url = text(at(from, "url"));
    article.authors = texts(at(from, "authors"));
    article.updated = read_time(from, "updated");
    article.standfirst = text(at(from, "standfirst"));
    article.body = text(at(from, "body"));
    article.tags = texts(at(from, "tags"));
    article.section = text_or_nothing(from, "section");
    article.site_name = text_or_nothing(from, "site_name");
    if (const Json* free = find(from, "free")) article.is_accessible_for_free = yes_or_no(*free);
    if (const Json* image = find(from, "lead_image"))
        article.lead_image = LeadImage{.url = text(at(*image, "url")),
                                       .alt = text(at(*image, "alt")),
                                       .caption = text(at(*image, "caption")),
                                       .credit = text(at(*image, "credit"))};
    const Json& evidence = at(from, "evidence");
    if (!evidence.IsObject()) damaged("an object is missing");
    for (const auto& [field, value] : evidence.GetObject())
        article.evidence[text(field)] = {.source = text(at(value, std::size_t{0})),
                                         .confidence = number(at(value, std::size_t{1}))};
}

std::vector<std::string> read_tags(const std::string& bytes) {
    std::string json = json_of(bytes);
    rapidjson::InsituStringStream stream(json.data());
    TagReader tags;
    rapidjson::Reader().Parse<rapidjson::kParseInsituFlag>(stream, tags);
    if (!tags.is_done()) damaged("it has no 'tags'");
    return std::move(tags).tags();
}

std::string write_place(const Place& place) {
    Writer out;
    out.begin();
    out.member("appeared", std::int64_t{place.appeared.time_since_epoch().count()});
    out.key("lists");
    out.begin_list();
    for (const ListKey& key : place.lists) {
        out.begin_list();
        out.value(static_cast<std::int64_t>(key.kind));
        out.value(key.name);
        out.end_list();
    }
    out.end_list();
    out.member("media", place.media);
    out.member("revision", std::int64_t{place.revision});
    out.end();
    return std::string(out.text());
}

Place read_place(std::string json) {
    const rapidjson::Document from = parse(json);
    Place place;
    place.appeared =
        std::chrono::sys_seconds{std::chrono::seconds{whole_number(at(from, "appeared"))}};
    place.revision = static_cast<int>(whole_number(at(from, "revision")));
    place.media = texts(at(from, "media"));
    for (const Json& key : list(at(from, "lists")))
        place.lists.push_back({.kind = static_cast<ListKind>(whole_number(at(key, std::size_t{0}))),
                               .name = text(at(key, std::size_t{1}))});
    return place;
}

}  // namespace heliograph::store
