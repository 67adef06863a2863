// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/feeds.h"

#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/utf8.h"
#include "html/escape.h"
#include "render/html_body.h"
#include "render/language.h"

namespace heliograph::render {
namespace {

using nlohmann::ordered_json;

// Text as XML 1.0 can hold it: no control characters, references for what is markup.
std::string xml(std::string_view text) {
    std::string clean;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view three = text.substr(i, 3);
        if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF")
            i += 2;
        else if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n' || text[i] == '\t')
            clean += text[i];
    }
    return html::escape_attribute(clean);
}

// Of names: those that say something. Neither format has room for an empty one.
std::vector<std::string> without_empty(std::vector<std::string> names) {
    std::erase_if(names, [](const std::string& name) { return name.empty(); });
    return names;
}

// Who wrote an article, or else who published it: each entry of a feed needs somebody.
std::vector<std::string> authors_of(const Article& article) {
    std::vector<std::string> authors = without_empty(article.authors);
    if (authors.empty()) authors.push_back(article.publisher);
    return authors;
}

// RFC 4287 and JSON Feed ask for a moment with its zone.
std::string moment(const DateTime& time) {
    return time.has_time ? format_rfc3339(time) : format_utc(time.utc);
}

// What the feed gives of an article: its lead picture and body with addresses that work anywhere.
std::string content_of(const Site& site, const ArticleView& view) {
    const BodyContext context{.texts = site.interface_of(view.article.language).texts,
                              .picture =
                                  [&view](std::string_view url) {
                                      const auto found = view.assets.find(url);
                                      return found == view.assets.end() ? nullptr : &found->second;
                                  },
                              .to_root = base_of(site, view.summary)};
    std::string out;
    if (const auto& image = view.article.lead_image) {
        if (const Asset* asset = context.picture(image->url))
            out += "<figure>" + html_picture(asset, image->alt, context) + "</figure>\n";
    }
    return out + html_body(view.article.body, context);
}

bool has_full_text(const Site& site) {
    return site.is_html() && site.mirror.feed_text == FeedText::kFull;
}

std::string address_of(const Site& site, const std::string& path) {
    return site.target.base_url + path;
}

std::string atom(const Site& site, const ListPlace& place, const std::string& title,
                 std::span<const ArticleView> newest) {
    std::chrono::sys_seconds updated{};
    for (const ArticleView& view : newest) updated = std::max(updated, view.article.captured);
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n"
        "<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n"
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n"
        "<link rel=\"alternate\" href=\"{}\"/>\n<generator>Heliograph</generator>\n",
        xml(site.mirror.language), xml(address_of(site, atom_path(place))), xml(title),
        format_utc(updated), xml(address_of(site, atom_path(place))),
        xml(address_of(site, index_path(site, place))));
    for (const ArticleView& view : newest) {
        const Article& article = view.article;
        // The article's own address: whichever mirror a reader takes it from, it is the same entry.
        out += fmt::format(
            "<entry{}>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n",
            article.language.empty() ? "" : fmt::format(" xml:lang=\"{}\"", xml(article.language)),
            xml(article.canonical_url), xml(article.title), format_utc(article.captured));
        if (article.published)
            out += fmt::format("<published>{}</published>\n", moment(*article.published));
        for (const std::string& author : authors_of(article))
            out += fmt::format("<author><name>{}</name></author>\n", xml(author));
        for (const std::string& tag : without_empty(article.tags))
            out += fmt::format("<category term=\"{}\"/>\n", xml(tag));
        out += fmt::format(
            "<link rel=\"alternate\" href=\"{}\"/>\n<link rel=\"via\" href=\"{}\"/>\n",
            xml(base_of(site, view.summary) + article_path(site, view.summary)), xml(article.url));
        if (!view.summary.excerpt.empty())
            out += fmt::format("<summary>{}</summary>\n", xml(view.summary.excerpt));
        if (has_full_text(site))
            out +=
                fmt::format("<content type=\"html\">{}</content>\n", xml(content_of(site, view)));
        out += "</entry>\n";
    }
    return out + "</feed>\n";
}

std::string json_feed(const Site& site, const ListPlace& place, const std::string& title,
                      std::span<const ArticleView> newest) {
    ordered_json feed;
    feed["version"] = "https://jsonfeed.org/version/1.1";
    feed["title"] = title;
    feed["home_page_url"] = address_of(site, index_path(site, place));
    feed["feed_url"] = address_of(site, json_feed_path(place));
    if (!site.mirror.description.empty()) feed["description"] = site.mirror.description;
    feed["language"] = site.mirror.language;
    ordered_json& items = feed["items"] = ordered_json::array();
    for (const ArticleView& view : newest) {
        const Article& article = view.article;
        ordered_json item;
        item["id"] = article.canonical_url;
        item["url"] = base_of(site, view.summary) + article_path(site, view.summary);
        item["external_url"] = article.url;
        item["title"] = article.title;
        // One of the two contents is required.
        if (has_full_text(site)) {
            item["content_html"] = content_of(site, view);
            if (!view.summary.excerpt.empty()) item["summary"] = view.summary.excerpt;
        } else {
            item["content_text"] = view.summary.excerpt;
        }
        if (article.published) item["date_published"] = moment(*article.published);
        item["date_modified"] = format_utc(article.captured);
        ordered_json& authors = item["authors"] = ordered_json::array();
        for (const std::string& author : authors_of(article)) authors.push_back({{"name", author}});
        if (auto tags = without_empty(article.tags); !tags.empty()) item["tags"] = std::move(tags);
        if (!article.language.empty()) item["language"] = article.language;
        if (const auto& image = article.lead_image; image && site.is_html()) {
            const auto asset = view.assets.find(image->url);
            if (asset != view.assets.end())
                item["image"] = address_of(site, asset_path(asset->second));
        }
        items.push_back(std::move(item));
    }
    return feed.dump(1) + '\n';
}

}  // namespace

bool has_feeds(const ListKey& list) {
    return list.kind == ListKind::kAll || list.kind == ListKind::kSection;
}

std::string atom_path(const ListPlace& place) { return place.folder + "atom.xml"; }

std::string json_feed_path(const ListPlace& place) { return place.folder + "feed.json"; }

void render_feeds(const Site& site, const ListPlace& place, std::span<const ArticleView> newest,
                  const Sink& sink) {
    const std::string title = place.folder == all_place(site).folder
                                  ? site.mirror.title
                                  : place.name + " – " + site.mirror.title;
    sink({.path = atom_path(place), .bytes = atom(site, place, title, newest)});
    sink({.path = json_feed_path(place), .bytes = json_feed(site, place, title, newest)});
}

void render_sitemap(const Site& site, const Lists& lists, std::size_t number, const Sink& sink) {
    const std::size_t size = lists.size({});
    const std::size_t behind = (number - 1) * kSitemapSize;  // older than the first of this one
    const std::size_t count = std::min(kSitemapSize, size - behind);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    if (number == 1) out += fmt::format("<url><loc>{}</loc></url>\n", xml(site.target.base_url));
    lists.each({}, size - behind - count, count, [&](const ArticleSummary& article) {
        // A sitemap may name pages of its own site alone.
        if (site.part_of(appeared(article)) != nullptr) return;
        out += fmt::format("<url><loc>{}</loc><lastmod>{}</lastmod></url>\n",
                           xml(address_of(site, article_path(site, article))),
                           format_utc(article.captured));
    });
    sink({.path = sitemap_path(number), .bytes = out + "</urlset>\n"});
}

void render_sitemap_index(const Site& site, std::size_t articles, const Sink& sink) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (std::size_t number = sitemaps_of(articles); number > 0; --number)
        out += fmt::format("<sitemap><loc>{}</loc></sitemap>\n",
                           xml(address_of(site, sitemap_path(number))));
    sink({.path = "sitemap.xml", .bytes = out + "</sitemapindex>\n"});
}

std::size_t sitemaps_of(std::size_t articles) {
    return std::max<std::size_t>((articles + kSitemapSize - 1) / kSitemapSize, 1);
}

std::string sitemap_path(std::size_t number) { return fmt::format("sitemaps/{}.xml", number); }

void render_site_files(const Site& site, const Sink& sink) {
    sink({.path = "robots.txt",
          .bytes = fmt::format("User-agent: *\nAllow: /\n\nSitemap: {}\n",
                               address_of(site, "sitemap.xml"))});
    sink({.path = "icon.svg", .bytes = site.theme.icon()});
    if (site.mirror.offline) {
        sink({.path = "offline.js", .bytes = site.theme.offline_script()});
        sink({.path = "worker.js", .bytes = site.theme.worker_script()});
        // Where the worker finds a page that this mirror does not give (web/src/worker.ts).
        ordered_json mirrors = ordered_json::array();
        for (const Companion& companion : site.mirror.companions)
            if (companion.is_mirror)
                mirrors.push_back({{"name", companion.name}, {"url", companion.url}});
        sink({.path = "mirrors.json", .bytes = ordered_json{{"mirrors", mirrors}}.dump(1) + '\n'});
    }
    ordered_json manifest;
    manifest["name"] = site.mirror.title;
    manifest["lang"] = site.mirror.language;
    manifest["dir"] = std::string(direction(site.mirror.language));
    if (!site.mirror.description.empty()) manifest["description"] = site.mirror.description;
    // Relative: it works in a sub-path and on another host.
    manifest["start_url"] = "index.html";
    manifest["scope"] = "./";
    manifest["display"] = "minimal-ui";
    manifest["background_color"] = "#fdfcf9";
    manifest["theme_color"] = "#fdfcf9";
    manifest["icons"] = {{{"src", "icon.svg"}, {"type", "image/svg+xml"}, {"sizes", "any"}}};
    sink({.path = "manifest.webmanifest", .bytes = manifest.dump(1) + '\n'});
}

}  // namespace heliograph::render
