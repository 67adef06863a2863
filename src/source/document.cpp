// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/document.h"

#include <fmt/format.h>
#include <utility>

#include "base/utf8.h"
#include "html/charset.h"
#include "source/csv.h"
#include "source/decoded_stream.h"
#include "source/document_kind.h"
#include "source/feed.h"
#include "source/section_page.h"
#include "source/sitemap.h"
#include "source/xml.h"

namespace heliograph::source {
namespace {

std::unexpected<Error> refuse(const Url& url, ErrorCode code, std::string_view cause) {
    return fail(code, fmt::format("cannot read source '{}': {}", url.href, cause));
}

// Behind a byte order mark and white space.
bool begins_with(std::string_view bytes, std::string_view characters) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    return first != bytes.npos && characters.find(bytes[first]) != characters.npos;
}

// Sitemaps and outlines; a feed is read by parse_feed, which knows what is wrong with one.
std::optional<Feed> read_other_xml(std::string_view bytes, const Url& url,
                                   std::string_view transport_charset) {
    // Names of their roots, so that feeds are not read twice.
    const std::string_view head = bytes.substr(0, 16 * 1024);
    const bool may_be = head.find("urlset") != head.npos ||
                        head.find("sitemapindex") != head.npos || head.find("opml") != head.npos ||
                        head.find("OPML") != head.npos;
    if (!may_be) return std::nullopt;
    const auto xml = Xml::parse(bytes, transport_charset);
    if (!xml) return std::nullopt;
    if (auto sitemap = read_sitemap(*xml, url)) return sitemap;
    return read_outline(*xml, url);
}

}  // namespace

Result<Feed> parse_source(std::string_view bytes, const Url& url,
                          std::string_view transport_charset, const ReadingRules& rules) {
    std::string unpacked;
    if (is_packed(bytes)) {
        auto whole = unpack(bytes, kMaxSourceBytes);
        if (!whole) return refuse(url, whole.error().code, whole.error().message);
        unpacked = *std::move(whole);
        bytes = unpacked;
    }
    if (looks_like_html(bytes) && rules.fields.empty()) {
        const bool was_other =
            rules.before != SourceKind::kUnknown && rules.before != SourceKind::kPage;
        if (was_other && rules.links.empty())
            return refuse(url, ErrorCode::kMalformed,
                          fmt::format("it was {} and is now {}", describe(rules.before),
                                      describe_document(bytes, transport_charset)));
        const std::string page = html::decode_page(bytes, transport_charset).text;
        auto feed = read_section_page(page, url, rules.links);
        if (!feed)
            return refuse(url, feed.error().code,
                          fmt::format("it is {}: {}", describe_document(bytes, transport_charset),
                                      feed.error().message));
        return feed;
    }
    const bool is_markup = begins_with(bytes, "<");
    if (is_markup && rules.fields.empty()) {
        if (auto feed = read_other_xml(bytes, url, transport_charset)) return *std::move(feed);
        return parse_feed(bytes, url, transport_charset);
    }
    const std::string text = html::decode_page(bytes, transport_charset).text;
    if (!rules.fields.empty()) {
        auto feed = read_array(text, url, rules.fields);
        if (!feed) return refuse(url, feed.error().code, feed.error().message);
        return feed;
    }
    if (begins_with(text, "{[")) {
        if (const auto read = read_literal(text, text.find_first_of("{["))) {
            if (auto feed = read_json_feed(read->value, url)) {
                if (!read->is_complete)
                    feed->warnings.push_back(fmt::format(
                        "the feed cannot be read beyond line {}; what stands before is taken",
                        read->fault_line));
                return *std::move(feed);
            }
        }
        return refuse(url, ErrorCode::kMalformed,
                      "it is JSON but no JSON Feed: say with fields = {url = \"...\"} where its "
                      "articles have their addresses");
    }
    if (looks_like_list(text)) return read_list(text);
    // Text before a feed, bytes in UTF-16: parse_feed mends these, or says what it is.
    return parse_feed(bytes, url, transport_charset);
}

}  // namespace heliograph::source
