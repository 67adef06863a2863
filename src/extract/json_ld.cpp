// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/json_ld.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "extract/json_mend.h"
#include "html/article_html.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

using Json = rapidjson::Value;

// Items and values looked at on one page: @id references may make a graph that never ends.
constexpr int kMaxVisits = 20'000;
constexpr std::size_t kMaxAuthors = 50;
constexpr std::size_t kMaxTags = 100;
constexpr std::size_t kMaxImages = 50;
constexpr std::size_t kMaxBreadcrumbs = 12;
constexpr std::size_t kMaxTextBytes = 20'000;

// --- from JSON to what it says

using Items = std::unordered_map<std::string_view, const Json*>;

std::string plain(std::string_view text) {
    return html::text_of_fragment(first_bytes(text, kMaxTextBytes));
}

const Json* member(const Json& item, const char* key) {
    if (!item.IsObject()) return nullptr;
    const auto found = item.FindMember(key);
    return found != item.MemberEnd() && !found->value.IsNull() ? &found->value : nullptr;
}

// Calls visit for the value, or for each element when it is a list (or a list of lists).
template <typename Visitor>
void for_each_value(const Json* value, Visitor&& visit) {
    if (value == nullptr) return;
    if (!value->IsArray()) return visit(*value);
    for (const Json& element : value->GetArray()) {
        if (element.IsArray()) {
            for (const Json& inner : element.GetArray()) visit(inner);
        } else {
            visit(element);
        }
    }
}

// The first text of a value: itself, of a list, or "@value", "name", "url", "@id" of an object.
std::string_view raw_text(const Json* value) {
    for (int depth = 0; value != nullptr && depth < 4; ++depth) {
        if (value->IsString()) return view_of(*value);
        if (value->IsArray()) {
            value = value->Empty() ? nullptr : &(*value)[0];
            continue;
        }
        const Json* inner = nullptr;
        for (const char* key : {"@value", "name", "url", "@id"}) {
            inner = member(*value, key);
            if (inner != nullptr) break;
        }
        value = inner;
    }
    return {};
}

std::string_view text_of(const Json& item, const char* key) { return raw_text(member(item, key)); }

// "https://schema.org/NewsArticle" and "schema:NewsArticle" are "NewsArticle".
std::string_view type_name(std::string_view type) {
    const std::size_t cut = type.find_last_of("/:#");
    return cut == std::string_view::npos ? type : type.substr(cut + 1);
}

std::vector<std::string_view> types_of(const Json& item) {
    std::vector<std::string_view> types;
    for_each_value(member(item, "@type"), [&](const Json& type) {
        if (type.IsString() && types.size() < 8) types.push_back(type_name(view_of(type)));
    });
    return types;
}

// How well a type fits the article of a page; 0: not at all.
int fitness(std::string_view type) {
    struct Fit {
        std::string_view type;
        int value;
    };
    static constexpr Fit kFits[] = {{"NewsArticle", 10},
                                    {"ReportageNewsArticle", 10},
                                    {"AnalysisNewsArticle", 10},
                                    {"OpinionNewsArticle", 10},
                                    {"BackgroundNewsArticle", 10},
                                    {"ReviewNewsArticle", 10},
                                    {"AskPublicNewsArticle", 10},
                                    {"LiveBlogPosting", 10},
                                    {"Article", 9},
                                    {"BlogPosting", 9},
                                    {"ScholarlyArticle", 9},
                                    {"TechArticle", 9},
                                    {"Report", 9},
                                    {"AdvertiserContentArticle", 9},
                                    {"SatiricalArticle", 9},
                                    {"SocialMediaPosting", 8},
                                    {"Recipe", 7},
                                    {"HowTo", 7},
                                    {"Review", 6},
                                    {"CriticReview", 6},
                                    {"VideoObject", 4},
                                    {"DiscussionForumPosting", 5},
                                    {"PodcastEpisode", 4},
                                    {"QAPage", 3},
                                    {"ImageGallery", 4},
                                    {"CreativeWork", 4},
                                    {"WebPage", 2},
                                    {"ItemPage", 2},
                                    {"AboutPage", 2},
                                    {"CollectionPage", 1},
                                    {"Product", 1},
                                    {"Event", 1},
                                    {"ProfilePage", 1},
                                    {"MedicalWebPage", 2}};
    for (const Fit& fit : kFits) {
        if (fit.type == type) return fit.value;
    }
    return 0;
}

// The same address but for scheme, "www.", a slash at the end, query and fragment.
std::string_view bare_address(std::string_view url) {
    for (const std::string_view scheme : {"https:", "http:"}) {
        if (url.starts_with(scheme)) url.remove_prefix(scheme.size());
    }
    while (url.starts_with('/')) url.remove_prefix(1);
    if (url.starts_with("www.")) url.remove_prefix(4);
    url = url.substr(0, std::min(url.find_first_of("?#"), url.size()));
    while (url.ends_with('/')) url.remove_suffix(1);
    return url;
}

class Reader {
  public:
    explicit Reader(std::string_view url) : url_(bare_address(url)) {}

    void add(const Json& json) { collect(json, 0); }

    LinkedData read() {
        const Json* chosen = nullptr;
        int best = 0;
        for (const Candidate& candidate : candidates_) {
            if (candidate.fitness > best) {
                best = candidate.fitness;
                chosen = candidate.item;
            }
        }
        LinkedData out;
        if (chosen != nullptr) {
            out.has_article = best % kNamesPage >= 5;
            read_item(*chosen, out);
        }
        // What the article does not say the page may.
        for (const Candidate& candidate : candidates_) {
            if (candidate.item == chosen || candidate.fitness % kNamesPage != 2) continue;
            LinkedData page;
            read_item(*candidate.item, page);
            if (out.published.empty()) out.published = page.published;
            if (out.modified.empty()) out.modified = page.modified;
            if (out.authors.empty()) out.authors = std::move(page.authors);
            if (out.language.empty()) out.language = page.language;
            if (out.images.empty()) out.images = std::move(page.images);
            if (out.description.empty()) out.description = page.description;
        }
        out.breadcrumbs = std::move(breadcrumbs_);
        if (out.site_name.empty()) out.site_name = site_name_;
        if (out.publisher.empty()) out.publisher = organisation_;
        if (out.publisher_logo.empty()) out.publisher_logo = logo_;
        return out;
    }

  private:
    struct Candidate {
        const Json* item;
        int fitness;
    };
    // Added to the fitness of an item that names the page's address.
    static constexpr int kNamesPage = 100;

    // Items at the top, in @graph and in the members that hold the article of a page.
    void collect(const Json& json, int depth) {
        if (depth > 6 || ++visits_ > kMaxVisits) return;
        if (json.IsArray()) {
            for (const Json& element : json.GetArray()) collect(element, depth + 1);
            return;
        }
        if (!json.IsObject()) return;
        if (const Json* id = member(json, "@id");
            id != nullptr && id->IsString() && json.MemberCount() > 1)
            items_.try_emplace(view_of(*id), &json);
        int best = 0;
        for (const std::string_view type : types_of(json)) {
            best = std::max(best, fitness(type));
            if (type == "WebSite" && site_name_.empty()) site_name_ = plain(text_of(json, "name"));
            if (type == "BreadcrumbList" && breadcrumbs_.empty()) read_breadcrumbs(json);
            if (type.ends_with("Organization") || type == "NewsMediaOrganization") {
                if (organisation_.empty()) organisation_ = plain(text_of(json, "name"));
                if (logo_.empty()) logo_ = image_url(member(json, "logo"));
            }
        }
        if (best > 0) {
            if (best >= 4 && names_page(json)) best += kNamesPage;
            candidates_.push_back({&json, best});
        }
        for (const char* key :
             {"@graph", "mainEntity", "mainEntityOfPage", "breadcrumb", "hasPart", "subjectOf",
              "about", "author", "publisher", "isPartOf", "image", "primaryImageOfPage"}) {
            if (const Json* inner = member(json, key);
                inner != nullptr && (inner->IsObject() || inner->IsArray()))
                collect(*inner, depth + 1);
        }
    }

    // {"itemListElement": [{"position": 1, "name": "News"}, {"position": 2, "item": {"name":
    // ...}}]}
    void read_breadcrumbs(const Json& list) {
        for_each_value(member(list, "itemListElement"), [&](const Json& element) {
            if (!element.IsObject() || breadcrumbs_.size() >= kMaxBreadcrumbs) return;
            std::string name = plain(text_of(element, "name"));
            if (const Json* item = member(element, "item"); name.empty() && item != nullptr)
                name = plain(text_of(*item, "name"));
            if (!name.empty()) breadcrumbs_.push_back(std::move(name));
        });
    }

    bool names_page(const Json& item) const {
        if (url_.empty()) return false;
        for (const char* key : {"url", "mainEntityOfPage", "@id"}) {
            const Json* value = member(item, key);
            if (value != nullptr && value->IsObject()) value = member(*value, "@id");
            if (value != nullptr && value->IsString() && bare_address(view_of(*value)) == url_)
                return true;
        }
        return false;
    }

    // Follows {"@id": ...} to the item that says more.
    const Json& resolved(const Json& value) const {
        if (!value.IsObject()) return value;
        const Json* id = member(value, "@id");
        if (id == nullptr || !id->IsString() || member(value, "name") != nullptr ||
            member(value, "url") != nullptr)
            return value;
        const auto found = items_.find(view_of(*id));
        return found != items_.end() ? *found->second : value;
    }

    std::string image_url(const Json* value) const {
        std::string url;
        for_each_value(value, [&](const Json& element) {
            if (!url.empty()) return;
            const Json& image = resolved(element);
            if (image.IsString()) {
                url = trim(view_of(image));
                return;
            }
            for (const char* key : {"contentUrl", "url", "@id"}) {
                const Json* inner = member(image, key);
                if (inner == nullptr) continue;
                url = trim(raw_text(inner));
                if (!url.empty()) return;
            }
        });
        return html::unescape(url);
    }

    void read_item(const Json& item, LinkedData& out) {
        for (const std::string_view type : types_of(item)) out.types.emplace_back(type);
        out.headline = plain(text_of(item, "headline"));
        out.name = plain(text_of(item, "name"));
        out.description = plain(text_of(item, "description"));
        const Json* body = member(item, "articleBody");
        if (body == nullptr) body = member(item, "reviewBody");
        out.body = std::string(trim(raw_text(body)));
        out.section = plain(text_of(item, "articleSection"));
        out.url = std::string(trim(text_of(item, "url")));
        out.language = std::string(trim(text_of(item, "inLanguage")));
        out.published = std::string(trim(text_of(item, "datePublished")));
        if (out.published.empty()) out.published = std::string(trim(text_of(item, "uploadDate")));
        if (out.published.empty()) out.published = std::string(trim(text_of(item, "dateCreated")));
        out.modified = std::string(trim(text_of(item, "dateModified")));
        for (const char* key : {"author", "creator"}) {
            if (out.authors.empty()) {
                for_each_value(member(item, key),
                               [&](const Json& value) { add_author(value, out); });
            }
        }
        for (const char* key : {"image", "primaryImageOfPage", "thumbnailUrl"}) {
            for_each_value(member(item, key), [&](const Json& value) { add_image(value, out); });
        }
        for_each_value(member(item, "keywords"), [&](const Json& value) {
            const std::string text = plain(raw_text(&value));
            for (std::size_t begin = 0; begin < text.size() && out.tags.size() < kMaxTags;) {
                const std::size_t end = std::min(text.find(',', begin), text.size());
                if (const auto tag = trim(std::string_view(text).substr(begin, end - begin));
                    !tag.empty())
                    out.tags.emplace_back(tag);
                begin = end + 1;
            }
        });
        for_each_value(member(item, "publisher"), [&](const Json& value) {
            if (!out.publisher.empty()) return;
            const Json& publisher = resolved(value);
            out.publisher = plain(raw_text(&publisher));
            if (publisher.IsObject()) out.publisher_logo = image_url(member(publisher, "logo"));
        });
        if (const Json* free = member(item, "isAccessibleForFree"); free != nullptr) {
            if (free->IsBool()) out.is_accessible_for_free = free->GetBool();
            const std::string word = ascii_lower(trim(raw_text(free)));
            if (word == "true" || word == "yes") out.is_accessible_for_free = true;
            if (word == "false" || word == "no") out.is_accessible_for_free = false;
        }
        out.has_live_updates = member(item, "liveBlogUpdate") != nullptr ||
                               member(item, "coverageStartTime") != nullptr;
    }

    void add_author(const Json& value, LinkedData& out) {
        if (out.authors.size() >= kMaxAuthors || ++visits_ > kMaxVisits) return;
        const Json& author = resolved(value);
        LinkedData::Author found;
        if (author.IsString()) {
            found.name = plain(view_of(author));
        } else if (author.IsObject()) {
            const Json* name = member(author, "name");
            if (name == nullptr || raw_text(name).empty()) {
                const std::string_view given = text_of(author, "givenName");
                const std::string_view family = text_of(author, "familyName");
                found.name = plain(std::string(given) + " " + std::string(family));
            } else if (name->IsArray()) {
                // One Person with a list of names stands for several.
                for (const Json& each : name->GetArray()) {
                    if (each.IsString() || each.IsObject()) add_author(each, out);
                }
                return;
            } else {
                found.name = plain(raw_text(name));
            }
            for (const std::string_view type : types_of(author)) {
                if (type.ends_with("Organization") || type == "Corporation" || type == "WebSite")
                    found.is_organisation = true;
            }
        }
        if (!found.name.empty()) out.authors.push_back(std::move(found));
    }

    void add_image(const Json& value, LinkedData& out) {
        if (out.images.size() >= kMaxImages || ++visits_ > kMaxVisits) return;
        LinkedData::Image found{.url = image_url(&value), .caption = {}, .credit = {}};
        const Json& image = resolved(value);
        if (image.IsObject()) {
            found.caption = plain(text_of(image, "caption"));
            for (const char* key : {"creditText", "creator", "author", "copyrightHolder"}) {
                if (found.credit.empty()) found.credit = plain(text_of(image, key));
            }
        }
        if (!found.url.empty()) out.images.push_back(std::move(found));
    }

    std::string_view url_;
    Items items_;
    std::vector<Candidate> candidates_;
    std::string site_name_, organisation_, logo_;
    std::vector<std::string> breadcrumbs_;
    int visits_ = 0;
};

}  // namespace

LinkedData read_linked_data(std::span<const std::string_view> scripts, std::string_view url) {
    std::vector<rapidjson::Document> documents;
    std::size_t bytes = 0;
    for (const std::string_view script : scripts) {
        bytes += script.size();
        if (bytes > kMaxJsonLdBytes) break;
        if (rapidjson::Document json = parse_leniently(script); !json.HasParseError())
            documents.push_back(std::move(json));
    }
    Reader reader(url);
    for (const Json& document : documents) reader.add(document);
    return reader.read();
}

}  // namespace heliograph::extract
