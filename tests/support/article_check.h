// SPDX-License-Identifier: GPL-3.0-or-later
// A judge of article HTML that shares nothing with its writer: the rules of
// docs/formats/article-html.md, and what a browser's parser makes of it.
#pragma once

#include <algorithm>
#include <charconv>
#include <climits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::test {

class ArticleCheck {
  public:
    // What is wrong with it; empty when nothing is.
    static std::string fault_of(std::string_view article_html) {
        ArticleCheck check(article_html);
        check.run();
        if (check.fault_.empty()) check.compare_with_parser();
        return check.fault_;
    }

  private:
    using Names = std::vector<std::string_view>;

    struct Open {
        std::string_view name;
        std::string_view last_child = {};
        bool has_text = false;
        bool has_block = false;
        bool has_content = false;  // text or a picture, however deep
        bool is_embed = false;
        std::size_t pictures = 0;
    };

    explicit ArticleCheck(std::string_view article_html) : all_(article_html) {}

    void fail(std::string_view what, std::string_view where) {
        if (fault_.empty()) fault_ = std::string(what) + ": " + std::string(where.substr(0, 200));
    }

    static bool is_one_of(std::string_view name, const Names& names) {
        return std::ranges::find(names, name) != names.end();
    }
    static bool is_void(std::string_view name) { return is_one_of(name, {"br", "hr", "img"}); }
    static bool is_inline(std::string_view name) {
        return is_one_of(name, {"strong", "em",   "mark",  "del", "ins", "s",    "u", "q",
                                "cite",   "kbd",  "small", "sub", "sup", "code", "a", "abbr",
                                "time",   "ruby", "rt",    "rp",  "br",  "img"});
    }
    static bool is_flow(std::string_view name) {
        return is_one_of(name, {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote",
                                "pre", "figure", "table", "hr"});
    }
    static bool is_holder(std::string_view name) {  // of inline content or of blocks
        return is_one_of(name, {"li", "dd", "th", "td"});
    }

    void run() {
        if (!is_utf8(all_)) return fail("not UTF-8", "");
        for (std::size_t i = 0; i < all_.size();) {
            const char32_t c = next_code_point(all_, i);
            if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE ||
                c == 0xFFFF)
                return fail("a control character", all_.substr(i));
        }
        for (std::string_view rest = all_; !rest.empty() && fault_.empty();) {
            if (open_.empty() && rest.front() == '\n') {
                if (!ended_block_) fail("a line feed that ends no block", rest);
                ended_block_ = false;
                rest.remove_prefix(1);
                continue;
            }
            if (ended_block_) fail("no line feed behind a block", rest);
            if (rest.front() != '<') {
                const std::string_view text = rest.substr(0, rest.find('<'));
                take_text(text);
                rest.remove_prefix(text.size());
                continue;
            }
            const std::size_t end = rest.find('>');
            if (end == std::string_view::npos) return fail("a tag without an end", rest);
            const std::string_view tag = rest.substr(1, end - 1);
            if (tag.starts_with('/')) {
                close(tag.substr(1));
            } else {
                open(tag);
            }
            rest.remove_prefix(end + 1);
        }
        if (!open_.empty()) fail("never closed", open_.back().name);
        if (ended_block_) fail("no line feed at the end", "");
    }

    void take_text(std::string_view text) {
        check_references(text, {"&amp;", "&lt;", "&gt;"});
        if (text.contains('>')) fail("a bare >", text);
        if (open_.empty()) return fail("text outside of blocks", text);
        Open& holder = open_.back();
        if (!is_text_holder(holder)) fail("text in " + std::string(holder.name), text);
        holder.has_text = true;
        if (std::ranges::any_of(text, [](char c) { return c != ' ' && c != '\n'; }))
            for (Open& outer : open_) outer.has_content = true;
        const bool is_in_pre =
            std::ranges::any_of(open_, [](const Open& one) { return one.name == "pre"; });
        if (!is_in_pre && (text.contains('\n') || text.contains("  ")))
            fail("white space that is not collapsed", text);
    }

    static bool is_text_holder(const Open& holder) {
        return is_holder(holder.name)
                   ? !holder.has_block
                   : (is_inline(holder.name) && holder.name != "br") ||
                         is_one_of(holder.name, {"p", "h2", "h3", "h4", "h5", "h6", "dt", "pre",
                                                 "figcaption", "caption"});
    }

    void check_references(std::string_view text, const Names& allowed) {
        for (std::size_t at = text.find('&'); at != std::string_view::npos;
             at = text.find('&', at + 1))
            if (std::ranges::none_of(allowed, [&](std::string_view reference) {
                    return text.substr(at).starts_with(reference);
                }))
                fail("an unknown reference", text.substr(at));
    }

    static std::string unescape(std::string_view text) {
        std::string out(text);
        for (const auto& [from, to] :
             {std::pair{"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
            for (std::size_t at = out.find(from); at != std::string::npos;
                 at = out.find(from, at + 1))
                out.replace(at, std::string_view(from).size(), to);
        return out;
    }

    // Reads ` name="value"` pieces; empty values only for alt.
    std::map<std::string, std::string> attributes_of(std::string_view rest) {
        std::map<std::string, std::string> out;
        std::string_view last;
        while (!rest.empty() && fault_.empty()) {
            const std::size_t equals = rest.find("=\"");
            const std::size_t end =
                equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
            if (rest.front() != ' ' || end == std::string_view::npos) {
                fail("attributes in another form", rest);
                break;
            }
            const std::string_view name = rest.substr(1, equals - 1);
            const std::string_view value = rest.substr(equals + 2, end - equals - 2);
            if (!last.empty() && name <= last) fail("attributes not in order", rest);
            last = name;
            check_references(value, {"&amp;", "&lt;", "&gt;", "&quot;"});
            if (value.contains('<')) fail("a bare < in an attribute", rest);
            if (value.empty() && name != "alt") fail("an empty attribute", rest);
            out.emplace(name, unescape(value));
            rest.remove_prefix(end + 1);
        }
        return out;
    }

    static bool is_number(const std::string& text, int least, int most) {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && end == text.data() + text.size() && value >= least &&
               value <= most && std::to_string(value) == text;
    }

    static Names attributes_allowed(std::string_view name) {
        if (name == "a") return {"href"};
        if (name == "abbr") return {"title"};
        if (name == "time") return {"datetime"};
        if (name == "img") return {"alt", "height", "src", "width"};
        if (name == "ol") return {"start"};
        if (name == "th" || name == "td") return {"colspan", "rowspan"};
        if (name == "blockquote" || name == "figure") return {"data-embed"};
        return {};
    }

    void check_attributes(std::string_view tag, std::string_view name,
                          const std::map<std::string, std::string>& attributes) {
        const auto value = [&](const char* key) {
            const auto found = attributes.find(key);
            return found == attributes.end() ? std::string() : found->second;
        };
        const Names allowed = attributes_allowed(name);
        for (const auto& [key, text] : attributes) {
            if (key == "lang") {
                if (text.size() > 35 || !std::ranges::all_of(text, [](char c) {
                        return (c | 32) >= 'a' && (c | 32) <= 'z'
                                   ? true
                                   : (c >= '0' && c <= '9') || c == '-';
                    }))
                    fail("a language that is none", tag);
            } else if (key == "dir") {
                if (!is_one_of(text, {"ltr", "rtl", "auto"})) fail("a direction", tag);
            } else if (!is_one_of(key, allowed)) {
                fail("an attribute that is not allowed", tag);
            }
        }
        const auto is_address = [](const std::string& text, const Names& schemes) {
            const auto url = html::parse_url(text);
            return url && url->href == text && std::ranges::any_of(schemes, [&](auto scheme) {
                       return text.starts_with(scheme);
                   });
        };
        if (name == "img") {
            if (!is_address(value("src"), {"http://", "https://"})) fail("src", tag);
            if (!attributes.contains("alt")) fail("no alt", tag);
            if (attributes.contains("width") != attributes.contains("height"))
                fail("half a size", tag);
            for (const char* key : {"width", "height"})
                if (attributes.contains(key) && !is_number(value(key), 1, 20'000))
                    fail("a size", tag);
        }
        if (name == "a" && !is_address(value("href"), {"http://", "https://"}) &&
            !value("href").starts_with("mailto:") && !value("href").starts_with("tel:"))
            fail("href", tag);
        if (name == "time" && value("datetime").empty()) fail("no datetime", tag);
        for (const char* key : {"colspan", "rowspan"})
            if (attributes.contains(key) && !is_number(value(key), 2, 100)) fail("a span", tag);
        if (attributes.contains("start") && !is_number(value("start"), INT_MIN, INT_MAX))
            fail("a start", tag);
        if (attributes.contains("data-embed") &&
            !is_one_of(value("data-embed"), name == "blockquote" ? Names{"post"}
                                                                 : Names{"video", "audio", "chart",
                                                                         "post", "map", "other"}))
            fail("a kind of embed", tag);
    }

    void open(std::string_view tag) {
        const std::string_view name = tag.substr(0, tag.find(' '));
        const auto attributes = attributes_of(tag.substr(name.size()));
        if (!fault_.empty()) return;
        if (!is_inline(name) && !is_flow(name) && !is_holder(name) &&
            !is_one_of(name, {"dt", "figcaption", "caption", "thead", "tbody", "tfoot", "tr"}))
            return fail("an element that is not of the set", tag);
        check_attributes(tag, name, attributes);
        check_place(name, tag);
        check_heading(name, tag);
        shape_ += std::string(open_.size(), '.') + std::string(name) + '\n';
        if (!open_.empty()) {
            Open& outer = open_.back();
            outer.last_child = name;
            if (is_flow(name)) outer.has_block = true;
            if (name == "img") ++outer.pictures;
        }
        if (is_void(name)) {
            if (name == "img")
                for (Open& outer : open_) outer.has_content = true;
            ended_block_ = open_.empty();
            return;
        }
        open_.push_back({.name = name});
        open_.back().is_embed = name == "figure" && attributes.contains("data-embed");
        const auto blocks =
            std::ranges::count_if(open_, [](const Open& one) { return !is_inline(one.name); });
        if (blocks > 12) fail("nested too deep", tag);
    }

    void check_place(std::string_view name, std::string_view tag) {
        const auto is_inside = [&](std::string_view ancestor) {
            return std::ranges::any_of(open_,
                                       [&](const Open& one) { return one.name == ancestor; });
        };
        if (open_.empty()) {
            if (!is_flow(name)) fail("no block of the top level", tag);
            return;
        }
        const Open& outer = open_.back();
        const std::string_view in = outer.name;
        bool is_allowed = false;
        if (in == "ul" || in == "ol") {
            is_allowed = name == "li";
        } else if (in == "dl") {
            is_allowed = name == "dt" || name == "dd";
        } else if (in == "table") {
            const Names order = {"caption", "thead", "tbody", "tfoot"};
            const auto place = std::ranges::find(order, name);
            is_allowed =
                place != order.end() &&
                (outer.last_child.empty() || std::ranges::find(order, outer.last_child) < place);
        } else if (is_one_of(in, {"thead", "tbody", "tfoot"})) {
            is_allowed = name == "tr";
        } else if (in == "tr") {
            is_allowed = name == "th" || name == "td";
        } else if (in == "figure") {
            is_allowed = outer.last_child != "figcaption" &&
                         (name == "figcaption" ? !outer.last_child.empty()
                          : outer.is_embed     ? name == "a" && outer.last_child.empty()
                                               : name == "img");
        } else if (in == "blockquote") {
            is_allowed = is_flow(name);
        } else if (is_holder(in)) {
            is_allowed = is_flow(name)
                             ? !outer.has_text && (outer.has_block || outer.last_child.empty())
                             : is_inline(name) && !outer.has_block;
        } else if (in == "pre") {
            is_allowed = false;
        } else {
            is_allowed = is_inline(name);
        }
        if (name == "table" && (is_inside("td") || is_inside("th"))) is_allowed = false;
        if (is_inline(name) && !is_void(name) && is_inside(name)) is_allowed = false;
        if ((name == "rt" || name == "rp") && !is_inside("ruby")) is_allowed = false;
        if (!is_allowed) fail("not allowed in " + std::string(in), tag);
    }

    void check_heading(std::string_view name, std::string_view tag) {
        if (name.size() != 2 || name[0] != 'h' || name == "hr") return;
        const int level = name[1] - '0';
        if (level > last_heading_ + 1) fail("a level of headings is skipped", tag);
        last_heading_ = level;
    }

    void close(std::string_view name) {
        if (open_.empty() || open_.back().name != name)
            return fail("closes what is not open", name);
        const Open last = open_.back();
        open_.pop_back();
        if (!last.has_content && name != "td" && name != "th" && !holds_cells(name))
            fail("an empty element", name);
        if (name == "table" && last.last_child != "tbody" && last.last_child != "tfoot")
            fail("a table without a body", name);
        if (name == "figure" && !last.is_embed && last.pictures == 0) fail("no picture", name);
        if (open_.empty()) ended_block_ = true;
    }

    static bool holds_cells(std::string_view name) {
        return is_one_of(name, {"tr", "thead", "tbody", "tfoot", "table"});
    }

    // What a browser would build must be the very tree that is written.
    void compare_with_parser() {
        html::Document document;
        document.parse("<!DOCTYPE html><body>" + std::string(all_));
        const html::Node body = document.body();
        std::string seen;
        std::size_t depth = 0;
        for (html::Node node = body.first_child(); node;) {
            if (node.is_element()) {
                seen += std::string(depth, '.') + std::string(node.name()) + '\n';
            } else if (!node.is_text()) {
                return fail("no element and no text", "");
            }
            if (node.first_child()) {
                node = node.first_child();
                ++depth;
                continue;
            }
            while (node != body && !node.next()) {
                node = node.parent();
                if (node != body) --depth;
            }
            if (node == body) break;
            node = node.next();
        }
        if (seen != shape_) fail("a parser sees another tree", all_);
    }

    std::string_view all_;
    std::string fault_;
    std::string shape_;  // a line an element: its depth in dots, its name
    std::vector<Open> open_;
    bool ended_block_ = false;
    int last_heading_ = 1;
};

}  // namespace heliograph::test
