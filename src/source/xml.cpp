// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/xml.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/handle.h"
#include "base/system_error.h"
#include "base/utf8.h"
#include "html/charset.h"
#include "html/escape.h"
#include "source/xml_mend.h"

namespace heliograph::source {
namespace {

void free_text(xmlChar* text) noexcept { xmlFree(text); }
using XmlText = Handle<xmlChar, free_text>;
using ParserContext = Handle<xmlParserCtxt, xmlFreeParserCtxt>;

// What RSS and sitemap elements have: no prefix here.
constexpr std::string_view kNone;

// Namespaces by their URI, in lower case and without "/", "#" or "." at the end, which publishers
// get wrong.
constexpr auto kNamespaces = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"http://www.w3.org/2005/atom", "atom"},
    {"http://purl.org/atom/ns", "atom"},  // 0.3
    {"http://purl.org/rss/1.0", kNone},
    {"http://channel.netscape.com/rdf/simple/0.9", kNone},
    {"http://my.netscape.com/rdf/simple/0.9", kNone},
    {"http://backend.userland.com/rss2", kNone},
    {"http://blogs.law.harvard.edu/tech/rss", kNone},
    {"http://www.sitemaps.org/schemas/sitemap/0.9", kNone},
    {"http://www.google.com/schemas/sitemap/0.84", kNone},
    {"http://www.google.com/schemas/sitemap-news/0.9", "news"},
    {"http://www.google.com/schemas/sitemap-image/1.1", "image"},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"},
    {"http://purl.org/rss/1.0/modules/content", "content"},
    {"http://purl.org/rss/1.0/modules/syndication", "sy"},
    {"http://purl.org/rss/1.0/modules/slash", "slash"},
    {"http://purl.org/dc/elements/1.1", "dc"},
    {"http://purl.org/dc/terms", "dcterms"},
    {"http://wellformedweb.org/commentapi", "wfw"},
    {"http://search.yahoo.com/mrss", "media"},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    {"http://www.w3.org/1999/xhtml", "xhtml"},
});

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{}
                           : std::string_view(reinterpret_cast<const char*>(text));
}

const xmlChar* chars(const std::string& text) {
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string prefix_of(const xmlNs& space) {
    std::string uri = ascii_lower(trim(view(space.href)));
    while (uri.ends_with('/') || uri.ends_with('#')) uri.pop_back();
    if (uri.empty()) return {};
    const auto* known = std::ranges::find(kNamespaces, std::string_view(uri),
                                          [](const auto& n) { return n.first; });
    return known != kNamespaces.end() ? std::string(known->second) : "?";
}

_xmlNode* element_from(_xmlNode* node) {
    while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
    return node;
}

std::string attribute_value(const _xmlNode* node, const xmlAttr* attribute) {
    const XmlText value(xmlNodeListGetString(node->doc, attribute->children, 1));
    return std::string(view(value.get()));
}

// Elements that HTML never closes (WHATWG HTML section 13.1.2).
bool is_void(std::string_view name) {
    constexpr auto kVoid =
        std::to_array<std::string_view>({"area", "base", "br", "col", "embed", "hr", "img", "input",
                                         "link", "meta", "param", "source", "track", "wbr"});
    return std::ranges::find(kVoid, name) != kVoid.end();
}

// Depth is that of libxml2: at most 256.
void append_html(std::string& out, const _xmlNode* node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        html::append_escaped_text(out, view(node->content));
        return;
    }
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name = view(node->name);
    out.append("<").append(name);
    for (const xmlAttr* attribute = node->properties; attribute != nullptr;
         attribute = attribute->next) {
        out.append(" ").append(view(attribute->name)).append("=\"");
        html::append_escaped_attribute(out, attribute_value(node, attribute));
        out += '"';
    }
    out += '>';
    if (is_void(name)) return;
    for (const _xmlNode* child = node->children; child != nullptr; child = child->next)
        append_html(out, child);
    out.append("</").append(name).append(">");
}

std::size_t count_replacements(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("\xEF\xBF\xBD"); at != text.npos;
         at = text.find("\xEF\xBF\xBD", at + 3))
        ++count;
    return count;
}

// The encoding that the XML declaration names; empty when it names none.
std::string declared_encoding(std::string_view bytes) {
    std::string_view head = bytes.substr(0, 1024);
    const std::size_t begin = head.find("<?xml");
    if (begin == head.npos) return {};
    head.remove_prefix(begin);
    head = head.substr(0, head.find("?>"));
    std::size_t at = head.find("encoding");
    if (at == head.npos) return {};
    at = head.find_first_not_of(" \t\r\n=", at + 8);
    if (at == head.npos || (head[at] != '"' && head[at] != '\'')) return {};
    const std::size_t end = head.find(head[at], at + 1);
    return end == head.npos ? std::string{} : std::string(trim(head.substr(at + 1, end - at - 1)));
}

std::vector<std::string> in_words(const MendedXml& mended, const std::string& text,
                                  std::string_view bytes) {
    std::vector<std::string> out;
    if (const auto bad = count_replacements(text); bad > 0 && count_replacements(bytes) < bad)
        out.push_back(fmt::format("{} unreadable characters", bad));
    if (mended.junk_before) out.emplace_back("text before the document left out");
    if (mended.undefined_references > 0)
        out.push_back(fmt::format("{} references that XML does not define, read as HTML's",
                                  mended.undefined_references));
    if (mended.lone_signs > 0)
        out.push_back(fmt::format("{} unescaped '&' or '<' taken as text", mended.lone_signs));
    if (mended.control_characters > 0)
        out.push_back(fmt::format("{} control characters left out", mended.control_characters));
    if (mended.unescaped_markup > 0)
        out.push_back(
            fmt::format("{} elements with unescaped HTML, taken as text", mended.unescaped_markup));
    if (mended.unclosed_elements > 0)
        out.push_back(fmt::format("{} elements that were never ended", mended.unclosed_elements));
    if (mended.stray_tags > 0)
        out.push_back(fmt::format("{} end tags of nothing left out", mended.stray_tags));
    if (mended.cut_off) out.emplace_back("cut off: what was not complete left out");
    return out;
}

}  // namespace

// ---------------------------------------------------------------- XmlNode

std::string XmlNode::name() const {
    const std::string local(view(node_->name));
    if (node_->ns == nullptr) return local;  // with its prefix if that was not declared
    const std::string prefix = prefix_of(*node_->ns);
    return prefix.empty() ? local : prefix + ":" + local;
}

XmlNode XmlNode::parent() const {
    _xmlNode* up = node_->parent;
    return XmlNode(up != nullptr && up->type == XML_ELEMENT_NODE ? up : nullptr);
}
XmlNode XmlNode::first_child() const { return XmlNode(element_from(node_->children)); }
XmlNode XmlNode::next() const { return XmlNode(element_from(node_->next)); }

XmlNode XmlNode::child(std::string_view name) const {
    for (XmlNode node = first_child(); node; node = node.next()) {
        if (node.name() == name) return node;
    }
    return {};
}

XmlNode XmlNode::next_in_document() const {
    if (const XmlNode child = first_child()) return child;
    for (XmlNode node = *this; node; node = node.parent()) {
        if (const XmlNode after = node.next()) return after;
    }
    return {};
}

std::string XmlNode::text() const {
    const XmlText content(xmlNodeGetContent(node_));
    return std::string(view(content.get()));
}

std::string XmlNode::leading_text() const {
    std::string out;
    for (xmlNode* node = node_->children; node != nullptr && node->type != XML_ELEMENT_NODE;
         node = node->next) {
        const XmlText content(xmlNodeGetContent(node));
        out += view(content.get());
    }
    return std::string(trim(out));
}

std::string XmlNode::trimmed_text() const { return std::string(trim(text())); }

std::string XmlNode::attribute(std::string_view name) const {
    for (const xmlAttr* attribute = node_->properties; attribute != nullptr;
         attribute = attribute->next) {
        if (view(attribute->name) == name) return attribute_value(node_, attribute);
    }
    return {};
}

std::string XmlNode::xml_attribute(std::string_view name) const {
    const std::string local(name);
    const XmlText value(xmlGetNsProp(node_, chars(local), XML_XML_NAMESPACE));
    return std::string(trim(view(value.get())));
}

std::string XmlNode::inner_html() const {
    std::string out;
    for (const _xmlNode* child = node_->children; child != nullptr; child = child->next)
        append_html(out, child);
    return out;
}

// ---------------------------------------------------------------- Xml

std::string decode_xml(std::string_view bytes, std::string_view transport_charset) {
    // XML 1.0 appendix F.1: UTF-16 without a byte order mark shows in the first "<".
    if (bytes.starts_with(std::string_view("<\0", 2))) return html::decode_as(bytes, "utf-16le");
    if (bytes.starts_with(std::string_view("\0<", 2))) return html::decode_as(bytes, "utf-16be");
    const std::string declared = declared_encoding(bytes);
    std::string text =
        html::decode_page(bytes, declared.empty() ? transport_charset : declared).text;
    if (declared.empty() || transport_charset.empty()) return text;
    const std::size_t unreadable = count_replacements(text);
    if (unreadable == 0) return text;
    std::string other = html::decode_page(bytes, transport_charset).text;
    return count_replacements(other) < unreadable ? other : text;
}

void Xml::Free::operator()(_xmlDoc* document) const noexcept { xmlFreeDoc(document); }
Xml::Xml(Xml&& other) noexcept = default;
Xml& Xml::operator=(Xml&& other) noexcept = default;
Xml::~Xml() = default;

XmlNode Xml::root() const { return XmlNode(xmlDocGetRootElement(document_.get())); }

Result<Xml> Xml::parse(std::string_view bytes, std::string_view transport_charset) {
    const std::string text = decode_xml(bytes, transport_charset);
    const MendedXml mended = mend_xml(text);
    if (mended.tags > kMaxXmlTags || mended.text.size() > std::numeric_limits<int>::max())
        return fail(ErrorCode::kLimit, fmt::format("more than {} XML tags", kMaxXmlTags));

    Xml out;
    out.mends_ = in_words(mended, text, bytes);
    out.has_unclosed_ = mended.unclosed_elements > 0;
    const ParserContext context(xmlNewParserCtxt());
    if (!context) throw SystemError("cannot make an XML parser: out of memory");
    // Not XML_PARSE_HUGE, XML_PARSE_NOENT, XML_PARSE_DTDLOAD: libxml2's own limits stay on (256
    // elements deep, 10 MB of text in one piece), nothing is expanded, nothing is loaded.
    out.document_.reset(xmlCtxtReadMemory(
        context.get(), mended.text.data(), static_cast<int>(mended.text.size()), nullptr, "UTF-8",
        XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET |
            XML_PARSE_NOCDATA));
    if (!out.document_ || !out.root()) return fail(ErrorCode::kMalformed, "no XML element in it");
    if (context->wellFormed == 0 && !mended.cut_off) {
        const xmlError* error = xmlCtxtGetLastError(context.get());
        const std::string_view cause =
            error != nullptr && error->message != nullptr ? trim(error->message) : "unknown cause";
        out.mends_.push_back(fmt::format("malformed XML: {}", to_valid_utf8(cause)));
    }
    return out;
}

}  // namespace heliograph::source
