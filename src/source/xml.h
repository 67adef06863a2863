// SPDX-License-Identifier: GPL-3.0-or-later
// XML as feeds, sitemaps and lists really write it: decoded, mended, then read by libxml2, whose
// one face this is.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct _xmlDoc;
struct _xmlNode;

namespace heliograph::source {

// Tags of one document. A feed of kMaxEntries items has about two million; each costs some 100
// bytes of memory.
inline constexpr std::size_t kMaxXmlTags = 4'000'000;

// An element of an Xml document, valid as long as that. May be null: then only `operator bool` may
// be asked.
class XmlNode {
  public:
    XmlNode() = default;
    explicit XmlNode(_xmlNode* node) : node_(node) {}

    explicit operator bool() const { return node_ != nullptr; }
    friend bool operator==(XmlNode, XmlNode) = default;

    // The name with the usual prefix of its namespace, whatever prefix the document uses:
    // "title", "content:encoded", "atom:link", "dc:date". Names of RSS and sitemaps have no
    // prefix, those of an unknown namespace "?". Where the document forgot to declare a prefix, it
    // is taken as written.
    [[nodiscard]] std::string name() const;

    [[nodiscard]] XmlNode parent() const;
    [[nodiscard]] XmlNode first_child() const;  // elements only, as all these
    [[nodiscard]] XmlNode next() const;
    // The first child of that name; null when there is none.
    [[nodiscard]] XmlNode child(std::string_view name) const;
    // The next element in document order, after this one's start tag; null at the end.
    [[nodiscard]] XmlNode next_in_document() const;

    // All text inside, as it stands.
    [[nodiscard]] std::string text() const;
    // Without white space at the ends.
    [[nodiscard]] std::string trimmed_text() const;
    // The text before the first element inside: all of it, where an end tag is missing and the
    // elements behind it were taken in.
    [[nodiscard]] std::string leading_text() const;
    // By its local name ("href", "about"); empty when it is not there.
    [[nodiscard]] std::string attribute(std::string_view name) const;
    // xml:base and xml:lang of the element itself.
    [[nodiscard]] std::string xml_attribute(std::string_view name) const;
    // What is inside, written as HTML: for Atom's type="xhtml".
    [[nodiscard]] std::string inner_html() const;

  private:
    _xmlNode* node_ = nullptr;
};

class Xml {
  public:
    // Reads the document. `transport_charset` (of Content-Type) may be empty. Bytes in another
    // encoding than declared, text before the document, references that XML does not define
    // (&nbsp;), a "&" or "<" alone, control characters, HTML left unescaped in RSS, elements that
    // are never ended and a cut end are mended; mends() says so. Entities that the document defines
    // itself are not expanded. Errors: kMalformed when there is no element in it, kLimit for too
    // many tags; the message is only the cause.
    [[nodiscard]] static Result<Xml> parse(std::string_view bytes,
                                           std::string_view transport_charset);

    Xml(Xml&& other) noexcept;
    Xml& operator=(Xml&& other) noexcept;
    ~Xml();

    [[nodiscard]] XmlNode root() const;
    [[nodiscard]] const std::vector<std::string>& mends() const { return mends_; }
    // Whether elements were never ended: such a one may hold what stands behind it.
    [[nodiscard]] bool has_unclosed() const { return has_unclosed_; }

  private:
    struct Free {
        void operator()(_xmlDoc* document) const noexcept;
    };
    Xml() = default;
    std::unique_ptr<_xmlDoc, Free> document_;
    std::vector<std::string> mends_;
    bool has_unclosed_ = false;
};

// The bytes as UTF-8: by byte order mark, XML declaration and transport charset, whichever leaves
// the fewest characters unreadable.
[[nodiscard]] std::string decode_xml(std::string_view bytes, std::string_view transport_charset);

}  // namespace heliograph::source
