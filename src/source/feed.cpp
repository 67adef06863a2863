// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "html/escape.h"
#include "html/url.h"
#include "source/document_kind.h"
#include "source/plain_text.h"
#include "source/xml.h"

namespace heliograph::source {
namespace {

// Fields of one item whose end tags are missing; items have some twenty fields.
constexpr int kMaxUnclosed = 30;

// RSS wants an address and puts the name behind it: "jane@a.example (Jane Doe)". A reader has no
// use for the address alone.
std::string name_of_author(std::string_view text) {
    std::string plain = plain_from_html(text);
    const std::size_t at = plain.find('@');
    if (at == plain.npos) return plain;
    const std::size_t open = plain.find('(');
    const std::size_t close = plain.rfind(')');
    if (open != plain.npos && close != plain.npos && close > open && at < open)
        return std::string(trim(std::string_view(plain).substr(open + 1, close - open - 1)));
    const std::size_t angle = plain.find('<');  // "Jane Doe <jane@a.example>"
    if (angle != plain.npos && angle < at)
        return std::string(trim(std::string_view(plain).substr(0, angle)));
    const bool only_address = plain.find(' ') == plain.npos;
    return only_address ? std::string{} : plain;
}

// 0 to 999999, or -1.
int small_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return -1;
    return number > 999'999 ? -1 : number;
}

// "feed/?paged=3" of "feed/?paged=2", "?paged=2" of a feed's own address.
std::string next_of_wordpress(const Url& url) {
    constexpr std::string_view kKey = "paged=";
    const std::size_t at = url.href.rfind(kKey);
    if (at == url.href.npos) return url.href + (url.query.empty() ? "?" : "&") + "paged=2";
    const int page = small_number(std::string_view(url.href).substr(at + kKey.size()));
    if (page < 1) return {};
    return url.href.substr(0, at + kKey.size()) + std::to_string(page + 1);
}

// <day> of <skipDays>: 1 for Sunday, 2 for Monday, 4, ...; 0 for anything else.
std::uint8_t day_bit(std::string_view name) {
    static constexpr std::string_view kDays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                                 "thursday", "friday", "saturday"};
    const auto* found = std::ranges::find(kDays, std::string_view(ascii_lower(name)));
    return found == std::end(kDays) ? 0 : static_cast<std::uint8_t>(1U << (found - kDays));
}

// Which picture of an item to take: the widest of media:content, else an enclosure's, else the
// thumbnail.
struct Picture {
    std::string url;
    int rank = 0;
    int width = 0;

    void consider(Picture other) {
        if (!other.url.empty() && std::pair(other.rank, other.width) > std::pair(rank, width))
            *this = std::move(other);
    }
};
constexpr int kThumbnail = 1;
constexpr int kEnclosure = 2;
constexpr int kMediaContent = 3;

int number(std::string_view text) {
    int value = 0;
    for (const char c : trim(text)) {
        if (c < '0' || c > '9' || value > 100'000) break;
        value = value * 10 + (c - '0');
    }
    return value;
}

class Reader {
  public:
    Reader(const Xml& xml, const Url& url) : xml_(xml), feed_url_(url), channel_url_(url) {}

    // False when the root is none of a feed.
    bool read();

    Feed feed;

  private:
    void read_channel(XmlNode channel);
    void read_entries(std::string_view name);
    void read_rss_item(XmlNode item, Entry& entry);
    void read_rss_fields(XmlNode parent, Entry& entry, int depth);
    void read_rss_child(XmlNode child, Entry& entry);
    void read_atom_entry(XmlNode item, Entry& entry);
    void read_atom_child(XmlNode child, Entry& entry);
    void read_shared_child(const std::string& name, XmlNode child, Entry& entry);
    void read_media(const std::string& name, XmlNode node);
    void read_date(XmlNode node, std::optional<DateTime>& date);
    void find_swallowed_link(XmlNode item);
    void take(Entry entry);

    [[nodiscard]] std::string address(std::string_view text, XmlNode node) const;
    [[nodiscard]] static std::string atom_plain(XmlNode node);
    [[nodiscard]] static std::string atom_html(XmlNode node);
    void warn(std::string warning);

    const Xml& xml_;
    const Url& feed_url_;
    Url channel_url_;
    std::vector<std::string> feed_authors_;
    EntryList list_{feed};

    // Of the item that is being read, by how much each is to be trusted.
    struct Links {
        std::string original;   // feedburner:origLink
        std::string link;       // <link> of RSS, rel=alternate of Atom
        std::string other;      // of another media type
        std::string guid;       // when it may be a link
        std::string rdf_about;  // RSS 1.0
    };
    Links links_;
    Picture picture_;
    std::string item_title_;
};

void Reader::warn(std::string warning) { add_warning(feed, std::move(warning)); }

// Against xml:base of the element and those round it, then the channel's own address, then the
// feed's; empty when it is no address of the web.
std::string Reader::address(std::string_view text, XmlNode node) const {
    text = trim(text);
    if (text.empty()) return {};
    std::vector<std::string> bases;  // innermost first
    for (; node; node = node.parent()) {
        if (std::string base = node.xml_attribute("base"); !base.empty())
            bases.push_back(std::move(base));
    }
    Url base = bases.empty() ? channel_url_ : feed_url_;
    for (auto outer = bases.rbegin(); outer != bases.rend(); ++outer) {
        if (auto parsed = html::parse_url(*outer, &base)) base = std::move(*parsed);
    }
    const auto parsed = html::parse_url(text, &base);
    return parsed ? parsed->href : std::string{};
}

bool Reader::read() {
    for (const std::string& mend : xml_.mends()) warn(mend);
    const XmlNode root = xml_.root();
    const std::string name = root.name();
    feed.language = root.xml_attribute("lang");
    // Early Atom and broken feeds have no namespace, or another prefix that nobody declared.
    if (name == "feed" || name.ends_with(":feed")) {
        read_channel(root);
        read_entries("entry");
    } else if (name == "rss" || name == "channel" || name == "RDF" || name.ends_with(":RDF")) {
        read_channel(name == "channel" ? root : root.child("channel"));
        read_entries("item");
    } else {
        return false;
    }
    return true;
}

void Reader::read_channel(XmlNode channel) {
    if (!channel) return;
    if (auto lang = channel.xml_attribute("lang"); !lang.empty()) feed.language = std::move(lang);
    for (XmlNode child = channel.first_child(); child; child = child.next()) {
        const std::string name = child.name();
        if (name == "title") {
            feed.title = plain_from_html(child.text());
        } else if (name == "atom:title") {
            // In RSS too: <atom:title> beside <title>.
            if (feed.title.empty()) feed.title = atom_plain(child);
        } else if (name == "language" || name == "dc:language") {
            if (feed.language.empty()) feed.language = child.trimmed_text();
        } else if (name == "link") {
            if (auto own = html::parse_url(trim(child.text()), &feed_url_))
                channel_url_ = std::move(*own);
        } else if (name == "ttl") {
            if (const int minutes = small_number(child.trimmed_text()); minutes > 0)
                feed.poll.ttl = std::chrono::minutes{minutes};
        } else if (name == "generator") {
            // WordPress pages its feeds and does not say so.
            if (child.trimmed_text().find("wordpress.org") != std::string::npos)
                feed.older = next_of_wordpress(feed_url_);
        } else if (name == "skipHours") {
            for (XmlNode hour = child.first_child(); hour; hour = hour.next()) {
                const int number = small_number(hour.trimmed_text());
                // Some count from 1 to 24.
                if (number >= 0 && number <= 24) feed.poll.skip_hours |= 1U << (number % 24);
            }
        } else if (name == "skipDays") {
            for (XmlNode day = child.first_child(); day; day = day.next())
                feed.poll.skip_days |= day_bit(day.trimmed_text());
        } else if (name == "atom:link") {
            const std::string relation = ascii_lower(trim(child.attribute("rel")));
            // RFC 5005: the page before in time of a paged or archived feed.
            if (relation == "next" || relation == "prev-archive")
                feed.older = address(child.attribute("href"), child);
            if (relation == "hub" && feed.poll.hub.empty())
                feed.poll.hub = address(child.attribute("href"), child);
            if (relation == "self" && feed.poll.topic.empty())
                feed.poll.topic = address(child.attribute("href"), child);
        } else if (name == "atom:author") {
            if (const XmlNode person = child.child("atom:name"))
                add_name(feed_authors_, plain_from_text(person.text()));
        }
    }
}

void Reader::read_entries(std::string_view name) {
    const bool is_atom = name == "entry";
    const std::string prefixed = ":" + std::string(name);
    for (XmlNode node = xml_.root(); node; node = node.next_in_document()) {
        const std::string found = node.name();
        if (found != name && !found.ends_with(prefixed)) continue;
        Entry entry;
        links_ = {};
        picture_ = {};
        entry.language = node.xml_attribute("lang");
        if (is_atom) {
            read_atom_entry(node, entry);
        } else {
            read_rss_item(node, entry);
        }
        if (xml_.has_unclosed() && entry.url.empty() && links_.link.empty())
            find_swallowed_link(node);
        take(std::move(entry));
        if (list_.is_full()) break;
    }
    list_.finish();
}

// An element that was never ended may hold the fields behind it, the item's address too.
void Reader::find_swallowed_link(XmlNode item) {
    const XmlNode end = item.next();
    for (XmlNode node = item.next_in_document(); node && node != end && links_.link.empty();
         node = node.next_in_document()) {
        const std::string name = node.name();
        const std::string relation = ascii_lower(trim(node.attribute("rel")));
        if ((name != "link" && !name.ends_with(":link")) ||
            (!relation.empty() && relation != "alternate"))
            continue;
        const std::string text = node.leading_text();
        links_.link = address(text.empty() ? node.attribute("href") : text, node);
    }
}

void Reader::take(Entry entry) {
    for (std::string* candidate :
         {&links_.original, &links_.link, &links_.other, &links_.guid, &links_.rdf_about}) {
        if (entry.url.empty()) entry.url = std::move(*candidate);
    }
    if (entry.url.empty()) {
        warn(
            fmt::format("item '{}' left out: it has no address",
                        shorten(entry.title.empty() ? entry.guid : entry.title, kShownCodePoints)));
        return;
    }
    entry.image_url = std::move(picture_.url);
    list_.add(std::move(entry));
}

// ---------------------------------------------------------------- RSS

void Reader::read_rss_item(XmlNode item, Entry& entry) {
    links_.rdf_about = address(item.attribute("about"), item);
    read_rss_fields(item, entry, 0);
}

// A field of plain text whose end tag is missing has those behind it inside.
void Reader::read_rss_fields(XmlNode parent, Entry& entry, int depth) {
    for (XmlNode child = parent.first_child(); child; child = child.next()) {
        read_rss_child(child, entry);
        const std::string name = child.name();
        const bool holds_text_only = name == "category" || name == "link" || name == "guid" ||
                                     name == "pubDate" || name == "author" || name == "dc:date" ||
                                     name == "dc:subject";
        if (holds_text_only && depth < kMaxUnclosed) read_rss_fields(child, entry, depth + 1);
    }
}

void Reader::read_rss_child(XmlNode child, Entry& entry) {
    const std::string name = child.name();
    if (name == "title" || name == "dc:title") {
        if (entry.title.empty()) entry.title = plain_from_html(child.text());
    } else if (name == "link") {
        // Some write Atom's form without its namespace.
        const std::string text = child.leading_text();
        if (links_.link.empty())
            links_.link = address(text.empty() ? child.attribute("href") : text, child);
    } else if (name == "guid") {
        entry.guid = child.leading_text();
        // RSS 2.0: a guid is a link unless it says otherwise. One that is not absolute is none,
        // whatever it says.
        const bool may_be_link =
            !equals_ignoring_ascii_case(trim(child.attribute("isPermaLink")), "false");
        if (may_be_link) {
            if (const auto url = html::parse_url(entry.guid)) links_.guid = url->href;
        }
    } else if (name == "description") {
        entry.summary_html = child.text();
    } else if (name == "content:encoded") {
        entry.content_html = child.text();
    } else if (name == "pubDate") {
        read_date(child, entry.published);
    } else if (name == "author") {
        add_name(entry.authors, name_of_author(child.leading_text()));
    } else if (name == "category") {
        add_name(entry.tags, plain_from_html(child.leading_text()));
    } else if (name == "enclosure") {
        if (starts_with_ignoring_ascii_case(trim(child.attribute("type")), "image/"))
            picture_.consider({.url = address(child.attribute("url"), child), .rank = kEnclosure});
    } else {
        read_shared_child(name, child, entry);
    }
}

// What RSS items and Atom entries borrow from other namespaces, and RSS from Atom.
void Reader::read_shared_child(const std::string& name, XmlNode child, Entry& entry) {
    if (name == "dc:date" || name == "dcterms:created" || name == "dcterms:issued") {
        if (!entry.published) read_date(child, entry.published);
    } else if (name == "dcterms:modified") {
        if (!entry.updated) read_date(child, entry.updated);
    } else if (name == "dc:creator" || name == "itunes:author") {
        add_name(entry.authors, name_of_author(child.leading_text()));
    } else if (name == "dc:subject") {
        add_name(entry.tags, plain_from_html(child.leading_text()));
    } else if (name == "dc:language") {
        entry.language = child.trimmed_text();
    } else if (name == "feedburner:origLink") {
        links_.original = address(child.text(), child);
    } else if (name.starts_with("media:")) {
        read_media(name, child);
    } else if (name.starts_with("atom:")) {
        read_atom_child(child, entry);
    }
}

void Reader::read_media(const std::string& name, XmlNode node) {
    if (name == "media:group") {
        for (XmlNode child = node.first_child(); child; child = child.next()) {
            // Groups do not hold groups: no recursion on a stranger's depth.
            if (const std::string inner = child.name(); inner != name) read_media(inner, child);
        }
    } else if (name == "media:thumbnail") {
        picture_.consider({.url = address(node.attribute("url"), node),
                           .rank = kThumbnail,
                           .width = number(node.attribute("width"))});
    } else if (name == "media:content") {
        const std::string type = node.attribute("type");
        const std::string medium = node.attribute("medium");
        const bool is_image = medium == "image" || type.starts_with("image/");
        if (is_image || (medium.empty() && type.empty())) {
            picture_.consider({.url = address(node.attribute("url"), node),
                               .rank = is_image ? kMediaContent : kThumbnail,
                               .width = number(node.attribute("width"))});
        }
        for (XmlNode child = node.first_child(); child; child = child.next()) {
            if (const std::string inner = child.name(); inner == "media:thumbnail")
                read_media(inner, child);
        }
    }
}

void Reader::read_date(XmlNode node, std::optional<DateTime>& date) {
    const std::string text = node.leading_text();
    if (text.empty()) return;
    if (const auto parsed = parse_date_time(text)) {
        date = parsed;
    } else {
        warn(fmt::format("'{}' is no date that is understood", shorten(text, kShownCodePoints)));
    }
}

// ---------------------------------------------------------------- Atom

// RFC 4287 section 3.1.1; Atom 0.3 has media types instead.
enum class TextType { kText, kHtml, kXhtml, kOther };

TextType text_type(XmlNode node) {
    const std::string type = ascii_lower(trim(node.attribute("type")));
    if (type.empty() || type == "text" || type == "text/plain") return TextType::kText;
    if (type == "html" || type == "text/html") return TextType::kHtml;
    if (type == "xhtml" || type == "application/xhtml+xml") return TextType::kXhtml;
    return TextType::kOther;
}

std::string Reader::atom_plain(XmlNode node) {
    const std::string text = node.text();
    return text_type(node) == TextType::kHtml ? plain_from_html(text) : plain_from_text(text);
}

std::string Reader::atom_html(XmlNode node) {
    switch (text_type(node)) {
        case TextType::kText:
            return html::escape_text(node.text());
        case TextType::kHtml:
            return node.text();
        case TextType::kXhtml: {
            // The one <div> in it is not part of the content (section 3.1.1.3).
            const XmlNode div = node.first_child();
            const bool wrapped = div && !div.next() && div.name().ends_with("div");
            return (wrapped ? div : node).inner_html();
        }
        case TextType::kOther:
            break;  // a picture in base64 and the like
    }
    return {};
}

void Reader::read_atom_entry(XmlNode item, Entry& entry) {
    for (XmlNode child = item.first_child(); child; child = child.next()) {
        const std::string name = child.name();
        // Feeds without the namespace have the same names.
        if (name.starts_with("atom:") || name.find(':') == name.npos) {
            read_atom_child(child, entry);
        } else {
            read_shared_child(name, child, entry);
        }
    }
    if (entry.authors.empty()) entry.authors = feed_authors_;
}

void Reader::read_atom_child(XmlNode child, Entry& entry) {
    std::string name = child.name();
    if (name.starts_with("atom:")) name.erase(0, 5);
    if (name == "title") {
        if (entry.title.empty()) entry.title = atom_plain(child);
    } else if (name == "link") {
        const std::string relation = ascii_lower(trim(child.attribute("rel")));
        const std::string type = ascii_lower(trim(child.attribute("type")));
        const std::string url = address(child.attribute("href"), child);
        if (relation.empty() || relation == "alternate") {
            // An entry may have the same article as PDF or audio.
            std::string& kind =
                type.empty() || type == "text/html" || type == "application/xhtml+xml"
                    ? links_.link
                    : links_.other;
            if (kind.empty()) kind = url;
        } else if (relation == "enclosure" && type.starts_with("image/")) {
            picture_.consider({.url = url, .rank = kEnclosure});
        }
    } else if (name == "id") {
        if (entry.guid.empty()) entry.guid = child.trimmed_text();
        if (const auto url = html::parse_url(trim(child.text()))) links_.guid = url->href;
    } else if (name == "summary") {
        if (entry.summary_html.empty()) entry.summary_html = atom_html(child);
    } else if (name == "content") {
        if (entry.content_html.empty()) entry.content_html = atom_html(child);
    } else if (name == "published" || name == "issued" || name == "created") {
        if (!entry.published) read_date(child, entry.published);
    } else if (name == "updated" || name == "modified") {
        read_date(child, entry.updated);
    } else if (name == "author") {
        for (XmlNode part = child.first_child(); part; part = part.next()) {
            if (part.name() == "name" || part.name() == "atom:name")
                add_name(entry.authors, plain_from_text(part.text()));
        }
    } else if (name == "category") {
        const std::string label = child.attribute("label");
        add_name(entry.tags, plain_from_text(label.empty() ? child.attribute("term") : label));
    } else if (name == "source") {
        // The feed that the entry was taken from (section 4.2.11).
        for (XmlNode part = child.first_child(); part; part = part.next()) {
            if (part.name() == "atom:author") read_atom_child(part, entry);
        }
    }
}

}  // namespace

Result<Feed> parse_feed(std::string_view bytes, const Url& url,
                        std::string_view transport_charset) {
    const auto refuse = [&](ErrorCode code, std::string_view cause) {
        return fail(code, fmt::format("cannot read feed '{}': {}", url.href, cause));
    };
    const auto what_it_is = [&] {
        return "it is " + describe_document(bytes, transport_charset) + ", not a feed";
    };
    if (looks_like_html(bytes)) return refuse(ErrorCode::kMalformed, what_it_is());
    const auto xml = Xml::parse(bytes, transport_charset);
    if (!xml) {
        if (xml.error().code == ErrorCode::kLimit)
            return refuse(ErrorCode::kLimit, xml.error().message);
        return refuse(ErrorCode::kMalformed, what_it_is());
    }
    Reader reader(*xml, url);
    if (!reader.read()) {
        const std::string root = xml->root().name();
        if (equals_ignoring_ascii_case(root, "html") || root == "xhtml:html")
            return refuse(ErrorCode::kMalformed, what_it_is());
        return refuse(ErrorCode::kMalformed, fmt::format("it is XML with <{}>, not a feed",
                                                         shorten(root, kShownCodePoints)));
    }
    return std::move(reader.feed);
}

}  // namespace heliograph::source
