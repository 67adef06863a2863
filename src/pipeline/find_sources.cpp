// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/find_sources.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_set>
#include <utility>

#include "base/file.h"
#include "base/utf8.h"
#include "fetch/fetcher.h"
#include "html/charset.h"
#include "html/dom.h"
#include "html/url.h"
#include "pipeline/archive.h"
#include "pipeline/request.h"
#include "source/document.h"
#include "source/document_kind.h"

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

struct Candidate {
    Url url;
    std::string named_by;
};

// What a page names, each address once.
class Candidates {
  public:
    void add(const std::optional<Url>& url, std::string_view named_by) {
        if (!url || all.size() == kMaxCandidates || !seen_.insert(url->href).second) return;
        // Readers' comments are no articles.
        if (url->path.find("/comments/") != std::string::npos) return;
        all.push_back({.url = *url, .named_by = std::string(named_by)});
    }
    std::vector<Candidate> all;

  private:
    std::unordered_set<std::string> seen_;
};

bool is_feed_type(std::string_view type) {
    constexpr auto kTypes = std::to_array<std::string_view>(
        {"application/rss+xml", "application/atom+xml", "application/rdf+xml",
         "application/feed+json", "application/json", "application/xml", "text/xml"});
    const std::string lower = ascii_lower(trim(type.substr(0, type.find(';'))));
    return std::ranges::find(kTypes, std::string_view(lower)) != kTypes.end();
}

// Paths that feeds and sitemaps usually have: "/feed/", "/rss", "/atom.xml",
// "/sitemap_news.xml.gz".
bool looks_like_source(const Url& url) {
    const std::string path = ascii_lower(url.path);
    const std::string_view file = std::string_view(path).substr(path.rfind('/') + 1);
    const bool is_data = path.ends_with(".xml") || path.ends_with(".rss") ||
                         path.ends_with(".rdf") || path.ends_with(".atom") ||
                         path.ends_with(".xml.gz") || path.ends_with(".opml");
    return is_data || file == "feed" || file == "rss" || file == "atom" || file == "feed.json" ||
           path.ends_with("/feed/") || path.ends_with("/rss/") || path.ends_with("/atom/");
}

void add_of_page(Candidates& out, std::string_view page, const Url& url, std::string& site_name) {
    html::Document document;
    document.parse(page);
    const html::Node root = document.root();
    std::vector<Url> links;
    for (html::Node node = root; node; node = node.next_in(root)) {
        if (!node.is_element()) continue;
        const auto address = [&] {
            return html::parse_url(trim(node.attribute(LXB_DOM_ATTR_HREF)), &url);
        };
        if (node.tag() == LXB_TAG_LINK) {
            const std::string relation = ascii_lower(node.attribute("rel"));
            const bool is_alternate = relation.find("alternate") != relation.npos;
            if ((is_alternate && is_feed_type(node.attribute("type"))) || relation == "sitemap" ||
                relation == "feed")
                out.add(address(), "the page's <link>");
        } else if (node.tag() == LXB_TAG_A) {
            const auto linked = address();
            if (linked && looks_like_source(*linked)) links.push_back(*linked);
        } else if (node.tag() == LXB_TAG_META && site_name.empty() &&
                   node.attribute("property") == "og:site_name") {
            site_name = collapse_space(node.attribute("content"));
        } else if (node.tag() == LXB_TAG_TITLE && node.first_child() && site_name.empty() &&
                   node.first_child().is_text() && url.path == "/") {
            site_name = collapse_space(node.first_child().text());
        }
    }
    for (const Url& link : links) out.add(link, "a link of the page");
}

// RFC 9309 section 2.2.4: other records; "Sitemap:" is sitemaps.org's.
void add_of_robots(Candidates& out, std::string_view text, const Url& url) {
    constexpr std::string_view kField = "sitemap:";
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
        const std::string_view line = trim(text.substr(begin, end - begin));
        if (starts_with_ignoring_ascii_case(line, kField))
            out.add(html::parse_url(trim(line.substr(kField.size())), &url), "robots.txt");
        begin = end + 1;
    }
}

class Search {
  public:
    Search(const FetchLimits& limits, bool allow_private, const Clock& clock, Log& log)
        : allow_private_(allow_private), fetcher_(limits, clock, log) {}

    Result<FoundSources> run(const Url& url) {
        site_ = url;
        std::optional<Result<fetch::Fetched>> page;
        std::optional<Result<fetch::Fetched>> robots;
        ask(url, fetch::RobotsPolicy::kObey, page);
        if (auto at = html::parse_url("/robots.txt", &url))
            ask(*at, fetch::RobotsPolicy::kIgnore, robots);
        while (fetcher_.active() > 0) fetcher_.run(200ms);
        if (!*page) {
            Error error = std::move(*page).error();
            if (error.code == ErrorCode::kLocal && !allow_private_)
                error.message += "; 'heliograph add --allow-private' gives it to what it finds";
            return std::unexpected(std::move(error));
        }
        if ((*page)->status != 200)
            return fail(ErrorCode::kNotFound, fmt::format("'{}' answered with HTTP status {}",
                                                          url.href, (*page)->status));
        Candidates candidates;
        const auto itself = read(**page);
        if (itself && itself->kind != SourceKind::kPage) {
            add_source({.url = (*page)->url, .named_by = "you"}, *itself);
            return std::move(found_);
        }
        const std::string text = html::decode_page((*page)->body, (*page)->charset).text;
        add_of_page(candidates, text, (*page)->url, found_.site_name);
        if (robots && *robots && (*robots)->status == 200)
            add_of_robots(candidates, (*robots)->body, url);
        for (const Candidate& candidate : candidates.all) try_one(candidate);
        while (fetcher_.active() > 0) fetcher_.run(200ms);
        // In the order they were named, whichever answered first.
        std::ranges::sort(found_.sources, {}, [&](const FoundSource& source) {
            return std::ranges::find(candidates.all, source.url,
                                     [](const Candidate& c) { return c.url.href; }) -
                   candidates.all.begin();
        });
        if (found_.sources.empty() && itself)
            add_source({.url = (*page)->url, .named_by = "it lists articles"}, *itself);
        if (found_.sources.empty()) add_array(text, (*page)->url);
        if (found_.sources.empty() && !itself && !source::looks_like_html(text))
            return std::unexpected(itself.error());
        if (found_.sources.empty())
            return fail(
                ErrorCode::kNotFound,
                fmt::format("'{}' names no feed and no sitemap, and lists no articles; if a script "
                            "of it does, say with 'fields' of a [[source]] where (docs/sources.md)",
                            url.href));
        return std::move(found_);
    }

  private:
    void ask(const Url& url, fetch::RobotsPolicy robots,
             std::optional<Result<fetch::Fetched>>& answer) {
        fetch::FetchRequest request;
        request.url = url;
        request.allow_private = allow_private_;
        request.robots = robots;
        request.max_body_bytes = source::kMaxSourceBytes;
        fetcher_.submit(std::move(request),
                        [&answer](Result<fetch::Fetched> got) { answer = std::move(got); });
    }

    static Result<Feed> read(const fetch::Fetched& answer) {
        return source::parse_source(answer.body, answer.url, answer.charset, {});
    }

    void try_one(const Candidate& candidate) {
        fetch::FetchRequest request;
        request.url = candidate.url;
        // As request_of(): what the page names elsewhere on this network is not its to open.
        request.allow_private = allow_private_ && html::same_site(site_, candidate.url);
        request.max_body_bytes = source::kMaxSourceBytes;
        fetcher_.submit(std::move(request), [this, candidate](Result<fetch::Fetched> answer) {
            if (answer && answer->status != 200)
                answer = fail(ErrorCode::kNotFound, fmt::format("HTTP status {}", answer->status));
            auto feed = answer ? read(*answer) : Result<Feed>(std::unexpected(answer.error()));
            if (feed && feed->kind == SourceKind::kPage)
                feed = fail(ErrorCode::kMalformed, "it is an HTML page");
            if (!feed) {
                found_.failures.push_back({candidate.url.href, feed.error().message});
            } else {
                add_source(candidate, *feed);
            }
        });
    }

    void add_array(const std::string& text, const Url& url) {
        auto fields = source::guess_places(text, url);
        if (fields.empty()) return;
        const auto feed = source::read_array(text, url, fields);
        if (!feed || feed->entries.empty()) return;
        add_source({.url = url, .named_by = "what its values look like"}, *feed);
        found_.sources.back().fields = std::move(fields);
    }

    void add_source(const Candidate& candidate, const Feed& feed) {
        found_.sources.push_back({.url = candidate.url.href,
                                  .path = {},
                                  .fields = {},
                                  .kind = feed.kind,
                                  .title = feed.title,
                                  .named_by = candidate.named_by,
                                  .items = feed.entries.size() + feed.parts.size()});
    }

    bool allow_private_;
    Url site_;
    FoundSources found_;
    fetch::Fetcher fetcher_;
};

// What a file or folder of this machine is.
Result<FoundSources> look_at_file(const std::filesystem::path& path) {
    FoundSource out;
    out.path = std::filesystem::absolute(path).lexically_normal().string();
    out.named_by = "you";
    if (Archive::is_there(path)) {
        const auto archive = Archive::open(path);
        if (!archive) return std::unexpected(archive.error());
        out.kind = SourceKind::kArchive;
        out.items = archive->pages().size();
    } else {
        const std::string bytes = read_file(path);
        // Addresses in it are whole ones; this stands for its own.
        const Url url = html::parse_url("https://file.invalid/").value();
        const auto feed = source::parse_source(bytes, url, {}, {});
        if (!feed) return std::unexpected(feed.error());
        out.kind = feed->kind;
        out.title = feed->title;
        out.items = feed->entries.size() + feed->parts.size();
    }
    FoundSources found;
    found.sources.push_back(std::move(out));
    return found;
}

}  // namespace

Result<FoundSources> find_sources(const std::string& address, const FetchLimits& limits,
                                  bool allow_private, const Clock& clock, Log& log) {
    const auto url = html::parse_url(address);
    std::error_code ignored;
    if (!url && std::filesystem::exists(address, ignored)) return look_at_file(address);
    if (!url)
        return fail(ErrorCode::kConfig,
                    fmt::format("'{}' is neither an address of the web nor a file here", address));
    return Search(limits, allow_private, clock, log).run(*url);
}

}  // namespace heliograph::pipeline
