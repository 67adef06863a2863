// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/sitemap.h"

#include <fmt/format.h>
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/utf8.h"
#include "html/url.h"
#include "source/plain_text.h"

namespace heliograph::source {
namespace {

std::string address(const Url& base, std::string_view text) {
    text = trim(text);
    const auto parsed = html::parse_url(text, &base);
    return parsed && !text.empty() ? parsed->href : std::string{};
}

// Prefixes of namespaces that a sitemap forgot to declare, or declared with another address.
bool is_named(const std::string& name, std::string_view wanted) {
    return name == wanted || (name.ends_with(wanted) && name.size() > wanted.size() &&
                              name[name.size() - wanted.size() - 1] == ':');
}

XmlNode child_named(XmlNode parent, std::string_view wanted) {
    for (XmlNode child = parent.first_child(); child; child = child.next())
        if (is_named(child.name(), wanted)) return child;
    return {};
}

std::optional<DateTime> date_in(XmlNode parent, std::string_view name) {
    const XmlNode node = child_named(parent, name);
    return node ? parse_date_time(node.leading_text()) : std::nullopt;
}

// <news:news>: publication (name, language), publication_date, title, keywords.
void read_news(XmlNode news, Entry& entry) {
    entry.published = date_in(news, "publication_date");
    if (const XmlNode title = child_named(news, "title"))
        entry.title = plain_from_html(title.leading_text());
    if (const XmlNode publication = child_named(news, "publication")) {
        if (const XmlNode language = child_named(publication, "language"))
            entry.language = language.trimmed_text();
    }
    if (const XmlNode keywords = child_named(news, "keywords")) {
        const std::string text = keywords.text();
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            add_name(entry.tags,
                     plain_from_html(std::string_view(text).substr(begin, end - begin)));
            begin = end + 1;
        }
    }
}

Entry read_page_entry(XmlNode node, const Url& url) {
    Entry entry;
    for (XmlNode child = node.first_child(); child; child = child.next()) {
        const std::string name = child.name();
        if (name == "loc" || name == "?:loc") {
            if (entry.url.empty()) entry.url = address(url, child.leading_text());
        } else if (is_named(name, "lastmod")) {
            entry.updated = parse_date_time(child.leading_text());
        } else if (is_named(name, "news")) {
            read_news(child, entry);
        } else if (is_named(name, "image") && entry.image_url.empty()) {
            if (const XmlNode loc = child_named(child, "loc"))
                entry.image_url = address(url, loc.leading_text());
        }
    }
    return entry;
}

SourcePart read_part(XmlNode node, const Url& url) {
    SourcePart part;
    if (const XmlNode loc = child_named(node, "loc")) part.url = address(url, loc.leading_text());
    part.updated = date_in(node, "lastmod");
    return part;
}

void add_part(Feed& feed, std::unordered_set<std::string>& seen, SourcePart part) {
    if (feed.parts.size() == kMaxParts) {
        add_warning(feed, fmt::format("more than {} parts: the rest left out", kMaxParts));
        return;
    }
    if (part.url.empty()) {
        add_warning(feed, "a part left out: it has no address");
        return;
    }
    if (seen.insert(part.url).second) feed.parts.push_back(std::move(part));
}

}  // namespace

std::optional<Feed> read_sitemap(const Xml& xml, const Url& url) {
    const std::string root = xml.root().name();
    const bool is_index = is_named(root, "sitemapindex");
    if (!is_index && !is_named(root, "urlset")) return std::nullopt;
    Feed feed;
    feed.kind = is_index ? SourceKind::kSitemapIndex : SourceKind::kSitemap;
    for (const std::string& mend : xml.mends()) add_warning(feed, mend);
    std::unordered_set<std::string> seen;
    EntryList list(feed);
    for (XmlNode node = xml.root(); node; node = node.next_in_document()) {
        const std::string name = node.name();
        if (is_index && is_named(name, "sitemap")) {
            add_part(feed, seen, read_part(node, url));
        } else if (!is_index && is_named(name, "url")) {
            Entry entry = read_page_entry(node, url);
            if (entry.url.empty()) {
                add_warning(feed, "a page left out: it has no address");
            } else {
                list.add(std::move(entry));
            }
        }
    }
    list.finish();
    return feed;
}

std::optional<Feed> read_outline(const Xml& xml, const Url& url) {
    if (!equals_ignoring_ascii_case(xml.root().name(), "opml")) return std::nullopt;
    Feed feed;
    feed.kind = SourceKind::kOutline;
    for (const std::string& mend : xml.mends()) add_warning(feed, mend);
    std::unordered_set<std::string> seen;
    for (XmlNode node = xml.root(); node; node = node.next_in_document()) {
        if (node.name() != "outline") continue;
        std::string text = node.attribute("xmlUrl");
        if (text.empty()) text = node.attribute("xmlurl");
        if (text.empty()) continue;  // a folder
        add_part(feed, seen, {.url = address(url, text), .updated = {}});
    }
    return feed;
}

}  // namespace heliograph::source
