// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/document_kind.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/charset.h"
#include "html/dom.h"

namespace heliograph::source {
namespace {

constexpr std::size_t kTitleCodePoints = 80;
// Of text that is nothing we know.
constexpr std::size_t kSampleCodePoints = 40;
// Comments, white space and declarations before <html>.
constexpr std::size_t kHeadBytes = 4096;

struct Signature {
    std::string_view bytes;
    std::string_view words;
    std::size_t offset = 0;
};
constexpr auto kSignatures = std::to_array<Signature>({
    {"\x89PNG", "a PNG image"},
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"GIF8", "a GIF image"},
    {"WEBP", "a WebP image", 8},
    {"ftypavif", "an AVIF image", 4},
    {"%PDF-", "a PDF document"},
    {"PK\x03\x04", "a ZIP archive"},
    {"\x1F\x8B", "gzip-compressed data"},
    {"\x28\xB5\x2F\xFD", "zstd-compressed data"},
    {"WARC/", "a WARC file (save it on this machine and name it with 'path')"},
});

std::string title_of(std::string_view page) {
    html::Document document;
    document.parse(page);
    const html::Node root = document.root();
    for (html::Node node = root; node; node = node.next_in(root)) {
        if (node.is_element() && node.tag() == LXB_TAG_TITLE && node.first_child() &&
            node.first_child().is_text())
            return shorten(collapse_space(node.first_child().text()), kTitleCodePoints);
    }
    return {};
}

}  // namespace

bool looks_like_html(std::string_view text) {
    text = trim(text.substr(0, kHeadBytes));
    while (text.starts_with("<?") || text.starts_with("<!--")) {
        const std::string_view end = text.starts_with("<?") ? "?>" : "-->";
        const std::size_t found = text.find(end);
        if (found == text.npos) return false;
        text = trim(text.substr(found + end.size()));
    }
    constexpr auto kBeginnings = std::to_array<std::string_view>(
        {"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<script"});
    return std::ranges::any_of(kBeginnings, [&](std::string_view beginning) {
        return starts_with_ignoring_ascii_case(text, beginning);
    });
}

std::string describe_document(std::string_view bytes, std::string_view transport_charset) {
    for (const Signature& signature : kSignatures) {
        if (bytes.size() >= signature.offset &&
            bytes.substr(signature.offset).starts_with(signature.bytes))
            return std::string(signature.words);
    }
    const std::string decoded = html::decode_page(bytes, transport_charset).text;
    const std::string_view text = trim(decoded);
    if (text.empty()) return "empty";
    if (looks_like_html(text)) {
        const std::string title = title_of(text);
        return title.empty() ? "an HTML page" : "an HTML page, '" + title + "'";
    }
    if (text.starts_with('{') || text.starts_with('[')) return "JSON";
    const bool is_binary = text.substr(0, kHeadBytes).find('\0') != text.npos;
    if (is_binary) return "binary data";
    const std::string sample =
        shorten(collapse_space(text.substr(0, kHeadBytes)), kSampleCodePoints);
    return "text that begins with '" + sample + "'";
}

}  // namespace heliograph::source
