// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/article_html.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_set>
#include <utility>

#include "base/utf8.h"

namespace heliograph::html {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 4> kReferences = {{
    {"&amp;", '&'},
    {"&lt;", '<'},
    {"&gt;", '>'},
    {"&quot;", '"'},
}};

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

struct Attribute {
    std::string_view name;
    std::string_view value;  // still escaped
};

// Takes the first of ` name="value"` off `rest`; false when there is none in this form.
bool take_attribute(std::string_view& rest, Attribute& attribute) {
    if (!rest.starts_with(' ')) return false;
    const std::size_t equals = rest.find("=\"");
    if (equals == std::string_view::npos) return false;
    const std::size_t end = rest.find('"', equals + 2);
    if (end == std::string_view::npos) return false;
    attribute.name = rest.substr(1, equals - 1);
    attribute.value = rest.substr(equals + 2, end - equals - 2);
    rest.remove_prefix(end + 1);
    return is_name(attribute.name);
}

bool are_attributes(std::string_view text) {
    Attribute attribute;
    while (!text.empty())
        if (!take_attribute(text, attribute)) return false;
    return true;
}

// Elements that plain_text sets on lines of their own.
bool is_block_name(std::string_view name) {
    constexpr auto kNames = std::to_array<std::string_view>({
        "blockquote", "dd", "dl", "dt",  "h2",    "h3",    "h4",    "h5",    "h6", "hr",
        "li",         "ol", "p",  "pre", "table", "tbody", "tfoot", "thead", "tr", "ul",
    });
    static_assert(std::ranges::is_sorted(kNames));
    return std::ranges::binary_search(kNames, name);
}

// Their lines stand together, without a blank one between.
bool is_line_name(std::string_view name) {
    return name == "li" || name == "tr" || name == "dd" || name == "dt";
}

}  // namespace

bool ArticleReader::next(ArticleToken& token) {
    // The line end that the writer puts after each block of the top level.
    if (rest_.starts_with('\n') && (rest_.size() == 1 || rest_[1] == '<')) rest_.remove_prefix(1);
    if (!ok_ || rest_.empty()) return false;
    token = {};
    if (!rest_.starts_with('<')) {
        token.text = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(token.text.size());
        return true;
    }
    ok_ = false;
    const std::size_t end = rest_.find('>');  // in attributes it is a reference
    if (end == std::string_view::npos) return false;
    std::string_view tag = rest_.substr(1, end - 1);
    token.kind = ArticleToken::Kind::kStart;
    if (tag.starts_with('/')) {
        token.kind = ArticleToken::Kind::kEnd;
        tag.remove_prefix(1);
    }
    token.name = tag.substr(0, tag.find(' '));
    token.attributes = tag.substr(token.name.size());
    if (!is_name(token.name) || !are_attributes(token.attributes)) return false;
    if (token.kind == ArticleToken::Kind::kEnd && !token.attributes.empty()) return false;
    rest_.remove_prefix(end + 1);
    return ok_ = true;
}

std::string attribute_value(const ArticleToken& token, std::string_view name) {
    std::string_view rest = token.attributes;
    Attribute attribute;
    while (take_attribute(rest, attribute))
        if (attribute.name == name) return unescape(attribute.value);
    return {};
}

std::string unescape(std::string_view escaped) {
    std::string out;
    out.reserve(escaped.size());
    while (!escaped.empty()) {
        const std::size_t plain = std::min(escaped.find('&'), escaped.size());
        out += escaped.substr(0, plain);
        escaped.remove_prefix(plain);
        if (escaped.empty()) break;
        const auto* reference = std::ranges::find_if(
            kReferences, [&](const auto& known) { return escaped.starts_with(known.first); });
        if (reference != kReferences.end()) {
            out += reference->second;
            escaped.remove_prefix(reference->first.size());
        } else {
            out += '&';
            escaped.remove_prefix(1);
        }
    }
    return out;
}

std::string plain_text(std::string_view article_html) {
    std::string out;
    int skip = 0;  // depth inside what has no running text: figures, captions, ruby's readings
    const auto break_lines = [&out](std::string_view lines) {
        while (out.ends_with(' ') || out.ends_with('\t')) out.pop_back();
        if (out.empty()) return;
        const std::size_t last = out.find_last_not_of('\n');
        const std::size_t have = out.size() - (last + 1);
        if (have < lines.size()) out += lines.substr(have);
    };
    ArticleReader reader(article_html);
    for (ArticleToken token; reader.next(token);) {
        const bool is_start = token.kind == ArticleToken::Kind::kStart;
        if (token.name == "figure" || token.name == "caption" || token.name == "rt" ||
            token.name == "rp") {
            skip += is_start ? 1 : -1;
            if (token.name == "figure") break_lines("\n\n");
        } else if (skip > 0) {
            continue;
        } else if (token.kind == ArticleToken::Kind::kText) {
            out += unescape(token.text);
        } else if (token.name == "br") {
            break_lines("\n");
        } else if (token.name == "td" || token.name == "th") {
            if (!is_start) out += '\t';
        } else if (is_line_name(token.name)) {
            break_lines("\n");
        } else if (is_block_name(token.name)) {
            break_lines("\n\n");
        }
    }
    return std::string(trim(out));
}

std::vector<std::string> image_urls(std::string_view article_html) {
    std::vector<std::string> urls;
    std::unordered_set<std::string> seen;
    ArticleReader reader(article_html);
    for (ArticleToken token; reader.next(token);) {
        if (token.kind != ArticleToken::Kind::kStart || token.name != "img") continue;
        std::string url = attribute_value(token, "src");
        if (!url.empty() && seen.insert(url).second) urls.push_back(std::move(url));
    }
    return urls;
}

}  // namespace heliograph::html
