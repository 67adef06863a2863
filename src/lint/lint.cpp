// SPDX-License-Identifier: GPL-3.0-or-later
#include "lint/lint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/utf8.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::lint {
namespace {

using html::Node;

// What an address in an attribute does when the page is opened.
enum class Use : std::uint8_t { kNone, kLink, kRequest };

// Links of these kinds are only told to programs; every other kind of <link> may be fetched.
bool is_quiet_link(std::string_view rel) {
    return rel == "canonical" || rel == "alternate" || rel == "author" || rel == "license" ||
           rel == "next" || rel == "prev" || rel == "up" || rel == "me" || rel == "help" ||
           rel == "search";
}

Use use_of(Node element, std::string_view attribute) {
    if (attribute == "src" || attribute == "background" || attribute == "poster" ||
        (attribute == "data" && element.tag() == LXB_TAG_OBJECT))
        return Use::kRequest;
    if (attribute != "href") return Use::kNone;
    if (element.tag() != LXB_TAG_LINK) return Use::kLink;
    return is_quiet_link(ascii_lower(element.attribute("rel"))) ? Use::kLink : Use::kRequest;
}

// "scheme:" or "//": leaves the mirror. Everything else stays in it.
bool is_relative(std::string_view address) {
    if (address.starts_with("//")) return false;
    for (const char c : address) {
        if (c == ':') return false;
        if (c == '/' || c == '?' || c == '#') return true;
    }
    return true;
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
            digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

// The path in the mirror that `address` on the page `page` leads to; nullopt when it leaves the
// mirror's root.
std::optional<std::string> resolve(std::string_view page, std::string_view address) {
    address = address.substr(0, address.find_first_of("?#"));
    if (address.empty()) return std::string(page);
    if (address.starts_with('/')) return std::nullopt;  // breaks in a sub-path and under file://
    std::vector<std::string> segments;
    const auto walk = [&](std::string_view path) {
        while (true) {
            const std::size_t slash = path.find('/');
            const std::string_view segment = path.substr(0, slash);
            if (segment == "..") {
                if (segments.empty()) return false;
                segments.pop_back();
            } else if (segment != "." && (!segment.empty() || slash == std::string_view::npos)) {
                segments.emplace_back(segment);
            }
            if (slash == std::string_view::npos) return true;
            path.remove_prefix(slash + 1);
        }
    };
    const std::size_t folder = page.rfind('/');
    if (folder != std::string_view::npos && !walk(page.substr(0, folder))) return std::nullopt;
    if (!walk(percent_decoded(address))) return std::nullopt;
    return fmt::format("{}", fmt::join(segments, "/"));
}

class PageCheck {
  public:
    PageCheck(const File& page, const Exists& exists) : page_(page), exists_(exists) {}

    std::vector<Finding> run() {
        html::Document document;
        document.parse(to_valid_utf8(page_.bytes));
        for (Node node = document.root().first_child(); node; node = node.next_in(document.root()))
            if (node.is_element()) check(node);
        if (!has_policy_)
            found("has no Content-Security-Policy that begins with default-src 'none'");
        if (!has_referrer_policy_) found("has no <meta name=\"referrer\" content=\"no-referrer\">");
        return std::move(findings_);
    }

  private:
    void check(Node element) {
        switch (element.tag()) {
            case LXB_TAG_SCRIPT:
                // Data for programs is not run; a script of the mirror's own is a file of it.
                if (!element.has_attribute(LXB_DOM_ATTR_SRC) &&
                    element.attribute("type") != "application/ld+json")
                    found("has an inline script");
                break;
            case LXB_TAG_IFRAME:
            case LXB_TAG_FRAME:
            case LXB_TAG_OBJECT:
            case LXB_TAG_EMBED:
            case LXB_TAG_FORM:
            case LXB_TAG_BASE:
                found(
                    "has an element that pages of a mirror may not have: frame, object, form or "
                    "base");
                break;
            case LXB_TAG_META:
                check_meta(element);
                break;
            case LXB_TAG_STYLE:
                check_style(element.first_child() ? element.first_child().text()
                                                  : std::string_view{});
                break;
            default:
                break;
        }
        element.for_each_attribute([&](lxb_dom_attr_id_t id, std::string_view value) {
            const std::string_view name = element.attribute_name(id);
            check_address(use_of(element, name), trim(value));
            if (name.starts_with("on")) found(fmt::format("has the handler '{}'", name));
        });
        check_style(element.attribute("style"));
        check_srcset(element.attribute("srcset"));
    }

    void check_meta(Node element) {
        const std::string_view content = trim(element.attribute("content"));
        const std::string equivalent = ascii_lower(element.attribute("http-equiv"));
        if (equivalent == "content-security-policy")
            has_policy_ = has_policy_ || content.starts_with("default-src 'none'");
        // A redirect page leads on inside the mirror, or out of it as a link would.
        if (equivalent == "refresh") {
            const std::size_t address = content.find('=');
            if (address != std::string_view::npos)
                check_address(Use::kLink, trim(content.substr(address + 1)));
        }
        if (equals_ignoring_ascii_case(element.attribute("name"), "referrer"))
            has_referrer_policy_ = content == "no-referrer";
    }

    void check_address(Use use, std::string_view address) {
        if (use == Use::kNone || address.empty()) return;
        const std::string lower = ascii_lower(address.substr(0, 16));
        if (lower.starts_with("javascript:") || lower.starts_with("vbscript:")) {
            found(fmt::format("has the address '{}'", shorten(address, 80)));
        } else if (is_relative(address)) {
            const auto path = resolve(page_.path, address);
            if (!path) {
                found(fmt::format("has a link that leaves the mirror: '{}'", address));
            } else if (!exists_(*path)) {
                found(fmt::format("has a link to '{}', which is not there", address));
            }
        } else if (use == Use::kRequest) {
            if (!lower.starts_with("data:"))
                found(fmt::format("asks another host: '{}'", shorten(address, 200)));
        } else if (const auto url = html::parse_url(address);
                   url && html::canonical_form(*url).href != url->href) {
            found(fmt::format("has a link with tracking parameters: '{}'", shorten(address, 200)));
        }
    }

    void check_srcset(std::string_view candidates) {
        while (!candidates.empty()) {
            const std::size_t comma = candidates.find(", ");
            const std::string_view candidate = trim(candidates.substr(0, comma));
            check_address(Use::kRequest, candidate.substr(0, candidate.find(' ')));
            if (comma == std::string_view::npos) return;
            candidates.remove_prefix(comma + 2);
        }
    }

    void check_style(std::string_view css) {
        if (css.find("@import") != std::string_view::npos) found("has a style with @import");
        for (std::size_t at = css.find("url("); at != std::string_view::npos;
             at = css.find("url(", at + 1)) {
            std::string_view address = trim(css.substr(at + 4, css.find(')', at) - at - 4));
            if (address.starts_with('"') || address.starts_with('\'')) address.remove_prefix(1);
            if (!address.starts_with("data:"))
                found(fmt::format("has a style that asks for '{}'", shorten(address, 200)));
        }
    }

    void found(std::string what) { findings_.push_back({page_.path, std::move(what)}); }

    const File& page_;
    const Exists& exists_;
    bool has_policy_ = false;
    bool has_referrer_policy_ = false;
    std::vector<Finding> findings_;
};

// Chunks of a WebP file (RFC 9649 section 2.3): four letters, a little-endian length, the bytes,
// padded to an even length.
std::vector<Finding> check_webp(const File& picture) {
    constexpr std::size_t kHeaderBytes = 12;
    std::vector<Finding> out;
    std::string_view rest = picture.bytes;
    if (rest.size() < kHeaderBytes || !rest.starts_with("RIFF")) {
        out.push_back({picture.path, "is no WebP picture"});
        return out;
    }
    rest.remove_prefix(kHeaderBytes);
    while (rest.size() >= 8) {
        const std::string_view name = rest.substr(0, 4);
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length |= static_cast<std::size_t>(static_cast<unsigned char>(rest[4 + i])) << (8 * i);
        if (name == "EXIF" || name == "XMP ")
            out.push_back({picture.path, fmt::format("has {} metadata", trim(name))});
        const std::size_t size = 8 + length + length % 2;
        if (size > rest.size()) break;
        rest.remove_prefix(size);
    }
    return out;
}

}  // namespace

std::vector<Finding> check_file(const File& file, const Exists& exists) {
    if (file.path.ends_with(".html")) return PageCheck(file, exists).run();
    if (file.path.ends_with(".webp")) return check_webp(file);
    return {};
}

}  // namespace heliograph::lint
