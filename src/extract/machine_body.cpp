// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/machine_body.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/body_writer.h"
#include "extract/page_table.h"
#include "extract/selection.h"
#include "html/article_html.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

bool has_markup(std::string_view text) {
    for (const std::string_view tag : {"<p>", "<p ", "</p>", "<br", "<div", "<ul", "<h2"})
        if (text.contains(tag)) return true;
    return false;
}

// Character references are in plain bodies too: the parser decodes them.
std::string paragraphs_of_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const auto line = trim(text.substr(0, end)); !line.empty()) {
            out += "<p>";
            for (const char c : line) {
                if (c == '<')
                    out += "&lt;";
                else
                    out += c;
            }
            out += "</p>";
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace

WrittenBody write_machine_body(std::string_view body, const Url& base) {
    std::string decoded;
    if (body.contains("&lt;p") || body.contains("&lt;br")) {
        decoded = html::unescape(body);
        body = decoded;
    }
    html::Document document;
    document.parse(has_markup(body) ? std::string(body) : paragraphs_of_lines(body),
                   html::Code::kLeaveOut);
    const PageTable table(document);
    Selection all;
    all.keep.assign(table.blocks.size(), true);
    all.dropped_rows.assign(table.rows.size(), false);
    return table.rows.empty() ? WrittenBody{} : write_body(table, all, base, nullptr);
}

}  // namespace heliograph::extract
