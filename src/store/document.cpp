// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/document.h"

#include <nlohmann/json.hpp>

#include "base/system_error.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

using nlohmann::json;

std::string write_time(const std::optional<DateTime>& time) {
    return time ? format_rfc3339(*time) : "";
}

std::optional<DateTime> read_time(const json& from, const char* key) {
    return parse_date_time(from.at(key).get<std::string>());
}

// What the store holds was written by write_*: anything else means a damaged database.
template <typename Read>
void read_or_throw(const std::string& text, Read read) {
    try {
        read(json::parse(text));
    } catch (const json::exception& error) {
        throw SystemError(std::string("cannot read a record of the store: ") + error.what());
    }
}

}  // namespace

std::string write_entry(const Entry& entry) {
    return json{{"url", entry.url},
                {"guid", entry.guid},
                {"title", entry.title},
                {"summary", entry.summary_html},
                {"content", entry.content_html},
                {"authors", entry.authors},
                {"tags", entry.tags},
                {"published", write_time(entry.published)},
                {"updated", write_time(entry.updated)},
                {"language", entry.language},
                {"image", entry.image_url}}
        .dump();
}

Entry read_entry(const std::string& text) {
    Entry entry;
    read_or_throw(text, [&](const json& from) {
        from.at("url").get_to(entry.url);
        from.at("guid").get_to(entry.guid);
        from.at("title").get_to(entry.title);
        from.at("summary").get_to(entry.summary_html);
        from.at("content").get_to(entry.content_html);
        from.at("authors").get_to(entry.authors);
        from.at("tags").get_to(entry.tags);
        entry.published = read_time(from, "published");
        entry.updated = read_time(from, "updated");
        from.at("language").get_to(entry.language);
        from.at("image").get_to(entry.image_url);
    });
    return entry;
}

std::string write_document(const Article& article) {
    json out{{"url", article.url},
             {"authors", article.authors},
             {"updated", write_time(article.updated)},
             {"standfirst", article.standfirst},
             {"body", article.body},
             {"tags", article.tags}};
    if (const auto& image = article.lead_image) {
        out["lead_image"] = {{"url", image->url},
                             {"alt", image->alt},
                             {"caption", image->caption},
                             {"credit", image->credit}};
    }
    // Since these came, and only where the page says them: documents from before stay as they are.
    if (!article.section.empty()) out["section"] = article.section;
    if (!article.site_name.empty()) out["site_name"] = article.site_name;
    if (article.is_accessible_for_free) out["free"] = *article.is_accessible_for_free;
    json& evidence = out["evidence"] = json::object();
    for (const auto& [field, from] : article.evidence)
        evidence[field] = {from.source, from.confidence};
    return pack(out.dump());
}

void read_document(const std::string& bytes, Article& article) {
    // Before version 8 they were not packed. A frame of zstd does not begin with a brace.
    read_or_throw(bytes.starts_with('{') ? bytes : unpack(bytes), [&](const json& from) {
        from.at("url").get_to(article.url);
        from.at("authors").get_to(article.authors);
        article.updated = read_time(from, "updated");
        from.at("standfirst").get_to(article.standfirst);
        from.at("body").get_to(article.body);
        from.at("tags").get_to(article.tags);
        article.section = from.value("section", "");
        article.site_name = from.value("site_name", "");
        if (const auto free = from.find("free"); free != from.end())
            article.is_accessible_for_free = free->get<bool>();
        if (const auto image = from.find("lead_image"); image != from.end()) {
            article.lead_image = LeadImage{.url = image->at("url"),
                                           .alt = image->at("alt"),
                                           .caption = image->at("caption"),
                                           .credit = image->at("credit")};
        }
        for (const auto& [field, value] : from.at("evidence").items()) {
            article.evidence[field] = {.source = value.at(0), .confidence = value.at(1)};
        }
    });
}

std::string write_place(const Place& place) {
    json out{{"appeared", place.appeared.time_since_epoch().count()},
             {"revision", place.revision},
             {"media", place.media}};
    json& lists = out["lists"] = json::array();
    for (const ListKey& list : place.lists)
        lists.push_back({static_cast<int>(list.kind), list.name});
    return out.dump();
}

Place read_place(const std::string& text) {
    Place place;
    read_or_throw(text, [&](const json& from) {
        place.appeared =
            std::chrono::sys_seconds{std::chrono::seconds{from.at("appeared").get<std::int64_t>()}};
        from.at("revision").get_to(place.revision);
        from.at("media").get_to(place.media);
        for (const json& list : from.at("lists")) {
            place.lists.push_back(
                {.kind = static_cast<ListKind>(list.at(0).get<int>()), .name = list.at(1)});
        }
    });
    return place;
}

}  // namespace heliograph::store
